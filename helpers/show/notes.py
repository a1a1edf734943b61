"""What may be said, and how it is said: gates, claims, captions, the provenance card.

Text from a corpus is escaped wherever it is shown.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from helpers.count.parts import TooLittleText
from helpers.read.checks import checked
from helpers.read.corpus import HOME, Corpus
from helpers.read.store import versions

UNDEFINED = "undefined"
QUOTED = 300  # characters that may be quoted of a text that is somebody else's
_NO_VALUE = re.compile(r"(?<![\w-])(?:nan|NaN|NaT|<NA>|inf|undefined)(?![\w-])")


class Gated:
    """What stands in the place of a result that needs more text: it shows why, and everything asked
    of it, compared or computed with it is itself. It is neither true nor a number.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason

    def __repr__(self) -> str:
        return self.reason

    def _repr_html_(self) -> str:
        return untypeset(f"<p>▢ {escape(self.reason)}</p>")

    def __getattr__(self, name: str) -> Gated:
        if name.startswith(("_repr_", "_ipython_", "__")):
            raise AttributeError(name)
        return self

    def __call__(self, *_: Any, **__: Any) -> Gated:
        return self

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __format__(self, _: str) -> str:
        return UNDEFINED

    def behind(self) -> None:
        raise _Behind(self.reason)

    __bool__ = behind

    __getitem__ = __contains__ = __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __ne__ = __call__
    __add__ = __sub__ = __mul__ = __truediv__ = __floordiv__ = __mod__ = __pow__ = __call__
    __radd__ = __rsub__ = __rmul__ = __rtruediv__ = __rfloordiv__ = __rmod__ = __rpow__ = __call__
    __neg__ = __abs__ = __round__ = __invert__ = __and__ = __or__ = __rand__ = __ror__ = __call__
    __int__ = __float__ = __index__ = __bool__
    __hash__ = object.__hash__


class _Behind(TooLittleText):
    """Raised where a gated result is used as a number or a truth."""

    def __init__(self, reason: str) -> None:
        ValueError.__init__(self, reason)

    def __str__(self) -> str:
        return self.args[0]


@checked
def gate(measure: Callable[[], Any]) -> Any:
    """The result of a measure, or, where there is too little text for it, an object that shows why.

    >>> gate(lambda: 1 + 1)
    2
    """
    try:
        return measure()
    except TooLittleText as reason:
        return Gated(str(reason))


def escape(text: object) -> str:
    """Text as HTML that shows it character for character: no tag, no entity, no formula, no code.

    >>> escape("<b> $5 & `x`")
    '&lt;b&gt; &#36;5 &amp; &#96;x&#96;'
    """
    return html.escape(str(text), quote=True).replace("$", "&#36;").replace("`", "&#96;")


def one_line(text: str) -> str:
    r"""Text without its line ends, runs of spaces made one; spaces that may not break stay.

    >>> one_line("Il a dit :\n  «\xa0oui\xa0»")
    'Il a dit : «\xa0oui\xa0»'
    """
    return re.sub(r"[ \t\r\n\f\v]+", " ", text)


def untypeset(marked: str) -> str:
    """HTML in which JupyterLab looks for no formula: what stands between two dollars is text."""
    return f'<div class="mathjax_ignore">{marked}</div>'


def typeset(formula: str) -> str:
    """A formula of ours in LaTeX as HTML that JupyterLab typesets, and the site as well."""
    return f'<span class="mathjax_process">${html.escape(formula)}$</span>'


class Sentence:
    """A computed sentence, as plain text and as HTML, by default a paragraph of that text."""

    def __init__(self, plain: str, marked: str = "") -> None:
        self.plain, self.marked = plain, marked or f"<p>{escape(plain)}</p>"

    def __repr__(self) -> str:
        return self.plain

    def _repr_html_(self) -> str:
        return untypeset(self.marked)


def absent(reason: str) -> Sentence:
    """The sentence that says why there is nothing to show."""
    return Sentence(reason, f"<p>▢ {escape(reason)}</p>")


@checked
def claim(sentence: Callable[[], str], holds: Callable[[], Any]) -> Sentence:
    """A sentence about the corpus at hand, with its condition: ✓ it holds, ✗ it does not, or it
    cannot be said.

    Both are called here; where the corpus gives them no value (a division by zero, an empty table,
    NaN, a gate), the claim says so and the notebook goes on.

    >>> claim(lambda: f"{122} of {167} types occur once.", lambda: 122 / 167 > 0.5)
    ✓ 122 of 167 types occur once.
    """
    try:
        text, verdict = sentence(), holds()
        if isinstance(verdict, Gated) or pd.isna(verdict) or _NO_VALUE.search(text):
            raise ValueError(text)
    except (ArithmeticError, LookupError, ValueError):
        return Sentence("▢ This cannot be said of this corpus.")
    if verdict:
        return Sentence(f"✓ {text}")
    return Sentence(
        f"✗ Does not hold on this corpus: {text}",
        f"<p>✗ <del>{escape(text)}</del> (does not hold on this corpus)</p>",
    )


def caption(label: str, text: object) -> Sentence:
    """The caption of a figure or table: its number, what it shows, unit, N, what to compare; of a
    gate, why there is none.

    >>> caption("Figure 1.1", "Words per sentence; 6 sentences.")
    Figure 1.1. Words per sentence; 6 sentences.
    """
    said = f"▢ {text.reason}" if isinstance(text, Gated) else text
    return Sentence(f"{label}. {said}", f"<p><strong>{escape(label)}.</strong> {escape(said)}</p>")


@checked
def legible(table: pd.DataFrame, *, decimals: int = 3) -> pd.DataFrame:
    """A table as it is read: whole numbers without decimals, days without hours, what is missing or
    undefined as a dash.

    >>> legible(pd.DataFrame({"value": [341.0, 0.4897, None]}))["value"].tolist()
    ['341', '0.490', '–']
    """

    def read(value: Any) -> Any:
        if pd.isna(value) is True:
            return "–"
        if isinstance(value, float):
            return f"{value:.{0 if value.is_integer() else decimals}f}"
        return value.date() if isinstance(value, pd.Timestamp) else value

    return table.astype(object).map(read)


@checked
def provenance(corpus: Corpus, **parameters: object) -> Sentence:
    """What a notebook was made from, the same on every machine (*provenance*).

    Parameters: the values that a reader may change, by name.
    """
    lock = (HOME / "requirements.lock").read_bytes().replace(b"\r\n", b"\n")
    rows = {
        "texts": f"{len(corpus.documents):,} (SHA-256 of their digests {corpus.digest[:16]})",
        **{name: repr(value) for name, value in parameters.items()},
        **versions(annotate=corpus.tokens["lemma"].notna().any()),
        "packages": f"requirements.lock, SHA-256 {hashlib.sha256(lock).hexdigest()[:16]}",
    }
    return as_table(rows)


def as_table(rows: Mapping[str, object]) -> Sentence:
    """Names and values as a sentence, and in HTML as a table of two columns."""
    cells = (f"<tr><th>{escape(name)}</th><td>{escape(rows[name])}</td></tr>" for name in rows)
    plain = "; ".join(f"{name}: {value}" for name, value in rows.items())
    return Sentence(plain, f"<table>{''.join(cells)}</table>")

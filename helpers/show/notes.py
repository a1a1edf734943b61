"""What may be said, and how it is said: gates, computed sentences, the provenance card.

Text from a corpus is escaped wherever it is shown.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd

from helpers.count.parts import TooLittleText
from helpers.count.verbs import empty_as, note_of, noted
from helpers.read.checks import checked
from helpers.read.corpus import HOME, Corpus
from helpers.read.store import versions

QUOTED = 300  # characters that may be quoted of a text that is somebody else's
NOTHING = "there is nothing of this kind in this corpus"
_NO_VALUE = re.compile(r"(?<![\w-])(?:nan|NaN|NaT|<NA>|inf)(?![\w-])")
# Why a sentence cannot be computed, by the kind of error; what we raise ourselves says it.
_WHY = {LookupError: NOTHING, ArithmeticError: "there is nothing to divide by"}


def gate(verb: Callable[..., Any], *given: Any, **options: Any) -> Any:
    """The result of a verb, or, where there is too little text for it, its table without a row,
    which knows why: `table.attrs["why"]` is shown by `show.table`, `show.figure` and sentences.

    >>> from helpers import count, open_corpus
    >>> spec = gate(count.specificities, open_corpus(annotate=False), by="doc")
    >>> len(spec), spec.attrs["why"].partition(".")[0]
    (0, 'specificities needs two parts; this corpus has 1 part')
    """
    try:
        return verb(*given, **options)
    except TooLittleText as reason:
        given = tuple(map(empty_as, given))
        options = {name: empty_as(value) for name, value in options.items()}
        try:
            empty = verb(*given, **options)
        except ValueError:
            empty = pd.DataFrame()
        return noted(empty, {"why": str(reason)})


@contextmanager
def saying(subject: str, *results: Any, bold: bool = False) -> Iterator[Callable[..., None]]:
    """Computed sentences about the corpus at hand: `say(sentence, condition, otherwise)` says the
    first where the condition holds, else the other.

    Where they cannot be computed (an empty table, a division by zero, an undefined number, a
    gate), the subject is named with the reason, and the notebook goes on.

    Parameters: subject (what the sentences are about); results (tables that they are about: one
    that was gated says why); bold (so that nobody overlooks it).

    >>> with saying("Hapax") as say:
    ...     say(f"{122} of {167} types occur once: more than half.", 122 > 167 / 2)
    122 of 167 types occur once: more than half.
    >>> with saying("Hapax") as say:
    ...     say(f"{pd.DataFrame({'f': []})['f'].iloc[0]} types occur once.")
    ▢ Hapax: there is nothing of this kind in this corpus.
    """
    sentences: list[str] = []
    why = next((why for result in results if (why := note_of(result, "why"))), "")

    def say(sentence: str, condition: Any = True, otherwise: str = "") -> None:
        chosen = sentence if not pd.isna(condition) and condition else otherwise
        if pd.isna(condition) or _NO_VALUE.search(chosen):
            raise ValueError("a number in it is undefined for this corpus")
        sentences.extend([chosen] * bool(chosen))

    try:
        with np.errstate(all="ignore"):
            yield say
    except (ArithmeticError, LookupError, ValueError) as error:
        reasons = (reason for kind, reason in _WHY.items() if isinstance(error, kind))
        why = why or next(reasons, str(error))
    if why:
        display(absent(f"{subject}: {why.removesuffix('.')}."))
    elif sentences:
        display(Sentence(" ".join(sentences), bold=bold))


def display(shown: Any, *, below: tuple[dict[str, Any], dict[str, Any]] | None = None) -> None:
    """Show something below the cell, if it is to stand below a picture (its data and what is said
    about them) this too; outside of a notebook, print it.
    """
    from IPython import get_ipython
    from IPython.display import display as show

    if below and get_ipython():
        show(below[0], raw=True, metadata=below[1])
    show(shown)


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


def typeset(formula: str) -> str:
    """A formula of ours in LaTeX as HTML that JupyterLab typesets, and the site as well."""
    return f'<span class="mathjax_process">${html.escape(formula)}$</span>'


class Sentence:
    """A computed sentence, as plain text and as HTML, by default a paragraph of that text."""

    def __init__(self, plain: str, marked: str = "", *, bold: bool = False) -> None:
        html = f"<strong>{escape(plain)}</strong>" if bold else escape(plain)
        self.plain, self.marked = plain, marked or f'<p class="said">{html}</p>'

    def __repr__(self) -> str:
        return self.plain

    def _repr_html_(self) -> str:
        # JupyterLab looks for no formula in it: what stands between two dollars is text.
        return f'<div class="mathjax_ignore">{self.marked}</div>'


def absent(reason: str) -> Sentence:
    """The sentence that says why there is nothing to show."""
    return Sentence(f"▢ {reason}", f'<p class="said absent">▢ {escape(reason)}</p>')


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

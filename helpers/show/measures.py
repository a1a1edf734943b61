"""The registry of measures: what each is, after whom, and what its numbers were tested against.

`measures.csv` has one row per measure, `references.bib` its sources; methods paragraphs and the
page of measures are made from them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from helpers.plot.sheet import is_invented
from helpers.read.corpus import Corpus
from helpers.read.store import versions
from helpers.read.tables import counted, rows_of
from helpers.show.notes import Sentence, escape, typeset
from helpers.show.text import ASKED, listed_of, period_of

Verb = Callable[..., Any]
BIBLIOGRAPHY = Path(__file__).parent / "references.bib"
_SEVERAL = {"verbs": " ", "sources": " ", "formula": "; "}  # and what stands between them


class Measure(NamedTuple):
    """What a measure is: its names, the verbs that compute it, its formulas (LaTeX, and plain for
    a file of text), its unit, what others compute under the same name, the keys of its sources, and
    what it was tested against.
    """

    name: str
    french: str
    verbs: tuple[str, ...]
    formula: tuple[str, ...]
    plain: str
    unit: str
    variants: str
    sources: tuple[str, ...]
    tested: str


@lru_cache
def all_measures() -> tuple[Measure, ...]:
    """Every measure that is registered, in the order of the file."""
    return tuple(
        Measure(**row | {name: tuple(row[name].split(mark)) for name, mark in _SEVERAL.items()})
        for row in rows_of("measures.csv", __file__)
    )


def measures_of(verb: str) -> list[Measure]:
    """The measures that a verb computes.

    >>> [measure.name for measure in measures_of("readability")]
    ['Kandel and Moles', 'LIX']
    """
    return [measure for measure in all_measures() if verb in measure.verbs]


def methods(corpus: Corpus, *used: Verb, **parameters: object) -> Sentence:
    """The methods paragraph of a corpus and exactly these verbs, as a paper could take it, with
    their formulas and the BibTeX of their sources below it (*méthodes*).

    Parameters: used (verbs); parameters (the values that a reader may change, by name).
    Raises: ValueError naming a verb that registers no measure.
    """
    unknown = ", ".join(verb.__name__ for verb in used if not measures_of(verb.__name__))
    if unknown:
        known = ", ".join(sorted({verb for measure in all_measures() for verb in measure.verbs}))
        raise ValueError(f"{unknown} registers no measure; known are {known}")
    measured = dict.fromkeys(m for verb in used for m in measures_of(verb.__name__))
    prose = " ".join(_prose(corpus, [*measured], parameters))
    formulas = "\n".join(f"{_called(m)}: {m.plain}; {_rest(m)}" for m in measured)
    listed = "".join(
        f"<li>{escape(_called(m))}: {'; '.join(map(typeset, m.formula))}; {escape(_rest(m))}</li>"
        for m in measured
    )
    keys = sorted({key for m in measured for key in m.sources})
    bibtex = "\n\n".join(_entries()[key] for key in keys)
    folded = (
        f"<details><summary>Formulas</summary><ul>{listed}</ul></details>"
        f"<details><summary>BibTeX</summary><pre>{escape(bibtex)}</pre></details>"
    )
    return Sentence(f"{prose}\n\n{formulas}\n\n{bibtex}", f"<p>{escape(prose)}</p>{folded}")


def _prose(
    corpus: Corpus, measured: Sequence[Measure], parameters: Mapping[str, object]
) -> Iterator[str]:
    """The sentences of a methods paragraph."""
    documents = corpus.documents
    kind = "invented " * is_invented(corpus) + "text"
    size = f"{counted(len(documents), kind)} ({counted(documents['n_words'].sum(), 'word')})"
    outlets = documents["outlet"].nunique()
    of = f" of {counted(outlets, 'outlet')}" if outlets else ""
    yield f"The corpus holds {size}{of}; {period_of(documents)}."
    if repeated := documents["duplicate_of"].notna().sum():
        once = "where parts are compared or tested, the first text of each chain stands for all"
        yield f"{repeated:,} of them repeat another text; {once}."
    if chosen := documents.attrs.get("selected"):
        several = [f"({one})" for one in chosen] if len(chosen) > 1 else chosen
        yield f"The texts were selected by {' and '.join(several)}."
    if asked := [f"{name} {listed_of(documents[name])}" for name in ASKED if name in documents]:
        yield f"It was asked of a press database: {'; '.join(asked)}."
    yield "Words and sentences were told apart by rules."
    if corpus.tokens["lemma"].notna().any():
        tools = versions(annotate=True)
        by = f"spaCy {tools['spacy']} with the model {tools['model']}"
        yield f"Lemmas, parts of speech and syntax are those of {by}."
    if measured:
        yield f"Computed were {', '.join(f'{_called(m)} ({cited(m.sources)})' for m in measured)}."
    if parameters:
        yield f"Parameters: {', '.join(f'{name} = {v!r}' for name, v in parameters.items())}."


def _called(measure: Measure) -> str:
    """Its name, and the French one where that is another."""
    return f"{measure.name} ({measure.french})" if measure.french != measure.name else measure.name


def _rest(measure: Measure) -> str:
    return f"{measure.unit}; {cited(measure.sources)}; checked against {measure.tested}."


def cited(sources: Iterable[str]) -> str:
    """Author and year of each source.

    >>> cited(["yule1944", "lafon1980"])
    'Yule 1944, Lafon 1980'
    """
    return ", ".join(map(_cited, sources))


def _cited(key: str) -> str:
    fields = reference(key)
    names = [name.split(",")[0] for name in fields["author"].split(" and ")]
    first = f"{names[0]} et al." if len(names) > 2 else " & ".join(names)
    return f"{first} {fields['year']}"


def reference(key: str) -> dict[str, str]:
    """The fields of a source; braces in them protect capitals and are not shown."""
    found = re.findall(r"\b(\w+)\s*=\s*\{(.*)\},?\n", _entries()[key])
    return {name: re.sub("[{}]", "", value) for name, value in found}


@lru_cache
def _entries() -> dict[str, str]:
    """The entries of references.bib by their keys."""
    found = re.findall(r"(@\w+\{([^,]+),\n.*?\n\})", BIBLIOGRAPHY.read_text("utf-8"), re.DOTALL)
    return {key: entry for entry, key in found}

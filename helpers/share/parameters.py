"""What is asked of a report: the parameters of its notebooks, and the texts that are selected; and
what it says of how it was made.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from nbformat import NotebookNode

from helpers import count, read, voices
from helpers.read.corpus import Corpus
from helpers.show.measures import all_measures, methods
from helpers.show.notes import Sentence, provenance

_PARAMETER = re.compile(r"^(?P<name>[A-Z_]+)( = )(?P<value>.*?)(?P<rest> *(?:#.*)?)$", re.MULTILINE)
_TOLD = re.compile(r"Parameters: (.*)\.$", re.MULTILINE)  # in a methods paragraph


def set_parameters(notebooks: dict[str, NotebookNode], asked: Mapping[str, object]) -> None:
    """Write the values that were asked into the cells of parameters (tag `parameters`).

    Raises: SystemExit naming a parameter that no notebook has.
    """
    known: set[str] = set()

    def chosen(line: re.Match[str]) -> str:
        known.add(line["name"])
        if line["name"] not in asked:
            return line[0]
        return f"{line['name']} = {asked[line['name']]!r}{line['rest']}"

    for cell in (cell for book in notebooks.values() for cell in book.cells):
        if "parameters" in cell.metadata.get("tags", []):
            cell.source = _PARAMETER.sub(chosen, cell.source)
    if strange := sorted({*asked} - known):
        raise SystemExit(f"No notebook has {strange[0]}; there are {', '.join(sorted(known))}.")


def value_of(name: str, given: str) -> str | list[str]:
    """The value of a parameter as it is meant on the command line: a text, of WORDS and THEMES a
    list, parted by semicolons.

    >>> value_of("WORD", "grève"), value_of("WORDS", "grève; port")
    ('grève', ['grève', 'port'])
    """
    several = [part.strip() for part in given.split(";") if part.strip()]
    return several if name in ("WORDS", "THEMES") else given


def selected(corpus: Corpus, asked: Mapping[str, Any]) -> Corpus:
    """The texts that were asked for.

    Raises: SystemExit for a parameter that does not fit these texts, in one sentence, before all
    the notebooks are run with it.
    """
    try:
        with warnings.catch_warnings(action="ignore"):
            chosen = corpus.where(asked.get("SELECT"))
            if chosen.documents.empty and len(corpus):
                how = "text stands in quotes, and numbers do not, as in year == '2024'"
                raise ValueError(f"No text has SELECT={asked['SELECT']}; {how}.")
            parted = {n.lower(): asked[n] for n in ("BY", "PERIOD", "ONLY") if n in asked}
            count.frequencies(chosen, **parted)
            named = dict.fromkeys(asked.get("WORDS", []), "WORDS, parted by semicolons")
            named |= {asked["WORD"]: "WORD"} if "WORD" in asked else {}
            for word, name in named.items():
                is_lemma = chosen.tokens["lemma"].eq(word).any()
                if len(chosen) and not is_lemma and not len(count.having(chosen, word)):
                    raise ValueError(f"No text has the word {word!r}; name another with {name}.")
            if "THEMES" in asked:
                once = chosen.without_reprints()
                fit = count.theme_fit(count.theme_hits(once), once).query("fits")["theme"]
                if not fit.isin(asked["THEMES"]).any():
                    do = ", ".join(fit) or "none does"
                    raise ValueError(f"No theme of THEMES fits these texts; those that do: {do}.")
            if (who := asked.get("SPEAKER")) and voices.quotations(chosen, who).empty:
                raise ValueError(f"Nobody called {who!r} speaks; name another with SPEAKER.")
    except ValueError as error:
        raise SystemExit(str(error)) from None
    return chosen


def methods_of(corpus: Corpus, books: Iterable[NotebookNode], **asked: object) -> Sentence:
    """The methods paragraph of all that these notebooks compute, with what was asked of them."""
    code = "\n".join(cell.source for book in books for cell in book.cells if "outputs" in cell)
    rooms = vars(count) | vars(read) | vars(voices)
    verbs = sorted({verb for measure in all_measures() for verb in measure.verbs})
    used = [rooms[verb] for verb in verbs if re.search(rf"\.{verb}\b", code)]
    return methods(corpus, *used, **asked)


def parameters_of(books: Iterable[NotebookNode]) -> str:
    """With which values and bounds each of these notebooks says that it was made."""
    told = []
    for book in books:
        outputs = [out for cell in book.cells for out in cell.get("outputs", ())]
        plain = "\n".join(out.get("data", {}).get("text/plain", "") for out in outputs)
        told += [f"{_number(book)}: {said}" for said in _TOLD.findall(plain)]
    return f"Parameters by notebook: {'; '.join(told)}." if told else ""


def _number(book: NotebookNode) -> str:
    return book.cells[0].source[2:4]


def made_of(corpus: Corpus, books: Collection[NotebookNode], **asked: object) -> str:
    """What these notebooks were made from and how, as HTML."""
    numbers = Sentence(f"Notebooks {', '.join(map(_number, books))}:")
    told = provenance(corpus, **asked), methods_of(corpus, books, **asked)
    return "".join(
        sentence._repr_html_() for sentence in (numbers, *told, Sentence(parameters_of(books)))
    )

"""Time grows with the text and not with its square: every regular expression of the package, and every
function that reads a text, over long runs of one thing.

A pattern that backtracks needs minutes for what a sound one reads in a tenth of a second, so the bounds are
generous: tens of times what was measured.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

import helpers
from helpers.count import QueryError
from helpers.count.query import parse_query
from helpers.read import parse, round_trip
from helpers.read.dates import find_dates, read_date
from helpers.read.duplicates import read_words
from helpers.read.files import decode
from helpers.read.french import (
    FORMS,
    normalise,
    sentence_starts,
    syllables,
    token_kind,
    tokenise,
    word_type,
)
from helpers.read.headers import read_layout
from helpers.read.names import written_name
from helpers.read.words import read_tokens
from helpers.voices.institutions import acronyms
from helpers.voices.people import office_words
from tests.hostile import processor_time

SIZE = 50_000
CHARACTERS = [
    *"aAéÉ1 \n\r\t.,:;!?…'’\"«»()[]{}-–/\\@#%&*=<>_$0ß中🙂\u0300\u00ad\u200b\u202e\u2028\x85"
]
SEQUENCES = """A.|A. |1 |1.|1 000 | -|a-|-a|a'|l'|a@|www.|\r\n|e\u0301|« |M. |[1]|(A|(MAP)|MAP, |Jean |Jean de |de |le |mars |
lundi |1 mars |ministre |Par |S.L.|etc.|: |{a:|a (| (|1/|date |1.\n|ab.Ab|L’|ab.www.|<<|‹|! 🙂 |a\u00ad\n""".replace(
    "|\n", "|"
).split("|")
SEARCHING = r"search|finditer|findall|subn?|split|scanner"


def modules() -> list[ModuleType]:
    found = pkgutil.walk_packages(helpers.__path__, "helpers.")
    return [importlib.import_module(m.name) for m in found if not m.name.endswith("__main__")]


MODULES = modules()
SOURCE = "\n".join(Path(module.__file__).read_text("utf-8") for module in MODULES)
# Those of French are compiled where they are first used: now they are.
OF_FRENCH = [m for m in MODULES if not m.__name__.startswith("helpers.exchange")]
for module in OF_FRENCH:
    for kind in re.findall(r'FORMS\["(\w+)"\]', Path(module.__file__).read_text("utf-8")):
        assert FORMS[kind].pattern


def kept(name: str, value: object) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns in a value, with what is written to use each."""
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from kept(f'"{key}"]', one)
    elif isinstance(value, list | tuple):
        for number, one in enumerate(value):
            yield from kept(f"{name}[{number}]", one)


def written_out(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns that stand in a call such as re.sub("a", …), and those that a function makes."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        called = isinstance(node, ast.Call) and ast.unparse(node.func)
        if called and re.fullmatch(rf"re\.({SEARCHING}|match|fullmatch)", called):
            flags = [keyword.value for keyword in node.keywords if keyword.arg == "flags"]
            parts = [ast.unparse(part) for part in [node.args[0], *node.args[3:4], *flags]]
            # What a caller passes in is written in the caller.
            with suppress(NameError):
                made = re.compile(*(eval(part, vars(module) | {"re": re}) for part in parts))
                yield called.removeprefix("re"), made
        plain = isinstance(node, ast.FunctionDef) and node.returns and not node.args.args
        if plain and "Pattern" in ast.unparse(node.returns):
            yield from kept(f"{node.name}()", getattr(module, node.name)())


def patterns() -> dict[tuple[str, str], tuple[re.Pattern[str], bool]]:
    """Every pattern of the package by module and name, and whether it is looked for anywhere in a
    text or only where it begins.
    """
    found = {}
    for module in MODULES:
        here = [pair for name, value in vars(module).items() for pair in kept(name, value)]
        for use, pattern in [*here, *written_out(module)]:
            # No sibling uses a private name, and may have another pattern of the same name.
            source = inspect.getsource(module) if use[0] == "_" else SOURCE
            searched = use[0] == "." or re.search(
                rf"(?<!\w){re.escape(use)}\.({SEARCHING})\b", source
            )
            searched = bool(searched) and use not in (".match", ".fullmatch")
            name = f"{module.__name__}, {use}" + f" {pattern.pattern}" * (use[0] == ".")
            found.setdefault((pattern.pattern, searched), (name, pattern))
    return {name: (pattern, searched) for (_, searched), (name, pattern) in found.items()}


PATTERNS = patterns()


def test_all_patterns_are_found():
    names = " ".join(PATTERNS)
    for known in (
        'french, "piece"]',
        "dates, date_pattern()",
        "headers, ",
        "names, _role()",
    ):
        assert known in names
    assert len(PATTERNS) > 40
    assert len({searched for _, searched in PATTERNS.values()}) == 2


def search(pattern: re.Pattern, text: str | bytes, searched: bool) -> None:
    text = text.encode() if isinstance(pattern.pattern, bytes) else text
    if searched:
        deque(pattern.finditer(text), maxlen=0)
    else:
        pattern.match(text)
        pattern.fullmatch(text)


@pytest.mark.slow
@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_tries_a_run_of_one_thing_again_and_again(name):
    pattern, searched = PATTERNS[name]
    for unit in CHARACTERS + SEQUENCES:
        with processor_time(SIZE / 30_000, f"{name} over {SIZE:,} characters of {unit!r}"):
            search(pattern, unit * (SIZE // len(unit)), searched)


def body(text: str) -> pd.DataFrame:
    return pd.DataFrame({"doc": ["a"], "text": [text], "body_start": 0, "body_end": len(text)})


def ask(query: str) -> None:
    with suppress(QueryError):
        parse_query(query)


READERS: dict[str, Callable[[str], object]] = {
    "find_dates": find_dates,
    "read_date": read_date,
    "sentence_starts": sentence_starts,
    "tokenise": tokenise,
    "normalise": normalise,
    "syllables": syllables,
    "word_type": word_type,
    "token_kind": token_kind,
    "read_tokens": lambda text: read_tokens(body(text)),
    "read_words": lambda text: read_words([text]),
    "decode": lambda text: decode(text.encode()),
    "acronyms": acronyms,
    "written_name": written_name,
    "office_words": office_words,
    "a layout": read_layout,
    "the head of a layout": lambda text: read_layout(f" date 2024-11 {text}\n\nLe corps."),
    "a byline": lambda text: read_layout(f"Par {text}\n\n{text}\n\nLe corps."),
    "a closing": lambda text: read_layout(f"Le corps.\n\n{text}. A. B."),
    "a query": lambda text: ask(text[: SIZE // 10]),
    "a pattern in a query": lambda text: ask(f"/{text[: SIZE // 10]}/"),
    "attributes in a query": lambda text: ask(f"[type={text}]"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_no_reader_takes_long_over_a_run_of_one_thing(name):
    for unit in CHARACTERS + SEQUENCES:
        with processor_time(SIZE / 10_000, f"{name} over {SIZE:,} characters of {unit!r}"):
            READERS[name](unit * (SIZE // len(unit)))


@pytest.mark.parametrize("letters", ["AAAAAAAAAA", "ADLADLADLA", "DDDDDDDDDD"])
def test_an_acronym_of_linking_words_is_looked_for_once(letters):
    text = " ".join("a de la d' l' au à"[: 3 * size] for size in range(9)) * 9
    with processor_time(2, letters):
        acronyms(f"{text} ({letters}) {'a ' * 150}({letters})" * 20)


@pytest.mark.slow
@pytest.mark.parametrize("gap", [" ", "\n", "\u00a0", "«", "-", ", "])
def test_a_name_may_hold_any_white_space_and_any_marks(gap):
    text = f"Le ministre Jean{gap * 3_000}Dupont est venu à Rabat{gap * 3_000}."
    documents = body(text)
    parse(documents.assign(text="Rabat", body_end=5))  # the model is loaded outside of the bound
    with processor_time(30, f"a name with {gap!r}"):
        tables = parse(documents)
    assert round_trip(documents, tables.tokens)[["wrong", "lost"]].to_numpy().sum() == 0
    assert (tables.entities["end"] <= len(text)).all()

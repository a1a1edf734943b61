"""Texts from a corpus of IRaMuTeQ or TXM, as a folder that `open_corpus` reads.

Each text becomes a file of our own kind: its variables in front matter, below it all that was its
text there, word for word.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path

import pandas as pd

from helpers.exchange.exports import BREAKS
from helpers.exchange.filenames import distinct, safe_names
from helpers.read.checks import checked
from helpers.read.dates import read_date
from helpers.read.files import Unread, read_file, shown
from helpers.read.headers import KEY, MOST
from helpers.read.tables import column_of, counted

MAX_BYTES = 1_000_000_000
_LINE = rf"(?<![^{BREAKS}])"
# "**** *variable_value", or in older corpora "0001 *variable_value".
_MARKS = [
    re.compile(rf"{_LINE}{mark}([^{BREAKS}]*)") for mark in (r"\*{4,}", r"\d{4}(?=[^\S\n]*\*)")
]
_THEMATIC = re.compile(rf"{_LINE}-\*[^{BREAKS}]*")
_MADE_ORDINARY = re.compile(rf"{_LINE} ( *(?:\*\*\*\*|-\*))")
# Variables that may hold the date of a text, the most telling first; those of ours whose value a
# date may say already.
_DATES = ("date", "month", "mois", "am", "year", "annee", "année", "an")
_PERIODS = ("date", "month", "year")
_NO_KEY = re.compile(r"^\W+|[:\s]+")
_KEY_LENGTH = 50
_Text = tuple[dict[str, str], str]  # its variables and its body


@checked
def import_corpus(file: str | os.PathLike[str], folder: str | os.PathLike[str]) -> str:
    r"""Write the texts of a corpus of IRaMuTeQ or TXM into a folder, and say what was done
    (*import d'un corpus*).

    IRaMuTeQ: a text file whose texts begin with `**** *variable_value …` (or `0001 *variable…`);
    thematic lines (`-*`) are left out, `*variable` alone has the value 1. TXM: the metadata.csv of
    an import "TXT + CSV", or its folder, with the texts beside it. A variable doc, or else id,
    names the text; date, month or year (mois, annee…) becomes its date; all go into the front
    matter of their text. Variables that have the name of a column of ours end in _given, but for
    title, outlet, byline and agency, which fill those columns.

    Parameters: file; folder (made where there is none; no file in it is overwritten).
    Returns: a sentence with the number of texts and the variables, and what was left out.
    Raises: ValueError naming the file, the line, what is wrong there, and the way out.

    >>> from pathlib import Path; from tempfile import mkdtemp
    >>> place = Path(mkdtemp())
    >>> _ = (place / "corpus.txt").write_text("**** *id_1 *lieu_Rabat *annee_2024\nIl est là.")
    >>> import_corpus(place / "corpus.txt", place / "textes")
    '1 text of corpus.txt is now in textes; variables: lieu, annee.'
    >>> (place / "textes" / "1.txt").read_text().split("\n")
    ['---', 'date: 2024', 'lieu: Rabat', 'annee: 2024', '---', '', 'Il est là.']
    """
    path, folder = Path(file).expanduser(), Path(folder).expanduser()
    path = path / "metadata.csv" if path.is_dir() else path
    content, repaired = _read(path)
    if path.suffix.lower() in (".csv", ".tsv"):
        texts, thematic = list(_txm(path, content)), 0
    else:
        texts, thematic = list(_iramuteq(path, content)), len(_THEMATIC.findall(content))
    kept = [(variables, body) for variables, body in texts if body]
    if not kept:
        raise ValueError(f"{path.name} has no text; nothing was written")
    variables = _write(kept, folder, path.stem)
    verb = "is" if len(kept) == 1 else "are"
    said = [f"{counted(len(kept), 'text')} of {path.name} {verb} now in {folder.name or folder}"]
    said += [f"variables: {', '.join(variables)}"] if variables else []
    left = [(len(texts) - len(kept), "text without words"), (thematic, "thematic line")]
    said += [f"left out: {counted(n, noun)}" for n, noun in left if n]
    return "; ".join([*said, *([f"{path.name} {repaired}"] if repaired else [])]) + "."


def _read(path: Path) -> tuple[str, str]:
    """The text of a file, and what was repaired in it."""
    try:
        text, _, problems = read_file(path, MAX_BYTES)
    except Unread as error:
        raise ValueError(f"{shown(path.name)} {error}") from None
    return text, "; ".join(message for _, message, *_ in problems)


def _iramuteq(path: Path, content: str) -> Iterator[_Text]:
    marked = [list(mark.finditer(content)) for mark in _MARKS]
    opening = (lines for lines in marked if lines and not content[: lines[0].start()].strip())
    if not (lines := next(opening, [])):
        first = (content.split("\n", 1)[0] if content.strip() else "")[:40].strip()
        raise ValueError(
            f"{path.name}, line 1: “{first}” begins no text of IRaMuTeQ; that would be "
            "**** *variable_value (for TXM, name its metadata.csv)"
        )
    ends = [*(line.start() for line in lines[1:]), len(content)]
    for line, end in zip(lines, ends, strict=True):
        body = _THEMATIC.sub("", content[line.end() : end])
        try:
            variables = _stars(line[1])
        except ValueError as error:
            number = content.count("\n", 0, line.start()) + 1
            raise ValueError(f"{path.name}, line {number}: {error}") from None
        yield variables, _MADE_ORDINARY.sub(r"\1", body).strip()


def _stars(line: str) -> dict[str, str]:
    """The variables of a text, in the order of its line."""
    variables: dict[str, str] = {}
    for star in line.split():
        name, has_value, value = star[1:].partition("_")
        if star[0] != "*" or not name:
            raise ValueError(f"“{star}” is no variable; write *name_value without blanks")
        if name in variables:
            raise ValueError(f"*{name} stands there twice; leave one, or rename it")
        variables[name] = value if has_value else "1"
    return variables


def _txm(path: Path, content: str) -> Iterator[_Text]:
    texts = (beside for beside in sorted(path.parent.iterdir()) if beside.suffix.lower() == ".txt")
    files = {_composed(shown(text.stem)): text for text in texts}
    for variables in _table(path, content).to_dict("records"):
        name = _composed(variables.pop("id"))
        if name not in files:
            raise ValueError(
                f"{path.name}: the text “{name}” stands there twice, or has no .txt file of that "
                "name beside it; correct the id, or take the line out"
            )
        variables["doc"] = variables.get("doc") or name
        yield variables, _read(files.pop(name))[0].strip()
    for name, text in files.items():
        yield {"doc": name}, _read(text)[0].strip()


def _composed(name: str) -> str:
    """A name with composed accents, which some systems decompose in the names of files."""
    return unicodedata.normalize("NFC", name)


def _table(path: Path, content: str) -> pd.DataFrame:
    """A table of TXM, every cell as text; the first column is named id."""
    first = content.partition("\n")[0].strip()
    mark = max(",;\t", key=first.count)
    if first.split(mark)[0].strip('" ').lower() != "id":
        raise ValueError(f"{path.name}: the first column is “{first[:40]}”; TXM calls it id")
    try:
        # The first line as a row like the others: without it a row with more cells is an error.
        options = {"header": None, "dtype": "str", "keep_default_na": False}
        rows = pd.read_csv(StringIO(content), sep=mark, **options).fillna("")
    except pd.errors.ParserError as error:
        why = str(error).rpartition("C error: ")[2].strip()
        how = 'put " around a value that holds the separator, and "" where it holds that sign'
        raise ValueError(f"{path.name}: {why}; {how}") from None
    names = distinct(name.strip() or "column" for name in rows.iloc[0])
    return rows.iloc[1:].set_axis(["id", *names[1:]], axis="columns")


def _write(texts: list[_Text], folder: Path, stem: str) -> list[str]:
    """Write each text below its variables; returns their names."""
    width, given = len(str(len(texts))), []
    for number, (variables, _) in enumerate(texts, 1):
        own = variables.pop("doc" if variables.get("doc") else "id", "")
        given.append(own or f"{stem}_{number:0{width}}")
    names = safe_names(given)
    dated = [_dated(variables) for variables, _ in texts]
    # No key is kept for what is not written, so that what came from here goes back as it was.
    every = list(dict.fromkeys(name for _, others in dated for name in others))
    ours = ["date", *["name_given"] * (names != given)]
    chosen = distinct([*ours, *map(_key, every)], same=str.casefold)
    keys = dict(zip(every, chosen[len(ours) :], strict=True))
    files, used = {}, {}
    for name, own, (date, others), (_, body) in zip(names, given, dated, texts, strict=True):
        fields = {"date": date} if date else {}
        fields |= {keys[name]: value for name, value in others.items()}
        fields |= {"name_given": own} if names != given else {}
        if len(fields) > MOST:
            raise ValueError(f"the text “{own}” has {len(fields)} variables; keep at most {MOST}")
        used |= fields
        files[f"{name}.txt"] = write_front_matter(fields) + body
    _write_new(files, folder)
    return [name for name in used if name != "date"]


def write_front_matter(fields: Mapping[str, str]) -> str:
    r"""Front matter that is read as these fields; line ends in a value become spaces.

    Raises: ValueError for a key that would not be read.

    >>> write_front_matter({"date": "2024-11", "title": '"Non"'})
    '---\ndate: 2024-11\ntitle: ""Non""\n---\n\n'
    """
    written = []
    for key, value in fields.items():
        if not KEY.fullmatch(key) or key != key.strip():
            raise ValueError(f"{key!r} is no key; use at most 60 letters, digits and spaces")
        value = re.sub(r"[\r\n]+", " ", value)
        quoted = value != value.strip() or (value[:1] == value[-1:] and value[:1] in ("'", '"'))
        written.append(f'{key}: "{value}"' if quoted else f"{key}: {value}")
    return "\n".join(["---", *written, "---", "", ""])


def _key(name: str) -> str:
    """The key of a variable in front matter."""
    key = column_of(_NO_KEY.sub("_", name)[:_KEY_LENGTH])
    return "date_given" if key == "date" else key


def _dated(variables: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The date of a text, and the variables that say more than the date does."""
    values = (variables.get(name, "").strip() for name in _DATES)
    date = next(filter(read_date, values), "")
    said = {name for name in _PERIODS if date.startswith(variables.get(name, ""))}
    return date, {name: value for name, value in variables.items() if value and name not in said}


def _write_new(files: dict[str, str], folder: Path) -> None:
    """Write the files, none of which may be there."""
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder} is a file; name a folder for the texts")
    for name in files:
        if os.path.lexists(folder / name):
            raise ValueError(f"{folder / name} is there already; name an empty folder")
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        with (folder / name).open("x", encoding="utf-8", newline="") as file:
            file.write(content)

"""Articles as texts of our own kind, in a folder where nothing is overwritten: names that every
file system takes, no two of which are the same, and front matter.
"""

import hashlib
import os
import re
import secrets
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from helpers.exchange.articles import Article, key_of
from helpers.exchange.markup import FORMS
from helpers.read.files import at_home
from helpers.read.french import without_accents
from helpers.read.headers import KEY, read_front_matter
from helpers.read.tables import column_of

# The fields that stand first, in this order; those that only one source has come behind them.
FIRST = "date date_given time title outlet byline section page issue edition kicker".split()
FIRST += "subtitle url language copyright words_told source_id also_in beside flags".split()
_NAME_LENGTH = 40  # characters of an outlet and of a title in the name of a file
_BYTES = 120  # of a name: file systems take 255, with its suffix and its number
_ANOTHER = "in another version, or corrected: take that text away to bring this one in"
_TAKEN = "{} is there already, and stays as it is"
Mark = tuple[str, ...]
Named = Callable[[str], str]
Place = str | os.PathLike[str]


def safe_names(names: Iterable[str]) -> list[str]:
    """The names as those of files without their suffix: no path, no device, none hidden, none too
    long, and all distinct where capitals make no difference.

    >>> safe_names(["../visite", "Visite", "visite", "CON"])
    ['_visite', 'Visite', 'visite_2', '_CON']
    """
    return distinct(map(safe_name, names), same=str.casefold)


def safe_name(name: str) -> str:
    """The name without what a file system may not take."""
    seen = FORMS["forbidden"].sub("_", " ".join(unicodedata.normalize("NFC", name).split()))
    short = seen.lstrip(". ").encode()[:_BYTES].decode("utf-8", "ignore").rstrip(". ")
    return f"_{short}" if FORMS["reserved"].fullmatch(short) else short


def distinct(names: Iterable[str], *, same: Named = str) -> list[str]:
    """The names with a number behind those that came before (`same` says which are the same).

    >>> distinct(["visite", "note", "visite"])
    ['visite', 'note', 'visite_2']
    """
    return [*map(numbered(same=same), names)]


def numbered(taken: Iterable[str] = (), *, same: Named = str) -> Named:
    """What makes of a name one that is not taken, and is from then on."""
    seen, last = {*map(same, taken)}, Counter()

    def free(name: str) -> str:
        chosen = name
        while same(chosen) in seen:
            last[name] += 1
            chosen = f"{name}_{last[name] + 1}"
        seen.add(same(chosen))
        return chosen

    return free


def written(path: Place, content: str | bytes) -> Path:
    """Write a new file as a whole, or not at all, the folders around it too where there are none;
    returns its path.

    Raises: FileExistsError where anything has that name already, even a link: it stays as it is.
    """
    path = Path(path)
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        part.write_bytes(data)
        _put(part, path)
    finally:
        part.unlink(missing_ok=True)
    return path


@contextmanager
def all_new(folder: Place, names: Iterable[str]) -> Iterator[Path]:
    """A hidden folder within this one, in which files and folders of these names are made; when all
    are whole, they move up.

    Raises: ValueError where anything has one of the names already, even a link: all stays as it is.
    """
    folder = at_home(folder)
    try:
        for taken in filter(os.path.lexists, (folder / name for name in names)):
            raise FileExistsError(_TAKEN.format(taken))
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".export-") as made:
            yield Path(made)
            for part in sorted(Path(made).iterdir()):
                _put(part, folder / part.name)
    except OSError as error:
        why = error.strerror or error
        raise ValueError(f"{folder} cannot be written ({why}); name another folder") from None


def write_front_matter(fields: Mapping[str, str]) -> str:
    r"""Front matter that is read as these fields; line ends in a value become spaces.

    Raises: ValueError for a key that would not be read.

    >>> write_front_matter({"date": "2024-11", "title": '"Non"'})
    '---\ndate: 2024-11\ntitle: ""Non""\n---\n\n'
    """
    lines = []
    for key, value in fields.items():
        if not KEY.fullmatch(key) or key != key.strip():
            raise ValueError(f"{key!r} is no name of a field; use up to 60 letters, digits, spaces")
        value = re.sub(r"[\r\n]+", " ", value)
        quoted = value != value.strip() or (value[:1] == value[-1:] and value[:1] in ("'", '"'))
        lines.append(f'{key}: "{value}"' if quoted else f"{key}: {value}")
    return "\n".join(["---", *lines, "---", "", ""])


def fields_of(article: Article) -> dict[str, str]:
    """The front matter of an article, its keys such as are read; another column of ours keeps its
    value under a name that ends in _given.
    """
    beside = " | ".join(f"{kind}: {text}" for kind, text in article.beside)
    kept = article.fields | {"also_in": " | ".join(article.also_in), "beside": beside}
    kept["flags"] = " ".join(article.flags)
    names = sorted(kept, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
    others = (re.sub(r"\Adate\Z", "date_given", column_of(key_of(name))) for name in names)
    keys = [name if name in FIRST else other for name, other in zip(names, others, strict=True)]
    pairs = zip(distinct(keys, same=str.casefold), names, strict=True)
    return {key: kept[name] for key, name in pairs if kept[name]}


def identity(fields: Mapping[str, str], body: str, name: str) -> str:
    """What tells an article from others, as its source tells it: its text with its number, or where
    it has none with all its fields and its name.
    """
    told = (f"{name}={value}" for name, value in fields.items() if not FORMS["added"].match(name))
    known = "\n".join([*(_number(fields) or (name, *sorted(told))), body])
    return hashlib.sha256(known.encode("utf-8", "replace")).hexdigest()[:16]


def _number(fields: Mapping[str, str]) -> Mark:
    """The number of an article, with what else is said of it unless it is one of a database."""
    number = fields.get("source_id", "")
    said = (fields.get(name, "") for name in ("date", "outlet", "title"))
    return (number, *(() if FORMS["of_database"].fullmatch(number) else said)) if number else ()


def marks_of(fields: Mapping[str, str]) -> set[Mark]:
    """By what an article is known again: its identity, its number, and its place in a file."""
    marks = {("text", fields["source_text"])} if "source_text" in fields else set()
    if number := _number(fields):
        marks.add(("number" if marks else "perhaps corrected", *number))
    # The texts of TXM lie beside the file in which they are named.
    if "source_sha256" in fields and not fields.get("source_file", "").endswith("metadata.csv"):
        marks.add(("place", fields["source_sha256"], fields.get("source_start", "")))
    return marks


def _marks_in(path: Path) -> set[Mark]:
    """The marks of a text that is there, whatever was corrected in it."""
    with suppress(OSError, UnicodeDecodeError):
        text = path.read_text("utf-8")
        return marks_of({column: text[a:b] for column, a, b in read_front_matter(text).fields})
    return set()


class Seeds:
    """The folder that an import adds to: the names that are taken, the articles that are there."""

    def __init__(self, folder: Path, *, dry_run: bool = False) -> None:
        if os.path.lexists(folder) and not folder.is_dir():
            what = "a file" if folder.exists() else "a link that leads nowhere"
            raise ValueError(f"{folder} is {what}; name a folder for the texts")
        self.folder, self.dry_run = folder, dry_run
        self.new: set[Mark] = set()
        texts = [*folder.glob("*.[tT][xX][tT]")]
        stems = (unicodedata.normalize("NFC", path.stem) for path in texts)
        self.name = numbered(stems, same=str.casefold)
        self.there = {mark: path.stem for path in sorted(texts) for mark in _marks_in(path)}

    def add(self, fields: Mapping[str, str]) -> tuple[str, str, str]:
        """Whether an article is new, there already or came twice; whether its number is known from
        another text; the name of the text that is there. What is new is known from now on.

        What is there under its number, and does not tell which text its source had, may be an older
        version, or may have been corrected by hand: it stays, and is told.
        """
        marks = marks_of(fields)
        marks |= {("perhaps corrected", *mark[1:]) for mark in marks if mark[0] == "number"}
        there = {mark[0]: self.there[mark] for mark in marks & self.there.keys()}
        for kind, why in (("text", ""), ("place", ""), ("perhaps corrected", _ANOTHER)):
            if kind in there:
                return "there already", why, there[kind]
        again = {*there, *(mark[0] for mark in marks & self.new)}
        if "text" in again:
            return "twice", "", ""
        self.new |= marks
        return "new", "another version of its number" if "number" in again else "", ""

    def write(self, fields: Mapping[str, str], body: str, given: str) -> str:
        """Write a text as a whole, or not at all; nothing in a dry run.

        Returns: its name.
        Raises: ValueError where the system does not let it be written, or where another process
        took the name.
        """
        name = self.name(safe_name(given or name_of(fields)))
        if self.dry_run:
            return name
        path = self.folder / f"{name}.txt"
        named = fields if given in ("", name) else {**fields, "name_given": given}
        try:
            written(path, write_front_matter(named) + body)
        except FileExistsError:
            raise ValueError(f"{path} is there already; import once more") from None
        except OSError as error:
            how = "what was written before is kept; name another folder with --to"
            raise ValueError(f"{path} cannot be written ({error.strerror}); {how}") from None
        return name


def _put(part: Path, path: Path) -> None:
    """Give what is whole its name, unless that is taken: renaming would replace what another
    process just wrote there.
    """
    try:
        path.hardlink_to(part)
    except OSError:  # it is taken, or this is a folder, or a disk without links
        if os.path.lexists(path):
            raise FileExistsError(_TAKEN.format(path)) from None
        part.rename(path)


def name_of(fields: Mapping[str, str]) -> str:
    """The name of a text in a folder: its day, its outlet, its title.

    >>> name_of({"date": "2024-11-06", "outlet": "Le Fanal", "title": "Le phare, à qui ?"})
    '2024-11-06_fanal_le-phare-a-qui'
    """
    date, title = fields.get("date", ""), fields.get("title", "")
    # A year in the name of a text without a date would date it.
    title = _slug(title if date else re.sub(r"\d+", "", title))
    outlet = FORMS["article_of_name"].sub("", _slug(fields.get("outlet", "")))
    return "_".join(filter(None, (date, outlet, title))) or "text"


def _slug(text: str) -> str:
    """The letters and digits of a text in ASCII, with hyphens between its words."""
    plain = re.sub(r"[^a-z0-9]+", "-", without_accents(text.lower())).strip("-")
    return plain if len(plain) <= _NAME_LENGTH else plain[: _NAME_LENGTH + 1].rpartition("-")[0]

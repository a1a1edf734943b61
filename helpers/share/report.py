"""The report of a folder of texts: where it may stand, how it takes the place of an earlier one,
and what it holds beside the notebooks.

    notebooks/  figures/  site/     as those of the committed texts; site/index.html is the summary
    tables/  exports/               every table, and the corpus in the formats of other tools
    report.xlsx                     the tables that are shown, a sheet for each
    methods.txt  references.bib     the methods paragraph and its sources
    .report.json                    what the run wrote, with the digest of each file
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from itertools import count as counting
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nbformat import NotebookNode

from helpers import count, read, voices
from helpers.exchange import import_files
from helpers.read.corpus import HOME, Corpus, seeds_folder
from helpers.read.files import REPORT, at_home
from helpers.share.tables import export_all
from helpers.show.figures import report_folder
from helpers.show.measures import all_measures, methods
from helpers.show.notes import Sentence, provenance

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_PARAMETERS = re.compile(r"Parameters: (.*)\.$", re.MULTILINE)  # of a methods paragraph
_LONGEST = ".before-99"  # that a report's name may have behind it later


def prepare(seeds: str | None, out: str | None) -> Path | None:
    """Set SEEDS and OUT for the kernels to come, and return the folder of the report, None for the
    committed notebooks. It stops where a report may not stand there. What SEEDS names as a file is
    brought in first, into a folder beside the report.
    """
    try:
        export = at_home(seeds or ".")
        if seeds and export.is_file():
            report = HOME / "reports" / export.stem
            seeds, out = str(report.with_name(f"{export.stem}.texts")), out or str(report)
            print(import_files(export, seeds).attrs["said"], flush=True)
        texts, report = seeds_folder(seeds).resolve(), report_folder(seeds, out)
    except (OSError, RuntimeError) as error:  # the home of nobody, a link that leads to itself
        raise SystemExit(f"SEEDS or OUT is no folder ({error}); name another.") from None
    os.environ |= {"SEEDS": str(texts), "OUT": str(report or "")}
    if report is None:
        return None
    if not texts.is_dir():
        how = "make it and put .txt files into it, or name another"
        raise SystemExit(f"There is no folder {texts}; {how}.")
    with _told(report):
        _check_place(report, texts)
    return report


@contextmanager
def _told(report: Path) -> Iterator[None]:
    """Say in one sentence what the system has against a report in this place."""
    try:
        yield
    except OSError as error:
        why = f"cannot be made ({error.strerror or error})"
        raise SystemExit(f"{report} {why}; name another folder with OUT.") from None


def _check_place(report: Path, texts: Path) -> None:
    if wrong := _misplaced(report, texts):
        raise SystemExit(f"{report} {wrong}; name another folder with OUT.")


def _misplaced(report: Path, texts: Path) -> str:
    """What is wrong with the place of a report, if anything is: it may be new or empty, or hold a
    report that a run over these texts made.
    """
    held = {"the collection": HOME, "your home": Path.home().resolve(), "the texts": texts}
    for what, folder in held.items():
        if folder.is_relative_to(report):
            return f"holds {what}"
    if report.is_relative_to(texts):
        return "lies among the texts"
    if report.is_relative_to(HOME) and HOME / "reports" not in report.parents:
        return "lies in the collection"
    with suppress(FileNotFoundError, NotADirectoryError):
        report.with_name(report.name + _LONGEST).lstat()  # an error where that is too long
    there = next(filter(os.path.lexists, (report, *report.parents)))
    if not there.is_dir():
        return "is no folder" if there == report else f"lies below {there.name}, which is no folder"
    if not os.access(report.parent if there == report else there, os.W_OK):
        return "cannot be made, since nothing may be written beside it"
    if there != report:
        return ""
    if report.is_mount():
        return "is a disk of its own, which cannot be renamed"
    listed = _listed(report)
    if not listed and any(report.iterdir()):
        return f"holds files, and no {REPORT} says that a report was made there"
    other = listed and listed["texts"] != _id(texts)
    return "is the report of another folder of texts" if other else ""


def _id(texts: Path) -> str:
    """The digest of a folder's path, which may itself tell more than is to be shared."""
    return hashlib.sha256(os.fsencode(texts)).hexdigest()


@contextmanager
def replaced(report: Path) -> Iterator[Path]:
    """A new folder beside that of the report, which takes its place when all is written.

    An earlier report is renamed to `<name>.before`. The one that had this name is removed if all
    in it is as a run wrote it; where anything else is in it, or the texts are, it stays, and the
    next name with a number is taken. A second run that would make the same report stops.
    """
    with _alone(report) as made:
        os.environ["OUT"] = str(made)
        yield made
        with _told(report):
            written = {"texts": _id(seeds_folder().resolve()), "files": _digests(made)}
            (made / REPORT).write_text(json.dumps(written, indent=1) + "\n", "utf-8")
            _set_aside(report, made.parent)
            made.rename(report)


@contextmanager
def _alone(report: Path) -> Iterator[Path]:
    """A new folder in a hidden one beside the report, on the same disk, so that it can be renamed.
    It is locked, and the lock goes with this process, however that ends.
    """
    name, start = report.name + _LONGEST, f".{report.name[:50]}-"
    with ExitStack() as ours:
        with _told(report), ExitStack() as first:
            report.parent.mkdir(parents=True, exist_ok=True)
            hidden = TemporaryDirectory(dir=report.parent, prefix=start, ignore_cleanup_errors=True)
            made = Path(ours.enter_context(hidden), name)
            _locked(report.parent, first, wait=True)  # of two runs one looks first
            for other in report.parent.glob(f"{glob.escape(start)}*/{glob.escape(name)}"):
                if not _locked(other, first):
                    how = "wait for it, or name another folder with OUT"
                    raise SystemExit(f"Another run is making {report}; {how}.")
            (made / "notebooks").mkdir(parents=True)
            _locked(made, ours)
            _check_place(report, seeds_folder().resolve())  # another run may have taken it
        yield made


def _locked(folder: Path, locks: ExitStack, *, wait: bool = False) -> bool:
    """Lock a folder until these locks are opened; False where another process has locked it."""
    if fcntl:
        with suppress(OSError):  # it is gone, or its disk has no locks
            file = os.open(folder, os.O_RDONLY)
            locks.callback(os.close, file)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                return False
    return True


def _set_aside(report: Path, hidden: Path) -> None:
    """Make room for a report, and say where the earlier one is."""
    if not report.exists():
        return
    if not any(report.iterdir()):
        report.rmdir()
        return
    names = (f"{report.name}.before{f'-{n}' * (n > 1)}" for n in counting(1))
    before = next(path for path in map(report.with_name, names) if _is_free(path, hidden))
    report.rename(before)
    print(f"the earlier report is {before}", flush=True)


def _is_free(place: Path, hidden: Path) -> bool:
    """Whether nothing is there any more: a report that is as it was written, and in which the texts
    are not, goes into the hidden folder, which is removed.
    """
    if os.path.lexists(place) and not place.is_symlink():
        files = _listed(place).get("files")
        read = seeds_folder().resolve().is_relative_to(place)
        with suppress(OSError):  # what cannot be read or moved stays
            if files and not read and files == _digests(place):
                place.rename(hidden / "earlier")
    return not os.path.lexists(place)


def _listed(folder: Path) -> dict[str, Any]:
    """What a run noted of its report: whose texts, and the digest of each file."""
    try:
        noted = json.loads((folder / REPORT).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) and noted.keys() == {"texts", "files"} else {}


def _digests(folder: Path) -> dict[str, str]:
    """The digest of each file of a report but its list; none of a link, which is not followed."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        if path.is_file() and not path.is_symlink()
        else ""
        for path in sorted(folder.rglob("*"))
        if path != folder / REPORT and (path.is_symlink() or not path.is_dir())
    }


def write_tables(
    corpus: Corpus,
    report: Path,
    notebooks: list[NotebookNode],
    *,
    text: bool,
    parameters: Mapping[str, object],
) -> None:
    """What a report holds beside notebooks and figures; without text, what would quote too much is
    taken out of these, too.
    """
    export_all(corpus, report, text=text, notebooks=notebooks)
    prose, formulas, bibtex = methods_of(corpus, notebooks, **parameters).plain.split("\n\n", 2)
    said = f"{prose}\n\n{parameters_of(notebooks)}\n\n{formulas}".strip() + "\n"
    (report / "methods.txt").write_text(said, "utf-8", newline="\n")
    (report / "references.bib").write_text(bibtex + "\n", "utf-8", newline="\n")


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
        told += [f"{_number(book)}: {said}" for said in _PARAMETERS.findall(plain)]
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

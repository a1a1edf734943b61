"""The report of a folder of texts: where it may stand, how it takes the place of an earlier one,
and what it holds beside the notebooks.

    notebooks/  figures/  site/     as those of the committed texts; site/index.html is the summary
    tables/  exports/               every table, and the corpus in the formats of other tools
    report.xlsx                     the tables that are shown, a sheet for each
    methods.txt  references.bib     the methods paragraph and its sources
    .report.json                    what the run wrote, with the digest of each file
"""

from __future__ import annotations

import errno
import glob
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from itertools import count as counting
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nbformat import NotebookNode

from helpers.exchange import import_files
from helpers.read.corpus import HOME, Corpus, seeds_folder
from helpers.read.files import REPORT, at_home, named_folder, shown
from helpers.share.parameters import methods_of, parameters_of
from helpers.share.tables import export_all
from helpers.show.figures import report_folder

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

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
            seeds, out = _brought_in(export, Path(f"{report}.texts")), out or str(report)
        texts, report = seeds_folder(seeds).resolve(), report_folder(seeds, out)
    except (OSError, RuntimeError) as error:  # the home of nobody, a link that leads to itself
        raise SystemExit(f"SEEDS or OUT is no folder ({error}); name another.") from None
    os.environ |= {"SEEDS": str(texts), "OUT": str(report or "")}
    # Kernels run elsewhere: what is named from here on would be another folder there.
    named = {name: named_folder(name) for name in ("CACHE", "LEXICONS", "FIGURES")}
    os.environ |= {name: str(folder.absolute()) for name, folder in named.items() if folder}
    if report is None:
        return None
    os.environ["FIGURES"] = ""  # those of a report are in it
    if not texts.is_dir():
        how = "make it and put .txt files into it, or name another"
        raise SystemExit(f"There is no folder {texts}; {how}.")
    with _told(report):
        _check_place(report, texts)
    return report


def _brought_in(export: Path, texts: Path) -> str:
    """The folder of the articles of an export, in which those of no other file may be: of two files
    of one name in two folders the second stops.
    """
    note, ours = texts / ".export", _id(export.resolve())
    if note.exists() and note.read_text("utf-8") != ours:
        raise SystemExit(f"{texts} holds the texts of another file of this name; rename {export}.")
    print(shown(import_files(export, texts).attrs["said"]), flush=True)
    note.write_text(ours, "utf-8")
    return str(texts)


@contextmanager
def _told(report: Path, *kinds: int) -> Iterator[None]:
    """Say in one sentence what the system has against a report in this place (errors of these
    kinds, or of any).
    """
    try:
        yield
    except OSError as error:
        if kinds and error.errno not in kinds:
            raise
        why = f"cannot be made ({error.strerror or error})"
        raise SystemExit(f"{report} {why}; name another folder with OUT.") from None


def _check_place(report: Path, texts: Path) -> None:
    if wrong := _misplaced(report, texts):
        raise SystemExit(f"{report} {wrong}; name another folder with OUT.")


def _misplaced(report: Path, texts: Path) -> str:
    """What is wrong with the place of a report, if anything is: it may be new or empty, or hold a
    report that a run over these texts made.
    """
    held = {"the collection": HOME, "the texts": texts}
    with suppress(RuntimeError):  # an account without a home
        held["your home"] = Path.home().resolve()
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
    in it is as a run wrote it in the same place; where anything else is in it, or the texts are, or
    it was made under that name, it stays, and the next name with a number is taken. A second run
    that would make the same report stops.
    """
    with _alone(report) as made:
        os.environ["OUT"] = str(made)
        with _told(report, errno.ENOSPC):
            yield made
        with _told(report):
            put_in_place(made, report)


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
                if fcntl:
                    left = shown(str(other.parent))
                    print(f"{left} is left of a run that was killed, and can be removed")
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


def put_in_place(made: Path, report: Path, *, keep: bool = True) -> None:
    """Note what a run wrote, and put it where an earlier one may be, which stays beside it: with
    keep always, else only if anything else is in it.
    """
    told = {"texts": _id(seeds_folder().resolve()), "report": _id(report)}
    written = told | {"files": _digests(made)}
    (made / REPORT).write_text(json.dumps(written, indent=1) + "\n", "utf-8")
    if keep or not _is_free(report, report, made.parent):
        _set_aside(report, made.parent)
    made.rename(report)


def _set_aside(report: Path, hidden: Path) -> None:
    """Make room for a report, and say where the earlier one is."""
    if not report.exists():
        return
    if not any(report.iterdir()):
        report.rmdir()
        return
    names = (f"{report.name}.before{f'-{n}' * (n > 1)}" for n in counting(1))
    before = next(path for path in map(report.with_name, names) if _is_free(path, report, hidden))
    report.rename(before)
    print("the earlier report is", shown(str(before)), flush=True)


def _is_free(place: Path, report: Path, hidden: Path) -> bool:
    """Whether nothing is there any more: an earlier one of this report that is as it was written,
    and in which the texts are not, goes into the hidden folder, which is removed.
    """
    if os.path.lexists(place) and not place.is_symlink():
        listed = _listed(place)
        ours = listed.get("report") == _id(report) and listed["files"]
        read = seeds_folder().resolve().is_relative_to(place)
        with suppress(OSError):  # what cannot be read or moved stays
            if ours and not read and ours == _digests(place):
                place.rename(hidden / "earlier")
    return not os.path.lexists(place)


def _listed(folder: Path) -> dict[str, Any]:
    """What a run noted of its report: whose texts, and the digest of each file."""
    try:
        noted = json.loads((folder / REPORT).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) and noted.keys() >= {"texts", "files"} else {}


def _digests(folder: Path) -> dict[str, str]:
    """The digest of each file of a report but its list; none of a link, which is not followed."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        if path.is_file() and not path.is_symlink()
        else ""
        for path in sorted(folder.rglob("*"))
        if path != folder / REPORT and (path.is_symlink() or not path.is_dir())
    }


def name_of_texts() -> str:
    """What a report is called: its folder of texts, whatever the bytes of that name are."""
    return shown(seeds_folder().resolve().name).removesuffix(".texts")


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

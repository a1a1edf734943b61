"""The report of a folder of texts: where it stands, what in it is still true, and what it holds
beside the notebooks.

    notebooks/  figures/  site/     as those of the committed texts; site/index.html is the summary
    tables/  exports/               every table, and the corpus in the formats of other tools
    methods.txt  references.bib     the methods paragraph and its sources
    .report.json                    what each notebook, and the rest, was made from
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import helpers
from helpers import count, read
from helpers.read.corpus import HOME, SEEDS, Corpus, seeds_folder
from helpers.read.lexicons import digest
from helpers.share.tables import export_all
from helpers.show.measures import all_measures, methods

if TYPE_CHECKING:
    from nbformat import NotebookNode

NOTEBOOKS = HOME / "notebooks"
EDITED = ".edited.ipynb"  # the end of the name of a notebook that somebody edited
NOT_RUN = "not run"
REST = "the rest"  # of a report: what is made when all notebooks are there


def report_folder(seeds: str | None, out: str | None) -> Path | None:
    """Where the notebooks over a folder of texts are written; None for the committed texts, whose
    home is here.

    >>> report_folder("seeds/", None) is None
    True
    """
    folder = seeds_folder(seeds)
    if out:
        return Path(out).expanduser().resolve()
    return None if folder.resolve() == SEEDS.resolve() else HOME / "reports" / folder.resolve().name


def prepare(seeds: str | None, out: str | None) -> Path:
    """Set SEEDS and OUT for the kernels to come, and return the folder of the notebooks to run."""
    folder = seeds_folder(seeds).resolve()
    report = report_folder(seeds, out)
    os.environ["SEEDS"] = str(folder)
    if report == HOME:
        raise SystemExit(f"{report} holds the collection itself; name another folder with OUT.")
    if report is None:
        os.environ.pop("OUT", None)
        return NOTEBOOKS
    if not folder.is_dir():
        raise SystemExit(
            f"There is no folder {folder}; make it and put .txt files into it, or name another."
        )
    os.environ["OUT"] = str(report)
    try:
        (report / "notebooks").mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise SystemExit(f"{report} cannot be a folder; name another with OUT.") from None
    return report / "notebooks"


def signature(corpus: Corpus, *, text: bool) -> str:
    """All that a report depends on beside its notebooks: texts, word lists, code, packages."""
    about = corpus.documents.drop(columns="text").to_csv(), corpus.issues.to_csv(), digest()
    code = [*sorted(Path(helpers.__file__).parent.rglob("*.py")), HOME / "requirements.lock"]
    parts = [*(part.encode() for part in about), *(path.read_bytes() for path in code)]
    return hashlib.sha256(b"\0".join([*parts, repr(text).encode()])).hexdigest()


class State:
    """What each notebook of a report was made from, what was written, and what the rest was made
    from, so that nothing is made twice and no edit is lost.
    """

    def __init__(self, report: Path) -> None:
        self.report, self.path = report, report / ".report.json"
        self.made: dict[str, list[str]] = {}
        if self.path.exists():
            self.made = json.loads(self.path.read_text("utf-8"))

    def holds(self, source: Path, made_from: str) -> bool:
        """Is the notebook of the report still what a new run would give?"""
        known = self.made.get(source.stem, [""])[0]
        return self._place(source).exists() and known == self._key(source, made_from)

    def write(self, source: Path, made_from: str, text: str, *, whole: bool) -> None:
        """Put a notebook into the report; where somebody edited it, theirs is kept beside it."""
        place = self._place(source)
        if place.exists() and not self._as_written(place):
            place.replace(place.with_suffix(EDITED))
            print(f"  your edited {place.name} is now {place.stem}{EDITED}", flush=True)
        place.write_text(text, "utf-8", newline="\n")
        key = self._key(source, made_from) if whole else ""
        self._note(source.stem, [key, _sha256(text.encode())])

    def lay(self, source: Path, text: str) -> None:
        """Put a notebook that was not run into a report that has none of its name."""
        self._place(source).write_text(text, "utf-8", newline="\n")
        self._note(source.stem, [NOT_RUN, _sha256(text.encode())])

    def was_run(self, source: Path) -> bool:
        """Is the notebook in the report, and more than laid there?"""
        return self._place(source).exists() and self.made.get(source.stem, [""])[0] != NOT_RUN

    def refuse_others(self) -> None:
        """Stop where the folder of the notebooks holds what no run wrote: an edited notebook, a
        copy, JupyterLab's checkpoints. They may hold full texts, and the report is to be shared.
        """
        others = [
            path.name
            for path in sorted((self.report / "notebooks").iterdir())
            if path.suffix != ".md" and not self._as_written(path)
        ]
        if others:
            raise SystemExit(
                f"{self.report / 'notebooks'} holds what may have full texts in it: "
                f"{', '.join(others)}. Take it out, or name another folder for the report to share."
            )

    def is_whole(self, made_from: str, sources: Iterable[Path]) -> bool:
        """Were tables, pages and site made from these texts and these notebooks?"""
        return self.made.get(REST) == self._rest(made_from, sources)

    def finish(self, made_from: str, sources: Iterable[Path]) -> None:
        """Note that they were."""
        self._note(REST, self._rest(made_from, sources))

    def _rest(self, made_from: str, sources: Iterable[Path]) -> list[str]:
        return [made_from, *(_sha256(self._place(source).read_bytes()) for source in sources)]

    def _note(self, name: str, made: list[str]) -> None:
        self.made[name] = made
        self.path.write_text(json.dumps(self.made, indent=1, sort_keys=True) + "\n", "utf-8")

    def _as_written(self, place: Path) -> bool:
        written = self.made.get(place.stem, ["", ""])[1]
        return place.is_file() and _sha256(place.read_bytes()) == written

    def _place(self, source: Path) -> Path:
        return self.report / "notebooks" / source.name

    def _key(self, source: Path, made_from: str) -> str:
        return _sha256(made_from.encode() + source.read_bytes())


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def write_tables(
    corpus: Corpus, report: Path, notebooks: list[NotebookNode], *, text: bool
) -> None:
    """What a report holds beside notebooks and figures."""
    export_all(corpus, report, text=text)
    code = "\n".join(
        cell.source for notebook in notebooks for cell in notebook.cells if "outputs" in cell
    )
    rooms = vars(count) | vars(read)
    verbs = sorted({verb for measure in all_measures() for verb in measure.verbs})
    used = [rooms[verb] for verb in verbs if re.search(rf"\b{verb}\(", code)]
    paragraph, _, bibtex = methods(used).plain.partition("\n\n")
    (report / "methods.txt").write_text(paragraph + "\n", "utf-8", newline="\n")
    (report / "references.bib").write_text(bibtex + "\n", "utf-8", newline="\n")


def opening(corpus: Corpus, failures: list[str], *, text: bool) -> str:
    """What the summary of a report says before its notebooks, in Markdown."""
    from helpers.share.pages import literal
    from helpers.show.text import card

    said = [f"**A cell failed**: {literal(failure)}" for failure in failures]
    said += [card(corpus, ways=False).marked, _WHAT_IS_WHERE if text else _WITHOUT_TEXT]
    return "\n\n".join(said)


_WHAT_IS_WHERE = """Beside these pages stand the notebooks, `figures/`, every table in `tables/`
(CSV for spreadsheets and R, Parquet for programs), the corpus in the formats of IRaMuTeQ, TXM and
CoNLL-U in `exports/`, `methods.txt` and `references.bib`."""
_WITHOUT_TEXT = """Made to be shared: the full texts are left out, and quotations are short. Beside
these pages stand the notebooks, `figures/`, the tables in `tables/`, `methods.txt` and
`references.bib`."""

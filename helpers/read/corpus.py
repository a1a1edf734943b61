"""A folder of texts as a corpus: read, parsed once per text, and kept."""

from __future__ import annotations

import hashlib
import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from weakref import WeakKeyDictionary

import pandas as pd

from helpers.read.checks import From0, checked, no_column, said
from helpers.read.dates import PERIODS, period
from helpers.read.duplicates import chain_of
from helpers.read.files import Folder, named_folder, text_files
from helpers.read.lexicons import lexicon_issues
from helpers.read.outlets import compared
from helpers.read.parsing import in_memory, keep, parsed, told_of
from helpers.read.reopening import Copy
from helpers.read.seeds import existing, read_folder, titles_beside, told
from helpers.read.store import Store, bodies_of
from helpers.read.tables import ISSUES, Flags, let_go, need, numbers_in, table, used
from helpers.read.words import COUNTS, with_counts

HOME = Path(__file__).resolve().parents[2]
SEEDS, CACHE = HOME / "seeds", HOME / ".cache"
FICTION = HOME / "helpers" / "fiction"
AT_A_TIME = 10_000  # texts that `store_corpus` holds in memory
# The stores of the corpora that are open: beside them, since a corpus is its seven tables.
_STORES: WeakKeyDictionary[Corpus, Store] = WeakKeyDictionary()


@dataclass(frozen=True, repr=False, eq=False)
class Corpus:
    """The seven tables of a corpus (*corpus*); `helpers` says what one row and each column is.

    >>> corpus = open_corpus(annotate=False)
    >>> len(corpus), int((corpus.tokens["type"] == "coopération").sum())
    (1, 4)
    """

    documents: pd.DataFrame
    fields: pd.DataFrame
    issues: pd.DataFrame
    paragraphs: pd.DataFrame
    sentences: pd.DataFrame
    tokens: pd.DataFrame
    entities: pd.DataFrame

    def __len__(self) -> int:
        """The number of texts."""
        return len(self.documents)

    def __repr__(self) -> str:
        sizes = [f"{len(table):,} {name}" for name, table in vars(self).items()]
        return f"Corpus: {', '.join(sizes)}"

    def _repr_html_(self) -> str:
        rows = [(name, f"{len(t):,}", ", ".join(t.columns)) for name, t in vars(self).items()]
        return pd.DataFrame(rows, columns=["table", "rows", "columns"]).to_html(index=False)

    @property
    def digest(self) -> str:
        """SHA-256 of the contents of all files in order: two corpora with the same digest hold the
        same texts.
        """
        return hashlib.sha256("".join(self.documents["sha256"]).encode()).hexdigest()

    @property
    def titles(self) -> Corpus:
        r"""The titles that stand in the files, as a corpus of the same columns (*titres*).

        One text per text with a title, in front matter or as a line of its own: its body is the
        title, its only paragraph the number 0. They are parsed when they are first asked for, and
        kept. A title that only metadata.csv tells is in no file, and an issue says how many.

        >>> from pathlib import Path; from tempfile import mkdtemp
        >>> folder = Path(mkdtemp())
        >>> head = "---\ntitle: Le phare, à qui ?\n---\n"
        >>> _ = (folder / "phare.txt").write_text(head + "Le phare est fermé.", "utf-8")
        >>> titles = open_corpus(folder, annotate=False).titles.tokens
        >>> titles[["par", "form", "start"]].head(2).to_numpy().tolist()
        [[0, 'Le', 11], [0, 'phare', 14]]
        """
        places = self.fields[self.fields["field"] == "title"].drop_duplicates("doc")
        titled = self._kept(self.documents["doc"].isin(places["doc"]).to_numpy())
        bounds = places.set_index("doc").loc[titled.documents["doc"], ["start", "end"]].to_numpy()
        documents = titled.documents.assign(body_start=bounds[:, 0], body_end=bounds[:, 1])
        annotated = bool(self.tokens["lemma"].notna().any())
        store = _STORES.get(self) or Store(named_folder("CACHE", default=CACHE), annotate=annotated)
        tables, _ = parsed(store, documents, None, False)
        numbered = (table.assign(par=table["par"] * 0) for table in tables)
        documents = with_counts(documents, tables.paragraphs)
        return Corpus(documents, titled.fields, titled.issues, *numbered)

    @property
    def parts(self) -> str:
        """The column whose parts a verb compares if it is asked for none (*partition*): the first
        of these that makes two parts or more: `outlet` (of more than 12 the larger ones, and the
        rest as one); a text column of one's own with 2 to 12 values and five texts each on average;
        `year`; `month`; `doc`; else `par`.

        >>> from helpers import open_corpus
        >>> open_corpus(annotate=False).parts
        'par'
        """
        return compared(self.documents)

    @property
    def period(self) -> str:
        """The period by which texts are compared if none is asked for: the quarter where more than
        nine months have texts, else the month; the year where no date has a month (*période*).

        >>> from helpers import open_corpus
        >>> open_corpus(annotate=False).period
        'month'
        """
        months = self.documents["month"].nunique()
        return "quarter" if months > 9 else "month" if months else "year"

    def where(self, condition: str | Sequence[bool] | pd.Series | None) -> Corpus:
        """The texts for which a condition on their columns holds, as a corpus (*sous-corpus*).

        Parameters: condition (a pandas query over `documents`, with text in quotes, or True or
        False for each text; None: all texts). A warning says that no text is left.
        Raises: ValueError for a condition that cannot be read, with the columns that there are.

        >>> from helpers import open_corpus
        >>> corpus = open_corpus(annotate=False)
        >>> len(corpus.where("year >= '2024' and n_words > 100"))
        1
        """
        if condition is None:
            return self
        kept = condition
        if isinstance(condition, str):
            try:
                kept = self.documents.eval(condition, level=1)
            except Exception as error:
                raise ValueError(_unread(condition, self.documents, str(error))) from None
        kept = pd.Series(None if isinstance(kept, pd.DataFrame) else kept)
        if isinstance(condition, pd.Series):  # as pandas does, by the index
            kept = kept.reindex(self.documents.index)
        if kept.dtype not in ("bool", "boolean") or len(kept) != len(self):
            raise ValueError(_unread(condition, self.documents, "not True or False for each text"))
        if isinstance(condition, str) and len(self) and not kept.any():
            how = "text stands in quotes and numbers do not, as in year == '2024'"
            warnings.warn(f"where: no text has {condition!r}; {how}", stacklevel=2)
        chosen = self._kept(kept.fillna(False).to_numpy(bool))
        if isinstance(condition, str) and chosen is not self:  # methods paragraphs say so
            before = self.documents.attrs.get("selected", [])
            chosen.documents.attrs["selected"] = [*before, condition]
        return chosen

    def without_reprints(self) -> Corpus:
        """The corpus with the first text of each chain of texts that repeat one another, the first
        in this corpus: select first (*sans les reprises*).

        >>> from helpers import open_corpus
        >>> open_corpus(annotate=False).without_reprints().documents["n_words"].tolist()
        [341]
        """
        return self._kept(~chain_of(self.documents).duplicated().to_numpy())

    def _kept(self, mask: Flags) -> Corpus:
        """The corpus of these texts; what is told of no text stays among the issues."""
        if mask.all():
            return self
        # An index, since isin makes a scalar of Arrow of each name, anew for each table.
        gone = pd.Index(self.documents.loc[~mask, "doc"])
        kept = (table[gone.get_indexer(table["doc"]) < 0] for table in vars(self).values())
        corpus = Corpus(*(used(table.reset_index(drop=True)) for table in kept))
        if self in _STORES:
            _STORES[corpus] = _STORES[self]
        return corpus

    @checked
    def with_metadata(
        self, tokens: pd.DataFrame, columns: str | Sequence[str] | None = None
    ) -> pd.DataFrame:
        """The tokens with the columns of their documents (*métadonnées*).

        Parameters: tokens (any table with doc); columns (those to add, else all but the text; also
        quarter, week and day, missing where the date is less precise). In a token table, text is
        categorical.
        Raises: ValueError without a column doc, or naming a text that the corpus does not have, or
        a column that its documents do not have.

        >>> from helpers import open_corpus
        >>> corpus = open_corpus(annotate=False)
        >>> corpus.with_metadata(corpus.tokens, ["month", "quarter"]).iloc[0, -2:].tolist()
        ['2024-11', '2024-Q4']
        """
        need(tokens, "doc")
        about = self.documents
        asked = [columns] if isinstance(columns, str) else columns
        names = [*about.columns.drop("text")] if asked is None else [*dict.fromkeys(asked)]
        further = [name for name in names if name not in about]
        if strange := [name for name in further if name not in PERIODS]:
            raise no_column(strange[0], dict.fromkeys([*about, *PERIODS]), "documents")
        about = about.assign(**{name: period(about, name) for name in further})
        stranger = "the corpus has no text {!r}; ask the corpus that the tokens are from"
        rows = numbers_in(pd.Index(about["doc"]), tokens["doc"], stranger)
        about = about[[name for name in names if name not in tokens]]
        if tokens["doc"].dtype == "category":
            about = about.astype(dict.fromkeys(about.select_dtypes("str"), "category"))
        joined = pd.concat([tokens, about.take(rows).set_axis(tokens.index)], axis=1)
        joined.attrs = self.documents.attrs | tokens.attrs
        return joined


def _unread(condition: object, documents: pd.DataFrame, why: str) -> str:
    """What is wrong with a condition, and what there is to ask for."""
    how = "it is a pandas query, as in \"outlet == 'Le Fanal' and year >= '2023'\""
    there = f"the columns of documents are {', '.join(documents)}"
    return f"where: {said(condition)} cannot be read ({why}); {how}; {there}"


def seeds_folder(folder: Folder = None) -> Path:
    """The folder of texts: the one named, else the one that the environment variable SEEDS names,
    else `seeds/`.
    """
    return named_folder("SEEDS", folder, SEEDS)


@checked
@in_memory()
def open_corpus(
    folder: Folder = None,
    *,
    annotate: bool = True,
    example_below: From0 = 0,
    cache: Folder = None,
    executor: Executor | None = None,
    progress: bool | None = None,
) -> Corpus:
    """Read a folder of texts into tables, parsing only the texts that were never parsed (*corpus*).

    Parameters: folder (else the environment variable SEEDS, else `seeds/`); annotate (False stops
    after words and sentences, with the same words, 50 times faster); example_below (where the
    folder has fewer files of texts, whatever is selected of them, and the committed notebooks are
    being made, the example corpus is opened in their place; the environment variable EXAMPLE says
    so to their kernels); cache (the store's folder,
    else the environment variable CACHE, else `.cache/`); executor (anything with the interface of
    concurrent.futures, for many texts); progress (None: a bar on a terminal and in JupyterLab; with
    the bar of a terminal, the number of issues and what to do about the most frequent).
    Returns: the corpus; without a readable text an empty one, and an issue that says so.
    Raises: FileNotFoundError or NotADirectoryError naming the folder; MemoryError naming the way
    out.

    >>> open_corpus(annotate=False).documents["n_words"].tolist()
    [341]
    """
    place = existing(seeds_folder(folder))
    few = example_below and sum(1 for _ in text_files(place, [])) < example_below
    if few and os.environ.get("EXAMPLE") and place != FICTION:
        return open_corpus(FICTION, annotate=annotate, cache=cache, progress=progress)
    store = Store(named_folder("CACHE", cache, CACHE), annotate=annotate)
    copy = Copy(store, place)
    tables, damaged = copy.read()
    if not tables:
        tables, lost = _made(store, place, executor, progress)
        copy.write(tables)
        damaged = pd.concat([damaged, lost])
    issues = tables[2] = pd.concat([tables[2], damaged], ignore_index=True)
    if len(issues) and (sys.stderr.isatty() if progress is None else progress):
        print(told(issues), file=sys.stderr)
    corpus = Corpus(*tables)
    if place.resolve() == FICTION:  # what is made from its tables says so, too
        for each in vars(corpus).values():
            each.attrs["invented"] = True
    _STORES[corpus] = store
    return corpus


def truth() -> dict[str, pd.DataFrame]:
    """What was put into the example corpus, and how much of it is found: each list by its name.

    >>> sorted(truth())[-1], truth()["words"].columns[0]
    ('words', 'lemma')
    """
    return {path.stem: pd.read_csv(path) for path in sorted((FICTION / "truth").glob("*.csv"))}


def _made(
    store: Store, folder: Path, executor: Executor | None, progress: bool | None
) -> tuple[list[pd.DataFrame], pd.DataFrame]:
    """The tables of a folder, its texts parsed where the store does not hold them, and the issues
    of the store.
    """
    read, fields = read_folder(folder)
    let_go()
    tables, damaged = parsed(store, read.documents, executor, progress)
    further = table([*lexicon_issues(), *titles_beside(read.documents, fields)], ISSUES)
    issues = pd.concat([read.issues, further], ignore_index=True)
    return [with_counts(read.documents, tables.paragraphs), fields, issues, *tables], damaged


class Stored(NamedTuple):
    """Where the tables of a folder are on disk: a folder with one folder of Parquet files a table,
    and the file that says which rows of them are whose.
    """

    tables: Path
    documents: Path


@checked
def store_corpus(
    folder: Folder = None,
    *,
    annotate: bool = True,
    cache: Folder = None,
    executor: Executor | None = None,
    progress: bool | None = None,
) -> Stored:
    """Parse a folder of texts that are larger than memory, for tools that read from disk (*grand
    corpus*).

    `AT_A_TIME` texts are read at a time; what they repeat is looked for among them alone
    (duplicate_of). documents has one row per text: the columns of `Corpus.documents` without its
    counts and the text; sha256 (of the body; that of the file is file_sha256), batch. In the
    tables, sha256 and batch stand in the place of doc, and start and end count from body_start. The
    store may hold other texts, too: a join on both gives those of this folder. A warning
    tells what was damaged in the store.

    Parameters: as those of `open_corpus`.
    Returns: tables (`tables / "tokens"` holds the files of the tokens), documents.
    Raises: FileNotFoundError or NotADirectoryError naming the folder; OSError naming a store that
    cannot be written.

    >>> tables, documents = store_corpus(annotate=False)
    >>> tokens = pd.read_parquet(tables / "tokens").merge(pd.read_parquet(documents))
    >>> tokens[tokens["kind"] == "word"].groupby("month").size().to_dict()
    {'2024-11': 341}
    """
    store = Store(named_folder("CACHE", cache, CACHE), annotate=annotate)
    parts, damaged = [], [told_of(store.drop_damaged())]
    store.drop_strays()
    for documents in _parts(seeds_folder(folder)):
        wanted = bodies_of(documents)
        damaged.append(keep(store, wanted, executor, progress))
        about = documents.drop(columns=["text", *COUNTS]).rename(columns={"sha256": "file_sha256"})
        parts.append(about.assign(sha256=wanted["sha256"]))
    for message in pd.concat(damaged)["message"]:
        warnings.warn(f"store_corpus: {message}", stacklevel=3)
    about = pd.concat(parts).sort_values("date_start", kind="stable", ignore_index=True)
    # Text in one part, where front matter says it too, and numbers in another.
    about = about.astype({name: "str" for name in about if about[name].dtype == object})
    batches = store.texts().drop_duplicates("sha256").set_index("sha256")["batch"]
    about["batch"] = batches.reindex(about["sha256"]).to_numpy()
    return Stored(store.folder, store.write_documents(about))


def _parts(folder: Path) -> Iterator[pd.DataFrame]:
    """The documents of a folder, some at a time."""
    n = sum(1 for _ in text_files(existing(folder), []))
    for first in range(0, max(n, 1), AT_A_TIME):
        yield read_folder(folder, part=slice(first, first + AT_A_TIME))[0].documents

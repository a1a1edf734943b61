"""The corpus in the formats of IRaMuTeQ, TXM and Universal Dependencies, so that their tools can
check ours.

The variables of each text go with it: doc (the name), date (as precise as it is known), year,
month, outlet, and the fields of front matter and columns of metadata.csv that are not ours; what is
missing is left out. The bodies are as in the files.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.exchange.filenames import distinct, safe_names
from helpers.read.checks import checked
from helpers.read.corpus import Corpus
from helpers.read.tables import DOCUMENTS, changes

# Where IRaMuTeQ, which reads with Python, sees a line begin.
BREAKS = r"\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_LIKE_A_MARK = re.compile(rf"(?<![^{BREAKS}]) *(?=\*\*\*\*|-\*)")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})
_PLAIN = re.compile(r"[\w.-]+", re.ASCII)

Place = str | os.PathLike[str]


@checked
def export_iramuteq(corpus: Corpus, path: Place) -> Path:
    """The corpus as one file for IRaMuTeQ (*corpus au format IRaMuTeQ, variables étoilées*).

    A line `**** *doc_visite *month_2024-11 …` opens each text. Names of variables keep their ASCII
    letters and digits, values also - . and _; what else is in them becomes _, values that would
    then be the same are numbered, and values that are plain already stay as they are. A line of a
    text that begins with **** or -* gets a space before it, which makes it an ordinary line there;
    `import_corpus` takes it away again. UTF-8 without byte order mark, which IRaMuTeQ would take
    for text.

    Returns: the path.
    References: Ratinaud, IRaMuTeQ, Documentation, "Format des données en entrée".

    >>> import tempfile; from helpers import open_corpus
    >>> path = export_iramuteq(open_corpus(annotate=False), tempfile.mkdtemp() + "/corpus.txt")
    >>> path.read_text("utf-8").splitlines()[0]
    '**** *doc_000_2b29863a143dca50 *date_2024-11 *year_2024 *month_2024-11'
    """
    about = _about(corpus)
    stars = [
        [f" *{name}_{value}" if value else "" for value in _plain_values(about[column])]
        for name, column in zip(_plain_names(about, r"[^a-z0-9]"), about, strict=True)
    ]
    texts = [_LIKE_A_MARK.sub(r" \g<0>", body) for body in _bodies(corpus)]
    heads = map("".join, zip(*stars, strict=True))
    content = "".join(f"****{head}\n{text}\n\n" for head, text in zip(heads, texts, strict=True))
    return _written(path, content)


@checked
def export_txm(corpus: Corpus, folder: Place) -> list[Path]:
    """The corpus as a folder for the import "TXT + CSV" of TXM (*métadonnées de texte*).

    One file per text, its body in UTF-8; `metadata.csv` with a first column id, the file's name
    without its suffix in ASCII, then one column per variable, named in lower-case ASCII, its values
    as they are; commas between the columns, " around what holds one.

    Returns: the paths, that of metadata.csv first.
    References: Manuel de TXM 0.7.9, section 6.1.2.

    >>> import tempfile; from helpers import open_corpus
    >>> paths = export_txm(open_corpus(annotate=False), tempfile.mkdtemp())
    >>> paths[0].read_text("utf-8").splitlines()[1]
    '000_2b29863a143dca50,000_2b29863a143dca50,2024-11,2024,2024-11'
    """
    about, folder = _about(corpus), Path(folder)
    ids = safe_names(_plain_values(about["doc"]))
    names = distinct(["id", *_plain_names(about, r"[^a-z0-9_]")])
    table = about.set_axis(names[1:], axis="columns")
    table.insert(0, "id", ids)
    rows = table.to_csv(index=False, lineterminator="\r\n")
    paths = [folder / f"{name}.txt" for name in ids]
    return [_written(folder / "metadata.csv", rows), *map(_written, paths, _bodies(corpus))]


@checked
def export_conllu(corpus: Corpus, path: Place) -> Path:
    """The tokens as CoNLL-U, as spaCy, Stanza and UDPipe read it (*corpus annoté*).

    One line per token, with UPOS, lemma, head and relation where they are known, else _; MISC holds
    start and end (characters in `documents.text`), and SpaceAfter=No where no space follows, so
    that the tokens spell `# text`. A sentence has one root: another, in a sentence too long to be
    read at once, is made to depend on it (`dep`).

    Returns: the path.
    References: Universal Dependencies, CoNLL-U Format, universaldependencies.org/format.html.

    >>> import tempfile; from helpers import open_corpus
    >>> path = export_conllu(open_corpus(), tempfile.mkdtemp() + "/corpus.conllu")
    >>> path.read_text("utf-8").splitlines()[4].split(chr(9))[:8]
    ['1', 'Le', 'le', 'DET', '_', '_', '2', 'det']
    """
    return _written(path, "".join(_sentences(corpus.tokens)) if len(corpus.tokens) else "")


def _about(corpus: Corpus) -> pd.DataFrame:
    """The variables of each text, as strings or missing."""
    about = corpus.with_metadata(corpus.documents[["doc"]])
    day, is_day = about["date_start"].dt.strftime("%Y-%m-%d"), about["date_precision"] == "day"
    about["date"] = day.where(is_day, about["month"].fillna(about["year"]))
    first = ["doc", "date", "year", "month"]
    ours = {*DOCUMENTS, *first} - ({"outlet"} if about["outlet"].notna().any() else set())
    about = about[[*first, *(name for name in about if name not in ours)]]
    return about.astype(object).map(str, na_action="ignore").astype("str")


def _bodies(corpus: Corpus) -> Iterator[str]:
    places = corpus.documents[["text", "body_start", "body_end"]]
    return (text[start:end] for text, start, end in places.itertuples(index=False))


def _plain_values(column: pd.Series) -> list[str]:
    """The values in ASCII without blanks, distinct values distinct, empty where there is none."""
    values = sorted(column.dropna().unique(), key=lambda value: (_plain(value) != value, value))
    plain = dict(zip(values, distinct(map(_plain, values)), strict=True))
    return [plain.get(value, "") for value in column]


def _plain_names(about: pd.DataFrame, unwanted: str) -> list[str]:
    """The names of the columns in lower-case ASCII that begins with a letter."""
    names = (re.sub(unwanted, "", _plain(str(name)).lower()).lstrip("_") for name in about)
    return distinct(name if name[:1].isalpha() else f"v{name}" for name in names)


def _plain(value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value
    letters = unicodedata.normalize("NFKD", value.translate(_LIGATURES))
    return "_".join(_PLAIN.findall(re.sub("[\u0300-\u036f]", "", letters))).strip("_") or "x"


def _sentences(tokens: pd.DataFrame) -> Iterator[str]:
    """Each sentence with its comments and its lines."""
    names = distinct(re.sub(r"\s+", "_", doc) for doc in tokens["doc"].cat.categories)
    codes, par = tokens["doc"].cat.codes.to_numpy(), tokens["par"].to_numpy()
    sent, start, end = (tokens[name].to_numpy() for name in ("sent", "start", "end"))
    docs, new_doc, new_par = np.array(names, object)[codes], changes(codes), changes(codes, par)
    first = np.flatnonzero(changes(codes, sent))
    spaced = np.append(new_doc[1:] | (start[1:] != end[:-1]), True)
    written = (tokens["form"].astype(object) + np.where(spaced, " ", "")).tolist()
    lines = _lines(tokens, first, spaced)
    for a, b in zip(first, [*first[1:], len(tokens)], strict=True):
        if new_doc[a]:
            yield f"# newdoc id = {docs[a]}\n"
        if new_par[a]:
            yield f"# newpar id = {docs[a]}-p{par[a]}\n"
        yield f"# sent_id = {docs[a]}-s{sent[a]}\n# text = {''.join(written[a:b]).rstrip()}\n"
        yield "\n".join(lines[a:b]) + "\n\n"


def _lines(tokens: pd.DataFrame, first: NDArray[np.int64], spaced: NDArray[np.bool_]) -> list[str]:
    """The ten fields of each token; first is where the sentences begin."""
    begins = np.repeat(first, np.diff(first, append=len(tokens)))
    head, dep = _heads(tokens, first, begins)
    known = {name: tokens[name].astype(object).fillna("_") for name in ("form", "lemma", "pos")}
    places = [f"start={a}|end={b}" for a, b in zip(tokens["start"], tokens["end"], strict=True)]
    misc = np.array(places, object) + np.where(spaced, "", "|SpaceAfter=No").astype(object)
    none = ["_"] * len(tokens)
    number = map(str, np.arange(len(tokens)) - begins + 1)
    fields = (number, *known.values(), none, none, map(str, head), dep, none, misc)
    return list(map("\t".join, zip(*fields, strict=True)))


def _heads(
    tokens: pd.DataFrame, first: NDArray[np.int64], begins: NDArray[np.int64]
) -> tuple[Iterable[object], Iterable[str]]:
    """The governor of each token by its number in the sentence, 0 for the root; the relation."""
    head = tokens["head"].to_numpy(np.float64, na_value=np.nan)
    at, lengths = np.arange(len(tokens)), np.diff(first, append=len(tokens))
    local = head - tokens["tok"].to_numpy()[begins] + 1
    roots = (head == 0) | (local < 1) | (local > np.repeat(lengths, lengths))
    root = np.repeat(np.minimum.reduceat(np.where(roots, at, len(tokens)), first), lengths)
    local = np.where(roots, np.where(at == root, 0, root - begins + 1), local)
    number = pd.array(local, "Int64").astype(object)
    dep = tokens["dep"].astype(object).fillna("_")
    return np.where(np.isnan(head), "_", number), dep.mask(roots & (at != root), "dep")


def _written(path: Place, content: str) -> Path:
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8", newline="")
    return path

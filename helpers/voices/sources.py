"""Who is made to speak, in which way, how much: speakers under one name and in their category, the
words of each kind of speech, the passages of one speaker.

A passage is that of `attributions`, with all sentences of a quotation that begins or ends in it.
"""

import re
from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd

from helpers.count.parts import By
from helpers.count.verbs import Period, Texts, verb
from helpers.read.checks import From0
from helpers.read.corpus import Corpus
from helpers.read.french import normalise, without_accents
from helpers.read.lexicons import lexicon
from helpers.read.tables import table, typed
from helpers.voices.discourse import ATTRIBUTIONS, all_tables, first_printed
from helpers.voices.institutions import expansions
from helpers.voices.onomastics import fuller, in_parts, mentioned, renamed
from helpers.voices.passages import measured, with_text
from helpers.voices.turns import FULL_NAME, NO_CUE

SPOKEN = ("direct", "indirect", "according_to")
KINDS = (*SPOKEN, "none")
OTHER = "unclassified"
MOST = 5  # verbs of a speaker that are named
MANY, DRAWS = 20, 1000  # texts from which they are drawn again, and how often
_CAPITAL = r"\b[A-ZÀ-Ý](?![’'])[\w’'-]*"
_PROPER = r"^[a-zà-ÿ’' ]* (?<!\bd[eu] )(?<!\bdes )(?<!\bla )([A-ZÀ-Ý].*)"
_OFFICE = r"(?i)^(?:l[ea] |l[’'])(.+)\Z"
_SPEAKERS = dict.fromkeys(("part", "source_name", "category"), "str")
_SPEAKERS |= dict.fromkeys((*SPOKEN, "words", "texts"), "int64") | {"verbs": "str"}
_SPEECH = {"part": "str", "kind": "str", "words": "int64"}
_SPEECH |= dict.fromkeys(("share", "macro", "low", "high"), "float64")


@verb
def speakers(
    corpus: Texts, *, by: By | None = None, period: Period | None = None, named: bool = False
) -> pd.DataFrame:
    """Who is made to speak, how often, in which way? (*locuteurs cités*, *sources*)

    One row per part and speaker, those of most texts first, and last in each part a row without a
    name: passages whose source is a pronoun, or neither named nor in `sources.csv`. Of texts that
    repeat one another the first counts.

    A speaker has the full name that texts of the corpus have for a surname, where only one ends in
    it, or for the acronym of an institution, where they agree. `sources.csv` gives the category,
    and a name to those who have none (le maire: maire) or whose whole name it lists (AFP: Agence
    France-Presse); of its patterns, without regard to accents, the first in the phrase counts,
    there the longest: the category of a person is that of the office or, there, of the institution
    that texts tell of him or her.

    Parameters: corpus; by (columns of its documents that name the parts), period; named (True: only
    those who have a name, one with a capital; the others speak in a role: riverain, préfecture).
    Returns: part ("all" without by), source_name, category (`unclassified` where no pattern fits),
    direct, indirect, according_to (passages of each kind, not to be added up: a quotation is short
    and certain, the others are not), words (of all these passages, with their cues; those of two
    speakers count for either), texts (in which the speaker is quoted at least once), verbs (the
    five most frequent, with their number).
    Raises: ValueError on a corpus opened with annotate=False, or naming a column that is missing.
    References: Moirand (2007), Les discours de la presse quotidienne, PUF.

    >>> from helpers import open_corpus
    >>> found = speakers(open_corpus())
    >>> found[["source_name", "category", "direct", "indirect"]].values.tolist()[0]
    ['Francisca Bostyn', 'executive', 0, 2]
    """
    corpus = first_printed(corpus)
    rows = in_parts(_speakers(corpus), corpus, by, period)
    rows = rows[rows["source_name"].str.contains(_CAPITAL, na=False)] if named else rows
    rows = rows.assign(**{kind: rows["kind"] == kind for kind in SPOKEN})
    each = rows.groupby(["part", "source_name", "category"], observed=True, dropna=False)
    found = each.agg(dict.fromkeys((*SPOKEN, "words"), "sum") | {"doc": "nunique"})
    found = found.reset_index().rename(columns={"doc": "texts"})
    found["verbs"] = _most(rows, each.ngroup())
    found["unnamed"] = found["source_name"].isna()
    order = {"part": True, "unnamed": True, "texts": False, "words": False, "source_name": True}
    found = found.sort_values([*order], ascending=[*order.values()], ignore_index=True)
    return typed(found[[*_SPEAKERS]], _SPEAKERS)


@verb
def reported_speech(
    corpus: Texts,
    *,
    by: By | None = None,
    period: Period | None = None,
    random_state: From0 = 0,
) -> pd.DataFrame:
    """How many of the words are told in the voice of somebody else? (*discours rapporté*)

    One row per part and kind: words inside the quotation marks of somebody, and of answers in an
    interview (direct); of passages without a quotation (indirect), after *selon* and the like
    (according_to), and all others (none): also the cue of a quotation and what its sentence retells
    besides, the questions of interviews, what the author of an op-ed or a letter says, and hearsay
    in the conditional, for which nobody is named. Of texts
    that repeat one another the first counts. Direct and indirect are two things, not to be
    added up: an indirect passage is a whole sentence, whatever of it is the speaker's.

    share = words/all words of the part; macro = the mean of the shares of its texts, in which a
    long one counts as much as a short one.

    Parameters: corpus; by (columns of its documents that name the parts), period; random_state (of
    the interval).
    Returns: part ("all" without by), kind, words (direct ones without cue and source, if quotation
    marks tell them apart; the others with them), share, macro, low, high (95% of the means of as
    many texts, drawn with replacement 1,000 times; NaN below 20 texts). NaN without a word.
    Raises: ValueError on a corpus opened with annotate=False, or naming a column that is missing.
    References: Moirand (2007), Les discours de la presse quotidienne, PUF; Gries (2022),
    doi:10.1016/j.rmal.2021.100002.

    >>> from helpers import open_corpus
    >>> found = reported_speech(open_corpus())
    >>> dict(zip(found["kind"], found["words"]))
    {'direct': 0, 'indirect': 118, 'according_to': 56, 'none': 167}
    """
    corpus = first_printed(corpus)
    said = in_parts(measured(corpus), corpus, by, period)
    said["kind"] = said["kind"].where(said["kind"].isin(KINDS), "none")
    cued = (said["kind"] == "direct") & (said["verb"] != NO_CUE) & (said["quoted"] > 0)
    around = said[cued].assign(kind="none", words=said["words"] - said["quoted"])
    said["words"] = said["words"].mask(cued, said["quoted"])
    said = pd.concat([said, around])
    counts = said.pivot_table("words", ["part", "doc"], "kind", "sum", 0, observed=True)
    counts = counts.reindex(columns=pd.Index(KINDS, name="kind"), fill_value=0)
    rng, rows = np.random.default_rng(random_state), [table([], _SPEECH)]
    for part, own in counts[counts.sum(axis=1) > 0].groupby("part", observed=True):
        shares, drawn = own.div(own.sum(axis=1), axis=0), np.full((1, len(KINDS)), np.nan)
        if len(own) >= MANY:
            draws = (rng.integers(len(own), size=len(own)) for _ in range(DRAWS))
            drawn = np.stack([shares.to_numpy()[draw].mean(axis=0) for draw in draws])
        row = pd.DataFrame({"words": own.sum(), "macro": shares.mean()}).assign(part=part)
        row["share"] = row["words"] / row["words"].sum()
        row["low"], row["high"] = np.quantile(drawn, [0.025, 0.975], axis=0)
        rows.append(typed(row.reset_index()[[*_SPEECH]], _SPEECH))
    return pd.concat(rows, ignore_index=True)


@verb
def quotations(corpus: Texts, speaker: str = "") -> pd.DataFrame:
    """What is this speaker made to say? (*propos rapportés*)

    One row per passage, in reading order, reprints included.

    Parameters: corpus; speaker (a source_name of `speakers`, or the end of one, in any capitals; of
    everybody if none is named).
    Returns: the columns of `attributions`, source_name as in `speakers`, and passage (text).
    Raises: ValueError on a corpus opened with annotate=False.

    >>> from helpers import open_corpus
    >>> quotations(open_corpus(), "Bostyn")["verb"].tolist()
    ['féliciter', 'faire part']
    """
    rows, asked = _speakers(corpus), speaker.casefold()
    names = rows["source_name"].str.casefold()
    rows = rows[(names == asked) | names.str.endswith(f" {asked}")] if asked else rows
    columns = ATTRIBUTIONS | {"passage": "str"}
    return typed(with_text(rows, corpus)[[*columns]].reset_index(drop=True), columns)


def _most(rows: pd.DataFrame, group: pd.Series) -> pd.Series:
    """The most frequent verbs of each group of passages, with their numbers."""
    verbs = rows.groupby([group.rename("group"), "verb"]).size().reset_index(name="n")
    verbs = verbs.sort_values("n", ascending=False, kind="stable").groupby("group").head(MOST)
    told = verbs["verb"] + " (" + verbs["n"].astype("str") + ")"
    return told.groupby(verbs["group"]).agg(", ".join)


def _speakers(corpus: Corpus) -> pd.DataFrame:
    """The passages with a row for each of their speakers, under the name of `speakers`, and their
    category.
    """
    full, actors = expansions(corpus.documents["text"]), all_tables(corpus).actors
    rows = mentioned(corpus, full)
    people = rows.loc[rows["label"] == "person", ["doc", "name"]].drop_duplicates()
    persons = people["name"].unique()
    known = fuller(name for name in (*persons, *actors["name"]) if name[0].isupper())
    # The association Sauvons la Côte is Sauvons la Côte; the town hall of Valombre is not Valombre.
    proper = actors.set_index("name").index.to_series().str.extract(_PROPER)[0]
    known |= proper[proper.isin(rows["name"].unique())].to_dict() | full
    said = measured(corpus).loc[lambda rows: rows["kind"].isin(SPOKEN)]
    named, several = said["source_name"], said["source_name"].str.contains("; ", na=False)  # few
    each = pd.concat([named[~several], named[several].str.split("; ").explode().astype("str")])
    each = each.sort_index(kind="stable")
    said = said.loc[each.index].assign(name=renamed(each, known).array).reset_index(drop=True)
    bodies = actors[~actors["name"].isin(persons)]
    about = dict.fromkeys(persons, "") | _offices(bodies, actors, said)
    said["name"] = said["name"].fillna(_called(said, people, about, corpus))
    pairs = said[["source", "name"]].drop_duplicates()
    found = [_told(source, name, about) for source, name in pairs.itertuples(index=False)]
    pairs[["source_name", "category"]] = np.array(found, object).reshape(-1, 2)
    return said.drop(columns="source_name").merge(pairs, how="left", on=["source", "name"])


def _called(
    said: pd.DataFrame, people: pd.DataFrame, about: Mapping[str, str], corpus: Corpus
) -> pd.Series:
    """The names of sources that have none: the one set off right behind, or of the one person of
    the text who holds this office.
    """
    nobody = said[said["name"].isna() & said["source"].notna()]
    passages = with_text(nobody, corpus)["passage"].tolist()
    beside = [*map(_beside, nobody["source"].tolist(), passages)]
    held = nobody[["doc"]].assign(office=nobody["source"].str.extract(_OFFICE)[0]).dropna()
    near = held.drop_duplicates().merge(people)
    pairs = zip(near["office"], near["name"], strict=True)
    fits = near.loc[[office in about[name] for office, name in pairs]]
    one = fits.drop_duplicates(["doc", "office"], keep=False)
    alone = held.merge(one, "left").set_axis(held.index)["name"]
    return pd.Series(beside, nobody.index, "str").fillna(alone)


def _beside(source: str, passage: str) -> str | None:
    """Who stands between commas right behind a source (la maire, Awa Ndoye, a dit)."""
    apart = f"{source}, " in passage  # rarely, so that few patterns are made
    found = apart and re.search(f"{re.escape(source)}, ({FULL_NAME}),", passage)
    return found[1] if found else None


def _offices(bodies: pd.DataFrame, actors: pd.DataFrame, said: pd.DataFrame) -> dict[str, str]:
    """What the texts call each speaker: the name of an institution, or the office of a person, his
    or her institution, the words beside or for the name.
    """
    written = said[["name", "source"]].dropna().drop_duplicates()
    written["words"] = written["source"].str.replace(_CAPITAL, "", regex=True)
    told = [actors.rename(columns={of: "words"}) for of in ("role", "organisation")]
    words = pd.concat([bodies.assign(words=bodies["name"]), *told, written])[["name", "words"]]
    words = words.dropna().drop_duplicates()
    return words.groupby("name")["words"].agg(" ; ".join).to_dict()


def _told(source: str, name: str, about: Mapping[str, str]) -> tuple[str | None, str]:
    """The name and the category of a source that is written so, and has this name or none."""
    if pd.isna(name):
        return source_of("" if pd.isna(source) else source)
    whole = source_of(name, whole=True)
    return whole if whole[0] else (name, source_of(about.get(name, name))[1])


def source_of(phrase: str, *, whole: bool = False) -> tuple[str | None, str]:
    """The name and the category that `sources.csv` has for a phrase, or for nothing less."""
    pattern, rows = _patterns()
    find = pattern.fullmatch if whole else pattern.search
    found = find(without_accents(normalise(phrase)))
    return rows[found.lastindex - 1] if found and found.lastindex else (None, OTHER)


@cache
def _patterns() -> tuple[re.Pattern[str], list[tuple[str, str]]]:
    """All patterns as one, the longer before the shorter, one's own before ours; and the name and
    category of each. A capital in a pattern is one in the text.
    """
    rows = lexicon("sources").rows.iloc[::-1]
    rows = rows.sort_values("pattern", key=lambda each: -each.str.len(), kind="stable")
    names = rows["name"].where(rows["name"] != "", rows["pattern"].str.replace("*", ""))
    ways = "|".join(_way(without_accents(normalise(pattern))) for pattern in rows["pattern"])
    return re.compile(rf"(?<!\w)(?:{ways})(?!\w)"), [*zip(names, rows["category"], strict=True)]


def _way(pattern: str) -> str:
    """A pattern of `sources.csv` for `re`, which passes over it at once where a word begins with
    another letter, since the first stands before the group.
    """
    first = pattern[:1] if pattern[:1].isalpha() else ""
    rest = re.escape(pattern.removeprefix(first)).replace(r"\*", r"\w*")
    if pattern != pattern.lower():
        return f"{first}({rest})"
    return f"[{first}{first.upper()}]((?i:{rest}))" if first else f"((?i:{rest}))"

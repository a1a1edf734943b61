"""What is a text about? The words of a list of themes: where they stand, how dense they are, and
what the list leaves out.

The list is `lexicons/themes.csv`, or a researcher's own.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.count import parts
from helpers.count.lexical_table import crossed, members
from helpers.count.matching import candidates, settle
from helpers.count.parts import By, Floats, Mask, keep_apart, need_whole
from helpers.count.verbs import Tokens, verb
from helpers.read.checks import From0
from helpers.read.lexicons import lexicon as word_list
from helpers.read.lexicons import unreadable
from helpers.read.tables import Integers, changes, covered, integers, need, numbers_in

NO_THEME = "none"  # entries of this theme only keep their words from the others
MANY = 20  # texts from which texts are drawn anew; with fewer, paragraphs are left out in turn
DRAWS = 1000  # samples of the texts
# A list is read where it covers so much of the content words, a theme of one's own by its hits.
COVERS, OWN = 0.25, "f >= 50 and n_docs >= 20"
_COLUMNS = ["theme", "entry", "unit", "pos", "note"]


class Audit(NamedTuple):
    """How far may a list of themes be believed? What it covers, what competes, what it lacks, which
    entries may mean something else, and which have no hit.
    """

    coverage: pd.DataFrame
    overlaps: pd.DataFrame
    unmatched: pd.DataFrame
    ambiguous: pd.DataFrame
    silent: pd.DataFrame


@verb
def theme_lexicon(table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Which words stand for which theme? (*lexique thématique*)

    One row per entry, in the order of the file: ours, then `themes.csv` in the folder `LEXICONS`.

    unit says how an entry is matched. `lemma` (or nothing): one word by its lemma; the words of a
    phrase each by lemma or type, elided and contracted as they may be (*à la tête de*: à la tête
    d'une, des). `form`: as written, for names; a small letter stands for a capital too.
    `participle`: one in the masculine, however it agrees (distingué: distinguées). pos keeps every
    word to these parts of speech (Universal Dependencies), or to one in a relation (`ADP:mark`).
    Entries of the theme `none` are no hits: they keep their words from others (*au niveau*).

    Parameters: table (one's own list instead: theme, entry and, where needed, unit, pos, note).
    Returns: theme, entry, unit, pos, note, file, line (where it stands; a table's rows are counted
    from line 2, as in its CSV file).
    Raises: ValueError naming a column that is missing, or a unit or part of speech that is none.

    >>> theme_lexicon().query("theme == 'security'")["entry"].head(3).tolist()
    ['sécurité intérieure', 'sécurité', 'sécuritaire']
    """
    if table is None:
        themes = word_list("themes")
        return themes.rows.join(themes.places)
    need(table, "theme", "entry")
    given = table.reindex(columns=_COLUMNS).reset_index(drop=True).astype("str").fillna("")
    given = given.apply(lambda column: column.str.strip())
    given["file"] = table["file"].to_numpy() if "file" in table else "table"
    given["line"] = table["line"].to_numpy() if "line" in table else np.arange(len(table)) + 2
    for row in given.to_dict("records"):
        if problem := unreadable(row):
            raise ValueError(f"{row['file']}, line {row['line']}, {row['entry']!r} {problem}")
    return given


@verb
def theme_hits(tokens: Tokens, lexicon: pd.DataFrame | None = None) -> pd.DataFrame:
    """Where does a text speak of which theme? (*repérage thématique*)

    One row per hit, in reading order. Hits never overlap: names (unit `form`) go first, then the
    entry of more words, then the one that begins first, then the earlier row of the list. A phrase
    stands in one sentence; at most three auxiliaries or adverbs may stand inside it (*s'est
    vivement félicitée*).

    Parameters: tokens (corpus, or token table, whole and in reading order); lexicon (a table with
    theme and entry, as `theme_lexicon` has it; ours if none is given).
    Returns: theme, entry (as in the list),
    doc, par, sent, start, end (in the text), instead_of ("theme: entry" of what lost the place).
    Raises: ValueError naming a column that is missing, or lemmas that are.

    >>> from helpers import open_corpus
    >>> theme_hits(open_corpus().tokens).head(2)[["theme", "entry"]].values.tolist()
    [['institution', 'directeur'], ['institution', 'Sûreté nationale']]
    """
    need(tokens, "doc", "par", "sent", "start", "end", "form", "type", "lemma", "pos", "kind")
    entries = theme_lexicon(lexicon).drop_duplicates(_COLUMNS[:4], ignore_index=True)
    need_whole(tokens, "lemma")
    entry, first, last = (column.to_numpy() for _, column in candidates(tokens, entries).items())
    taken_by = settle(first, last)
    keeps = taken_by == np.arange(len(entry))
    kept = keeps & (entries["theme"] != NO_THEME).to_numpy()[entry]
    won = np.flatnonzero(kept)[np.argsort(first[kept])]
    hits = entries[["theme", "entry"]].take(entry[won]).reset_index(drop=True)
    place = tokens[["doc", "par", "sent", "start"]].take(first[won]).reset_index(drop=True)
    hits = hits.join(place).assign(end=tokens["end"].to_numpy()[last[won]])
    said = ("; " + entries["theme"] + ": " + entries["entry"]).take(entry[~keeps])
    losers = said.groupby(taken_by[~keeps]).sum().str[2:].reindex(won, fill_value="")
    return hits.assign(instead_of=losers.to_numpy(object)).astype({"instead_of": "str"})


@verb
def theme_profile(
    hits: pd.DataFrame,
    tokens: Tokens,
    *,
    by: By | None = None,
    lexicon: pd.DataFrame | None = None,
    random_state: From0 = 0,
) -> pd.DataFrame:
    """How dense is each theme in each part? (*profil thématique*)

    One row per theme and part, those without a hit too: themes in the order of the list, parts in
    their natural order.

    per_thousand = 10³ f/N, N the words of the part. low and high are, in a part of fewer than 20
    texts, the least and the greatest value with one of its paragraphs left out (of its sentences,
    where it has one paragraph): a sensitivity range, no confidence interval, whatever `by` is. From
    20 texts they are the quantiles .025 and .975 of 1000 samples of as many texts, drawn with
    replacement; then 0 to 0 says only that no text of the part has the theme.

    Parameters: hits (of `theme_hits`, or some of them); tokens (corpus, or token table, or part of
    it: hits outside it are not counted); by (columns that name the parts); lexicon (the list of the
    hits; if none is given ours, or the themes of the hits, where ours does not have them);
    random_state (of the draws).
    Returns: theme, the columns of `by`, f (hits), per_thousand, low, high (hits per thousand words;
    NaN in a part without words, low and high also where nothing can be left out).
    Raises: ValueError naming a column that is missing.
    References: Gries (2022), doi:10.1016/j.rmal.2021.100002.

    >>> from helpers import open_corpus
    >>> tokens = open_corpus().tokens
    >>> table = theme_profile(theme_hits(tokens), tokens, by="doc").set_index("theme")
    >>> table.loc["threat", ["f", "per_thousand", "low", "high"]].round(1).tolist()
    [10.0, 29.3, 21.6, 35.0]
    """
    need(hits, "theme", "doc", "start")
    need(tokens, "doc", "par", "sent", "start", "kind")
    keep_apart(by, "theme", "f", "per_thousand", "low", "high")
    themes, code = _themes(hits, lexicon)
    part = parts.parts(tokens, by)
    rows = np.flatnonzero(parts.counted_rows(tokens, "words") & (part.codes >= 0))
    kept = tokens[["doc", "par", "sent", "start"]].take(rows).assign(_part=part.codes[rows])
    n_themes, n_parts = len(themes), len(part.keys)
    bundle, of, n_docs = _bundles(kept, n_parts)
    row = parts.rows_at(kept, hits)
    here = row >= 0
    f = crossed(bundle[row[here]], code[here], (len(of), n_themes)).toarray()
    counts = np.column_stack([f, np.bincount(bundle, minlength=len(of))]).astype(float)
    total = members(of, n_parts) @ counts
    low, high = _ranges(counts, of, total, n_docs, random_state)
    out = part.keys.take(np.tile(np.arange(n_parts), n_themes)).reset_index(drop=True)
    out.insert(0, "theme", themes.repeat(n_parts))
    tables = {"f": total[:, :-1].astype(np.int64), "per_thousand": _rates(total)}
    tables |= {"low": low, "high": high}
    return out.assign(**{name: table.T.ravel() for name, table in tables.items()})


def _themes(hits: pd.DataFrame, lexicon: pd.DataFrame | None) -> tuple[pd.Index, Integers]:
    """The themes of the list, in its order, and which of them each hit has."""
    listed = theme_lexicon(lexicon)["theme"].unique()
    themes = pd.Index(listed, dtype="str").drop(NO_THEME, errors="ignore")
    if lexicon is None and not hits["theme"].isin(themes).all():
        themes = pd.Index(hits["theme"].astype("str").unique())
    stranger = "lexicon has no theme {!r}: give the list of the hits"
    return themes, numbers_in(themes, hits["theme"], stranger)


def _ranges(counts: Floats, of: Integers, total: Floats, n_docs: Integers, seed: int) -> Floats:
    """The least and the greatest rate of each part and theme with one bundle left out, or, in a
    part of many texts, in samples of them.
    """
    rest = pd.DataFrame(_rates(total[of] - counts)).groupby(of)
    ends = np.stack([end.reindex(range(len(total))) for end in (rest.min(), rest.max())])
    for place, rows in pd.Series(of).groupby(of).indices.items():
        if n_docs[place] >= MANY:
            ends[:, place] = _drawn(counts[rows], seed)
    return ends


def _bundles(kept: pd.DataFrame, n_parts: int) -> tuple[Integers, Integers, Integers]:
    """Number the bundles of words that are drawn, or left out in turn: texts where a part has many,
    else its paragraphs, else its sentences.

    Returns: the bundle of each word, the part of each bundle, the number of texts of each part.
    """
    columns = [integers(kept[name]) for name in ("_part", "doc", "par", "sent")]
    starts = np.flatnonzero(changes(*columns))  # what stands together is looked at once
    runs = kept.take(starts)
    part = runs["_part"].to_numpy()
    cuts = (["_part", "doc"], ["_part", "doc", "par"], ["_part", "doc", "sent"])
    numbers = [parts.parts(runs, cut).codes for cut in cuts]
    n_docs, n_pars = (parts.n_docs(part, number) for number in numbers[:2])
    level = np.select([n_docs >= MANY, n_pars > 1], [0, 1], 2)[part]
    bundle = pd.factorize(np.choose(level, numbers) * n_parts + part)[0]
    of = part[~pd.Series(bundle).duplicated()]
    return np.repeat(bundle, np.diff(starts, append=len(kept))), of, n_docs


def _rates(counts: Floats) -> Floats:
    """Hits per thousand words; the words are the last column."""
    with np.errstate(invalid="ignore"):
        return 1000 * counts[:, :-1] / counts[:, -1:]


def _drawn(counts: Floats, seed: int) -> Floats:
    """The quantiles .025 and .975 of the rates of as many texts, drawn with replacement."""
    random, n = np.random.default_rng(seed), len(counts)
    times = (np.bincount(random.integers(n, size=n), minlength=n) for _ in range(DRAWS))
    rates = _rates(np.array([each @ counts for each in times]))
    return np.quantile(rates, [0.025, 0.975], axis=0)


@verb
def theme_audit(
    hits: pd.DataFrame, tokens: Tokens, *, lexicon: pd.DataFrame | None = None
) -> Audit:
    """How far may the list of themes be believed? (*taux de couverture*, *entrées ambiguës, sans
    occurrence*)

    Five tables: how much of the content the hits cover, which themes compete for the same words,
    which words have no theme, and which entries of the list want a second look.

    Parameters: hits (of `theme_hits`); tokens (corpus, or token table, or part of it); lexicon
    (that of the hits; ours if none is given).
    Returns: coverage (one row: n_content, content words; n_covered, those within a hit; share, NaN
    without content); overlaps (a row per pair of themes: theme_a, which took the place of theme_b,
    f times; none for hits without the column instead_of); unmatched (a row per lemma and pos of the
    content words without a theme, the most frequent first: f); ambiguous (a row per entry that has
    hits of several parts of speech, or a note that begins with "ambiguous": theme, entry, f, pos of
    its first word, note); silent (a row per entry without a hit: theme, entry, file, line, lost,
    how often it lost its place).
    Raises: ValueError naming a column that is missing, lemmas that are, or as `theme_lexicon`.

    >>> from helpers import open_corpus
    >>> tokens = open_corpus().tokens
    >>> audit = theme_audit(theme_hits(tokens), tokens)
    >>> audit.overlaps.head(1).values.tolist()
    [['institution', 'security', 5]]
    >>> audit.silent["lost"].max().item()
    3
    """
    coverage, bare = _coverage(hits, tokens)
    lost = _lost(hits)
    overlaps = _most_frequent(lost.groupby(["theme_a", "theme_b"])["f"].sum())
    told = ["lemma", "pos"]
    alike = tokens.loc[bare, told].groupby(told, observed=True).size().reset_index(name="f")
    unmatched = _most_frequent(alike.astype(dict.fromkeys(told, "str")).set_index(told))
    doubtful = _doubtful(_found(hits, tokens), lost, theme_lexicon(lexicon))
    return Audit(coverage, overlaps, unmatched, *doubtful)


@verb
def theme_fit(
    hits: pd.DataFrame, tokens: Tokens, *, lexicon: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Which themes of the list fit these texts? (*adéquation du lexique thématique*)

    One row per theme with hits, the most frequent first. A list finds something in any text: ours
    is read where it covers a quarter of the content words (as `theme_audit` has it), a theme of
    one's own from 50 hits in 20 texts on, however little it covers.

    Parameters: hits (of `theme_hits`); tokens (corpus, or token table, or part of it); lexicon
    (that of the hits; ours if none is given).
    Returns: theme, f (hits), n_docs (texts with one), entry (the most frequent) and its f_entry,
    fits.
    Raises: ValueError naming a column that is missing, lemmas that are, or as `theme_lexicon`.

    >>> from helpers import open_corpus
    >>> tokens = open_corpus().tokens
    >>> theme_fit(theme_hits(tokens), tokens).head(1).values.tolist()
    [['place', 19, 1, 'Maroc', 3, True]]
    """
    share = _coverage(hits, tokens)[0]["share"].item()
    own = theme_lexicon(lexicon).query("file != 'themes.csv'")["theme"]
    found = _most_frequent(_found(hits, tokens)["f"]).groupby("theme")
    themes = found.agg(f=("f", "sum"), entry=("entry", "first"), f_entry=("f", "first"))
    inside = hits[parts.rows_at(tokens, hits) >= 0].groupby("theme")
    themes.insert(1, "n_docs", inside["doc"].nunique())
    themes["fits"] = np.where(themes.index.isin(own), themes.eval(OWN), share >= COVERS)
    return _most_frequent(themes)


def _coverage(hits: pd.DataFrame, tokens: pd.DataFrame) -> tuple[pd.DataFrame, Mask]:
    """How much of the content words the hits cover, and the mask of those that they do not."""
    need(hits, "theme", "entry", "doc", "start", "end")
    need(tokens, "doc", "start", "lemma", "pos", "kind", "is_function")
    need_whole(tokens, "lemma")
    content = parts.counted_rows(tokens, "content")
    bare = content & ~covered(tokens, hits)
    n, n_covered = content.sum(), content.sum() - bare.sum()
    coverage = {"n_content": [n], "n_covered": n_covered, "share": n_covered / (n or np.nan)}
    return pd.DataFrame(coverage), bare


def _doubtful(found: pd.DataFrame, lost: pd.DataFrame, lexicon: pd.DataFrame) -> list[pd.DataFrame]:
    """The entries that may mean something else, and those without a hit."""
    entries = lexicon[lexicon["theme"] != NO_THEME].drop_duplicates(["theme", "entry"])
    entries = entries.set_index(["theme", "entry"])
    found = found.join(entries["note"])
    unsure = found["pos"].str.contains(" ") | found["note"].str.startswith("ambiguous", na=False)
    silent = entries.loc[~entries.index.isin(found.index), ["file", "line"]]
    times = lost.groupby(["theme_b", "entry_b"])["f"].sum().reindex(silent.index, fill_value=0)
    return [_most_frequent(found[unsure]), silent.assign(lost=times).reset_index()]


def _most_frequent(counts: pd.Series | pd.DataFrame) -> pd.DataFrame:
    """The counts f as a table, the greatest first, ties alphabetical."""
    table = counts.sort_index().reset_index()
    return table.sort_values("f", ascending=False, kind="stable", ignore_index=True)


def _lost(hits: pd.DataFrame) -> pd.DataFrame:
    """How often (f) a theme_a took the place of an entry_b of a theme_b."""
    losers = (hits if "instead_of" in hits else hits.assign(instead_of=""))[["theme", "instead_of"]]
    losers = losers.astype("str").value_counts().reset_index(name="f")
    pairs = losers["instead_of"].str.extractall(r"(?P<theme_b>.+?): (?P<entry_b>.+?)(?:; |$)")
    winners = losers.rename(columns={"theme": "theme_a"})[["theme_a", "f"]]
    return winners.join(pairs.reset_index(level=1, drop=True), how="inner")


def _found(hits: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """The hits of each theme and entry: f, and the parts of speech of their first words."""
    row = parts.rows_at(tokens, hits)
    inside = hits.loc[row >= 0, ["theme", "entry"]].astype("str")
    inside["pos"] = tokens["pos"].take(row[row >= 0]).astype("str").to_numpy()
    counts = inside.value_counts(sort=False).reset_index(name="f").sort_values("pos")
    return counts.groupby(["theme", "entry"]).agg(f=("f", "sum"), pos=("pos", " ".join))

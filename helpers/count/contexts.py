"""How are the words used? Concordance, progression, dispersion, co-occurrents."""

import warnings
from typing import Literal

import numpy as np
import pandas as pd

from helpers.count import parts
from helpers.count.hypergeometric import g2, specificity
from helpers.count.lexical_table import crossed
from helpers.count.parts import By, Floats, Mask, Only, TooLittleText, Unit, coded, words
from helpers.count.query import find
from helpers.count.verbs import Texts, Tokens, verb
from helpers.count.vocabulary import text_of
from helpers.read.checks import From0, From1
from helpers.read.corpus import Corpus
from helpers.read.french import word_type
from helpers.read.tables import Integers, changes, integers, need

Sort = Literal["position", "left1", "left2", "left3", "right1", "right2", "right3"]
Within = Literal["sent", "par"]


@verb
def concordance(
    corpus: Texts, query: str, *, unit: Unit = "type", window: From0 = 8, sort: Sort = "position"
) -> pd.DataFrame:
    """In which contexts does a word, or what a query describes, occur? (*concordance*, KWIC)

    One row per hit. A query is a sequence of words (`services de sécurité`), of attributes of one
    token (`[lemma=lutter pos=VERB]`, also type and form), of regular expressions that the whole
    word matches (`/sécurit.*/`), and of `*`, any one token; a sequence stays within a sentence.

    Parameters: corpus (or token table with form, start and end); query; unit (what a bare word is
    matched on); window (tokens on either side, within the paragraph); sort ("position", or "left1"
    to "right3": by the type of the token at that distance, ties by position).
    Returns: columns doc, par, sent, left, node, right (the text as it is written), start, end (of
    the node, in the text).
    Raises: QueryError saying at which character what is expected; ValueError for lemmas or parts of
    speech in a corpus opened with annotate=False, and for an unknown unit, window or sort.

    >>> from helpers import open_corpus
    >>> lines = concordance(open_corpus(annotate=False), "/terror.*/", window=2)
    >>> lines[["left", "node", "right"]].values.tolist()[1:]
    [['contre le', 'terrorisme', 'et l’'], ['contre le', 'terrorisme', 'à l’']]
    """
    tokens = corpus.tokens
    need(tokens, "doc", "par", "sent")
    rows, length = find(tokens, query, unit)
    low, high = _paragraphs(tokens, rows)
    if sort != "position":
        distance = int(sort[-1]) if sort.startswith("right") else -int(sort[-1])
        beside = rows + distance + (length - 1 if distance > 0 else 0)
        inside = (low <= beside) & (beside < high)
        names = tokens["type"].iloc[np.where(inside, beside, 0)].astype("str").mask(~inside, "")
        order = np.argsort(names.to_numpy(object), kind="stable")
        rows, low, high = rows[order], low[order], high[order]
    after = rows + length
    table = tokens.iloc[rows][["doc", "par", "sent"]].reset_index(drop=True)
    table = table.astype({"doc": "str", "par": "int64", "sent": "int64"})
    texts = corpus.documents.set_index("doc")["text"].to_dict()
    texts = [texts[doc] for doc in table["doc"]]
    table["left"] = _passages(tokens, texts, np.maximum(rows - window, low), rows)
    table["node"] = _passages(tokens, texts, rows, after)
    table["right"] = _passages(tokens, texts, after, np.minimum(after + window, high))
    table["start"] = tokens["start"].to_numpy()[rows].astype(np.int64)
    table["end"] = tokens["end"].to_numpy()[after - 1].astype(np.int64)
    return table


def _paragraphs(tokens: pd.DataFrame, rows: Integers) -> tuple[Integers, Integers]:
    """For each of these rows, the first row of its paragraph and the row after its last."""
    new = changes(integers(tokens["doc"]), integers(tokens["par"]))
    bounds = np.append(np.flatnonzero(new), len(tokens))
    place = np.searchsorted(bounds, rows, side="right")
    return bounds[place - 1], bounds[place]


def _passages(tokens: pd.DataFrame, texts: list[str], first: Integers, stop: Integers) -> pd.Series:
    """The passages from the token in row `first` to that before row `stop`; "" where none is."""
    begin = tokens["start"].to_numpy()[np.minimum(first, len(tokens) - 1)]
    end = np.where(first < stop, tokens["end"].to_numpy()[stop - 1], begin)
    spans = zip(texts, begin.tolist(), end.tolist(), strict=True)
    return pd.Series([text[start:stop] for text, start, stop in spans], dtype="str")


@verb
def progression(tokens: Tokens, query: str, *, unit: Unit = "type") -> pd.DataFrame:
    """Where in the corpus does a word come, evenly or in bursts? (*progression*, as in TXM)

    One row per hit in the order of the corpus: plotted, a straight line is an even use, a steep
    stretch a burst, a flat one a silence.

    Parameters: tokens (corpus, or token table with kind and what the query asks for); query (as in
    `concordance`); unit.
    Returns: columns n (words read up to the hit and with it), hits (hits so far), share (hits / all
    hits).
    Raises: QueryError saying at which character what is expected; ValueError naming a column that
    is missing.

    >>> from helpers import open_corpus
    >>> progression(open_corpus(annotate=False).tokens, "terrorisme")["n"].tolist()
    [139, 303]
    """
    need(tokens, "kind")
    rows = find(tokens, query, unit).rows
    read = np.cumsum((tokens["kind"] == "word").to_numpy())
    hits = np.arange(1, len(rows) + 1)
    return pd.DataFrame({"n": read[rows], "hits": hits, "share": hits / max(len(rows), 1)})


@verb
def dispersion(tokens: Tokens, by: By, *, unit: Unit = "type") -> pd.DataFrame:
    """Is a word used throughout, or in one place only? (*dispersion*, *répartition*)

    One row per unit, the most frequent first. Read it beside the frequency: a word that occurs once
    is in one place.

    v_i is the share of the unit's occurrences that part i holds, s_i the share of all words. DP = ½
    Σ |v_i - s_i|, at most 1 - min s (all in the smallest part); DP_norm = DP/(1 - min s).
    D = 1 - CV/√(n - 1), CV the population standard deviation of the n rates per part over their
    mean.

    Parameters: tokens (corpus, or token table with kind, unit and by); by (columns that name the
    parts; else `Corpus.parts`); unit. Words in no part are left out.
    Returns: columns unit, f (occurrences), range (parts in which it occurs), dp, dp_norm (0 even to
    1), juilland_d (1 even to 0); no row for a table without words.
    Raises: TooLittleText with one part; ValueError for an unknown unit, or naming a column that is
    missing.
    References: Gries (2008), doi:10.1075/ijcl.13.4.02gri; Lijffijt & Gries (2012),
    doi:10.1075/ijcl.17.1.08lij; Juilland & Chang-Rodríguez (1964), Frequency Dictionary of Spanish
    Words.

    >>> from helpers import open_corpus
    >>> table = dispersion(open_corpus(annotate=False).tokens, "par").set_index("type")
    >>> table.loc[["sécurité", "coopération"], "dp"].round(3).tolist()
    [0.214, 0.487]
    """
    text = text_of(words(tokens), unit, by)
    sizes, f = np.bincount(text.part), np.bincount(text.unit)
    n, total = len(sizes), len(text.unit)
    if n == 1:
        raise TooLittleText("dispersion", needs="two parts", has="1 part", most="0 (DP)")
    # Only the parts in which a unit occurs are visited; what the others add is known beforehand.
    cells = crossed(text.unit, text.part, (len(f), n)).tocoo()
    place, part, counts = cells.row, cells.col, cells.data
    table = pd.DataFrame({unit: text.names, "f": f, "range": np.bincount(place)})
    share = sizes[part] / max(total, 1)
    excess = np.abs(counts / f[place] - share) - share
    table["dp"] = ((1 + np.bincount(place, excess)) / 2).clip(0, 1)
    smallest = sizes.min(initial=total) / max(total, 1)
    table["dp_norm"] = (table["dp"] / (1 - smallest)).clip(0, 1)
    table["juilland_d"] = _juilland_d(place, counts / sizes[part], n)
    return table.sort_values("f", ascending=False, kind="stable", ignore_index=True)


def _juilland_d(place: Integers, rate: Floats, n: int) -> Floats:
    """1 - CV/√(n - 1) of each unit's rates in the n parts; those not listed are 0."""
    mean = np.bincount(place, rate) / max(n, 1)
    squares = np.bincount(place, (rate - mean[place]) ** 2)
    variance = (squares + (n - np.bincount(place)) * mean**2) / max(n, 1)
    return (1 - np.sqrt(variance / max(n - 1, 1)) / mean).clip(0, 1)


@verb
def cooccurrents(
    tokens: Tokens,
    node: str | list[str],
    *,
    span: From1 = 5,
    within: Within = "sent",
    unit: Unit = "type",
    only: Only = "words",
    by: By | None = None,
) -> pd.DataFrame:
    """Which words keep company with a word? (*cooccurrents*, Lafon 1981)

    One row per unit that occurs in the context, the most specific first; with `by`, of each part in
    its natural order, as if the part were all. The context is every word
    at most `span` words before or after a node in the same sentence (or paragraph), each counted
    once, the nodes themselves never. Words only are counted: marks and numbers are passed over.

    T counted words in all, nodes included, t in the context; f occurrences of the unit in all, O in
    the context; E = f·t/T. specificity = +|log10 P(X ≥ O)| if O ≥ E, else -|log10 P(X ≤ O)|, X ~
    Hypergeometric(T, f, t). logDice = 14 + log2(2·O/(f_node + f)). G² = 2 Σ O ln(O/E) over the four
    cells, an empty cell adding 0.

    Parameters: tokens (corpus, or token table with doc, kind, unit and within; without sent a text
    is one sentence); node (a unit, or several that count as one); span (words); within ("sent" or
    "par"); unit, only; by (columns that name the parts).
    Returns: columns unit, f, O (occurrences), E, specificity (orders of magnitude), logdice, g2,
    and with `by` part; no row for a node that does not occur.
    Raises: ValueError for a span below 1, an unknown unit or within, or naming a column that is
    missing.
    Equals R textometry's `specificities` of the contexts to its 4 decimals
    (tests/reference/cooccurrents_seed.csv).
    References: Lafon (1981), Mots 3, 95-148; Rychlý (2008), RASLAN
    2008, 6-9; Dunning (1993), Computational Linguistics 19(1), 61-74.

    >>> from helpers import open_corpus
    >>> found = cooccurrents(open_corpus(annotate=False).tokens, "sécurité", span=3)
    >>> found.head(2)["type"].tolist()
    ['intérieure', 'services']
    """
    bounds = [name for name in ("doc", within) if name != "sent" or name in tokens]
    parts.need_unit(tokens, unit, *bounds, "kind")
    parts.need_order(tokens)
    wanted = [word_type(name) if unit == "type" else name for name in parts.listed(node)]
    if (tokens["kind"] == "word").any() and not tokens[unit].isin(wanted).any():
        warnings.warn(f"cooccurrents: {node!r} does not occur as a {unit}", stacklevel=3)
    asked = (wanted, bounds, span, unit, only)
    codes, keys = parts.parts(tokens, by)
    named = enumerate(parts.labels(keys))
    company = [_company(tokens[codes == at], *asked).assign(part=name) for at, name in named]
    nothing = _company(tokens.head(0), *asked).assign(part="")
    out = pd.concat([nothing, *company], ignore_index=True).astype({"part": "str"})
    return out.drop(columns="part") if by is None else out


def _company(
    tokens: pd.DataFrame, wanted: list[str], bounds: list[str], span: int, unit: Unit, only: Only
) -> pd.DataFrame:
    """The co-occurrents of the wanted units in a table of tokens."""
    rows = np.flatnonzero(tokens["kind"] == "word")
    codes, names = coded(tokens[[unit]].take(rows), unit)
    counts = parts.counted_rows(tokens, only)[rows]
    is_node = names.isin(wanted)[codes]
    passages = [integers(tokens[name])[rows] for name in bounds]
    context = _near(is_node, passages, span) & ~is_node & counts
    observed = np.bincount(codes[context], minlength=len(names))
    used = np.flatnonzero(observed)
    f = np.bincount(codes[counts], minlength=len(names))[used]
    table = pd.DataFrame({unit: names[used], "f": f, "O": observed[used]})
    t, T, f_node = (np.count_nonzero(rows) for rows in (context, counts, is_node))  # noqa: N806
    made = {"E": f * t / max(T, 1), "specificity": specificity(table["O"], f, t, T)}
    made |= {"logdice": 14 + np.log2(2 * table["O"] / (f_node + f)), "g2": g2(table["O"], f, t, T)}
    table = table.assign(**made)
    return table.sort_values("specificity", ascending=False, kind="stable", ignore_index=True)


def _near(is_node: Mask, passages: list[Integers], span: int) -> Mask:
    """Mask of the words that are at most `span` words from a node, in the same text and passage;
    each column of passages has a number for each word.
    """
    # Passages are moved so far apart that no span reaches from one into the next.
    place = np.arange(len(is_node)) + span * np.cumsum(changes(*passages))
    nodes = place[is_node]
    return np.searchsorted(nodes, place - span) < np.searchsorted(nodes, place + span, "right")


@verb
def having(corpus: Corpus, query: str, *, unit: Unit = "type") -> Corpus:
    """Which texts hold a word, or what a query describes? (*sous-corpus*)

    Parameters: corpus; query (as in `concordance`), unit. A warning says that there is no such
    text.
    Returns: the corpus of these texts.
    Raises: as `concordance`.

    >>> from helpers import open_corpus
    >>> len(having(open_corpus(annotate=False), "terrorisme"))
    1
    """
    rows = find(corpus.tokens, query, unit).rows
    if len(corpus) and not len(rows):
        warnings.warn(f"having: no text has a line of {query!r}", stacklevel=3)
    held = corpus.tokens["doc"].astype("str").iloc[rows].unique()
    return corpus.where(corpus.documents["doc"].isin(held))

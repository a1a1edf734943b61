"""Which words are there, how often, and how does their number grow? Frequencies, rarefaction,
Zipf, and what a word is.

Words only (`kind == "word"`) are counted, as integers, all parts at once. What is undefined is NaN,
never 0.
"""

import re
from collections import Counter
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.count import parts
from helpers.count.parts import By, Only, Unit, coded, keep_apart, need_order, need_unit
from helpers.count.verbs import Documents, Tokens, verb
from helpers.read.checks import From1
from helpers.read.files import bodies
from helpers.read.french import normalise, token_kind, tokenise, word_type
from helpers.read.tables import Integers, need

# What a word is, as a pattern that finds the words of a text in lower case with plain apostrophes,
# and who counts so. [^\W_] is a letter or a digit, [^\W\d_] a letter.
WORDS = {
    "white space": (r"\S+", "wc, spreadsheet formulas"),
    "apostrophe and hyphen inside a word": (r"[^\W_]+(?:[-'][^\W_]+)*", "ICU, quanteda"),
    "apostrophe and hyphen as separators": (r"[^\W_]+", "Lexico, IRaMuTeQ"),
    "runs of letters": (r"[^\W\d_]+", "most regular expressions"),
}
OURS = ("ours", "this collection")
_ROWS = 2048  # frequencies that are worked on at a time: bounds the memory
_NEGLIGIBLE = -45.0  # ln 3e-20: chances below it add nothing to a sum of less than 10^9 of them


class Text(NamedTuple):
    """The words of a table: unit and part of each as integers."""

    words: pd.DataFrame
    unit: Integers
    part: Integers
    names: pd.Index  # of the units
    keys: pd.DataFrame  # of the parts
    n_words: Integers  # of each part, those that do not count among them


def text_of(tokens: pd.DataFrame, unit: Unit, by: By | None = None, only: Only = "words") -> Text:
    """The words of a token table that count, as integers; those in no part are left out."""
    need_unit(tokens, unit, "kind")
    part, keys = parts.parts(tokens, by)
    rows = np.flatnonzero((tokens["kind"] == "word").to_numpy() & (part >= 0))
    n_words = np.bincount(part[rows], minlength=len(keys))
    if only != "words":
        rows = rows[parts.counted_rows(tokens, only)[rows]]
    kept = tokens.filter(["doc", unit, "pos"]).take(rows)
    codes, names = coded(kept, unit)
    return Text(kept, codes, part[rows], names, keys, n_words)


@verb
def frequencies(
    tokens: Tokens,
    *,
    unit: Unit = "type",
    by: By | None = None,
    only: Only = "words",
    pos: bool = False,
) -> pd.DataFrame:
    """How often does each word occur? (*fréquences*, *index hiérarchique*)

    One row per unit, or per part and unit: parts in their natural order, the most frequent unit
    first, ties alphabetical. A part without words has no row.

    Parameters: tokens (corpus, or token table, or those of its rows that are to be counted, such as
    content words); unit, only; by (columns that name the parts); pos (tell the part of speech,
    too).
    Returns: the columns of `by`, the unit, f (occurrences in the part), per_million (10⁶ f/N, N all
    words of the part), rank (1 + the number of units that are more frequent in the part; equal
    frequencies share it), n_docs (documents of the part that hold the unit; only where the table
    has a column `doc`), and where it is asked for, pos (the most frequent part of speech of the
    unit; of several the first in the alphabet; NaN in a corpus opened with annotate=False).
    Raises: ValueError naming a column that is missing, or lemmas that are.
    Equals quanteda's `textstat_frequency` (tests/reference/frequency_seed.csv).
    References: Muller (1977), Principes et méthodes de statistique lexicale.

    >>> from helpers import open_corpus
    >>> frequencies(open_corpus(annotate=False).tokens).head(2)[["type", "f"]].values.tolist()
    [['de', 30], ['la', 19]]
    """
    keep_apart(by, unit, "f", "per_million", "rank", "n_docs", *["pos"] * pos)
    need(tokens, *["pos"] * pos)
    text = text_of(tokens, unit, by, only)
    cell, keys = pd.factorize(text.part * len(text.names) + text.unit)
    part, name = np.divmod(keys, max(len(text.names), 1))
    f = np.bincount(cell)
    order = np.lexsort((name, -f, part))
    part, name, f = part[order], name[order], f[order]
    out = text.keys.take(part).reset_index(drop=True).assign(**{unit: text.names[name], "f": f})
    out["per_million"] = 1e6 * f / text.n_words[part]
    out["rank"] = out["f"].groupby(part).rank(method="min", ascending=False).astype("int64")
    if "doc" in tokens:
        out["n_docs"] = parts.n_docs(cell, parts.parts(text.words, "doc").codes)[order]
    if pos:
        tags = pd.DataFrame({"cell": cell, "pos": text.words["pos"].astype("str").to_numpy()})
        tags = tags.value_counts(dropna=False).reset_index()
        tags = tags.sort_values(["cell", "count", "pos"], ascending=[True, False, True])
        out["pos"] = tags.drop_duplicates("cell")["pos"].to_numpy()[order]
    return out


@verb
def spectrum(tokens: Tokens, *, unit: Unit = "type", only: Only = "words") -> pd.DataFrame:
    """How many words occur once, twice, three times? (*spectre des fréquences*; V_1: *hapax*)

    One row per frequency that occurs, the smallest first.

    Parameters: tokens (corpus, or token table); unit, only.
    Returns: m (a frequency), V_m (units with that frequency). Σ V_m = V and Σ m·V_m = N.
    Raises: ValueError naming a column that is missing, or lemmas that are.
    Equals zipfR's spectrum (tests/reference/zipfr_spc_*.csv).
    References: Tweedie & Baayen (1998), doi:10.1023/A:1001749303137.

    >>> from helpers import open_corpus
    >>> spectrum(open_corpus(annotate=False).tokens).head(2).values.tolist()
    [[1, 122], [2, 22]]
    """
    m, v_m = np.unique(np.bincount(text_of(tokens, unit, only=only).unit), return_counts=True)
    return pd.DataFrame({"m": m, "V_m": v_m})


@verb
def growth(tokens: Tokens, *, unit: Unit = "type", points: From1 = 100) -> pd.DataFrame:
    """Does the vocabulary grow as if the words came in any order? (*accroissement du vocabulaire*)

    One row per sample size n, from 1 to all N words.

    q_i = C(N - f_i, n)/C(N, n) and q_ij = C(N - f_i - f_j, n)/C(N, n) are the chances that n words,
    drawn without replacement, hold no i, and neither i nor j. expected = Σ (1 - q_i);
    sd² = Σ q_i (1 - q_i) + Σ_(i≠j) (q_ij - q_i q_j). Both are exact, over all orders of these same
    words; the band says nothing of other texts. Observed below expected: repetitions come close
    together (burstiness). Observed above: new words come early.

    Parameters: tokens (corpus, or token table, in reading order); unit; points (rows at most,
    evenly spaced).
    Returns: n (words), observed (units among the first n words), expected, sd (0 at 1 and N).
    Raises: ValueError if points < 1, naming a column that is missing, or lemmas that are.
    At n = 42 expected equals 42 times the hdd of `richness`.
    References: Hurlbert (1971), Ecology 52, 577-586; Muller (1977), Principes et méthodes de
    statistique lexicale; Heck, van Belle & Simberloff (1975), Ecology 56, 1459-1461.

    >>> from helpers import open_corpus
    >>> growth(open_corpus(annotate=False).tokens, points=341).loc[159].round(2).tolist()
    [160.0, 100.0, 94.58, 4.31]
    """
    need_order(tokens)
    codes = text_of(tokens, unit).unit
    points = min(points, len(codes))
    n = np.unique(np.linspace(len(codes), 1, points).round().astype(np.int64))
    m, v_m = np.unique(np.bincount(codes), return_counts=True)
    first = np.sort(np.unique(codes, return_index=True)[1])
    exact = [_rarefied(m, v_m, size) for size in n.tolist()]
    out = pd.DataFrame({"n": n, "observed": np.searchsorted(first, n)})
    return out.join(pd.DataFrame(exact, columns=["expected", "sd"], dtype="float64"))


def _rarefied(m: Integers, v_m: Integers, n: int) -> tuple[float, float]:
    """Mean and deviation of the number of types in n words drawn from those of a spectrum.

    ln q(s), q(s) the chance that none of s given words is drawn, is Σ_(j<s) ln(1 - n/(N - j)): no
    factorials, so that nothing cancels however large N is. It is at most -s·n/N, hence negligible
    from s = 45 N/n on; a pair of types has s = f_i + f_j. Types of one frequency count as one.
    """
    total = int(m @ v_m)
    reach = min(2 * int(m[-1]), total - n, int(-2 * _NEGLIGIBLE * total / n) + 1)
    log_q = np.cumsum(np.log1p(-n / (total - np.arange(reach))))
    log_q = np.concatenate([[0.0], log_q, [-np.inf]])
    one = log_q[np.minimum(m, reach + 1)]
    mean = -float(v_m @ np.expm1(one))
    m, v_m, one = (column[one > _NEGLIGIBLE] for column in (m, v_m, one))
    variance = v_m @ (np.exp(one) - np.exp(log_q[np.minimum(2 * m, reach + 1)]))
    for i in range(0, len(m), _ROWS):
        apart = one[i : i + _ROWS, None] + one
        both = log_q[np.minimum(m[i : i + _ROWS, None] + m, reach + 1)]
        variance += v_m[i : i + _ROWS] @ (np.exp(apart) * np.expm1(both - apart)) @ v_m
    return mean, float(np.sqrt(max(variance, 0.0))) if n > 1 else 0.0


@verb
def zipf(tokens: Tokens, *, unit: Unit = "type") -> pd.DataFrame:
    """How steeply does frequency fall with rank? (*loi de Zipf*, *diagramme rang-fréquence*)

    One row, for the whole table.

    Ranks r = 1…V, the most frequent unit first, have p(r) = r^-a / Σ_(k≤V) k^-a. The likelihood is
    greatest where the mean of ln r under p is that of the words. Least squares through the same
    points gives other exponents; below some 10⁴ words a describes the text, not its language.

    Parameters: tokens (corpus, or token table); unit.
    Returns: C (words expected at rank 1: N / Σ k^-a), a (exponent), n_types. C and a are NaN with
    fewer than two units.
    Raises: ValueError naming a column that is missing, or lemmas that are.
    References: Clauset, Shalizi & Newman (2009), doi:10.1137/070710111; Piantadosi (2014),
    doi:10.3758/s13423-014-0585-6.

    >>> from helpers import open_corpus
    >>> zipf(open_corpus(annotate=False).tokens).round(3).values.tolist()
    [[31.971, 0.759, 167.0]]
    """
    f = np.sort(np.bincount(text_of(tokens, unit).unit))[::-1]
    a = _exponent(f) if len(f) > 1 else np.nan
    of_first = f.sum() / np.sum(np.arange(1.0, len(f) + 1) ** -a) if len(f) > 1 else np.nan
    return pd.DataFrame({"C": [of_first], "a": [a], "n_types": [len(f)]})


def _exponent(f: Integers) -> float:
    """The most likely exponent for falling frequencies: from 0, all equal, to 64, of 2^64 words."""
    from scipy.optimize import brentq

    log_r = np.log(np.arange(1, len(f) + 1))
    mean = np.average(log_r, weights=f)
    return float(brentq(lambda a: np.average(log_r, weights=np.exp(-a * log_r)) - mean, -1, 64))


@verb
def word_definitions(documents: Documents) -> pd.DataFrame:
    """How long and how rich is the same text under each definition of a word?

    One row per definition, each applied to the same bodies in lower case.

    Parameters: documents (corpus, or table of texts, with text, body_start, body_end).
    Returns: definition, used_by, N (words), V (types), V_1 (types that occur once), ttr = V/N (NaN
    without a word).

    >>> from helpers import open_corpus
    >>> table = word_definitions(open_corpus(annotate=False).documents)
    >>> table[["N", "V", "V_1"]].values.tolist()
    [[324, 168, 129], [324, 163, 122], [342, 166, 119], [342, 166, 119], [341, 167, 122]]
    """
    need(documents, "text", "body_start", "body_end")
    texts = bodies(documents)
    plain = "\n".join(normalise(body).lower() for body in texts)
    found = {(name, who): re.findall(pattern, plain) for name, (pattern, who) in WORDS.items()}
    forms = (body[start:end] for body in texts for start, end in tokenise(body))
    ours = [word_type(form) for form in forms if token_kind(form) == "word"]
    counts = {key: Counter(words) for key, words in {**found, OURS: ours}.items()}
    rows = [(*key, f.total(), len(f), list(f.values()).count(1)) for key, f in counts.items()]
    out = pd.DataFrame(rows, columns=["definition", "used_by", "N", "V", "V_1"])
    return out.assign(ttr=out["V"] / out["N"].where(out["N"] > 0))

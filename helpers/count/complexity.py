"""How rich is the vocabulary of a text, along it and without one part, and how hard is it to read?

Words only (`kind == "word"`) are counted, as integers, all parts at once. What is undefined is NaN,
never 0. A score is only as good as its counts of words, sentences and syllables: they stand beside
it.
"""

import re
import warnings
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pandas as pd

from helpers.count.lexical_table import crossed
from helpers.count.parts import By, Floats, TooLittleText, Unit, keep_apart, need_order, parts
from helpers.count.verbs import Texts, Tokens, verb
from helpers.count.vocabulary import Text, text_of
from helpers.read.checks import From1, wrong
from helpers.read.files import bodies
from helpers.read.french import normalise, syllables
from helpers.read.tables import Integers, changes, integers, need

SAMPLE = 42  # words drawn for HD-D (McCarthy & Jarvis 2007)
CLOSES_BELOW = 0.72  # the TTR under which a factor of MTLD closes (McCarthy & Jarvis 2010)
MOST_LEFT_OUT = 20  # parts, or groups of them, that `sensitivity` leaves out in turn
LONG = 6  # letters; the long words of LIX have more (Björnsson 1968)
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|\Z)")


@verb
def richness(tokens: Tokens, *, unit: Unit = "type", by: By | None = None) -> pd.DataFrame:
    """How varied is the vocabulary of each part? (*richesse lexicale*, *diversité lexicale*)

    One row per part in their natural order, or one for the whole.

    N words, V units, V_m units of frequency m. TTR, R, C and a² depend on N: never compare parts of
    unequal length by them. MATTR is the mean TTR of all windows of 50, or of 100 words; HD-D the
    TTR expected of 42 words drawn without replacement. MTLD is the number of words per factor: a
    factor is read until its TTR falls below .72, a rest counts for (1 - TTR)/(1 - .72), and both
    reading directions are averaged. It means little below 100 words.

    Parameters: tokens (corpus, or token table, in reading order); unit; by (columns that name the
    parts).
    Returns: the columns of `by`, N, V, hapax (= V_1; counts), ttr = V/N, guiraud_r = V/√N,
    herdan_c = ln V/ln N, maas_a2 = (ln N - ln V)/(ln N)², yule_k = 10⁴ (Σ m² V_m - N)/N², mattr_50,
    mattr_100 (ratios), mtld (words), mtld_factors (mean number of both directions), hdd (a ratio).
    NaN where undefined: all at N = 0, herdan_c and maas_a2 at N = 1, MATTR below its window, HD-D
    below 42 words, MTLD where no unit is repeated.
    Raises: ValueError naming a column that is missing, or lemmas that are.
    Equals quanteda.textstats and koRpus to 1e-9 (tests/reference/lexdiv_*.csv, korpus_*.csv).
    References: Tweedie & Baayen (1998), doi:10.1023/A:1001749303137; Covington & McFall (2010),
    doi:10.1080/09296171003643098; McCarthy & Jarvis (2010), doi:10.3758/BRM.42.2.381, and (2007),
    doi:10.1177/0265532207080767.

    >>> from helpers import open_corpus
    >>> table = richness(open_corpus(annotate=False).tokens)
    >>> table[["N", "V", "hapax", "mattr_50", "mtld"]].round(4).values.tolist()
    [[341.0, 167.0, 122.0, 0.7618, 60.924]]
    """
    need_order(tokens)
    text = text_of(tokens, unit, by)
    apart = np.argsort(text.part, kind="stable")  # the words of a part side by side
    sizes = np.bincount(text.part, minlength=len(text.keys))
    part, m, v_m = _spectra(text)
    counts = [np.bincount(part, v_m * of, len(sizes)) for of in (1, m == 1, m * m)]
    types, hapax, squares = np.array(counts, np.int64)
    unit, of = text.unit[apart], text.part[apart]
    previous, back = _previous(unit, of), _previous(unit[::-1], of[::-1])
    forward, backward = _factors(previous, sizes), _factors(back, sizes[::-1])[::-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        made = {
            "N": sizes,
            "V": types,
            "hapax": hapax,
            "ttr": types / sizes,
            "guiraud_r": types / np.sqrt(sizes),
            "herdan_c": np.log(types) / np.log(sizes),
            "maas_a2": (np.log(sizes) - np.log(types)) / np.log(sizes) ** 2,
            "yule_k": 1e4 * (squares - sizes) / sizes.astype(float) ** 2,
            "mattr_50": _mattr(previous, sizes, 50),
            "mattr_100": _mattr(previous, sizes, 100),
            "mtld": np.where(forward > 0, (sizes / forward + sizes / backward) / 2, np.nan),
            "mtld_factors": np.where(sizes > 0, (forward + backward) / 2, np.nan),
            "hdd": _hdd(part, m, v_m, sizes),
        }
    keep_apart(by, *made)
    return text.keys.assign(**made)


def _spectra(text: Text) -> tuple[Integers, Integers, Integers]:
    """The spectrum of each part: the part, a frequency m, and how many units have it."""
    cells = crossed(text.part, text.unit, (len(text.keys), len(text.names))).tocoo()
    spectra = pd.DataFrame({"part": cells.row, "m": cells.data}).value_counts(sort=False)
    return tuple(spectra.sort_index().reset_index().to_numpy().T)


def _previous(unit: Integers, part: Integers) -> Integers:
    """The place of each word's previous occurrence in its part, or -1; the words of a part stand
    side by side.
    """
    # Numbers of 16 bits are sorted several times as fast.
    order = np.argsort(unit.astype(np.min_scalar_type(unit.max(initial=0))), kind="stable")
    previous = np.empty(len(order), np.int32)
    previous[order] = np.where(changes(unit[order], part[order]), -1, np.roll(order, 1))
    return previous


def _mattr(previous: Integers, sizes: Integers, window: int) -> Floats:
    """The mean TTR of the windows of each part."""
    part, (first, over) = np.repeat(np.arange(len(sizes)), sizes), _counted(previous, sizes, window)
    windows = np.where(sizes >= window, sizes - window + 1.0, np.nan)
    return np.bincount(part, over - first, len(sizes)) / (windows * window)


def _counted(previous: Integers, sizes: Integers, window: int) -> tuple[Integers, Integers]:
    """From which window on, and before which, is each word the first of its type? Windows are known
    by the word that they begin at, and do not leave their part.
    """
    word, ends = np.arange(len(previous), dtype=np.int32), np.cumsum(sizes)
    begins, last = (np.repeat(n.astype(np.int32), sizes) for n in (ends - sizes, ends - window))
    first = np.maximum(np.maximum(previous, word - window) + 1, begins)
    return first, np.maximum(np.minimum(word, last) + 1, first)  # at first: in no window


def _factors(previous: Integers, sizes: Integers) -> Floats:
    """The factors of MTLD in each part: a factor closes when the TTR falls below .72, and the rest
    adds its part of one. It falls only at a word whose previous occurrence is in the factor.
    """
    factors = []
    for start, end in pairwise([0, *np.cumsum(sizes).tolist()]):
        closed, repeated, again = 0, 0, start + np.flatnonzero(previous[start:end] >= 0)
        # Read one by one: as lists, the numbers of a large part would fill gigabytes.
        for place, earlier in zip(memoryview(again), memoryview(previous[again]), strict=True):
            if earlier >= start:
                repeated += 1
                length = place + 1 - start
                if (length - repeated) / length < CLOSES_BELOW:
                    closed, repeated, start = closed + 1, 0, place + 1
        ttr = (end - start - repeated) / (end - start) if end > start else 1.0
        factors.append(closed + (1 - ttr) / (1 - CLOSES_BELOW))
    return np.array(factors, float)


def _hdd(part: Integers, m: Integers, v_m: Integers, sizes: Integers) -> Floats:
    """The TTR expected of 42 words of each part, from the spectra of the parts."""
    absent = np.ones(len(part))
    for drawn in range(SAMPLE):
        left = np.maximum(sizes[part] - drawn, 1)
        absent *= np.maximum(left - m, 0) / left
    expected = np.bincount(part, v_m * (1 - absent), len(sizes))
    return np.where(sizes >= SAMPLE, expected / SAMPLE, np.nan)


@verb
def ttr_along(tokens: Tokens, *, window: From1 = 50, unit: Unit = "type") -> pd.DataFrame:
    """Where is the text varied, and where does it repeat itself? (*TTR à fenêtre mobile*)

    One row per position of the window, moved word by word; the mean of ttr is the MATTR of
    `richness`.

    Parameters: tokens (corpus, or token table, in reading order); window (words); unit.
    Returns: n (number of the window's middle word, from 1; the left one of two), types (of the
    window), ttr (types of the window / its words). No row, and a warning, below `window` words.

    >>> from helpers import open_corpus
    >>> ttr_along(open_corpus(annotate=False).tokens)["ttr"].mean().round(4)
    np.float64(0.7618)
    """
    need_order(tokens)
    text = text_of(tokens, unit)
    n = len(text.unit)
    if 0 < n < window:
        there = f"of {window:,} words; there are {n:,}: take a smaller one"
        warnings.warn(f"ttr_along: no window {there}", stacklevel=3)
    positions = max(n - window + 1, 0)
    counted = _counted(_previous(text.unit, text.part), np.array([n]), window)
    begun, ended = (np.bincount(at, minlength=n + 1) for at in counted)
    types = np.cumsum(begun - ended)[:positions]
    middle = np.arange(positions) + (window + 1) // 2
    return pd.DataFrame({"n": middle, "types": types, "ttr": types / window})


@verb
def sensitivity(
    tokens: Tokens, measure: Callable[[pd.DataFrame], pd.DataFrame], *, by: By
) -> pd.DataFrame:
    """How much does a measure owe to one paragraph? (*sensibilité*: each left out in turn)

    One row per numeric column of the measure. This range is what one text allows to say; it is no
    confidence interval. Of more than 20 parts, 20 groups of neighbours are left out in turn.

    Parameters: tokens (corpus, or token table); measure (tokens → a table of one row, such as
    `richness`); by (columns that name the parts, such as "par"; else `Corpus.parts`).
    Returns: measure (the name of the column), value (with all parts), low, high (the least and the
    greatest with one part left out; NaN if one of them is undefined), each in the column's unit.
    Raises: TooLittleText with fewer than two parts; ValueError for a measure of several rows.

    >>> from helpers import open_corpus
    >>> table = sensitivity(open_corpus(annotate=False).tokens, richness, by="par")
    >>> table.round(3).loc[[3], ["value", "low", "high"]].values.tolist()
    [[0.49, 0.493, 0.543]]
    """
    part = parts(tokens, by)
    if len(part.keys) < 2:
        raise TooLittleText("sensitivity", needs="two parts", has=f"{len(part.keys)} by {by}")
    if not isinstance(whole := measure(tokens), pd.DataFrame):
        raise wrong("sensitivity: what measure gives", whole, "a table of one row")
    if len(whole := whole.select_dtypes("number")) != 1:
        raise ValueError(f"measure gives {len(whole)} rows instead of one: call it without by")
    groups = min(len(part.keys), MOST_LEFT_OUT)
    group = part.codes * groups // len(part.keys)
    rest = pd.concat([measure(tokens[group != i]) for i in range(groups)])[[*whole]]
    out = {"value": whole.iloc[0], "low": rest.min(skipna=False), "high": rest.max(skipna=False)}
    return pd.DataFrame(out).rename_axis("measure").reset_index()


@verb
def readability(tokens: Tokens, *, by: By | None = None) -> pd.DataFrame:
    """How hard is each part to read, by the length of its sentences and words? (*lisibilité*)

    One row per part in their natural order, or one for the whole.

    W words, S sentences, Y syllables, L words of more than 6 letters. kandel_moles = 207 - 1.015
    W/S - 73.6 Y/W: 100 is easy, 0 hard, and long sentences go below. lix = W/S + 100 L/W. An elided
    form (l', qu') belongs to the next word: it is no word here, and has no syllable. A score moves
    by tens with what counts as a sentence: read it beside its counts, never as a school level.

    Parameters: tokens (corpus, or token table with doc, sent, kind and form); by (columns that name
    the parts).
    Returns: the columns of `by`, n_words, n_sentences, n_syllables (counts), words_per_sentence,
    syllables_per_word, kandel_moles, lix. NaN without a word or a sentence.
    Raises: ValueError naming a column that is missing.
    W, S and LIX equal koRpus's once elided forms are words too (tests/reference/
    readability_korpus_fr.csv); its Kandel-Moles is a variant, 209 - 1.15 W/S - 68 Y/W.
    References: Kandel & Moles (1958), Cahiers d'études de radio-télévision 19, 253-274; Björnsson
    (1968), Läsbarhet.

    >>> from helpers import open_corpus
    >>> table = readability(open_corpus(annotate=False))
    >>> table[["n_words", "n_sentences", "n_syllables", "lix"]].round(2).values.tolist()
    [[324.0, 6.0, 628.0, 91.04]]
    """
    return _scores(_read(tokens, by=by))


def _read(tokens: pd.DataFrame, *, by: By | None = None) -> pd.DataFrame:
    """The counts behind `readability`: the columns of `by`, n_words, n_sentences, n_syllables,
    n_long (words of more than 6 letters).
    """
    need(tokens, "doc", "sent", "kind", "form")
    text, part = text_of(tokens, "form", by), parts(tokens, by)
    sentence = pd.DataFrame({"part": part.codes, "doc": integers(tokens["doc"])})
    sentence = sentence.assign(sent=tokens["sent"].to_numpy()).drop_duplicates()
    adds, size = np.array([_adds(form) for form in text.names], np.int64), len(part.keys)
    read = [np.bincount(text.part, column[text.unit], size) for column in adds.reshape(-1, 3).T]
    read.insert(1, np.bincount(sentence.loc[sentence["part"] >= 0, "part"], minlength=size))
    columns = ["n_words", "n_sentences", "n_syllables", "n_long"]
    keep_apart(by, *columns)
    return part.keys.join(pd.DataFrame(np.array(read, np.int64).T, columns=columns))


def _scores(counted: pd.DataFrame) -> pd.DataFrame:
    """The scores of a table of counts."""
    n_words = counted["n_words"].where(counted["n_words"] > 0)
    per_sentence = counted["n_words"] / counted["n_sentences"].where(counted["n_sentences"] > 0)
    per_word = counted["n_syllables"] / n_words
    made = {"words_per_sentence": per_sentence, "syllables_per_word": per_word}
    made |= {"kandel_moles": 207 - 1.015 * per_sentence - 73.6 * per_word}
    lix = per_sentence + 100 * counted["n_long"] / n_words
    return counted.drop(columns="n_long").assign(**made, lix=lix)


def _adds(form: str) -> tuple[int, int, int]:
    """Words, syllables and long words of a form: 1, its syllables, 0 or 1; of an elided one 0."""
    if normalise(form).endswith("'"):
        return 0, 0, 0
    return 1, syllables(form), sum(map(str.isalpha, form)) > LONG


@verb
def readability_range(corpus: Texts) -> pd.DataFrame:
    """How far does readability move under choices as defensible as ours?

    One row per choice, ours first: each paragraph (of several texts, each text) left out in turn;
    elided forms counted as words; every full stop before a space taken for the end of a sentence,
    that of *M.* too; and the coefficients of koRpus, 209 - 1.15 W/S - 68 Y/W.

    Parameters: corpus (or its tokens).
    Returns: choice, n_words, n_sentences, n_syllables, kandel_moles, lix. NaN where undefined.

    >>> from helpers import open_corpus
    >>> readability_range(open_corpus(annotate=False))["kandel_moles"].round(1).head(4).tolist()
    [9.5, 15.1, 10.1, 17.4]
    """
    tokens, documents = corpus.tokens, corpus.documents
    whole = _read(tokens)
    ours = _scores(whole)
    korpus = 209 - 1.15 * ours["words_per_sentence"] - 68 * ours["syllables_per_word"]
    # l' is written l, a word of no vowel and one syllable.
    unelided = tokens.assign(form=tokens["form"].astype("str").str.rstrip("'’"))
    stops = sum(len(_SENTENCE_END.findall(body)) for body in bodies(documents))
    by = "par" if len(documents) == 1 else "doc"
    each = _read(tokens, by=by)
    names = f"without {'¶ ' if by == 'par' else ''}" + each.pop(by).astype("str")
    tables = {
        "ours": ours,
        "coefficients of the R package koRpus": ours.assign(kandel_moles=korpus),
        "elided forms are words": _scores(_read(unelided)),
        "every full stop ends a sentence": _scores(whole.assign(n_sentences=stops)),
    }
    out = [table.assign(choice=name) for name, table in tables.items()]
    out.append(_scores(each.sum() - each).assign(choice=names))
    columns = ["choice", "n_words", "n_sentences", "n_syllables", "kandel_moles", "lix"]
    return pd.concat(out, ignore_index=True)[columns]

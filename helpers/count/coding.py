"""What people judge by hand: lines of a theme, a list of themes to edit, and whether two of them
agree.
"""

import numpy as np
import pandas as pd

from helpers.count.networks import Network
from helpers.count.verbs import verb
from helpers.read.checks import From0, From1
from helpers.read.corpus import Corpus
from helpers.read.french import composed
from helpers.read.tables import counted, need, numbers_in

AROUND = 40  # characters on either side of an example
Codes = pd.Series | np.ndarray | list | tuple


@verb
def theme_sample(hits: pd.DataFrame, n: From1 = 20, *, random_state: From0 = 0) -> pd.DataFrame:
    """Which lines of each theme should be judged? (*échantillon de contrôle*)

    One row per line, at most n of each theme, drawn without those that were drawn; themes as they
    first come, lines in reading order. Of n lines of which k are right, the precision of the list
    is k/n, with Wilson's interval: `scipy.stats.binomtest(k, n).proportion_ci(method="wilson")`.

    Parameters: hits (of `theme_hits`); n (lines of each theme); random_state (of the drawing).
    Returns: the columns of hits.
    Raises: ValueError naming a column that is missing.
    References: Grimmer & Stewart (2013), doi:10.1093/pan/mps028; Muddiman, McGregor & Stroud
    (2019), doi:10.1080/10584609.2018.1517843.

    >>> from helpers import open_corpus
    >>> from helpers.count.themes import theme_hits
    >>> drawn = theme_sample(theme_hits(open_corpus()), n=3)
    >>> drawn["theme"].value_counts().max().item()
    3
    """
    need(hits, "theme")
    place = np.random.default_rng(random_state).permutation(len(hits))
    drawn = hits.reset_index(drop=True).iloc[place].groupby("theme", observed=True).head(n)
    drawn = drawn.sort_index()
    order = np.argsort(pd.factorize(hits["theme"])[0][drawn.index], kind="stable")
    return drawn.iloc[order].reset_index(drop=True)


@verb
def theme_draft(network: Network, corpus: Corpus | None = None) -> pd.DataFrame:
    """Which list of themes would suit these texts? (*lexique thématique*, a draft to be edited)

    One row per word of a community of the network, the largest community first, its most frequent
    word first. What stands together is not yet a theme: rename, drop, add, and give the table to
    `theme_hits` as its lexicon.

    Parameters: network (of `word_network`, best with unit="lemma" and only="common"); corpus (from
    which it comes: for parts of speech and examples).
    Returns: theme (the most frequent word of the community), entry, unit ("lemma" or "form", as the
    network counted), pos (the most frequent of the word, or "" without a corpus), note
    (occurrences, texts, the word that it has the strongest tie with, and its first place in the
    corpus); no row where no community is beyond chance.
    Raises: ValueError for what is no network.

    >>> from helpers.count.networks import Network
    >>> nodes = pd.DataFrame({"unit": ["grève", "gardien"], "f": [9, 4], "n_docs": [5, 3]})
    >>> ties = pd.DataFrame({"a": ["gardien"], "b": ["grève"], "weight": [0.5]})
    >>> theme_draft(Network(nodes.assign(community=1), ties))[["theme", "entry"]].values.tolist()
    [['grève', 'grève'], ['grève', 'gardien']]
    """
    unit = network.nodes.attrs.get("unit", "lemma")
    found = network.nodes.dropna(subset="community").sort_values("community", kind="stable")
    theme = found.groupby("community")["unit"].transform("first").astype("str")
    ties = pd.concat([network.edges, network.edges.rename(columns={"a": "b", "b": "a"})])
    ties = ties.sort_index(kind="stable").drop_duplicates("a").set_index("a")["b"]
    rows = zip(found["f"], found["n_docs"], found["unit"].map(ties), strict=True)
    notes = [f"{counted(f, 'time')} in {counted(n, 'text')}, with {word}" for f, n, word in rows]
    out = pd.DataFrame({"theme": theme, "entry": found["unit"]})
    out["unit"] = "lemma" if unit == "lemma" else "form"
    out["pos"], out["note"] = "", pd.Series(notes, out.index, "str")
    if corpus is not None:
        tokens = corpus.tokens[corpus.tokens[unit].isin(found["unit"])].astype({unit: "str"})
        tagged = tokens.groupby(unit)["pos"].agg(lambda tags: tags.astype("str").mode()[0])
        examples = _examples(tokens.drop_duplicates(unit), unit, corpus)
        out["pos"] = [tagged[word] for word in out["entry"]]
        out["note"] += pd.Series([examples[word] for word in out["entry"]], out.index, "str")
    return out.astype("str").reset_index(drop=True)


def _examples(first: pd.DataFrame, unit: str, corpus: Corpus) -> dict[str, str]:
    """The first place of each unit, with what stands around it."""
    texts = corpus.documents.set_index("doc")["text"]
    rows = zip(first["doc"], first["start"], first["end"], strict=True)
    around = [texts[doc][max(start - AROUND, 0) : end + AROUND] for doc, start, end in rows]
    told = [f": … {' '.join(passage.split())} …" for passage in around]
    return dict(zip(first[unit], told, strict=True))


@verb
def coder_agreement(a: Codes, b: Codes) -> float:
    """Do two people code the same texts alike? (*accord inter-codeurs*, Krippendorff's α)

    α = 1 - D_o/D_e, nominal: D_o the share of the texts with different codes; D_e = 1 - Σ
    n_c(n_c - 1)/(n(n - 1)), the share of different pairs among all n codes that were given, n_c of
    them c. 1 is full agreement, 0 what chance would give, less is less. A text that one of them
    left empty is left out. Codes are compared as text, without the spaces around them: 1 is "1".

    Parameters: a, b (the code of each text: two Series by their labels, in any order, else in the
    same order).
    Returns: α; NaN where all codes are one, or none is left.
    Raises: ValueError for codes of different lengths, or labels that are not the same.
    Equals the worked examples of Krippendorff (2011).
    References: Krippendorff (2011), Computing Krippendorff's alpha-reliability, University of
    Pennsylvania, repository.upenn.edu/asc_papers/43; Hayes & Krippendorff (2007),
    doi:10.1080/19312450709336664.

    >>> round(coder_agreement(["grève", "fête", "grève"], ["grève", "fête", "fête"]), 3)
    0.444
    """
    if len(a) != len(b):
        raise ValueError(f"{len(a)} texts have a code of a, and {len(b)} of b")
    if isinstance(a, pd.Series) and isinstance(b, pd.Series) and not a.index.equals(b.index):
        if not (a.index.is_unique and b.index.is_unique):
            raise ValueError("coder_agreement: a label stands for two texts; name each text once")
        stranger = "coder_agreement: b has no code of {!r}, which a has"
        b = b.iloc[numbers_in(b.index, a.index.to_series(), stranger)]
    pairs = pd.DataFrame({"a": [*map(_code, a)], "b": [*map(_code, b)]}, dtype=object).dropna()
    sizes, n = pd.concat([pairs["a"], pairs["b"]]).value_counts(), 2 * len(pairs)
    expected = 1 - (sizes * (sizes - 1)).sum() / max(n * (n - 1), 1)
    if not n or not expected:
        return np.nan
    return float(1 - (pairs["a"] != pairs["b"]).mean() / expected)


def _code(code: object) -> str | None:
    """A code as text, None where there is none; a table with empty cells has 1.0 for 1."""
    if pd.isna(code):
        return None
    whole = isinstance(code, float) and code.is_integer()
    return composed(str(int(code) if whole else code)).strip() or None

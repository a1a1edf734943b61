"""Which words are used together? Networks of what stands in the same places, and their tree."""

from __future__ import annotations

import contextlib
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.count.hypergeometric import specificity
from helpers.count.lexical_table import Counts, counts_of, segments
from helpers.count.parts import CHANCE, By, Only, Sparse, TooLittleText, Unit, listed, n_docs, parts
from helpers.count.verbs import Tokens, verb
from helpers.read.checks import From0, From1
from helpers.read.tables import Integers, changes, counted, spread

if TYPE_CHECKING:
    from networkx import Graph

PERCENT = 1  # of the places, or of the texts, that a node is in
TEXTS = 3  # that an edge is in
STRONGEST = 3  # edges of each node
REWIRINGS, SWAPS = 100, 2  # and exchanges for each edge, from one rewiring to the next
SEED = 0  # of communities and rewirings
TRIES = 10  # for an exchange, of which some would make an edge that there is
DIGITS, NEGLIGIBLE = 9, 1e-9  # beyond, one processor differs from another
# The most frequent units meet all others: their pairs are counted as a dense table, so many columns
# at a time.
FREQUENT, BLOCK = 128, 16


class Network(NamedTuple):
    """Units, and the ties between them. `nodes.attrs` holds modularity, that of the communities
    found, rewired, those of the 100 rewirings, and unit, what was counted.
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame


@partial(verb, periods=False)
def word_network(
    tokens: Tokens,
    *,
    by: By | None = None,
    unit: Unit = "type",
    only: Only = "words",
    min_freq: From1 = 1,
    min_segments: From0 = 0,
    tree: bool = False,
) -> Network:
    """Which words are used together, and do they form groups? (*réseau de cooccurrences*, *analyse
    de similitude*; with `tree` its *arbre maximum*)

    Two tables. Nodes: one row per unit in at least 1% of the segments, the most frequent first.
    Edges: one row per pair of them, the strongest first; ties alphabetical in both.

    n_a, n_b, n_ab of the n segments hold a, b, both. weight = n_ab/(n_a + n_b - n_ab), the Jaccard
    index; specificity = +|log10 P(X ≥ n_ab)| if n_ab ≥ n_a·n_b/n, else -|log10 P(X ≤ n_ab)|, X ~
    Hypergeometric(n, n_a, n_b): were a and b independent. Kept are the edges in 3 texts or more
    with a specificity of 2 or more, and of these the 3 strongest of each node.

    Communities (Louvain) are of the edges that are kept, all counted alike; so are those of 100
    rewirings, in which each node keeps its number of edges. Only where the modularity is above all
    of theirs does a unit have a community, numbered by size; a unit without an edge has none.

    tree: the maximum spanning tree of all units and all pairs that share a segment, whatever their
    number, without communities; units that share none are in trees of their own. Of equal edges the
    alphabetically first comes into it, so that there is only one: where units are rare, many trees
    are as good.

    Parameters: tokens (corpus, or token table; or hits with their themes in the place of types, as
    in the second example); by (columns that name the places within a text in which words meet, as
    "sent"; else segments of about 40 words); unit, only; min_freq (occurrences below which a unit
    is left out); min_segments (places below which there is no network: of fewer than a hundred a
    single one decides a branch); tree. Communities and rewirings are drawn with one fixed seed.
    Returns: nodes: unit, f (occurrences), n_docs (texts), community (whole number or NA), with
    `nodes.attrs["modularity"]` and the list `nodes.attrs["rewired"]` (NaN and none without an
    edge); edges: a, b (units, a before b in the alphabet), weight (0 to 1), n_docs (texts in which
    a segment holds both), specificity (orders of magnitude).
    Raises: TooLittleText with fewer places than min_segments; ValueError naming a column that is
    missing, or lemmas that are.
    The index equals quanteda's (tests/reference/simil_seed.csv).
    References: Degenne & Vergès (1973), Revue française de sociologie 14(4), 471-512; Marchand &
    Ratinaud (2012), JADT, 687-699; Blondel et al. (2008), doi:10.1088/1742-5468/2008/10/P10008;
    Maslov & Sneppen (2002), doi:10.1126/science.1065103.

    >>> from helpers import open_corpus
    >>> tokens = open_corpus(annotate=False).tokens
    >>> found = word_network(tokens, by="sent", only="content", min_freq=3, tree=True)
    >>> found.edges.head(2)[["a", "b", "weight"]].round(2).values.tolist()
    [['coopération', 'pays', 1.0], ['coopération', 'deux', 0.67]]
    >>> from helpers.count.themes import theme_hits
    >>> hits = theme_hits(open_corpus().tokens)
    >>> sets = hits.assign(type=hits["theme"], kind="word")
    >>> word_network(sets, by="sent", min_segments=100)
    Traceback (most recent call last):
    helpers.count.parts.TooLittleText: A network needs 100 parts; this corpus has 6 parts.
    """
    if by is None:
        tokens, by = tokens.assign(seg=segments(tokens)["seg"]), "seg"
    table = counts_of(tokens, ["doc", *listed(by)], unit, only)
    places = table[0].shape[0]
    if places < min_segments:
        place = "segment" if by == "seg" else "part"
        needs, has = f"{min_segments} {place}s", counted(places, place)
        raise TooLittleText("A tree" if tree else "A network", needs=needs, has=has)
    found = network_of(table, min_freq=min_freq, tree=tree)
    found.nodes.attrs["unit"] = unit
    return found


def network_of(
    table: Counts, *, min_freq: int = 1, by_texts: bool = False, tree: bool = False
) -> Network:
    """The network of any units by any places within texts, as `word_network` has it.

    Parameters: table (as `counts_of` gives it: a row per place, whose column doc names its text; a
    column per unit, in alphabetical order); by_texts (nodes are in 1% of the texts and a weight is
    the number of texts, not the Jaccard index of the places).
    """
    counts, places, names = table
    held, doc, f = counts.sign(), parts(places, "doc").codes, counts.sum(axis=0)
    texts = n_docs(held.indices, np.repeat(doc, np.diff(held.indptr)))
    reach, whole = (texts, len(np.unique(doc))) if by_texts else (held.sum(axis=0), len(places))
    kept = np.flatnonzero((f >= min_freq) & (tree | (100 * reach >= PERCENT * whole)))
    held = held[:, kept]
    pairs, least = _pairs(held), -np.inf if tree else CHANCE
    edges = _measured(_spanning(pairs) if tree else pairs.query("n >= @TEXTS"), held, doc, least)
    edges = edges if tree else _strongest(edges, by_texts)
    nodes = pd.DataFrame({"unit": names[kept], "f": f[kept], "n_docs": texts[kept]})
    nodes["community"], found = _communities(edges.head(0) if tree else edges, len(nodes))
    nodes = nodes.sort_values("f", ascending=False, kind="stable", ignore_index=True)
    nodes.attrs = found
    for end in "ab":
        edges[end] = names[kept].take(edges[end])
    return Network(nodes, edges.drop(columns="n").reset_index(drop=True))


def _pairs(held: Sparse) -> pd.DataFrame:
    """The pairs of columns that share a place: in how many, and the Jaccard index."""
    from scipy.sparse import coo_array, triu

    n = held.sum(axis=0)
    order = np.argsort(-n, kind="stable")
    held = held.astype(np.int32)[:, order]
    often, rare = held[:, :FREQUENT].tocsc(), held[:, FREQUENT:]
    some = (often[:, at : at + BLOCK].toarray("C") for at in range(0, FREQUENT, BLOCK))
    dense = coo_array(np.triu(np.vstack([columns.T @ held for columns in some]), k=1))
    sparse = triu(rare.T @ rare, 1, "coo")
    one, other = order[np.hstack([dense.coords, np.add(sparse.coords, FREQUENT)])]
    both = np.append(dense.data, sparse.data).astype(np.int64)
    weight = both / (n[one] + n[other] - both)
    pairs = {"a": np.minimum(one, other), "b": np.maximum(one, other), "weight": weight, "n": both}
    return pd.DataFrame(pairs).sort_values(["weight", "a", "b"], ascending=[False, True, True])


def _spanning(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs, in falling order, that make the maximum spanning tree."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import minimum_spanning_tree

    place = np.arange(1, len(pairs) + 1)  # the tree with the least places has the most weight
    size = pairs[["a", "b"]].max(axis=None) + 1 if len(pairs) else 0
    ranked = coo_array((place, (pairs["a"], pairs["b"])), (size, size))
    chosen = np.sort(minimum_spanning_tree(ranked.tocsr()).data).astype(np.int64)
    return pairs.iloc[chosen - 1]


def _measured(pairs: pd.DataFrame, held: Sparse, doc: Integers, least: float) -> pd.DataFrame:
    """The pairs with a specificity of at least this, which is told with the number of texts in
    which they share a place: those of the rarer unit are looked up among those of the other.
    """
    n, columns = held.sum(axis=0), held.tocsc()
    score = specificity(pairs["n"].to_numpy(), n[pairs["a"]], n[pairs["b"]], held.shape[0])
    pairs, score = pairs[score >= least], score[score >= least]
    a, b = pairs["a"].to_numpy(), pairs["b"].to_numpy()
    rarer, other = np.where(n[a] <= n[b], (a, b), (b, a))
    texts = np.zeros(len(pairs), np.int64)
    for unit, edges in pd.Series(other).groupby(other).indices.items():
        there = np.zeros(len(doc), bool)
        there[columns.indices[slice(*columns.indptr[unit : unit + 2])]] = True
        sizes = n[rarer[edges]]
        place = columns.indices[spread(columns.indptr[rarer[edges]], sizes)]
        shared = there[place]
        edge, text = np.repeat(np.arange(len(edges)), sizes)[shared], doc[place[shared]]
        texts[edges] = np.bincount(edge[changes(edge, text)], minlength=len(edges))
    return pairs.assign(n_docs=texts, specificity=score)


def _strongest(edges: pd.DataFrame, by_texts: bool) -> pd.DataFrame:
    """The edges that enough texts hold and that are among the strongest of one of their nodes, in
    falling order: by weight, or the number of texts, by specificity, by the alphabet.
    """
    order = ["weight", "specificity", "a", "b"]
    edges = edges[edges["n_docs"] >= TEXTS].round({"specificity": DIGITS})
    edges["weight"] = edges["n_docs"] if by_texts else edges["weight"]
    edges = edges.sort_values(order, ascending=[False] * 2 + [True] * 2)
    ends = pd.Series(edges[["a", "b"]].to_numpy().ravel())
    rank = ends.groupby(ends).cumcount().to_numpy().reshape(-1, 2)
    return edges[(rank < STRONGEST).any(axis=1)]


def _communities(edges: pd.DataFrame, n: int) -> tuple[pd.Series, dict[str, Any]]:
    """The community of each of n nodes, or none where chance would part them as well; the
    modularity, and those of the rewirings.
    """
    import networkx as nx

    community = pd.Series(pd.NA, range(n), "Int64")
    if edges.empty:
        return community, {"modularity": np.nan, "rewired": []}
    graph, rng, rewired = nx.Graph(edges[["a", "b"]].to_numpy().tolist()), Random(SEED), []
    groups, modularity = _louvain(graph, rng)
    mixed, swaps = graph.copy(), SWAPS * len(edges)
    for _ in range(REWIRINGS):
        with contextlib.suppress(nx.NetworkXException):  # a star has one form only
            nx.double_edge_swap(mixed, swaps, max_tries=TRIES * swaps, seed=rng)
        rewired.append(_louvain(mixed, rng)[1])
    if modularity > max(rewired) + NEGLIGIBLE:
        for number, group in enumerate(groups, 1):
            community[list(group)] = number
    return community, {"modularity": modularity, "rewired": rewired}


def _louvain(graph: Graph, rng: Random) -> tuple[list[set[int]], float]:
    """Communities of a graph, the largest first, and their modularity."""
    from networkx.algorithms import community

    groups = community.louvain_communities(graph, weight=None, seed=rng)
    groups.sort(key=lambda group: (-len(group), min(group)))
    return groups, community.modularity(graph, groups, weight=None)

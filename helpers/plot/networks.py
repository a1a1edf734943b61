"""The figure of a network of words, and of its tree."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.count.networks import Network
from helpers.plot import sheet
from helpers.plot.lettering import fit
from helpers.plot.marks import SMALL, place_labels
from helpers.plot.sheet import Axes, Page, Text
from helpers.read.checks import From1
from helpers.read.tables import counted

Places = dict[str, tuple[float, float]]

AWAY = 1.5  # of an edge: from the middle of the figure to the hub of each tree
APART = 2.5  # of an edge: one between two communities
SIZE = (7.0, 6.0)  # inches
PLACES = 4  # digits of the place of a word: what differs beyond is rounding
COLOURS = (sheet.BLUE, sheet.VERMILION, sheet.GREEN, sheet.PINK, sheet.ORANGE, sheet.SKY)
MARKS = "os^DvPX"  # seven, so that the first 42 communities differ in colour or mark
GROUPS = 10  # communities drawn, the largest
LEAST, MORE = 12, 150  # points² of a mark, and what the most frequent word adds


@sheet.figure
def word_network(page: Page, network: Network, *, top: From1 = 60) -> Axes:
    """Which words are used together, and in which groups? A mark for each word, as large as it is
    frequent; a line for each tie, as wide as it is strong. Words of one community have one colour
    and one mark, and stand together; the most frequent is bold.

    Parameters: network (of `count.word_network` or `voices.names_network`); ax (one's own Axes,
    else those of a new figure); top (words drawn at most, as many around the hub of each of the ten
    largest communities; of a tree edges, without the words at the ends of the weakest); title (else
    the number of communities beside what chance gives, or the word of a tree with the most
    neighbours).
    Returns: the Axes.

    >>> edges = pd.DataFrame({"a": "phare", "b": ["quai", "port", "mer"], "weight": 0.5})
    >>> nodes = pd.DataFrame({"unit": ["phare", "quai", "port", "mer"], "f": 3, "community": pd.NA})
    >>> word_network(Network(nodes, edges)).get_title("left")
    '“phare” has the most neighbours: 3 of 3 other words'
    """
    import networkx as nx

    nodes, edges = network.nodes.set_index("unit"), network.edges
    if edges.empty:
        raise sheet.Nothing("nothing is tied to anything else")
    nodes["community"] = nodes["community"].fillna(0)  # words that are in none are of one look
    forest = nx.is_forest(nx.from_pandas_edgelist(edges, "a", "b"))
    edges = _pruned(edges, top) if forest else _central(edges, nodes["community"], top)
    degree = pd.concat([edges["a"], edges["b"]]).value_counts().sort_index()
    nodes = nodes.loc[degree.index]
    places = _places(edges, nodes["community"])
    axes = page.new_axes(_hubs(degree) if forest else _groups(network.nodes), SIZE)
    _ties(axes, edges, nodes["community"], places)
    texts = _words(axes, nodes, places)
    drawn, known = (nodes["community"].unique() > 0).sum(), network.nodes["community"].nunique()
    groups = f" in {drawn} of the groups" if drawn < known else ""
    many = f"{len(nodes):,} of {counted(len(network.nodes), 'word')}{groups}"
    note = f"{many}; size: occurrences; width: {_weights(edges['weight'])}"
    said = axes.annotate(note, (0, 0), (0, -4), "axes fraction", va="top", **SMALL)
    if page.ax:
        fit(said, axes)
    axes.margins(0.06)
    axes.set_axis_off()
    ends = np.array([(places[a], places[b]) for a, b in zip(edges["a"], edges["b"], strict=True)])
    along = np.linspace(ends[:, 0], ends[:, 1], 9).reshape(-1, 2)
    place_labels(axes, texts, np.array([places[word] for word in nodes.index]), along, keep=texts)
    return axes


def _weights(weight: pd.Series) -> str:
    """What the width of a line says, and its range."""
    low, high = weight.min(), weight.max()
    if weight.dtype == "int64":
        return f"texts with both, {low:,} to {high:,}"
    return f"Jaccard index, {low:.2f} to {high:.2f}"


def _groups(nodes: pd.DataFrame) -> str:
    """How many communities there are, or that there is none, beside what chance gives."""
    modularity, rewired = nodes.attrs.get("modularity"), nodes.attrs.get("rewired")
    n = nodes["community"].nunique()
    beside = f": modularity {modularity:.2f}, by chance up to {max(rewired):.2f}" if rewired else ""
    found = f"{counted(n, 'group')} of words, clearer than chance" if n else "No clear groups"
    return found + beside


def _look(community: int) -> tuple[str, str]:
    """The colour and the mark of a community, and of words that are in none."""
    at = max(community - 1, 0)
    return COLOURS[at % len(COLOURS)], MARKS[at % len(MARKS)]


def _ties(axes: Axes, edges: pd.DataFrame, community: pd.Series, places: Places) -> None:
    """A line for each edge, in the colour of its community, or grey from one to another."""
    width = 0.5 + 4 * edges["weight"] / edges["weight"].max()
    for a, b, size in zip(edges["a"], edges["b"], width, strict=True):
        same = community[a] == community[b]
        colour, alpha = (_look(community[a])[0], 0.45) if same else (sheet.GREY, 0.25)
        line = {"color": colour, "alpha": alpha, "linewidth": size, "solid_capstyle": "round"}
        axes.plot(*zip(places[a], places[b], strict=True), zorder=1, **line)


def _words(axes: Axes, nodes: pd.DataFrame, places: Places) -> list[Text]:
    """A mark for each word and its label, the most frequent first, which are those in bold."""
    nodes = nodes.sort_values("f", ascending=False, kind="stable")
    leads = ~nodes["community"].duplicated() & (nodes["community"] > 0)
    size = LEAST + MORE * nodes["f"] / nodes["f"].max()
    texts = []
    for word, community in nodes["community"].items():
        colour, mark = _look(community)
        look = {"color": colour, "marker": mark, "linewidth": 0, "zorder": 4}
        axes.scatter(*places[word], s=size[word], **look)
        label, weight = sheet.label(word, sheet.LONGEST_WORD), "bold" if leads[word] else "normal"
        texts.append(axes.text(*places[word], label, fontsize=8, fontweight=weight))
    return texts


def _central(edges: pd.DataFrame, community: pd.Series, top: int) -> pd.DataFrame:
    """The edges between the words nearest to the hubs of the largest communities, as many of each;
    without communities, to the hubs of what hangs together.
    """
    import networkx as nx

    graph, steps = nx.from_pandas_edgelist(edges, "a", "b"), []
    apart = [(a, b) for a, b in graph.edges if community[a] != community[b]]
    inner = nx.restricted_view(graph, [], apart)
    whole = sorted(nx.connected_components(inner), key=lambda words: (-len(words), min(words)))
    for words in whole[:GROUPS]:
        hub = min(words, key=lambda word: (-inner.degree(word), word))
        order = nx.bfs_tree(inner, hub, sort_neighbors=sorted)
        steps += [(step, -len(words), hub, word) for step, word in enumerate(order)]
    kept = {word for *_, word in sorted(steps)[:top]}
    return edges[edges["a"].isin(kept) & edges["b"].isin(kept)]


def _hubs(degree: pd.Series) -> str:
    """The word with the most neighbours, or how many have some, where no word is the first."""
    if (degree == degree.max()).sum() == 1:
        most = f"{degree.max()} of {counted(len(degree) - 1, 'other word')}"
        return f"“{degree.idxmax()}” has the most neighbours: {most}"
    many = (degree > 2).sum()
    some = f"{many:,} have" if many > 1 else f"{'one' if many else 'none'} has"
    return f"Of {counted(len(degree), 'word')} drawn {some} more than two neighbours"


def _pruned(edges: pd.DataFrame, top: int) -> pd.DataFrame:
    """The tree without the weakest of its outermost edges, so that it stays a tree."""
    while len(edges) > top:
        degree = pd.concat([edges["a"], edges["b"]]).value_counts()
        outer = np.flatnonzero((edges["a"].map(degree) == 1) | (edges["b"].map(degree) == 1))
        fewer = min(len(edges) - top, (len(outer) + 1) // 2)
        edges = edges.drop(edges.index[outer[-fewer:]])
    return edges


def _places(edges: pd.DataFrame, community: pd.Series) -> Places:
    """A place for each word, as far from the others as they are in the network, communities
    apart, the same every time.

    The words start on a circle in the order of a walk through the network, so that no edges of a
    tree cross; what is not tied hangs together by a point that is not drawn.
    """
    import networkx as nx

    graph = nx.from_pandas_edgelist(edges, "a", "b")
    for a, b, tie in graph.edges(data=True):
        tie["length"] = 1 if community[a] == community[b] else APART
    centre = ("",)
    for words in list(nx.connected_components(graph)):
        hub = min(words, key=lambda word: (-graph.degree(word), word))
        graph.add_edge(centre, hub, length=AWAY)
    walk = nx.dfs_preorder_nodes(graph, centre, sort_neighbors=lambda near: sorted(near, key=str))
    start = nx.circular_layout(list(walk))
    found = nx.kamada_kawai_layout(graph, pos=start, weight="length")
    words = [word for word in graph if word != centre]
    places = np.array([found[word] for word in words]).round(PLACES)
    wide = np.ptp(places[:, 0]) >= np.ptp(places[:, 1])
    return dict(zip(words, map(tuple, places if wide else places[:, ::-1]), strict=True))

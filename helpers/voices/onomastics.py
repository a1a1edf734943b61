"""Which names stand in the texts, and which of them stand together."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, get_args

import numpy as np
import pandas as pd

from helpers.count import parts
from helpers.count.lexical_table import crossed
from helpers.count.networks import Network, network_of
from helpers.count.parts import By, listed
from helpers.count.verbs import Period, Texts, parts_of_texts, verb
from helpers.read.checks import From1
from helpers.read.corpus import Corpus
from helpers.read.tables import typed
from helpers.voices.institutions import expansions

Named = Literal["person", "organisation", "place"]
KINDS = get_args(Named)
_NAMES = dict.fromkeys(("part", "name", "label", "country"), "str")
_NAMES |= {"mentions": "int64", "texts": "int64"}


@verb
def names(corpus: Texts, *, by: By | None = None, period: Period | None = None) -> pd.DataFrame:
    """Which persons, organisations and places are named, and how often? (*noms propres*, *entités
    nommées*)

    One row per part and name, the most frequent first; ties alphabetical. A surname stands for the
    full name that ends in it: the one of its text, else the one of the corpus; the acronym of an
    institution for the name that a text sets before it, as in Office national de l'eau (ONE).
    Reprints count.

    Parameters: corpus; by (columns of its documents that name the parts), period.
    Returns: part ("all" without by), name, label (person, organisation, place) and country (ISO
    code, missing where none is told), both those of most mentions in the corpus,
    mentions (of the name; an office alone, le maire, is none), texts (that hold it).
    Raises: ValueError naming a column that is missing.

    >>> from helpers import open_corpus
    >>> names(open_corpus())[["name", "label", "country", "mentions"]].values.tolist()[0]
    ['Maroc', 'place', 'MA', 4]
    """
    rows = in_parts(mentioned(corpus), corpus, by, period)
    grouped = rows.groupby(["part", "name"], observed=True)
    found = grouped[["label", "country"]].first()
    found = found.assign(mentions=grouped.size(), texts=grouped["doc"].nunique())
    order = {"part": True, "mentions": False, "texts": False, "name": True}
    found = found.reset_index().sort_values([*order], ascending=[*order.values()])
    return typed(found[[*_NAMES]].reset_index(drop=True), _NAMES)


@verb
def names_network(corpus: Texts, *, kinds: Sequence[Named] = KINDS, min_freq: From1 = 1) -> Network:
    """Who and what is named together? (*réseau de noms*, *cooccurrences d'entités*)

    Two tables, as of `count.word_network`. Nodes: one row per name in at least 1% of the texts, the
    most frequent first. Edges: one row per pair of names that stand in the same paragraph in 3
    texts or more, with a specificity of 2 or more over the paragraphs, and of these the 3 strongest
    of each name. Reprints count: take `without_reprints()`.

    Parameters: corpus; kinds (of the names that count); min_freq (mentions below which a name is
    left out).
    Returns: nodes: unit (the name, as in `names`), f (mentions), n_docs (texts), community; edges:
    a, b, weight (texts in which a paragraph holds both), n_docs (the same), specificity.

    >>> from helpers import open_corpus
    >>> names_network(open_corpus()).nodes[["unit", "f"]].values.tolist()[0]
    ['Maroc', 4]
    """
    rows, places = mentioned(corpus), corpus.paragraphs[["doc", "par"]]
    rows = rows[rows["label"].isin(kinds)]
    unit, units = pd.factorize(rows["name"], sort=True)
    known = pd.MultiIndex.from_frame(places.astype({"doc": "str"}))
    place = known.get_indexer(pd.MultiIndex.from_frame(rows[["doc", "par"]]))
    counts = crossed(place, unit, (len(places), len(units)))
    table = (counts, places, pd.Index(units, dtype="str"))
    return network_of(table, min_freq=min_freq, by_texts=True)


def fuller(names: Iterable[str]) -> dict[str, str]:
    """The full name that each surname among them stands for, if only one ends in it.

    >>> fuller(["Awa Ndoye", "Ndoye", "Le Floc'h", "Anne Le Floc'h", "Luc Le Floc'h"])
    {'Ndoye': 'Awa Ndoye'}
    """
    one = _ends(names).drop_duplicates("name", keep=False)
    return dict(zip(one["name"], one["full"], strict=True))


def _ends(names: Iterable[str]) -> pd.DataFrame:
    """The names that end in another of them (full), with each of these (name)."""
    known = {*names}
    ends = ((full, full[at.end() :]) for full in known for at in re.finditer(" ", full))
    pairs = (pair for pair in ends if pair[1] in known)
    return pd.DataFrame(pairs, columns=["full", "name"], dtype="str")


def in_parts(
    rows: pd.DataFrame, corpus: Corpus, by: By | None, period: Period | None
) -> pd.DataFrame:
    """The rows with the part of their text, by columns of documents and by periods; those in none
    are left out.
    """
    codes, keys = parts_of_texts(corpus, [*listed(by), *listed(period)])
    names = pd.Index(parts.labels(keys))
    place = pd.factorize(names)[0]  # parts that read alike are one
    codes = np.where(codes >= 0, np.append(place, -1)[codes], -1)
    part = pd.Categorical.from_codes(codes, names.unique(), ordered=True)
    number = pd.Index(corpus.documents["doc"]).get_indexer(rows["doc"])
    return rows.assign(part=part[number]).dropna(subset="part")


def mentioned(corpus: Corpus, full: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The mentions of persons, organisations and places, persons under their full names, and
    institutions of which a text tells the acronym under theirs (full, where it is known); each name
    is of the one kind, and of the one country, that most of its mentions have.
    """
    texts = dict.fromkeys(("doc", "label", "name", "country"), "str")
    rows = corpus.entities[["par", *texts]].astype(texts).query("label in @KINDS")
    full = expansions(corpus.documents["text"]) if full is None else full
    rows["label"] = rows["label"].mask(rows["name"].isin([*full, *full.values()]), "organisation")
    rows["name"] = renamed(rows["name"], full)
    people = rows.loc[rows["label"] == "person", ["doc", "name"]]
    # The names of its text, then those of all.
    own = people.drop_duplicates()
    known = own.rename(columns={"name": "full"}).merge(_ends(own["name"].unique())).merge(own)
    known = known.drop_duplicates(["doc", "name"], keep=False)
    people["full"] = people.merge(known, "left")["full"].array
    people["name"] = people["full"].fillna(people["name"])
    rows.loc[people.index, "name"] = renamed(people["name"], fuller(people["name"].unique()))
    for told in ("label", "country"):
        most = rows[["name", told]].value_counts()  # of as many, the first in the texts
        most = most.reset_index().drop_duplicates("name").set_index("name")[told]
        rows[told] = rows["name"].map(most)
    return rows


def renamed(names: pd.Series, known: Mapping[str, str]) -> pd.Series:
    """The names, those that are known by another by that."""
    return names.map(known).astype("str").fillna(names)

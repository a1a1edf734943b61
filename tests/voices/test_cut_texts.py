"""Every rule of the voices on texts that end, begin or break off anywhere: nothing is read past the
end of a text or before its beginning, and what is found lies in one sentence of it.

The texts are cut as token tables, after they were annotated: a word whose head is cut off is a
root.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers import Corpus, open_corpus
from helpers.voices import attributions, mentions
from helpers.voices.discourse import all_tables
from helpers.voices.speech import cues
from helpers.voices.syntax import Syntax, quotations, texts

FIXTURES = Path(__file__).parent.parent / "fixtures"
WRITTEN = (
    "La route rouvrira, apprend-on à Rabat.",
    "La route rouvrira, a-t-on appris de source proche. Le port aussi, assure-t-on au ministère.",
    "Selon le ministère de la Justice et des Grâces, ce plan est prêt. Le maire l’a lu.",
    "M. Karim Tazi, ministre de la Pêche, a salué la maire. Ministre de la Pêche, il a souri.",
    "La préfète a salué hier M. Omar Diallo. Karim Tazi est venu aussi.",
    "M. Karim Tazi, le nouveau et très jeune ministre belge de la Pêche, a reçu le maire à Dakar.",
    "La directrice de l’Office national de l’eau (ONE), Mme Léa Morvan, s’est dite déçue lundi.",
    "Au cours d’un appel téléphonique, M. Tazi a examiné ce dossier avec la ministre Awa Ndoye.",
    "Mme Awa Ndoye s’est entretenue avec le préfet de police, à l’invitation de M. Omar Diallo.",
    "« La digue tiendra. » a dit la maire, avant d’ajouter, selon la préfecture et la région\n\n"
    "« Personne ne partira », a-t-elle en outre précisé, citant le ministre de l’Intérieur\n\n"
    "Il a été précisé par la même source que l’accord sera signé entre l’Espagne et le Sénégal",
)


class Places(list):
    """A list that refuses places before its beginning, where a list would count from its end."""

    def __getitem__(self, place):
        if not isinstance(place, slice) and place < 0:
            raise IndexError(f"place {place} is before the beginning of the text")
        return super().__getitem__(place)


def strict_texts(tokens: pd.DataFrame) -> Iterator[Syntax]:
    for text in texts(tokens):
        yield Syntax(text.doc, *map(Places, text[1:]))


@pytest.fixture(
    scope="module",
    params=["written", "seed", "three", pytest.param("thirty", marks=pytest.mark.slow)],
)
def whole(request, tmp_path_factory) -> Corpus:
    kept = tmp_path_factory.mktemp("kept")
    if request.param == "seed":
        return open_corpus()
    if request.param == "written":
        for i, text in enumerate(WRITTEN):
            (kept / f"{i}.txt").write_text(text, "utf-8")
        return open_corpus(kept, cache=kept / "cache")
    return open_corpus(FIXTURES / request.param, cache=kept)


# What is left of three neighbouring sentences that are cut before a place of the middle one.
CUTS: dict[str, Callable[[range, range, int, range], tuple[range, range]]] = {
    "ends": lambda before, here, cut, after: (before, range(here[0], cut)),
    "begins": lambda before, here, cut, after: (range(cut, here[-1] + 1), after),
    "breaks off": lambda before, here, cut, after: (range(here[0], cut), after),
}


def rows_left(tokens: pd.DataFrame, way: str) -> Iterator[np.ndarray]:
    """The rows of the token table that each cut leaves."""
    for _, rows in tokens.reset_index().groupby("doc", observed=True):
        bounds = rows.groupby("sent")["index"].agg(["min", "max"])
        every = (range(first, last + 1) for first, last in bounds.to_numpy())
        sentences = [range(0), *every, range(0)]
        for before, here, after in zip(sentences, sentences[1:], sentences[2:], strict=False):
            # Every place of a few sentences, fewer the larger a corpus is; from the end.
            cuts = [*here, here[-1] + 1][:: -1 - len(tokens) // 300]
            parts = (np.concatenate(CUTS[way](before, here, cut, after)) for cut in cuts)
            yield from (left.astype(int) for left in parts if len(left))


def cut_corpus(whole: Corpus, way: str) -> Corpus:
    """A corpus with one text for each cut."""
    left = list(rows_left(whole.tokens, way))
    number = np.repeat(np.arange(len(left)), [len(rows) for rows in left])
    tokens = whole.tokens.take(np.concatenate(left)).reset_index(drop=True)
    place = tokens.groupby(number).cumcount().to_numpy() + 1
    at = pd.MultiIndex.from_arrays([number, tokens["tok"]])
    above = at.get_indexer([number, tokens["head"].astype(int)])
    head = pd.array(np.where(above < 0, 0, place[above]), "Int32")
    cuts = tokens.groupby(number).agg({"doc": "first", "start": "first", "end": "last"})
    cuts = cuts.astype({"doc": "str"}).assign(cut=[f"cut {i}" for i in range(len(left))])
    known = ["doc", "text", "title", "byline", "date_start", "date_end", "body_start", "body_end"]
    about = cuts.merge(whole.documents[known], on="doc")
    about["text"] = [text[:end] for text, end in zip(about["text"], about["end"], strict=True)]
    entities = cuts.merge(whole.entities, on="doc", suffixes=("_cut", ""))
    inside = (entities["start"] >= entities["start_cut"]) & (entities["end"] <= entities["end_cut"])
    return replace(
        whole,
        documents=about.assign(doc=about["cut"]).set_index("doc", drop=False),
        paragraphs=whole.paragraphs.iloc[:0],
        tokens=tokens.assign(doc=about["cut"].take(number).to_numpy(), head=head, tok=place),
        entities=entities[inside].assign(doc=entities["cut"]),
    )


@pytest.mark.parametrize("way", CUTS)
def test_no_rule_reads_outside_of_a_text_that_is_cut(whole, way, monkeypatch):
    corpus = cut_corpus(whole, way)
    monkeypatch.setitem(all_tables.__globals__, "texts", strict_texts)
    found = all_tables(corpus)
    ends = corpus.tokens.groupby(["doc", "sent"]).agg(first=("start", "min"), last=("end", "max"))
    for rows in (found.attributions, mentions(corpus)):
        about = rows.join(ends, on=["doc", "sent"])
        inside = (about["first"] <= about["start"]) & (about["end"] <= about["last"])
        wrong = about[~inside | (about["start"] >= about["end"])]
        assert wrong.empty, wrong.to_string()
    for row in (*found.actors.itertuples(), *found.events.itertuples()):
        assert row.start < row.end <= corpus.documents["end"][row.doc]
    for text in strict_texts(corpus.tokens):
        assert all(first <= last < len(text.form) for first, last in quotations(text))
        everybody = {*range(len(text.form))}
        for cue in cues(text, everybody, everybody, quotations(text)):
            assert {text.sent[place] for place in (cue.last, *cue.source)} <= {text.sent[cue.first]}


def test_the_last_word_of_a_text_may_be_where_a_rule_looks_further(tmp_path):
    (tmp_path / "a.txt").write_text("La route rouvrira, apprend-on à Rabat.", "utf-8")
    rows = attributions(open_corpus(tmp_path, cache=tmp_path / "kept"))
    assert rows[["verb", "source"]].to_numpy().tolist() == [["apprendre", "on"]]

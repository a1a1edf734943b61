"""Concordance, segments, co-occurrents, dispersion: known values, and a count one by one."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from itertools import groupby, pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import Corpus
from helpers.count import (
    QueryError,
    TooLittleText,
    concordance,
    cooccurrents,
    dispersion,
    ngrams,
    progression,
    repeated_segments,
    repeats,
    segment_places,
)
from helpers.count.hypergeometric import specificity
from helpers.count.query import find
from helpers.read import parse
from helpers.read.french import token_kind, word_type
from helpers.read.tables import (
    DOCUMENTS,
    ENTITIES,
    FIELDS,
    ISSUES,
    PARAGRAPHS,
    SENTENCES,
    TOKENS,
    table,
)
from helpers.show.measures import measures_of
from tests.tables import reference, reference_tokens

ROUNDED = 5.1e-5
steady = settings(derandomize=True, deadline=None)


COLUMNS = (DOCUMENTS, FIELDS, ISSUES, PARAGRAPHS, SENTENCES, TOKENS, ENTITIES)
EMPTY = Corpus(*(table([], columns) for columns in COLUMNS))


def made(*texts: list[list[str]], annotated: bool = False) -> Corpus:
    """A corpus of texts, each a list of paragraphs, each a list of sentences, tokens apart.

    In an annotated one a token is form/lemma/pos.
    """
    rows, documents = [], []
    for number, paragraphs in enumerate(texts, 1):
        doc, text, sentence, place = f"d{number}", "", 0, 0
        for par, sentences in enumerate(paragraphs, 1):
            for written in sentences:
                sentence += 1
                for token in written.split():
                    place += 1
                    form, lemma, pos = token.split("/") if annotated else (token, None, None)
                    row = {"doc": doc, "par": par, "sent": sentence, "tok": place}
                    row |= {"start": len(text), "end": len(text) + len(form), "form": form}
                    row |= {"type": word_type(form), "lemma": lemma, "pos": pos}
                    rows.append({**row, "kind": token_kind(form), "is_function": False})
                    text += form if form.endswith("'") else form + " "
            text += "\n\n"
        documents.append({"doc": doc, "text": text})
    texts = pd.DataFrame(documents, columns=["doc", "text"], dtype="str")
    return replace(EMPTY, documents=texts, tokens=table(rows, TOKENS))


WORDS = ["a", "b", "B", "c", "l'", ",", ".", ";", "12"]
sentences = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
corpora = st.lists(st.lists(st.lists(sentences, max_size=3), max_size=3), max_size=3).map(
    lambda texts: made(*texts)
)


ANNOTATED = made(
    [
        [
            "Ils/il/PRON luttent/lutter/VERB contre/contre/ADP la/le/DET lutte/lutte/NOUN "
            "././PUNCT",
            "La/le/DET lutte/lutte/NOUN :/:/PUNCT l’/le/DET essentiel/essentiel/NOUN",
        ],
        ["Elle/elle/PRON lutta/lutter/VERB"],
    ],
    annotated=True,
)


# The concordance


@pytest.mark.parametrize(
    ("query", "nodes"),
    [
        ("lutte", ["lutte", "lutte"]),
        ("LUTTE", ["lutte", "lutte"]),
        ("l'", ["l’"]),
        ("l’essentiel", ["l’ essentiel"]),
        ("la lutte", ["la lutte", "La lutte"]),
        ("[lemma=lutter]", ["luttent", "lutta"]),
        ("[pos=VERB]", ["luttent", "lutta"]),
        ("[pos=verb]", ["luttent", "lutta"]),
        ("[type=la]", ["la", "La"]),
        ("[type=L’]", ["l’"]),
        ("[form=La]", ["La"]),
        ("[form=l']", ["l’"]),
        ("[lemma=lutter pos=VERB]", ["luttent", "lutta"]),
        ("[lemma=lutter pos=NOUN]", []),
        ("[ lemma = lutter  &  type = lutta ]", ["lutta"]),
        ("/lutt.*/", ["luttent", "lutte", "lutte", "lutta"]),
        ("/Lutt.*/", ["luttent", "lutte", "lutte", "lutta"]),
        ("[form=/L.*/]", ["La"]),
        ("/lutt/", []),
        ("[pos=/N.*/]", ["lutte", "lutte", "essentiel"]),
        ('"lutt(e|a)"', ["lutte", "lutte", "lutta"]),
        ("[pos=PRON] [lemma=lutter]", ["Ils luttent", "Elle lutta"]),
        ("la * ", ["la lutte", "La lutte"]),
        ("* lutte", ["la lutte", "La lutte"]),
        ("ils * contre", ["Ils luttent contre"]),
        ("lutte .", ["lutte ."]),
        ("lutte.", ["lutte ."]),
        ("lutte * la", []),
        (". la", []),
        ("essentiel elle", []),
        ("/\\./", ["."]),
        ("absent", []),
    ],
)
def test_queries(query, nodes):
    assert concordance(ANNOTATED, query)["node"].tolist() == nodes


def test_a_bare_word_is_matched_on_the_unit():
    assert concordance(ANNOTATED, "lutter", unit="lemma")["node"].tolist() == ["luttent", "lutta"]
    assert concordance(ANNOTATED, "/lutter?/", unit="lemma").shape[0] == 4
    assert concordance(ANNOTATED, "La", unit="form")["node"].tolist() == ["La"]
    assert concordance(ANNOTATED, "la", unit="type").shape[0] == 2


def test_numbers_pronouns_and_compounds_are_searched_as_they_are_counted():
    text = [["A -t-elle reçu 500 francs du Pôle DGSN-DGST ?"]]
    corpus = made(text)
    for query in ("-t-elle", "500 francs", "dgsn-dgst ?", "a -t-elle"):
        assert len(concordance(corpus, query)) == 1


def test_hits_lead_back_to_the_text(unannotated):
    lines = concordance(unannotated, "services de sécurité")
    assert lines.columns.tolist() == [
        *("doc", "par", "sent", "left", "node", "right", "start", "end")
    ]
    assert lines["par"].tolist() == [3, 4, 6]
    text = unannotated.documents["text"].item()
    assert [text[a:b] for a, b in zip(lines["start"], lines["end"], strict=True)] == list(
        lines["node"]
    )
    assert lines["left"].iloc[0].endswith("de la coopération sécuritaire avec les")
    assert lines["right"].iloc[0] == "marocains dans le domaine de lutte contre le"
    for left, node, right in lines[["left", "node", "right"]].itertuples(index=False):
        assert f"{left} {node} {right}" in text
    assert len(concordance(unannotated, "sécurité")) == 7
    assert concordance(unannotated, "l'")["node"].unique().tolist() == ["l’"]


def test_windows_end_with_the_paragraph(unannotated):
    lines = concordance(unannotated, "/cette|sahel/")
    assert lines[["node", "left", "right"]].iloc[1].tolist() == [
        "Sahel",
        ", en particulier dans la région subsaharienne du",
        ".",
    ]
    assert lines[lines["par"] == 5]["left"].tolist() == [""]
    nothing = concordance(unannotated, "maroc", window=0)
    assert set(nothing["left"]) == set(nothing["right"]) == {""}
    assert concordance(unannotated, "sahel", window=10**6)["left"].str.startswith("Selon").all()


def test_sorting(unannotated):
    right = concordance(unannotated, "sécurité", sort="right1")["right"].str.split().str[0].tolist()
    assert right == sorted(right)
    left = concordance(unannotated, "sécurité", sort="left2", window=2)["left"].str.split().str[0]
    assert left.tolist() == sorted(left)
    lines = concordance(unannotated, "de", sort="left1")
    assert lines.index.tolist() == list(range(len(lines)))
    same = [
        list(group["start"])
        for _, group in lines.groupby(lines["left"].str.lower().str.split().str[-1])
    ]
    assert all(group == sorted(group) for group in same)
    first = concordance(ANNOTATED, "[pos=PRON]", sort="left3")
    assert first["node"].tolist() == ["Ils", "Elle"]
    last = concordance(ANNOTATED, "lutta", sort="right3")
    assert len(last) == 1


@pytest.mark.parametrize(
    ("query", "character", "expected"),
    [
        ("", 1, "a word"),
        ("   ", 4, "a word"),
        ("*", 2, "a word"),
        ("* *", 4, "a word"),
        ("[lemma=", 8, "a value"),
        ("[lemma=]", 8, "a value"),
        ("[lemma=lutter", 14, "the ] that closes the [ of character 1"),
        ("de [pos=NOUN", 13, "the ] that closes the [ of character 4"),
        ("[lemma", 7, "="),
        ("[lemma lutter]", 8, "="),
        ("[", 2, "an attribute"),
        ("[]", 2, "an attribute"),
        ("de [mot=lutte]", 5, "an attribute (type, form, lemma, pos)"),
        ("[lemma=lutter mot]", 15, "an attribute"),
        ("/sécurit", 9, "the / that closes"),
        ('"sécurit', 9, 'the " that closes'),
        ("[type=/sécurit]", 16, "the / that closes"),
        ("//", 2, "a regular expression"),
        ("/a(b/", 3, "a regular expression that Python reads"),
        ("la [type=/a[/]", 12, "a regular expression that Python reads"),
        ("/a{99999999999}/", 2, "a regular expression that Python reads"),
        ("/a/b", 4, "a space"),
        ("*b", 2, "a space"),
        ("[type=a]b", 9, "a space"),
        ("sécurit*", 8, "a letter or a space (any token is *"),
        ("lemma=lutter]", 13, "a letter or a space"),
        ("a b[type=c]", 4, "a letter or a space"),
        ("[type=sécurit*]", 14, "a letter or a ]"),
    ],
)
def test_errors_say_where_and_what(query, character, expected):
    with pytest.raises(QueryError) as caught:
        concordance(ANNOTATED, query)
    assert caught.value.character == character
    assert f"character {character}: expected {expected}" in str(caught.value)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    "query",
    ["coeur", "CŒUR", "[type=coeur]", "/coeurs?/", "/c(œ|oe)ur/", '"c.*ur"', "[type=/cœu.*/]"],
)
def test_oe_and_its_ligature_are_found_however_they_are_asked_for(query):
    text = "Le cœur et le coeur, puis le CŒUR."
    documents = pd.DataFrame({"doc": ["a"], "text": [text], "body_start": 0, "body_end": len(text)})
    tokens = parse(documents, annotate=False).tokens
    assert find(tokens, query).rows.tolist() == [1, 4, 8]


@pytest.mark.parametrize("query", ["[lemma=lutter]", "[pos=VERB]", "de [pos=NOUN]"])
def test_annotation_is_asked_for(unannotated, query):
    with pytest.raises(ValueError, match="annotate=True"):
        concordance(unannotated, query)
    with pytest.raises(ValueError, match="annotate=True"):
        concordance(unannotated, "lutter", unit="lemma")


def test_wrong_options(unannotated):
    for options in ({"unit": "mot"}, {"sort": "left4"}, {"window": -1}):
        with pytest.raises(ValueError, match=str(next(iter(options.values())))):
            concordance(unannotated, "de", **options)


pieces = st.sampled_from(["[", "]", "/", "*", '"', "=", "&", " ", "\\", "(", ")", "lemma", "pos"])
hostile = st.one_of(st.text(), st.lists(st.one_of(pieces, st.text(max_size=3))).map("".join))


@settings(steady, max_examples=400)
@given(hostile)
def test_any_string_is_a_query_or_an_error_that_says_where(query):
    try:
        found = concordance(ANNOTATED, query, sort="right1")
    except QueryError as error:
        character = error.character
    else:
        character = 1
        assert (found["end"] > found["start"]).all()
    assert 1 <= character <= len(query) + 1


slots = st.sampled_from(["a", "b", "l'", "*", "/[ab]/", "[form=B]", "[type=b form=b]", ";", "12"])


@steady
@given(corpora, st.lists(slots, min_size=1, max_size=3), st.integers(0, 4))
def test_concordance_one_token_after_the_other(corpus, query, window):
    if set(query) == {"*"}:
        return
    tokens = list(corpus.tokens.itertuples())
    texts = dict(zip(corpus.documents["doc"], corpus.documents["text"], strict=True))

    def holds(token, slot):
        special = {"*": True, "/[ab]/": token.type in ("a", "b"), "[form=B]": token.form == "B"}
        special["[type=b form=b]"] = token.form == "b"
        return special.get(slot, token.type == slot)

    expected = []
    for first in range(len(tokens) - len(query) + 1):
        hit = tokens[first : first + len(query)]
        if len({(t.doc, t.sent) for t in hit}) == 1 and all(map(holds, hit, query)):
            text, near = texts[hit[0].doc], (hit[0].doc, hit[0].par)
            before = [t for t in tokens[max(first - window, 0) : first] if (t.doc, t.par) == near]
            after = tokens[first + len(query) : first + len(query) + window]
            after = [t for t in after if (t.doc, t.par) == near]
            sides = [text[s[0].start : s[-1].end] if s else "" for s in (before, hit, after)]
            expected.append((*near, hit[0].sent, *sides, hit[0].start, hit[-1].end))
    found = concordance(corpus, " ".join(query), window=window)
    assert list(found.itertuples(index=False, name=None)) == expected


# The progression


def test_progression(tokens):
    found = progression(tokens, "sécurité")
    assert found.columns.tolist() == ["n", "hits", "share"]
    kept = tokens[tokens["kind"] == "word"]
    assert found["n"].tolist() == (np.flatnonzero(kept["type"] == "sécurité") + 1).tolist()
    assert found["hits"].tolist() == list(range(1, 8))
    assert found["share"].tolist() == [k / 7 for k in range(1, 8)]
    assert progression(ANNOTATED.tokens, "lutter", unit="lemma")["n"].tolist() == [2, 11]
    assert progression(tokens, "absent").empty


# Segments


def test_segments_of_the_seed(tokens):
    found = repeated_segments(tokens, maximal=False)
    assert found.columns.tolist() == ["segment", "length", "f", "n_docs", "maximal"]
    assert (len(found), found["maximal"].sum()) == (78, 24)
    maximal = found[found["maximal"]].reset_index(drop=True)
    pd.testing.assert_frame_equal(repeated_segments(tokens), maximal)
    chosen = found.set_index("segment")
    for segment in ("les services de sécurité marocains", "de lutte contre le terrorisme"):
        assert chosen.loc[segment, ["f", "n_docs", "maximal"]].tolist() == [2, 1, True]
    assert not chosen.loc["lutte contre le", "maximal"]
    assert chosen.loc["les services de sécurité", "f"] == 3
    assert found["length"].min() == 2
    order = found.assign(f=-found["f"], length=-found["length"])
    expected = order.sort_values(["f", "length", "segment"])
    assert expected.index.tolist() == found.index.tolist()


def test_a_segment_crosses_commas_and_numbers_but_no_strong_mark():
    text = "loi , ordre ; loi 12 ordre ! ordre loi : ordre … loi ? loi ... ordre . loi"
    pairs = ngrams(made([[text]]).tokens, 2)
    assert dict(zip(pairs["segment"], pairs["f"], strict=True)) == {"loi ordre": 2, "ordre loi": 1}
    assert pairs["maximal"].all()
    across = ngrams(made([["loi", "ordre"], ["paix"]], [["loi"]]).tokens, 2)
    assert across.empty
    found = repeated_segments(made([[text, text]]).tokens)
    assert found["segment"].tolist() == ["loi ordre", "ordre loi"]


def test_no_space_after_an_elision(tokens):
    assert "l'échelle" in set(ngrams(tokens, 2)["segment"])
    assert "à l'échelle internationale" in set(ngrams(tokens, 4)["segment"])


def test_units_and_thresholds(tokens):
    assert set(ngrams(ANNOTATED.tokens, 2, unit="lemma")["segment"]) >= {"le lutte", "le essentiel"}
    assert "La lutte" in set(ngrams(ANNOTATED.tokens, 2, unit="form")["segment"])
    longer = repeated_segments(tokens, min_length=4, min_freq=3)
    assert longer["segment"].tolist() == ["les services de sécurité"]
    single = ngrams(tokens, 1)
    assert (len(single), single["f"].sum()) == (167, 341)
    with pytest.raises(ValueError, match="0"):
        ngrams(tokens, 0)
    with pytest.raises(ValueError, match="0"):
        repeated_segments(tokens, min_freq=0)
    with pytest.raises(ValueError, match="max_length is 3, below min_length, 4"):
        repeated_segments(tokens, min_length=4, max_length=3)


def test_a_segment_too_long_for_a_sentence_is_left_out():
    names = [f"nom{i}" for i in range(51)]
    whole, fifty, three = ([[" ".join(names[:n])]] for n in (51, 50, 3))
    assert repeated_segments(made(fifty, fifty).tokens)["length"].tolist() == [50]
    tokens = made(whole, whole).tokens
    assert repeated_segments(tokens).empty
    longer = repeated_segments(tokens, max_length=51)
    assert longer["segment"].tolist() == [" ".join(names)]
    assert segment_places(tokens, longer)["length"].tolist() == [51, 51]
    # What stands elsewhere, too, is more than a piece of the long one.
    again = repeated_segments(made(whole, whole, three).tokens)
    assert again["segment"].tolist() == ["nom0 nom1 nom2"]


@pytest.mark.parametrize(
    "words_of", [lambda n: " ".join(f"nom{i}" for i in range(n)), lambda n: "le " * n]
)
def test_a_list_that_is_printed_again_costs_no_more_than_it_is_long(words_of, monkeypatch):
    work, spelling, frequent = Counter(), repeats._spelling, repeats._frequent

    def counted(*words):
        def spell(*places):
            work["characters"] += (found := spelled(*places)).str.len().sum()
            return found

        spelled = spelling(*words)
        return spell

    def number(rows, *given):
        work["places"] += len(rows)
        return frequent(rows, *given)

    monkeypatch.setattr(repeats, "_spelling", counted)
    monkeypatch.setattr(repeats, "_frequent", number)
    done = []
    for n in (400, 800, 1600):
        tokens = made([[words_of(n)]], [[words_of(n)]]).tokens
        segment_places(tokens, repeated_segments(tokens))
        done.append(work.copy())
        work.clear()
    for once, twice in pairwise(done):
        assert once["places"] > 0
        assert all(twice[what] <= 2.2 * once[what] for what in ("places", "characters"))


def runs(tokens):
    """The runs of words that a segment may lie in, each with its text."""
    found = []
    for (doc, _), rows in groupby(tokens.itertuples(), lambda t: (t.doc, t.sent)):
        run = []
        for token in rows:
            if token.kind == "word":
                run.append(token.type)
            elif token.type in (".", ";"):
                found.append((doc, run))
                run = []
        found.append((doc, run))
    return found


@steady
@given(corpora, st.integers(1, 3), st.integers(1, 3))
def test_segments_slice_by_slice(corpus, min_length, min_freq):
    f, docs = Counter(), {}
    for doc, run in runs(corpus.tokens):
        for start in range(len(run)):
            for end in range(start + 1, len(run) + 1):
                f[tuple(run[start:end])] += 1
                docs.setdefault(tuple(run[start:end]), set()).add(doc)
    covered = {inner for s in f for inner in (s[1:], s[:-1]) if f[inner] == f[s]}

    def rows(kept):
        spelled = [" ".join(s).replace("' ", "'") for s in kept]
        found = [
            (text, len(s), f[s], len(docs[s]), s not in covered)
            for text, s in zip(spelled, kept, strict=True)
        ]
        return sorted(found, key=lambda row: (-row[2], -row[1], row[0]))

    for most in (min_length, 50):
        bounds = {"min_length": min_length, "max_length": most, "min_freq": min_freq}
        found = repeated_segments(corpus.tokens, maximal=False, **bounds)
        kept = [s for s in f if min_length <= len(s) <= most and f[s] >= min_freq]
        assert list(found.itertuples(index=False, name=None)) == rows(kept)
        found = repeated_segments(corpus.tokens, **bounds)
        expected = rows([s for s in kept if s not in covered])
        assert list(found.itertuples(index=False, name=None)) == expected
    found = ngrams(corpus.tokens, min_length)
    expected = rows([s for s in f if len(s) == min_length])
    assert list(found.itertuples(index=False, name=None)) == expected


# Co-occurrents


@pytest.mark.parametrize("span", [3, 5, 10])
def test_cooccurrents_equal_r(span):
    expected = reference("cooccurrents_seed").query("window == @span")
    tokens = reference_tokens("seed").assign(par=1)  # each paragraph a text
    found = cooccurrents(tokens, "sécurité", span=span, within="par")
    both = expected.merge(found, left_on="feature", right_on="type", suffixes=("_r", ""))
    assert len(both) == len(expected) == len(found)
    assert (both["O"] == both["f_r"]).all()
    assert (both["f"] == both["F"]).all()
    assert (both["E"] - both["F"] * both["t"] / both["T"]).abs().max() < 1e-12
    assert (both["specificity"] - both["specif"]).abs().max() < ROUNDED


def test_cooccurrents_of_the_seed(tokens):
    found = cooccurrents(tokens, "sécurité")
    assert found.columns.tolist() == ["type", "f", "O", "E", "specificity", "logdice", "g2"]
    assert "sécurité" not in set(found["type"])
    assert found["specificity"].is_monotonic_decreasing
    ties = found.groupby("specificity", sort=False)["type"]
    assert all(list(names) == sorted(names) for _, names in ties)
    pd.testing.assert_frame_equal(found, cooccurrents(tokens, ["Sécurité"]))
    several = cooccurrents(tokens, ["sécurité", "coopération"])
    assert not {"sécurité", "coopération"} & set(several["type"])
    for unknown in ("absent", [], ""):
        with pytest.warns(UserWarning, match="does not occur as a type"):
            nothing = cooccurrents(tokens, unknown)
        assert nothing.empty
        assert nothing.columns.tolist() == found.columns.tolist()
    lemmas = cooccurrents(ANNOTATED.tokens, "lutter", unit="lemma", span=1)
    assert sorted(lemmas["lemma"]) == ["contre", "elle", "il"]


def test_cooccurrents_stay_within_the_sentence_or_the_paragraph():
    tokens = made([["a b", "c"], ["d"]], [["e"]]).tokens
    assert cooccurrents(tokens, "b")["type"].tolist() == ["a"]
    assert sorted(cooccurrents(tokens, "b", within="par")["type"]) == ["a", "c"]
    for options in ({"span": 0}, {"within": "doc"}, {"unit": "mot"}):
        with pytest.raises(ValueError, match=str(next(iter(options.values())))):
            cooccurrents(tokens, "b", **options)


@pytest.mark.filterwarnings("ignore:cooccurrents")
@steady
@given(corpora, st.sampled_from(["a", "b", ["a", "b"]]), st.integers(1, 4))
def test_cooccurrents_one_position_after_the_other(corpus, node, span):
    kept = [t for t in corpus.tokens.itertuples() if t.kind == "word"]
    context = [
        t.type
        for i, t in enumerate(kept)
        if t.type not in node
        and any(
            n.type in node and (n.doc, n.sent) == (t.doc, t.sent)
            for n in kept[max(i - span, 0) : i + span + 1]
        )
    ]
    f, near = Counter(t.type for t in kept), Counter(context)
    t, T = len(context), len(kept)  # noqa: N806
    f_node = sum(f[name] for name in node)
    found = cooccurrents(corpus.tokens, node, span=span)
    assert dict(zip(found["type"], found["O"], strict=True)) == near
    for row in found.itertuples():
        rest = (row.f - row.O, t - row.O, T - row.f - t + row.O)
        margins = (row.f * t, row.f * (T - t), (T - row.f) * t, (T - row.f) * (T - t))
        cells = zip((row.O, *rest), margins, strict=True)
        assert row.f == f[row.type]
        assert pytest.approx(row.f * t / T) == row.E
        assert row.specificity == pytest.approx(specificity(row.O, row.f, t, T))
        assert row.logdice == pytest.approx(14 + math.log2(2 * row.O / (f_node + row.f)))
        g2 = 2 * math.fsum(o * math.log(o * T / e) for o, e in cells if o)
        assert row.g2 == pytest.approx(g2, abs=1e-9)


# Dispersion


def test_dispersion_of_the_seed(tokens):
    found = dispersion(tokens, "par")
    assert found.columns.tolist() == ["type", "f", "range", "dp", "dp_norm", "juilland_d"]
    chosen = found.set_index("type")
    assert chosen.loc[["sécurité", "coopération", "de"], "dp"].round(3).tolist() == [
        *(0.214, 0.487, 0.104)
    ]
    hapax = chosen[chosen["f"] == 1]
    assert hapax["dp"].between(0.815, 0.8505).all()
    assert hapax["juilland_d"].tolist() == pytest.approx([0] * len(hapax), abs=1e-12)
    assert chosen.loc["sécurité", ["f", "range"]].tolist() == [7, 5]
    assert (len(found), found["f"].sum()) == (167, 341)


def test_dispersion_has_two_ends():
    tokens = made([["a b c"]], [["a b d"]], [["a b e"]]).tokens
    found = dispersion(tokens, "doc").set_index("type")
    assert found.loc["a", ["dp", "dp_norm", "juilland_d"]].tolist() == [0, 0, 1]
    assert found.loc["c", "dp"] == pytest.approx(2 / 3)
    assert found.loc["c", ["dp_norm", "juilland_d"]].tolist() == pytest.approx([1, 0])


def test_dispersion_needs_two_parts(tokens):
    with pytest.raises(TooLittleText, match="two parts"):
        dispersion(tokens, "doc")
    with pytest.raises(ValueError, match="annotate=True"):
        dispersion(tokens, "par", unit="lemma")
    with pytest.raises(ValueError, match="mois"):
        dispersion(tokens, "mois")


def test_words_in_no_part_are_left_out():
    tokens = made([["a b"]], [["a c"]], [["a d"]]).tokens
    tokens["year"] = tokens["doc"].map({"d1": "2024", "d2": "2025"})
    assert dispersion(tokens, "year")["type"].tolist() == ["a", "b", "c"]


@steady
@given(corpora)
def test_dispersion_unit_by_unit(corpus):
    kept = [(t.type, (t.doc, t.par)) for t in corpus.tokens.itertuples() if t.kind == "word"]
    sizes = Counter(part for _, part in kept)
    if len(sizes) == 1:
        return
    found = dispersion(corpus.tokens, ["doc", "par"])
    assert found["f"].sum() == len(kept)
    for row in found.itertuples():
        v = {part: sum(pair == (row.type, part) for pair in kept) for part in sizes}
        share = {part: sizes[part] / len(kept) for part in sizes}
        dp = sum(abs(v[part] / row.f - share[part]) for part in sizes) / 2
        rates = np.array([v[part] / sizes[part] for part in sizes])
        variation = rates.std() / rates.mean() / math.sqrt(len(sizes) - 1)
        assert row.range == sum(count > 0 for count in v.values())
        assert row.dp == pytest.approx(dp, abs=1e-12)
        assert row.dp_norm == pytest.approx(dp / (1 - min(share.values())), abs=1e-12)
        assert row.juilland_d == pytest.approx(1 - variation, abs=1e-7)


# Every verb


@pytest.mark.parametrize("corpus", [made(), made([[", ; 12"]]), made([["a"]]), ANNOTATED])
@pytest.mark.filterwarnings("ignore:cooccurrents")
def test_small_tables_are_accepted_and_left_as_they_are(corpus, unannotated):
    before = corpus.tokens.copy()
    results = [
        concordance(corpus, "a"),
        concordance(corpus, "a * /b/", sort="left1"),
        progression(corpus.tokens, "a"),
        ngrams(corpus.tokens, 2),
        repeated_segments(corpus.tokens),
        cooccurrents(corpus.tokens, "a"),
    ]
    if not (corpus.tokens["type"] == "a").any():
        results.append(dispersion(corpus.tokens, ["doc", "par"]))
    else:
        with pytest.raises(TooLittleText):
            dispersion(corpus.tokens, "doc")
    tokens = unannotated.tokens
    models = [
        *[concordance(unannotated, "de")] * 2,
        *(progression(tokens, "de"), ngrams(tokens, 2), repeated_segments(tokens)),
        *(cooccurrents(tokens, "de"), dispersion(tokens, "par")),
    ]
    for result, model in zip(results, models, strict=False):
        assert result.index.equals(pd.RangeIndex(len(result)))
        assert result.dtypes.tolist() == model.dtypes.tolist()
        assert result.columns.tolist() == model.columns.tolist()
    pd.testing.assert_frame_equal(corpus.tokens, before)


def test_tables_made_by_hand_are_enough():
    tokens = pd.DataFrame({"doc": "d", "sent": [1, 1, 1, 2], "tok": [1, 2, 3, 4], "kind": "word"})
    tokens["type"] = ["a", "b", "a", "b"]
    assert ngrams(tokens, 2)["segment"].tolist() == ["a b", "b a"]
    assert cooccurrents(tokens, "a")["type"].tolist() == ["b"]
    assert progression(tokens, "a b")["n"].tolist() == [1]
    assert dispersion(tokens, "sent")["f"].tolist() == [2, 2]
    whole = tokens.drop(columns="sent")
    assert ngrams(whole, 2)["f"].tolist() == [2, 1]
    assert repeated_segments(whole)["segment"].tolist() == ["a b"]
    assert cooccurrents(whole, "a")["O"].tolist() == [2]
    with pytest.raises(ValueError, match="'par'"):
        cooccurrents(whole, "a", within="par")


def test_every_measure_has_its_formula():
    for verb in ("ngrams", "repeated_segments", "cooccurrents", "dispersion"):
        assert all(measure.formula and measure.sources for measure in measures_of(verb))


def test_cooccurrents_by_part_are_those_of_each_part() -> None:
    texts = [[["a b a c l' b"], ["b a"]], [["c a c b"]], [["c c"]]]
    corpus = made(*texts)
    tokens = corpus.tokens.assign(of=corpus.tokens["doc"].map({"d1": "x", "d2": "y", "d3": "y"}))
    found = cooccurrents(tokens, "a", by=["of"])
    for part, rows in found.groupby("part", sort=False):
        alone = cooccurrents(tokens[tokens["of"] == part], "a")
        pd.testing.assert_frame_equal(rows.drop(columns="part").reset_index(drop=True), alone)
    assert found["part"].drop_duplicates().tolist() == ["x", "y"]
    assert [*found] == [*cooccurrents(tokens, "a"), "part"]
    both = cooccurrents(tokens, "a", by=["of", "doc"])["part"]
    assert both.drop_duplicates().tolist() == ["x · d1", "y · d2"]
    nothing = cooccurrents(tokens.head(0), "a", by="of")
    assert [*nothing] == [*found]
    assert nothing.dtypes.astype(str).to_dict() == found.dtypes.astype(str).to_dict()
    with pytest.warns(UserWarning, match="'zzz' does not occur as a type"):
        assert cooccurrents(tokens, "zzz", by="of").empty

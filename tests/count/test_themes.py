"""Themes of the seed as read by hand, each rule on an invented sentence, intervals recounted."""

from __future__ import annotations

from io import StringIO

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import open_corpus
from helpers.count import theme_audit, theme_fit, theme_hits, theme_lexicon, theme_profile
from helpers.count.themes import MANY
from helpers.plot.looks import THEMES, theme_look
from helpers.show import marked
from tests.count.test_matching import annotated

# The seed, read by hand: theme and passage, paragraph by paragraph.
READ = {
    1: "institution Directeur · institution Sûreté Nationale · institution DGSN · "
    "institution Surveillance du Territoire · institution DGST · diplomacy reçu · place Rabat · "
    "institution Administratrice · institution Sûreté de l’Etat · place belge · diplomacy visite · "
    "place Royaume · diplomacy à la tête d’ · legitimation importante · diplomacy délégation · "
    "security sécuritaire",
    2: "diplomacy communiqué · institution Pôle · institution DGSN-DGST · diplomacy réunion · "
    "diplomacy passer en revue · security sécurité intérieure · cooperation commun · place Maroc · "
    "place Belgique · response contrecarrer · threat menaces · threat risques · threat terroristes · "
    "place régional · place international · place subsaharienne · place Sahel",
    3: "place belge · legitimation s’est félicitée · growth niveau · legitimation distingué · "
    "legitimation avancé · cooperation coopération · security sécuritaire · institution services · "
    "security sécurité · place marocains · response lutte · threat terrorisme · threat extrémisme · "
    "growth volonté · growth consolider · growth développer · cooperation coopération · "
    "purpose de manière à · response neutraliser · threat menaces · threat guettent · security sécurité",
    4: "diplomacy parties · legitimation importance · growth élargir · cooperation coopération · "
    "cooperation bilatérale · institution services · security sécurité intérieure · "
    "growth faciliter · cooperation échange · cooperation partage · legitimation expertises · "
    "purpose afin de · growth hisser · growth niveau · cooperation partenariat · "
    "security sécuritaire · place Maroc · place Belgique",
    5: "diplomacy rencontre · diplomacy s’inscrit dans le cadre · diplomacy entretiens · "
    "institution Directeur · institution Sûreté Nationale · institution Surveillance du Territoire · "
    "cooperation homologues · diplomacy pays amis et frères · purpose en vue de · growth développer · "
    "cooperation coopération · security policier · growth raffermir · cooperation coordination · "
    "security sécurité intérieure · threat menaces · threat émergentes",
    6: "diplomacy visites · legitimation illustre · legitimation privilégiée · place Royaume · "
    "place Maroc · response lutte · threat terrorisme · place internationale · legitimation traduit · "
    "legitimation crédibilité · legitimation jouissent · institution services · security sécurité · "
    "place marocains · cooperation partenaires · place européens · legitimation acteur · "
    "legitimation clé · cooperation communs · purpose visant à · response préserver · "
    "security sécurité · security stabilité · place mondiales",
}

# An invented sentence, and the hits that it has: nothing else in it is one.
SENTENCES = {
    "L’illustre savant a pris place au premier rang.": "",
    "Cette exposition illustre un usage ancien.": "legitimation illustre",
    "Ils ont pris place selon un plan tout simple.": "",
    "Le secrétaire général a lu une lettre.": "",
    "Le pont est construit au niveau de la gare.": "",
    "Le niveau des échanges monte.": "growth niveau · cooperation échanges",
    "Une grande partie de la récolte a séché.": "",
    "Les deux parties ont signé.": "diplomacy parties",
    "La ville fait partie de la côte.": "",
    "Elles sont parties hier en bus.": "",
    "Un agent de la Surveillance du Territoire est venu.": "institution Surveillance du Territoire",
    "Un village du territoire a brûlé.": "place territoire",
    "La Sûreté de l’État enquête.": "institution Sûreté de l’État",
    "La sûreté des barrages inquiète.": "security sûreté",
    "Le bus part en direction de la gare.": "",
    "Elle s’est vivement félicitée du résultat.": "legitimation s’est vivement félicitée",
    "Ils se sont félicités du résultat.": "legitimation se sont félicités",
    "Elle a félicité les lauréats.": "",
    "La fête s’inscrit aussi dans le cadre du festival.": "diplomacy s’inscrit aussi dans le cadre",
    "Elle marche à la tête des coureurs.": "diplomacy à la tête des",
    "Il travaille afin d’aider ses voisins.": "purpose afin d’",
    "Il travaille pour aider ses voisins.": "purpose pour",
    "Il travaille pour ses voisins.": "",
    "Elle achète du pain en vue d’une fête.": "purpose en vue d’",
    "Il dessine une loi visant à simplifier la vie.": "purpose visant à",
    "La troupe a avancé de dix mètres.": "",
    "Un statut avancé a été obtenu.": "legitimation avancé",
    "Le trafic routier reprend ce matin.": "",
    "Le trafic de tabac reprend ce matin.": "threat trafic",
    "Il est au service de ses voisins.": "",
    "Les pays amis et frères votent.": "diplomacy pays amis et frères",
    "La directrice et les administratrices votent.": "institution directrice · institution administratrices",
    "Les villes européennes votent.": "place européennes",
}


def spelled(hits: pd.DataFrame, text: str) -> list[str]:
    return [f"{row.theme} {text[row.start : row.end]}" for row in hits.itertuples()]


@pytest.fixture(scope="module")
def seed_hits(seed):
    return theme_hits(seed.tokens)


@pytest.fixture(scope="module")
def invented(tmp_path_factory):
    """One text, a paragraph for each invented sentence."""
    folder, cache = tmp_path_factory.mktemp("invented"), tmp_path_factory.mktemp("cache")
    (folder / "a.txt").write_text(" date 2024-11 " + "\n\n".join(SENTENCES), "utf-8")
    return open_corpus(folder, cache=cache)


@pytest.mark.parametrize("par", READ)
def test_the_seed_is_read_as_a_reader_does(seed, seed_hits, par):
    text = seed.documents["text"][0]
    assert spelled(seed_hits[seed_hits["par"] == par], text) == READ[par].split(" · ")


@pytest.mark.parametrize("sentence", SENTENCES)
def test_each_rule_on_an_invented_sentence(invented, sentence):
    hits = theme_hits(invented.tokens)
    here = hits[hits["par"] == list(SENTENCES).index(sentence) + 1]
    expected = SENTENCES[sentence].split(" · ") if SENTENCES[sentence] else []
    assert spelled(here, invented.documents["text"][0]) == expected


def test_the_seed_moves_from_ritual_to_threat_to_cooperation_to_praise(seed, seed_hits):
    profile = theme_profile(seed_hits, seed.tokens, by=["doc", "par"])
    densest = profile.sort_values("per_thousand").groupby("theme", observed=True)["par"].last()
    moves = densest[["diplomacy", "threat", "cooperation", "legitimation"]]
    assert moves.tolist() == [1, 3, 4, 6]


def test_hits_are_a_table_in_reading_order(seed, seed_hits):
    columns = ["theme", "entry", "doc", "par", "sent", "start", "end", "instead_of"]
    assert list(seed_hits) == columns
    assert seed_hits["start"].is_monotonic_increasing
    assert (seed_hits["start"].to_numpy()[1:] >= seed_hits["end"].to_numpy()[:-1]).all()
    assert set(seed_hits["theme"]) == set(THEMES)
    pd.testing.assert_frame_equal(seed_hits, theme_hits(seed.tokens, theme_lexicon()))


def test_an_overlap_is_counted_once_and_told():
    tokens = annotated("sécurité/sécurité/NOUN intérieure/intérieur/ADJ")
    table = pd.DataFrame(
        {"theme": ["a", "b", "a"], "entry": ["sécurité", "sécurité intérieure", "intérieur"]}
    )
    hits = theme_hits(tokens, table)
    assert hits["entry"].tolist() == ["sécurité intérieure"]
    assert hits["instead_of"].tolist() == ["a: sécurité; a: intérieur"]
    bare = hits.drop(columns="instead_of")
    assert theme_audit(bare, tokens.assign(is_function=False)).overlaps.empty
    coverage, overlaps, unmatched, _, silent = theme_audit(
        hits, tokens.assign(is_function=False), lexicon=table
    )
    assert coverage["share"].item() == 1
    assert unmatched.empty
    assert overlaps.to_numpy().tolist() == [["b", "a", 2]]
    assert silent["entry"].tolist() == ["sécurité", "intérieur"]
    assert silent[["line", "lost"]].to_numpy().tolist() == [[2, 1], [4, 1]]


def test_an_entry_of_no_theme_keeps_its_words_from_others():
    tokens = annotated("au/à/ADP niveau/niveau/NOUN le/le/DET niveau/niveau/NOUN")
    table = pd.DataFrame({"theme": ["growth", "none"], "entry": ["niveau", "au niveau"]})
    hits = theme_hits(tokens, table)
    assert hits["start"].tolist() == [13]
    assert hits["theme"].tolist() == ["growth"]
    tokens["is_function"] = False
    assert theme_audit(hits, tokens, lexicon=table).silent.empty


def test_a_row_given_twice_is_one_row():
    tokens = annotated("menace/menace/NOUN")
    hits = theme_hits(tokens, pd.DataFrame({"theme": ["t", "t"], "entry": ["menace", "menace"]}))
    assert hits["instead_of"].tolist() == [""]


LETTERS = "abc"
texts = st.lists(
    st.tuples(st.sampled_from(LETTERS), st.sampled_from(("NOUN", "ADV"))), min_size=1, max_size=30
)
rows = st.lists(
    st.tuples(
        st.sampled_from(("x", "y", "none")),
        st.lists(st.sampled_from(LETTERS), min_size=1, max_size=3).map(" ".join),
        st.sampled_from(("", "form", "lemma", "participle")),
    ),
    max_size=6,
)


@settings(max_examples=25, deadline=None)
@given(texts, rows)
def test_hits_never_overlap_lead_back_and_hold_their_entry(text, listed):
    tokens = annotated(" ".join(f"{word}/{word}/{pos}" for word, pos in text)).assign(
        is_function=False
    )
    table = pd.DataFrame(listed, columns=["theme", "entry", "unit"])
    hits = theme_hits(tokens, table)
    written = " ".join(word for word, _ in text)
    assert (hits["start"].to_numpy()[1:] >= hits["end"].to_numpy()[:-1]).all()
    assert not (hits["theme"] == "none").any()
    for hit in hits.itertuples():
        passage = written[hit.start : hit.end].split()
        assert passage[0] == hit.entry.split()[0]
        assert passage[-1] == hit.entry.split()[-1]
    covered = sum(len(written[hit.start : hit.end].split()) for hit in hits.itertuples())
    assert theme_audit(hits, tokens).coverage["n_covered"].item() == covered
    profile = theme_profile(hits, tokens, by="sent")
    assert profile["f"].sum() == len(hits)


def test_tokens_without_lemmas_say_how_to_get_them(tokens):
    with pytest.raises(ValueError, match="annotate=True"):
        theme_hits(tokens)
    with pytest.raises(ValueError, match="'lemma'"):
        theme_hits(tokens.drop(columns="lemma"))


@pytest.mark.parametrize("by", [None, "doc", ["doc", "par"]])
def test_an_empty_corpus_has_empty_tables_and_undefined_shares(seed, seed_hits, by):
    none = seed.tokens.head(0)
    hits = theme_hits(none)
    assert hits.empty
    pd.testing.assert_series_equal(hits.dtypes, seed_hits.dtypes)
    profile = theme_profile(hits, none, by=by)
    assert profile.dtypes.equals(theme_profile(seed_hits, seed.tokens, by=by).dtypes)
    assert profile[["per_thousand", "low", "high"]].isna().all(axis=None)
    audit = theme_audit(hits, none)
    assert audit.coverage[["n_content", "n_covered"]].to_numpy().tolist() == [[0, 0]]
    assert audit.coverage["share"].isna().all()
    assert audit.overlaps.empty
    assert audit.unmatched.empty
    assert audit.ambiguous.empty
    assert len(audit.silent) == (theme_lexicon()["theme"] != "none").sum()


def test_an_empty_list_has_no_hits(seed):
    table = pd.DataFrame({"theme": [], "entry": []})
    hits = theme_hits(seed.tokens, table)
    assert hits.empty
    assert theme_profile(hits, seed.tokens, by="par", lexicon=table).empty
    assert theme_audit(hits, seed.tokens).coverage["n_covered"].item() == 0


# The list itself.


def test_our_list_has_the_ten_themes_in_their_order():
    table = theme_lexicon()
    assert [*THEMES, "none"] == table["theme"].unique().tolist()
    assert table["line"].tolist() == list(range(2, len(table) + 2))
    assert set(table["file"]) == {"themes.csv"}
    assert not table.duplicated(["theme", "entry"]).any()


def test_a_researchers_file_adds_rows_and_its_lines_are_named(seed, tmp_path, word_lists):
    (tmp_path / "themes.csv").write_text(
        "theme;entry;pos\nécole;maître;\n\nécole;leçon;NOM\nécole\nplace;région;NOUN\n", "utf-8"
    )
    word_lists(tmp_path)
    hits = theme_hits(seed.tokens)
    assert "région" in set(hits["entry"])
    assert theme_profile(hits, seed)["theme"].tolist() == [*THEMES, "école"]
    silent = theme_audit(hits, seed.tokens).silent
    own = silent[silent["file"] == "LEXICONS/themes.csv"]
    assert own[["theme", "entry", "line"]].to_numpy().tolist() == [["école", "maître", 2]]
    issues = open_corpus(annotate=False).issues
    assert issues.loc[issues["file"] == "themes.csv", "message"].tolist() == [
        "themes.csv, line 4, has the part of speech 'NOM'; it may be NOUN, VERB, ADJ, … "
        "(Universal Dependencies)",
        "themes.csv, line 5, is not theme,entry,unit,pos,note",
    ]


@pytest.mark.parametrize(
    "content",
    [
        'theme,entry\nx,"' + "a" * 140_000,
        "theme,entry,unit\nx,a,lemme\n",
        "theme,entry\n<b>,$x$ `y` <script>\nx: y; z,; : ;\n",
        "theme,entry\nx,...\nx,(\nx,*\nx,\\\nx,[a\n",
        "theme,entry\n" + "none,sécurité\n" * 3,
    ],
)
def test_a_hostile_file_stops_nothing(seed, tmp_path, word_lists, content):
    (tmp_path / "themes.csv").write_text(content, "utf-8")
    word_lists(tmp_path)
    hits = theme_hits(seed.tokens)
    assert len(hits) > 100
    assert theme_audit(hits, seed.tokens).coverage["share"].item() > 0.6
    assert "<script" not in marked(seed, hits).marked


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"theme": ["a"]}, "'entry'"),
        ({"theme": ["a"], "entry": ["b"], "unit": ["lemme"]}, "line 2, 'b' has the unit 'lemme'"),
        ({"theme": ["a"], "entry": ["b"], "pos": ["NOUN X Z:obj"]}, "part of speech 'Z:obj'"),
    ],
)
def test_a_table_that_cannot_be_read_names_the_value(seed, table, message):
    with pytest.raises(ValueError, match=message):
        theme_hits(seed.tokens, pd.DataFrame(table))


# Profiles and their ranges.


def corpus_of(n_docs: int, *, n_pars: int = 3, seed: int = 1) -> pd.DataFrame:
    """Texts of paragraphs of two sentences of 5 to 9 words, of which some are x or y."""
    random = np.random.default_rng(seed)
    rows = []
    for doc in range(n_docs):
        at = 0
        for sent in range(2 * n_pars):
            for word in random.choice(list("xyooo"), random.integers(5, 10)):
                rows.append((f"d{doc:03}", sent // 2 + 1, sent + 1, at, at + 1, word))
                at += 2
    table = pd.DataFrame(rows, columns=["doc", "par", "sent", "start", "end", "lemma"])
    table = table.assign(form=table["lemma"], type=table["lemma"], pos="NOUN", kind="word")
    return table.assign(is_function=table["lemma"] == "o")


X_AND_Y = pd.DataFrame({"theme": ["X", "Y", "Z"], "entry": ["x", "y", "never"]})


def rate(tokens: pd.DataFrame, theme: str) -> float:
    return 1000 * (tokens["lemma"] == theme.lower()).mean()


def recounted(tokens: pd.DataFrame, theme: str, column: str) -> tuple[float, float]:
    """The least and the greatest rate with one of the parts of the texts left out."""
    parts = tokens.groupby(["doc", column]).ngroup()
    rates = [rate(tokens[parts != part], theme) for part in parts.unique()]
    return min(rates), max(rates)


@pytest.mark.parametrize("n_docs", [1, 2, 4, 5, MANY - 1])
def test_below_twenty_texts_each_paragraph_is_left_out(n_docs):
    tokens = corpus_of(n_docs)
    profile = theme_profile(theme_hits(tokens, X_AND_Y), tokens, by=None)
    for row in profile.itertuples():
        low, high = recounted(tokens, row.theme, "par")
        assert (row.low, row.high) == pytest.approx((low, high))
        assert row.low <= row.per_thousand <= row.high
        assert row.per_thousand == pytest.approx(rate(tokens, row.theme))


def test_of_one_paragraph_each_sentence_is_left_out():
    tokens = corpus_of(2)
    profile = theme_profile(theme_hits(tokens, X_AND_Y), tokens, by=["doc", "par"])
    for row in profile.itertuples():
        part = tokens[(tokens["doc"] == row.doc) & (tokens["par"] == row.par)]
        assert (row.low, row.high) == pytest.approx(recounted(part, row.theme, "sent"))


def test_where_nothing_can_be_left_out_there_is_no_range(seed, seed_hits):
    profile = theme_profile(seed_hits, seed.tokens, by=["doc", "par"])
    assert len(profile) == len(THEMES) * 6
    assert profile[["low", "high"]].isna().all(axis=None)


@pytest.mark.parametrize("by", [None, "half"])
def test_from_twenty_texts_texts_are_drawn_anew(by):
    tokens = corpus_of(MANY + 5)
    tokens["half"] = np.where(tokens["doc"] < "d003", "first", "second")
    profile = theme_profile(theme_hits(tokens, X_AND_Y), tokens, by=by)
    many = tokens if by is None else tokens[tokens["half"] == "second"]
    shown = profile if by is None else profile[profile["half"] == "second"]
    docs = [group["lemma"].to_numpy() for _, group in many.groupby("doc")]
    drawn = np.random.default_rng(0).integers(len(docs), size=(1000, len(docs)))
    for row in shown.itertuples():
        rates = []
        for sample in drawn:
            words = np.concatenate([docs[doc] for doc in sample])
            rates.append(1000 * (words == row.theme.lower()).mean())
        assert (row.low, row.high) == pytest.approx(tuple(np.quantile(rates, [0.025, 0.975])))
    if by:  # three texts: their paragraphs are left out
        first = tokens[tokens["half"] == "first"]
        low, high = recounted(first, "X", "par")
        assert profile.iloc[0][["low", "high"]].tolist() == pytest.approx([low, high])


def test_samples_depend_on_their_seed_alone():
    tokens = corpus_of(MANY)
    hits = theme_hits(tokens, X_AND_Y)
    whole = theme_profile(hits, tokens, by=None)
    pd.testing.assert_frame_equal(theme_profile(hits, tokens, by=None), whole)
    other = theme_profile(hits, tokens, by=None, random_state=1)
    assert (other["low"] != whole["low"]).any()


def test_equal_texts_have_an_interval_without_width():
    tokens = pd.concat([corpus_of(1).assign(doc=f"d{i:02}") for i in range(MANY)])
    profile = theme_profile(theme_hits(tokens, X_AND_Y), tokens, by=None)
    assert profile["low"].tolist() == pytest.approx(profile["per_thousand"].tolist())
    assert profile["high"].tolist() == pytest.approx(profile["per_thousand"].tolist())


def test_every_theme_stands_beside_every_part():
    tokens = corpus_of(3)
    profile = theme_profile(theme_hits(tokens, X_AND_Y), tokens, by="doc", lexicon=X_AND_Y)
    assert profile["theme"].tolist() == ["X"] * 3 + ["Y"] * 3 + ["Z"] * 3
    assert profile["doc"].tolist() == ["d000", "d001", "d002"] * 3
    assert profile.loc[profile["theme"] == "Z", ["f", "per_thousand"]].eq(0).all(axis=None)


def test_a_part_of_the_tokens_counts_its_own_hits(seed, seed_hits):
    last = seed.tokens[seed.tokens["par"] == 6]
    whole = theme_profile(seed_hits, seed.tokens, by="par")
    part = theme_profile(seed_hits, last, by="par")
    same = whole[whole["par"] == 6].reset_index(drop=True)
    pd.testing.assert_frame_equal(part, same)


def test_hits_may_come_from_a_file(seed, seed_hits):
    written = pd.read_csv(StringIO(seed_hits.to_csv(index=False)), keep_default_na=False)
    pd.testing.assert_frame_equal(theme_profile(written, seed), theme_profile(seed_hits, seed))


def test_a_part_without_words_has_no_rate():
    tokens = corpus_of(2).assign(kind=lambda t: np.where(t["doc"] == "d001", "punct", "word"))
    profile = theme_profile(theme_hits(tokens, X_AND_Y), tokens, by="doc")
    empty = profile[profile["doc"] == "d001"]
    assert empty["f"].eq(0).all()
    assert empty[["per_thousand", "low", "high"]].isna().all(axis=None)


# The audit.


def test_the_audit_counts_what_has_no_theme():
    tokens = corpus_of(2)
    hits = theme_hits(tokens, X_AND_Y.iloc[[0, 2]])
    audit = theme_audit(hits, tokens, lexicon=X_AND_Y.iloc[[0, 2]])
    f = tokens["lemma"].value_counts()
    n_content = f["x"] + f["y"]
    assert audit.coverage.to_numpy().tolist() == [[n_content, f["x"], f["x"] / n_content]]
    assert audit.unmatched.to_numpy().tolist() == [["y", "NOUN", f["y"]]]
    assert audit.silent.to_numpy().tolist() == [["Z", "never", "table", 3, 0]]


def test_an_entry_of_several_parts_of_speech_is_told_with_those_noted():
    tokens = annotated("part/part/NOUN part/part/VERB clé/clé/NOUN mot/mot/NOUN")
    notes = ["", "ambiguous: of a door", "seen once"]
    table = pd.DataFrame({"theme": "t", "entry": ["part", "clé", "mot"], "note": notes})
    tokens["is_function"] = False
    audit = theme_audit(theme_hits(tokens, table), tokens, lexicon=table)
    assert audit.ambiguous.to_numpy().tolist() == [
        ["t", "part", 2, "NOUN VERB", ""],
        ["t", "clé", 1, "NOUN", "ambiguous: of a door"],
    ]


def test_the_audit_of_the_seed_adds_up(seed, seed_hits):
    audit = theme_audit(seed_hits, seed.tokens)
    size = audit.coverage.iloc[0]
    assert size["n_content"] - size["n_covered"] == audit.unmatched["f"].sum()
    assert 0.65 < size["share"] < 0.8
    assert audit.unmatched["f"].is_monotonic_decreasing
    found = set(zip(seed_hits["theme"], seed_hits["entry"], strict=True))
    listed = theme_lexicon().query("theme != 'none'")
    assert len(found) + len(audit.silent) == len(listed)


def test_ours_fits_by_what_it_covers_and_a_theme_of_ones_own_by_its_hits(seed, seed_hits):
    themes = theme_fit(seed_hits, seed.tokens)
    assert themes["f"].sum() == len(seed_hits)
    assert themes.loc[0, ["theme", "n_docs", "entry", "f_entry"]].tolist() == [
        "place",
        1,
        "Maroc",
        3,
    ]
    assert themes["fits"].all()
    bare = theme_fit(seed_hits.query("theme == 'place'"), seed.tokens)
    assert bare["fits"].tolist() == [False]
    word = annotated("mot/mot/NOUN mot/mot/NOUN mot/mot/NOUN").assign(is_function=False)
    table = pd.DataFrame({"theme": ["t"], "entry": ["mot"]})
    for n, fewer, fits in ((19, 0, False), (20, 11, False), (20, 10, True)):
        tokens = pd.concat([word.assign(doc=f"t{i}") for i in range(n)], ignore_index=True)
        hits = theme_hits(tokens, table).sort_values("start", kind="stable")[fewer:]
        assert theme_fit(hits, tokens, lexicon=table)["fits"].tolist() == [fits]


def test_the_audit_of_tokens_without_lemmas_says_what_to_do(seed, seed_hits):
    bare = seed.tokens.assign(lemma=pd.Categorical([None] * len(seed.tokens)))
    with pytest.raises(ValueError, match="annotate=True"):
        theme_audit(seed_hits, bare)


# The text, marked.


def test_a_text_is_shown_with_its_themes(seed, seed_hits):
    shown = marked(seed, seed_hits).marked
    counts = seed_hits["theme"].value_counts()
    for theme, (letter, _, _) in THEMES.items():
        assert shown.count(f"<sub>&thinsp;{letter}</sub>") == counts[theme] + 1  # and in the legend
    text = seed.documents["text"][0]
    one = seed_hits.iloc[[0]]
    assert f">{text[one['start'].item() : one['end'].item()]}</strong><sub>&thinsp;I</sub>" in shown


def test_ten_themes_have_ten_letters_and_ten_colours():
    letters, colours, _ = zip(*THEMES.values(), strict=True)
    assert len(set(letters)) == len(set(colours)) == 10
    assert theme_look("<b>")[0] == "<b>"
    assert theme_look("école")[0] == "éco"

"""Words, numbers, marks and sentences, by orthography alone."""

from __future__ import annotations

import json
import random
import unicodedata
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.read.french import normalise, sentence_starts, token_kind, tokenise, word_type
from helpers.read.words import parse_batch

FIXTURES = Path(__file__).parent.parent / "fixtures"
TRICKY = json.loads((FIXTURES / "tricky.json").read_text("utf-8"))
# What breaks tokenisers: every apostrophe, space and hyphen, marks, quotes, digits, letters of
# several scripts.
HOSTILE = "aàÀéÉœ'’‘ʼ -‐‑–—.…,;:!?«»“”\"()[]0123456789%€°@#/\\<>&$`_\u00a0\u202f\u2009\u00ad\u200b\ufeff\u0301\u0327\n\r\t√ßİيаМ中🙂"


def forms(text: str) -> list[str]:
    return [text[start:end] for start, end in tokenise(text)]


def sentences(text: str) -> list[str]:
    starts = sentence_starts(text)
    return [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


@pytest.mark.parametrize("case", TRICKY, ids=lambda case: case["id"])
def test_tricky_words_and_sentences(case):
    assert forms(case["text"]) == case["tokens"]
    assert sentences(case["text"]) == case["sentences"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« l’« accord » »", "« l’ « accord » »"),
        ("d'abord à Val-d'Oise, main-d’œuvre", "d' abord à Val-d'Oise , main-d’œuvre"),
        ("N'Djamena, O’Brien et Sana'a", "N'Djamena , O’Brien et Sana'a"),
        (
            "Kim Jong-il va-t-il ? Dit-on. Allez-vous-en !",
            "Kim Jong-il va -t-il ? Dit -on . Allez -vous -en !",
        ),
        ("celui-là, cette ville-là, là-bas", "celui-là , cette ville -là , là-bas"),
        ("va-t'en, donne-m’en", "va -t' en , donne -m’ en"),
        ("M. P. Dr. Alami, MM. Ba et Cé.", "M. P. Dr. Alami , MM. Ba et Cé ."),
        ("le plan B.", "le plan B ."),
        ("p. 12 et p. après", "p. 12 et p . après"),
        ("48 av. J.-C. environ", "48 av. J.-C. environ"),
        (
            "F-16, Covid-19, G20, 18h30, 1er, XXe, 2020-15",
            "F-16 , Covid-19 , G20 , 18h30 , 1er , XXe , 2020-15",
        ),
        ("1 250 000 et 12 000,5 € ou 3,5 %", "1 250 000 et 12 000,5 € ou 3,5 %"),
        ("#Rabat @presse et/ou km/h", "#Rabat @presse et / ou km / h"),
        ("a...b…", "a ... b …"),
        ("L’État, aujourd’hui", "L’ État , aujourd’hui"),
        (
            "(www.exemple.org/a). presse@exemple.org.",
            "( www.exemple.org/a ) . presse@exemple.org .",
        ),
        ("M’hamed, M'barek et N’diaye, M'HAMED", "M’hamed , M'barek et N’diaye , M'HAMED"),
        ("N’hésitez pas, on m’honore, N’y va", "N’ hésitez pas , on m’ honore , N’ y va"),
        ("Sidi-M’hamed", "Sidi-M’hamed"),
        ("1’000 francs, 1'250'000.50 CHF", "1’000 francs , 1'250'000.50 CHF"),
        ("à 20H30, 3,5km, les 19es", "à 20H30 , 3,5km , les 19es"),
        ("Selon Lejournal.ma, CNN.com. Fini.", "Selon Lejournal.ma , CNN.com . Fini ."),
        ("l’express.fr et france-info.fr", "l’ express.fr et france-info.fr"),
        ("étudiant·e·s tous•tes citoyen‧ne‧s", "étudiant·e·s tous•tes citoyen‧ne‧s"),
        ("citoyen.ne.s, élu.e.s.", "citoyen.ne.s , élu.e.s ."),
        ("(élu(e)s) ou ami(e) (oui)", "( élu(e)s ) ou ami(e) ( oui )"),
        ("le mot مُحَمَّد ici", "le mot مُحَمَّد ici"),
        ("la S.A.R.L est là, aux U.S.A aussi", "la S.A.R.L est là , aux U.S.A aussi"),
        ("deux ans, c.-à-d. vingt mois", "deux ans , c.-à-d. vingt mois"),
        ("l´école, d`Alger", "l´ école , d` Alger"),
        ("\u2060Le pont, fini.\u200f", "\u2060Le pont , fini .\u200f"),
        ("👍🏽 👨\u200d👩\u200d👧 🇲🇦🇫🇷", "👍🏽 👨\u200d👩\u200d👧 🇲🇦 🇫🇷"),
        ("poli\u00ad\ntique, poli-\ntique", "poli\u00ad\ntique , poli - tique"),
        ("le pont -- neuf", "le pont -- neuf"),
        # An apostrophe inside a name, and before a word that is elided.
        ("T’hami, S’rira, D’Jamel, T'HAMI", "T’hami , S’rira , D’Jamel , T'HAMI"),
        ("Sidi-T’hami, D’jerba, T’kout", "Sidi-T’hami , D’jerba , T’kout"),
        ("J’suis, T’sais, S’rait, D’la", "J’ suis , T’ sais , S’ rait , D’ la"),
        ("T’habites, S’hydrater, D’hier", "T’ habites , S’ hydrater , D’ hier"),
        ("D’Haïti, D’HLM, S’il, T’as, D’jà", "D’ Haïti , D’ HLM , S’ il , T’ as , D’ jà"),
        # A pronoun after its verb, wherever a blank or an apostrophe stands for a hyphen.
        ("a t-il, a-t’il, a t’il, a-t il", "a t-il , a -t’il , a t’il , a -t il"),
        ("A t-elle parlé ? Viendra-t’on ?", "A t-elle parlé ? Viendra -t’on ?"),
        ("t’en va, t-shirt, la Ford-T est, t’es", "t’ en va , t-shirt , la Ford-T est , t’ es"),
        # Ç’ is elided; a few compounds hold what looks elided.
        ("Ç’a été, ç’aurait pu", "Ç’ a été , ç’ aurait pu"),
        ("jusqu’au-boutisme, jusqu’au bout", "jusqu’au-boutisme , jusqu’ au bout"),
        ("le qu’en-dira-t-on, qu’en dit-on", "le qu’en-dira-t-on , qu’ en dit -on"),
        ("je-m’en-foutisme, jusqu’au-boutistes", "je-m’en-foutisme , jusqu’au-boutistes"),
        # Titles, firms, first names cut short.
        ("le Pdt. Tazi, l’Adj. Ba, le dr. Cé", "le Pdt. Tazi , l’ Adj. Ba , le dr. Cé"),
        ("Ph. Martin, Md. Ba, Th. Cé", "Ph. Martin , Md. Ba , Th. Cé"),
        ("La Cie. Brava, Bros. (Fès) et Cie.", "La Cie. Brava , Bros. ( Fès ) et Cie ."),
        # Names of sites, with their paths.
        ("lefanal.cd, Spiegel.de, bbc.co.uk", "lefanal.cd , Spiegel.de , bbc.co.uk"),
        ("(fanal.fr/a-1.html), ma.ci/b/c.", "( fanal.fr/a-1.html ) , ma.ci/b/c ."),
        ("fanal.fr/AFP, 12.km, le.de", "fanal.fr / AFP , 12 . km , le . de"),
        ("C’est fini.il part.De là", "C’ est fini . il part . De là"),
        # Two single marks are one.
        ("''Le pont'', ’’le port’’", "'' Le pont '' , ’’ le port ’’"),
        ("``un mot’’ et ,,un mot''", "`` un mot ’’ et ,, un mot ''"),
        ("le pont,, neuf", "le pont , , neuf"),
        # Both genders with a slash or a hyphen.
        ("auditeur/trice, étudiant/e/s, un/e", "auditeur/trice , étudiant/e/s , un/e"),
        ("instituteurs(-trices)", "instituteurs(-trices)"),
        ("lui/elle, le/la, les/le, leurs/ses", "lui / elle , le / la , les / le , leurs / ses"),
        ("1️⃣ 🏴\U000e0067\U000e0062\U000e007f #1", "1️⃣ 🏴\U000e0067\U000e0062\U000e007f #1"),
        ("la s.a.r.l Ba, l’o.n.u", "la s.a.r.l Ba , l’ o.n.u"),
        ("le p.-d.g. Ba, q.-à-d. deux", "le p.-d.g. Ba , q.-à-d. deux"),
    ],
)
def test_one_rule_of_the_tokeniser_each(text, expected):
    assert " ".join(forms(text)) == expected


# Sentences, parted by bars; ⏎ ends a line.
CUT = """\
Trois points. | 1. Le budget. | 2. La route. | 3. Le pont.
1. Le budget est voté. | 2. La route attend.
1.1. Le budget. | 1.2. La route.
12. Le maire signe. | 13. Il part.
I. Le budget. | II. La route. | III. Le pont. | IV. La gare.
A. Le budget. | B. La route.
a. Le budget. | b. La route.
a) Le budget. | b) La route. | c) Le pont.
(a) Le budget. | (b) La route.
1) Le budget. | 2) La route.
1° Le budget. | 2° La route.
§ 3 du texte. | 1. Le maire signe.
« 1. Le budget. » | « 2. La route. »
Ordre du jour : 1. Le budget ; 2. La route ; 3. Le pont.
1. Le budget⏎| 2. La route⏎| 3. Le pont
1) Le budget ;⏎| 2) La route ;⏎| 3) Le pont.
a) le budget,⏎| b) la route,⏎| c) le pont
- le budget⏎| - la route⏎| - le pont
• Le budget⏎| • La route
– Le budget ;⏎| – La route.
Trois mesures :⏎| - une route⏎| - un pont⏎| Le maire est content.
1 - Le budget⏎| 2 - La route
Il en reste 3. | Le maire part.
Il gagne 2 à 1. | La foule crie.
Il cite l’art. 12. | Le juge répond.
Voir p. 12. | Le reste suit.
Né en 1989. | Il part.
1989. | Le mur tombe.
Le groupe en compte 12 ou 13. | Il en veut plus.
Il habite avenue Mohammed V. | Les voisins le savent.
Sous Mohammed V. | Le Maroc change.
C’est le plan B. | Il échoue.
La vitamine C. | Elle est utile.
Le livre de J. Le Goff plaît. | Il se vend.
J.-M. Le Hir écrit.
L’O.N.U. | Le Maroc vote.
La S.A.R.L. Dupont vend.
G.B.J. Dreyfo et K.A. Vosek aiment A. Tazi.
Mme. Alami et Mlle. Ba sont là. | Elles partent.
Le Gén. Alami et le Prof. Tazi parlent.
Vers 800 apr. J.-C. | César est mort.
La filiale de Brava Inc. (« BPP »), vendue hier, ferme.
La 3e éd. Tazi paraît.
Le match est fini.\u200f | Le public sort.
Le match est fini. | \u200fLe public sort.
Bravo ! 😀 | Le public sort.
Bravo !👏👏 | Le public sort.
– Oui. | – Non. | – Peut-être.
— Venez-vous ? | — Non. | — Pourquoi ?
-- Oui. | -- Non.
– Oui⏎| – Non⏎| – Peut-être
LE MINISTRE VISITE LE PONT⏎| Le ministre a visité le pont neuf de la ville.
Un pont neuf⏎| Par Karim Tazi⏎| Le maire a inauguré le pont. | Il a parlé.
La gare rouvre⏎| Le port ferme⏎| Le maire s’explique
Le maire a rencontré hier les habitants du quartier, puis il a salué⏎Karim Tazi, qui revenait avec les élus de la commune du⏎nord.
Le maire et les⏎Habitants partent.
Le match est fini.| Le public sort.| Karim Tazi reste.
Est-ce fini ?| Le public sort.
C’est fini !| Le public… sort.
« C’est fini ».| L’équipe sort.
C’est fini.»| La foule sort.
Il est à Fès.| Le maire part.
C’était en 2024.| Le public sort.
Il vote à l’ONU.| Le pays gagne.
C’est fini.| M. Tazi sort.
C’est fini.| À Rabat, on sort.
Du pain, etc.| Le public sort.
M.Dupont, Mme.Alami, A.Benali, J.-P.Martin et Jean.Tazi vont à la S.A.R.L.Ba.
Le 12.Mars, www.Site.Fr, Site.Com et Lejournal.Ma, puis jean.Tazi@ex.org, ont dit http://a.fr/fini.Le/public.
Le fichier rapport.Pdf et l’art.II sont là.
<< Il part. >> | << Elle reste. >>
Il part. | „Elle reste.“
Il a salué le Dr.⏎Tazi et la ville.
Le plan B. | Chaque élu sort. | Le quai A. | Puis deux élus. | La vitamine C. | Pourtant il tousse.
Le plan B. | A Rabat, on sort. | Le lot C. | Aucun élu. | Le quai D. | Où aller ?
J. A. Tazi et A. N’Diaye saluent A. S’rira et B. Dupont.
L’Adj. Tazi, la Sté. Brava, Mme Vve. Ba, le Cap. Tazi et le Prés. Alami sortent.
Il vit au Cap. | Le maire part. | Il a vu le Pdt. | Elle sort. | Il sort des Prés. | Les gens restent.
Ph. Le Goff et Th. Martin vont Bd. Hassan II chez Corp. Maroc.
Il vend à Brava Corp. | Le groupe part.
En 48 av. J.C. | César est mort. | Vers 50 av. J.-C. | Karim régnait. | J.-C. Tazi écrit à J.C. Ba.
1°. Le budget. | 2°. La route.
Il fait 20°. | Le maire sort.
➢ Le pont ;⏎| ➢ La route.⏎| ✓ Le port.⏎| \uf0b7 Le lac.
Le p.-d.g. Tazi sort.
Art. 1. Le budget est voté. | Art. 2. La route attend.
Le code le dit. | Art. 3. Le maire décide.
Article 4. Le quai est fermé. | Chapitre II. La ville dort.
Chap. 2. La route, et fig. 3. | Le plan la montre.
N° 4. Le quai. | § 5. Le port.
Il s’agit de l’article 4. | Le maire le sait.
C’est fini.\u200b| Le public sort.\u200b| « Oui. »\u200b| Karim part.
C’est fini.| « Le public sort. »
M.\u200bTazi est là.
Env. 300 élus, réf. 23-45. | Elles crient.
Tél. : 05.22.33.44.55. | Le bureau ferme. | Dim. 3 mars. | Le bal ouvre."""


@pytest.mark.parametrize("line", CUT.split("\n"))
def test_sentences_are_cut_where_a_reader_cuts_them(line):
    parts = line.replace("⏎", "\n").split("| ")
    assert sentences("".join(parts)) == [part.strip() for part in parts]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Il part. Elle reste.", 2),
        ("M. Alami part. Mme Ba reste.", 2),
        ("L’O.N.U. Le secrétaire parle.", 2),
        ("J.-P. Martin parle à A. Benali.", 1),
        ("Il vit en 48 av. J.-C. Rome grandit.", 2),
        ("Art. 12 de la loi. Fin.", 2),
        ("Il dit : « Non ! » Elle part.", 2),
        ("Qui ? (Personne.) Rien.", 3),
        ("Il hésite… puis part.", 1),
        ("Le 25 nov. 2024 à Rabat.", 1),
        ("Note.[1] Suite.", 2),
        ("", 0),
        ("   ", 0),
    ],
)
def test_one_rule_of_the_sentence_splitter_each(text, count):
    assert len(sentence_starts(text)) == count


@pytest.mark.parametrize("character", "’‘ʼ‛′＇´`")
def test_apostrophes_become_plain_one_for_one(character):
    assert normalise(f"l{character}an") == "l'an"
    assert forms(f"l{character}an") == [f"l{character}", "an"]


@pytest.mark.parametrize(
    "character", "\u00a0\u202f\u2009\u2007\u2008\u2002\u2003\u2004\u2005\u2006\u200a\u205f\u3000"
)
def test_spaces_become_plain_one_for_one(character):
    assert normalise(f"1{character}500") == "1 500"
    assert forms(f"1{character}500 mots") == [f"1{character}500", "mots"]


@pytest.mark.parametrize("character", "‐‑")
def test_hyphens_become_plain_one_for_one(character):
    assert forms(f"dit{character}elle peut{character}être") == [
        "dit",
        f"{character}elle",
        f"peut{character}être",
    ]


@pytest.mark.parametrize(
    "mark", "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u061c\u202a\u2069"
)
def test_invisible_marks_stay_in_the_word_and_leave_the_type(mark):
    assert forms(f"sécu{mark}rité") == [f"sécu{mark}rité"]
    assert word_type(f"sécu{mark}rité") == "sécurité"


@pytest.mark.parametrize("word", ["sécurité", "Élysée", "œuvre", "ça", "aujourd’hui", "à"])
def test_a_decomposed_accent_belongs_to_its_letter(word):
    decomposed = unicodedata.normalize("NFD", word)
    assert forms(f"{decomposed} {decomposed}.") == [decomposed, decomposed, "."]
    assert word_type(decomposed) == word_type(word)


@pytest.mark.parametrize(
    ("form", "expected"),
    [("ﬁnance", "finance"), ("ﬂux", "flux"), ("eﬀet", "effet"), ("eﬃcace", "efficace"), ("1ᵉʳ", "1er"), ("XXᵉ", "xxe"),
     ("poli\u00ad\ntique", "politique"), ("poli\u00ad\r\n  tique", "politique"), ("élu‧e", "élu·e"), ("--", "—"), ("''", '"'), ("’’", '"'), ("t’il", "-t-il"), ("t-elles", "-t-elles"), ("-t’on", "-t-on"), ("l´", "l'")],
)  # fmt: skip
def test_a_type_is_written_in_plain_letters(form, expected):
    assert word_type(form) == expected


@pytest.mark.parametrize(
    "word",
    "cœur Œuvre SŒUR nœuds bœuf œil vœux mœurs manœuvre main-d’œuvre œdème œcuménique œnologue œsophage œstrogène "
    "fœtus Gœthe cœlacanthe".split(),
)
def test_oe_and_its_ligature_are_one_type(word):
    assert word_type(word) == word_type(word.replace("œ", "oe").replace("Œ", "OE"))


def test_oe_becomes_a_ligature_where_french_has_one():
    assert word_type("Soeur") == "sœur"
    others = "coexister moelle poêle Noel Joel OECD Goethe poème".split()
    assert [word_type(word) for word in others] == [word.lower() for word in others]


@pytest.mark.parametrize(
    ("form", "kind"),
    [("l’", "word"), ("XXe", "word"), ("18h30", "number"), ("1er", "number"), ("1 500", "number"), ("04/11/2024", "number"),
     ("»", "punct"), ("...", "punct"), ("%", "symbol"), ("€", "symbol"), ("🙂", "symbol"), ("a@b.fr", "symbol"),
     ("www.a.fr", "symbol"), ("#Rabat", "word"), ("-t-il", "word"), ("\u0301", "symbol"),
     ("1’000", "number"), ("20H30", "number"), ("3,5km", "number"), ("1ᵉʳ", "number"), ("19es", "number"),
     (".\u200f", "punct"), ("👍🏽", "symbol"), ("CNN.com", "word"), ("élu(e)s", "word"), ("\u200b", "symbol"), ("a.fr/b-1", "symbol"), ("et/ou", "word"), ("''", "punct"), ("t-il", "word")],
)  # fmt: skip
def test_kinds_of_token(form, kind):
    assert token_kind(form) == kind


def check_cover(text: str) -> None:
    """Spans in order, inside the text, and nothing but white space between them."""
    at = 0
    for start, end in tokenise(text):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        at = end
    assert not text[at:].strip()


# What ends sentences, or does not, and where lines and words meet.
PIECES = """le |Le |et |Mohammed |V. |A. |J.-P. |1. |12. |2) |a) |b. |- |– |— |• |« | »|(|)|.|!|?|…|. |, |: |;⏎|⏎|␍⏎|␍
poli~⏎tique|CNN.com|~⏎|ô|😀| 😀 |👍🏽|M’hamed |1’000 |1 000|Dr. |art. |av. |J.-C. |S.A.R.L|Le Goff |O.N.U. |élu.e.s. |l´
école |3,5km |  |[1]|"|”|Inc. |fini.Le|V.|M.|www.|@|Ma |À |ONU|etc.|(« B »)|et⏎|Le maire parle⏎|UN TITRE⏎|c.-à-d. |é|²|1|`|_|Il |IV. |etc. |x"""
PIECES = (
    PIECES.replace("\n", "|")
    .replace("⏎", "\n")
    .replace("␍", "\r")
    .replace("~", "\u00ad")
    .split("|")
)
PIECES += "T’hami |a-t|t-il |-t’il|B. |Chaque |A |Pdt. |Cap. |Ph. |J.C. |1°. |av. |✓ |''|’’|,,|ab.de|/e|N’Ba |p.-d.g. ".split(
    "|"
)
PIECES += ["\u200f", "\u200b", "e\u0301", "\u0301", "\u00a0", "\x0b", "\x1f", "\x85", "\u2028"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_many_texts_at_once_have_the_tokens_and_sentences_of_each_paragraph(text):
    documents = pd.DataFrame({"doc": ["a"], "text": [text], "body_start": 0, "body_end": len(text)})
    tables = parse_batch(documents, annotate=False)
    spans, starts = [], []
    for at, end in tables.paragraphs[["start", "end"]].itertuples(index=False):
        spans += [(at + a, at + b) for a, b in tokenise(text[at:end])]
        starts += [at + start for start in sentence_starts(text[at:end])]
    assert list(tables.tokens[["start", "end"]].itertuples(index=False, name=None)) == spans
    assert tables.sentences["start"].tolist() == starts
    check_cover(text)


@given(st.text(alphabet=HOSTILE) | st.text())
def test_tokens_and_white_space_cover_any_text(text):
    assert len(normalise(text)) == len(text)
    check_cover(text)
    starts = sentence_starts(text)
    assert starts == sorted(set(starts))
    assert all(0 <= start < len(text) and not text[start].isspace() for start in starts)


@pytest.mark.slow
def test_ten_thousand_mutated_texts_are_covered():
    texts = [path.read_text("utf-8", errors="replace") for path in sorted(FIXTURES.glob("*/*.txt"))]
    chance = random.Random(20241104)
    for _ in range(10_000):
        text = list(chance.choice(texts)[:400])
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(text))
            text[at : at + chance.randint(0, 3)] = chance.choice(HOSTILE) * chance.randint(0, 3)
            text = text or ["a"]
        check_cover("".join(text))


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "A.",
        "1 000",
        ".",
        "’",
        "-",
        "l'",
        "« ",
        "(",
        " ",
        "a-",
        "@",
        "é\u0301",
        "www.",
        "1.",
        "M. ",
    ],
)
def test_a_megabyte_of_one_thing_is_read_to_its_end(unit):
    text = unit * (1_000_000 // len(unit))
    spans = tokenise(text)
    assert not text.strip() or spans[-1][1] == len(text.rstrip())
    assert len(sentence_starts(text)) <= 1 + text.count(". ")

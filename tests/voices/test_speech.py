"""Cues of speech, each rule on sentences of its own: verbs, nouns, phrases, where their source
stands, and what only looks like them; pronouns; turns of interviews; authors; whole quotations.
"""

from __future__ import annotations

import re

import pandas as pd
import pytest

from helpers import open_corpus
from helpers.voices import attributions, reported_speech, speakers
from helpers.voices.passages import measured, with_text

CUES = [
    ("« Le pont est sûr », a fait valoir l'ingénieure.", "faire valoir", "l’ingénieure"),
    ("« On n'en peut plus », peste Annick, mareyeuse.", "pester", "Annick"),
    ("« Une honte », tacle un éleveur.", "tacler", "un éleveur"),
    ("« Il ment », tempère l'un de ses voisins.", "tempérer", "l’un de ses voisins"),
    ("« Nous irons », riposte-t-elle.", "riposter", "elle"),
    ("« On a gagné », a lancé Sandra Colin, déléguée.", "lancer", "Sandra Colin"),
    ("Les pêcheurs de Kribi fustigent « un abandon ».", "fustiger", "Les pêcheurs de Kribi"),
    ("La filière chiffre à 2 millions les dégâts du gel.", "chiffrer", "La filière"),
    ("Une mère accuse le chirurgien d'avoir menti.", "accuser", "Une mère"),
    ("Le député exhorte le gouvernement à reculer.", "exhorter", "Le député"),
    ("La CGT craint que l'usine ferme.", "craindre", "La CGT"),
    ("Le rapporteur, Paul Adam, doute que la loi passe.", "douter", "Le rapporteur"),
    ("La direction n'exclut pas de fermer le site.", "exclure", "La direction"),
    ("Le préfet a dû reconnaître que l'eau manquait.", "reconnaître", "Le préfet"),
    ("Ce dernier dit n'avoir rien vu.", "dire", "Ce dernier"),
    ("D'autres lui conseillent d'attendre l'été.", "conseiller", "D’autres"),
    ("La chercheuse y voit la preuve que le lac monte.", "voir", "La chercheuse"),
    ("Une loi qualifiée de « gâchis » par l'opposition.", "qualifier", "l’opposition"),
    ("Et la maire de conclure : « Nous irons au bout. »", "conclure", "la maire"),
    ("L'élue n'a pas caché sa colère : « Cette affaire est une farce. »", "cacher", "L’élue"),
    ("Le juge se montre plus prudent : « Il faut du temps. »", "se montrer", "Le juge"),
    ("14h20 – Le ministre à la tribune : « Je ne céderai pas. »", ":", "Le ministre à la tribune"),
    ("Les accusations de l'assistante ont surpris.", "accusation", "l’assistante"),
    ("Leur appel à une trêve est resté sans écho.", "appel", "Leur"),
    ("De l'aveu même du recteur, les classes débordent.", "de l'aveu même de", "recteur"),
    ("D'après nos informations, le pont fermera.", "d'après", "nos informations"),
    ("Selon le règlement intérieur, le vote est secret.", "selon", "le règlement intérieur"),
    ("Du côté de la mairie, on promet un abri.", "promettre", "la mairie"),
    ("Le pont rouvrira, jure-t-on à la préfecture.", "jurer", "la préfecture"),
    ("Dans un message, le maire a demandé que le pont ferme.", "demander", "le maire"),
    ("La juge l'a dit sans détour : la digue tiendra.", "dire", "La juge"),
    ("Elle a en outre indiqué que la plage recule.", "indiquer", "Elle"),
    ("« Rien à signaler », lâche, laconique, le veilleur de nuit.", "lâcher", "le veilleur de nuit"),
    ("« Ça va trop vite », tranche dans un soupir le doyen.", "trancher", "le doyen"),
    ("« La saison est ratée », admet sans fard le capitaine.", "admettre", "le capitaine"),
    ("« On verra bien », élude-t-elle.", "éluder", "elle"),
    ("« On coupe, on trie », aime répéter Fatou Kane.", "répéter", "Fatou Kane"),
    ("« C'est assez », s'est borné à commenter le consul.", "commenter", "le consul"),
    ("Le syndic ne manque pas de rappeler que le quai s'affaisse.", "rappeler", "Le syndic"),
    ("L'élu Tarek Mansouri dénonce, lui, une manœuvre.", "dénoncer", "L’élu Tarek Mansouri"),
    ("La trésorière, elle, accuse le notaire de mentir.", "accuser", "La trésorière"),
    ("URGENT - Deux pêcheurs repêchés au large, annonce la préfecture.", "annoncer", "la préfecture"),
    ("La Ville répond qu'elle étudie le tracé et promet un abri.", "répondre", "La Ville"),
    ("Les éleveurs réclament à l'État une aide d'urgence.", "réclamer", "Les éleveurs"),
    ("La police invite les habitants à composer le 17.", "inviter", "La police"),
    ("La banque centrale table sur une croissance de 2 %.", "tabler", "La banque centrale"),
    ("DAKAR – Le ministre Oumar Sy écarte l'idée d'un péage.", "écarter", "Le ministre Oumar Sy"),
    ("À la mairie, on relativise : « Le toit tiendra encore. »", "relativiser", "la mairie"),
    ("Réponse de la maire : « Nous verrons cela demain. »", "réponse", "la maire"),
    ("La menace d'un blocage, brandie par le syndicat, demeure.", "menace", "le syndicat"),
    ("« Une leçon », pour le directeur de course.", "pour", "le directeur de course"),
    ("Les propos de l'ex-chef de l'État ont surpris.", "propos", "l’ex-chef de l’État"),
    ("Celui-ci a dit que la digue tient.", "dire", "Celui-ci"),
    ("Ceux-ci promettent de revenir en mai.", "promettre", "Ceux-ci"),
    ("L'homme que Luc Morvan a rencontré affirme que tout va bien.", "affirmer", "L’homme"),
    ("L'éleveur qu'Anne Roy a vu raconte que la source tarit.", "raconter", "L’éleveur"),
    ("L'avocat dont Luc Morvan est le client soutient que l'acte est nul.", "soutenir", "L’avocat"),
    ("Les ostréiculteurs, dont le chef a dit espérer mieux, partent.", "dire", "le chef"),
    ("La ministre a balayé les critiques.", "balayer", "La ministre"),
    ("Le syndicat balaie « ces rumeurs ».", "balayer", "Le syndicat"),
    ("Le préfet a loué le courage des pompiers.", "louer", "Le préfet"),
    ("Le port est sûr, dit Jeannot, et la mer est calme.", "dire", "Jeannot"),
    ("Même écho chez Luc Morvan : « Il faut attendre encore un peu. »", ":", "Luc Morvan"),
    ("Tout en notant que l'eau baisse, la ministre a dîné au port.", "noter", "la ministre"),
    ("Comme l'écrivait Luc Morvan, « nommer un mal, c'est le guérir ».", "écrire", "Luc Morvan"),
    ("« J'ai rangé ses filets », raconte la jeune veuve.", "raconter", "la jeune veuve"),
    ("L'échevine des Eaux, elle, parle d'un « long détour ».", "parler", "L’échevine des Eaux"),
    ("Le capitaine a maintenu sa version.", "maintenir sa version", "Le capitaine"),
    ("Le catalogue parle d'un « tournant ».", "parler", "Le catalogue"),
    ("Le marin réclame aux élues une aide.", "réclamer", "Le marin"),
    ("L'ébéniste, elle, jure que le bois tient.", "jurer", "L’ébéniste"),
    ("Dakar juge « honteuse » cette rumeur.", "juger", "Dakar"),
    ("Bruxelles fait remarquer que l'accord est suspendu.", "faire remarquer", "Bruxelles"),
]  # fmt: skip
CUES += [
    # A name that looks like a verb is a name.
    ("Le ministre Oumar Confirme a confirmé que la digue tiendra.", "confirmer", "Le ministre Oumar Confirme"),
    ("Omar Rappelle rappelle que la digue tiendra.", "rappeler", "Omar Rappelle"),
    ("« La digue tiendra », a dit Omar Rappelle.", "dire", "Omar Rappelle"),
    ("La digue tiendra, selon Me Conclut.", "selon", "Me Conclut"),
    ("Karim Souligne et Omar Rappelle ont affirmé que la digue tiendra.", "affirmer", "Karim Souligne et Omar Rappelle"),
    # What stands in quotation marks has its speaker in the conditional, too.
    ("« Nous irons demain », aurait déclaré le maire.", "déclarer", "le maire"),
    ("« Nous irons demain », aurait-il ajouté.", "ajouter", "il"),
    ("« Nous irons demain », aurait dit la ministre à ses proches.", "dire", "la ministre"),
    ("Le maire aurait déclaré : « Nous irons demain. »", "déclarer", "Le maire"),
    # Marks that stand for quotation marks.
    ("'La digue tiendra', a dit le maire.", "dire", "le maire"),
    ("″La digue tiendra″, a dit le maire.", "dire", "le maire"),
    ("❝La digue tiendra❞, a dit le maire.", "dire", "le maire"),
    # Accounts.
    ("« La digue tiendra », a tweeté @karimtazi.", "tweeter", "@karimtazi"),
    ("« La digue tiendra », a liké @karimtazi.", "liker", "@karimtazi"),
    ("@karimtazi a tweeté : « La digue tiendra. »", "tweeter", "@karimtazi"),
    ("RT @karimtazi : « La digue tiendra. »", ":", "@karimtazi"),
]  # fmt: skip
NOTHING = [
    "Le président doit annoncer sa décision mardi.",
    "La commune annoncera les travaux au printemps.",
    "Le ministre n'a pas voulu dire si la loi passerait.",
    "Le tribunal a condamné l'entreprise à une amende.",
    "Le vent explique les retards.",
    "Selon les régions, la récolte varie du simple au double.",
    "Le prix du blé varie selon les communes.",
    "Une touriste, belle joueuse, corrige les copies.",
    "Le navire, attendu lundi, a poursuivi sa route.",
    "Le capitaine a appelé un chat un chat.",
    "La « maison bleue », comme on l'appelle déjà, n'a pas livré ses secrets.",
    "Comme disait l'autre, on verra bien.",
    "Voilà toute l'explication.",
    "Le maire demande la parole.",
    "Le prévenu a répondu présent.",
    "Le suspect est soupçonné d'avoir volé une barque.",
    "Je vous demande de fermer la porte.",
    "On le répète.",
    "Il appelle la capitainerie à 4 h 58.",
    "Les investisseurs ont parlé avec leurs pieds : le titre a perdu 7 %.",
    "On dirait que le temps s'est arrêté.",
    "Le gérant a répondu au téléphone.",
    "On évoque son nom depuis l'hiver.",
    "Le caïd, dit « le Basque », dort.",
    "Elle détache les mots, un par un.",
    "Les passants hésitent à demander leur chemin.",
    "Le greffe a appelé l'affaire suivante : un vol de barque.",
    "Appelez le service des eaux avant de creuser.",
    "Il m'appelle encore « mademoiselle ».",
    "Je me suis dit : marche.",
    "Qui nous dit que la digue tiendra ?",
    "Le concierge balaie la cour.",
    "Le faisceau balaie de nouveau la baie.",
    "La mairie loue la salle.",
    "Un autre touriste a loué le seul vélo de l'île.",
    "Un monsieur m'a décrit un mal de dents.",
    "Jean Petit, dit Jeannot, a vendu sa barque.",
    "Anne Roy, dite Nanou, tient le bar du port.",
    "Sur la tombe de Luc Morvan : « Il aimait la mer et le vent. »",
    "Dans le bureau de Luc Morvan : « Ici, on ne fume pas du tout. »",
    "Au dos de la photo d'Anne Roy : « À mes amis de toujours, mai 1968. »",
    "Devant la maison de Jean Petit : « Défense d'entrer, chien méchant. »",
    "M. Jean Annonce part.",
    "M. Assure arrive.",
    "Mme Awa Déclare a salué la foule sur le port.",
    "Pelez les coings, ajoutez le miel et les noix.",
    "La cour a confirmé lundi la peine.",
    "Les sénateurs ont approuvé le budget.",
    "Les gendarmes ont reconnu le suspect.",
    "Le public réclame son dû.",
]
PRONOUNS = [
    ("Mme Awa Diallo a visité le lycée. « Je reviendrai », a-t-elle promis.", "Awa Diallo"),
    ("Luc Morvan est arrivé tôt. « Jean Petit a tort », a-t-il dit.", "Luc Morvan"),
    ("Luc Morvan a reçu Jean Petit. « La route sera sûre », a-t-il assuré.", None),
    ("Anne Roy et Léa Colin sont venues. « C'est fini », a-t-elle dit.", None),
    ("Camille Roy est là. « C'est fini », a-t-elle dit.", None),
    ("Luc Morvan dort. « Il pleut », note un voisin. « Et il vente », ajoute-t-il.", None),
    ("Luc Morvan dort. « Il pleut », dit-elle.", None),
    ("« Jean Petit est parti », dit le maire de Brest. La mer monte, ajoute-t-il.", None),
    ("Luc Morvan pétrit seul. Un lycéen est venu. Il a demandé s'il dormait.", None),
    ("Luc Morvan est à Gand. Ce Malinois de 58 ans a dit qu'il partait.", "Luc Morvan"),
    ("Luc Morvan est parti. « J'y vais », dit le Gantois.", None),
    ("« J'y vais », dit la veuve de Luc Morvan.", None),
    ("Le porte-parole, le général Oumar Sidibé, a dit que la digue tient.", "Oumar Sidibé"),
    ("Sa rivale, la Tchèque Jana Kral, a dit que le filet tient.", "Jana Kral"),
    (
        "Dans une lettre, la Ligue des droits de l'homme parle d'une « honte ».",
        "Ligue des droits de l’homme",
    ),
    ("Anne Roy dort. L'échevine des Eaux, elle, parle d'un « long détour ».", None),
]


@pytest.fixture(scope="module")
def corpus_of(tmp_path_factory):
    """Texts as a corpus, one each."""

    def opened(texts, head=""):
        folder = tmp_path_factory.mktemp("texts")
        for i, text in enumerate(texts):
            (folder / f"{i:02}.txt").write_text(head + text, "utf-8")
        return open_corpus(folder, cache=folder / "kept", progress=False)

    return opened


def cued(corpus):
    """The passages with a cue, by the number of their text."""
    rows = attributions(corpus)
    rows = rows[(rows["kind"] != "none") & (rows["verb"] != "—")]
    return {int(doc): own for doc, own in rows.groupby("doc")}


def test_who_says_what_in_a_sentence(corpus_of):
    found = cued(corpus_of([text for text, *_ in CUES]))
    told = [
        (text, found[i]["verb"].iloc[0], found[i]["source"].iloc[0]) if i in found else (text,)
        for i, (text, *_) in enumerate(CUES)
    ]
    assert told == CUES


def test_straight_and_curly_marks_are_one(corpus_of):
    marks = [("«", "»"), ("“", "”"), ('"', '"'), ("<<", ">>"), ("« ", " »")]
    texts = [f"{a}Nous tiendrons bon{b}, persifle l{c}élue." for a, b in marks for c in "'’"]
    found = cued(corpus_of(texts))
    assert [found[i]["kind"].tolist() for i in range(len(texts))] == [["direct"]] * len(texts)
    assert {row for own in found.values() for row in own["verb"]} == {"persifler"}


def test_what_is_no_speech(corpus_of):
    found = cued(corpus_of(NOTHING))
    assert {NOTHING[i]: own["verb"].tolist() for i, own in found.items()} == {}


def test_a_pronoun_has_a_name_only_where_it_is_sure(corpus_of):
    found = cued(corpus_of([text for text, _ in PRONOUNS]))
    names = [found[i]["source_name"].iloc[-1] for i in range(len(PRONOUNS))]
    assert [None if pd.isna(name) else name for name in names] == [name for _, name in PRONOUNS]


def test_the_institution_of_a_person_and_the_place_of_an_interview_are_not_the_speaker(corpus_of):
    texts = [
        "Le pont ferme, prévient le président de l'AS Brest.",
        "Au micro de Radio Sambre, la maire de Lormont a laissé entendre qu'elle partait.",
    ]
    found = cued(corpus_of(texts))
    assert [own["source_name"].isna().tolist() for own in found.values()] == [[True], [True]]


HEARSAY = [
    "Le ministre Luc Morvan aurait promis une prime.",
    "Le tireur serait toujours en fuite.",
    "L'usine, fermée depuis mai, aurait été vendue sans appel d'offres.",
    "Il serait question d'un péage.",
]
NO_HEARSAY = [
    "Selon la préfecture, le tireur serait en fuite.",
    "Le tireur serait en fuite, a indiqué la préfecture.",
    "Le maire a dit que la digue serait refaite.",
    "S'il avait plu, le lac aurait débordé.",
    "Sans la digue, le port aurait disparu.",
    "Le juge aurait pu attendre.",
    "Ce serait une erreur.",
    "Nous aurions dormi, on aurait ri.",
    "La loi aurait-elle tort ?",
    "Il serait temps de curer le canal.",
]


def test_a_report_without_a_source_is_hearsay_and_names_nobody(corpus_of):
    rows = attributions(corpus_of(HEARSAY))
    assert rows["kind"].tolist() == ["conditional"] * len(HEARSAY)
    assert rows["verb"].tolist() == ["aurait", "serait", "aurait", "serait"]
    assert rows["source"].isna().all()
    corpus = corpus_of([*HEARSAY, "Le Cap dort."])
    assert reported_speech(corpus).set_index("kind")["words"]["direct":"according_to"].sum() == 0
    assert speakers(corpus).empty


def test_what_depends_on_something_or_has_a_source_is_no_hearsay(corpus_of):
    rows = attributions(corpus_of(NO_HEARSAY))
    assert "conditional" not in rows["kind"].tolist()
    letter = corpus_of(
        ["Je tiens une ferme. Le puits aurait tari."], "---\nbyline: A. Roy\n---\n\n"
    )
    assert attributions(letter)["kind"].tolist() == ["author"] * 2


@pytest.mark.parametrize(
    ("body", "answers"),
    [
        ("Q : Dormez-vous ?\n\nR : Peu.\n\nQ : Et après ?\n\nR : On verra.", ["Peu.", "On verra."]),
        (
            "L'Aurore : Dormez-vous ?\n\nA. N. : Peu.\n\nL'Aurore : Et après ?\n\nA. N. : Je file.",
            ["Peu.", "Je file."],
        ),
        (
            "**Dormez-vous ?**\n\n« Peu. Je lis. »\n\n**Et vous mangez ?**\n\n« Mal. »",
            ["« Peu. Je lis. »", "« Mal. »"],
        ),
        ("– Dormez-vous ?\n\n– Peu.\n\n– Et après ?\n\n– On verra.", ["– Peu.", "– On verra."]),
        ("– Dormez-vous ?\n\nPeu.\n\n– Et après ?\n\nOn verra.", ["Peu.", "On verra."]),
        ("Q : Dormez-vous ?\nR : Peu.\nQ : Et après ?\nR : On verra.", ["Peu.", "On verra."]),
        ("Q. Dormez-vous ?\nR. Peu.\nQ. Et après ?\nR. On verra.", ["Peu.", "On verra."]),
        (
            "L'Aurore : Dormez-vous ?\nA. N. : Peu.\nL'Aurore : Et après ?\nA. N. : Je file.",
            ["Peu.", "Je file."],
        ),
        ("– Dormez-vous ?\n– Peu.\n– Et après ?\n– On verra.", ["– Peu.", "– On verra."]),
    ],
)
def test_the_turns_of_an_interview_are_those_of_the_guest(corpus_of, body, answers):
    corpus = corpus_of([f"Awa Ndoye dirige une usine.\n\n{body}"])
    rows = with_text(measured(corpus), corpus)
    own = rows[(rows["kind"] == "direct") & (rows["verb"] == "—")]
    assert own["source_name"].tolist() == ["Awa Ndoye"] * 2
    assert [p.endswith(a) for p, a in zip(own["passage"], answers, strict=True)] == [True, True]
    assert (rows["kind"] == "question").sum() == 2
    assert speakers(corpus)["direct"].tolist() == [2]


QUESTIONS = (
    "Pourquoi avoir repris cette usine ?", "Combien êtes-vous aujourd’hui ?",
    "La banque vous a-t-elle suivie ?", "Que fabriquez-vous ?", "Pour qui ?", "Et l’hiver prochain ?",
    "Vos prix vont-ils monter ?", "Que dites-vous à la mairie ?", "Avez-vous douté ?",
    "Un dernier mot ?",
)  # fmt: skip
ANSWERS = (
    "Parce que personne n’en voulait. Mon père y a travaillé.", "Quarante, et bientôt cinquante.",
    "La première a dit non. La seconde a prêté.", "Des vannes, pour les ports.",
    "Le port de Brest nous a commandé six vannes.", "Nous fermerons en janvier, comme chaque année.",
    "Oui, de deux pour cent.", "Que la route est à refaire.",
    "Une fois. C’était en mars.", "Venez voir.",
)  # fmt: skip
LAYOUTS = {
    "Q and R": ("Q : {}\n\nR : {}", ""),
    "names": ("L’Aurore : {}\n\nAwa Ndoye : {}", ""),
    "initials": ("L’A. : {}\n\nA. N. : {}", ""),
    "dashes": ("– {}\n\n– {}", ""),
    "a dash for the question": ("– {}\n\n{}", ""),
    "lines": ("Q. {}\nR. {}", "\n"),
    "bold": ("**{}**\n\n{}", ""),
}


@pytest.mark.parametrize(("turn", "between"), LAYOUTS.values(), ids=LAYOUTS)
def test_ten_turns_are_each_given_to_who_speaks(corpus_of, turn, between):
    turns = [turn.format(*pair) for pair in zip(QUESTIONS, ANSWERS, strict=True)]
    corpus = corpus_of(["Awa Ndoye dirige une usine.\n\n" + (between or "\n\n").join(turns)])
    rows = attributions(corpus)
    said = with_text(measured(corpus), corpus).query("source_name == 'Awa Ndoye'")
    spoken, words = " ".join(said["passage"]), re.compile(r"\w+")
    assert words.findall(spoken)[-2:] == ["Venez", "voir"]
    for answer in ANSWERS:
        assert " ".join(words.findall(answer)) in " ".join(words.findall(spoken)), answer
    for question in QUESTIONS:
        assert " ".join(words.findall(question)) not in " ".join(words.findall(spoken)), question
    assert set(rows["source_name"].dropna()) <= {"Awa Ndoye", "L’Aurore", "L’A."}  # who asks, too


@pytest.mark.parametrize(
    "question", ["Pourquoi reprendre cette usine ?", "Comment avoir ajouté la tour ?"]
)
def test_an_infinitive_behind_a_dash_is_nobodys_speech(corpus_of, question):
    rows = attributions(corpus_of([f"Awa Ndoye dirige une usine.\n\n– {question}\n\n– Peu."]))
    assert not {"indirect", "direct"} & set(rows["kind"].iloc[:2])


@pytest.mark.parametrize("labels", [("Lieu", "Prix"), ("Date", "Tarif"), ("Départ", "Arrivée")])
def test_labels_that_return_and_name_nobody_are_no_turns(corpus_of, labels):
    one, two = labels
    rows = f"{one} : le port.\n\n{two} : à six heures.\n\n{one} : la halle.\n\n{two} : à midi."
    found = attributions(corpus_of([f"Awa Ndoye dirige une usine.\n\n{rows}"]))
    assert found["kind"].tolist() == ["none"] * 5


def test_he_is_another_where_she_answers_and_i_is_the_one_who_answers(corpus_of):
    body = (
        "Luc Morvan est pêcheur.\n\nQ : Que fait le maire ?\n\nR : Il a annoncé que le port ferme."
        "\n\nQ : Et vous ?\n\nR : Je lui ai répondu que la mer monte."
    )
    rows = cued(corpus_of([body]))[0]
    names = dict(zip(rows["verb"], rows["source_name"].astype(object), strict=True))
    assert pd.isna(names["annoncer"])
    assert names["répondre"] == "Luc Morvan"


def test_a_letter_has_the_voice_of_its_author_and_reports_nothing_by_it(corpus_of):
    text = "Je tiens une ferme. Le ministre dit que tout va bien. Nous verrons."
    corpus = corpus_of([text], "---\nbyline: Mme Awa NDOYE, agricultrice\n---\n\n")
    rows = attributions(corpus)
    assert rows["kind"].tolist() == ["author", "indirect", "author"]
    assert rows["source_name"].tolist()[::2] == ["Awa Ndoye"] * 2
    words = reported_speech(corpus).set_index("kind")["words"]
    assert (words["direct"], words["none"]) == (0, 6)
    signed = corpus_of([text], "---\nbyline: Awa Ndoye\n---\n\n")
    assert attributions(signed)["kind"].tolist() == rows["kind"].tolist()
    told = [
        "Elle tient une ferme. « Je dors peu », dit-elle. Le port ferme.",
        "Elle tient une ferme.\n\n— Je dors peu, nos bêtes aussi, dit-elle.\n\nLe port ferme.",
    ]
    news = corpus_of(told, "---\nbyline: Awa Ndoye\n---\n\n")
    assert "author" not in attributions(news)["kind"].tolist()


def test_a_quotation_alone_is_of_the_one_who_is_named_beside_it(corpus_of):
    quoted = "« J'ai rendu mille arrêts, et j'en regrette quatre. »"
    texts = [
        f"Le juge Luc Morvan part comme il est venu. {quoted} Il pleut.",
        f"{quoted} La sortie de Luc Morvan a surpris.",
        f"Luc Morvan a croisé Anne Roy. {quoted} Il pleut.",
        f"Luc Morvan est là.\n\n{quoted}\n\nIl pleut.",
    ]
    rows = measured(corpus_of(texts))
    told = rows[rows["kind"] == "direct"]
    assert told["doc"].astype(int).tolist() == [0, 1]
    assert told["source_name"].tolist() == ["Luc Morvan"] * 2
    assert set(zip(told["verb"], told["inferred"], strict=True)) == {("—", True)}


def test_one_quotation_has_one_voice(corpus_of):
    corpus = corpus_of([
        "Le maire s'explique.\n\n« La digue tient.\n\n« Le port vit. Nous restons. »\n\nIl pleut.",
        "« On nous dit en mars que tout ira. C'est faux. Il faut agir », tonne la maire.",
        "Le gérant nie avoir menti. « Je signais. » Il dort.",
    ])  # fmt: skip
    rows = measured(corpus)
    voices = [own["source"].fillna("").tolist() for _, own in rows.groupby("doc")]
    assert voices == [
        ["Le maire", "Le maire", ""],
        ["On", "la maire"],
        ["Le gérant", "Le gérant", ""],
    ]
    assert rows["words"].sum() == corpus.documents["n_words"].sum()


OTHERS = [  # who is named, but does not speak
    "Le ministre, selon Luc Morvan, a promis un pont.",
    "Le ministre a reçu Luc Morvan. Il a promis un pont.",
    "L'entraîneur de Luc Morvan est parti. Il a dit que tout va bien.",
    "La préfète a décoré Anne Roy. « Tout va bien », a-t-elle dit.",
    "La veuve du capitaine Luc Morvan a dit que tout va bien.",
    "L'épouse du ministre Luc Morvan a dit que tout va bien.",
]
NAMED = {
    "Le ministre Luc Morvan a dit que tout va bien.": "Luc Morvan",
    "Le porte-parole de l'armée, le général Oumar Sidibé, a dit que tout va bien.": "Oumar Sidibé",
    "Le maire de Brest, Luc Morvan, a dit que tout va bien.": "Luc Morvan",
    "Luc Morvan est venu. Il a dit que tout va bien.": "Luc Morvan",
}


def test_who_is_named_beside_the_speaker_does_not_speak(corpus_of):
    rows = pd.concat(cued(corpus_of(OTHERS)))
    said = rows[rows["verb"].isin(["promettre", "dire"])]
    assert len(said) == len(OTHERS)
    assert said["source_name"].isna().all()
    rows = pd.concat(cued(corpus_of([*NAMED])))
    assert rows["source_name"].tolist() == [*NAMED.values()]


@pytest.mark.parametrize(
    ("byline", "text", "author"),
    [
        ("Anne Roy, AFP", "Les élections auront lieu. Il faut deux millions de voix.", False),
        ("Anne Roy, à Brest", "Nos maisons tiennent bon. Les lions dorment.", False),
        ("Anne Roy", "Selon nos informations, tout ferme. Le port aussi, par nos soins.", False),
        ("Anne Roy, océanographe", "Regardons la mer. Elle monte.", True),
        ("Anne Roy", "Je crois que tout va bien. Le maire se trompe.", True),
    ],
)
def test_an_author_writes_in_the_first_person(corpus_of, byline, text, author):
    kinds = attributions(corpus_of([text], f"---\nbyline: {byline}\n---\n\n"))["kind"]
    assert ("author" in kinds.tolist()) == author

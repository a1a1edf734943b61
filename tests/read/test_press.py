"""Texts as newspapers, sites, agencies and offices print them: what stands around a body is fields, and
the body is whole.
"""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.read import load_seeds
from helpers.read.headers import read_layout

# Each text has the marks of its own kind; ⏎ is a line end, § the body.
ONE = "Le phare de Valombre sera rallumé en mai, a annoncé la mairie. Les pêcheurs attendaient cela depuis dix ans."
TWO = f"{ONE}⏎⏎« Nous verrons la côte », dit une riveraine. Le chantier coûtera deux millions d'euros."
TIGHT = "La mairie rallume le phare de Valombre, fermé depuis dix ans et rongé par le sel, malgré le coût.⏎Les pêcheurs attendaient cela depuis longtemps."
WRAPPED = (
    "La mairie de Valombre rallumera le phare au mois de mai, après dix années⏎"
    "de silence et de pétitions. Les pêcheurs du port, qui rentraient à la⏎"
    "lampe, attendaient cela depuis longtemps."
)

# text, body, date, title, byline, agency, outlet
PRESS = [
    # sites
    ("Le phare rallumé⏎⏎Publié le : 06/11/2024 - 10:05⏎⏎§", TWO, "2024-11-06", "Le phare rallumé", "", "", ""),
    ("Le phare rallumé⏎Publié le 6 novembre 2024 à 10h05 - Mis à jour le 7 novembre 2024 à 8h00⏎§", TIGHT, "2024-11-06", "Le phare rallumé", "", "", ""),
    ("Valombre : le phare rallumé⏎⏎Par Mona Kervella | Publié le 6 nov. 2024 à 10:05⏎⏎§", TWO, "2024-11-06", "Valombre : le phare rallumé", "Mona Kervella", "", ""),
    ("Société⏎⏎Qui rallumera le phare ?⏎⏎Mona Kervella⏎⏎Mercredi, 6 novembre 2024⏎⏎§", TWO, "2024-11-06", "Qui rallumera le phare ?", "Mona Kervella", "", ""),
    ("Le phare rallumé⏎⏎Mis à jour le 07/11/2024 à 08:12⏎⏎Temps de lecture : 3 min⏎⏎§⏎⏎(c) 2024 Le Journal Fictif. Tous droits réservés.", TWO, "2024-11-07", "Le phare rallumé", "", "", ""),
    ("Le phare rallumé⏎⏎Le Fanal avec AFP⏎⏎Publié le 2024-11-06T10:05:00+01:00⏎⏎§", ONE, "2024-11-06", "Le phare rallumé", "", "AFP", "Le Fanal"),
    ("Publié le 6 novembre 2024 par Mona Kervella⏎⏎§", TWO, "2024-11-06", "", "Mona Kervella", "", ""),
    ("Posté le 06/11/24 par Mona Kervella⏎Le phare rallumé⏎§", TIGHT, "2024-11-06", "Le phare rallumé", "Mona Kervella", "", ""),
    ("Article réservé aux abonnés⏎⏎Le phare rallumé⏎⏎6 novembre 2024 | 10:05⏎⏎§", ONE, "2024-11-06", "Le phare rallumé", "", "", ""),
    ("Titre : Le phare rallumé⏎Auteur : Mona Kervella⏎Source : Le Fanal⏎Date : 5 novembre 2024⏎⏎§", TWO, "2024-11-05", "Le phare rallumé", "Mona Kervella", "", "Le Fanal"),
    ("Publié le 6 novembre 2024 à 10h05 §", ONE, "2024-11-06", "", "", "", ""),
    ("Le phare rallumé⏎⏎2024/11/06⏎⏎§⏎⏎Mona Kervella", TWO, "2024-11-06", "Le phare rallumé", "", "", ""),
    # dailies
    ("Le 12 mars 2024, par Claire Delmas⏎⏎§", TWO, "2024-03-12", "", "Claire Delmas", "", ""),
    ("LE PHARE RALLUMÉ⏎§", TIGHT, "", "LE PHARE RALLUMÉ", "", "", ""),
    ("Le phare rallumé⏎De notre correspondante à Marseille, Inès Ferrand⏎§", TIGHT, "", "Le phare rallumé", "Inès Ferrand", "", ""),
    ("Samedi 6 avril 2024⏎⏎LE PHARE RALLUMÉ⏎⏎Par Thomas Roussel⏎⏎§", TWO, "2024-04-06", "LE PHARE RALLUMÉ", "Thomas Roussel", "", ""),
    ("Le phare rallumé⏎⏎Inès Ferrand, envoyée spéciale à Valombre⏎⏎§", TWO, "", "Le phare rallumé", "Inès Ferrand", "", ""),
    ("Le phare rallumé⏎⏎Valombre, le 6 novembre 2024⏎⏎§", TWO, "2024-11-06", "Le phare rallumé", "", "", ""),
    ("Valombre, le 6 novembre 2024 – §", TWO, "2024-11-06", "", "", "", ""),
    ("Le Quotidien de Valombre, 6 novembre 2024⏎⏎Le phare rallumé⏎⏎§", ONE, "2024-11-06", "Le phare rallumé", "", "", "Le Quotidien de Valombre"),
    ("Samedi 9 et dimanche 10 novembre 2024⏎⏎Le phare rallumé⏎⏎§", TWO, "2024-11-09", "Le phare rallumé", "", "", ""),
    ("Le phare rallumé⏎PAR MONA KERVELLA⏎6 decembre 2024⏎§", WRAPPED, "2024-12-06", "Le phare rallumé", "MONA KERVELLA", "", ""),
    # agencies
    ("Paris, 2024-01-15 (Reuters) - §", ONE, "2024-01-15", "", "", "Reuters", ""),
    ("RABAT, 6 nov. 2024 (MAP) – §", ONE, "2024-11-06", "", "", "MAP", ""),
    ("VALOMBRE (Finistère), 6 nov 2024 (AFP) - §", TWO, "2024-11-06", "", "", "AFP", ""),
    (" date 2024-11 PARIS, 6 nov (AFP) — §", ONE, "2024-11-06", "", "", "AFP", ""),
    ("Le phare rallumé⏎⏎Port-Louis (APA) §⏎⏎Mis en ligne le 6 novembre 2024", ONE, "2024-11-06", "Le phare rallumé", "", "APA", ""),
    ("(AFP) - §", ONE, "", "", "", "AFP", ""),
    ("Le phare rallumé⏎⏎AFP⏎⏎06.11.2024⏎⏎§", ONE, "2024-11-06", "Le phare rallumé", "", "AFP", ""),
    ("Le phare rallumé⏎⏎New York (Nations unies), 6 août 2024 (Xinhua)⏎⏎§", ONE, "2024-08-06", "Le phare rallumé", "", "Xinhua", ""),
    # magazines, reviews, opinions, interviews
    ("Critique. Publié le 16 avril 2024⏎⏎§", TWO, "2024-04-16", "", "", "", ""),
    ("Tribune⏎⏎Rendons le phare aux marins⏎⏎Yann Tanguy, historien⏎⏎§", TWO, "", "Rendons le phare aux marins", "Yann Tanguy", "", ""),
    ("OPINION⏎Rendons le phare aux marins⏎Par Yann Tanguy, professeur à l’université de Valombre⏎Le 6 novembre 2024⏎§", WRAPPED, "2024-11-06", "Rendons le phare aux marins", "Yann Tanguy", "", ""),
    ("« Rendons le phare aux marins »⏎⏎Propos recueillis par Mona Kervella et Élodie Le Goff⏎⏎§⏎⏎© Le Fanal 2024", TWO, "", "« Rendons le phare aux marins »", "Mona Kervella et Élodie Le Goff", "", ""),
    ("Le phare rallumé⏎⏎Dix ans de silence⏎⏎Par Mona Kervella (avec AFP)⏎⏎Photo : Karim Tazi⏎⏎§", TWO, "", "Le phare rallumé", "Mona Kervella", "AFP", ""),
    # press releases
    ("COMMUNIQUÉ DE PRESSE⏎⏎Rabat, le 6 novembre 2024⏎⏎La mairie rallume le phare⏎⏎§", TWO, "2024-11-06", "La mairie rallume le phare", "", "", ""),
    ("Communiqué⏎⏎La mairie rallume le phare⏎⏎§⏎⏎Fait à Valombre, le 1er novembre 2024.", TWO, "2024-11-01", "La mairie rallume le phare", "", "", ""),
    ("La mairie rallume le phare⏎⏎§⏎⏎Valombre, le 6 novembre 2024⏎⏎Karim Tazi, maire de Valombre", TWO, "2024-11-06", "La mairie rallume le phare", "", "", ""),
    # regional papers, blogs
    ("Le phare rallumé⏎⏎M.K. – 3 fevrier 2023⏎⏎§ Source : AFP", ONE, "2023-02-03", "Le phare rallumé", "M.K.", "AFP", ""),
    ("lejournal.ma | mer. 06/11/2024 10:05⏎⏎Le phare rallumé⏎⏎Par la rédaction⏎⏎§", TWO, "2024-11-06", "Le phare rallumé", "la rédaction", "", "lejournal.ma"),
]  # fmt: skip

BODIES = [
    "Le 12 mars 2024, par un matin froid, le maire est parti.⏎⏎Il n'est pas revenu.",
    "Par ailleurs, le phare est fermé.⏎⏎La mairie le regrette.",
    "Paris, ville lumière, s'éteint à minuit.⏎⏎Le maire l'a voulu.",
    "Le 6 novembre 2024 restera une date noire pour le port.⏎Le phare s'est éteint.",
    "Mercredi 6 novembre 2024, le maire a parlé.⏎⏎Personne n'a répondu.",
    "Rabat, le 6 novembre 2024, des milliers de marins défilent.⏎⏎Ils veulent un phare.",
    "— Venez-vous ?⏎— Non, dit-elle.⏎— Le 6 novembre 2024, alors.",
    "« Par Toutatis ! », crie le gardien du phare.⏎⏎Il rit.",
    "Publié en 2019, ce roman raconte un phare.⏎⏎Il a été traduit.",
    "Publié le 6 novembre 2024, le rapport conclut au danger.⏎⏎Le phare fermera.",
    "Mis à jour le 6 novembre 2024, le plan prévoit un phare.⏎⏎La mairie l'a voté.",
    "Par Mona Kervella, on apprend que le phare de Valombre, si longtemps⏎fermé, sera rallumé en mai. La mairie l'a dit.",
    "Le 6 novembre 2024, par Claire et Mona Delmas, Yann Tanguy et⏎Karim Tazi, nous avons su que le phare fermait. Le port se tait.",
    "Le ministre a reçu hier à Rabat la présidente de la⏎Région, en visite dans le pays. Elle repart demain.",
    "Crédit immobilier : les banques prêtent moins.⏎⏎Les taux montent.",
    "Photo de famille, rires et discours ont clos la visite.⏎⏎Le port se tait.",
    "Copyright et intelligence artificielle ne font pas bon ménage.⏎⏎Les juges hésitent.",
    "Source de conflits, le phare divise.⏎⏎La mairie hésite.",
    "Selon l'AFP, le phare est fermé.⏎⏎La MAP le confirme.",
    "AFP et Reuters ont annoncé la nouvelle.⏎⏎Le port l'a apprise par elles.",
    "2024 sera l'année du phare.⏎⏎La mairie le promet.",
    "1914 - Le monde bascule. Le phare aussi.⏎⏎Il s'éteint.",
    "Lundi, le phare s'est éteint.⏎⏎Mardi, les pêcheurs ont défilé.",
    "Vive le phare neuf⏎⏎Venez tous demain⏎⏎Le maire sera là",
    "Sous la lampe du phare coule la mer⏎Et les bateaux⏎Faut-il que je m'en souvienne⏎La nuit venait",
    "De notre côté, nous attendons.⏎⏎Le phare est fermé.",
    "Notre correspondant nous écrit que le phare est fermé.⏎⏎Il a raison.",
    "Sport et santé vont de pair, dit le maire.⏎⏎Le stade rouvre.",
    "Le maire a parlé.⏎⏎Étaient présents :⏎⏎Amina Berrada⏎⏎Karim Tazi⏎⏎Sana Fassi",
    "Le budget comporte trois parts.⏎⏎(a) Le phare est payé.⏎⏎(b) Le port est payé.⏎⏎(c) Le stade est payé.",
    "Karim Tazi est parti.⏎Sana Fassi reste à Valombre.",
    "Date limite : le 6 novembre 2024.⏎⏎Les pêcheurs doivent se hâter.",
]  # fmt: skip


def given(value: str) -> str | None:
    return value or None


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    """The texts of the press, each with line ends of its own kind."""
    folder = tmp_path_factory.mktemp("press")
    for number, (text, body, *_) in enumerate(PRESS):
        ending = ("\n", "\r\n", "\r")[number % 3] if number % 4 == 0 else "\n"
        whole = text.replace("§", body).replace("⏎", ending)
        (folder / f"t{number:02}.txt").write_bytes(whole.encode())
    return load_seeds(folder)


@pytest.mark.parametrize("number", range(len(PRESS)))
def test_what_stands_around_a_press_text_is_known_and_its_body_is_whole(documents, number):
    _, body, *expected = PRESS[number]
    row = documents.documents.set_index("doc").loc[f"t{number:02}"]
    found = [
        None if pd.isna(row[name]) else row[name]
        for name in ("date_start", "title", "byline", "agency", "outlet")
    ]
    found[0] = found[0] and f"{found[0]:%Y-%m-%d}"
    assert found == [given(value) for value in expected]
    left = "\n".join(row["text"][row["body_start"] : row["body_end"]].splitlines())
    assert left == body.replace("⏎", "\n")


def test_there_are_forty_press_texts():
    assert len(PRESS) == 40
    assert len(BODIES) >= 30


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("body", BODIES)
def test_a_body_that_begins_like_a_header_stays_whole(body, ending):
    text = body.replace("⏎", ending)
    layout = read_layout(text)
    assert text[layout.body_start : layout.body_end] == text
    assert layout.fields == []

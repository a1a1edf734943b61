"""From bytes to text: encodings, and everything in a folder that is no text."""

from __future__ import annotations

import os
import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.read.corpus import FICTION
from helpers.read.files import NotText, decode, decoded, unique_stems
from tests.hostile import ENCODINGS

TEXT = "À Rabat, l’équipe « a reçu » l'œuvre : 5 €."


@pytest.mark.parametrize(
    ("data", "encoding", "repaired"),
    [
        (TEXT.encode("utf-8"), "utf-8", False),
        (TEXT.encode("utf-8-sig"), "utf-8-sig", False),
        (TEXT.encode("utf-16"), "utf-16", False),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16", False),
        (TEXT.encode("utf-16-le"), "utf-16-le", True),
        (TEXT.encode("utf-16-be"), "utf-16-be", True),
        (TEXT.encode("cp1252"), "cp1252", True),
        (TEXT.encode("mac_roman"), "mac_roman", True),
        (TEXT.translate({0x2019: 39, 0x153: "oe", 0x20AC: 36}).encode("cp850"), "cp850", True),
    ],
)
def test_encodings(data, encoding, repaired):
    text, found, message = decode(data)
    plain = text.replace("'é", "’é").replace("oeuvre", "œuvre").replace("$", "€")
    assert (plain, found, bool(message)) == (TEXT, encoding, repaired)


OLDER = [
    "L'équipe a gagné.",
    "Le conseil de Kermarec a voté hier soir la réfection du quai, près de la forêt, à huit voix.",
    "Ça s'est joué là-bas, où le chêne a été coupé : « C'est gâché », a dit le garçon.",
    "Été après été, le maïs a séché.",
]


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
@pytest.mark.parametrize("text", OLDER)
def test_a_file_of_an_older_system_is_read_as_it_was_written(text, encoding):
    assert decode(text.encode(encoding))[:2] == (text, encoding)


WINDOWS = """
“Non” – oui…|Il paie 5 €.|Il dit “non” – puis… rien|¡No!|Él está aquí, señor|Ça suffit, dit le maire.
Bon… Il attend…|Il attend … puis il part.|Voici…puis rien.|• un port|Œuvre de papier
Slavoj Žižek est venu.|Le livre de Žižek, dit Žižek.|Marque™|Marque™ et Marque™ sont des marques.
Lire aussi … et … la suite … bien sûr|Il dit ‚non‘ et part.|Le franc (ƒ) monte.|La fonction ƒ(x) et ƒ(y)
Il dit „non“ et „oui“ hier.|Le roi† et la reine‡ sont morts.|Le signe ˆ est un accent.|Un taux de 12 ‰, puis 5‰.
Le port de Šibenik, puis Šibenik.|Le mot ‹non› y est.|‹ Non ›, dit le maire.|L’Œuvre et le CŒUR|Il dit ‘non’ et part.
Il part, l’air content.|C’est d’un port qu’il s’agit.|Le match nord–sud|Le train Paris–Brest – en retard
Il vient — dit-on — demain.|Le port—dit-on—ferme.|Le signe ˜ est un tilde.|Les employé•e•s|Les habitant•e•s du port
Vedad Ibiševic part.|Un œuf, un cœur.|Un œil|Louis Aragon, L’HaŸ|Beža et Lukaš|Pierre Louÿs|¡Hola! ¿No?
Il paie 5 ¢ et 3 £.|Voir § 5 et § 7.|Il fait 5° à Brest.|Le n° 5|« Non »|«Non», dit le maire.|«Non»
Il dit «non» et «oui».|À Brest|È vero|Ève part.|Étienne part.|Être ou non|Ïambe|Île de Ré|Ôter le port
Österreich|Über alles|Ñandú|El niño|Le FC Köln|Il va à Brest.|AÉRÉ|L’ÉTÉ|ÇA|L'Île|L'École ferme.|d'Žilina
Un port ; non\xa0!|Le ¼ du port|Microsoft® et Adobe®|© Le Fanal|10 µm|Un prix : 5\xa0€|3 × 4|CAMÕES|São Tomé
Il dit “oui”et part – “non”, dit-il.|Lukaš et Božena|La vita È bella|La lettre Ñ|La lettre Ç vient.|He said “no” – and “yes”…
""".strip()


@pytest.mark.parametrize("text", [*re.split(r"[|\n]", WINDOWS), "• un port\n• un quai"])
def test_what_is_in_windows_1252_is_never_taken_for_an_older_one(text):
    assert decode(text.encode("cp1252"))[:2] == (text, "cp1252")


SIGNS = "‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ¡¢£§°«»ÇÈÉÊÏÔÖÜÑñ"


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("place", ["Le {} vient.", "Au port {}", "Le port ({}) vient.", "{}Vient."])
def test_a_sign_of_windows_1252_alone_is_no_accent_of_an_older_system(sign, place):
    text = place.format(sign)
    assert decode(text.encode("cp1252"))[:2] == (text, "cp1252")


# What DOS has no sign for is written as people did there; Mac Roman has no narrow blank.
DOS = {"œ": "oe", "Œ": "OE", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "€": "EUR"}
DOS |= {"–": "-", "—": "-", "\u202f": "\xa0"}
ELSEWHERE = {"cp1252": {"\u202f": "\xa0"}, "mac_roman": {"\u202f": "\xa0"}, "cp850": DOS}


@pytest.mark.parametrize(
    ("encoding", "pieces"), [("cp1252", 1208), ("mac_roman", 1191), ("cp850", 1098)]
)
def test_the_texts_of_the_example_are_read_in_older_encodings(encoding, pieces):
    texts = [path.read_text("utf-8") for path in sorted(FICTION.glob("*.txt"))]
    written = [text.translate(str.maketrans(ELSEWHERE[encoding])) for text in texts]
    read = [decoded(text.encode(encoding))[0] for text in written]
    assert read == written
    # A paragraph or a line of its own may have one accent alone, which tells too little.
    lines = [line for text in written for line in text.split("\n") if not line.isascii()]
    assert sum(is_read(line, encoding) for line in lines) >= pieces


def is_read(text: str, encoding: str) -> bool:
    with suppress(NotText):
        return decoded(text.encode(encoding))[0] == text
    return False


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("windows-1252", "cp1252", "sŽchŽ, m‚me"),
        ("iso-8859-1", "cp1252", "sŽchŽ, m‚me"),
        ("ISO-8859-15", "iso8859_15", "Un œil, un cœur : 5 €, à Brest."),
        ("macintosh", "mac_roman", "Œuvre : 5 €"),
        ("x-mac-roman", "mac_roman", "École"),
        ("IBM850", "cp850", "Ça va à Brest."),
    ],
)
@pytest.mark.parametrize(
    "head",
    [
        "<html><head><meta charset='{}'/></head>",
        '<META http-equiv="Content-Type" content="text/html; charset={}">',
        '<?xml version="1.0" encoding="{}"?>\n',
    ],
)
def test_an_encoding_that_is_declared_is_the_one(head, declared, encoding, text):
    data = (head.format(declared) + text).encode(encoding)
    found, name, _ = decoded(data)
    assert (found, name) == (data.decode(encoding), encoding)


def test_an_encoding_is_declared_in_a_tag_alone():
    text = "charset=macintosh : le maïs a séché"
    assert decode(text.encode("cp1252"))[:2] == (text, "cp1252")


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04", b"\xff\xfe\x00", b"a\x00b" * 5, b"\x81\x8d\x8f"],
)
def test_what_is_no_text(data):
    with pytest.raises(NotText):
        decode(data)


LONG = "Il a visité l'école à Fès. " * 5


def problem(data: bytes) -> tuple[str, str, str, str]:
    """The text, and the only problem in it: its kind, its message, its place."""
    text, _, [(kind, message, *place)] = decode(data)
    return text, kind, message, text[slice(*place)] if place else ""


@pytest.mark.parametrize(("mark", "place"), [("Ã©", "Ã©"), ("\ufffd", "\ufffd"), ("â€™", "â€™")])
def test_text_that_was_damaged_before_is_said_so(mark, place):
    text = f"la s{mark}curit{mark}"
    found, kind, message, where = problem(text.encode())
    assert (found, kind, where) == (text, "encoding", place)
    assert message.startswith("holds 2 damaged characters (")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (LONG.encode() + b"l'\xc3", LONG + "l'\ufffd"),
        (b"\xe9t\xe9" + LONG.encode(), "\ufffdt\ufffd" + LONG),
        (b"l'\xe2\x80" + LONG.encode("utf-8-sig").removeprefix(b"\xef\xbb\xbf"), "l'\ufffd" + LONG),
        (LONG.encode("utf-8-sig") + b"\xff", LONG + "\ufffd"),
        (LONG.encode("utf-16") + b"a", LONG + "\ufffd"),
    ],
)
def test_a_bad_byte_changes_nothing_else(data, text):
    found, kind, message, where = problem(data)
    assert (found, kind, where) == (text, "encoding", "\ufffd")
    assert f"holds {text.count(where)} damaged character" in message


def test_a_bad_byte_of_windows_1252_changes_nothing_else():
    text, encoding, problems = decode(LONG.encode("cp1252") * 9 + b"\x81")
    assert (text, encoding) == (LONG * 9 + "\ufffd", "cp1252")
    assert [kind for kind, *_ in problems] == ["encoding"] * 2


def test_controls_are_what_windows_1252_has_in_their_place():
    found, kind, message, where = problem("L\x92école, c\x92est l\x92\x9cuvre".encode())
    assert (found, kind, where) == ("L’école, c’est l’œuvre", "encoding", "’")
    assert "4 control characters" in message
    assert decode("l\x81".encode()) == ("l\x81", "utf-8", [])  # where it has none


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_two_marks_of_byte_order_are_left_out(encoding):
    found, kind, message, _ = problem(f"\ufeff{TEXT}".encode(encoding))
    assert (found, kind) == (TEXT, "encoding")
    assert "mark of byte order" in message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_end_of_file_mark_of_dos_is_left_out(encoding):
    for end in ("", "\r\n", "\n\n"):
        found, kind, message, _ = problem(f"{TEXT}\x1a\x1a{end}".encode(encoding))
        assert (found, kind) == (TEXT + end, "encoding")
    assert "end-of-file mark" in message
    with pytest.raises(NotText, match="control characters"):
        decode(f"{TEXT}\x1a{TEXT}\x1a".encode(encoding))


@pytest.mark.parametrize(
    ("written", "read", "count", "place"),
    [
        ("L&rsquo;&eacute;cole&nbsp;: c&#39;est &#xe7;a", "L’école\xa0: c'est ça", 5, "’"),
        ("Elle a &amp;eacute;t&amp;#233; l&#146;élue", "Elle a été l’élue", 3, "é"),
        ("Martin &amp; Fils &lt; 3", "Martin & Fils < 3", 2, "&"),
        ("&amp;foo; est une marque", "&foo; est une marque", 1, "&foo;"),
    ],
)
def test_html_entities_are_what_they_name(written, read, count, place):
    found, kind, message, where = problem(written.encode())
    assert (found, kind, where) == (read, "markup", place)
    assert message.startswith(f"holds {count} HTML ent")


@pytest.mark.parametrize(
    "text", ["AT&T ; R&D;", "?a=1&copy=2&reg=3", "&foo; &copyright;", "&#1; &#127;", "a & b;"]
)
def test_what_is_no_html_entity_stays(text):
    assert decode(text.encode()) == (text, "utf-8", [])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", " \n  "])
@pytest.mark.parametrize("soft", ["\u00ad", "&shy;", "\u00ad\u200b"])
def test_a_soft_hyphen_at_a_line_end_joins_the_word(soft, end):
    text = f"La poli{soft}{end}tique &agrave; la campa{soft}{end}gne.{end}Fin\u00ad"
    found, _, [first, second] = decode(text.encode())
    assert found == f"La politique à la campagne.{end}Fin\u00ad"
    assert first[1].startswith("holds 2 soft hyphens at line ends")
    assert [(kind, found[start:end]) for kind, _, start, end in (first, second)] == [
        ("hyphen", "it"), ("markup", "à")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "count", "place"),
    [
        ("<p>Il est venu.</p><br/>Fin<a href='x'>.</a>", "markup", "5 HTML tags", "<p>"),
        (r"{\rtf1\ansi\deff0 Il est venu.}", "markup", "1 mark of RTF", r"{\rtf"),
        ("L’&eacutecole de F&egraves", "markup", "2 broken HTML entities", "&eacute"),
        ("Il lit [url=x.fr]le texte[/url].", "markup", "2 BBCode tags", "[url=x.fr]"),
        ("# Le pont\n\nIl **est** [neuf](https://x.fr).", "markup", "3 Markdown marks", "# "),
        ("L’?cole de la r?publique.", "encoding", "2 damaged characters", "?"),
        ("C?est la fin de l?été.", "encoding", "2 damaged characters", "?"),
        ("La poli-\ntique de la ville, la poli-\r\n  tique.", "hyphen", "2 hyphens", "-\n"),
        ("La poli‐\ntique de la ville.", "hyphen", "1 hyphen at", "‐\n"),
        ("La poli¬\r\ntique de la ville.", "hyphen", "1 hyphen at", "¬\r\n"),
        ("La poli- tique et la cam- pagne.", "hyphen", "2 hyphens before a blank", "- "),
    ],
)
def test_what_cannot_be_mended_safely_is_told_and_left(text, kind, count, place):
    found, told, message, where = problem(text.encode())
    assert (found, told, where) == (text, kind, place)
    assert re.match(rf"holds {count}\b", message)


@pytest.mark.parametrize(
    "text",
    [
        "a < b > c",
        "<3",
        "Saint-\nDenis",
        "- un\n- deux",
        "12-\n13",
        "<Paul>",
        "porte-parole\n",
        "les micro- et macro-données",
        "le maire- qui sort- et elle",
        "le p¬q",
        "a: b-\nc: d",
    ],
)
def test_what_only_looks_so_is_not_told(text):
    assert decode(text.encode()) == (text, "utf-8", [])


@given(st.binary())
def test_any_bytes_are_text_or_not(data):
    try:
        text, encoding, problems = decode(data)
    except NotText:
        return
    assert isinstance(text, str)
    for _, _, *place in problems:
        assert not place or 0 <= place[0] < place[1] <= len(text) or not text
    assert encoding in ENCODINGS


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf_8_is_read_as_it_is(text):
    assert decode(text.encode())[0] == text.lstrip("\ufeff")


@given(
    st.lists(
        st.sampled_from(
            ["a.txt", "a.TXT", "a.Txt", "a.txt.txt", "b.txt", os.fsdecode(b"\xff.txt")]
        ),
        unique=True,
    )
)
def test_documents_have_different_names(names):
    docs = list(unique_stems(names))
    assert len(set(docs)) == len(names)
    assert all(doc.encode("utf-8") for doc in docs)

"""Who has the word where no verb tells it: the turns of an interview, and the author of an op-ed or
a letter.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

import pandas as pd

from helpers.read.corpus import Corpus
from helpers.read.names import surname
from helpers.read.tables import Rows
from helpers.voices.people import title_of
from helpers.voices.vocabulary import speakers

NO_CUE = "—"  # the verb of what no word tells
FULL_NAME = r"[A-ZÀ-Ý][\w’'-]+(?: [A-ZÀ-Ý][\w’'-]+)+"
UNSAID = ("none", "conditional")  # kinds of the passages that nobody is named for
ASKED = 2  # questions of an interview, at least; of one without any mark one more
_LABEL = re.compile(
    r"(?:\*\*|__)?([A-ZÀ-Ý][^:«»?!*\n]{0,50}?(?=\s?:)|[QR](?=\.))\s?[:.](?:\*\*|__)?\s"
)
_LINE = re.compile(r"[^\n]+")
_DASH = re.compile(r"[-–—]\s")
_QUOTE = ("«", "“", '"', "<<", "„")
_ASKS = re.compile("Q|Question|Questions")
_ANSWERS = re.compile("R|Réponse|Rép")
_INITIALS = re.compile(r"(?:[A-ZÀ-Ý]\.[\s-]?)+")
_TO_YOU = re.compile(r"(?i)\b(?:vous|votre|vos|tu|ton|ta|tes)\b")
_TITLED = re.compile(rf"^({FULL_NAME}) ?:")
_OF_AUTHORS = re.compile(
    r"(?i)\b(?:tribunes?|opinions?|points? de vue|cartes? blanches?|courriers?|lettres?|débats?|"
    r"idées|chroniques?|éditoria(?:l|ux)|édito|libres? propos|billet|entretiens? libres?)\b"
)
_SIGNED = re.compile(
    r"(?i)^(?:le |la |un )?(?:collectif|comité|groupe|rédaction)\b|"
    r", (?!envoyé|correspond|journalist|avec|à |au |(?-i:[A-Z]{2,6}$))"
)
_I = re.compile(
    r"(?i)\b(?:j[e’']|nous|notre|nos|mon|ma|mes|m[e’'])(?!\w)"
    r"|(?m:^|[.,:!?…] )(?!actions)\w{2,}ons\b"
)
_ME = re.compile(r"(?i)\bj[e’'](?!\w)")
_US = re.compile(r"(?i)\bnous\b")
# Bounded, since each mark that none closes would be read to the end of the text.
_QUOTED = re.compile(r"(?m)«[^»]{0,5000}»|“[^”]{0,5000}”|\"[^\"]*\"|^[ \t]*[—–] .*")


class Turn(NamedTuple):
    """Whose paragraph or line it is, by its number: `direct` of somebody, or a `question`; with the
    label as written.
    """

    at: int
    kind: str
    label: str = ""
    name: str = ""


def told_in_turns(corpus: Corpus, said: Rows, named: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The passages, those without a cue that are turns of an interview (kinds `direct` and
    `question`), or stand in an op-ed or letter of a known author (kind `author`), as such; their
    verb is "—".
    """
    turns, authors = _turns(corpus, named), authors_of(corpus)
    for row in said:
        own = turns.get(row["doc"], [])
        at = bisect_right(own, row["start"], key=itemgetter(0)) - 1
        turn = own[at][2] if at >= 0 and row["start"] < own[at][1] else None
        yield row | _told(row, turn, authors.get(row["doc"]))


def _told(row: Mapping[str, Any], turn: Turn | None, author: str | None) -> dict[str, Any]:
    """What a turn or an author changes of a passage: whose it is, whom *je* means, and that *il* is
    not the one who speaks.
    """
    silent, source = row["kind"] in UNSAID, row.get("source", "").lower()
    if turn and (silent or (row["verb"] == ":" and turn.label)):
        of = {"kind": turn.kind, "source": turn.label, "source_name": turn.name}
        return of | {"verb": NO_CUE, "inferred": True}
    if silent and author:
        return {"kind": "author", "source_name": author, "verb": NO_CUE, "inferred": True}
    if turn and source in ("je", "j’", "j'"):
        return {"source_name": turn.name}
    another = turn and row["inferred"] and row["source_name"] == turn.name
    return {"source_name": ""} if another else {}


def authors_of(corpus: Corpus) -> dict[str, str]:
    """The author of each text that is an op-ed, a letter or the like: signed, and of such a section
    or genre, or signed with what the author is and in the first person.
    """
    about = corpus.documents.set_index("doc")
    fields = [name for name in ("section", "genre", "rubrique", "section_given") if name in about]
    found = {}
    for doc, byline in about["byline"].dropna().items():
        sections = " ".join(str(about[name][doc]) for name in fields)
        body = about["text"][doc][about["body_start"][doc] : about["body_end"][doc]]
        own = _QUOTED.sub("", body)
        spoken = _ME.search(own) or (_SIGNED.search(byline) and _I.search(own))
        spoken = spoken or len(_US.findall(own)) > 1
        if _OF_AUTHORS.search(sections) or spoken:
            found[str(doc)] = _signature(byline)
    return found


def _signature(byline: str) -> str:
    """The name in a byline, without title and office, not in capitals."""
    words = byline.split(",")[0].split()
    words = words[1:] if len(words) > 1 and title_of(words[0])[0] else words
    return surname(" ".join(words))


def _turns(corpus: Corpus, named: pd.DataFrame) -> dict[str, list[tuple[int, int, Turn]]]:
    """The turns of all interviews, by text, each with where it starts and ends: paragraphs, else
    lines of them, which need a label or a dash.
    """
    about, people = corpus.documents.set_index("doc"), places_of(named)
    texts, titles = about["text"].to_dict(), about["title"].fillna("").to_dict()
    columns = (corpus.paragraphs[of].tolist() for of in ("doc", "start", "end"))
    found = {}
    for doc, rows in groupby(zip(*columns, strict=True), key=itemgetter(0)):
        places = [(start, end) for _, start, end in rows]
        lines = [line.span() for a, b in places for line in _LINE.finditer(texts[doc], a, b)]
        own = people.get(doc, {})
        for parts in (places, lines):
            said = [texts[doc][start:end] for start, end in parts]
            turns = _labelled(said, [*own.values()]) or _dashed(said)
            turns = turns or (_asked(said) if parts is places else [])
            if turns and doc not in found:
                near, first = (parts[max(turns[0].at - n, 0)][0] for n in (1, 0))
                guest = _guest(titles[doc], own, near, first)
                found[doc] = [(*parts[t.at], t._replace(name=_name(t, guest))) for t in turns]
    return found


def places_of(named: pd.DataFrame) -> dict[str, dict[int, str]]:
    """The names of persons in each text by where they stand."""
    people: dict[str, dict[int, str]] = {}
    for doc, start, name in zip(named["doc"], named["start"], named["name"], strict=True):
        people.setdefault(doc, {})[start] = name
    return people


def _name(turn: Turn, guest: str) -> str:
    """Whose turn it is: the name, else that of the guest who answers."""
    answers = not turn.label or _ANSWERS.fullmatch(turn.label)
    return turn.name or (guest if turn.kind == "direct" and answers else "")


def _guest(title: str, people: dict[int, str], near: int, first: int) -> str:
    """Who is interviewed: named before the colon of the title, else the only one in the paragraph
    that leads to the turns (it begins at `near`), before them, or in the text; nobody where it may
    be two.
    """
    if titled := _TITLED.match(title):
        return titled[1]
    leads = ({name for at, name in people.items() if a <= at < first} for a in (near, 0))
    some = next(filter(None, (*leads, {*people.values()})), set())
    return some.pop() if len(some) == 1 else ""


def _labelled(said: Sequence[str], people: Sequence[str]) -> list[Turn]:
    """L'Aurore : … ? Dr Traoré : …; Q : … R : …; A. T. : … Labels that return."""
    labels = {par: found[1] for par, each in enumerate(said) if (found := _LABEL.match(each))}
    times = Counter(labels.values())
    if len(labels) <= ASKED or max(times.values()) < 2:
        return []
    asked = Counter(label for par, label in labels.items() if said[par].rstrip("* ").endswith("?"))
    names = {label: _labelled_name(label, people) for label in times}
    asking = {label for label, n in times.items() if 2 * asked[label] > n}
    asking = {each for each in asking if names[each] not in people or _ASKS.fullmatch(each)}
    if not (asking or any(_is_somebody(label, names[label], people) for label in times)):
        return []
    return [
        Turn(par, "question" if label in asking else "direct", label, names[label])
        for par, label in labels.items()
    ]


def _is_somebody(label: str, name: str, people: Sequence[str]) -> bool:
    """LE MAIRE, Awa Ndoye; not Lieu."""
    person = "person" in {speakers().get(word) for word in label.lower().split()}
    return person or name in people or bool(re.fullmatch(FULL_NAME, name))


def _labelled_name(label: str, people: Sequence[str]) -> str:
    """The person of the text whom a label names, by surname, initials or in capitals; else the
    label.
    """
    if _ASKS.fullmatch(label) or _ANSWERS.fullmatch(label):
        return ""
    if _INITIALS.fullmatch(label):
        letters = re.sub(r"\W", "", label)
        same = {name for name in people if "." not in name and _initials(name) == letters}
        return same.pop() if len(same) == 1 else ""
    last = label.casefold().split()[-1:]
    same = {name for name in people if last == name.casefold().split()[-1:]}
    one = {name for name in same if name.casefold() in label.casefold()} or same
    return one.pop() if len(one) == 1 else _signature(label)


def _initials(name: str) -> str:
    """The first letter of each part of a name."""
    return "".join(part[0] for part in re.split("[ -]", name))


def _dashed(said: Sequence[str]) -> list[Turn]:
    """Every second of the paragraphs behind a dash answers, where most of the others ask; where
    none follows another, each asks, and what stands between answers.
    """
    dashed = [par for par, each in enumerate(said) if _DASH.match(each)]
    apart = all(b - a > 1 for a, b in pairwise(dashed))
    asking = dashed if apart else dashed[::2]
    asked = [said[par].endswith("?") for par in asking]
    if sum(asked) < ASKED or 2 * sum(asked) <= len(asked) or not asked[0]:
        return []
    turns = range(dashed[0], min(dashed[-1] + 2, len(said))) if apart else dashed
    return [Turn(par, "question" if par in asking else "direct") for par in turns]


def _asked(said: Sequence[str]) -> list[Turn]:
    """Paragraphs that ask (you), and the answers between, in quotation marks or without."""
    plain = [each.strip("*_ ") for each in said]
    asks = [par for par, each in enumerate(plain) if each.endswith("?") and each[0] not in _QUOTE]
    questions = {*asks}
    answers = [par + 1 for par in asks if par + 1 < len(said) and par + 1 not in questions]
    quoted = all(plain[par].startswith(_QUOTE) for par in answers)
    to_you = 2 * sum(bool(_TO_YOU.search(plain[par])) for par in asks) >= len(asks)
    if len(answers) < ASKED + (not quoted) or len(answers) < len(asks) or not to_you:
        return []
    between = range(asks[0], answers[-1] + 1)
    return [Turn(par, "question" if par in questions else "direct") for par in between]

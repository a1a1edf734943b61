"""The invented world of the fictional communiqués: who lives there, and what may be said.

Frames, topics, names and institutions are CSV files in `data/`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from functools import lru_cache
from itertools import cycle
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.fiction.grammar import JOINT, Piece, marked, pieces, plain

FOLDER = Path(__file__).parent / "data"
TURN = date(2023, 7, 1)  # the turning month, from which on the frames marked "after" are frequent
SHIFT = ("résilience", "souveraineté", "inclusive", "feuille", "anticiper")  # words of these frames
RISE, FALL = "sobriété", "compétitivité"  # words of frames that become frequent, and rare, slowly
WEIGHT, IN_PERIOD, ELSEWHERE = 3, 6, 1  # of a frame: of any period; of this one; of the other
# What a text calls its event.
MEETS = {
    "reception": ("cette {diplomacy:rencontre}", "cette {diplomacy:audience}"),
    "visit": ("cette {diplomacy:visite}", "ce déplacement"),
    "meeting": ("cette {diplomacy:réunion}", "cette {diplomacy:rencontre}"),
    "call": ("cet {cooperation:échange}", "cet {diplomacy:entretien}"),
    "signature": ("cette cérémonie", "cette {diplomacy:rencontre}"),
}
CLASSES = {"security": 1, "justice": 1, "digital": 1}  # all other scenes are of class 2
# The pages of a newspaper on which scenes are printed; all others are Société.
SECTIONS = dict.fromkeys(("trade", "energy", "transport", "fisheries", "agriculture"), "Économie")
SECTIONS |= dict.fromkeys(("water", "environment"), "Environnement")
SECTIONS |= {"university": "Culture", "culture": "Culture", "sport": "Sport", "health": "Santé"}


class Institution(NamedTuple):
    """An invented institution: its name, whether it is feminine, how it is called first, later."""

    name: str
    feminine: bool
    first: str
    later: str


class Person(NamedTuple):
    """An invented person, and the words for it; tells: its role names the country."""

    name: str
    surname: str
    title: str
    feminine: bool
    post: str
    org: Institution
    country: dict[str, str]
    tells: bool


class Frame(NamedTuple):
    """A sentence with blanks; kind, host and guest of its event; verb and kind of its cues."""

    part: str
    event: list[str]
    cues: list[list[str]]
    pieces: list[Piece]


class Scene(NamedTuple):
    """What may be said in a scene and a period: frames by part, topics by kind."""

    frames: dict[str, list[Frame]]
    topics: dict[str, list[str]]


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the files in `data/`."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache
def scenes() -> dict[tuple[str, bool], Scene]:
    """What may be said, by scene and whether it is after the turn; what is said more often stands
    there several times.
    """
    frames = [(row, _frame(row)) for row in rows("frames")]
    out = {}
    for name in dict.fromkeys(row["scene"] for row in rows("institutions")):
        here = ("any", str(CLASSES.get(name, 2)), name)
        for after in (False, True):
            said, topics = defaultdict(list), defaultdict(list)
            for row, frame in frames:
                if row["scene"] in here:
                    same = (row["period"] == "after") == after
                    weight = (IN_PERIOD if same else ELSEWHERE) if row["period"] else WEIGHT
                    said[frame.part] += [frame] * weight * (1 + (row["scene"] != "any"))
            for row in rows("topics"):
                if row["scene"] in here:
                    topics[row["kind"]].append(marked(row["text"]))
            out[name, after] = Scene(said, topics)
    return out


@lru_cache
def outlets() -> dict[str, list[Frame]]:
    """The sentences that only one newspaper prints, by newspaper."""
    out: dict[str, list[Frame]] = {}
    for row in rows("outlets"):
        out.setdefault(row["outlet"], []).append(Frame("house", [""], [], pieces(row["text"])))
    return out


def _frame(row: dict[str, str]) -> Frame:
    cues = [cue.strip().rsplit(" ", 1) for cue in row["cues"].split(";") if cue]
    return Frame(row["part"], row["event"].split(":"), cues, pieces(row["text"]))


@lru_cache(maxsize=8)
def cast(seed: int) -> dict[str, list[Person]]:
    """The people of each scene, two in a row of one institution; another seed has others."""
    random, people = Random(f"cast:{seed}"), defaultdict(list)
    countries = [{key: marked(said) for key, said in row.items()} for row in rows("countries")]
    home = cycle(random.sample(countries, len(countries)))  # so that a scene has each once
    names = {row.pop("region"): {k: v.split() for k, v in row.items()} for row in rows("names")}
    for known in names.values():
        random.shuffle(known["surnames"])
    posts = defaultdict(list)
    for row in rows("posts"):
        posts[row["kind"]].append(row)
    for row in rows("institutions"):
        country, org = next(home), _institution(row)
        ministry = [random.choice(posts[kind]) for kind in ("minister", "ministry")]
        heads = random.sample(posts["head"], 2)
        for post in ministry if org.name.startswith("ministère") else heads:
            female = random.random() < 0.5
            known = names[country["region"]]
            first = random.choice(known["women" if female else "men"])
            surname, tells = known["surnames"].pop().replace("%", " "), random.random() < 0.6
            said = marked(post["feminine" if female else "masculine"])
            who = (f"{first} {surname}", surname, "Mme" if female else "M.", female, said)
            people[row["scene"]].append(Person(*who, org, country, tells))
    return dict(people)


def _institution(row: dict[str, str]) -> Institution:
    name, acronym, feminine = marked(row["name"]), row["acronym"], row["gender"] == "f"
    the = JOINT + ("la " if feminine else "le ")
    first = f"{the}{name} ({acronym})" if acronym else the + name
    return Institution(plain(name), feminine, first, the + (acronym or name))

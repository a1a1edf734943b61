"""How a fictional communiqué is written."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

from tests.fiction.grammar import CLOSE, COMMA, END, JOINT, NOTE, SENTENCE, marked, plain
from tests.fiction.scenes import (
    MEETS,
    TURN,
    Frame,
    Institution,
    Person,
    cast,
    outlets,
    scenes,
)

FIRST_YEAR, N_MONTHS = 2022, 36
NUMBERS = "sept neuf douze quinze vingt trente".split()
DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)
# How a day is written, and how often: weekday, day of the month with month and year.
WRITTEN = {"{0}": 11, "ce {0}": 3, "{0} {1}": 3, "le {1}": 2, "cette semaine": 1}
# What is planted beside the talk: how often it is in a text. The words of a trend are in this share
# of the first texts and of the last, and of those between in proportion.
LONG_QUOTATION, DIALOGUE, HOUSE = 0.3, 0.12, 0.85
RARE, OFTEN = 0.05, 0.85
FOLLOWING = ("follow", "middle", "shut", "end", "question", "answer", "reply")  # nobody else speaks


class Body(NamedTuple):
    """A text before it is printed: what it is about, and its sentences with their marks."""

    scene: str
    day: date
    earlier: date
    written: str
    city: str
    title: tuple[Frame, str]
    outlet: str
    cast: dict[str, Any]
    notes: list[tuple[str, Any]]
    paragraphs: list[list[tuple[Frame, str]]]


class Writer:
    """Writes the body of one text; keeps what was drawn, and who was already introduced."""

    def __init__(self, seed: int, number: int) -> None:
        self.random = random = Random(f"{seed}:{number}")
        month = random.randrange(N_MONTHS)
        day = date(FIRST_YEAR + month // 12, month % 12 + 1, random.randint(6, 22))
        self.day = day - timedelta(max(0, day.weekday() - 4))  # nobody signs on a Sunday
        self.earlier = self.day - timedelta(random.randint(1, 2))
        self.name, people = self.pick(list(cast(seed).items()))
        self.scene = scenes()[self.name, self.day >= TURN]
        places = random.sample(range(0, len(people), 2), 3)
        self.cast: dict[str, Any] = {
            letter: self.pick(people[place : place + 2])
            for letter, place in zip("HGT", places, strict=True)
        }
        self.cast |= {"O": self.cast["H"].org, "P": self.cast["G"].org}
        self.city = self.pick(self.cast["H"].country["cities"].split(";"))
        self.outlet = self.pick(list(outlets()))
        self.written = random.choices(list(WRITTEN), list(WRITTEN.values()))[0]
        self.notes: list[tuple[str, Any]] = []
        self.used: set[Any] = set()  # sentences, topics, names that this text has

    def body(self) -> Body:
        """An event, an agenda, what was said and how it goes on, in four to seven paragraphs."""
        random, frames = self.random, self.scene.frames
        kind = self.pick(list(MEETS))
        self.meets = [marked(said) for said in MEETS[kind]]
        event = self.say(self.pick([frame for frame in frames["event"] if frame.event[0] == kind]))
        text = [[event], self.draw("agenda", random.randint(1, 2))]
        if random.random() < 0.2:
            text[1] += self.draw("second", 1)
        long = self.quotation() if random.random() < LONG_QUOTATION else []
        dialogue = self.dialogue() if random.random() < DIALOGUE else []
        talk, target = [self.draw("talk", 1)], random.randint(900, 1350)  # characters
        target -= sum(len(said) for part in [long, *dialogue] for _, said in part)
        talk += [long] if long else []
        while sum(len(said) for turn in talk for _, said in turn) < target:
            talk.append(self.draw("frame" if random.random() < 0.25 else "talk", 1))
        cuts = sorted(random.sample(range(1, len(talk)), random.randint(0, min(3, len(talk) - 1))))
        for start, end in zip([0, *cuts], [*cuts, len(talk)], strict=True):
            text.append([sentence for turn in talk[start:end] for sentence in turn])
        text += [*dialogue, self.draw("closing", random.randint(1, 2)) + self.colour()]
        title = self.say(self.pick(frames["title"]))
        drawn = (self.name, self.day, self.earlier, self.written, self.city, title, self.outlet)
        return Body(*drawn, self.cast, self.notes, text)

    def quotation(self) -> list[tuple[Frame, str]]:
        """A quotation over several sentences; its speaker is named in the first or in the last."""
        opening = self.say(self.fresh(self.scene.frames["open"]))
        middle = self.draw("middle", self.random.randint(0, 2))
        return [opening, *middle, *self.draw("shut" if opening[0].cues else "end", 1)]

    def dialogue(self) -> list[list[tuple[Frame, str]]]:
        """Questions of journalists and answers, a paragraph each, behind dashes."""
        turns = [self.draw("lead", 1), self.draw("question", 1), self.draw("answer", 1)]
        for _ in range(self.random.randint(1, 2)):
            turns += [self.draw("question", 1), self.draw("reply", 1)]
        return turns

    def colour(self) -> list[tuple[Frame, str]]:
        """What depends on the newspaper and on the month alone."""
        at = (12 * (self.day.year - FIRST_YEAR) + self.day.month - 1) / (N_MONTHS - 1)
        often = {"rise": RARE + at * (OFTEN - RARE), "fall": OFTEN + at * (RARE - OFTEN)}
        drawn = [part for part in often if self.random.random() < often[part]]
        said = [sentence for part in drawn for sentence in self.draw(part, 1)]
        house = outlets()[self.outlet] if self.random.random() < HOUSE else []
        return said + [self.say(self.fresh(house)) for _ in house[:1]]

    def pick(self, pool: list[Any]) -> Any:
        return pool[int(self.random.random() * len(pool))]

    def fresh(self, pool: list[Any], key: Any = id) -> Any:
        """Something that this text does not have yet, as long as there is such a thing."""
        for _ in range(12):
            drawn = self.pick(pool)
            if key(drawn) not in self.used:
                break
        self.used.add(key(drawn))
        return drawn

    def draw(self, part: str, count: int) -> list[tuple[Frame, str]]:
        """So many sentences of a part; whoever speaks may go on as a pronoun."""
        out: list[tuple[Frame, str]] = []
        for _ in range(count):
            frame = self.fresh(self.scene.frames[part])
            out.append(self.say(frame))
            alone = ("A", "", "") in frame.pieces and ("B", "", "") not in frame.pieces
            if part == "talk" and alone and self.random.random() < 0.3:
                out.append(self.say(self.fresh(self.scene.frames["follow"])))
        return out

    def say(self, frame: Frame) -> tuple[Frame, str]:
        """A frame and its sentence, with the marks."""
        if frame.part not in FOLLOWING:
            a, b = "HG" if self.random.random() < 0.5 else "GH"
            speaker, other = self.cast[a], self.cast[b]
            self.cast |= {"A": speaker, "B": other, "X": speaker, "Q": other.org}
        said = [piece if isinstance(piece, str) else self.fill(*piece) for piece in frame.pieces]
        return frame, SENTENCE + "".join(said) + END

    def fill(self, name: str, form: str, said: str) -> str:
        """What stands in a blank: a word that agrees, a name, a day, a number, a topic."""
        if said:
            return said.split("/")[all(self.cast[letter].feminine for letter in name)]
        if who := self.cast.get(name):
            if isinstance(who, Institution):
                return self.institution(who)
            return who.country[form] if form in who.country else self.person(who, form)
        if name in ("source", "open"):
            known = self.cast["A"] if form in ("quotation", "answer") else None
            return self.note(form or name, known)
        if name == "shut":
            return CLOSE
        if name == "city":
            return self.city
        if name == "day":
            date_ = f"{self.day.day} {MONTHS[self.day.month - 1]} {self.day.year}"
            return self.written.format(DAYS[self.day.weekday()], date_)
        if name == "day2":
            return DAYS[self.earlier.weekday()]
        if name in ("num", "meet"):
            return self.pick(NUMBERS if name == "num" else self.meets)
        return self.fresh(self.scene.topics[name], str)

    def note(self, kind: str, who: Any) -> str:
        """The mark with which a note opens."""
        self.notes.append((kind, who))
        return chr(NOTE + len(self.notes) - 1)

    def institution(self, org: Institution) -> str:
        """In full with its acronym where it is new."""
        said = org.later if org.name in self.used else org.first
        self.used.add(org.name)
        return self.note("org", org) + said + CLOSE

    def person(self, who: Person, form: str) -> str:
        """By role and name where it is new, then by surname, name, role or pronoun."""
        if form == "nom":
            return self.note("name", who) + who.name + CLOSE
        if form in ("il", "lui"):
            return self.note("pronoun", who) + ("elle" if who.feminine else form) + CLOSE
        the = JOINT + ("la " if who.feminine else "le ")
        if who.name not in self.used:
            self.used.add(who.name)
            role, name = self.role(who), f"{who.title} {self.note('name', who)}{who.name}{CLOSE}"
            return (f"{the}{role}, {name}" if form == "full" else f"{name}, {role}") + COMMA
        chance = self.random.random()
        if chance < 0.65:
            kind, said = ("surname", who.surname) if chance < 0.5 else ("name", who.name)
            return f"{who.title} {self.note(kind, who)}{said}{CLOSE}"
        posts = [self.cast[letter].post for letter in "HGT"]
        if chance < 0.82 and posts.count(who.post) == 1:
            return self.note("role", who) + the + who.post + CLOSE
        demonym = who.country["fs" if who.feminine else "ms"]
        return f"{self.note('country', who)}{the}responsable {demonym}{CLOSE}"

    def role(self, who: Person) -> str:
        """The role with the institution, and with the country where the role names it."""
        mark, country = self.note("post", who), who.country
        if plain(who.post) == "ministre":
            demonym = country["fs" if who.feminine else "ms"] + " " if who.tells else ""
            return f"{mark}{who.post} {demonym}{who.org.first.split(' ', 2)[2]}{CLOSE}"
        place = " " + country["du"] if who.tells else ""
        return f"{mark}{who.post} {JOINT}de {self.institution(who.org)}{place}{CLOSE}"

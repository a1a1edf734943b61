"""Files of press databases, each word of them invented, what is to be read in them, and broken copies."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from helpers.exchange.articles import Article, Reader, Source, finish
from tests.hostile import FULL, ODD

SAMPLES = Path(__file__).with_name("samples")
MUTANTS = 500 if FULL else 60
NAMES = {"id": "source_id", "author": "byline"}  # of fields, where the samples call them otherwise
_TAGS = ["<!--", "-->", "<![CDATA[", "<script>", "</div>", "<p>", "<", ">", '"', "&", "</", "<td>"]


def sample(name: str) -> tuple[Source, dict[str, Any]]:
    """The file of a format, and what is to be read in it."""
    expected = json.loads((SAMPLES / name / "expected.json").read_text("utf-8"))
    return Source(expected["file"], (SAMPLES / name / expected["file"]).read_bytes()), expected


def read(reader: Reader, text: str | bytes) -> list[Article]:
    """The articles of a file, as the import finishes them."""
    data = text if isinstance(text, bytes) else text.encode()
    return [finish(article) for article in reader(Source("export", data))]


def told(article: Article) -> dict[str, Any]:
    """An article as the samples write it."""
    names = ("outlet", "edition", "issue", "date", "time", "title", "kicker", "subtitle", "section")
    names += ("page", "words_told", "url", "language", "copyright", "source_id", "byline")
    fields = {name: article.fields.get(name) for name in names}
    number = fields["words_told"]
    return {
        **{given: fields.pop(name) for given, name in NAMES.items()},
        **fields,
        "words_told": int(number) if number else None,
        "also_in": article.also_in,
        "lead": article.lead,
        "paragraphs": article.paragraphs,
        "beside": [[*part] for part in article.beside],
        "flags": article.flags,
    }


def agrees(name: str, reader: Reader) -> None:
    """The file of a format is read as it is to be, in order, with places that are apart."""
    source, expected = sample(name)
    articles = [finish(article) for article in reader(source)]
    kept = [article for article in articles if not article.left_out]
    assert [told(article) for article in kept] == expected["articles"]
    out = [{"id": a.fields.get("source_id"), "why": a.left_out} for a in articles if a.left_out]
    assert out == expected.get("left_out", [])
    shown = [line for a in kept for line in (a.fields.get("title", ""), *a.text)]
    assert [never for never in expected["never"] if any(never in line for line in shown)] == []
    ends = [end for article in articles for end in article.place]
    assert ends == sorted(ends)
    assert all(article.place[0] < article.place[1] for article in articles)


def survives(name: str, reader: Reader) -> None:
    """Whatever is broken in a file, there is no other error than a ValueError."""
    data = sample(name)[0].data
    for number in range(MUTANTS):
        chance = random.Random(number)
        broken = data
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(broken))
            end = at + chance.choice([0, 0, 1, 3, 30, 300])
            new = chance.choice([b"", chance.choice(ODD), chance.choice(_TAGS).encode()])
            broken = broken[:at] + new + broken[end:] or b"<"
        try:
            read(reader, broken[: chance.choice([len(broken), chance.randrange(len(broken))])])
        except ValueError:
            continue


def keeps_the_others(name: str, reader: Reader, mark: int = 200) -> None:
    """What is broken in an article, behind its mark, changes no other one."""
    source, _ = sample(name)
    whole = read(reader, source.data)
    for number in range(MUTANTS):
        chance = random.Random(number)
        hit = chance.randrange(len(whole))
        start, end = whole[hit].place
        at = chance.randrange(start + mark, end - 1)
        until = min(end, at + chance.choice([0, 1, 3, 30, 300]))
        broken = source.text[:at] + chance.choice(["", *_TAGS]) + source.text[until:]
        found = [told(article) for article in read(reader, broken)]
        others = [told(article) for i, article in enumerate(whole) if i != hit]
        assert [article for article in others if article not in found] == [], number

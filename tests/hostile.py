"""Broken copies of the committed texts, the same ones for the same seed; and a bound on time that does not
depend on the clock or on what else the machine does.
"""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from helpers.read import FICTION, SEEDS

FIXTURES = Path(__file__).parent / "fixtures"
# In which a text is read.
ENCODINGS = {
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
    "mac_roman",
    "cp850",
}
FULL = bool(os.environ.get("FULL"))  # of `make test-all`
MUTATIONS = 10_000 if FULL else 250

SOURCES = [
    path.read_bytes()
    for folder in (SEEDS, FIXTURES / "three", FIXTURES / "thirty", FICTION)
    for path in sorted(folder.glob("*.txt"))[:30]
]
# Byte order marks, NUL and other controls, broken UTF-8, characters of four bytes, combining,
# bidirectional and invisible marks, line ends of every system, and what headers are made of.
# fmt: off
ODD = [
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0", b"\0\0", b"\x1a", b"\x1b", b"\x7f", b"\x81", b"\xff",
    b"\xc3", b"\xe2\x80", b"\xf0\x9f", b"\xed\xa0\x80", b"\xc0\xaf", b"\x80" * 9, b" " * 40, b"\x85",
    b"\r", b"\n", b"\r\n", b"\r\r", b"\n\n", b"\t", b"\x0b", b"\x0c",
    *(character.encode() for character in "🙂𝔄\u0301\u0327\u202e\u2066\u200b\u00ad\u2028\u2029\ufffd\ufdd0İßﬁǄ٣Ⅻ中"),
    *(character.encode() for character in "’‘ʼ'-‑–«»“\"([.…!;1\u00a0\u202f"),
    *(
        written.encode()
        for written in (
            " date 2024-11 ", "date 9999-99 ", "31/02/2024\n\n", "(avec MAP)", "S.L.", "Par A. B.\n\n",
            "© DR\n\n", "---\n", "\ndate: 2024\n", "M. ", "l'", "-t-il", "0000-00-00", "1er mai 2024", "<script>", "$x$", "1 000",
        )
    ),
]
# fmt: on


def mutant(number: int, source: bytes | None = None) -> bytes:
    """A committed text, or another file, with one to eight changes."""
    chance = random.Random(number)
    data = source or chance.choice(SOURCES)
    if chance.random() < 0.5:
        data = data[: chance.randint(1, 600)]
    data = _recoded(data, chance) if chance.random() < 0.15 else data
    for _ in range(chance.randint(1, 8)):
        data = chance.choice(_CHANGES)(data or b"a", chance)
    return data


def _recoded(data: bytes, chance: random.Random) -> bytes:
    return data.decode(errors="replace").encode(
        chance.choice(
            ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252", "utf-7", "utf-32"]
        ),
        "replace",
    )


def _slice(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, start + chance.choice([1, 1, 2, 3, 10, 100])


def _flip(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _delete(data: bytes, chance: random.Random) -> bytes:
    start, stop = _slice(data, chance)
    return data[:start] + data[stop:]


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.choice([0, len(data), chance.randrange(len(data))])
    return data[:at] + chance.choice(ODD) * chance.choice([1, 1, 1, 2, 50]) + data[at:]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    start, stop = _slice(data, chance)
    return data[:start] + data[start:stop] * chance.choice([2, 3, 50]) + data[stop:]


def _swap(data: bytes, chance: random.Random) -> bytes:
    (a, b), (c, d) = sorted((_slice(data, chance), _slice(data, chance)))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _recase(data: bytes, chance: random.Random) -> bytes:
    start, stop = _slice(data, chance)
    return data[:start] + data[start:stop].swapcase() + data[stop:]


_CHANGES = [_flip, _delete, _insert, _insert, _insert, _repeat, _swap, _cut, _recase]


class TooSlow(BaseException):
    pass


@contextmanager
def processor_time(seconds: float, what: str) -> Iterator[None]:
    """Fail where the block needs more seconds of the processor than that; waiting costs none."""

    def stop(*_: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    except TooSlow:
        pytest.fail(f"{what}: more than {seconds} s of processor time")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)

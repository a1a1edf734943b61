"""The tokens of many paragraphs at once: what stands between white space is read once, however
often it occurs.

No token reaches beyond such a run but a number with thousands ("1 250 000"), and what follows a run
matters only to a stop at its end ("art. 12"). With the runs of a number tied together, and those
that end so read with what follows them, the tokens are exactly those of `tokenise`, in a tenth of
its time.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from helpers.french import LEANING, TOKEN, normalise

Integers = NDArray[np.int64]
Name = TypeVar("Name", bound=Hashable)

EMPTY_LINE = "\n\n"
# No character above U+3000 is white space.
_VISIBLE = ~np.array([chr(point).isspace() for point in range(0x3002)])


class Pieces(NamedTuple):
    """Pieces of a text in order: where each begins and ends, which of the distinct ones it is."""

    starts: Integers
    ends: Integers
    codes: Integers
    names: list[str]


def split(text: str) -> Pieces:
    """The runs of visible characters, in the order of `str.split`.

    >>> split("le roi et le roi").codes.tolist()
    [0, 1, 2, 0, 1]
    """
    import pyarrow as pa

    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    visible = _VISIBLE[np.minimum(points, len(_VISIBLE) - 1)]
    edges = np.flatnonzero(np.diff(visible, prepend=False, append=False))
    starts, ends = edges[::2], edges[1::2]
    # Coded by Arrow from their bytes: no run becomes a Python string, but each distinct one.
    places = np.cumsum(np.append(0, ends - starts)) * points.itemsize
    buffers = [None, pa.py_buffer(places), pa.py_buffer(points[visible])]
    runs = pa.Array.from_buffers(pa.large_binary(), len(starts), buffers).dictionary_encode()
    names = [name.decode("utf-32-le", "surrogatepass") for name in runs.dictionary.to_pylist()]
    return Pieces(starts, ends, runs.indices.to_numpy(), names)


def tokens(text: str) -> Pieces:
    """The tokens of paragraphs that an empty line parts (*segmentation en formes*).

    >>> found = tokens("L'art. 12, ou l'art.")
    >>> [found.names[code] for code in found.codes]
    ["L'", 'art.', '12', ',', 'ou', "l'", 'art', '.']
    """
    runs = _tied(text, split(text))
    codes, names = _with_what_follows(text, runs)
    spans = [_spans(*name) for name in names]
    sizes = np.array([len(found) for found in spans], np.int64)
    places = np.array([span for found in spans for span in found], np.int64).reshape(-1, 2)
    forms = [run[a:b] for (run, _), found in zip(names, spans, strict=True) for a, b in found]
    form, distinct = coded(forms)
    rows = spread(codes, sizes)
    at = np.repeat(runs.starts, sizes[codes])
    return Pieces(at + places[rows, 0], at + places[rows, 1], form[rows], distinct)


def spread(codes: Integers, sizes: Integers) -> Integers:
    """Where the pieces of each run are among those of the distinct runs, of which each has so many.

    >>> spread(np.array([1, 0, 1]), np.array([1, 2])).tolist()
    [1, 2, 0, 1, 2]
    """
    counts = sizes[codes]
    shift = (np.cumsum(sizes) - sizes)[codes] - (np.cumsum(counts) - counts)
    return np.arange(counts.sum()) + np.repeat(shift, counts)


def coded(values: Sequence[Name]) -> tuple[Integers, list[Name]]:
    """The values as integers, and the distinct ones in order of first appearance."""
    known = {value: code for code, value in enumerate(dict.fromkeys(values))}
    return np.array([known[value] for value in values], np.int64), list(known)


def _tied(text: str, runs: Pieces) -> Pieces:
    """The runs, those that may be of one number in one piece."""
    starts, ends, codes, names = runs
    digits = np.array([(run[0].isdecimal(), run[-1].isdecimal()) for run in names], bool)
    begins, stops = digits.reshape(-1, 2).T
    tied = np.zeros(len(codes), bool)
    tied[1:] = (starts[1:] == ends[:-1] + 1) & stops[codes[:-1]] & begins[codes[1:]]
    first = np.flatnonzero(~tied)
    count = np.diff(first, append=len(codes))
    starts, ends, codes = starts[first], ends[first + count - 1], codes[first]
    several = np.flatnonzero(count > 1)
    number, numbers = coded([text[starts[i] : ends[i]] for i in several])
    codes[several] = len(names) + number
    return Pieces(starts, ends, codes, names + numbers)


def _with_what_follows(text: str, runs: Pieces) -> tuple[Integers, list[tuple[str, str]]]:
    """The codes of the runs; each distinct run, with what follows it where that matters."""
    starts, ends, codes, names = runs
    leaning = np.array([run[-1] == "." and bool(LEANING.search(run)) for run in names], bool)
    places = np.flatnonzero(leaning[codes])
    found = []
    for i in places:
        last = i + 1 == len(starts) or text.startswith(EMPTY_LINE, ends[i])
        found.append((names[codes[i]], "" if last else f" {text[starts[i + 1]]}"))
    code, distinct = coded(found)
    codes[places] = len(names) + code
    return codes, [(run, "") for run in names] + distinct


@lru_cache(1 << 16)
def _spans(run: str, following: str) -> list[tuple[int, int]]:
    """The tokens of a run; what follows it is seen and not read."""
    plain = normalise(run) + following
    return [match.span() for match in TOKEN.finditer(plain) if match.start() < len(run)]

"""Tables of articles in JSON: an array, an object that holds one, or an object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from helpers.exchange.articles import Article, Source
from helpers.exchange.columns import articles_of, cell_of, field_of

_RECORD = re.compile(r"(?:(?:\[|\},)\s*|^[^\S\n]*)(?=\{)", re.MULTILINE)
_NONE = "no JSON"


def json_table(source: Source) -> Iterator[Article]:
    """The articles of a JSON file: an array, an object that holds one, or an object a line."""
    found = [*_objects(source.text)]
    columns = [*dict.fromkeys(key for _, one in found if isinstance(one, dict) for key in one)]
    if not columns:
        raise ValueError("holds no objects in JSON; save it again")
    texts = {key for key in columns if key == source.column or field_of(key) == "text"}
    between = {key: "\n\n" if key in texts else "; " for key in columns}
    rows = ((n, _cells(one, between) if isinstance(one, dict) else _NONE) for n, one in found)
    return articles_of(source, columns, rows)


def _cells(one: dict[str, Any], between: dict[str, str]) -> list[str] | str:
    """The cells of an object by its columns, with what stands between the values of a list."""
    try:
        return [cell_of(one.get(key), sign) for key, sign in between.items()]
    except RecursionError:
        return "is nested too deeply"


def _objects(text: str) -> Iterator[tuple[int, Any]]:
    """What should be the articles of a JSON file, with its number, that of its line where each has
    one; a sentence in the place of what cannot be read.
    """
    whole = _loaded(text)
    if whole != _NONE:
        yield from enumerate(_listed(whole), 1)
        return
    lines = enumerate(re.split(r"\r\n?|\n", text), 1)
    stripped = ((n, line.strip().rstrip(",")) for n, line in lines)
    found = [(n, _loaded(line)) for n, line in stripped if line not in ("", "[", "]")]
    if any(isinstance(one, dict) for _, one in found):
        yield from found
        return
    behind = 0
    for number, mark in enumerate(_RECORD.finditer(text), 1):
        if mark.end() >= behind:
            one = _NONE
            with suppress(ValueError, RecursionError):
                one, behind = json.JSONDecoder().raw_decode(text, mark.end())
            yield number, one


def _loaded(text: str) -> Any:
    """What a text in JSON says, or that it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return _NONE


def _listed(value: Any, depth: int = 5) -> list[Any]:
    """The articles in a value: its longest list of objects, itself where it has a text, or the rows
    of a table that is written by columns, or by rows with names.
    """
    if not isinstance(value, dict) or not depth:
        return value if isinstance(value, list) else []
    has_text = "text" in map(field_of, value)
    lists = {name: one for name, one in value.items() if isinstance(one, list)}
    if {"text", "title"} <= {*map(field_of, lists)} and len({*map(len, lists.values())}) == 1:
        return [dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True)]
    inner = [one for one in value.values() if isinstance(one, dict)]
    if has_text and len(inner) == len(value):
        numbers = dict.fromkeys(number for one in inner for number in one)
        return [{name: value[name].get(number) for name in value} for number in numbers]
    if has_text or any("text" in map(field_of, one) for one in inner):
        return [value] if has_text else inner
    deeper = (_listed(one, depth - 1) for one in value.values())
    objects = ([one for one in each if isinstance(one, dict)] for each in deeper)
    return max(objects, key=_promise, default=[]) or [value]


def _promise(objects: list[dict[str, Any]]) -> tuple[bool, int]:
    """Whether one of the objects has a text, and how many there are."""
    return any("text" in map(field_of, one) for one in objects), len(objects)

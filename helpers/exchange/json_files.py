"""Tables of articles in JSON: an array, an object that holds one, or an object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from helpers.exchange.articles import Article, Source
from helpers.exchange.columns import articles_of, cell_of, field_of

_RECORD = re.compile(r"(?:(?:\[|\},)\s*|^[^\S\n]*)(?=\{)", re.MULTILINE)


def json_table(source: Source) -> Iterator[Article]:
    """The articles of a JSON file: an array, an object that holds one, or an object a line."""
    found = [*_objects(source.text)]
    columns = [*dict.fromkeys(key for _, one in found if isinstance(one, dict) for key in one)]
    if not columns:
        raise ValueError("holds no objects in JSON; save it again")
    between = {key: "\n\n" if field_of(key) == "text" else "; " for key in columns}
    rows = ((n, _cells(one, between) if isinstance(one, dict) else str(one)) for n, one in found)
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
    if whole is not None:
        yield from enumerate(_listed(whole), 1)
        return
    lines = enumerate(re.split(r"\r\n?|\n", text), 1)
    stripped = ((n, line.strip().rstrip(",")) for n, line in lines)
    found = [(n, _loaded(line)) for n, line in stripped if line not in ("", "[", "]")]
    if any(isinstance(one, dict) for _, one in found):
        yield from ((n, one if isinstance(one, dict) else "no JSON") for n, one in found)
        return
    behind = 0
    for number, mark in enumerate(_RECORD.finditer(text), 1):
        if mark.end() >= behind:
            try:
                one, behind = json.JSONDecoder().raw_decode(text, mark.end())
            except (ValueError, RecursionError):
                one = "no JSON"
            yield number, one


def _loaded(text: str) -> Any:
    """What a text in JSON says; None where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _listed(value: Any, depth: int = 5) -> list[Any]:
    """The articles in a value: its longest list of objects, itself where it has a text, or the rows
    of a table that is written by columns, or by rows with names.
    """
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or not depth:
        return []
    texts = [value[key] for key in value if field_of(key) == "text"]
    cells = [one for text in texts for one in (text if isinstance(text, list) else [text])]
    if texts and not any(isinstance(one, dict) for one in cells):
        return [value]
    inner = [*value.values()]
    if inner and all(isinstance(one, dict) for one in inner):
        numbers = dict.fromkeys(number for one in inner for number in one)
        turned = [{name: value[name].get(number) for name in value} for number in numbers]
        return turned if texts else [one for one in inner if one] or [value]
    lists = (_listed(one, depth - 1) for one in inner if isinstance(one, dict | list))
    objects = ([one for one in each if isinstance(one, dict)] for each in lists)
    return max(objects, key=len, default=[]) or [value]

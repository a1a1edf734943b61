"""The house: eleven entries, imports one way, files and functions of a size that can be read at once."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter, defaultdict
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path

HELPERS = Path(__file__).parent.parent / "helpers"
FILES = sorted(HELPERS.rglob("*.py"))
TREES = {path: ast.parse(path.read_text("utf-8")) for path in FILES}
NAMES = {
    ".".join(path.relative_to(HELPERS.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in FILES
}
ORDER = ("read", "count", "voices", "plot", "show", "share")  # the order of the data
ENTRIES = {"__init__.py", "__main__.py", "lexicons", "fiction", "exchange", *ORDER}
# What a room may import beside itself; `exchange` stands beside the line and `share` at its end.
BELOW = {room: set(ORDER[:at]) for at, room in enumerate(ORDER)}
BELOW |= {"exchange": {"read"}, "share": {*ORDER[:-1], "exchange"}}
# Lines of code: not empty, no comment, no docstring. They are to come down to 8,800 in all: read
# 2,400, exchange 1,200, count 2,500, voices 1,150, plot 1,200, show 450, share 560.
MOST = {
    "all": 13_177, "read": 2936, "exchange": 1630, "count": 3081, "voices": 2178, "plot": 1571,
    "show": 687, "share": 971, "rest": 123,
}  # fmt: skip
FILE, FUNCTION = 200, 30
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


def name(path: Path) -> str:
    return str(path.relative_to(HELPERS))


def room(path: Path) -> str:
    parts = path.relative_to(HELPERS).parts
    return parts[0] if len(parts) > 1 else "rest"


@cache
def code_lines(path: Path) -> frozenset[int]:
    """The numbers of the lines of code."""
    written = {
        number
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if line.strip() and not line.strip().startswith("#")
    }
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Module | ast.ClassDef | FUNCTIONS) and ast.get_docstring(node):
            written -= {*range(node.body[0].lineno, node.body[0].end_lineno + 1)}
    return frozenset(written)


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(TREES[path]) if isinstance(node, FUNCTIONS)]


def imports(path: Path) -> list[tuple[Path, str]]:
    """Every file of ours that a file imports at any place, with the name that it takes, or none."""
    found = []
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Import):
            found += [(NAMES[alias.name], "") for alias in node.names if alias.name in NAMES]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name(path)}: write out where {node.module} is"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                place = whole if whole in NAMES else node.module
                if place in NAMES:
                    found.append((NAMES[place], "" if place == whole else alias.name))
    return found


def exported(door: Path) -> set[str]:
    """What a door says that it exports."""
    module = import_module(".".join(door.parent.relative_to(HELPERS.parent).parts))
    return {*getattr(module, "INDEX", getattr(module, "__all__", ()))}


def test_the_entries_are_eleven():
    found = {path.name for path in HELPERS.iterdir()} - {"py.typed", "__pycache__"}
    assert found == ENTRIES
    assert len(ENTRIES) == 11


def test_imports_go_one_way():
    """Nothing imports `share` but the program, and the door of the house has the doors of rooms."""
    against = []
    for path in FILES:
        there = {room(other) for other, _ in imports(path)} - {room(path)}
        allowed = BELOW.get(room(path), {*BELOW} - {"share"})
        if path.name != "__main__.py" and there - allowed:
            against.append((name(path), there - allowed))
    assert against == []


def test_no_file_imports_itself_by_way_of_others():
    graph = {path: {other for other, _ in imports(path)} for path in FILES}
    order = list(TopologicalSorter(graph).static_order())  # a circle is a CycleError
    assert set(order) == set(FILES)


def test_the_rooms_keep_to_their_lines():
    found = Counter()
    for path in FILES:
        found[room(path)] += len(code_lines(path))
    found["all"] = found.total()
    assert {place: lines for place, lines in found.items() if lines > MOST[place]} == {}


def test_a_file_can_be_read_at_once():
    found = {name(path): len(code_lines(path)) for path in FILES}
    assert {path: lines for path, lines in found.items() if lines > FILE} == {}


def test_a_function_fits_on_a_screen():
    found = {
        f"{name(path)}, {function.name}": len(
            code_lines(path) & {*range(function.lineno, function.end_lineno + 1)}
        )
        for path in FILES
        for function in functions(path)
    }
    assert {function: lines for function, lines in found.items() if lines > FUNCTION} == {}


def bare(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """What a function takes, or that it returns, without saying of which type."""
    asked = function.args
    given = [*asked.posonlyargs, *asked.args, *asked.kwonlyargs, asked.vararg, asked.kwarg]
    found = [one.arg for one in given if one and not one.annotation]
    return [*({*found} - {"self", "cls"}), *["return"][bool(function.returns) :]]


def test_everything_is_typed():
    found = {(name(path), one.name): bare(one) for path in FILES for one in functions(path)}
    assert {function: names for function, names in found.items() if names} == {}


def test_what_is_public_is_documented():
    public = {
        (name(path), getattr(node, "name", "")): ast.get_docstring(node)
        for path in FILES
        for node in (TREES[path], *TREES[path].body)
        if isinstance(node, ast.Module | ast.ClassDef | FUNCTIONS)
    }
    assert [what for what, said in public.items() if not said and what[1][:1] != "_"] == []


def test_a_file_has_another_name_than_what_its_door_exports():
    """`helpers.count.reuse` is a verb or a file, not both."""
    names = defaultdict(set)
    for path in FILES:
        names[room(path)].add(path.stem)
    for place in BELOW:
        door = HELPERS / place / "__init__.py"
        files = {other.stem for other, taken in imports(door) if not taken}
        assert (names[place] - files) & exported(door) == set(), place


def test_what_is_private_stays_in_its_file():
    taken = [(name(path), word) for path in FILES for _, word in imports(path) if word[:1] == "_"]
    assert taken == []


def test_a_door_exports_what_it_imports():
    for path in sorted(HELPERS.rglob("__init__.py")):
        brought = {
            word or (other.parent.name if other.stem == "__init__" else other.stem)
            for other, word in imports(path)
        }
        assert exported(path) == brought, name(path)


def test_opening_the_door_loads_neither_matplotlib_nor_spacy():
    line = "from helpers import open_corpus"
    heavy = "[name for name in ('matplotlib', 'spacy') if name in sys.modules]"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {line}; print({heavy})"],
        cwd=HELPERS.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"

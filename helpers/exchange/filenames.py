"""Names that every file system takes, and no two of which are the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

# What Windows forbids in a name, what cannot be seen in one, and what turns its direction.
_FORBIDDEN = re.compile(
    r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff]+'
)
# Devices of Windows, and the one name of a text that is passed over in a folder of texts.
_RESERVED = {"con", "prn", "aux", "nul", "readme"}
_RESERVED |= {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}
_BYTES = 120  # of a name: file systems take 255, with its suffix and its number


def safe_names(names: Iterable[str]) -> list[str]:
    """The names as those of files without their suffix: no path, no device, none hidden, none too
    long, and all distinct where capitals make no difference.

    >>> safe_names(["../visite", "Visite", "visite", "CON"])
    ['_visite', 'Visite', 'visite_2', '_CON']
    """
    return distinct(map(safe_name, names), same=str.casefold)


def safe_name(name: str) -> str:
    """The name without what a file system may not take."""
    seen = _FORBIDDEN.sub("_", " ".join(unicodedata.normalize("NFC", name).split()))
    short = seen.lstrip(". ").encode()[:_BYTES].decode("utf-8", "ignore").rstrip(". ")
    return f"_{short}" if not short or short.split(".")[0].lower() in _RESERVED else short


def distinct(names: Iterable[str], *, same: Callable[[str], str] = str) -> list[str]:
    """The names with a number behind those that came before (`same` says which are the same).

    >>> distinct(["visite", "note", "visite"])
    ['visite', 'note', 'visite_2']
    """
    out, seen, last = [], set(), {}
    for name in names:
        chosen = name
        while same(chosen) in seen:
            last[name] = last.get(name, 1) + 1
            chosen = f"{name}_{last[name]}"
        seen.add(same(chosen))
        out.append(chosen)
    return out

"""The parts of a zipped file, which documents of word processors and spreadsheets are."""

from __future__ import annotations

import io
import re
import zipfile

# Bytes of all parts, and how many times those that they take in the file; text is some 10 times.
_MOST, _RATIO, _SMALL = 200_000_000, 100, 10_000_000
_MANIFEST = r"META-INF/manifest\.xml"  # where OpenDocument says of its parts what they are


def archive(data: bytes) -> zipfile.ZipFile:
    """The file opened, none of whose parts is too large to be read.

    Raises: ValueError for what is no zip, is broken, has a password or unpacks to too much.
    """
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
    except Exception as error:  # whatever the bytes lead it to
        raise ValueError(f"is broken ({error}); save it again") from None
    size = sum(one.file_size for one in opened.infolist())
    if size > min(_MOST, max(_SMALL, _RATIO * len(data))):
        raise ValueError(f"unpacks to {size:,} bytes, too many; split it, or save it as .txt")
    if b"encryption-data" in part(opened, _MANIFEST):
        raise ValueError("has a password; save it without one")
    return opened


def part(opened: zipfile.ZipFile, name: str) -> bytes:
    """A part of the file by the pattern of its name; nothing where there is none.

    Raises: ValueError where it is broken.
    """
    names = [one for one in opened.namelist() if re.fullmatch(name, one)]
    try:
        return opened.read(names[0]) if names else b""
    except Exception as error:  # by whatever it is packed
        raise ValueError(f"is broken at {names[0]} ({error}); save it again") from None

"""The parts of a zipped file, which documents of word processors and spreadsheets are."""

from __future__ import annotations

import io
import re
import zipfile

# Bytes of all XML in a file, and how many times those that it takes there; text is 10 times.
MOST, _RATIO, _SMALL = 200_000_000, 100, 10_000_000
_OLD = b"\xd0\xcf\x11\xe0"  # the first bytes of .doc and .xls, and of what has a password


def archive(data: bytes) -> zipfile.ZipFile:
    """The file opened, none of whose parts is too large to be read.

    Raises: ValueError for what is no zip, is broken, has a password or unpacks to too much.
    """
    if data.startswith(_OLD):
        how = "save it as .docx or .xlsx without one"
        raise ValueError(f"is of an old format of Office, or has a password; {how}")
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
    except Exception as error:  # whatever the bytes lead it to
        raise ValueError(f"is broken ({error}); save it again") from None
    parts = opened.infolist()
    if any(one.flag_bits & 1 for one in parts) or "encryption-data" in _manifest(opened):
        raise ValueError("has a password; save it without one")
    written = [one for one in parts if re.search(r"\.(?:xml|rels)\Z", one.filename, re.IGNORECASE)]
    size, packed = (sum(getattr(o, n) for o in written) for n in ("file_size", "compress_size"))
    if size > MOST or size > max(_SMALL, _RATIO * packed):
        raise ValueError(f"holds {size:,} bytes of XML, too many; split it, or save it as .txt")
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


def _manifest(opened: zipfile.ZipFile) -> str:
    """What OpenDocument says of its parts."""
    return part(opened, "META-INF/manifest.xml").decode("utf-8", "replace")

"""The parts of a zipped file, which documents of word processors and spreadsheets are."""

from __future__ import annotations

import io
import re
import zipfile

# Bytes of a part, and how many times those that all take in the file; text is some 10 times.
_MOST, _RATIO, _SMALL = 200_000_000, 100, 10_000_000
_MANIFEST = r"META-INF/manifest\.xml"  # where OpenDocument says of its parts what they are
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
    size, packed = (sum(getattr(o, n) for o in parts) for n in ("file_size", "compress_size"))
    if any(one.file_size > _MOST for one in parts) or size > max(_SMALL, _RATIO * packed):
        raise ValueError(f"unpacks to {size:,} bytes, too many; split it, or save it as .txt")
    if any(one.flag_bits & 1 for one in parts) or b"encryption-data" in part(opened, _MANIFEST):
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

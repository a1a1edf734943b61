"""From bytes to text: encodings, and everything in a folder that is no text."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.read.files import NotText, decode, unique_stems

TEXT = "À Rabat, l’équipe « a reçu » l'œuvre : 5 €."


@pytest.mark.parametrize(
    ("data", "encoding", "repaired"),
    [
        (TEXT.encode("utf-8"), "utf-8", False),
        (TEXT.encode("utf-8-sig"), "utf-8-sig", False),
        (TEXT.encode("utf-16"), "utf-16", False),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16", False),
        (TEXT.encode("utf-16-le"), "utf-16-le", True),
        (TEXT.encode("utf-16-be"), "utf-16-be", True),
        (TEXT.encode("cp1252"), "cp1252", True),
    ],
)
def test_encodings(data, encoding, repaired):
    text, found, message = decode(data)
    assert (text, found, bool(message)) == (TEXT, encoding, repaired)


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04", b"\xff\xfe\x00", b"a\x00b" * 5, b"\x81\x8d\x8f"],
)
def test_what_is_no_text(data):
    with pytest.raises(NotText):
        decode(data)


def test_text_that_was_damaged_before_is_said_so():
    assert "damaged" in decode("la sÃ©curitÃ©".encode())[2]
    assert "damaged" in decode("la s\ufffdcurit\ufffd".encode())[2]


@given(st.binary())
def test_any_bytes_are_text_or_not(data):
    try:
        text, encoding, _ = decode(data)
    except NotText:
        return
    assert isinstance(text, str)
    assert encoding in {"utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"}


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf_8_is_read_as_it_is(text):
    assert decode(text.encode())[0] == text.removeprefix("\ufeff")


@given(
    st.lists(
        st.sampled_from(
            ["a.txt", "a.TXT", "a.Txt", "a.txt.txt", "b.txt", os.fsdecode(b"\xff.txt")]
        ),
        unique=True,
    )
)
def test_documents_have_different_names(names):
    docs = list(unique_stems(names))
    assert len(set(docs)) == len(names)
    assert all(doc.encode("utf-8") for doc in docs)

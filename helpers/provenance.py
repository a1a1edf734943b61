"""The card at the end of a notebook: from what, with what, and how it was made; the same on every
machine.
"""

from __future__ import annotations

import hashlib

from helpers.corpus import HOME, Corpus
from helpers.evidence import Sentence, escape
from helpers.store import versions


def provenance(corpus: Corpus, **parameters: object) -> Sentence:
    """What this notebook was made from (*provenance*): texts, parameters, parser, model, schema,
    packages.

    Parameters: the values that a reader may change, by name.
    """
    lock = (HOME / "requirements.lock").read_bytes().replace(b"\r\n", b"\n")
    depth = versions(annotate=corpus.tokens["lemma"].notna().any())
    rows = {
        "texts": f"{len(corpus.documents):,} (SHA-256 of their digests {corpus.digest[:16]})",
        **{name: repr(value) for name, value in parameters.items()},
        **depth,
        "packages": f"requirements.lock, SHA-256 {hashlib.sha256(lock).hexdigest()[:16]}",
    }
    body = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows.items()
    )
    return Sentence(
        "; ".join(f"{name}: {value}" for name, value in rows.items()), f"<table>{body}</table>"
    )

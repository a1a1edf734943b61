"""Where do the entries of a word list stand in a corpus?

They are looked up among the distinct tokens, which are few; the tokens themselves are compared as
whole columns of integers, never one after the other.
"""

import numpy as np
import pandas as pd

from helpers.read.french import tokenise, visible, word_type
from helpers.read.tables import Integers, chosen_rows, integers

GAP = 3  # auxiliaries and adverbs that may stand inside a phrase: s'est toujours bien entretenu
# The words that link others, where a phrase has them elided, contracted or feminine.
_LINKS = {"d'": "de", "du": "de", "des": "de", "au": "à", "aux": "à", "s'": "se", "qu'": "que"}
_LINKS |= {"l'": "le", "la": "le", "les": "le", "une": "un"}
_ENDINGS = ("", "e", "s", "es")


def candidates(tokens: pd.DataFrame, entries: pd.DataFrame) -> pd.DataFrame:
    """Every place where an entry could stand, those that go first at the top.

    Phrases are read twice: word by word, and with auxiliaries and adverbs passed over. Names (unit
    `form`) go first, then the entry of more words, the one that begins first, the earlier row.

    Parameters: tokens (corpus, or token table); entries (table with entry, unit, pos, plainly
    numbered).
    Returns: entry (row of entries), first, last (rows of tokens).
    """
    codes, kinds = _kinds(tokens)
    slots = _slots(entries)
    places = slots.drop_duplicates(["entry", "place"])
    n_words = np.bincount(places["entry"], minlength=len(entries))
    slots = _matching(slots, kinds, entries["pos"])
    phrases = slots[n_words[slots["entry"]] > 1]
    needed = kinds.index.isin(phrases["code"])
    passed = (kinds["pos"] == "AUX") | ((kinds["pos"] == "ADV") & ~needed)
    read = np.flatnonzero(~passed.to_numpy(bool)[codes])
    again = _sequences(codes[read], phrases, n_words)
    again[["first", "last"]] = read[again[["first", "last"]].to_numpy()]
    found = pd.concat([_sequences(codes, slots, n_words), again]).drop_duplicates()
    entry, first, last = (found[name].to_numpy() for name in found)
    near = last - first < n_words[entry] + GAP
    for values in (integers(tokens["doc"]), integers(tokens["sent"])):
        near = near & (values[first] == values[last])
    is_form = (entries["unit"] == "form").to_numpy()
    order = np.lexsort((entry, first, -n_words[entry], ~is_form[entry]))
    return found.iloc[order[near[order]]].reset_index(drop=True)


def _kinds(tokens: pd.DataFrame) -> tuple[Integers, pd.DataFrame]:
    """The kind of each token, and a table of the kinds: form, lemma, part of speech, relation."""
    told = [name for name in ("form", "lemma", "pos", "dep") if name in tokens]
    number = np.zeros(len(tokens), np.int64)
    for codes in (integers(tokens[name]) for name in told):
        number = number * (int(codes.max(initial=-1)) + 2) + codes + 1
    codes = pd.factorize(number)[0]  # in the order in which they first come
    first = np.flatnonzero(np.diff(np.maximum.accumulate(codes), prepend=-1))
    return codes, tokens[[*told, "type", "kind"]].take(first).astype("str").reset_index(drop=True)


def _slots(entries: pd.DataFrame) -> pd.DataFrame:
    """What stands at each place of each entry: one of these values in one of these columns."""
    rows = []
    for number, (entry, unit) in enumerate(zip(entries["entry"], entries["unit"], strict=True)):
        cuts = tokenise(entry)
        for place, (start, end) in enumerate(cuts):
            wanted = _wanted(entry[start:end], unit, one=len(cuts) == 1)
            rows += [(number, place, column, value) for column, value in wanted]
    slots = pd.DataFrame(rows, columns=["entry", "place", "column", "value"])
    return slots.astype({"entry": "int64", "place": "int64", "column": "str", "value": "str"})


def _wanted(word: str, unit: str, *, one: bool) -> list[tuple[str, str]]:
    word, small = visible(word), word_type(word)
    if unit == "form":
        return [("form", word)] if word != word.lower() else [("type", small)]
    if unit == "participle":
        return [("type", small + ending) for ending in _ENDINGS]
    return [("lemma", small) if one else ("link", _LINKS.get(small, small))]


def _matching(slots: pd.DataFrame, kinds: pd.DataFrame, pos: pd.Series) -> pd.DataFrame:
    """Which kinds of token may stand at which place of which entry: entry, place, code."""
    kept = kinds[kinds["kind"] == "word"].rename_axis("code")
    lemma = kept["lemma"].str.lower()
    read = [("form", kept["form"].map(visible)), ("type", kept["type"]), ("lemma", lemma)]
    read += [("link", column.replace(_LINKS)) for column in (lemma, kept["type"])]
    tables = [values.rename("value").reset_index().assign(column=name) for name, values in read]
    found = pd.concat([slots.merge(table, on=["column", "value"]) for table in tables])
    found = found[["entry", "place", "code"]].drop_duplicates(ignore_index=True)
    tags = pos.str.lower().str.split().explode().dropna()
    allowed = tags.index.astype("str") + " " + tags
    free = ~found["entry"].isin(tags.index)
    tag = kinds["pos"].str.lower()
    for tags in (tag, tag + ":" + kinds.get("dep", "")):
        here = tags.take(found["code"]).set_axis(found.index)
        free |= (found["entry"].astype("str") + " " + here).isin(allowed)
    return found[free]


def _sequences(codes: Integers, slots: pd.DataFrame, n_words: Integers) -> pd.DataFrame:
    """Where do entries stand, word by word? Each is looked for where its rarest word stands."""
    f = np.bincount(codes, minlength=slots["code"].max() + 1 if len(slots) else 0)
    rare = slots.assign(f=f[slots["code"]]).groupby(["entry", "place"], as_index=False)["f"].sum()
    rare = rare.sort_values("f", kind="stable").drop_duplicates("entry")
    anchors = slots.merge(rare[["entry", "place"]], on=["entry", "place"]).sort_values("code")
    times = np.bincount(anchors["code"], minlength=len(f))
    rows = np.flatnonzero(times[codes])
    entry, place, _ = anchors.to_numpy()[chosen_rows(codes[rows], times)].T
    first = np.repeat(rows, times[codes[rows]]) - place
    longest, size = int(n_words.max(initial=1)), len(f)
    known = ((slots["entry"] * longest + slots["place"]) * size + slots["code"]).to_numpy()
    there = (first >= 0) & (first + n_words[entry] <= len(codes))
    for step in range(longest):  # where it is one word, that stands there
        on = np.flatnonzero(there & (n_words[entry] > max(step, 1)))
        there[on] = np.isin((entry[on] * longest + step) * size + codes[first[on] + step], known)
    entry, first = entry[there], first[there]
    return pd.DataFrame({"entry": entry, "first": first, "last": first + n_words[entry] - 1})


def settle(first: Integers, last: Integers) -> Integers:
    """To which candidate does each one lose its place? To itself where it keeps it.

    Candidates come in order of precedence. In their turn they take all their tokens, where none of
    these is taken; those that meet no other need no turn.

    >>> settle(np.array([3, 2, 0]), np.array([5, 3, 2])).tolist()
    [0, 0, 2]
    """
    taken, taken_by = {}, np.arange(len(first))
    order = np.argsort(first, kind="stable")
    apart = first[order] > np.append(-1, np.maximum.accumulate(last[order]))[:-1]
    for number in np.sort(order[~(apart & np.append(apart[1:], True))]).tolist():
        span = range(first[number], last[number] + 1)
        taken_by[number] = earliest = min(taken.get(token, number) for token in span)
        if earliest == number:
            taken |= dict.fromkeys(span, number)
    return taken_by

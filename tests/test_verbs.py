"""What every verb has in common: a corpus or its tokens, nothing changed, plain strings, and one
sentence for each kind of wrong input.
"""

from __future__ import annotations

import contextlib
import inspect
import pickle
import re
import typing
import warnings
from collections.abc import Iterator

import pandas as pd
import pytest

from helpers import Corpus, count, open_corpus, plot, read, voices
from helpers.count import QueryError, TooLittleText
from helpers.read.checks import hints
from helpers.read.tables import TOKENS, table
from tests.hostile import processor_time
from tests.tables import tokens_of, written_corpus

# One side of `keyness` is the other here.
pytestmark = pytest.mark.filterwarnings("ignore:keyness")

# How each verb is called: what it needs beside the corpus.
NEEDS = {
    "cooccurrents": {"node": "la"},
    "concordance": {"query": "la"},
    "dispersion": {"by": "sent"},
    "contingency": {"by": "sent"},
    "distance": {"by": "sent"},
    "having": {"query": "la"},
    "independence": {"by": "sent", "shuffles": 3},
    "ngrams": {"n": 2},
    "peaks": {"queries": "la"},
    "power": {"sizes": (1,)},
    "progression": {"query": "la"},
    "quotations": {"speaker": "maire"},
    "sensitivity": {"measure": count.richness, "by": "sent"},
    "shuffled": {"by": "sent", "n": 3},
    "specificities": {"by": "sent"},
    "stability": {"sizes": (20, 30), "k": 2},
    "timeline": {"queries": "la"},
    "ttr_along": {"window": 1},
}
LATER = {"agreement", "attainable", "class_table", "clusters", "correspondence", "reinert"}
LATER |= {
    "coder_agreement",
    "shuffled_splits",
    "theme_draft",
    "theme_lexicon",
    "theme_sample",
}  # they take the table of another verb
LATER |= {"stable_classes"}  # it takes twenty texts
VOICES = [getattr(voices, name) for name in voices.INDEX if name != "in_voices"]
BESIDE = {"segment_places", "theme_audit", "theme_fit", "theme_profile", "typical_segments"}
BESIDE |= {"word_definitions"}
VERBS = [
    getattr(count, name)
    for name in count.INDEX
    if name not in LATER | BESIDE | {"QueryError", "TooLittleText"}
]
# These ask for dates and outlets, which a token table has where they are added to it.
DATED = [count.overview, count.calendar, count.timeline, count.peaks, count.trends]
ALL = [getattr(count, name) for name in count.INDEX if name[0].islower()] + VOICES


def named(verb: object) -> str:
    return verb.__name__


def call(verb, corpus, **options):
    """The verb of a corpus or of tokens, with what it needs."""
    first = next(iter(inspect.signature(verb).parameters))
    needs = dict(NEEDS.get(verb.__name__, {}))
    if verb is count.keyness:
        needs["reference"] = corpus
    return verb(**{first: corpus} | needs | options)


def tables(result: object) -> Iterator[pd.DataFrame]:
    """The tables of a result."""
    if isinstance(result, pd.DataFrame):
        yield result
    elif isinstance(result, Corpus):
        yield from vars(result).values()
    elif isinstance(result, tuple):
        for part in result:
            yield from tables(part)


@pytest.fixture(scope="module")
def several(tmp_path_factory) -> Corpus:
    """Three texts of two outlets in two years."""
    bodies = {
        "a": (
            "Le Fanal",
            "2024-03-02",
            "Le phare de la côte est fermé. La mairie de la ville le dit.",
        ),
        "b": (
            "Le Cap",
            "2023-11-06",
            "La grève du port dure. Le maire de la ville attend la reprise.",
        ),
        "c": (
            "Le Fanal",
            "2023-12",
            "Le maire de la ville rouvre le port de la côte, dit la mairie.",
        ),
    }
    return written_corpus(tmp_path_factory.mktemp("three"), bodies)


@pytest.mark.filterwarnings("ignore:power|keyness")
@pytest.mark.parametrize("verb", VERBS, ids=named)
def test_a_corpus_and_its_tokens_give_the_same_and_stay_as_they_are(verb, several):
    before = pickle.loads(pickle.dumps(vars(several)))
    tokens = several.with_metadata(several.tokens) if verb in DATED else several.tokens
    try:
        of_corpus = call(verb, several)
    except TooLittleText as error:
        with pytest.raises(TooLittleText, match=re.escape(str(error))):
            call(verb, tokens)
    else:
        if verb is not count.having:  # it gives texts, which tokens do not have
            pairs = zip(tables(of_corpus), tables(call(verb, tokens)), strict=True)
            for one, other in pairs:
                pd.testing.assert_frame_equal(one, other)
    for name, found in before.items():
        pd.testing.assert_frame_equal(found, getattr(several, name))


@pytest.mark.parametrize("verb", [*VERBS, *VOICES], ids=named)
def test_text_in_results_is_plain(verb, several):
    try:
        result = call(verb, several)
    except TooLittleText:
        return
    if verb not in (count.segments, count.having):  # token tables, as the corpus has them
        for found in tables(result):
            assert not [*found.select_dtypes("category")]
            assert not isinstance(found.index.dtype, pd.CategoricalDtype)


@pytest.mark.parametrize("verb", [*VERBS, *VOICES], ids=named)
def test_an_empty_corpus_has_empty_results_with_all_columns(verb, several, tmp_path):
    empty = open_corpus(tmp_path, cache=tmp_path / "cache")
    try:
        found = call(verb, empty)
    except TooLittleText:
        gated = (count.independence, count.node_word, count.power, count.sensitivity)
        assert verb in (*gated, count.stability)
        return
    if verb is count.having:
        assert len(found) == 0
        return
    for nothing, something in zip(tables(found), tables(call(verb, several)), strict=True):
        if verb is not count.contingency:  # its columns are the words
            assert [*nothing.columns] == [*something.columns]
        assert len(nothing) <= len(something)


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb is not count.having], ids=named)
def test_one_token_is_a_text_or_too_little(verb):
    row = {"doc": "a", "par": 1, "sent": 1, "tok": 1, "start": 0, "end": 2, "form": "La"}
    row |= {"type": "la", "lemma": "le", "pos": "DET", "kind": "word", "is_function": True}
    one = table([row | {"head": 0, "dep": "root"}], TOKENS)
    with contextlib.suppress(TooLittleText):
        assert call(verb, one) is not None


OPTIONS = [
    pytest.param(verb, option, kind, id=f"{verb.__name__} {option}")
    for verb in ALL
    for option, kind in hints(inspect.unwrap(verb)).items()
    if option not in ("return", "function")
]


@pytest.mark.parametrize(("verb", "option", "kind"), OPTIONS)
def test_a_value_of_the_wrong_kind_is_named_with_what_it_may_be(verb, option, kind, several):
    signature = inspect.signature(verb)
    first = next(iter(signature.parameters))
    given = {first: several} if kind is not hints(inspect.unwrap(verb))[first] else {}
    for name, parameter in signature.parameters.items():
        if parameter.default is parameter.empty and name not in given:
            given[name] = NEEDS.get(verb.__name__, {}).get(name, several)
    wrong = {"5"} if option == first else object()
    with pytest.raises(ValueError, match=rf"^{verb.__name__}: \w+ is .*; it may be .+") as error:
        verb(**given | {option: wrong})
    assert isinstance(error.value, ValueError)


NUMBERS = [
    pytest.param(verb, option, id=f"{verb.__name__} {option}")
    for verb in VERBS
    for option, kind in hints(inspect.unwrap(verb)).items()
    if typing.get_origin(kind) is typing.Annotated and typing.get_args(kind)[0] is int
]


@pytest.mark.parametrize(("verb", "option"), NUMBERS)
@pytest.mark.parametrize("value", ["6", 2.5, True, -1, None, [3]])
def test_a_number_is_a_whole_number_and_not_a_text(verb, option, value, several):
    said = re.escape(f"{verb.__name__}: {option} is {value!r}; it may be a whole number")
    with pytest.raises(ValueError, match=said):
        call(verb, several, **{option: value})


# Numbers that ask for no more than the texts have, but not those that ask for work.
BOUNDED = [at for at in NUMBERS if not at.id.endswith(("random_state", "shuffles", "shuffled n"))]


@pytest.mark.parametrize(("verb", "option"), BOUNDED)
def test_a_huge_number_is_as_the_largest_that_the_texts_allow(verb, option, several):
    def found(value: int) -> list[pd.DataFrame] | None:
        longest = (
            {"max_length": value} if option == "min_length" and verb is not count.reuse else {}
        )
        try:
            return [*tables(call(verb, several, **longest, **{option: value}))]
        except TooLittleText:
            return None

    with processor_time(5, named(verb)), warnings.catch_warnings(action="ignore"):
        largest, *huge = (found(value) for value in (1000, 10**9, 10**30))
    for result in huge:
        assert (result is None) == (largest is None)
        for one, other in zip(largest or (), result or (), strict=True):
            pd.testing.assert_frame_equal(one, other)


CHOICES = [
    pytest.param(verb, option, id=f"{verb.__name__} {option}")
    for verb in VERBS
    for option, kind in hints(inspect.unwrap(verb)).items()
    if typing.get_origin(kind) is typing.Literal
]


@pytest.mark.parametrize(("verb", "option"), CHOICES)
def test_a_choice_that_there_is_not_is_named_with_those_there_are(verb, option, several):
    with pytest.raises(ValueError, match=f"{option} is 'lema'; it may be '.*' or '"):
        call(verb, several, **{option: "lema"})


NAMES = [f"nom{i}" for i in range(1500)]
LONG = {
    "one word": lambda n: count.cooccurrents(tokens_of([["le"] * 2500]), "le", span=n),
    "two words": lambda n: count.cooccurrents(tokens_of([["le", "la"] * 1250]), "le", span=n),
    "a list": lambda n: count.repeated_segments(tokens_of([NAMES] * 2), max_length=n),
    "a refrain": lambda n: count.repeated_segments(tokens_of([["le", "la"] * 400]), max_length=n),
}


@pytest.mark.parametrize("case", LONG)
def test_a_long_passage_takes_no_more_time_for_a_huge_number(case):
    with processor_time(15, case), warnings.catch_warnings(action="ignore"):
        largest, huge = (LONG[case](n) for n in (3000, 10**6))
    pd.testing.assert_frame_equal(largest, huge)


# reading_list has parts of whole texts only.
WITH_PARTS = [
    verb
    for verb in VERBS
    if {"by", "period"} <= {*inspect.signature(verb).parameters} and verb is not count.reading_list
]


@pytest.mark.parametrize("verb", WITH_PARTS, ids=named)
def test_parts_are_columns_of_the_tokens_or_the_documents(verb, several):
    of_texts = [] if verb in DATED else [("par",)]
    for by in ("outlet", ["outlet", "year"], "quarter", *of_texts):
        with contextlib.suppress(TooLittleText):
            call(verb, several, by=by)
    with pytest.raises(ValueError, match=r"no column 'journal'; it has doc, \w+, .*outlet, "):
        call(verb, several, by="journal")
    with pytest.raises(ValueError, match=r"no column 'outlets'.*is 'outlet' meant"):
        call(verb, several, by="outlets")
    with pytest.raises(ValueError, match=r"without its corpus.* no column 'outlet'"):
        call(verb, several.tokens, by="outlet")
    with pytest.raises(ValueError, match="period is 'decade'; it may be 'year', 'quarter'"):
        call(verb, several, period="decade")


def test_a_period_is_one_more_column_of_parts(several):
    found = count.richness(several, by="outlet", period="year")
    # The texts in order of date: b (Le Cap, November), c (Le Fanal, December 2023), a (2024).
    assert found[["outlet", "year"]].to_numpy().tolist() == [
        ["Le Cap", "2023"],
        ["Le Fanal", "2023"],
        ["Le Fanal", "2024"],
    ]
    assert found["N"].tolist() == [13, 14, 14]
    days = count.frequencies(several, period="day")
    assert days["day"].unique().tolist() == ["2023-11-06", "2024-03-02"]  # c has no day
    alone = several.with_metadata(several.tokens, ["year"])
    assert count.richness(alone, period="year")["N"].tolist() == [27, 14]


def test_a_verb_that_needs_parts_takes_those_of_the_corpus(several):
    assert several.parts == "outlet"
    pd.testing.assert_frame_equal(
        count.specificities(several), count.specificities(several, by="outlet")
    )
    with pytest.raises(ValueError, match="specificities: by is missing; it names the columns"):
        count.specificities(several.tokens)


def test_parts_stand_in_their_natural_order():
    def order(values: list[object], name: str = "part") -> list[object]:
        rows = {"doc": "d", "kind": "word", "type": "le", name: values}
        return count.richness(pd.DataFrame(rows), by=name)[name].tolist()

    assert order(["10", "9", "2", "10"]) == ["2", "9", "10"]
    assert order([3, 1, 2]) == [1, 2, 3]
    assert order(["2024-02", "2023-11", "2024-01"]) == ["2023-11", "2024-01", "2024-02"]
    assert order(["2024-W02", "2023-W52"]) == ["2023-W52", "2024-W02"]
    assert order(["2024-Q1", "2023-Q4"]) == ["2023-Q4", "2024-Q1"]
    assert order(["Zèbre", "Âne", "Zèbre"]) == ["Zèbre", "Âne"]  # as they come
    assert order(["2", "un", "1"]) == ["2", "un", "1"]
    assert order([]) == []
    two = pd.DataFrame({"o": ["z", "z", "a", "a"], "n": ["10", "9", "9", "10"]})
    rows = count.richness(two.assign(doc="d", kind="word", type="le"), by=["o", "n"])
    assert rows[["o", "n"]].to_numpy().tolist() == [
        ["z", "9"],
        ["z", "10"],
        ["a", "9"],
        ["a", "10"],
    ]


def annotated(words: str) -> pd.DataFrame:
    """A token table: form/pos, ° behind a word in a name, function words in small letters of the
    list below, a stop ends a sentence.
    """
    rows, start, sent = [], 0, 1
    for tok, word in enumerate(words.split(), 1):
        form, pos = word.strip("°").split("/")
        kind = "punct" if pos == "PUNCT" else "word"
        rows.append((form.lower(), pos, kind, pos in ("DET", "ADP"), word.endswith("°"), sent, tok))
        sent += form == "."
        start += len(form) + 1
    names = ["type", "pos", "kind", "is_function", "in_name", "sent", "tok"]
    return pd.DataFrame(rows, columns=names).assign(doc="d", par=1)


# Eight words, of which le, du, le are grammar, and Valombre a name.
EIGHT = annotated(
    "le/DET maire/NOUN du/ADP Valombre/PROPN° rouvre/VERB le/DET port/NOUN port/NOUN ./PUNCT"
)


def test_only_takes_the_counted_units_and_their_total_not_the_rates():
    found = count.frequencies(EIGHT, only="content").set_index("type")
    assert found["f"].to_dict() == {"port": 2, "maire": 1, "rouvre": 1, "valombre": 1}
    assert found.loc["port", "per_million"] == 2 / 8 * 1e6  # of all words
    assert found.loc["port", "rank"] == 1
    common = count.frequencies(EIGHT, only="common")
    assert common["type"].tolist() == ["port", "maire", "rouvre"]
    assert count.spectrum(EIGHT, only="content").to_numpy().tolist() == [[1, 3], [2, 1]]


def test_specificities_of_some_units_have_the_totals_of_these():
    parts = EIGHT.assign(part=[1, 1, 1, 1, 2, 2, 2, 2, 2])
    table = count.specificities(parts, "part", only="content").set_index(["type", "part"])
    # Part 1 holds maire and valombre, part 2 rouvre, port, port: T = 5, t = 2 and 3.
    assert table.loc[("port", 2), ["f", "F", "t", "T"]].tolist() == [2, 2, 3, 5]
    assert table.loc[("port", 2), "expected"] == pytest.approx(2 * 3 / 5)
    assert "le" not in table.index.get_level_values(0)
    assert count.contingency(parts, "part", only="common").sum().to_dict() == {
        "maire": 1,
        "port": 2,
        "rouvre": 1,
    }


def test_cooccurrents_of_some_units_are_found_at_distances_of_all_words():
    found = count.cooccurrents(EIGHT, "rouvre", span=2, only="content").set_index("type")
    # Two words before (du, Valombre) and behind (le, port); T = 5 and t = 2 count content only.
    assert found["O"].to_dict() == {"port": 1, "valombre": 1}
    assert found["f"].to_dict() == {"port": 2, "valombre": 1}
    assert found.loc["port", "E"] == pytest.approx(2 * 2 / 5)


def test_names_are_left_out_where_the_corpus_is_given(seed):
    content = count.frequencies(seed, only="content").set_index("type")["f"]
    common = count.frequencies(seed, only="common").set_index("type")["f"]
    assert set(common.index) < set(content.index)
    assert {"bostyn", "rabat"} & set(content.index)
    assert not {"bostyn", "rabat"} & set(common.index)
    with pytest.raises(ValueError, match="give the corpus, not its tokens"):
        count.frequencies(seed.tokens, only="common")


def test_having_gives_the_texts_in_which_a_query_has_a_line(several):
    assert count.having(several, "phare").documents["doc"].tolist() == ["a"]
    assert count.having(several, "de la ville").documents["doc"].tolist() == ["b", "c", "a"]
    with pytest.warns(UserWarning, match="having: no text has a line of 'sirène'"):
        assert len(count.having(several, "sirène")) == 0


def test_a_concordance_of_tokens_reads_their_forms(several):
    whole = count.concordance(several, "port", window=2)
    some = count.concordance(several.tokens[several.tokens["doc"] == "b"], "port", window=2)
    pd.testing.assert_frame_equal(some, whole[whole["doc"] == "b"])


@pytest.mark.parametrize(
    "error",
    [
        TooLittleText("richness", needs="two parts", has="1 part", most="0"),
        QueryError("[lemma=", 7, "a value"),
    ],
)
def test_errors_come_whole_through_a_process_pool(error):
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again)) == (type(error), str(error))
    assert isinstance(again, ValueError)


def test_an_unknown_option_is_named_with_those_there_are(several):
    with pytest.raises(TypeError, match=r"frequencies: .*'units'; it takes tokens, unit=, by=,"):
        count.frequencies(several, units="lemma")
    with pytest.raises(TypeError, match="frequencies: too many positional arguments; it takes"):
        count.frequencies(several, "lemma")
    with pytest.raises(TypeError, match="ngrams: missing a required argument: 'n'; it takes"):
        count.ngrams(several)


@pytest.mark.parametrize("verb", ALL, ids=named)
def test_a_verb_has_six_options_at_most(verb):
    options = inspect.signature(verb).parameters.values()
    assert sum(option.kind is option.KEYWORD_ONLY for option in options) <= 6


def test_each_door_is_its_index():
    for door in (count, voices, read):
        assert dir(door) == sorted(door.INDEX)
        for name in door.INDEX:
            assert hasattr(door, name)
            if name[0].islower():
                assert name in door.__doc__


# What is typed up to the tab key, what it then offers, and the line that comes of it.
BY_TAB = {
    "a concordance in one outlet since 2023": [
        (
            "corpus.whe",
            "where",
            "recent = corpus.where(\"outlet == 'Le Fanal' and year >= '2023'\")",
        ),
        ("count.conc", "concordance", "found = count.concordance(recent, 'ville')"),
    ],
    "specificities by outlet without names": [
        ("count.spec", "specificities", ""),
        ("count.specificities(corpus, b", "by=", ""),
        ("count.specificities(corpus, 'outlet', o", "only=", ""),
        ("", "", "found = count.specificities(corpus, by='outlet', only='common')"),
    ],
    "a figure in one's own axes": [
        ("plot.freq", "frequencies", "table = count.frequencies(corpus)"),
        ("plot.frequencies(table, a", "ax=", "found = plot.frequencies(table, ax=mine)"),
    ],
}


@pytest.mark.parametrize("task", BY_TAB)
def test_a_task_is_done_by_the_tab_key(task, several):
    from IPython.core.completer import provisionalcompleter
    from IPython.core.interactiveshell import InteractiveShell
    from matplotlib.figure import Figure

    shell = InteractiveShell()
    mine = Figure().subplots()
    shell.push({"corpus": several, "count": count, "plot": plot, "mine": mine})
    for typed, offered, line in BY_TAB[task]:
        if typed:
            with provisionalcompleter():
                options = [one.text for one in shell.Completer.completions(typed, len(typed))]
            assert offered in options
        if line:
            assert shell.run_cell(line).success
    found = shell.user_ns["found"]
    if "axes" in task:
        assert found is mine
    else:
        assert len(found) > 0
    if "names" in task:
        assert {"Le Fanal", "Le Cap"} == set(found["outlet"])
        assert "valombre" not in set(found["type"])

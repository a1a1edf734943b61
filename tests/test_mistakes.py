"""What people type by mistake: each is told in one sentence that names the value and the way out, or
does what was meant.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import pandas as pd
import pytest

import helpers
from helpers import Corpus, count, open_corpus, plot, read, show, voices
from helpers.exchange import export_corpus, import_files
from helpers.read import FICTION

# What is typed, and words of what is said.
TOLD = {
    # A corpus, its tokens, or something else
    "open_corpus('nowhere')": "no folder .*nowhere; make it",
    "open_corpus('helpers/__init__.py')": "is a file; name the folder",
    "open_corpus(5)": "folder is 5; it may be",
    "open_corpus(annotate='no')": "annotate is 'no'; it may be True or False",
    "open_corpus(anotate=False)": "no.*'anotate'|'anotate'; it takes folder, annotate=",
    "count.frequencies('phare')": "tokens is 'phare'; it may be a corpus, as open_corpus",
    "count.frequencies(None)": "tokens is None; it may be a corpus",
    "count.frequencies([t])": "tokens is a list; it may be a corpus",
    "count.frequencies(t['type'])": "tokens is a Series; it may be a corpus",
    "count.frequencies(c.documents)": "no column 'type'.*it has doc, file",
    "count.concordance(c.documents, 'le')": "no column 'start'.*it has doc",
    "count.word_definitions('x')": "documents is 'x'; it may be a corpus",
    "voices.actors(t)": "corpus is a DataFrame; it may be a corpus, as open_corpus",
    "voices.attributions('c')": "corpus is 'c'; it may be a corpus",
    "voices.in_voices(t, c)": "attributions is a Corpus; it may be a table",
    "count.having(t, 'le')": "corpus is a DataFrame; it may be a corpus",
    # Texts chosen
    "c.where('journal == 3')": "'journal' is not defined.*outlet",
    "c.where('year >= 2023')": "year >= 2023.*cannot be read.*year >= '2023'",
    "c.where('year == 2023')": "no text has 'year == 2023'; text stands in quotes",
    "c.where(\"outlet == 'Le Fanall'\")": "no text has .*Le Fanall",
    "c.where('year')": "not True or False for each text",
    "c.where('outlet = 3')": "outlet = 3.*cannot be read",
    "c.where('')": "'' cannot be read",
    "c.where([True, False])": "not True or False for each text",
    "c.where(3)": "3 cannot be read",
    "c.with_metadata(t.drop(columns='doc'))": "no column 'doc'",
    "c.with_metadata(pd.DataFrame({'doc': ['zz']}))": "no text 'zz'; ask the corpus",
    "c.with_metadata(t, ['journal'])": "no column 'journal'; it has .*quarter",
    # What is no table, no text, or a table with two columns of one name
    "read.as_told(c)": "as_told: documents is a Corpus; it may be a table",
    "read.as_told(None)": "as_told: documents is None; it may be a table",
    "read.weekdays(c, c.documents)": "weekdays: entities is a Corpus; it may be a table",
    "read.weekdays(c.entities, 5)": "weekdays: documents is 5; it may be a table",
    "read.round_trip(c.documents, 5)": "round_trip: tokens is 5; it may be a table",
    "read.parse(None)": "parse: documents is None; it may be a table",
    "read.reprints(t)": "reprints: corpus is a DataFrame; it may be a corpus",
    "read.french.tokenise(5)": "text is 5; it may be a text",
    "read.french.normalise(None)": "text is None; it may be a text",
    "read.french.sentence_starts(['Un.'])": "text is .*Un.*; it may be a text",
    "read.french.syllables(5)": "text is 5; it may be a text",
    "count.sensitivity(c, len, by='doc')": "what measure gives is [0-9]+; it may be a table",
    "count.sensitivity(c, repr, by='doc')": "what measure gives is a str; it may be a table",
    "count.frequencies(pd.concat([t, t], axis=1))": "frequencies: tokens has two columns 'doc'; drop",
    "count.cooccurrents(t.rename(columns={'tok': 'type'}), 'la')": "tokens has two columns 'type'",
    "count.theme_sample(pd.DataFrame([[1, 1]], columns=['theme'] * 2))": "hits has two columns 'theme'",
    "plot.frequencies(pd.DataFrame([[1, 1]], columns=['f'] * 2))": "frequencies has two columns 'f'",
    "read.round_trip(c.documents, pd.concat([t, t], axis=1))": "tokens has two columns 'doc'",
    "show.table('2.1', pd.concat([t, t], axis=1), 'One row is a token.')": "rows has two columns 'doc'",
    # Options
    "count.frequencies(c, unit='lema')": "unit is 'lema'; it may be 'type', 'lemma' or 'form'",
    "count.frequencies(c, unit=None)": "unit is None; it may be 'type'",
    "count.frequencies(c, units='lemma')": "'units'; it takes tokens, unit=",
    "count.frequencies(c, 'lemma')": "too many positional arguments; it takes tokens, unit=",
    "count.frequencies(c, by='journal')": "no column 'journal'; it has .*outlet",
    "count.frequencies(c, by='outlets')": "is 'outlet' meant",
    "count.frequencies(t, by='outlet')": "without its corpus.*no column 'outlet'",
    "count.frequencies(c, by=['outlet', 3])": "by is .*3.*; it may be a text, a list of texts or None",
    "count.frequencies(c, by=c.documents['outlet'])": "no column",
    "count.frequencies(c, by='type')": "by names 'type', a column of the result",
    "count.frequencies(c, pos='yes')": "pos is 'yes'; it may be True or False",
    "count.frequencies(c, period='decade')": "period is 'decade'; it may be 'year', 'quarter'",
    "count.frequencies(c, only='nouns')": "only is 'nouns'; it may be 'words', 'content' or 'common'",
    "count.frequencies(t, only='common')": "give the corpus, not its tokens",
    "count.frequencies(plain, unit='lemma')": "annotate=True",
    "count.specificities(t)": "by is missing; it names the columns",
    "count.specificities(c, min_freq='2')": "min_freq is '2'; it may be a whole number from 1",
    "count.specificities(c, min_freq=2.5)": "min_freq is 2.5; it may be a whole number",
    "count.specificities(c, 'par', 'lemma')": "too many positional arguments",
    "count.shuffled(c, n=-1)": "n is -1; it may be a whole number from 0",
    "count.distance(c, measure='euclid')": "measure is 'euclid'; it may be 'labbe'",
    "count.growth(c, points=0)": "points is 0; it may be a whole number from 1",
    "count.sensitivity(c, 'richness', by='doc')": "measure is 'richness'; it may be a function",
    "count.power(c, sizes=20)": "sizes is 20; it may be a list of whole numbers",
    "count.power(c, ratios=('2',))": "ratios is .*'2'.*; it may be a list of numbers from 1",
    "count.segments(c, size='40')": "size is '40'; it may be a whole number from 1",
    "count.repeated_segments(c, min_length='3')": "min_length is '3'; it may be a whole number",
    "count.ngrams(c)": "missing a required argument: 'n'",
    "count.reuse(c, min_length=1)": "min_length is 1; it may be a whole number from 2",
    "count.ttr_along(c, window=10**6)": "no window of 1,000,000 words; there are",
    # Queries and words
    "count.concordance(c, 5)": "query is 5; it may be a text",
    "count.concordance(c, 'le', window='6')": "window is '6'; it may be a whole number from 0",
    "count.concordance(c, 'le', sort='left')": "sort is 'left'; it may be 'position', 'left1'",
    "count.concordance(c, '[word=le]')": "character 2: expected an attribute .type, form, lemma",
    "count.concordance(c, '[lemma=')": "character 8: expected a value",
    "count.concordance(c, '/phar')": "expected the / that closes",
    "count.concordance(c, '')": "expected a word",
    "count.concordance(c, '[pos=VERBE]')": "character 6: expected a part of speech .ADJ, ADP.* VERB, X",
    "count.having(c, '[lemma=grève pos=NOM]')": "character 18: expected a part of speech",
    "count.concordance(plain, '[pos=VERB]')": "open the corpus with annotate=True",
    "count.cooccurrents(c, 'zzz')": "'zzz' does not occur as a type",
    "count.cooccurrents(c, ['le', 3])": "node is .*3.*; it may be a text or a list",
    "count.having(c, 'zzz')": "no text has a line of 'zzz'",
    # Rows out of order, columns that are ours
    "count.concordance(t.iloc[::-1], 'la ville')": "not in reading order; sort them by",
    "count.ngrams(t.sample(frac=1, random_state=0), 2)": "not in reading order",
    "count.growth(t.sample(frac=1, random_state=0))": "not in reading order",
    "count.cooccurrents(t.iloc[::-1], 'la')": "not in reading order",
    "count.segments(pd.concat([t, t]))": "not in reading order",
    "count.theme_profile(count.theme_hits(c), t.assign(f=1), by='f')": "by names 'f', a column of the",
    "count.reinert(count.contingency(t.assign(k=t['sent']), ['k', 'doc']))": "by names 'k', a column",
    "c.where(pd.Series([True], index=['x']))": "not True or False for each text",
    "count.concordance(t.drop(columns='sent'), 'ville')": "no column 'sent'",
    "count.specificities(c, 'agency')": "'agency' has no value, so there is no part",
    "count.frequencies(plain, by='pos')": "'pos' has no value, so there is no part",
    # Tables of other verbs
    "count.keyness(c, count.frequencies(c), only='content')": "only='content' needs tokens on both",
    "count.keyness(c, c)": "tokens on both sides",
    "count.typical_segments(count.reinert(small, k=2), cut.query('seg > 1'))": "have other segments",
    "plot.progression(count.progression(c, 'la'), 3)": "n_words is 3, and a hit is word",
    "plot.zipf(count.frequencies(c))": "plot.zipf: missing a required argument: 'zipf'; it takes",
    "show.kwic(count.frequencies(c))": "no column 'doc'",
    "show.quote(c, count.frequencies(c))": "no column 'doc'",
    "show.figure('2.1', plot.growth, count.growth(c), 'c', name='../x')": "name is '../x'; it is the",
    "show.table('2.1', c, 'One row is a text.')": "rows is a Corpus; it may be a table",
    "show.table('2.1', t, 'One row is a token.', n=0)": "n is 0; it may be a whole number from 1",
    "voices.in_voices(count.frequencies(c), voices.attributions(c))": "no column 'doc'",
    "read.round_trip(t, c.documents)": "no column 'text'",
    "export_corpus(t, 'out')": "corpus is a DataFrame; it may be a corpus",
    "plot.style(size=(float('nan'), 2))": "it may be 2 numbers from 0.1",
    "count.keyness(t.head(0), t)": "the tokens have no word, nothing can be compared",
    "count.keyness(c, 'français')": "reference is 'français'; it may be a corpus",
    "count.reinert(t)": "column 'doc' holds no counts; contingency makes",
    "count.reinert(count.contingency(c), k=1)": "k is 1; it may be a whole number from 2",
    "count.reinert(count.contingency(c), k='6')": "k is '6'; it may be a whole number",
    "count.correspondence(c)": "table is a Corpus; it may be a table",
    "count.clusters(count.contingency(c), 3)": "found is a DataFrame; it may be what correspondence",
    "count.attainable(t)": "no column 'f'",
    "count.theme_profile(t, c)": "no column 'theme'",
    "count.theme_hits(c, 'themes.csv')": "lexicon is 'themes.csv'; it may be a table",
    "count.theme_lexicon(pd.DataFrame({'mot': ['port']}))": "no column 'theme'; it has mot",
    # Figures and what is shown
    "plot.word_cloud(t)": "word_cloud draws the table of count.frequencies.*no column 'f'",
    "plot.specificities(count.keyness(c.head, c.tail))": "draws the table of count.specificities",
    "plot.frequencies(count.frequencies(c), top='20')": "top is '20'; it may be a whole number from 1",
    "plot.frequencies(count.frequencies(c), ax='left')": "ax is 'left'; it may be an Axes",
    "plot.frequencies('phare')": "draws the table of count.frequencies; 'phare' was given",
    "plot.style(size=7)": "size is 7; it may be 2 numbers",
    "plot.style(font='Garamont')": "no font of that name is installed",
    "show.quote(c, 'prix')": "rows is 'prix'; it may be a table",
    "show.quote(t, t)": "corpus is a DataFrame; it may be a corpus",
    "show.kwic(c)": "lines is a Corpus; it may be a table",
    "show.marked(c, doc='zz')": "no text 'zz'",
    # Files
    "import_files('nowhere.txt', 'out')": "nowhere.txt cannot be opened",
    "import_files('a.html', 'out', add={'a:b': 'x'})": "'a:b' is no name of a field",
    "read.load_seeds('nowhere')": "no folder nowhere",
    "read.load_seeds('')": "'' names no file and no folder",
    "import_files('', 'out')": "'' names no file and no folder",
    "import_files(['README.md', ''], 'out')": "'' names no file and no folder",
    "import_files('README.md', '')": "'' names no file and no folder",
    "export_corpus(c, '')": "'' names no file and no folder",
}
# What is meant is done.
MEANT = {
    "plot.dispersion(c, 'ville')": "plot.dispersion(c, ['ville'])",
    "count.cooccurrents(c, 'port')": "count.cooccurrents(c, ['Port'])",
    "count.concordance(t, 'ville')": "count.concordance(c, 'ville')",
    "count.frequencies(c)": "count.frequencies(t)",
    "count.frequencies(c, by=('outlet',))": "count.frequencies(c, by='outlet')",
    "c.where(c.documents['year'] == '2023').documents": "c.where(\"year == '2023'\").documents",
    "count.growth(c, points=np.int64(5))": "count.growth(c, points=5)",
    "c.where((c.documents['year'] == '2023').iloc[::-1]).documents": "c.where(\"year == '2023'\").documents",
    "c.with_metadata(t, 'outlet')": "c.with_metadata(t, ['outlet'])",
    "plot.frequencies(count.frequencies(c).iloc[::-1])": "plot.frequencies(count.frequencies(c))",
    "plot.keyness(count.keyness(t[t['par'] == 1], t[t['par'] > 1]).iloc[::-1])": "plot.keyness(count.keyness(t[t['par'] == 1], t[t['par'] > 1]))",
}


@pytest.fixture(scope="module")
def names(tmp_path_factory) -> dict[str, object]:
    """What can be typed: a corpus c, its tokens t, the same plain."""
    import numpy as np

    folder = tmp_path_factory.mktemp("some")
    for path in sorted(FICTION.glob("*.txt"))[:12]:
        (folder / path.name).write_bytes(path.read_bytes())
    c, plain = (
        open_corpus(folder, annotate=annotate, cache=folder / ".cache")
        for annotate in (True, False)
    )
    cut = count.segments(c, size=20)
    small = count.contingency(cut, ["doc", "seg"], min_freq=2)
    doors = {
        "cut": cut,
        "small": small,
        "count": count,
        "plot": plot,
        "read": read,
        "show": show,
        "voices": voices,
    }
    return doors | {"c": c, "t": c.tokens, "plain": plain, "pd": pd, "np": np} | {
        "open_corpus": open_corpus, "import_files": import_files, "export_corpus": export_corpus,
    }  # fmt: skip


@pytest.mark.parametrize(("typed", "said"), TOLD.items(), ids=TOLD)
def test_a_mistake_is_told_with_the_way_out(typed, said, names, monkeypatch):
    monkeypatch.chdir(Path(helpers.__file__).parent.parent)
    whole = names["c"]
    names = names | {"c": _halved(whole) if "c.head" in typed else whole}
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        with pytest.raises((ValueError, TypeError, OSError, UserWarning), match=said) as told:
            eval(typed, dict(names))
    assert "\n" not in str(told.value).strip()


class _Halves(Corpus):
    """A corpus with its two halves, as the mistake about tables of other verbs needs them."""

    @property
    def head(self) -> Corpus:
        return self.where(self.documents.index < 6)

    @property
    def tail(self) -> Corpus:
        return self.where(self.documents.index >= 6)


def _halved(corpus: Corpus) -> _Halves:
    return _Halves(**vars(corpus))


@pytest.mark.parametrize(("typed", "meant"), MEANT.items(), ids=MEANT)
def test_what_is_meant_is_done(typed, meant, names):
    one, other = (eval(source, dict(names)) for source in (typed, meant))
    if isinstance(one, pd.DataFrame):
        pd.testing.assert_frame_equal(one, other)
    else:
        assert one.get_title("left") == other.get_title("left")


def test_they_are_enough_to_tell():
    assert len(TOLD) + len(MEANT) >= 85

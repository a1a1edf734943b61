"""What is said of chance, tried by chance: bands that hold the rate, and words that rise for no reason."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from helpers import count, open_corpus
from helpers.count.chance import band, clustering, grouped
from helpers.count.movements import moves
from helpers.read import FICTION


def lengths(rng, n):
    """Words of n texts, from a brief to a long report."""
    return np.round(np.exp(rng.normal(5.6, 0.6, n)).clip(60, 2000))


def poisson(rng, rate, words, columns):
    return rng.poisson(rate * words[:, None], (len(words), columns))


def gamma_mixed(rng, rate, words, columns):
    """Each text has a rate of its own."""
    own = rng.gamma(0.7, rate / 0.7, (len(words), columns))
    return rng.poisson(own * words[:, None])


def in_a_tenth(rng, rate, words, columns):
    """The word stands in a tenth of the texts, and there ten times as often."""
    own = 10 * rate * (rng.random((len(words), columns)) < 0.1)
    return rng.poisson(own * words[:, None])


def coverage(draw, expected, texts, periods, simulated, seed=1):
    """The share of the bands that hold the rate."""
    rng, held, n = np.random.default_rng(seed), 0, 0
    for _ in range(simulated // 20):
        group = np.repeat(np.arange(periods), texts)
        words = lengths(rng, len(group))
        rate = expected * periods / words.sum()
        counts = csr_array(draw(rng, rate, words, 20))
        pool = np.zeros(periods, int)
        groups = grouped(counts, words, group, periods)
        low, high = band(groups, clustering(groups, pool), pool)
        there = ~np.isnan(low)
        held += ((low <= rate) & (rate <= high))[there].sum()
        n += there.sum()
    return held / n


# Every kind of word; how many texts a period has, in how many periods, and how often it is expected.
CELLS = [(6, 18, 5), (10, 12, 10), (20, 8, 30), (40, 6, 5)]


@pytest.mark.parametrize("simulated", [200, pytest.param(2000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("draw", [poisson, gamma_mixed, in_a_tenth])
@pytest.mark.parametrize(("texts", "periods", "expected"), CELLS)
def test_the_band_of_a_timeline_holds_the_rate(draw, texts, periods, expected, simulated):
    assert 0.93 <= coverage(draw, expected, texts, periods, simulated) <= 0.99


def units(rng, words, stratum, n):
    """The counts of n words of every kind; a third of them are of one outlet, more or less."""
    rates = np.exp(rng.uniform(np.log(4e-4), np.log(3e-3), n))
    draws = [poisson, gamma_mixed, in_a_tenth]
    columns = [draws[i % 3](rng, rate, words, 1)[:, 0] for i, rate in enumerate(rates)]
    counts = np.column_stack(columns)
    for i in range(0, n, 4):
        counts[stratum != i % (stratum.max() + 1), i] //= 3
    often = (counts.sum(axis=0) >= 20) & ((counts > 0).sum(axis=0) >= 10)
    return csr_array(counts[:, often])


def false_alarms(counts, words, days, stratum, shuffled, seed=2):
    """The share of the corpora, shuffled within outlets, in which any word rises or falls."""
    rng, alarms = np.random.default_rng(seed), 0
    tested = np.ones(counts.shape[1], bool)
    for _ in range(shuffled):
        mixed = days.copy()
        for one in np.unique(stratum):
            mixed[stratum == one] = rng.permutation(mixed[stratum == one])
        alarms += moves(counts, words, mixed, stratum, tested)["direction"].notna().any()
    return alarms / shuffled


@pytest.mark.parametrize("shuffled", [100, pytest.param(1000, marks=pytest.mark.slow)])
def test_hardly_ever_does_a_word_rise_or_fall_in_shuffled_texts(shuffled):
    rng = np.random.default_rng(3)
    stratum = np.sort(rng.integers(0, 4, 150))
    # The last outlet begins when half of the time is over.
    days = np.where(stratum == 3, rng.integers(270, 540, 150), rng.integers(0, 540, 150)) * 1.0
    words = lengths(rng, 150)
    counts = units(rng, words, stratum, 240)
    assert counts.shape[1] > 150
    assert false_alarms(counts, words, days, stratum, shuffled) <= 0.065


@pytest.mark.slow
def test_hardly_ever_does_a_word_rise_or_fall_in_the_example_shuffled():
    corpus = open_corpus(FICTION).without_reprints()
    table = count.contingency(corpus, "doc", unit="lemma", only="common", min_freq=20)
    texts = corpus.documents.set_index("doc").loc[table.index]
    counts = csr_array(table.loc[:, (table > 0).sum() >= 10].to_numpy())
    days = (texts["date_start"] - texts["date_start"].min()).dt.days.to_numpy(float)
    stratum, words = pd.factorize(texts["outlet"])[0], texts["n_words"].to_numpy(float)
    assert false_alarms(counts, words, days, stratum, 1000) <= 0.065

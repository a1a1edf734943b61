"""Figures: each takes the table of the verb with its name, `plot.keyness(count.keyness(a, b))`, and
returns Axes: those of a new figure, or with `ax=` one's own, with letters as large as these have.

    fig, axes = plt.subplots(2, 2, figsize=(10, 8), layout="constrained")
    plot.keyness(table, ax=axes[0, 0], n=12)

What was read
    lengths          a bar for each sentence, as long as its words; of many histograms by part
    parts_of_speech  a bar for each part of speech, in percent of the words
    barcode          a row for each kind of name, a stroke for each mention
Time
    calendar         a row for each part, a bar for each period; gaps and cut ends are marked
    timeline         a strip for each query and part, a line with its band
    trends           a dot with its interval for each rising or falling word
Vocabulary
    frequencies      a bar for each of the most frequent words
    typical_words    a bar for each word that is this corpus's own, by the texts that hold it
    word_cloud       the same words as a cloud, and the bars to check it against
    zipf             a point for each word by rank and frequency, and Zipf's line
    growth           types so far against words read, in the band of random orders
    ttr_along        how varied a moving window is, along the text
Contexts
    dispersion       a row for each query, a stroke for each hit
    progression      the share of the hits of each query so far, against the words read
    cooccurrents     a dot for each co-occurrent, by its specificity; a block for each part
    segments         a row for each repeated segment, a bar at each of its places
Themes
    theme_profile    a row for each theme, a cell for each part: hits per thousand words
Voices
    attributions     a row for each paragraph, a bar for each passage in the look of its source
    speakers         a row for each speaker, a bar for each kind of passage
    reported_speech  a bar for each part, of the words in each voice; the mean of its texts
    names            a bar for each name, or a mark for each name in each part
    reprints         a row for each chain of reprints, a column for each outlet
Contrasts
    specificities    for each part a bar for each of its strongest words
    keyness          a dot for each word, by how much more frequent it is on one side
    general_french   a dot for each word, by how much more frequent it is than in general French
    power            how often a difference is found, against the number of texts
Classes
    correspondence   parts and words on a plane: the near ones of either are alike
    reinert          the tree of the classes, beside it their sizes and typical words
    word_network     words that are used together, or their tree: strong ties are wide
Look
    style            size and font of all figures from here on
"""

from helpers.plot.bars import frequencies, lengths, parts_of_speech, typical_words, word_cloud
from helpers.plot.chronology import calendar, timeline, trends
from helpers.plot.classes import correspondence, reinert
from helpers.plot.contexts import barcode, cooccurrents, dispersion, progression, segments
from helpers.plot.contrasts import general_french, keyness, power, specificities
from helpers.plot.networks import word_network
from helpers.plot.sheet import style
from helpers.plot.sources import attributions, names, reported_speech, reprints, speakers
from helpers.plot.themes import theme_profile
from helpers.plot.vocabulary import growth, ttr_along, zipf

INDEX = sorted(name for name, brought in globals().items() if callable(brought))


def __dir__() -> list[str]:
    return INDEX

"""Every measure: of a corpus, or a table of its tokens, to a new table.

    table = count.specificities(corpus, by="outlet", only="common", min_freq=5)

What there is, and when (chronology, movements)
    overview            the texts, words, dates and reprints of each part
    calendar            how much was printed in each period, and where there is a gap
    timeline            how often a query hits in each period, with its band
    peaks               the period with the highest rate: beyond chance?
    trends              rising and falling words
How often, how varied (vocabulary)
    frequencies         each word: f, per million, rank, number of texts
    spectrum            how many words occur once, twice, …
    growth              the number of words along the text, beside that of any order
    richness            TTR, MATTR, MTLD, HD-D, Yule's K of each part
    ttr_along           where the text is varied, and where it repeats itself
    sensitivity         how much a measure owes to one part
    zipf                how steeply frequency falls with rank
    word_definitions    the same text under five definitions of a word
    readability         words per sentence, Kandel and Moles, LIX of each part
    readability_range   the same under other choices
How a word is used (contexts)
    concordance         every line of a query (KWIC)
    having              the texts in which a query has a line, as a corpus
    progression         where the lines come along the corpus
    dispersion          used throughout, or in one place only?
    cooccurrents        which words keep company with a word
    ngrams              every sequence of n words
    repeated_segments   the sequences that come back word for word
    segment_places      where they stand
    reuse               the passages that texts share
What sets parts apart (contrasts)
    specificities       over- and under-used words of each part
    attainable          how specific a word of F occurrences could be at all
    shuffled            how many specificities chance gives
    distance            which parts have their vocabulary in common
    keyness             two sides face to face
    general_french      a corpus beside general French
    power               how many texts it takes to find a difference
Which worlds of words there are (classes)
    segments            a text cut into pieces of a like length
    contingency         the table of parts and words that the next verbs take
    correspondence      factor analysis: which parts use words alike
    independence        do the parts differ by more than chance?
    clusters            groups of parts on the axes
    reinert             classes of segments (ALCESTE, IRaMuTeQ)
    shuffled_splits     how strong its divisions are in shuffled segments
    class_table         which texts, months, outlets a class comes from
    typical_segments    the passages that show a class best
    agreement           do the classes give back what is known?
    stability           do they hang on the size of the segments?
    stable_classes      the classes that do not
    word_network        which words are used together, in which groups; their tree
What it is about (themes, by a word list)
    theme_hits          where each theme is spoken of
    theme_profile       how dense it is in each part
    theme_audit         how far the list may be believed
    theme_fit           which of its themes may be read in these texts
    theme_lexicon       the list itself
    theme_sample        lines of each theme, to be judged
    theme_draft         a list to edit, from the groups of a word network
Where to begin, and what to read
    typical_words       the words that are this corpus's own
    node_word           the word to begin with
    search_words        the words by which a database was asked for it
    reading_list        texts that show a part best, least, or a sample to be coded
    coder_agreement     do two people code alike? (Krippendorff's α)

These options mean the same everywhere:
    by      columns of tokens or documents that make the parts, in their natural order; what has
            no value in them is in no part
    period  "year", "quarter", "month", "week" or "day": parts that are periods
    unit    what is counted: "type" (lower case), "lemma" or "form" (as written)
    only    "words", "content" (no function words) or "common" (nor names): what is counted, in
            all and in a part; rates per million and distances are those of all words
    min_freq, random_state  the least occurrences; the seed of what is drawn

Too little text is a TooLittleText; a query that cannot be read, a QueryError; what else cannot be,
a ValueError that says what may be. help(count.specificities) has formula, columns and sources.
"""

from helpers.count.chronology import calendar, overview, peaks, timeline
from helpers.count.classes import agreement, stability, stable_classes, typical_segments
from helpers.count.classification import class_table, reinert, shuffled_splits
from helpers.count.coding import coder_agreement, theme_draft, theme_sample
from helpers.count.complexity import (
    readability,
    readability_range,
    richness,
    sensitivity,
    ttr_along,
)
from helpers.count.contexts import concordance, cooccurrents, dispersion, having, progression
from helpers.count.contrasts import attainable, distance, shuffled, specificities
from helpers.count.factors import clusters, correspondence, independence
from helpers.count.keywords import general_french, keyness, power
from helpers.count.lexical_table import contingency, segments
from helpers.count.movements import trends
from helpers.count.networks import word_network
from helpers.count.parts import TooLittleText
from helpers.count.query import QueryError
from helpers.count.repeats import ngrams, repeated_segments, reuse, segment_places
from helpers.count.themes import theme_audit, theme_fit, theme_hits, theme_lexicon, theme_profile
from helpers.count.typicality import node_word, reading_list, search_words, typical_words
from helpers.count.vocabulary import frequencies, growth, spectrum, word_definitions, zipf

INDEX = sorted(name for name, brought in globals().items() if callable(brought))


def __dir__() -> list[str]:
    return INDEX

"""Read and count French-language press texts: one noun, the corpus, and verbs, table in, table out.

    from helpers import open_corpus, read, count, voices, plot, show
    corpus = open_corpus()          # the folder that SEEDS names, or seeds/
    corpus.tokens                   # one row per token
    count.richness(corpus)          # help(count), or count. and the tab key, for all measures
    recent = corpus.where("outlet == 'Le Fanal' and year >= '2023'")    # a corpus again
    count.specificities(recent.without_reprints(), period="quarter")

`corpus.titles` is a corpus, too: the titles that stand in the files, each the paragraph 0 of its
text, to be counted beside the bodies and never with them.

A `Corpus` holds seven pandas tables. Texts stand in the order of their dates, those without one
last, then by the names of their files; within a text row order is reading order. `start` and `end`
are character positions in `documents.text`, the decoded file as it is on disk (without byte order
mark, line ends kept; the few marks of damage that are read as what they are, HTML entities first of
all, are issues with their place), so that for every row of every table `text[start:end]` is the
passage that the row is about. par, sent and tok count from 1 within a text.

documents   one row per text that was read: doc (the file's stem, unique: where files in several
            folders have it, folder_stem), file (folder/name.txt for one in a sub-folder), sha256
            (of the file), encoding, date (as written, the most precise), date_start, date_end (the
            days that it means), date_precision (year, month, day), year and month (YYYY, YYYY-MM,
            missing where the date is less precise), title, byline, outlet, agency, credit,
            signature, duplicate_of (doc of the first text of its chain of reprints, which it
            matches itself), similarity, body_start, body_end, n_paragraphs, n_sentences, n_words,
            text; folder, if a text is in a sub-folder (whose name is the outlet where nothing else
            says it); and every other field of front matter and column of metadata.csv
fields      one row per field found around the body of a text: doc, field (date, title, byline,
            agency, credit, signature, place, updated, role, section, subtitle, …, or a key of front
            matter), value, start, end
issues      one row per thing that was repaired or not understood: doc, file, kind, message,
            start, end
paragraphs  one row per paragraph: doc, par, start, end, n_sentences, n_words
sentences   one row per sentence: doc, par, sent, start, end, n_words
tokens      one row per token: doc, par, sent, tok, start, end, form (as written), type (composed,
            lower case, straight apostrophe; ligatures as letters, but coeur is cœur), lemma,
            pos (Universal Dependencies), kind (word, number, punct, symbol), is_function, head (tok
            of the governor, 0 for the root), dep
entities    one row per mention: doc, par, sent, start, end, label (person, organisation, place,
            nationality, date), name (normalised), country (ISO code), source (gazetteer, rule,
            model); mentions of different kinds may nest
"""

import os

# The model makes many products of small matrices: threads that share one wait for each other, and
# take three times as long. numpy looks at this when it is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from helpers import count, plot, read, show, voices
from helpers.read.corpus import Corpus, open_corpus

__all__ = ["Corpus", "count", "open_corpus", "plot", "read", "show", "voices"]

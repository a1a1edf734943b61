"""What whoever used the first edition finds again: its numbers, and its verbs under their names."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from helpers import Corpus, count, exchange, plot, read, show, voices
from tests.tables import reference

DOORS = {"count": count, "exchange": exchange, "plot": plot, "read": read, "show": show}
CHANGES = (Path(__file__).parent.parent / "CHANGELOG.md").read_text("utf-8")
# All that its one door had: 124 names.
NAMES = """
SEEDS SHIFT Corpus QueryError TooLittleText above_zipf actors adjusted_rand agreement attainable
attributions caption card claim class_profile class_table clusters communiques concordance
content_words contingency cooccurrents correspondence count count_hits dispersion distance
enough_segments entry_audit event_cards events export_all export_conllu export_iramuteq
export_tables export_txm fictional_corpus frequencies gate general_french growth import_corpus
in_voices independence interactive_concordance interactive_themes keyness kwic legible load_seeds
marked_text mattr_along mentions merge_segments methods ngrams node_words normalise open_corpus
parse parts_at_hand power progression provenance quote readability readability_range recovery
reinert repeated_segments results reuse reused richness richness_ranges round_trip segment_places
segments sensitivity sentence_starts shuffled shuffled_splits similarity_tree specificities
spectrum stability store_corpus syllable_check syllables theme_audit theme_hits theme_lexicon
theme_overview theme_profile theme_tree tokenise typical_segments voices weekdays word_definitions
zipf plot_attribution_strip plot_barcode plot_cooccurrents plot_dendrogram plot_dispersion
plot_factor_plane plot_frequencies plot_general_french plot_growth plot_keyness plot_lengths
plot_mattr plot_pos plot_power plot_progression plot_segments plot_similarity_tree
plot_specificities plot_theme_strip plot_word_cloud plot_zipf save_figure use_style
""".split()
# The sums of the columns that its verbs gave of the committed text, and the sums of their squares.
FIRST = [*reference("first_edition_seed").groupby(["verb", "options"], sort=False)]


@pytest.mark.parametrize(("call", "columns"), FIRST, ids=[" ".join(call) for call, _ in FIRST])
def test_the_committed_text_has_the_numbers_of_the_first_edition(seed: Corpus, call, columns):
    verb, options = call
    table = getattr(count, verb)(seed, **json.loads(options))
    assert set(columns["rows"]) == {len(table)}
    found = table[columns["column"].tolist()].astype("float64")
    assert found.sum().tolist() == pytest.approx(columns["total"].tolist(), rel=1e-9)
    assert (found**2).sum().tolist() == pytest.approx(columns["squares"].tolist(), rel=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_the_first_edition_is_at_a_door_or_among_the_changes(name):
    kept = name.removeprefix("plot_")
    doors = [plot] if kept != name else [count, read, show, voices]
    told = re.search(rf"`{name}`", CHANGES)
    assert told or name == "Corpus" or any(hasattr(door, kept) for door in doors)


def test_the_changes_name_what_there_is():
    told = re.findall(r"`(\w+)\.(\w+)", CHANGES)
    there = [(room, name) for room, name in told if room in DOORS]
    assert len(there) > 15
    assert [(room, name) for room, name in there if not hasattr(DOORS[room], name)] == []

"""Where the source of a verb of speech stands in French: before it, after it in a parenthesis (*, a
indiqué la ministre*), as a clitic (*a-t-elle ajouté*), behind *par*.
"""

from collections.abc import Sequence
from itertools import takewhile

from helpers.voices import reported
from helpers.voices.syntax import WORDS, Spans, Syntax, regular_participle
from helpers.voices.vocabulary import before_verb, can_speak, is_somebody, speaker_kind, unhung


def inverted(text: Syntax, verb: int, last: int) -> int | None:
    """The source right after a verb that is set off by a comma or a quotation mark (« … », a
    indiqué la ministre), or comes with *comme l'a rappelé*, *que conteste*.
    """
    before = before_cue(text, verb)
    taken = before > 0 and text.type[before - 1 : before + 1] == ["comme", "l'"]
    before -= taken  # for an article
    group = before_verb(text, verb)
    # – Pourquoi avoir repris l'usine ? But: aime répéter la maire.
    first = next((p for p in group if text.is_verb(p)), verb)
    led = first > text.sentence[verb][0] and text.is_verb(first - 1)
    infinite = text.is_infinitive(first) and not led
    infinite |= text.form[verb].endswith(("ant", "ez", "ons"))  # ajoutez le miel
    participle = not group and regular_participle(text.form[verb])
    if not _is_set_off(text, before) or participle or infinite:
        return None
    own = text.child(verb, "nsubj", "nsubj:pass", "expl:subj")
    if own is not None and before < own < verb and text.type[own] not in WORDS["object_pronouns"]:
        return None
    place = _behind(text, last)
    if place is None or is_somebody(text, place):
        return place
    backward = range(before - 1, text.sentence[verb][0] - 1, -1)
    earlier = [*takewhile(lambda p: text.form[p] != ";", backward)]
    if text.form[before] == "," and _is_nickname(text, verb, place, earlier):
        return None
    taken = own is not None and own < verb and can_speak(text, own)
    if text.form[before] != ",":
        after = text.ahead(text.phrase(place)[-1], 1)
        closes = all(text.form[p] in (",", ".", ";") for p in after)
        return place if not taken or (closes and can_speak(text, place)) else None
    alone = all(text.form[p] != "," for p in earlier)  # one comma does not part a subject
    told = not taken and any(text.is_finite(p) for p in earlier)
    return place if alone or told else None


def _is_set_off(text: Syntax, before: int) -> bool:
    """Does what is before a verb set it off? Not in: ce que conteste la maire."""
    sets = before >= 0 and text.type[before] in WORDS["set_off"] | {"comme", "que", "qu'"}
    return sets and text.previous(before) != "ce"


def _is_nickname(text: Syntax, verb: int, place: int, earlier: Sequence[int]) -> bool:
    """Jean Petit, dit Jeannot, a vendu …: a person stands before, and one name behind."""
    if text.type[verb] not in WORDS["called"] or any(text.is_finite(p) for p in earlier):
        return False
    named = text.form[place].istitle() and speaker_kind(text, place) is None
    persons = (text.pos[p] == "PROPN" or speaker_kind(text, p) == "person" for p in earlier)
    return named and len(text.phrase(place, joined=False)) <= 2 and any(persons)


def _behind(text: Syntax, last: int) -> int | None:
    """The first noun phrase behind a verb that no preposition governs (a indiqué à la presse le
    ministre; répond sans hésiter le club; résume, amère, une voisine), and that is no day.
    """
    governed = False
    for place in text.ahead(last, 14):
        word, pos = text.type[place], text.pos[place]
        leads = pos in ("DET", "PRON") or text.pos[place : place + 2] == ["ADJ", "NOUN"]
        noun = pos in ("NOUN", "PROPN") or (not leads and can_speak(text, place))
        noun = noun and not (word in WORDS["days"] and text.form[place].islower())
        set_off = text.previous(place) == "," and text.type[place + 1 : place + 2] == [","]
        noun = noun and not set_off
        # répond au téléphone Luc Morvan: the name is not the telephone's
        apart = (text.pos[place - 1], pos) == ("NOUN", "PROPN")
        governed = governed and not (apart and speaker_kind(text, place - 1) is None)
        if not governed and (noun or is_somebody(text, place)):
            return place
        if word in WORDS["ending"] or (pos == "PRON" and not governed):
            return None
        if pos in ("VERB", "AUX") and not text.is_infinitive(place):
            return None
        begins = pos == "DET" and text.pos[place - 1] not in ("ADP", "DET")
        governed = pos == "ADP" or (governed and not begins and word != ",")
    return None


def clitic(text: Syntax, verb: int) -> int:
    """The subject that hangs on the verb or its auxiliary (a-t-elle, explique-t-on), or 0; what is
    right before the verb goes with it, whatever the parser says.
    """
    if not any(form[0] == "-" for form in text.form[max(verb - 9, 0) : verb + 2]):
        return 0
    near = (p for p in range(before_cue(text, verb) + 1, verb) if text.sent[p] == text.sent[verb])
    group = [verb, *(c for c in text.children[verb] if text.dep[c].startswith("aux")), *near]
    places = (after for p in group for after in text.ahead(p, 1))
    return next((p for p in places if text.form[p].startswith("-") and can_speak(text, p)), 0)


def own_subject(text: Syntax, verb: int, spoken: Spans) -> int | None:
    """The subject of a verb, not one within a quotation that the verb stands outside of; else what
    stands right before the verb.
    """
    own = clitic(text, verb) or text.subject(verb)
    if own is not None and _is_apart(text, own, verb, spoken):
        own = None
    group = before_verb(text, verb)
    stressed = own and text.type[own] in WORDS["stressed"]  # la maire, elle, parle de
    set_off = stressed and text.form[own - 1 : own + 2 : 2] == [",", ","]
    if own is not None and not set_off and can_speak(text, own):
        return _antecedent(text, own, group.start)
    if group and text.type[group[0]] in WORDS["subject_pronouns"]:
        return group[0]
    near = before_group(text, group.start - 1)
    if text.type[max(group.start - 1, 0)] in WORDS["relatives"] and group.start > 1:
        near = before_group(text, group.start - 2 - (text.type[group.start - 2] == ","))
    if text.form[verb].endswith("ant") and verb - text.sentence[verb][0] < 3:
        comma = next((p for p in text.sentence[verb] if text.form[p] == "," and p > verb), None)
        near = comma and head_after(text, comma)  # Tout en notant que …, la ministre a …
    known = near is not None and not _is_apart(text, near, verb, spoken)
    return near if known and (own is None or can_speak(text, near)) else own


def _antecedent(text: Syntax, own: int, until: int) -> int:
    """L'homme que Luc Morvan a critiqué affirme: whom a relative clause tells of, not who stands
    within it.
    """
    first = text.phrase(own)[0]
    within = first > 1 and text.previous(first) in ("que", "qu'", "dont")
    within = within and any(text.is_finite(p) for p in range(own + 1, until))
    before = before_group(text, first - 2) if within else None
    return own if before is None else before


def _is_apart(text: Syntax, own: int, verb: int, spoken: Spans) -> bool:
    """Is a word no subject of a verb: behind a preposition, before a colon, or within a quotation
    that the verb stands outside of?
    """
    oblique = own in text.children[verb] and text.child(own, "case") is not None
    quoted = any(a <= own <= b and not a <= verb <= b for a, b in spoken)
    between = text.form[own:verb]
    dateline = sum(form in ("–", "—") for form in between) % 2  # BEYROUTH – Le maire …
    return oblique or quoted or ":" in between or bool(dateline)


def before_group(text: Syntax, last: int) -> int | None:
    """The head of the noun phrase that ends here, or before the commas that end here (Anne Morel,
    présidente du club,), where it may be a subject.
    """
    begin = text.sentence[max(last, 0)][0]
    if last > begin and text.form[last] in (",", ")"):
        backward = range(last - 1, max(begin, last - 14), -1)
        last = next((p for p in backward if text.form[p] in (",", "(")), begin) - 1
    first = last + 1
    while first > begin and (
        text.pos[first - 1] in WORDS["nominal"]
        or speaker_kind(text, first - 1)
        or text.type[first - 1] in WORDS["last"]
    ):
        first -= 1
    nouns = takewhile(lambda p: text.pos[p] != "ADP", range(first, last + 1))
    return next((p for p in nouns if can_speak(text, p) or is_somebody(text, p, alone=last)), None)


def source_of_verb(text: Syntax, verb: int, behind: int | None, spoken: Spans) -> range | None:
    """The places of the source; an empty range where nobody is named (il a été précisé que)."""
    own = own_subject(text, verb, spoken)
    if own is not None and by_on(text, verb):
        return behind_on(text, verb) or range(own, own + 1)
    by = agent(text, verb)
    if by is None and _is_passive(text, verb) and not clitic(text, verb):
        impersonal = own is not None and text.type[own] == "il"
        told = impersonal and text.dep[own] == "expl:subj"  # il est reproché au maire
        told = told or (impersonal and reported.has_que(text, verb, doing=False))
        return range(0) if told else None
    if _is_hearsay(text, verb) and not _is_quoted(text, verb, spoken):
        return None
    if clitic(text, verb):
        return range(own, own + 1)
    if own is not None and text.type[own] == "il" and _is_whispered(text, verb):
        return range(0)
    head = next((p for p in (by, behind, own) if p is not None), None)
    if head is None:
        return None
    whole = text.agreed(head)
    if is_somebody(text, head, head) and whole[0] and text.pos[whole[0] - 1] == "DET":
        whole = range(whole[0] - 1, whole[-1] + 1)  # ce dernier, d'autres
    if head < verb <= whole[-1]:
        end = group_begin(text, verb)
        return range(whole[0], end - (text.lemma[end - 1] in ("avoir", "être")))
    return range(max(whole[0], verb + 1), whole[-1] + 1) if head == behind else whole


def _is_passive(text: Syntax, verb: int) -> bool:
    """Is it said, not does it say?"""
    group = [text.lemma[p] for p in before_verb(text, verb) if text.pos[p] in ("AUX", "PRON")]
    plain = group[-1:] == ["être"] and regular_participle(text.form[verb]) and "se" not in group
    return text.child(verb, "aux:pass") is not None or plain


def _is_whispered(text: Syntax, verb: int) -> bool:
    """Il se murmure que …: nobody is named who says it."""
    reflexive = not {"se", "s'"}.isdisjoint(text.type[p] for p in before_verb(text, verb))
    return reflexive and reported.has_que(text, verb, doing=False)


def _is_hearsay(text: Syntax, verb: int) -> bool:
    """Il aurait reconnu: the paper has it from somebody else."""
    words = {text.type[p] for p in before_verb(text, verb)}
    sourced = {text.type[p] for p in text.sentence[verb]} & {"selon", "après", "croire"}
    return bool(words & {"aurait", "auraient", "serait", "seraient"}) and not sourced


def _is_quoted(text: Syntax, verb: int, spoken: Spans) -> bool:
    """« … », aurait dit le maire; le maire aurait dit : « … »: the words themselves are told."""
    before = before_cue(text, verb)
    colon = next((p for p in text.ahead(verb, 9) if text.form[p] == ":"), -1)
    return any(last == before or first == colon + 1 for first, last in spoken)


def by_on(text: Syntax, verb: int) -> bool:
    """Does *on* say it?"""
    own = clitic(text, verb) or text.subject(verb)
    return own is not None and unhung(text.type[own]) == "on"


def agent(text: Syntax, verb: int) -> int | None:
    """Whom *par* names."""
    helped = {text.lemma[p] for p in before_verb(text, verb)} & {"avoir", "être"}
    participle = regular_participle(text.form[verb]) and not helped
    passive = text.child(verb, "aux:pass") is not None or participle
    by = (p for p in text.ahead(verb, 8 if participle else 5) if text.type[p] == "par")
    near = next((head_after(text, p) for p in by), None) if passive else None
    found = text.child(verb, "obl:agent")
    return near if found is None else found


def behind_on(text: Syntax, verb: int) -> range | None:
    """explique-t-on au ministère, a-t-on appris de source proche: who *on* is."""
    for place in text.sentence[verb]:
        opens = text.type[place] in WORDS["at"] and place == text.sentence[verb][0]
        beside = text.type[place] == "côté" and text.previous(place) == "du"
        beside = place < verb and (opens or beside)
        behind = verb < place <= verb + 3 and text.type[place] in WORDS["at"]
        if beside or behind:
            head = next((p for p in text.ahead(place, 4) if text.pos[p] in ("NOUN", "PROPN")), None)
            if head is None or not can_speak(text, head):
                return None
            body = speaker_kind(text, head) == "body" or text.type[place] not in WORDS["to"]
            return text.phrase(head) if body else None  # on écrit aux parents
        if text.type[place] == "source" and text.previous(place) == "de":
            return text.phrase(place)
    return None


def head_after(text: Syntax, place: int) -> int | None:
    """The head of the noun phrase that begins behind this place."""
    for ahead in text.ahead(place, 6):
        if text.pos[ahead] in ("NOUN", "PROPN", "PRON"):
            return ahead
        if text.pos[ahead] not in ("DET", "ADJ", "NUM", "ADV") and text.type[ahead] != "de":
            return None
    return None


def before_cue(text: Syntax, verb: int) -> int:
    """The place before a verb, its auxiliaries and clitics; a comma behind a quotation counts as
    the quotation's end.
    """
    place = before_verb(text, verb).start - 1
    comma = place > 0 and text.form[place] == ","
    return place - (comma and text.type[place - 1] in WORDS["set_off"])


def group_begin(text: Syntax, verb: int) -> int:
    """The first place of a verb with its auxiliaries and clitics."""
    free = (c for c in text.children[verb] if not text.form[c].startswith("-"))
    helping = ("aux", "expl:comp", "expl:pass")
    return min([verb, *(c for c in free if text.dep[c].startswith(helping))])

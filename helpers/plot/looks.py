"""One look for each kind of name, theme, part of speech, passage or printing, in text and in
figures.
"""

from helpers.read.tables import rows_of

Look = tuple[str, str, str]  # letter, name or mark, colour, hatch
GREY = "#7A7A7A"  # of all figures


def looks(of: str) -> dict[str, Look]:
    """One look for each kind of name, each theme, part of speech or kind of passage, the same in
    text and figures.

    >>> looks("kind")["person"]
    ('P', '#0072B2', '')
    """
    rows = (row for row in rows_of("looks.csv", __file__) if row["of"] == of)
    return {row["key"]: (row["name"], row["colour"], row["hatch"]) for row in rows}


KINDS, THEMES = looks("kind"), looks("theme")


def theme_look(theme: str) -> Look:
    """The letter and the colour of a theme; one's own have their first letters, and grey.

    >>> theme_look("threat"), theme_look("école")
    (('T', '#D55E00', ''), ('éco', '#7A7A7A', ''))
    """
    return THEMES.get(theme, (theme[:3], GREY, ""))

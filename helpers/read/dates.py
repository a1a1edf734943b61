"""Dates written in French: where they stand, what span they mean, and how precisely."""

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from helpers.read.checks import checked
from helpers.read.french import normalise, without_accents
from helpers.read.patterns import pieces, spelt
from helpers.read.tables import issue, rows_of

# Each period: how it is written (a week as in ISO 8601), and the dates that are too coarse for it.
PERIODS = {row["period"]: (row["form"], row["coarse"].split()) for row in rows_of("periods.csv")}


class Span(NamedTuple):
    """The days that a date means, first and last, and how precisely it was given (`year`, `month`,
    `day`).
    """

    first: date
    last: date
    precision: str

    @property
    def iso(self) -> str:
        """The date as ISO 8601 writes it, no more precise than it was given."""
        return self.first.isoformat()[: {"year": 4, "month": 7, "day": 10}[self.precision]]


@lru_cache
def _names() -> tuple[dict[str, int], dict[str, int]]:
    """Months (with their abbreviations, and as databases have them in English) and days of the
    week, as CLDR writes them.
    """
    from babel import Locale

    # What newspapers write beside the abbreviations of CLDR; *sept* without stop is a number too.
    months = {"jan.": 1, "fév.": 2, "juill.": 7}
    # A stop marks what is no word of French text where it stands alone.
    for language, stop in (("fr", ""), ("en", ".")):
        forms = Locale(language).months["format"]
        names = [*forms["wide"].items(), *forms["abbreviated"].items()]
        months |= {name.lower() + stop: number for number, name in names}
    days = Locale("fr").days["format"]["wide"]
    return months, {name.lower(): number for number, name in days.items()}


def _unaccented(name: str) -> str:
    """A name of a month without its accents and its stop, which are often left out."""
    return without_accents(name).lower().rstrip(".")


def _month(name: str) -> str:
    """A pattern of a name of a month with its accents, with decomposed ones, or without."""
    if name == "sept.":
        return r"sept(?:\.|(?=\s+(?:\(|(?:19|20)\d\d)))"
    return spelt(name).replace(".", r"\.?")


@lru_cache
def forms() -> dict[str, str]:
    """The patterns of dates.csv by their kinds, for any capitals."""
    months, days = _names()
    bare = [name for name in months if not name.endswith(".") and len(name) > 4]
    names = {"names": sorted(months, key=len, reverse=True), "bare": bare}
    written = {kind: f"(?:{'|'.join(map(_month, some))})" for kind, some in names.items()}
    return pieces("dates.csv", weekday=f"(?:{'|'.join(days)})", **written)


@lru_cache
def date_pattern() -> re.Pattern[str]:
    """A date in running text: 21 novembre 2024, 1er mars, mars dernier, 21/09/2022, 2024-11, 2019,
    lundi.
    """
    return re.compile(rf"(?i)(?<![\w/.,-])(?:{forms()['date']})(?![\w-])(?![.,]\d)")


def find_dates(text: str) -> list[tuple[int, int, str]]:
    """Where are the dates, and which are they? (*dates*)

    Returns: (start, end, name); the name is ISO 8601 where the year is written, else the text in
    lower case, since a year that is not written is not made up.

    >>> find_dates("Reçu lundi, puis le 1er mars 2024.")
    [(5, 10, 'lundi'), (20, 33, '2024-03-01')]
    """
    return [(*m.span(), iso) for m in date_pattern().finditer(normalise(text)) if (iso := _name(m))]


def _name(match: re.Match[str]) -> str:
    """The date's name; empty where a year is written and the calendar does not have the date."""
    span = _span(match)
    if span is None and _part(match, "year") is not None:
        return ""
    if span is None or any(_part(match, kind) for kind in ("last", "since", "from")):
        return " ".join(match[0].lower().split())
    return span.iso


@lru_cache(1 << 12)
def date_columns(span: Span) -> dict[str, Any]:
    """The columns of a document that say what days its date means."""
    first, last = pd.Timestamp(span.first), pd.Timestamp(span.last)
    return {"date_start": first, "date_end": last, "date_precision": span.precision}


@lru_cache(1 << 12)
def read_date(written: str) -> Span | None:
    """The span of days of one written date, or None where it is not one or names no year; the time
    of day that other programs write behind it says nothing here.

    >>> read_date("2024-11").last.isoformat(), read_date("mercredi 21 septembre 2022").precision
    ('2024-11-30', 'day')
    """
    match = date_pattern().fullmatch(_TIME.sub("", normalise(written)).strip())
    return _span(match) if match else None


_TIME = re.compile(r"(?<=\d)[T ]\d{1,2}[:h]\d\d.*", re.DOTALL)  # of day, behind a date
# A date in the name of a file, whose parts other signs part, or none.
_RUN_OF_DIGITS = re.compile(r"(?<!\w)((?:19|20)\d\d) ?([01]\d) ?([0-3]\d)(?!\w)")
_DAY_FIRST = re.compile(r"(?<!\w)([0-3]?\d) ([01]?\d) ((?:19|20)\d\d)(?!\w)")
_TIED = re.compile(r"(?<=[^\W\d])[-.]|[-.](?=[^\W\d])|(?<=-\d\d)T|(?<=[^\W\d])(?=(?:19|20)\d\d-)")


def date_of_name(name: str) -> str:
    """The day or month, as ISO 8601, that the name of a file says; empty where it says none, or
    several. A year alone is as often a number.

    >>> [date_of_name(name) for name in ("bourse_20240115", "Le 6-novembre-2024", "plan_2030")]
    ['2024-01-15', '2024-11-06', '']
    """
    if not re.search(r"(?:19|20)\d\d", name):
        return ""
    plain = _RUN_OF_DIGITS.sub(r"\1-\2-\3", name.replace("_", " "))
    plain = _TIED.sub(" ", _DAY_FIRST.sub(r"\1/\2/\3", plain))
    names = {iso for *_, iso in find_dates(plain) if re.fullmatch(r"\d{4}(?:-\d\d){1,2}", iso)}
    return names.pop() if len(names) == 1 else ""


def date_by_names(documents: pd.DataFrame, issues: list[dict[str, Any]]) -> pd.DataFrame:
    """The documents, those that nothing else dates by the names of their files; an issue says so,
    and where a name says another date.
    """
    names = documents["doc"].map(date_of_name)
    spans = names[names != ""].map(read_date)
    undated = documents["date_start"].isna()
    for i, span in spans.items():
        row, said = documents.loc[i], date_columns(span)
        if said["date_start"] <= row["date_end"] and said["date_end"] >= row["date_start"]:
            continue
        how = "and is dated by it" if undated[i] else f"but “{row['date']}” dates it, which is kept"
        message = f"{row['file']} has {names[i]} in its name, {how}; say the date in the text"
        issues.append(issue(row["file"], "file_date", message, row["doc"]))
    return fill_dates(documents, names, spans[undated[spans.index]])


def fill_dates(documents: pd.DataFrame, written: pd.Series, spans: pd.Series) -> pd.DataFrame:
    """The documents, those that have a span dated by it, as it is written."""
    taken = documents.index.isin(spans.index)
    periods = pd.DataFrame([date_columns(span) for span in spans], spans.index).assign(date=written)
    return documents.assign(**{c: documents[c].mask(taken, periods[c]) for c in periods})


def _span(match: re.Match[str]) -> Span | None:
    year = _part(match, "year")
    if year is None:
        return None
    # 24 is 2024; two figures mean a year of the last century from 50 on.
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    month, since, day = (_part(match, kind) for kind in ("month", "since", "day"))
    # The last month of a season is the second behind its first.
    month, since = month or (since and since % 12 + 2), since or month
    turn = since != month and since > month  # of the year: 30 décembre au 2 janvier
    first = span_of(_part(match, "from") or year - turn, since, day)
    last = span_of(year, month, _part(match, "last") or day)
    return first._replace(last=last.last) if first and last and last > first else first


def _part(match: re.Match[str], kind: str) -> int | None:
    """The number in the groups of this kind, in figures or as the name of a month; None in none."""
    groups = match.groupdict().items()
    written = next((text for name, text in groups if text and name.startswith(kind)), "")
    figures = re.sub(r"\D", "", written)
    return int(figures) if figures else _numbers().get(_unaccented(written))


@lru_cache
def _numbers() -> dict[str, int]:
    """The numbers of the months by their names without accents and stops, those in which seasons
    begin, and that of the first day.
    """
    known = {"premier": 1, "printemps": 3, "ete": 6, "automne": 9, "hiver": 12}
    return known | {_unaccented(name): number for name, number in _names()[0].items()}


def span_of(year: int, month: int | None = None, day: int | None = None) -> Span | None:
    """The span of a year, a month or a day; None for a date that the calendar does not have.

    >>> span_of(2024, 2).last.day
    29
    """
    try:
        first = date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    if month and day:
        return Span(first, first, "day")
    last = date(year, month or 12, calendar.monthrange(year, month or 12)[1])
    return Span(first, last, "month" if month else "year")


def weekday_candidates(weekday: str, first: date, last: date) -> list[str]:
    """The ISO days of that name from the first day to the last: a *lundi* of a month is one of four
    or five. None where the days are not known.

    >>> weekday_candidates("lundi", date(2024, 11, 1), date(2024, 11, 30))
    ['2024-11-04', '2024-11-11', '2024-11-18', '2024-11-25']
    """
    within = [] if pd.isna(first) else range(first.toordinal(), last.toordinal() + 1)
    days = map(date.fromordinal, within)  # a range of pandas takes longer
    return [day.isoformat() for day in days if day.weekday() == _names()[1][weekday]]


@checked
def weekdays(entities: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Which days may a bare day of the week mean, given the date of its text? (*datation*)

    One row per mention of a day of the week without a number: doc, par, sent, start, end, weekday,
    candidates (ISO days: the days of that name in the text's month, or, where the text is of one
    day, the last before or on it; none where the text has no date, and no guess among several).

    >>> from helpers.read import load_seeds, parse
    >>> from pathlib import Path; from tempfile import mkdtemp
    >>> folder = Path(mkdtemp())
    >>> _ = (folder / "a.txt").write_text(" date 2024-11-21 Il est venu lundi à Rabat.", "utf-8")
    >>> documents = load_seeds(folder).documents
    >>> weekdays(parse(documents).entities, documents)[["weekday", "candidates"]].values.tolist()
    [['lundi', ['2024-11-18']]]
    """
    mentions = entities[(entities["label"] == "date") & entities["name"].isin(list(_names()[1]))]
    dated = mentions.merge(documents[["doc", "date_start", "date_end"]], on="doc")
    start, end = dated["date_start"], dated["date_end"]
    first = start.mask(start == end, start - pd.Timedelta(days=6))
    days = list(map(weekday_candidates, dated["name"], first, end))
    dated["candidates"] = pd.Series(days, dated.index, object)  # of lists, where there is none too
    columns = ["doc", "par", "sent", "start", "end", "weekday", "candidates"]
    return dated.rename(columns={"name": "weekday"})[columns]


def period(documents: pd.DataFrame, name: str) -> pd.Series:
    """The period of each document as text (2024, 2024-Q4, 2024-11, 2024-W45, 2024-11-06), missing
    where the date is less precise.
    """
    form, coarse = PERIODS[name]
    start, precision = documents["date_start"], documents["date_precision"]
    text = start.dt.strftime(form)
    if name == "quarter":
        text += start.dt.quarter.astype("Int64").astype("str")
    return text.where(precision.notna() & ~precision.isin(coarse)).astype("str")

"""Every date that a text names, in words or figures, resolved against the day of its publication."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from verbale.document import Span
from verbale.reading.tense import Tense, tense_at

Direction = Literal["past", "future", "same"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words that name a date.

    Attributes:
        span: the words.
        value: the day, month or year in ISO 8601, of several days the first; None where the words name none ("this week").
        direction: where it lies from the day of publication; None where that cannot be told.
    """

    span: Span
    value: str | None
    direction: Direction | None


# --- The grammar: one alternative a kind of mention, put into one expression below, so that the text is walked once. ---

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTS = {word: number for number, word in enumerate(_NUMBERS, 1)}

_FULL_MONTH = "(?:" + "|".join(name.capitalize() for name in _MONTHS) + ")"
_MONTH = rf"(?:{_FULL_MONTH}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
_FULL_WEEKDAY = "(?:" + "|".join(name.capitalize() for name in _WEEKDAYS) + ")"
_WEEKDAY = rf"(?:{_FULL_WEEKDAY}|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\b\.?)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b(?!%|[,.]\d)"
_YEAR = r"(?:19|20)\d\d\b(?!%|[,.]\d|-\d)"
_TO = r"\s?(?:[-\u2010-\u2015/]|to|and|&|through|until)\s?"
_PART = r"(?:\s(?:morning|afternoon|evening|night)\b)?"
_AMOUNT = r"(?!\s(?:million|billion|percent|per\scent|people|countries))"
_NUMBER = rf"(?:\d{{1,3}}|an?|{'|'.join(_COUNTS)})"

_KINDS: dict[str, str] = {
    # 2024-03-04
    "iso": r"(?<![\w/.-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\d-])",
    # 13/04/2024, 13.04.2024
    "numeric": r"(?<![\w/.-])\d{1,2}(?:/\d{1,2}/|\.\d{1,2}\.)(?:19|20)\d\d(?![\w/-])",
    # Tuesday, March 3rd, 2024; May 18-21; September 30-October 1
    "month_day": rf"(?:\b{_WEEKDAY},?\s)?\b{_MONTH}\s{_DAY}{_AMOUNT}"
    rf"(?:{_TO}(?:{_MONTH}\s)?{_DAY}(?!\s{_FULL_MONTH}){_AMOUNT})?(?:,?\s{_YEAR})?",
    # 3 March 2024; 3-5 March; the 1st of May; 30 September-1 October
    "day_month": rf"(?<![\w.,$€£-]){_DAY}(?:(?:\s{_MONTH})?{_TO}{_DAY})?\s(?:of\s)?{_MONTH}(?!\w)(?:,?\s{_YEAR})?",
    # April 2022
    "month_year": rf"\b{_MONTH},?\s(?:of\s)?{_YEAR}",
    # last June, next February, this October
    "relative_month": rf"\b(?i:last|next|this(?:\s(?:past|coming))?)\s{_FULL_MONTH}\b(?!,?\s\d)",
    # in June; the September relaunch. Without such a word before it May, March and August are not months.
    "month": rf"\b(?i:in|of|since|by|until|during|from|the|early|late|mid|its|their|our|before|after|for)[\s-]{_FULL_MONTH}\b(?!,?\s\d)",
    # Friday; on Friday evening; last Friday; next Friday
    "weekday": rf"\b(?:(?i:last|next|this(?:\s(?:past|coming))?|coming|the\sfollowing)\s)?"
    rf"(?<!Good\s)(?<!Black\s)(?<!Bloody\s)(?<!Palm\s)(?<!Holy\s){_FULL_WEEKDAY}\b{_PART}",
    # today, yesterday evening, earlier this morning, last night
    "near": r"\b(?i:the\sday\s(?:before\syesterday|after\stomorrow)|(?:(?:earlier|later)\s)?(?:today|this\s(?:morning|afternoon|evening))"
    rf"|yesterday|tomorrow|tonight|last\snight)\b{_PART}",
    # this week, later this year, next month, the coming months, last summer
    "period": r"\b(?i:(?:earlier|later)\s(?:this|in\sthe)|this(?:\s(?:past|coming))?|last|next|(?:the\s)?coming|the\sfollowing)"
    r"\s(?i:weeks?|weekend|months?|years?|summer|autumn|fall|winter|spring|days)\b",
    # two weeks ago
    "ago": rf"\b(?i:{_NUMBER}\s(?:day|week|month|year)s?\sago)\b",
    # in 2024; the 2023 summit
    "year": rf"\b(?i:in|since|by|until|during|from|the|early|late|mid|its|their|our|of|for|before|after)[\s-]{_YEAR}{_AMOUNT}",
}
_MENTION = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()))

_PREPOSITION = re.compile(r"(?:in|since|by|until|during|from|the|its|their|our|of|for|before|after)[\s-]", re.IGNORECASE)
_MONTH_WORD = re.compile(_MONTH)
_DAY_NUMBER = re.compile(r"\d{1,2}(?!\d)")
_YEAR_NUMBER = re.compile(r"(?:19|20)\d\d\b")


# --- Resolution. ---


@dataclass(frozen=True, slots=True)
class _Context:
    """What a mention is resolved against: its words, the day of publication, and what its sentence says about when."""

    words: str
    published: date | None
    tense: Callable[[], Tense | None]


_Resolved = tuple[str | None, Direction | None]


def date_mentions(text: str, published: date | None) -> list[DateMention]:
    """Return every mention of a date in `text`, in order, resolved against the day of publication where that is known.

    A day without a year takes the year that brings it nearest to publication and fits its sentence. A weekday is the last one on
    or before publication, unless its sentence looks ahead.
    """
    found = []
    for match in _MENTION.finditer(text):
        kind = str(match.lastgroup)
        start, end = match.span()
        if kind in ("month", "year"):
            lead = _PREPOSITION.match(match[0])
            start += lead.end() if lead else 0
        context = _Context(text[start:end], published, lambda start=start, end=end: tense_at(text, start, end))  # type: ignore[misc]
        try:
            resolved = _RESOLVERS[kind](context)
        except (ValueError, OverflowError):  # February 30; a year before the first
            continue
        if resolved is not None:
            found.append(DateMention(Span(start, end), *resolved))
    return found


def _iso(context: _Context) -> _Resolved:
    return _day(date.fromisoformat(context.words), context)


def _numeric(context: _Context) -> _Resolved | None:
    first, second, year = map(int, re.split(r"[/.]", context.words))
    if first <= 12 and second <= 12 and first != second:
        return None  # the third of April here is the fourth of March elsewhere
    return _day(date(year, min(first, second), max(first, second)), context)


def _day_of_month(context: _Context) -> _Resolved:
    words = context.words
    month = _month_number(words)
    year = _YEAR_NUMBER.search(words)
    first = _DAY_NUMBER.search(words if words[0].isdigit() else words[_MONTH_WORD.search(words).end() :])  # type: ignore[union-attr]
    assert first is not None  # the grammar asks for a day
    number = int(first[0])
    if year:
        return _day(date(int(year[0]), month, number), context)
    if context.published is None:
        return None, _by_tense(context)
    return _day(_nearest(month, number, context), context)


def _nearest(month: int, number: int, context: _Context) -> date:
    """Return the day in the year that brings it nearest to publication, or in the next that lies where its sentence looks."""
    published = context.published
    assert published is not None  # checked by the caller
    years = [published.year + shift for shift in (-1, 0, 1)]
    days = [date(year, month, number) for year in years if number <= calendar.monthrange(year, month)[1]]
    if not days:  # February 29, and no leap year near
        raise ValueError(f"no such day: {month}-{number}")
    nearest = min(days, key=lambda day: abs((day - published).days))
    distance = (nearest - published).days
    if abs(distance) <= 1:
        return nearest
    tense = context.tense()
    if tense == "ahead" and distance < 0:
        return min((day for day in days if day >= published), default=nearest)
    if tense == "behind" and distance > 0:
        return max((day for day in days if day <= published), default=nearest)
    return nearest


def _month_of_year(context: _Context) -> _Resolved:
    year = _YEAR_NUMBER.search(context.words)
    assert year is not None  # the grammar asks for a year
    return _month(int(year[0]), _month_number(context.words), context)


def _relative_month(context: _Context) -> _Resolved:
    published, month = context.published, _month_number(context.words)
    word = context.words.split()[0].lower()
    if published is None:
        return None, {"last": "past", "next": "future"}.get(word)  # type: ignore[return-value]
    year = published.year
    if word == "last" and month >= published.month:
        year -= 1
    elif word == "next" and month <= published.month:
        year += 1
    return _month(year, month, context)


def _bare_month(context: _Context) -> _Resolved:
    published, month = context.published, _month_number(context.words)
    if published is None:
        return None, _by_tense(context)
    apart = (month - published.month + 6) % 12 - 6  # months from publication to the nearest such month
    tense = context.tense() if apart else None
    if tense == "ahead" and apart < 0:
        apart += 12
    elif tense == "behind" and apart > 0:
        apart -= 12
    months = published.year * 12 + published.month - 1 + apart
    return _month(months // 12, months % 12 + 1, context)


def _weekday(context: _Context) -> _Resolved:
    words = context.words.lower().split()
    if words[-1] in ("morning", "afternoon", "evening", "night"):
        words.pop()
    published, relation = context.published, words[0]
    if published is None:
        return None, {"last": "past", "next": "future"}.get(relation) or _by_tense(context)  # type: ignore[return-value]
    since = (published.weekday() - _WEEKDAYS[words[-1]]) % 7
    if relation == "last" or words[:2] == ["this", "past"]:
        return _day(published - timedelta(days=since or 7), context)
    if relation in ("next", "coming", "the") or words[:2] == ["this", "coming"]:
        return _day(published + timedelta(days=7 - since), context)
    ahead = context.tense() == "ahead" if since else False
    return _day(published + timedelta(days=7 - since if ahead else -since), context)


def _near(context: _Context) -> _Resolved:
    words = context.words.lower()
    if "yesterday" in words or words.startswith("last night"):
        shift = -2 if "before" in words else -1
    elif "tomorrow" in words:
        shift = 2 if "after" in words else 1
    else:
        shift = 0
    if context.published is None:
        return None, "past" if shift < 0 else "future" if shift else "same"
    return _day(context.published + timedelta(days=shift), context)


def _period(context: _Context) -> _Resolved:
    words = context.words.lower()
    unit = words.split()[-1]
    direction: Direction | None
    if words.startswith(("last", "earlier", "this past")):
        direction = "past"
    elif words.startswith(("next", "later", "coming", "the", "this coming")):
        direction = "future"
    else:
        direction = _by_tense(context)
    published = context.published
    whole = words.split()[0] in ("last", "next", "this", "earlier", "later") and "past" not in words and "coming" not in words
    if published is None or not whole:
        return None, direction
    shift = {"last": -1, "next": 1}.get(words.split()[0], 0)
    if unit == "year":
        return str(published.year + shift), direction
    if unit == "month":
        months = published.year * 12 + published.month - 1 + shift
        return f"{months // 12:04}-{months % 12 + 1:02}", direction
    return None, direction


def _ago(context: _Context) -> _Resolved:
    number, unit, _ = context.words.lower().split()
    count = int(number) if number.isdigit() else _COUNTS.get(number, 1)
    published = context.published
    if published is None:
        return None, "past"
    if unit.startswith("day"):
        return (published - timedelta(days=count)).isoformat(), "past"
    if unit.startswith("month"):
        months = published.year * 12 + published.month - 1 - count
        return f"{months // 12:04}-{months % 12 + 1:02}", "past"
    return (str(published.year - count), "past") if unit.startswith("year") else (None, "past")


def _bare_year(context: _Context) -> _Resolved:
    year = _YEAR_NUMBER.search(context.words)
    assert year is not None  # the grammar asks for a year
    if context.published is None:
        return year[0], None
    apart = int(year[0]) - context.published.year
    return year[0], "past" if apart < 0 else "future" if apart else _by_tense(context)


_RESOLVERS: dict[str, Callable[[_Context], _Resolved | None]] = {
    "iso": _iso,
    "numeric": _numeric,
    "month_day": _day_of_month,
    "day_month": _day_of_month,
    "month_year": _month_of_year,
    "relative_month": _relative_month,
    "month": _bare_month,
    "weekday": _weekday,
    "near": _near,
    "period": _period,
    "ago": _ago,
    "year": _bare_year,
}


def _month_number(words: str) -> int:
    found = _MONTH_WORD.search(words)
    assert found is not None  # the grammar asks for a month
    return next(number for name, number in _MONTHS.items() if name.startswith(found[0][:3].lower()))


def _day(day: date, context: _Context) -> _Resolved:
    """Return a day with its direction from publication."""
    published = context.published
    if published is None:
        return day.isoformat(), None
    return day.isoformat(), "past" if day < published else "future" if day > published else "same"


def _month(year: int, month: int, context: _Context) -> _Resolved:
    """Return a month with its direction from publication; within the month of publication its sentence tells."""
    value, published = f"{year:04}-{month:02}", context.published
    if published is None:
        return value, None
    here = (published.year, published.month)
    return value, "past" if (year, month) < here else "future" if (year, month) > here else _by_tense(context)


def _by_tense(context: _Context) -> Direction | None:
    tense = context.tense()
    return "future" if tense == "ahead" else "past" if tense else None

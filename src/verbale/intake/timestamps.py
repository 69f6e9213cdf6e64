"""When something was published, in whatever form a source writes it, as ISO 8601."""

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_WRITTEN = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%Y/%m/%d", "%Y.%m.%d")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+(?=[A-Za-z])", re.IGNORECASE)
_SHORT_ZONE = re.compile(r"\s+(?=[+-]\d\d:?\d\d$)|\s+(?=Z$)|\s+UTC$|\s+GMT$")


def iso_timestamp(value: object) -> str | None:
    """Return a date, or a date and time with the time zone it came with, in ISO 8601; None when it is not one.

    A midnight without a time zone is how many systems store a bare day, and becomes one.
    """
    if isinstance(value, datetime):
        return _iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str) or not 4 < len(value.strip()) < 80:
        return None
    written = " ".join(value.split())
    for parse in (_from_iso, _from_mail, _from_words):
        moment = parse(written)
        if moment is not None:
            return _iso(moment)
    return None


def _iso(moment: datetime) -> str:
    if moment.tzinfo is None and (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return moment.date().isoformat()
    return moment.replace(microsecond=0).isoformat()


def _from_iso(written: str) -> datetime | None:
    utc = written.endswith((" UTC", " GMT"))
    compact = _SHORT_ZONE.sub("", written)
    try:
        return datetime.fromisoformat(compact + "+00:00" if utc else compact)
    except ValueError:
        return None


def _from_mail(written: str) -> datetime | None:
    # The e-mail form of feeds and HTTP headers: "Fri, 10 Nov 2023 22:00:00 +0530". Without a clock time the parser guesses.
    if ":" not in written or not re.search(r"[A-Za-z]{3}", written):
        return None
    try:
        return parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _from_words(written: str) -> datetime | None:
    plain = _WEEKDAY.sub("", _ORDINAL.sub("", written))
    for form in _WRITTEN:
        try:
            return datetime.strptime(plain, form)
        except ValueError:
            continue
    return None

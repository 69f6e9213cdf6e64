"""Keys of findings and forms: numbers of 63 bits, computed from what they name, so that every reading gives the same."""

import hashlib
import re
import unicodedata
from typing import Any

from verbale.errors import UnknownNameError
from verbale.findings import Commitment, Domain, Engagement, Figure, Situation, Statement

_GREATEST = 2**63 - 1  # the greatest number that databases keep
_SHOWN = 12  # hexadecimal digits of a key shown to people: 48 bits, plenty for one record


def key(*parts: Any) -> int:
    """Return a number between 0 and 2⁶³ − 1 for these parts: the first eight bytes of their SHA-256, without the sign."""
    digest = hashlib.sha256("\x1f".join("" if p is None else str(p) for p in parts).encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def shown(number: int) -> str:
    """Return a key as people see it: the first digits of its hexadecimal form."""
    return f"{number:016x}"[:_SHOWN]


def key_range(written: str) -> tuple[int, int]:
    """Return the least and the greatest key whose hexadecimal form begins as written.

    Raises:
        UnknownNameError: it is not hexadecimal.
    """
    if not re.fullmatch(r"[0-9a-f]{4,16}", written):
        raise UnknownNameError(f"“{written}” is not the key of a finding: keys are 4 to 16 hexadecimal digits, as the tables show them")
    return min(int(written.ljust(16, "0"), 16), _GREATEST), min(int(written.ljust(16, "f"), 16), _GREATEST)


def person_key(name: str, office: str | None, party: str | None) -> int:
    """Return the key of a person as named: spelling, capitals apart, office and party."""
    return key("person", folded(name), folded(office or ""), party)


def series_key(name: str, parties: str) -> int:
    """Return the key of a series as named between these parties."""
    return key("series", folded(name), parties)


def folded(words: str) -> str:
    """Return words in lower case, their spaces, dashes and apostrophes made plain."""
    plain = unicodedata.normalize("NFKC", words).replace("’", "'").replace("–", "-").replace("—", "-").replace("\u2060", "")
    return " ".join(plain.lower().split())


def finding_key(document: str, finding: Engagement | Domain | Situation | Statement | Commitment | Figure, again: int) -> int:
    """Return the key of a finding: what makes it this finding in this document, and not how sure the reader is.

    `again` tells apart findings that are otherwise the same.
    """
    match finding:
        case Engagement():
            what: tuple[Any, ...] = (
                "engagement",
                finding.kind,
                finding.status,
                " ".join(sorted(p.id for p in finding.parties)),
                finding.date.value if finding.date else None,
                folded(finding.series.name) if finding.series else None,
            )
        case Domain() | Situation():
            what = ("concept", finding.id)
        case Statement():
            what = ("statement", finding.content[0].start, finding.content[-1].end)
        case Commitment():
            what = ("commitment", finding.spans[0].start, finding.spans[-1].end)
        case Figure():
            what = ("figure", finding.spans[0].start, finding.spans[-1].end, finding.unit)
    return key(document, *what, again)

"""Who publishes at a web address: the vocabulary `publishers.yaml` and its look-up."""

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from verbale.errors import VocabularyError
from verbale.vocabulary import files


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher's name and, where it speaks for a government or organisation, the code of that party."""

    name: str
    party: str | None


def publisher_of(url: str) -> Publisher | None:
    """Return who publishes at `url`, by its host or the longest parent of it in the vocabulary; None when none is listed."""
    try:
        host = (urlsplit(url).hostname or "").lower().rstrip(".")
    except ValueError:  # such as an unfinished IPv6 address
        return None
    labels = host.split(".")
    known = publishers()
    return next((known[".".join(labels[i:])] for i in range(len(labels)) if ".".join(labels[i:]) in known), None)


def publisher_named(name: str) -> Publisher | None:
    """Return the publisher of that name, whatever its case and with or without "The"; None when none is listed."""
    return _by_name().get(_key(name))


@cache
def publishers() -> dict[str, Publisher]:
    """Return the vocabulary: host to publisher.

    Raises:
        VocabularyError: an entry is malformed.
    """
    raw = files.read("publishers.yaml")
    if not isinstance(raw, dict):
        raise VocabularyError("publishers.yaml must be a mapping from host to publisher")
    found: dict[str, Publisher] = {}
    for host, entry in raw.items():
        if not isinstance(host, str) or not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
            raise VocabularyError(f"publishers.yaml: the entry {host!r} needs a host and a name")
        party = entry.get("party")
        if party is not None and not isinstance(party, str):
            raise VocabularyError(f"publishers.yaml: the party of {host} is {party!r}; put the code in quotation marks")
        found[host] = Publisher(entry["name"], party)
    return found


@cache
def _by_name() -> dict[str, Publisher]:
    return {_key(publisher.name): publisher for publisher in publishers().values()}


def _key(name: str) -> str:
    return " ".join(name.lower().split()).removeprefix("the ")

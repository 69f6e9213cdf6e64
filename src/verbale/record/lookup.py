"""From what a person types to what the record holds: parties, engagements, documents, people, concepts."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import Connection, func, or_, select

from verbale.errors import UnknownNameError
from verbale.record import tables as t
from verbale.record.keys import key_range, shown
from verbale.record.names import likeness, name_words
from verbale.record.querying import Phrase
from verbale.record.search import documents_with
from verbale.record.words import folded_words
from verbale.vocabulary import countries, domains, groups, situations
from verbale.vocabulary.lexicon import tokens

_OFFERED = 3


def _plain(name: str) -> str:
    words = tokens(name).keys
    return " ".join(words[1:] if words[:1] == ["the"] else words)


@cache
def _party_names() -> Mapping[str, str]:
    """Every name of a country or group, folded, with its code; a code stands for itself before any name."""
    found: dict[str, str] = {}
    for country in countries().values():
        for name in (country.label, *country.names, *country.adjectives, *country.people):
            found.setdefault(_plain(name), country.id)
    for group in groups().values():
        for name in (group.label, *group.names):
            found.setdefault(_plain(name.lstrip("=")), group.id)
    for code in (*groups(), *countries()):
        found[_plain(code)] = code
    return found


def unknown(what: str, written: str, names: Iterable[str]) -> UnknownNameError:
    """Return the error for a name that is not known, with the nearest ones."""
    near = process.extract(written, list(dict.fromkeys(names)), scorer=fuzz.WRatio, limit=_OFFERED, score_cutoff=50)
    offer = f"; did you mean {', '.join(n for n, _, _ in near)}?" if near else ""
    return UnknownNameError(f"no {what} “{written}” in this record{offer}")


def party(connection: Connection, written: str) -> str:
    """Return the id of a party given as code or name.

    Raises:
        UnknownNameError: no country, group or organisation of the record is so called; the nearest are offered.
    """
    found = _party_names().get(_plain(written))
    if found:
        return found
    held = set(connection.scalars(select(t.EngagementPartyRow.party).distinct()))
    by_fold = {_plain(p): p for p in held}
    if _plain(written) in by_fold:
        return by_fold[_plain(written)]
    labels = [c.label for c in countries().values()] + [g.label for g in groups().values()]
    raise unknown("country or organisation", written, [*labels, *sorted(held)])


def parties(connection: Connection, written: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of parties, each once.

    Raises:
        UnknownNameError: one of them is not known.
    """
    return tuple(dict.fromkeys(party(connection, w) for w in written))


def party_label(code: str) -> str:
    """Return the name of a party as people write it."""
    if code in countries():
        return countries()[code].label
    return groups()[code].label if code in groups() else code


def concept(connection: Connection, written: str) -> str | None:
    """Return the id of the domain or situation that a person means, or None where it is none of the vocabulary or the record."""
    wanted = _plain(written)
    for listed in (domains(), situations()):
        for entry in listed.values():
            if wanted in (_plain(entry.id), _plain(entry.label)):
                return entry.id
    row = t.ConceptRow
    ids = (written, "-".join(wanted.split()))
    return connection.scalar(select(row.concept).where(row.concept.in_(ids)).limit(1))


def engagement(connection: Connection, written: str) -> int:
    """Return the cluster of an engagement, given by the key of any of its reports, or by the id or address of a document about it.

    Raises:
        UnknownNameError: there is none, or the beginning of a key fits several.
    """
    row = t.EngagementRow
    document = _document(connection, written)
    if document is not None:
        found = connection.scalars(select(row.cluster).where(row.document == document, row.principal).order_by(row.ordinal)).all()
        if found:
            return found[0]
        raise UnknownNameError(f"the document “{written}” is in the record, but reports no engagement")
    low, high = key_range(written.lower())
    clusters = sorted(set(connection.scalars(select(row.cluster).where(row.id.between(low, high)).limit(5))))
    if len(clusters) == 1:
        return clusters[0]
    if clusters:
        raise UnknownNameError(f"several engagements begin with “{written}”: {', '.join(shown(c) for c in clusters)}; give more digits")
    raise UnknownNameError(f"no engagement “{written}” in this record; `verbale timeline` shows their keys")


def document(connection: Connection, written: str) -> int:
    """Return the number of a document given by its id, the beginning of its id, its address, or its title.

    Raises:
        UnknownNameError: there is none; the nearest titles are offered.
    """
    found = _document(connection, written)
    if found is not None:
        return found
    row = t.DocumentRow
    words = max(tokens(written).keys, key=len, default="")
    titles = connection.scalars(select(row.title).where(row.title.ilike(f"%{words}%")).limit(500)).all() if words else []
    raise unknown("document", written, titles)


def document_id(connection: Connection, written: str) -> str:
    """Return the id of a document given in any of the ways that `document` takes.

    Raises:
        UnknownNameError: there is none; the nearest titles are offered.
    """
    row = t.DocumentRow
    return connection.scalars(select(row.id).where(row.n == document(connection, written))).one()


def _document(connection: Connection, written: str) -> int | None:
    row = t.DocumentRow
    exact = connection.scalars(select(row.n).where(or_(row.id == written, row.url == written)).limit(1)).first()
    if exact is not None:
        return exact
    if 8 <= len(written) <= 64 and all(c in "0123456789abcdef" for c in written.lower()):
        begins = connection.scalars(select(row.n).where(row.id >= written.lower(), row.id < written.lower() + "g").limit(2)).all()
        return begins[0] if len(begins) == 1 else None
    words = tuple(folded_words(written))
    if not words:
        return None
    # Through the index of words: a title has none of its own.
    titled = documents_with(connection, Phrase(words)).where(row.title == written).order_by(row.n).limit(1)
    return connection.scalars(titled).first()


def person(connection: Connection, written: str) -> list[int]:
    """Return the clusters of the people that a name or the key of a form can mean, the best fit first.

    Raises:
        UnknownNameError: nobody is so called; the nearest names are offered.
    """
    row = t.PersonForm
    if len(written) >= 6 and all(c in "0123456789abcdef" for c in written.lower()) and any(c.isdigit() for c in written):
        low, high = key_range(written.lower())
        found = connection.scalars(select(row.cluster).where(row.id.between(low, high)).limit(1)).all()
        if found:
            return [found[0]]
    wanted = name_words(written)
    longest = max(wanted, key=len, default="")
    forms = select(row.name, row.cluster).distinct()
    near = forms.where(func.lower(row.name).contains(longest, autoescape=True)) if longest else forms
    fits = _fitting(written, connection.execute(near)) or _fitting(written, named := connection.execute(forms).all())
    if not fits:
        raise unknown("person", written, sorted(name for name, _ in named))
    return sorted(fits, key=lambda c: (-fits[c], c))


def _fitting(written: str, forms: Iterable[Any]) -> dict[int, float]:
    """Return the clusters of the forms that a name can mean, with how well they fit."""
    fits: dict[int, float] = {}
    wanted = set(name_words(written))
    for name, cluster in forms:
        score = likeness(written, name)
        # A name alone names whoever has it: a family name is short for every full one.
        if score >= 0.9 or (wanted and wanted <= set(name_words(name))):
            fits[cluster] = max(fits.get(cluster, 0.0), score)
    return fits

"""Accounts of one engagement side by side: what each mentions, and what only one does."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from verbale.document import Span
from verbale.record import tables as t
from verbale.record.answers import Source, quote
from verbale.record.decisions import standing
from verbale.record.embedding import Embed, embed_words
from verbale.record.keys import shown

_ONE_PROMISE = 0.5  # likeness from which commitments of two accounts are taken for one


@dataclass(frozen=True, slots=True)
class Mention:
    """What one account says of an item (a stage, an office, a date, the words), and where."""

    account: str
    says: str
    source: Source


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An item that at least one account mentions: who does, who does not, and whether they say the same of it.

    `kind`: date, kind, place, party, person, domain, region, situation, commitment or figure.
    """

    kind: str
    item: str
    mentions: tuple[Mention, ...]
    missing: tuple[str, ...]
    agree: bool

    @property
    def only(self) -> str | None:
        """The account that alone mentions it, or None."""
        named = {m.account for m in self.mentions}
        return next(iter(named)) if len(named) == 1 and self.missing else None


_Items = dict[tuple[str, str], list[Mention]]


def accounts(connection: Connection, cluster: int, embed: Embed = embed_words) -> tuple[tuple[str, ...], list[AccountRow]]:
    """Return the accounts of an engagement, by publisher where each has one document and by document otherwise, and their table."""
    e, d = t.EngagementRow, t.DocumentRow
    query = (
        select(
            e.id, e.kind, e.day, e.day_spans, e.place, e.place_spans, e.spans, d.n, d.id.label("document"), d.title, d.text,
            d.day.label("published"), d.publisher, d.url,
        )
        .join(d, d.n == e.document)
        .where(e.cluster == cluster, standing(e))
        .order_by(d.day.nulls_last(), d.id, e.ordinal)
    )  # fmt: skip
    reports = list(connection.execute(query))
    names = _names(reports)
    items: _Items = defaultdict(list)
    for r in reports:
        _report(connection, items, r, names[r.n])
    promises = []
    for r in {r.n: r for r in reports}.values():
        _figures(connection, items, r, names[r.n])
        promises += _promises(connection, r, names[r.n])
    everyone = tuple(dict.fromkeys(names.values()))
    for i, mentions in enumerate(_grouped(promises, embed)):
        items["commitment", f"{mentions[0].says}\x00{i}"] = mentions
    rows = []
    for (kind, item), mentions in items.items():
        named = {m.account for m in mentions}
        says = {m.says.lower() for m in mentions}
        agree = len(says) == 1 or kind in ("commitment", "party")
        rows.append(AccountRow(kind, item.split("\x00")[0], tuple(mentions), tuple(n for n in everyone if n not in named), agree))
    return everyone, sorted(rows, key=lambda r: (_ORDER.index(r.kind), len(r.missing), r.item))


_ORDER = ("date", "kind", "place", "party", "person", "domain", "region", "situation", "commitment", "figure")


def _names(reports: Sequence[Any]) -> dict[int, str]:
    """Name each account: by its publisher where that tells it apart, else by its title and date too."""
    by_publisher: dict[str, set[int]] = defaultdict(set)
    for r in reports:
        by_publisher[r.publisher or ""].add(r.n)
    return {
        r.n: r.publisher
        if r.publisher and len(by_publisher[r.publisher]) == 1
        else f"{r.publisher or 'unknown'}: {r.title} ({r.published})"
        for r in reports
    }


def _mention(r: Any, account: str, says: str, spans: tuple[Span, ...]) -> Mention:
    return Mention(account, says, Source(r.document, r.title, r.published, r.publisher, r.url, spans, quote(r.text, spans)))


def _put(items: _Items, kind: str, item: str, mention: Mention) -> None:
    """Add a mention, once for each account and what it says."""
    held = items[kind, item]
    if not any(m.account == mention.account and m.says == mention.says for m in held):
        held.append(mention)


def _report(connection: Connection, items: _Items, r: Any, account: str) -> None:
    """Add what one report of the engagement mentions."""
    if r.day:
        _put(items, "date", "date", _mention(r, account, r.day, r.day_spans))
    _put(items, "kind", "kind", _mention(r, account, r.kind, r.spans))
    if r.place:
        _put(items, "place", "place", _mention(r, account, r.place, r.place_spans))
    p, g, c = t.EngagementPartyRow, t.DelegateRow, t.ConceptRow
    parties: Any = select(p.party, p.spans)
    row: Any
    for row in connection.execute(parties.where(p.engagement == r.id).order_by(p.ordinal)):
        _put(items, "party", row.party, _mention(r, account, row.party, row.spans))
    people: Any = select(g.name, g.office, g.spans, t.PersonForm.cluster).join(t.PersonForm, t.PersonForm.id == g.form)
    for row in connection.execute(people.where(g.engagement == r.id).order_by(g.ordinal)):
        _put(items, "person", _person(connection, row.cluster), _mention(r, account, row.office or "no office given", row.spans))
    subjects: Any = select(c.concept, c.kind, c.stage, c.spans).join(t.SubjectRow, t.SubjectRow.concept == c.id)
    for row in connection.execute(subjects.where(t.SubjectRow.engagement == r.id, standing(c)).order_by(c.ordinal)):
        _put(items, row.kind, row.concept, _mention(r, account, row.stage or "mentioned", row.spans))


def _person(connection: Connection, cluster: int) -> str:
    """Return the fullest name of a person, with the key that tells two of one name apart."""
    names = connection.scalars(select(t.PersonForm.name).where(t.PersonForm.cluster == cluster)).all()
    return f"{max(names, key=lambda n: (len(n), n))} [{shown(cluster)}]"


def _figures(connection: Connection, items: _Items, r: Any, account: str) -> None:
    f = t.FigureRow
    for row in connection.execute(select(f.__table__).where(f.document == r.n, standing(f)).order_by(f.ordinal)):
        amount = f"{row.value:,.10g} {row.unit or ''}".strip()
        _put(items, "figure", amount, _mention(r, account, f"{row.comparator} {amount}", row.spans))


def _promises(connection: Connection, r: Any, account: str) -> list[Mention]:
    c = t.CommitmentRow
    query = select(c.spans).where(c.document == r.n, standing(c)).order_by(c.ordinal)
    return [_mention(r, account, " … ".join(s.exact(r.text) for s in spans), spans) for spans in connection.scalars(query)]


def _grouped(promises: Sequence[Mention], embed: Embed) -> list[list[Mention]]:
    """Put the promises of different accounts that are near in meaning together, each with the first that it is near to."""
    if not promises:
        return []
    vectors = embed([m.says for m in promises])
    groups: list[list[int]] = []
    for i, mention in enumerate(promises):
        near = [
            (float(vectors[i] @ vectors[g[0]]), -n) for n, g in enumerate(groups) if all(promises[k].account != mention.account for k in g)
        ]
        score, n = max(near, default=(0.0, 0))
        if score >= _ONE_PROMISE:
            groups[-n].append(i)
        else:
            groups.append([i])
    return [[promises[i] for i in g] for g in groups]

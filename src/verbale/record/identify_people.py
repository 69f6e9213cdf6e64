"""Who is who: judgements over the person forms, computed anew only for the names that something has changed about."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update

from verbale.record import tables as t
from verbale.record.candidates import crowded, judge_people, judge_surnames
from verbale.record.clusters import clusters
from verbale.record.judgements import Pair, computed, human, judged, parts, remove, surest, write, write_clusters
from verbale.record.likeness import Likeness, PersonSeen
from verbale.record.names import family_words, is_full, name_words
from verbale.record.settings import get_fact, set_fact

_USUAL = 0.1  # share of the times that somebody is named for a party, from which it is theirs
_CROWDED = "crowded names"


def count_anew(connection: Connection, forms: Iterable[int]) -> bool:
    """Count how often and when person forms are seen; those that are seen no more are taken out unless a person judged them.

    Returns whether one was taken out.
    """
    gone = False
    f, g, e, s, d = t.PersonForm, t.DelegateRow, t.EngagementRow, t.StatementRow, t.DocumentRow
    came: Any = select(g.form, func.count(), func.min(d.day), func.max(d.day)).join(e, e.id == g.engagement).join(d, d.n == e.document)
    spoke: Any = select(s.form, func.count(), func.min(d.day), func.max(d.day)).join(d, d.n == s.document)
    kept = {k for j in human(connection, "person") for k in j.pair}
    for part in parts(forms):
        seen: dict[int, list[Any]] = {key: [0, []] for key in part}
        for query, form in ((came, g.form), (spoke, s.form)):
            for key, n, first, last in connection.execute(query.where(form.in_(part)).group_by(form)):
                seen[key][0] += n
                seen[key][1] += [day for day in (first, last) if day]
        unseen = [key for key, (n, _) in seen.items() if not n and key not in kept]
        if unseen:
            gone = bool(connection.execute(delete(f).where(f.id.in_(unseen))).rowcount) or gone
        rows = [
            {"key": key, "n": n, "from": min(days, default=None), "to": max(days, default=None)}
            for key, (n, days) in seen.items()
            if n or key in kept
        ]
        if rows:
            values: Any = {"times": bindparam("n"), "first": bindparam("from"), "last": bindparam("to")}
            table: Any = f.__table__
            connection.execute(update(table).where(table.c.id == bindparam("key")).values(values), rows)
    return gone


def renew_people(connection: Connection, touched: set[int] | None) -> set[int]:
    """Renew the judgements and clusters of people; return the forms whose person, or the side of whose person, has changed.

    Args:
        connection: the record.
        touched: forms that are new, seen more often or on other days than before, or judged by people; none: all.
    """
    f = t.PersonForm
    rows = connection.execute(select(f.id, f.name, f.office, f.party, f.first, f.last, f.times, f.cluster, f.side).order_by(f.id)).all()
    seen = [PersonSeen(r.id, r.name, r.office, r.party, r.first, r.last, r.times) for r in rows]
    by_id = {p.id: p for p in seen}
    people = human(connection, "person")
    before = computed(connection, "person")
    crowds = json.dumps(crowded(seen))
    if touched is None or crowds != get_fact(connection, _CROWDED):
        first, held = surest(judge_people(seen)), dict[Pair, Likeness]()
        words: set[str] | None = None
    else:
        names = {name_words(by_id[k].name) for k in touched if k in by_id and is_full(by_id[k].name)}
        held = {p: a for p, a in before.items() if all(k in by_id for k in p)}
        full = {p: a for p, a in held.items() if all(is_full(by_id[k].name) for k in p)}
        kept = {p: a for p, a in full.items() if not any(name_words(by_id[k].name) in names for k in p)}
        first = kept | surest(judge_people(seen, names))
        ends = {k for p in (full.keys() ^ first.keys()) | {p for p in full.keys() & first.keys() if full[p] != first[p]} for k in p}
        joined = _joined(first, [j.pair for j in people if j.verdict == "same"])
        near = {k for start in (touched | ends | {k for j in people for k in j.pair}) for k in joined.get(start, (start,))}
        words = {w for k in near if k in by_id for w in family_words(by_id[k].name)}
    root = clusters([*judged(first), *people])
    second = surest(judge_surnames(seen, root, words))
    if words is not None:
        short = {p: a for p, a in held.items() if p not in first and not all(is_full(by_id[k].name) for k in p)}
        second = {p: a for p, a in short.items() if not words & _short_words(p, by_id)} | second
    now = surest([*((*p, a) for p, a in first.items()), *((*p, a) for p, a in second.items())])
    remove(connection, "person", (p for p, a in before.items() if now.get(p) != a))
    write(connection, "person", {p: a for p, a in now.items() if before.get(p) != a})
    set_fact(connection, _CROWDED, crowds)
    root = clusters([*judged(now), *people])
    changed = set(write_clusters(connection, "person", root, by_id))
    return changed | _write_sides(connection, rows, root)


def _short_words(pair: Pair, by_id: Mapping[int, PersonSeen]) -> set[str]:
    """Return what those of a pair that are named by one word are looked up by."""
    return {family_words(by_id[k].name)[0] for k in pair if not is_full(by_id[k].name)}


def _joined(found: Mapping[Pair, Likeness], pairs: Iterable[Pair]) -> dict[int, frozenset[int]]:
    """Return, for every form that judgements of sameness join to others, all that it is joined to over any number of them."""
    links: dict[int, set[int]] = defaultdict(set)
    for a, b in [*(p for p, alike in found.items() if alike.verdict == "same"), *pairs]:
        links[a].add(b)
        links[b].add(a)
    done: dict[int, frozenset[int]] = {}
    for start in links:
        if start in done:
            continue
        group, ahead = {start}, [start]
        while ahead:
            fresh = links[ahead.pop()] - group
            group |= fresh
            ahead += fresh
        done.update(dict.fromkeys(group, frozenset(group)))
    return done


def _write_sides(connection: Connection, rows: Iterable[Any], root: Mapping[int, int]) -> set[int]:
    """Write for every form the party that its person is most often named for; return the forms where that has changed."""
    listed = list(rows)
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    times: Counter[int] = Counter()
    for r in listed:
        if r.party:
            counted[root.get(r.id, r.id)][r.party] += r.times
        times[root.get(r.id, r.id)] += r.times
    usual = {cluster: max(parties, key=lambda p: (parties[p], p)) for cluster, parties in counted.items()}
    sides = {cluster: party for cluster, party in usual.items() if counted[cluster][party] >= _USUAL * times[cluster]}
    changed = [{"key": r.id, "to": sides.get(root.get(r.id, r.id))} for r in listed if r.side != sides.get(root.get(r.id, r.id))]
    if changed:
        f: Any = t.PersonForm.__table__
        connection.execute(update(f).where(f.c.id == bindparam("key")).values(side=bindparam("to")), changed)
    return {int(str(c["key"])) for c in changed}

"""Renewing what is derived from findings and judgements: who and what is the same, who met whom, and what the record covers."""

import json
from collections import defaultdict

from sqlalchemy import Connection, Engine, delete, func, select

from verbale.record import tables as t
from verbale.record.candidates import judge_series
from verbale.record.clusters import clusters
from verbale.record.connection import reading, writing
from verbale.record.identify_engagements import renew_engagements, touched_reports
from verbale.record.identify_people import count_anew, renew_people
from verbale.record.judgements import computed, human, judged, parts, remove, surest, write, write_clusters
from verbale.record.meetings import renew_meetings
from verbale.record.settings import COVERAGE, set_fact
from verbale.record.store import forms_of
from verbale.record.topics import renew_topics


def renew(engine: Engine, *, always: bool = False) -> bool:
    """Renew what rests on findings and judgements that have changed since; return whether any had.

    Computed judgements are replaced; a person's stay and come first. What has not changed is not computed again, and the outcome is
    the same as if all were; `always` computes all.

    Raises:
        RecordError: the database failed; everything derived is as it was.
    """
    if not always:
        with reading(engine) as connection:
            if connection.execute(select(t.PendingRow.key).limit(1)).first() is None:
                return False
    with writing(engine) as connection:
        pending = _pending(connection)
        if not always and not pending:
            return False
        renew_topics(connection, sorted(pending["topic"]))
        gone = count_anew(connection, pending["seen"])
        documents = pending["document"]
        if always:
            documents = set(connection.scalars(select(t.DocumentRow.n)))
        seen = pending["seen"] | pending["person"] | _forms_in(connection, documents)
        people = renew_people(connection, None if always or gone else seen)
        series = _renew_series(connection) if always or pending["series"] else set[int]()
        reports = touched_reports(connection, documents, people, series) | pending["engagement"]
        renew_meetings(connection, renew_engagements(connection, reports))
        _write_coverage(connection)
        connection.execute(delete(t.PendingRow))
    return True


def _pending(connection: Connection) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for kind, key in connection.execute(select(t.PendingRow.kind, t.PendingRow.key)):
        found[kind].add(key)
    return found


def _renew_series(connection: Connection) -> set[int]:
    """Renew the judgements and clusters of series; return the forms whose series has changed."""
    f = t.SeriesForm
    seen = [(r.id, r.name, r.parties) for r in connection.execute(select(f.id, f.name, f.parties).order_by(f.id))]
    before, now = computed(connection, "series"), surest(judge_series(seen))
    remove(connection, "series", (p for p, a in before.items() if now.get(p) != a))
    write(connection, "series", {p: a for p, a in now.items() if before.get(p) != a})
    root = clusters([*judged(now), *human(connection, "series")])
    return set(write_clusters(connection, "series", root, (key for key, _, _ in seen)))


def _write_coverage(connection: Connection) -> None:
    """Count what the record holds, so that no answer has to."""
    d, e = t.DocumentRow, t.EngagementRow
    counted = {
        "documents": connection.scalar(select(func.count()).select_from(d)),
        "engagements": connection.scalar(select(func.count(e.cluster.distinct()))),
        "first": connection.scalar(select(func.min(d.day))),
        "last": connection.scalar(select(func.max(d.day))),
    }
    set_fact(connection, COVERAGE, json.dumps(counted))


def _forms_in(connection: Connection, documents: set[int]) -> set[int]:
    return {form for part in parts(documents) for form in forms_of(connection, part)}

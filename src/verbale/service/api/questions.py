"""What can be asked: the same questions as on the command line."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from verbale.record import (
    accounts,
    comparison,
    engagements,
    evidence,
    firsts,
    followup,
    identity,
    ledger,
    meeting,
    people,
    review,
    series,
    spread,
)
from verbale.record import search as search_
from verbale.record.answers import Coverage
from verbale.record.judgements import Kind
from verbale.record.queue import QueueEntry
from verbale.record.sheet import FindingEntry
from verbale.record.statements import StatementEntry
from verbale.record.stats import Stats
from verbale.service.answers import KeptRoute
from verbale.service.api.schema import (
    NOT_CHANGED,
    PROBLEMS,
    EngagementKind,
    Key,
    Limit,
    Offset,
    Parties,
    Party,
    Rows,
    Since,
    SomeParties,
    Until,
    Written,
    answered,
    encoded,
    rows,
)  # fmt: skip
from verbale.service.pages.asking import At
from verbale.service.security.rights import require

router = APIRouter(
    route_class=KeptRoute, dependencies=[Depends(require("reader"))], responses={**PROBLEMS, **NOT_CHANGED}, tags=["questions"]
)

Text = Annotated[str | None, Query(max_length=500, description="Words, in the language of `search`.")]
Concept = Annotated[str | None, Query(max_length=200, description="A domain, situation, or words.")]
Given = Annotated[str, Query(min_length=1, max_length=2000, description="A document: id, address or title.")]
Silence = Annotated[int, Query(ge=1, le=36_500, description="Days without a word after which a domain counts as resumed.")]


@router.get("/coverage", response_model=Coverage)
def coverage(at: At) -> Response:
    """What the record covers."""
    return encoded(at.record.coverage())


@router.get("/stats", response_model=Stats)
def stats(at: At) -> Response:
    """The record in numbers."""
    return encoded(at.record.stats())


@router.get("/timeline", response_model=Rows[engagements.EngagementEntry])
def timeline(
    request: Request, at: At, party: SomeParties, since: Since = None, until: Until = None, kind: EngagementKind | None = None,
    only: bool = False, limit: Limit = 50, offset: Offset = 0,
) -> Response:  # fmt: skip
    """What happened between parties, the earliest first; `only`: nobody else took part."""
    return answered(request, at.record.timeline(party, since=since, until=until, kind=kind, only=only), limit, offset)


@router.get("/ledger", response_model=Rows[ledger.LedgerRow])
def ledger_of(
    request: Request, at: At, party: SomeParties, since: Since = None, until: Until = None, silence: Silence = ledger.SILENCE,
    only: bool = False, limit: Limit = 100, offset: Offset = 0,
) -> Response:  # fmt: skip
    """Every domain and situation between parties by engagement: new, resumed, moved, held or dropped."""
    return answered(request, at.record.ledger(party, silence=silence, since=since, until=until, only=only), limit, offset)


@router.get("/engagements", response_model=Rows[engagements.EngagementEntry])
def engagement_list(
    request: Request, at: At, party: Parties = [], person: Text = None, concept: Concept = None,
    series: Annotated[str | None, Query(pattern=r"^[0-9a-fA-F]{4,16}$", description="The key of a series.")] = None,
    kind: EngagementKind | None = None, since: Since = None, until: Until = None, limit: Limit = 50, offset: Offset = 0,
) -> Response:  # fmt: skip
    """Engagements by filters, the latest first."""
    r = at.record
    wanted: dict[str, Any] = {"person": person, "concept": concept, "series": series, "kind": kind, "since": since, "until": until}
    found, total = r.engagements(party, **wanted, limit=limit, offset=offset)
    return rows(request, found, limit, offset, r.coverage(), total)


@router.get("/engagements/{key}", response_model=meeting.Meeting)
def engagement(at: At, key: Key) -> Response:
    """One engagement with what was said and promised in the documents that report it."""
    return encoded(at.record.meeting(key, as_of=at.today()))


@router.get("/engagements/{key}/accounts", response_model=Rows[accounts.AccountRow])
def accounts_of(request: Request, at: At, key: Key, limit: Limit = 100, offset: Offset = 0) -> Response:
    """What each account of an engagement mentions, and what only one does."""
    return answered(request, at.record.accounts(key), limit, offset)


@router.get("/engagements/{key}/news", response_model=Rows[ledger.LedgerRow])
def news(
    request: Request, at: At, key: Key, party: SomeParties, silence: Silence = ledger.SILENCE, limit: Limit = 100, offset: Offset = 0
) -> Response:
    """What is new in one engagement between parties, resumed, moved, held, or dropped since the edition before."""
    return answered(request, at.record.new(party, key, silence=silence), limit, offset)


@router.get("/compare", response_model=comparison.Comparison)
def compare(at: At, before: Given, after: Given) -> Response:
    """Two documents passage by passage."""
    return encoded(at.record.compare(before, after))


@router.get("/statements", response_model=Rows[StatementEntry])
def statements(
    request: Request, at: At, person: Text = None, party: Party = None, about: Concept = None, since: Since = None, until: Until = None,
    mode: Literal["direct", "mixed", "indirect"] | None = None, limit: Limit = 50, offset: Offset = 0,
) -> Response:  # fmt: skip
    """Who said what, the latest first. `total` counts no further than one row past the part that is given."""
    r = at.record
    answer = r.said(person, party=party, about=about, since=since, until=until, mode=mode, limit=offset + limit + 1)
    return answered(request, answer, limit, offset)


@router.get("/promises", response_model=Rows[followup.PromiseEntry])
def promises(
    request: Request, at: At, status: followup.Status = "open", party: Parties = [],
    domain: Annotated[str | None, Query(max_length=100)] = None, limit: Limit = 50, offset: Offset = 0,
) -> Response:  # fmt: skip
    """The promises of a status that bind all these parties, the latest first."""
    r = at.record
    board = r.board(status, parties=party, domain=domain, as_of=at.today(), limit=limit, offset=offset)
    return rows(request, board.promises, limit, offset, r.coverage(), board.counts[status])


@router.get("/promises/{key}", response_model=followup.PromiseEntry)
def promise(at: At, key: Key) -> Response:
    """One promise with its assessments."""
    return encoded(at.record.promise(key, as_of=at.today()))


@router.get("/promises/{key}/evidence", response_model=Rows[evidence.Candidate])
def evidence_of(request: Request, at: At, key: Key, limit: Annotated[int, Query(ge=1, le=50)] = 10) -> Response:
    """Passages of later documents that may show what became of a promise, ranked; a person decides."""
    return answered(request, at.record.evidence(key, limit=limit), limit, 0)


@router.get("/compliance", response_model=list[followup.ComplianceRow])
def compliance(at: At, by: followup.By | None = None, party: Parties = []) -> Response:
    """Averages of the scores, overall or by party, domain or period."""
    return encoded(at.record.compliance(by, party))


def asked(
    party: Parties = [],
    person: Text = None,
    about: Annotated[list[str], Query(max_length=8, description="Domains and situations, by id or name.")] = [],
    stage: Annotated[str | None, Query(max_length=40)] = None,
    kind: EngagementKind | None = None,
    publisher: Annotated[str | None, Query(max_length=200)] = None,
    since: Since = None,
    until: Until = None,
) -> dict[str, Any]:
    """Return the filters of a search."""
    return {
        "parties": party, "person": person, "concepts": about, "stage": stage, "kind": kind, "publisher": publisher, "since": since,
        "until": until,
    }  # fmt: skip


Asked = Annotated[dict[str, Any], Depends(asked)]
Search = Annotated[str, Query(max_length=500, description='Words, "phrases", beginnings*, OR, NOT and brackets.')]


@router.get("/search", response_model=Rows[search_.Hit])
def search(request: Request, at: At, filters: Asked, q: Search = "", limit: Limit = 20, offset: Offset = 0) -> Response:
    """The documents that answer a query, the best first; without a query all that pass the filters, the latest first."""
    hits = at.record.search(q, limit=limit, offset=offset, **filters)
    return rows(request, hits[:], limit, offset, hits.coverage, at.record.count(q, **filters))


@router.get("/facets", response_model=search_.Facets)
def facets(at: At, filters: Asked, q: Search = "") -> Response:
    """How the documents that answer a query are spread over parties, concepts, stages, kinds, publishers and years."""
    return encoded(at.record.facets(q, **filters))


@router.get("/documents/{id}", response_model=dict[str, Any])
def document(at: At, id: Written) -> Response:
    """A document with its reading as people left it: every span with its words."""
    return encoded(at.record.sheet(id).reading.to_dict())


@router.get("/documents/{id}/findings", response_model=dict[Literal["findings", "rejected"], list[FindingEntry]])
def findings(at: At, id: Written) -> Response:
    """The findings of a document with their keys, and what was decided about them."""
    sheet = at.record.sheet(id)
    return encoded({"findings": sheet.findings, "rejected": sheet.rejected})


@router.get("/findings/{key}", response_model=FindingEntry)
def finding(at: At, key: Key) -> Response:
    """One finding with what was decided about it."""
    return encoded(at.record.finding(key)[1])


@router.get("/people", response_model=Rows[people.PersonEntry])
def people_list(request: Request, at: At, person: Text = None, party: Party = None, limit: Limit = 50, offset: Offset = 0) -> Response:
    """The people of the record, or those that a name can mean, with their offices."""
    return answered(request, at.record.people(person, party=party), limit, offset)


@router.get("/network", response_model=Rows[people.MeetingCount])
def network(
    request: Request, at: At, party: Parties = [], since: Since = None, until: Until = None, limit: Limit = 200, offset: Offset = 0
) -> Response:
    """Who met whom, how often, at what level and in what kind of engagement, by year."""
    return answered(request, at.record.network(party, since=since, until=until), limit, offset)


@router.get("/series", response_model=list[series.SeriesEntry])
def series_list(at: At) -> Response:
    """The series of the record."""
    return encoded(at.record.series())


@router.get("/concepts", response_model=list[spread.ConceptEntry])
def concepts(at: At) -> Response:
    """The domains and situations of the record."""
    return encoded(at.record.concepts())


@router.get("/concepts/{id}", response_model=spread.Spread)
def concept(at: At, id: Written) -> Response:
    """A domain or situation over the years and stages, and between whom."""
    return encoded(at.record.spread(id))


@router.get("/firsts", response_model=list[firsts.First])
def firsts_of(at: At, since: Annotated[date, Query()], until: Annotated[date, Query()]) -> Response:
    """Domains that first came up between two parties in a period."""
    return encoded(at.record.firsts(since.isoformat(), until.isoformat()))


@router.get("/queue", response_model=list[QueueEntry])
def queue(at: At, kind: review.FindingKind | None = None, limit: Limit = 20, offset: Offset = 0) -> Response:
    """Findings that nobody has decided about, the least sure first."""
    return encoded(at.record.queue(kind, limit=limit, offset=offset))


@router.get("/decisions", response_model=list[review.Decision])
def decisions(at: At, limit: Limit = 100, offset: Offset = 0) -> Response:
    """Every decision about findings, the latest first."""
    return encoded(at.record.decisions()[::-1][offset : offset + limit])


@router.get("/corrections", response_model=list[dict[str, Any]])
def corrections(at: At) -> Response:
    """The documents that people corrected, in the form of the annotation guidelines."""
    return encoded(at.record.corrections())


@router.get("/judgements/{kind}/{entry}", response_model=list[identity.Judgement])
def judgements(at: At, kind: Kind, entry: Written) -> Response:
    """The judgements, computed and of people, that an identity rests on."""
    return encoded(at.record.why(kind, entry))


@router.get("/digest", response_model=dict[str, str])
def digest(at: At) -> Response:
    """A SHA-256 of the content, the same for records that hold the same."""
    return encoded({"digest": at.record.digest()})

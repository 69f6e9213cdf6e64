"""The forms of answers and problems, and the parameters that many questions share."""

from collections.abc import Sequence
from typing import Annotated, Any, Generic, Literal, TypeVar
from urllib.parse import urlencode

import msgspec
from fastapi import Path, Query, Request, Response
from pydantic import BaseModel, Field

from verbale.record.answers import Answer, Coverage

T = TypeVar("T")


class Rows(BaseModel, Generic[T]):
    """A part of a list: how many rows there are in all, where the next part is, and what the record covers."""

    coverage: Coverage
    total: int
    next: str | None
    rows: list[T]


class Problem(BaseModel):
    """An error after RFC 9457: `detail` says what was wrong and what to do."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


_PROBLEM = {"application/problem+json": {"schema": Problem.model_json_schema()}}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": text, "content": _PROBLEM}
    for status, text in (
        (400, "The request cannot be read"),
        (401, "Not signed in, or the token is not valid"),
        (403, "Without the right"),
        (404, "No such thing in this record; the nearest names are offered"),
        (409, "Somebody else has decided since"),
        (422, "A parameter does not hold what it must"),
        (503, "The database failed"),
    )
}
NOT_CHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "As the ETag that was sent says"}}

_DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
_NAME = r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$"
Limit = Annotated[int, Query(ge=1, le=500, description="How many rows at most.")]
Offset = Annotated[int, Query(ge=0, le=1_000_000, description="How many rows to pass over.")]
Since = Annotated[str | None, Query(pattern=_DATE, description="First day, month or year: 2023, 2023-05, 2023-05-01.")]
Until = Annotated[str | None, Query(pattern=_DATE, description="Last day, month or year.")]
Name = Annotated[str, Query(max_length=200, pattern=_NAME)]
Party = Annotated[str | None, Query(max_length=200, pattern=_NAME, description="A country or organisation, by code or name.")]
Parties = Annotated[list[Name], Query(alias="party", max_length=8, description="Countries and organisations, by code or name.")]
SomeParties = Annotated[list[Name], Query(alias="party", min_length=1, max_length=8, description="Countries and organisations.")]
Key = Annotated[str, Path(pattern=r"^[0-9a-fA-F]{4,16}$", description="The key of a finding, as answers show it.")]
Written = Annotated[str, Path(max_length=500, pattern=_NAME)]
EngagementKind = Literal["call", "meeting", "summit", "dialogue", "visit", "signing", "statement"]


def encoded(found: Any, status: int = 200) -> Response:
    """Return what was found as JSON; it has the form that the route declares by how it was made."""
    return Response(msgspec.json.encode(found), status, media_type="application/json")


def rows(request: Request, found: Sequence[Any], limit: int, offset: int, coverage: Coverage, total: int | None = None) -> Response:
    """Return a part of a list: `found` is all of it, or the part itself where the `total` is given."""
    part = list(found)[offset : offset + limit] if total is None else list(found)
    total = len(found) if total is None else total
    further = None
    if offset + limit < total:
        kept = [(k, v) for k, v in request.query_params.multi_items() if k != "offset"]
        further = f"{request.url.path}?{urlencode([*kept, ('offset', offset + limit)])}"
    return encoded({"coverage": coverage, "total": total, "next": further, "rows": part})


def answered(request: Request, answer: Answer[Any], limit: int, offset: int) -> Response:
    """Return a part of an answer."""
    return rows(request, answer[:], limit, offset, answer.coverage)


class Score(BaseModel):
    """A score of a promise: evidence as documents with the words in them."""

    score: Literal[-1, 0, 1]
    party: str | None = Field(None, max_length=200)
    note: str = Field("", max_length=5000)
    evidence: list["Evidence"] = Field([], max_length=20)


class Evidence(BaseModel):
    """Words of a document of the record."""

    document: str = Field(max_length=2000)
    words: str = Field(min_length=1, max_length=5000)


class Decide(BaseModel):
    """A decision about a finding; `value` is the finding that is put in its place, `seen` the decision that was seen before."""

    verb: Literal["accept", "reject", "amend"]
    why: str = Field("", max_length=2000)
    seen: int | None = Field(None, ge=0, lt=1 << 62)
    value: dict[str, Any] | None = None


class Add(BaseModel):
    """A finding that the reader missed, as the reading has it in JSON."""

    kind: Literal["engagement", "domain", "situation", "statement", "commitment", "figure"]
    value: dict[str, Any]
    why: str = Field("", max_length=2000)


class Judge(BaseModel):
    """That entries are the same (`merge`), or different from all that they are joined with (`split`)."""

    kind: Literal["person", "series", "engagement"]
    verb: Literal["merge", "split"]
    entries: list[str] = Field(min_length=1, max_length=100)
    why: str = Field("", max_length=2000)


class Numbers(BaseModel):
    """The numbers of what was written."""

    numbers: list[int]

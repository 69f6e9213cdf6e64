"""What a page says of a finding beside its words: delegations, amounts, how sure the reading is."""

from collections.abc import Iterable
from dataclasses import dataclass

from verbale.document import Span
from verbale.findings import Delegate, Engagement, Figure, Party, Statement
from verbale.page.names import party_name

_SURE = 0.75  # confidence under which a page says that a finding is unsure
_COMPARATORS = {">": "more than ", "<": "up to ", "~": "about "}


@dataclass(frozen=True, slots=True)
class Delegation:
    """A party to an engagement and those who act for it there; without a party those whose party is not known."""

    name: str
    party: Party | None
    delegates: tuple[Delegate, ...]


def delegations(engagement: Engagement, text: str) -> list[Delegation]:
    """Return the parties of an engagement in its order, each with its delegates, and last the delegates of no party."""
    codes = [party.id for party in engagement.parties]
    found = [
        Delegation(
            party_name(party.id, party.spans[0].exact(text) if party.spans else ""),
            party,
            tuple(d for d in engagement.delegates if d.party == party.id),
        )
        for party in engagement.parties
    ]
    others: dict[str | None, list[Delegate]] = {}
    for delegate in engagement.delegates:
        if delegate.party not in codes:
            others.setdefault(delegate.party, []).append(delegate)
    found += [Delegation(party_name(code), None, tuple(others[code])) for code in others]
    return found


def words(spans: Iterable[Span], text: str) -> str:
    """Return the words at the spans on one line, a gap between them shown as an ellipsis."""
    return " … ".join(" ".join(span.exact(text).split()) for span in spans)


def statement_words(statement: Statement, text: str) -> str:
    """Return the content of a statement, in quotation marks only when the document quotes the whole of it."""
    said = words(statement.content, text)
    return f"“{said}”" if statement.mode == "direct" and not said.startswith(("“", '"')) else said


def manner(statement: Statement) -> str:
    """Return how something was said: `direct`, or `indirect, urging` where the cue does more than report."""
    return statement.mode if statement.stance == "saying" else f"{statement.mode}, {statement.stance}"


def amount(figure: Figure) -> str:
    """Return a figure as a person writes it: `more than 200,000,000,000 USD`."""
    unit = figure.unit or ""
    value = f"{figure.value:,.15g}"
    return f"{_COMPARATORS.get(figure.comparator, '')}{value}{'' if unit == '%' else ' '}{unit}".strip()


def unsure(confidence: float) -> str:
    """Return `unsure: 0.42` for a finding of low confidence, else nothing."""
    return f"unsure: {confidence:.2f}" if confidence < _SURE else ""

"""Days: which of the dates of a document is that of its principal engagement."""

from verbale.findings import Status
from verbale.reading.confidence import logit
from verbale.reading.context import Context
from verbale.reading.dates import DateMention
from verbale.reading.patterns import contact


def days(context: Context, status: Status) -> list[tuple[DateMention, dict[str, float]]]:
    """The dates that the document names, with the numbers by which each is weighed as the day of the principal engagement."""
    day = context.document.published or ""
    found = []
    # A line that holds nothing but a date tells when the text was published.
    lines = {d.span: context.paragraph(d.span.start) for d in context.dates}
    dated = [
        d
        for d in context.dates
        if d.value and len(d.value) > 4 and lines[d.span].end - lines[d.span].start > d.span.end - d.span.start + 14
    ]
    for m in dated:
        value = str(m.value)
        at = m.span.start
        later = value > day[: len(value)]
        features = {
            "model": logit(context.chance("date", m.span)),
            "lead": float(context.lead.start <= at < context.lead.end),
            "soon": float(context.lead.end <= at < context.lead.end + 400),
            "first": float(m is dated[0]),
            "title": float(context.is_heading(m.span)),
            "today": float(bool(day) and value == day[:10]),
            "full": float(len(value) == 10),
            "amiss": float(later != (status == "planned") and bool(day)),
            "contact": float(bool(contact("meeting").search(context.sentence(at).exact(context.text)))),
        }
        found.append((m, features))
    return found

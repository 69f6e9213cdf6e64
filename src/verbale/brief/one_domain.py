"""The brief on one domain across countries."""

from collections import defaultdict

from verbale.brief.compose import finished
from verbale.brief.gathering import gather_for
from verbale.brief.heat import over_time
from verbale.brief.material import FEW, FINDING, Meeting, Report, note
from verbale.brief.model import Brief, Listing, Section, Sentence
from verbale.brief.talks import first_quotable
from verbale.brief.wording import capital, day_words, listed, number, party, quotable, quoted, sentence_around, times
from verbale.errors import UnknownNameError
from verbale.findings import Domain
from verbale.record import Record
from verbale.vocabulary import domains

_PAIRS, _PROMISES = 12, 8
_Found = tuple[Meeting, Report, Domain]


def of_domain(record: Record, domain: str, *, since: str | None = None, until: str | None = None, purpose: str = "", as_of: str) -> Brief:
    """Return the brief on a domain: between whom, how far, in which words, and what was promised.

    Raises:
        UnknownNameError: the vocabulary has no such domain.
    """
    plain = domain.lower().replace(" ", "-")
    entry = domains().get(plain) or next((d for d in domains().values() if d.label.lower() == domain.lower()), None)
    if entry is None:
        raise UnknownNameError(f"no domain “{domain}”; `verbale vocabulary list domains` lists them")
    about = [e for e in record.every_engagement(since=since, until=until) if any(s.concept == entry.id for s in e.subjects)]
    material, meetings = gather_for(record, about, as_of=as_of, since=since, until=until)
    by_pair: dict[tuple[str, ...], list[_Found]] = defaultdict(list)
    for m in meetings:
        at = next(((r, d) for r, d in m.domains if d.id == entry.id), None)
        if at and 2 <= len(m.parties) <= FEW:
            by_pair[tuple(sorted(m.parties))].append((m, *at))
    sections: list[Section | None] = []
    remarks = [] if by_pair else [f"The record holds no talks on {entry.label.lower()} that it is sure enough of."]
    if by_pair:
        everything = sorted((f for found in by_pair.values() for f in found), key=lambda f: f[0].day, reverse=True)
        rows = {names(pair): [(m.day, note(r.extract, d.spans[:1])) for m, r, d in found] for pair, found in by_pair.items()}
        sections = [
            _state(everything, by_pair),
            _pairs(by_pair),
            over_time(rows, "Between whom over time", "Engagements on this domain"),
            _promises(record, entry.id, {x.extract.reading.document.id: x for _, x, _ in everything}, since, until),
        ]
    return finished(entry.label, purpose, since, until, as_of, material.coverage, sections, remarks)


def names(pair: tuple[str, ...]) -> str:
    """Return the names of parties."""
    return capital(listed([party(p) for p in pair]))


def _state(everything: list[_Found], by_pair: dict[tuple[str, ...], list[_Found]]) -> Section:
    (last, r, d), (first, r0, d0) = everything[0], everything[-1]
    text = f"It came up in {number(len(everything))} engagements of {number(len(by_pair))} sets of two to four parties"
    text += f" between {day_words(first.day)} and {day_words(last.day)}."
    sentences = [Sentence(text, (note(r.extract, d.spans[:1]), note(r0.extract, d0.spans[:1])), "Contact")]
    for stage in ("delivered", "launched", "contested"):
        found = [f for f in everything if f[2].stage == stage]
        if found:
            m, report, domain = found[0]
            told = f"{capital(times(len(found)))}, last between {listed([party(p) for p in sorted(m.parties)])} on {day_words(m.day)}."
            sentences.append(Sentence(told, (note(report.extract, domain.spans[:1]),), stage.capitalize()))
    return Section("State of play", (Listing(tuple(sentences)),))


def _pairs(by_pair: dict[tuple[str, ...], list[_Found]]) -> Section:
    ranked = sorted(by_pair.items(), key=lambda x: (-len(x[1]), x[0]))[:_PAIRS]
    sentences = []
    for pair, found in ranked:
        n = f"{capital(times(len(found)))}, last on {day_words(found[0][0].day)}"
        for m, report, domain in sorted(found, key=lambda f: f[0].day, reverse=True):
            text = report.extract.reading.document.text
            sentence = first_quotable(text, domain.spans)
            if sentence is not None:
                told = f"{n}. {capital(domain.stage)} on {day_words(m.day)}: {quoted(sentence.exact(text))}"
                sentences.append(Sentence(told, (note(report.extract, [sentence]), found[0][0].note()), names(pair)))
                break
        else:
            sentences.append(Sentence(f"{n}.", (found[0][0].note(),), names(pair)))
    return Section("Between whom, and how far", (Listing(tuple(sentences)),))


def _promises(record: Record, domain: str, reported: dict[str, Report], since: str | None, until: str | None) -> Section | None:
    found: dict[str, Sentence] = {}
    for p in sorted(record.promises(domain=domain, since=since, until=until), key=lambda p: (p.day or "", p.key), reverse=True):
        report = reported.get(p.source.document)
        if report is None or len(p.parties) < 2:
            continue
        x = report.extract
        confidence = next((c.confidence for k, c in zip(x.commitments, x.reading.commitments, strict=True) if k == p.key), 0.0)
        sentence = sentence_around(x.reading.document.text, p.source.spans[0])
        if confidence >= FINDING and sentence and quotable(words := sentence.exact(x.reading.document.text)):
            lead = f"{names(p.parties)}, {day_words(p.day)}"
            found.setdefault(words, Sentence(quoted(words), (note(x, [sentence]),), lead))
    return Section("Promises", (Listing(tuple(list(found.values())[:_PROMISES])),)) if found else None

"""What was promised and what became of it, as people assess it."""

from datetime import date

import pytest
from invented import Reader, engagement, reading

from verbale import record
from verbale.errors import DecisionError, SpanError, UnknownNameError
from verbale.findings import Reading

PROMISE = "will deliver twelve patrol boats to Malta by June 2022"


def _story() -> list[Reading]:
    return [
        reading(
            "The promise",
            f"Iceland {PROMISE}. Both agreed to hold yearly talks on fisheries.",
            "2021-05-05",
            engagements=[engagement("meeting", "IS MT", "2021-05-05")],
            commitments=[
                (PROMISE, ["IS"], ["maritime-security"], "2022-06"),
                ("agreed to hold yearly talks on fisheries", ["IS", "MT"], ["agriculture"], None),
            ],
        ),
        reading(
            "The delivery",
            "The ministers met. Iceland delivered ten of the twelve patrol boats to Malta. The weather was fine.",
            "2022-05-05",
            engagements=[engagement("meeting", "IS MT", "2022-05-05")],
            domains=[("maritime-security", "delivered", "patrol boats")],
            figures=[(10, "boats", "ten of the twelve patrol boats")],
        ),
        reading(
            "Others",
            "Norway delivered twelve patrol boats to Sweden.",
            "2022-06-05",
            engagements=[engagement("meeting", "NO SE", "2022-06-05")],
        ),
        reading(
            "Before",
            "Iceland thought about patrol boats for Malta.",
            "2020-06-05",
            engagements=[engagement("meeting", "IS MT", "2020-06-05")],
        ),
    ]


def _key(r: record.Record, words: str = "patrol") -> str:
    return next(p.key for p in r.promises(["IS", "MT"]) if words in p.text)


def test_open_overdue_and_assessed(url: str) -> None:
    with record.open(url) as r:
        readings = _story()
        r.add(readings)
        assert [p.status for p in r.promises(["IS", "MT"])] == ["open", "open"]
        assert [p.status for p in r.promises(["IS", "MT"], as_of=date(2022, 6, 30))] == ["open", "open"]
        assert [p.status for p in r.promises(["IS", "MT"], as_of=date(2022, 7, 1))] == ["overdue", "open"]
        r.assess(
            _key(r), 0, person="Ada", note="ten of twelve", evidence=[(readings[1].document.id, "delivered ten of the twelve patrol boats")]
        )
        [done] = r.promises(["IS", "MT"], status="assessed")
        assert done.text == PROMISE
        assert [(a.party, a.score, a.person, a.note, a.evidence[0].quote) for a in done.assessments] == [
            ("IS", 0, "Ada", "ten of twelve", "delivered ten of the twelve patrol boats")
        ]
        assert [p.text for p in r.promises(["IS", "MT"], domain="agriculture")] == ["agreed to hold yearly talks on fisheries"]
        assert r.promises(["NO", "IS"])[:] == []


def test_evidence_is_proposed_from_later_documents_of_the_parties_and_scores_nothing(url: str) -> None:
    with record.open(url) as r:
        r.add(_story())
        found = r.evidence(_key(r))
        assert found[0].text == "Iceland delivered ten of the twelve patrol boats to Malta."
        assert "maritime-security delivered" in found[0].why and "names a figure" in found[0].why
        assert {c.source.title for c in found} == {"The delivery"}
        assert r.promises(["IS", "MT"], status="assessed")[:] == []


def test_an_assessment_needs_what_the_manual_needs(url: str) -> None:
    with record.open(url) as r:
        readings = _story()
        r.add(readings)
        key, document = _key(r), readings[1].document.id
        with pytest.raises(DecisionError, match="-1, 0 or \\+1"):
            r.assess(key, 2, person="Ada")
        with pytest.raises(DecisionError, match="name of the person"):
            r.assess(key, 1, person="", evidence=[(document, "met")])
        with pytest.raises(DecisionError, match="needs evidence"):
            r.assess(key, 1, person="Ada")
        with pytest.raises(DecisionError, match="needs a note"):
            r.assess(key, -1, person="Ada")
        with pytest.raises(DecisionError, match="MT is not bound"):
            r.assess(key, -1, person="Ada", note="no", party="Malta")
        with pytest.raises(SpanError):
            r.assess(key, 1, person="Ada", evidence=[(document, "words that are nowhere in the whole document at all")])
        with pytest.raises(UnknownNameError, match="evidence must be"):
            r.assess(key, 1, person="Ada", evidence=[("0" * 64, "met")])
        assert r.promises(status="assessed")[:] == []


def test_the_last_assessment_counts_and_can_be_taken_back(url: str) -> None:
    with record.open(url) as r:
        r.add(_story())
        [first] = r.assess(_key(r), -1, person="Ada", note="nothing found")
        [second] = r.assess(_key(r), -1, person="Ben", note="still nothing")
        assert [a.person for p in r.promises(status="assessed") for a in p.assessments] == ["Ben"]
        r.undo("assessment", second, person="Ben")
        assert [a.person for p in r.promises(status="assessed") for a in p.assessments] == ["Ada"]
        r.undo("assessment", first, person="Ada")
        assert r.promises(status="assessed")[:] == []
        with pytest.raises(DecisionError, match="taken back already"):
            r.undo("assessment", first, person="Ada")


def test_compliance_averages_as_the_manual_computes_them(url: str) -> None:
    with record.open(url) as r:
        readings = _story()
        r.add(readings)
        evidence = [(readings[1].document.id, "The ministers met")]
        r.assess(_key(r), -1, person="Ada", note="late")
        r.assess(_key(r, "yearly"), 1, person="Ada", evidence=evidence, party="IS")
        r.assess(_key(r, "yearly"), 0, person="Ada", evidence=evidence, party="MT")
        # commitments: −1 and (1 + 0) / 2; parties: IS (−1 + 1) / 2, MT 0
        assert [(c.average, c.percent, c.commitments, c.scores) for c in r.compliance()] == [(-0.25, 37.5, 2, 3)]
        assert {c.group: c.average for c in r.compliance("party")} == {"IS": 0.0, "MT": 0.0}
        assert {c.group: c.average for c in r.compliance("domain")} == {"agriculture": 0.5, "maritime-security": -1.0}
        assert {c.group: c.average for c in r.compliance("period")} == {"2021": -0.25}


def test_an_assessment_follows_its_commitment_through_a_new_reading(url: str) -> None:
    readings = _story()
    renewed = [
        reading(
            "The promise",
            f"Iceland {PROMISE}. Both agreed to hold yearly talks on fisheries.",
            "2021-05-05",
            reader="reader 2",
            engagements=[engagement("meeting", "IS MT", "2021-05-05")],
            commitments=[("deliver twelve patrol boats to Malta by June 2022", ["IS"], ["maritime-security"], "2022-06-30")],
        ),
        *readings[1:],
    ]
    with record.open(url) as r:
        r.add(readings)
        r.assess(_key(r), -1, person="Ada", note="nothing found")
        r.reread(Reader(renewed))
        [kept] = r.promises(status="assessed")
        assert (kept.text, kept.assessments[0].note) == ("deliver twelve patrol boats to Malta by June 2022", "nothing found")

"""Looking through a record page by page: each list with its filters and its order, and what people decided."""

from datetime import date

import pytest
from invented import engagement, reading, series_of_dialogues

from verbale import record
from verbale.errors import ConflictError, QueryError, UnknownNameError
from verbale.record import store

DAY = date(2024, 6, 1)


def _promises() -> list[object]:
    talks = [engagement("meeting", "IS MT", "2023-03-01")]
    words = ("build a harbour by 2023", "open a school by 2030", "share maps of the sea")
    body = f"Iceland and Malta will {words[0]}. They will {words[1]}. They will {words[2]}."
    bound = [(words[0], ["IS"], ["trade"], "2023"), (words[1], ["IS", "MT"], [], "2030"), (words[2], ["MT"], [], None)]
    return [reading("Three promises", body, "2023-03-02", engagements=talks, commitments=bound)]


def test_engagements_come_latest_first_a_page_at_a_time(url: str) -> None:
    with record.open(url) as r:
        r.add(series_of_dialogues())
        found, total = r.engagements(["Iceland"], limit=2)
        assert (total, [e.day for e in found]) == (4, ["2022-05-05", "2021-05-05"])
        assert [e.day for e in r.engagements(limit=2, offset=2)[0]] == ["2020-05-05", "2019-05-05"]
        assert [e.day for e in r.engagements(limit=2, latest=False)[0]] == ["2019-05-05", "2020-05-05"]


def test_engagements_are_filtered_by_person_domain_series_and_time(url: str) -> None:
    with record.open(url) as r:
        r.add(
            [
                *series_of_dialogues(),
                reading("A call", "They spoke.", "2022-01-01", engagements=[engagement("call", "IS NO", "2022-01-01")]),
            ]
        )
        key = r.series()[0].key
        assert r.engagements(person="Marija Vella")[1] == 4
        assert [e.day for e in r.engagements(concept="quantum")[0]] == ["2022-05-05", "2021-05-05"]
        assert r.engagements(series=key)[1] == 4
        assert r.engagements(kind="call")[1] == 1
        assert r.engagements(since="2020", until="2021-12")[1] == 2
        assert r.days(since="2022") == {"2022-01-01": 1, "2022-05-05": 1}
        with pytest.raises(UnknownNameError):
            r.engagements(series="abcdef")


def test_first_times_are_told_once_and_only_for_two_alone(url: str) -> None:
    three = reading(
        "Three meet", "They spoke of culture.", "2021-07-02", engagements=[engagement("meeting", "IS MT NO", "2021-07-01")],
        domains=[("culture", "explored", "culture")],
    )  # fmt: skip
    with record.open(url) as r:
        r.add([*series_of_dialogues(), three])
        assert {(f.parties, f.concept) for f in r.firsts("2021", "2021")} == {(("IS", "MT"), "quantum")}
        assert r.firsts("2022", "2022") == []


def test_a_sheet_has_the_findings_with_keys_and_what_was_decided(url: str) -> None:
    one = series_of_dialogues([2019])[0]
    with record.open(url) as r:
        r.add([one])
        sheet = r.sheet(one.document.id)
        assert [(f.kind, f.number) for f in sheet.findings] == [("engagement", 1), ("domain", 1), ("domain", 2), ("statement", 1)]
        assert sheet.findings[0].leads_to == r.timeline(["IS", "MT"])[0].key
        assert sheet.findings[3].leads_to == r.people("Katrín Jónsdóttir")[0].key
        number = r.reject(sheet.findings[1].key, person="Ada", why="no subject")
        sheet = r.sheet(one.document.id)
        assert [d.id for d in sheet.reading.domains] == ["trade"]
        assert [(f.kind, f.number, f.words) for f in sheet.findings][1] == ("domain", 1, "trade")
        [gone] = sheet.rejected
        assert gone.verdict is not None
        assert (gone.verdict.number, gone.verdict.person, gone.verdict.why) == (number, "Ada", "no subject")
        assert r.finding(gone.key)[1] == gone
        r.undo("decision", number, person="Ada")
        assert r.sheet(one.document.id).rejected == ()


def test_what_a_person_put_in_place_is_on_the_sheet_and_goes_when_taken_back(url: str) -> None:
    one = series_of_dialogues([2019])[0]
    with record.open(url) as r:
        r.add([one])
        first = r.sheet(one.document.id).findings[1]
        value = r.sheet(one.document.id).reading.to_dict()["domains"][0] | {"stage": "launched"}
        number = r.amend(first.key, value, person="Ada")
        sheet = r.sheet(one.document.id)
        assert {(d.id, d.stage) for d in sheet.reading.domains} == {("agriculture", "launched"), ("trade", "continued")}
        assert [f.key for f in sheet.rejected] == [first.key]
        added = next(f for f in sheet.findings if f.verdict)
        assert added.verdict is not None
        assert added.verdict.number == number
        r.undo("decision", number, person="Ada")
        assert [f.key for f in r.sheet(one.document.id).findings][1] == first.key
        with pytest.raises(UnknownNameError, match="taken back"):
            r.finding(added.key)


def test_the_queue_is_least_sure_first_and_leaves_out_what_is_decided(url: str) -> None:
    with record.open(url) as r:
        r.add([*series_of_dialogues([2019]), *_promises()])
        waiting = r.waiting()
        assert waiting == {"engagement": 2, "domain": 2, "situation": 0, "statement": 1, "commitment": 3, "figure": 0}
        queue = r.queue(limit=20)
        assert len(queue) == sum(waiting.values())
        assert [q.confidence for q in queue] == sorted(q.confidence for q in queue)
        assert queue[0].kind == "commitment"
        assert queue[0].words in r.sheet(queue[0].source.document).reading.document.text
        number = r.accept(queue[0].key, person="Ada")
        assert queue[0].key not in {q.key for q in r.queue(limit=20)}
        assert r.waiting()["commitment"] == 2
        r.undo("decision", number, person="Ada")
        assert r.queue(limit=20) == queue
        assert r.queue(limit=2, offset=1) == queue[1:3]
        assert {q.kind for q in r.queue("domain")} == {"domain"}
        with pytest.raises(QueryError):
            r.queue("rumour")


def test_a_second_reviewer_does_not_overwrite_what_the_first_decided(url: str) -> None:
    one = series_of_dialogues([2019])[0]
    with record.open(url) as r:
        r.add([one])
        key = r.sheet(one.document.id).findings[1].key
        number = r.accept(key, person="Ada", why="it is in the text", seen=0)
        with pytest.raises(ConflictError, match=r"Ada decided “accept” .* “it is in the text”"):
            r.reject(key, person="Bo", seen=0)
        assert [(d.verb, d.person) for d in r.decisions()] == [("accept", "Ada")]
        r.reject(key, person="Bo", seen=number)
        assert r.sheet(one.document.id).rejected[0].verdict.person == "Bo"  # type: ignore[union-attr]


def test_series_and_concepts_are_listed_with_how_often_and_when(url: str) -> None:
    with record.open(url) as r:
        r.add(series_of_dialogues())
        [series] = r.series()
        assert (series.name, series.parties, series.engagements) == ("Iceland–Malta Ocean Dialogue", ("IS", "MT"), 4)
        assert (series.first, series.last) == ("2019-05-05", "2022-05-05")
        assert r.series(series.key) == [series]
        assert {c.concept: c.documents for c in r.concepts()} == {"agriculture": 3, "trade": 3, "quantum": 2}
        spread = r.spread("quantum")
        assert [(s.year, s.stage, s.documents) for s in spread.stages] == [("2021", "launched", 1), ("2022", "advanced", 1)]
        assert [(p.parties, p.engagements, p.last) for p in spread.pairs] == [(("IS", "MT"), 2, "2022-05-05")]
        with pytest.raises(UnknownNameError):
            r.spread("no-such-domain")


def test_a_meeting_has_what_was_said_and_promised_in_its_documents(url: str) -> None:
    with record.open(url) as r:
        r.add([*series_of_dialogues([2019, 2020]), *_promises()])
        key = r.timeline(["IS", "MT"], since="2020", until="2020")[0].key
        meeting = r.meeting(key)
        assert [s.content for s in meeting.statements] == ["the year 2020 had been a good one"]
        assert meeting.promises == ()


def test_the_board_tells_open_overdue_and_assessed_apart(url: str) -> None:
    with record.open(url) as r:
        r.add(_promises())  # type: ignore[arg-type]
        board = r.board("overdue", as_of=DAY)
        assert board.counts == {"open": 2, "overdue": 1, "assessed": 0}
        [late] = board.promises
        assert late.text == "build a harbour by 2023"
        assert r.board("overdue", as_of=date(2023, 12, 31)).counts["overdue"] == 0
        r.assess(late.key, -1, person="Ada", note="no harbour was built")
        assert r.board("assessed", as_of=DAY).promises[0].key == late.key
        assert r.board("assessed", as_of=DAY).counts == {"open": 2, "overdue": 0, "assessed": 1}
        assert [p.text for p in r.board("open", parties=["IS"], as_of=DAY).promises] == ["open a school by 2030"]
        assert r.promise(late.key).assessments[0].note == "no harbour was built"


def test_the_state_changes_with_what_is_stored_and_decided(url: str) -> None:
    one, two = series_of_dialogues([2019, 2020])
    with record.open(url) as r:
        seen = [r.state()]
        r.add([one])
        seen.append(r.state())
        r.add([two])
        seen.append(r.state())
        assert r.state() == seen[-1]
        number = r.reject(r.sheet(one.document.id).findings[1].key, person="Ada")
        seen.append(r.state())
        r.undo("decision", number, person="Ada")
        seen.append(r.state())
        assert len(set(seen)) == len(seen)


def test_a_record_that_does_not_renew_answers_over_the_identities_computed_last(url: str) -> None:
    with record.open(url) as writer, record.Record(url, renew=False) as reader:
        writer.add(series_of_dialogues([2019]))
        store.add(writer._engine, series_of_dialogues([2020]))  # as an import that is not done yet
        assert len(reader.timeline(["IS", "MT"])) == 1
        assert reader.renew()
        assert len(reader.timeline(["IS", "MT"])) == 2
        assert not reader.renew()

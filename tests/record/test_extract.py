"""The record document by document, on SQLite and PostgreSQL."""

from invented import engagement, reading, series_of_dialogues

from verbale import record


def test_an_extract_is_the_reading_with_its_keys(url: str) -> None:
    made = series_of_dialogues()
    with record.open(url) as r:
        r.add(made)
        found = list(r.extract())
        assert [x.reading for x in found] == made
        entries = {e.key: e for e in r.timeline(["IS", "MT"])}
        for x in found:
            assert [entries[k].day for k in x.engagements] == [e.date.value for e in x.reading.engagements if e.date]
            assert len(x.domains) == len(x.reading.domains)
            people = {p.key: p.name for p in r.people()}
            assert [people[k] for k in x.delegates[0]] == ["Katrín Jónsdóttir", "Marija Vella"]
            assert [people[k or ""] for k in x.speakers] == ["Katrín Jónsdóttir"]


def test_what_people_decided_holds(url: str) -> None:
    with record.open(url) as r:
        r.add(series_of_dialogues([2019]))
        whole = next(r.extract())
        r.reject(whole.domains[0], person="Ada")
        text = whole.reading.document.text
        start = text.index("Valletta")
        place = {"start": start, "end": start + 8, "exact": "Valletta"}
        number = r.add_finding(
            whole.reading.document.id, "situation", {"id": "europe", "label": "Europe", "kind": "region", "spans": [place]}, person="Ada"
        )
        after = next(r.extract())
        assert [d.id for d in after.reading.domains] == ["trade"]
        assert [s.id for s in after.reading.situations] == ["europe"]
        assert after.decided == {after.situations[0]: number}


def test_only_documents_of_these_parties_and_days(url: str) -> None:
    other = reading("Peru and Chad meet", "Peru and Chad met.", "2020-07-01", engagements=[engagement("meeting", "PE TD", "2020-07-01")])
    with record.open(url) as r:
        r.add([*series_of_dialogues(), other])
        days = [x.reading.document.published for x in r.extract(["Iceland", "MT"], since="2020", until="2021")]
        assert days == ["2020-05-06", "2021-05-06"]
        assert [x.reading.document for x in r.extract(documents=[other.document.id])] == [other.document]
        assert r.party_codes(["Iceland", "TD"]) == ("IS", "TD")


def test_all_engagements_by_date(url: str) -> None:
    other = reading("Peru and Chad meet", "Peru and Chad met.", "2020-07-01", engagements=[engagement("meeting", "PE TD", "2020-07-01")])
    with record.open(url) as r:
        assert not r.every_engagement()
        r.add([*series_of_dialogues(), other])
        assert [e.day for e in r.every_engagement()] == ["2019-05-05", "2020-05-05", "2020-07-01", "2021-05-05", "2022-05-05"]
        assert [e.day for e in r.every_engagement(["IS"], since="2021")] == ["2021-05-05", "2022-05-05"]

"""What people decide about findings: shown at once, kept through new readings, taken back at will, exported to learn from."""

import pytest
from invented import Reader, reading, series_of_dialogues

from verbale import record
from verbale.errors import DecisionError, QueryError, UnknownNameError
from verbale.record.keys import finding_key, shown


def _domain(text: str, concept: str, stage: str, quote: str) -> dict[str, object]:
    at = text.index(quote)
    return {"id": concept, "label": concept.title(), "stage": stage, "spans": [{"start": at, "end": at + len(quote), "exact": quote}]}


def test_a_rejected_finding_is_shown_no_more_until_the_decision_is_taken_back(url: str) -> None:
    one = series_of_dialogues([2019])[0]
    key = shown(finding_key(one.document.id, one.domains[0], 0))
    with record.open(url) as r:
        r.add([one])
        number = r.reject(key, person="Ada", why="only background")
        assert [x.concept for x in r.ledger(["IS", "MT"])] == ["trade"]
        r.reread(Reader([one]))
        assert [x.concept for x in r.ledger(["IS", "MT"])] == ["trade"]
        assert r.reading(one.document.id) == one  # what was read is kept apart from what was decided
        r.undo("decision", number, person="Ada")
        assert [x.concept for x in r.ledger(["IS", "MT"])] == ["agriculture", "trade"]


def test_a_rejection_follows_a_finding_that_a_new_reader_cuts_otherwise(url: str) -> None:
    body = "Anna Berg said that chips for all are the aim of the year."
    old = reading("Remarks", body, statements=[("Anna Berg", "NO", "said", "chips for all are the aim of the year")])
    new = reading("Remarks", body, statements=[("Anna Berg", "NO", "said", "chips for all are the aim")], reader="reader 2")
    with record.open(url) as r:
        r.add([old])
        r.reject(r.said("Berg")[0].key, person="Ada", why="irony")
        r.reread(Reader([new]))
        assert r.said(about="chips")[:] == []


def test_amended_and_added_findings_stand_beside_the_reading_and_survive_it(url: str) -> None:
    one = series_of_dialogues([2019])[0]
    text = one.document.text
    with record.open(url) as r:
        r.add([one])
        key = shown(finding_key(one.document.id, one.domains[0], 0))
        r.amend(key, _domain(text, "agriculture", "launched", "fisheries"), person="Ada", why="they signed")
        r.add_finding(one.document.id, "domain", _domain(text, "culture", "explored", "good one"), person="Ada")
        r.reread(Reader([one]))
        assert {(x.concept, x.stage) for x in r.ledger(["IS", "MT"])} == {
            ("agriculture", "launched"), ("trade", "continued"), ("culture", "explored"),
        }  # fmt: skip
        [gold] = r.corrections()
        assert {(d["id"], d["stage"], d["quote"]) for d in gold["domains"]} == {
            ("agriculture", "launched", "fisheries"), ("trade", "continued", "trade"), ("culture", "explored", "good one"),
        }  # fmt: skip
        assert [(d.verb, d.person, d.stands) for d in r.decisions()] == [("amend", "Ada", True), ("add", "Ada", True)]


def test_what_is_no_finding_is_refused_and_leaves_nothing_behind(url: str) -> None:
    one = series_of_dialogues([2019])[0]
    good = _domain(one.document.text, "culture", "explored", "good one")
    with record.open(url) as r:
        r.add([one])
        digest = r.digest()
        with pytest.raises(DecisionError, match="not a domain"):
            r.add_finding(one.document.id, "domain", {"id": "culture"}, person="Ada")
        with pytest.raises(DecisionError, match="does not read"):
            r.add_finding(one.document.id, "domain", {**good, "spans": [{"start": 0, "end": 5, "exact": "wrong"}]}, person="Ada")
        with pytest.raises(DecisionError, match="name of the person"):
            r.add_finding(one.document.id, "domain", good, person="")
        with pytest.raises(UnknownNameError):
            r.reject("ffffffffffff", person="Ada")
        assert r.digest() == digest


def test_sql_reads_and_cannot_write_whatever_is_typed(url: str) -> None:
    with record.open(url) as r:
        r.add(series_of_dialogues())
        digest = r.digest()
        assert [row["n"] for row in r.sql("SELECT count(*) AS n FROM statement;")] == [4]
        assert list(r.sql("WITH x AS (SELECT kind FROM engagement) SELECT DISTINCT kind FROM x")) == [{"kind": "dialogue"}]
        for typed in (
            "DELETE FROM statement",
            "SELECT 1; DELETE FROM statement",
            "WITH x AS (DELETE FROM statement RETURNING id) SELECT * FROM x",
            "INSERT INTO setting VALUES ('a', 'b')",
            "DROP TABLE statement",
            "UPDATE statement SET mode = 'x'",
            "PRAGMA writable_schema = 1",
            "ATTACH DATABASE '/tmp/other.db' AS other",
            "VACUUM",
            "COMMIT",
            "SET TRANSACTION READ WRITE",
            "COPY statement TO PROGRAM 'cat'",
            "CREATE TABLE mine (x int)",
            "SELECT * INTO mine FROM statement",
            "SELECT * FROM statement FOR UPDATE",
            "SELECT writefile('/tmp/written', 'x')",
            "SELECT load_extension('x')",
            "SELECT fts5(x'00')",
            "INSERT INTO words (words) VALUES ('delete-all')",
            "CREATE TEMP TABLE mine AS SELECT 1",
            "SELECT nextval('document_n_seq')",
            "SELECT query_to_xml('DELETE FROM statement', true, true, '')",
            "SELECT set_config('transaction_read_only', 'off', true)",
            "EXPLAIN ANALYZE DELETE FROM statement",
            "VALUES (1) RETURNING 1",
            "/* SELECT */ DELETE FROM statement -- SELECT",
            "REPLACE INTO setting VALUES ('a', 'b')",
            "PREPARE x AS DELETE FROM statement",
            "DO $$ BEGIN DELETE FROM statement; END $$",
            "nonsense",
            "",
            ";",
        ):
            with pytest.raises(QueryError):
                list(r.sql(typed))
        assert r.digest() == digest
        assert r.add(series_of_dialogues([2030])).stored == 1  # the connection can write again


def test_what_sql_leaves_on_a_session_does_not_hinder_others(postgres_server: str) -> None:
    import psycopg

    from verbale.record.connection import _WRITER

    with psycopg.connect(postgres_server.replace("+psycopg", "") + "/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE locks")
    with record.open(f"{postgres_server}/locks") as r:
        list(r.sql(f"SELECT pg_advisory_lock({_WRITER})"))
        list(r.sql("SELECT set_config('default_transaction_read_only', 'on', false)"))
        list(r.sql("SELECT lo_create(0)"))
        assert list(r.sql("SELECT * FROM pg_largeobject_metadata")) == []
        assert r.add(series_of_dialogues([2019])).stored == 1


def test_answers_become_arrow_tables(url: str) -> None:
    pytest.importorskip("pyarrow")
    with record.open(url) as r:
        r.add(series_of_dialogues())
        table = r.ledger(["IS", "MT"]).to_arrow()
        assert table.num_rows == 10
        assert table.column("concept").to_pylist()[0] == "agriculture"

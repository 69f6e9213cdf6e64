"""The first version of the tables of a record, with its full-text index."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "document",
        sa.Column("n", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("day", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_document_day", "document", ["day"], unique=False)
    op.create_index("ix_document_publisher", "document", ["publisher"], unique=False)
    op.create_index("ix_document_url", "document", ["url"], unique=False)
    op.create_table(
        "judgement",
        sa.Column("n", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("left", _NUMBER, nullable=False),
        sa.Column("right", _NUMBER, nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("at", sa.Text(), nullable=True),
        sa.Column("undoes", _NUMBER, nullable=True),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_index("ix_judgement_person", "judgement", ["person"], unique=False)
    op.create_index("ix_judgement_right", "judgement", ["right"], unique=False)
    op.create_index("judgement_pair", "judgement", ["kind", "left", "right"], unique=False)
    op.create_table(
        "person_form",
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=True),
        sa.Column("party", sa.Text(), nullable=True),
        sa.Column("cluster", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_person_form_cluster", "person_form", ["cluster"], unique=False)
    op.create_table(
        "series_form",
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parties", sa.Text(), nullable=False),
        sa.Column("cluster", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_series_form_cluster", "series_form", ["cluster"], unique=False)
    op.create_table(
        "setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "succession",
        sa.Column("old", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("new", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("old"),
    )
    op.create_table(
        "assessment",
        sa.Column("n", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("commitment", _NUMBER, nullable=False),
        sa.Column("document", _NUMBER, nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("undoes", _NUMBER, nullable=True),
        sa.ForeignKeyConstraint(
            ["document"],
            ["document.n"],
        ),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_index("ix_assessment_commitment", "assessment", ["commitment"], unique=False)
    op.create_table(
        "commitment",
        sa.Column("deadline", sa.Text(), nullable=True),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("document", _NUMBER, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("decision", _NUMBER, nullable=True),
        sa.ForeignKeyConstraint(
            ["document"],
            ["document.n"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_commitment_document", "commitment", ["document"], unique=False)
    op.create_table(
        "concept",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("concept", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("document", _NUMBER, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("decision", _NUMBER, nullable=True),
        sa.ForeignKeyConstraint(
            ["document"],
            ["document.n"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("concept_by_name", "concept", ["concept", "document"], unique=False)
    op.create_index("ix_concept_document", "concept", ["document"], unique=False)
    op.create_table(
        "decision",
        sa.Column("n", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("document", _NUMBER, nullable=False),
        sa.Column("finding", _NUMBER, nullable=True),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("undoes", _NUMBER, nullable=True),
        sa.ForeignKeyConstraint(
            ["document"],
            ["document.n"],
        ),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_index("ix_decision_document", "decision", ["document"], unique=False)
    op.create_index("ix_decision_finding", "decision", ["finding"], unique=False)
    op.create_index("ix_decision_undoes", "decision", ["undoes"], unique=False)
    op.create_table(
        "engagement",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("principal", sa.Boolean(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("day", sa.Text(), nullable=True),
        sa.Column("day_spans", sa.Text(), nullable=True),
        sa.Column("day_confidence", sa.Double(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("place_spans", sa.Text(), nullable=True),
        sa.Column("place_confidence", sa.Double(), nullable=True),
        sa.Column("series", sa.Text(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=True),
        sa.Column("series_spans", sa.Text(), nullable=True),
        sa.Column("series_confidence", sa.Double(), nullable=True),
        sa.Column("form", _NUMBER, nullable=True),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("cluster", _NUMBER, nullable=False),
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("document", _NUMBER, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("decision", _NUMBER, nullable=True),
        sa.ForeignKeyConstraint(
            ["document"],
            ["document.n"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_engagement_cluster", "engagement", ["cluster"], unique=False)
    op.create_index("ix_engagement_day", "engagement", ["day"], unique=False)
    op.create_index("ix_engagement_document", "engagement", ["document"], unique=False)
    op.create_index("ix_engagement_form", "engagement", ["form"], unique=False)
    op.create_table(
        "figure",
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("comparator", sa.Text(), nullable=False),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("document", _NUMBER, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("decision", _NUMBER, nullable=True),
        sa.ForeignKeyConstraint(
            ["document"],
            ["document.n"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_figure_document", "figure", ["document"], unique=False)
    op.create_table(
        "reading",
        sa.Column("document", _NUMBER, nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("about_talks", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document"],
            ["document.n"],
        ),
        sa.PrimaryKeyConstraint("document"),
    )
    op.create_index("ix_reading_reader", "reading", ["reader"], unique=False)
    op.create_table(
        "statement",
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=True),
        sa.Column("party", sa.Text(), nullable=True),
        sa.Column("form", _NUMBER, nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("cue", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("negated", sa.Boolean(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=True),
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("document", _NUMBER, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("decision", _NUMBER, nullable=True),
        sa.ForeignKeyConstraint(
            ["document"],
            ["document.n"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_statement_document", "statement", ["document"], unique=False)
    op.create_index("ix_statement_form", "statement", ["form"], unique=False)
    op.create_index("ix_statement_party", "statement", ["party"], unique=False)
    op.create_table(
        "commitment_domain",
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("commitment", _NUMBER, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment"],
            ["commitment.id"],
        ),
        sa.PrimaryKeyConstraint("domain", "commitment"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_commitment_domain_commitment", "commitment_domain", ["commitment"], unique=False)
    op.create_table(
        "commitment_party",
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("commitment", _NUMBER, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment"],
            ["commitment.id"],
        ),
        sa.PrimaryKeyConstraint("party", "commitment"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_commitment_party_commitment", "commitment_party", ["commitment"], unique=False)
    op.create_table(
        "delegate",
        sa.Column("engagement", _NUMBER, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=True),
        sa.Column("party", sa.Text(), nullable=True),
        sa.Column("form", _NUMBER, nullable=False),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["engagement"],
            ["engagement.id"],
        ),
        sa.PrimaryKeyConstraint("engagement", "ordinal"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_delegate_form", "delegate", ["form"], unique=False)
    op.create_table(
        "engagement_party",
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("engagement", _NUMBER, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["engagement"],
            ["engagement.id"],
        ),
        sa.PrimaryKeyConstraint("party", "engagement"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_engagement_party_engagement", "engagement_party", ["engagement"], unique=False)
    op.create_table(
        "subject",
        sa.Column("engagement", _NUMBER, nullable=False),
        sa.Column("concept", _NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["concept"],
            ["concept.id"],
        ),
        sa.ForeignKeyConstraint(
            ["engagement"],
            ["engagement.id"],
        ),
        sa.PrimaryKeyConstraint("engagement", "concept"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_subject_concept", "subject", ["concept"], unique=False)
    # The words of a document are folded the same way for both databases before they are indexed, hence the plainest tokenisers.
    if op.get_bind().dialect.name == "postgresql":
        op.create_table("words", sa.Column("document", _NUMBER, primary_key=True), sa.Column("found", TSVECTOR(), nullable=False))
        op.create_index("words_found", "words", ["found"], postgresql_using="gin")
    else:
        op.execute("CREATE VIRTUAL TABLE words USING fts5(found, content='', tokenize='unicode61 remove_diacritics 0', prefix='3')")

"""What questions and the renewal of identities need at hand: days of statements, their topics, meetings, and what is pending."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns and tables; the first renewal of the identities fills what is derived."""
    op.add_column("statement", sa.Column("day", sa.Text(), nullable=False, server_default=""))
    op.execute("UPDATE statement SET day = COALESCE((SELECT d.day FROM document d WHERE d.n = statement.document), '')")
    op.drop_index("ix_statement_form", "statement")
    op.drop_index("ix_statement_party", "statement")
    op.create_index("statement_by_form", "statement", ["form", "day"])
    op.create_index("statement_by_party", "statement", ["party", "day"])
    op.create_index("statement_by_day", "statement", ["day"])
    op.add_column("person_form", sa.Column("times", sa.Integer(), nullable=False, server_default="0"))
    for name in ("first", "last", "side"):
        op.add_column("person_form", sa.Column(name, sa.Text(), nullable=True))
    op.create_table(
        "topic",
        sa.Column("concept", sa.Text(), primary_key=True),
        sa.Column("day", sa.Text(), primary_key=True),
        sa.Column("statement", _NUMBER, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_topic_statement", "topic", ["statement"])
    op.create_table(
        "meeting",
        sa.Column("a", sa.Text(), primary_key=True),
        sa.Column("b", sa.Text(), primary_key=True),
        sa.Column("cluster", _NUMBER, primary_key=True),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("last", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("meeting_other", "meeting", ["b", "a", "cluster"])
    op.create_index("meeting_cluster", "meeting", ["cluster"])
    op.create_table(
        "pending",
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("key", _NUMBER, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.execute("DELETE FROM setting WHERE key = 'identities'")
    op.execute("INSERT INTO pending (kind, key) SELECT 'document', n FROM document")
    op.execute("INSERT INTO pending (kind, key) SELECT 'topic', n FROM document")
    op.execute("INSERT INTO pending (kind, key) SELECT 'seen', id FROM person_form")
    op.execute("INSERT INTO pending (kind, key) SELECT 'series', id FROM series_form")

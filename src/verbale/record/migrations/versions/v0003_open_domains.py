"""The subjects of a document that no vocabulary holds."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; documents that were read before have none until they are read again."""
    op.add_column("reading", sa.Column("open_domains", sa.JSON(), nullable=True))

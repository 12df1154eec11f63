"""Which delegations hear the server through which of its processes, for a moment."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "presence",
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("dialogue_id", sa.Text(), nullable=False),
        sa.Column(
            "delegations", sa.Text(), nullable=False, comment="their codes, with blanks between"
        ),
        sa.Column("until", sa.BigInteger(), nullable=False, comment="it is taken for dead then"),
        sa.PrimaryKeyConstraint("process", "dialogue_id", name=op.f("pk_presence")),
        comment="who hears the server through which process; refers to nothing, since it soon "
        "lapses",
    )


def downgrade() -> None:
    op.drop_table("presence")

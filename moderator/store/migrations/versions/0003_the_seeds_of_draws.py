"""The seeds of draws, until they are revealed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draw",
        sa.Column("dialogue_id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False, comment="which the log publishes"),
        sa.Column("seed", sa.Text(), nullable=False, comment="in the log too, once it is revealed"),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_draw_dialogue_id_dialogue")
        ),
        sa.PrimaryKeyConstraint("dialogue_id", "sha256", name=op.f("pk_draw")),
    )


def downgrade() -> None:
    op.drop_table("draw")

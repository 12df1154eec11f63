"""Rehearsals: dialogues of which another one is told, and seats that are in one for a while."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "rehearsal_of",
                sa.Text(),
                nullable=True,
                comment="the dialogue that is tried out here; null for what is no rehearsal",
            )
        )
        batch_op.create_unique_constraint(batch_op.f("uq_dialogue_rehearsal_of"), ["rehearsal_of"])
        batch_op.create_foreign_key(
            batch_op.f("fk_dialogue_rehearsal_of_dialogue"), "dialogue", ["rehearsal_of"], ["id"]
        )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "rehearsal",
                sa.Text(),
                nullable=True,
                comment="the rehearsal in which the device is at the moment; null: in its dialogue",
            )
        )
        batch_op.create_index(batch_op.f("ix_seat_rehearsal"), ["rehearsal"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_seat_rehearsal_dialogue"), "dialogue", ["rehearsal"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_seat_rehearsal_dialogue"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_seat_rehearsal"))
        batch_op.drop_column("rehearsal")
    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_dialogue_rehearsal_of_dialogue"), type_="foreignkey"
        )
        batch_op.drop_constraint(batch_op.f("uq_dialogue_rehearsal_of"), type_="unique")
        batch_op.drop_column("rehearsal_of")

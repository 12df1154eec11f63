"""The log and the plain tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "anchor",
        sa.Column("boot_id", sa.Text(), nullable=False),
        sa.Column(
            "offset", sa.BigInteger(), nullable=False, comment="wall time minus boot time, ms"
        ),
        sa.PrimaryKeyConstraint("boot_id", name=op.f("pk_anchor")),
        comment="wall time, read once per boot of each host and carried by its monotonic clock",
    )
    op.create_table(
        "dialogue",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column(
            "programme", sa.Text(), nullable=False, comment="the programme file it was made from"
        ),
        sa.Column(
            "starts_at",
            sa.BigInteger(),
            nullable=True,
            comment="when it starts, where not as in the file",
        ),
        sa.Column(
            "seconds",
            sa.Integer(),
            nullable=True,
            comment="every limit, in seconds, for trying out",
        ),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("hash", sa.Text(), server_default="", nullable=False),
        sa.Column("next_due", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogue")),
    )
    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dialogue_next_due"), ["next_due"], unique=False)

    op.create_table(
        "event",
        sa.Column("dialogue_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column(
            "command_id", sa.Text(), nullable=True, comment="null for what time alone brought about"
        ),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_event_dialogue_id_dialogue")
        ),
        sa.PrimaryKeyConstraint("dialogue_id", "version", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_event_dialogue_id_command_id"),
            ["dialogue_id", "command_id"],
            unique=False,
        )

    op.create_table(
        "link",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("dialogue_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column(
            "issue", sa.Integer(), nullable=False, comment="raised when the link is issued again"
        ),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_link_dialogue_id_dialogue")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_link_code_hash")),
        sa.UniqueConstraint(
            "dialogue_id", "role", "subject", name=op.f("uq_link_dialogue_id_role_subject")
        ),
        sa.UniqueConstraint("token_hash", name=op.f("uq_link_token_hash")),
    )
    op.create_table(
        "note",
        sa.Column("dialogue_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("segment_id", sa.Text(), nullable=False),
        sa.Column("intervention_id", sa.Text(), nullable=True),
        sa.Column("theme_id", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_note_dialogue_id_dialogue")
        ),
        sa.PrimaryKeyConstraint("dialogue_id", "id", name=op.f("pk_note")),
    )
    op.create_table(
        "receipt",
        sa.Column("dialogue_id", sa.Text(), nullable=False),
        sa.Column("command_id", sa.Text(), nullable=False),
        sa.Column(
            "digest", sa.Text(), nullable=False, comment="of the whole command and its actor"
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "undo", sa.Integer(), nullable=True, comment="the version by which it can be undone"
        ),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_receipt_dialogue_id_dialogue")
        ),
        sa.PrimaryKeyConstraint("dialogue_id", "command_id", name=op.f("pk_receipt")),
        comment="every command that was acknowledged, so that the same tap is answered the same",
    )
    op.create_table(
        "seat",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("dialogue_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("expelled_at", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_seat_dialogue_id_dialogue")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_dialogue_id"), ["dialogue_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_seat_expelled_at"), ["expelled_at"], unique=False)

    op.create_table(
        "token",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("dialogue_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_token_dialogue_id_dialogue")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_token_secret_hash")),
    )


def downgrade() -> None:
    op.drop_table("token")
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seat_expelled_at"))
        batch_op.drop_index(batch_op.f("ix_seat_dialogue_id"))

    op.drop_table("seat")
    op.drop_table("receipt")
    op.drop_table("note")
    op.drop_table("link")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_dialogue_id_command_id"))

    op.drop_table("event")
    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dialogue_next_due"))

    op.drop_table("dialogue")
    op.drop_table("anchor")

"""What set-up, rapporteurs and the editing of the Summary write; free text beside the log."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "revision",
                sa.Integer(),
                server_default="0",
                nullable=False,
                comment="how often the programme was changed",
            )
        )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.add_column(sa.Column("revoked_at", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("stance", sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "revision",
                sa.Integer(),
                server_default="1",
                nullable=False,
                comment="how often it was written",
            )
        )
    op.create_table(
        "text",
        sa.Column("dialogue_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True, comment="null when it was erased"),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_text_dialogue_id_dialogue")
        ),
        sa.PrimaryKeyConstraint("dialogue_id", "id", name=op.f("pk_text")),
        comment="free text that events name by id and by the SHA-256 of salt and text",
    )
    op.create_table(
        "paragraph",
        sa.Column("dialogue_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True, comment="null when it was taken out"),
        sa.Column("drafted", sa.Text(), nullable=True, comment="what the draft said at the time"),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_paragraph_dialogue_id_dialogue")
        ),
        sa.PrimaryKeyConstraint("dialogue_id", "key", "revision", name=op.f("pk_paragraph")),
        comment="paragraphs of the Summary as people have written them, every version",
    )
    op.create_table(
        "walk_in",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("dialogue_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False, comment="seen by the secretariat alone"),
        sa.Column("seat_id", sa.Text(), nullable=False, comment="the device that registered"),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("delegation", sa.Text(), nullable=True, comment="null while not approved"),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_walk_in_dialogue_id_dialogue")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walk_in")),
    )
    with op.batch_alter_table("walk_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_walk_in_dialogue_id"), ["dialogue_id"], unique=False)
    op.create_table(
        "desk",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column(
            "role", sa.Text(), nullable=False, comment="secretariat, or wall: sees all rooms"
        ),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("expelled_at", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk")),
        comment="devices that belong to the installation and to no dialogue",
    )


def downgrade() -> None:
    op.drop_table("desk")
    op.drop_table("walk_in")
    op.drop_table("paragraph")
    op.drop_table("text")
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.drop_column("revision")
        batch_op.drop_column("stance")
        batch_op.drop_column("kind")
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_column("revoked_at")
    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        batch_op.drop_column("revision")

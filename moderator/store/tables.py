"""The tables. `event` is the truth of a dialogue and is only ever added to; the others are plain.

Instants are milliseconds since 1970 in UTC; hashes are lower-case hexadecimal SHA-256.
"""

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

dialogue = sa.Table(
    "dialogue",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("programme", sa.Text, nullable=False, comment="the programme file it was made from"),
    sa.Column("starts_at", sa.BigInteger, comment="when it starts, where not as in the file"),
    sa.Column("seconds", sa.Integer, comment="every limit, in seconds, for trying out"),
    sa.Column("made_at", sa.BigInteger, nullable=False),
    sa.Column("version", sa.Integer, nullable=False, server_default="0"),
    sa.Column("hash", sa.Text, nullable=False, server_default=""),
    sa.Column("next_due", sa.BigInteger, index=True),
    sa.Column("closed_at", sa.BigInteger),
    sa.Column(
        "revision",
        sa.Integer,
        nullable=False,
        server_default="0",
        comment="how often the programme was changed",
    ),
    sa.Column(
        "rehearsal_of",
        sa.ForeignKey("dialogue.id"),
        unique=True,
        comment="the dialogue that is tried out here; null for what is no rehearsal",
    ),
    sa.Column(
        "speed", sa.Integer, comment="of a simulated day: how many times as fast its programme is"
    ),
)

event = sa.Table(
    "event",
    metadata,
    sa.Column("dialogue_id", sa.ForeignKey("dialogue.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("command_id", sa.Text, comment="null for what time alone brought about"),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("data", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Index(None, "dialogue_id", "command_id"),
)

receipt = sa.Table(
    "receipt",
    metadata,
    sa.Column("dialogue_id", sa.ForeignKey("dialogue.id"), primary_key=True),
    sa.Column("command_id", sa.Text, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False, comment="of the whole command and its actor"),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("undo", sa.Integer, comment="the version by which it can be undone"),
    comment="every command that was acknowledged, so that the same tap is answered the same",
)

link = sa.Table(
    "link",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("dialogue_id", sa.ForeignKey("dialogue.id"), nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("subject", sa.Text),
    sa.Column("issue", sa.Integer, nullable=False, comment="raised when the link is issued again"),
    sa.Column("token_hash", sa.Text, nullable=False, unique=True),
    sa.Column("code_hash", sa.Text, unique=True),
    sa.Column("revoked_at", sa.BigInteger),
    sa.UniqueConstraint("dialogue_id", "role", "subject"),
)

seat = sa.Table(
    "seat",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("dialogue_id", sa.ForeignKey("dialogue.id"), nullable=False, index=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("subject", sa.Text),
    sa.Column("secret_hash", sa.Text, nullable=False),
    sa.Column("made_at", sa.BigInteger, nullable=False),
    sa.Column("expires_at", sa.BigInteger, nullable=False),
    sa.Column("expelled_at", sa.BigInteger, index=True),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column(
        "rehearsal",
        sa.ForeignKey("dialogue.id"),
        index=True,
        comment="the rehearsal in which the device is at the moment; null: in its dialogue",
    ),
)

token = sa.Table(
    "token",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("dialogue_id", sa.ForeignKey("dialogue.id"), nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("subject", sa.Text),
    sa.Column("secret_hash", sa.Text, nullable=False, unique=True),
    sa.Column("made_at", sa.BigInteger, nullable=False),
    sa.Column("expires_at", sa.BigInteger, nullable=False),
    sa.Column("revoked_at", sa.BigInteger),
)

note = sa.Table(
    "note",
    metadata,
    sa.Column("dialogue_id", sa.ForeignKey("dialogue.id"), primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("segment_id", sa.Text, nullable=False),
    sa.Column("intervention_id", sa.Text),
    sa.Column("theme_id", sa.Text),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.Text),
    sa.Column("stance", sa.Text),
    sa.Column(
        "revision",
        sa.Integer,
        nullable=False,
        server_default="1",
        comment="how often it was written",
    ),
)

text = sa.Table(
    "text",
    metadata,
    sa.Column("dialogue_id", sa.ForeignKey("dialogue.id"), primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("salt", sa.Text, nullable=False),
    sa.Column("text", sa.Text, comment="null when it was erased"),
    comment="free text that events name by id and by the SHA-256 of salt and text",
)

draw = sa.Table(
    "draw",
    metadata,
    sa.Column("dialogue_id", sa.ForeignKey("dialogue.id"), primary_key=True),
    sa.Column("sha256", sa.Text, primary_key=True, comment="which the log publishes"),
    sa.Column("seed", sa.Text, nullable=False, comment="in the log too, once it is revealed"),
)

paragraph = sa.Table(
    "paragraph",
    metadata,
    sa.Column("dialogue_id", sa.ForeignKey("dialogue.id"), primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("after", sa.Text),
    sa.Column("text", sa.Text, comment="null when it was taken out"),
    sa.Column("drafted", sa.Text, comment="what the draft said at the time"),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    comment="paragraphs of the Summary as people have written them, every version",
)

walk_in = sa.Table(
    "walk_in",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("dialogue_id", sa.ForeignKey("dialogue.id"), nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("category", sa.Text, nullable=False),
    sa.Column("person", sa.Text, nullable=False, comment="seen by the secretariat alone"),
    sa.Column("seat_id", sa.Text, nullable=False, comment="the device that registered"),
    sa.Column("asked_at", sa.BigInteger, nullable=False),
    sa.Column("decided_at", sa.BigInteger),
    sa.Column("delegation", sa.Text, comment="null while not approved"),
)

desk = sa.Table(
    "desk",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("role", sa.Text, nullable=False, comment="secretariat, or wall: sees all rooms"),
    sa.Column("secret_hash", sa.Text, nullable=False),
    sa.Column("made_at", sa.BigInteger, nullable=False),
    sa.Column("expires_at", sa.BigInteger, nullable=False),
    sa.Column("expelled_at", sa.BigInteger),
    sa.Column("language", sa.Text, nullable=False),
    comment="devices that belong to the installation and to no dialogue",
)

presence = sa.Table(
    "presence",
    metadata,
    sa.Column("process", sa.Text, primary_key=True),
    sa.Column("dialogue_id", sa.Text, primary_key=True),
    sa.Column("delegations", sa.Text, nullable=False, comment="their codes, with blanks between"),
    sa.Column("until", sa.BigInteger, nullable=False, comment="it is taken for dead then"),
    comment="who hears the server through which process; refers to nothing, since it soon lapses",
)

anchor = sa.Table(
    "anchor",
    metadata,
    sa.Column("boot_id", sa.Text, primary_key=True),
    sa.Column("offset", sa.BigInteger, nullable=False, comment="wall time minus boot time, ms"),
    comment="wall time, read once per boot of each host and carried by its monotonic clock",
)

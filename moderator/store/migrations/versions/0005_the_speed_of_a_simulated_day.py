"""How many times as fast the programme of a simulated day is."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "speed",
                sa.Integer(),
                nullable=True,
                comment="of a simulated day: how many times as fast its programme is",
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        batch_op.drop_column("speed")

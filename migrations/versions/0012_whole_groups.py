"""What a member of a group says once, and what partner patients gave"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Column by column: a rebuilt table would lose the checks that SQLite does not tell.
    op.execute(
        "ALTER TABLE event_member ADD COLUMN reminded_by VARCHAR(24) CONSTRAINT ck_event_member_reminded"
        " CHECK (reminded_by IN ('mail', 'sms', 'call', 'not'))"
    )
    for column in (
        sa.Column("companion_names", sa.Text(), nullable=True),
        sa.Column("answers", sa.Text(), nullable=True),
        sa.Column("agrees_to_photos", sa.Boolean(), server_default=sa.false(), nullable=False),
    ):
        op.add_column("event_member", column)
    op.create_table(
        "event_presence",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_event_presence_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["occurrence_id"],
            ["event_occurrence.id"],
            name=op.f("fk_event_presence_occurrence_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("account_id", "occurrence_id", name=op.f("pk_event_presence")),
    )
    op.create_index(op.f("ix_event_presence_occurrence_id"), "event_presence", ["occurrence_id"])


def downgrade() -> None:
    op.drop_table("event_presence")
    for column in ("agrees_to_photos", "answers", "companion_names", "reminded_by"):
        op.execute(f"ALTER TABLE event_member DROP COLUMN {column}")

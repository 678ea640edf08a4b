"""Desk of waves"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _of_a_wave() -> list[sa.Column[object]]:
    return [
        sa.Column("purpose", sa.Text(), server_default="", nullable=False),
        sa.Column("results_on", sa.Date(), nullable=True),
        sa.Column("is_listed", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("serves_kiosk", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("double_entry", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
    ]


def upgrade() -> None:
    # Column by column: a rebuilt table would lose the checks that SQLite does not tell.
    for column in _of_a_wave():
        op.add_column("survey_wave", column)
    op.add_column("survey_channel", sa.Column("started", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "survey_typed_sheet",
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("waiting", sa.Text(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_survey_typed_sheet_number")),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["survey_wave.id"], name=op.f("fk_survey_typed_sheet_wave_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("wave_id", "number", name=op.f("pk_survey_typed_sheet")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_result_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "mail",
                "phone",
                "letter",
                "reception",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["survey_wave.id"], name=op.f("fk_survey_result_notice_wave_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_result_notice")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_survey_result_notice_wave_id"), "survey_result_notice", ["wave_id"])


def downgrade() -> None:
    op.drop_table("survey_result_notice")
    op.drop_table("survey_typed_sheet")
    op.drop_column("survey_channel", "started")
    for column in reversed(_of_a_wave()):
        op.drop_column("survey_wave", column.name)

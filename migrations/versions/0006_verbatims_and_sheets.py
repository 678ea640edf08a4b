"""Verbatims and sheets"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "verbatim_code",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_verbatim_code")),
    )
    op.create_table(
        "verbatim_reading",
        sa.Column("verbatim_id", sa.Uuid(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "publishable",
                "team",
                "deleted",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("masked", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("is_wiped", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["account.id"], name=op.f("fk_verbatim_reading_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["verbatim_id"],
            ["survey_verbatim.id"],
            name=op.f("fk_verbatim_reading_verbatim_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("verbatim_id", name=op.f("pk_verbatim_reading")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "verbatim_theme",
        sa.Column("verbatim_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["verbatim_id"],
            ["survey_verbatim.id"],
            name=op.f("fk_verbatim_theme_verbatim_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("verbatim_id", "code", name=op.f("pk_verbatim_theme")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("verbatim_theme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verbatim_theme_code"), ["code"], unique=False)


def downgrade() -> None:
    op.drop_table("verbatim_theme")
    op.drop_table("verbatim_reading")
    op.drop_table("verbatim_code")

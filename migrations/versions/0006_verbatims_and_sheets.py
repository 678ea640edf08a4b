"""Verbatims and sheets"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


SQLITE = [
    "CREATE TRIGGER survey_result_sheet_frozen BEFORE UPDATE ON survey_result_sheet WHEN old.state <> 'draft' AND (new.number <> old.number OR new.heard <> old.heard OR new.promised <> old.promised OR new.published_at <> old.published_at OR new.figures <> old.figures OR new.quotes <> old.quotes OR new.shown <> old.shown OR new.state = 'draft') BEGIN SELECT RAISE(ABORT, 'a published sheet is frozen'); END",
]

POSTGRESQL = [
    "CREATE FUNCTION survey_result_sheet_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF old.state <> 'draft' AND (new.number <> old.number OR new.heard <> old.heard OR new.promised <> old.promised OR new.published_at <> old.published_at OR new.figures::text <> old.figures::text OR new.quotes::text <> old.quotes::text OR new.shown::text <> old.shown::text OR new.state = 'draft') THEN RAISE EXCEPTION 'a published sheet is frozen'; END IF; RETURN new; END $$",
    "CREATE TRIGGER survey_result_sheet_frozen BEFORE UPDATE ON survey_result_sheet FOR EACH ROW EXECUTE FUNCTION survey_result_sheet_refuse()",
]

POSTGRESQL_UNDO = ["DROP FUNCTION survey_result_sheet_refuse()"]


def _run(statements: list[str], engine: str) -> None:
    if op.get_bind().dialect.name == engine:
        for statement in statements:
            op.get_bind().exec_driver_sql(statement)


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
        "survey_result_sheet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "replaced",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("quotes", sa.JSON(), nullable=False),
        sa.Column("heard", sa.Text(), nullable=False),
        sa.Column("promised", sa.Text(), nullable=False),
        sa.Column("shown", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'draft') = (published_at IS NULL)",
            name=op.f("ck_survey_result_sheet_published_with_moment"),
        ),
        sa.CheckConstraint(
            "state <> 'withdrawn' OR reason <> ''", name=op.f("ck_survey_result_sheet_withdrawn_with_reason")
        ),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["survey_wave.id"], name=op.f("fk_survey_result_sheet_wave_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_result_sheet")),
        sa.UniqueConstraint("wave_id", "number", name=op.f("uq_survey_result_sheet_wave_id_number")),
    )
    with op.batch_alter_table("survey_result_sheet", schema=None) as batch_op:
        batch_op.create_index(
            "uq_survey_result_sheet_draft",
            ["wave_id"],
            unique=True,
            sqlite_where=sa.text("state = 'draft'"),
            postgresql_where=sa.text("state = 'draft'"),
        )
        batch_op.create_index(
            "uq_survey_result_sheet_published",
            ["wave_id"],
            unique=True,
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )

    op.create_table(
        "survey_result_tie",
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitment.id"],
            name=op.f("fk_survey_result_tie_commitment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"],
            ["survey_result_sheet.id"],
            name=op.f("fk_survey_result_tie_sheet_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sheet_id", "commitment_id", name=op.f("pk_survey_result_tie")),
    )
    with op.batch_alter_table("survey_result_tie", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_survey_result_tie_commitment_id"), ["commitment_id"], unique=False
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
    _run(SQLITE, "sqlite")
    _run(POSTGRESQL, "postgresql")


def downgrade() -> None:
    op.drop_table("verbatim_theme")
    op.drop_table("verbatim_reading")
    op.drop_table("survey_result_tie")
    op.drop_table("survey_result_sheet")
    op.drop_table("verbatim_code")
    _run(POSTGRESQL_UNDO, "postgresql")

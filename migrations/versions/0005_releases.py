"""Releases"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


SQLITE = [
    "CREATE TRIGGER survey_release_kept BEFORE UPDATE ON survey_release WHEN CAST(new.shown AS TEXT) <> CAST(old.shown AS TEXT) OR new.counted IS NOT NULL BEGIN SELECT RAISE(ABORT, 'what was released is written down for good'); END",
    "CREATE TRIGGER survey_crossing_kept BEFORE UPDATE ON survey_crossing WHEN CAST(new.shown AS TEXT) <> CAST(old.shown AS TEXT) OR new.counted IS NOT NULL BEGIN SELECT RAISE(ABORT, 'what was released is written down for good'); END",
]

POSTGRESQL = [
    "CREATE FUNCTION survey_release_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF CAST(new.shown AS TEXT) <> CAST(old.shown AS TEXT) OR new.counted IS NOT NULL THEN RAISE EXCEPTION 'what was released is written down for good'; END IF; RETURN new; END $$",
    "CREATE TRIGGER survey_release_kept BEFORE UPDATE ON survey_release FOR EACH ROW EXECUTE FUNCTION survey_release_refuse()",
    "CREATE TRIGGER survey_crossing_kept BEFORE UPDATE ON survey_crossing FOR EACH ROW EXECUTE FUNCTION survey_release_refuse()",
]

POSTGRESQL_UNDO = ["DROP FUNCTION survey_release_refuse()"]


def _run(statements: list[str], engine: str) -> None:
    if op.get_bind().dialect.name == engine:
        for statement in statements:
            op.get_bind().exec_driver_sql(statement)


def upgrade() -> None:
    op.create_table(
        "survey_release",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.Column("counted", sa.Text(), nullable=True),
        sa.CheckConstraint("number > 0 AND responses >= 0", name=op.f("ck_survey_release_counts")),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["survey_wave.id"], name=op.f("fk_survey_release_wave_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_release")),
        sa.UniqueConstraint("wave_id", "number", name=op.f("uq_survey_release_wave_id_number")),
    )
    op.create_table(
        "survey_crossing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.Column("counted", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["survey_release.id"],
            name=op.f("fk_survey_crossing_release_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_crossing")),
        sa.UniqueConstraint(
            "release_id", "question", "segment", name=op.f("uq_survey_crossing_release_id_question_segment")
        ),
    )
    op.create_index(
        "ix_survey_answer_counted",
        "survey_answer",
        ["version_id", "question_id", "place", "state", "choice_id", "number", "month"],
        unique=False,
    )
    _run(SQLITE, "sqlite")
    _run(POSTGRESQL, "postgresql")


def downgrade() -> None:
    op.drop_index("ix_survey_answer_counted", "survey_answer")
    op.drop_table("survey_crossing")
    op.drop_table("survey_release")
    _run(POSTGRESQL_UNDO, "postgresql")

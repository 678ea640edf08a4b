"""Waves"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


SQLITE = [
    "CREATE TRIGGER survey_wave_kept BEFORE UPDATE ON survey_wave WHEN old.anonymity = 'strict' AND new.anonymity <> 'strict' OR new.version_id <> old.version_id BEGIN SELECT RAISE(ABORT, 'a wave keeps what it promised'); END",
]

POSTGRESQL = [
    "CREATE FUNCTION survey_wave_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF old.anonymity = 'strict' AND new.anonymity <> 'strict' OR new.version_id <> old.version_id THEN RAISE EXCEPTION 'a wave keeps what it promised'; END IF; RETURN new; END $$",
    "CREATE TRIGGER survey_wave_kept BEFORE UPDATE ON survey_wave FOR EACH ROW EXECUTE FUNCTION survey_wave_refuse()",
]

POSTGRESQL_UNDO = ["DROP FUNCTION survey_wave_refuse()"]


def _run(statements: list[str], engine: str) -> None:
    if op.get_bind().dialect.name == engine:
        for statement in statements:
            op.get_bind().exec_driver_sql(statement)


def upgrade() -> None:
    op.create_table(
        "survey_wave",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "anonymity",
            sa.Enum(
                "strict",
                "confidential",
                name="anonymity",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("minimum_cell", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("retained_until", sa.Date(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_survey_wave_closes_after_it_opens")),
        sa.CheckConstraint("minimum_cell >= 5", name=op.f("ck_survey_wave_minimum_cell")),
        sa.CheckConstraint("population IS NULL OR population > 0", name=op.f("ck_survey_wave_population")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["questionnaire_version.id"], name=op.f("fk_survey_wave_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_wave")),
        sa.UniqueConstraint("code", name=op.f("uq_survey_wave_code")),
        sa.UniqueConstraint("id", "version_id", name=op.f("uq_survey_wave_id_version_id")),
    )
    op.create_table(
        "survey_channel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "link",
                "poster",
                "slips",
                "kiosk",
                "paper",
                "phone",
                "event",
                "idea",
                name="channelkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("handed_out", sa.Integer(), nullable=True),
        sa.Column("completed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["survey_wave.id"], name=op.f("fk_survey_channel_wave_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_channel")),
        sa.UniqueConstraint("wave_id", "kind", name=op.f("uq_survey_channel_wave_id_kind")),
    )
    op.create_table(
        "survey_pending",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("submission_key", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["survey_wave.id"], name=op.f("fk_survey_pending_wave_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_pending")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_survey_pending_submission_key")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("survey_pending", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_pending_wave_id"), ["wave_id"], unique=False)

    op.create_table(
        "survey_response",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["wave_id", "version_id"],
            ["survey_wave.id", "survey_wave.version_id"],
            name=op.f("fk_survey_response_wave_id_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_response")),
        sa.UniqueConstraint("id", "version_id", name=op.f("uq_survey_response_id_version_id")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("survey_response", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_response_wave_id"), ["wave_id"], unique=False)

    op.create_table(
        "survey_ticket",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("is_spent", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["survey_wave.id"], name=op.f("fk_survey_ticket_wave_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_survey_ticket")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("survey_ticket", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_ticket_wave_id"), ["wave_id"], unique=False)

    op.create_table(
        "survey_verbatim",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["survey_response.id"],
            name=op.f("fk_survey_verbatim_response_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["version_id", "question_id"],
            ["questionnaire_question.version_id", "questionnaire_question.id"],
            name=op.f("fk_survey_verbatim_version_id_question_id"),
        ),
        sa.ForeignKeyConstraint(
            ["wave_id", "version_id"],
            ["survey_wave.id", "survey_wave.version_id"],
            name=op.f("fk_survey_verbatim_wave_id_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_verbatim")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("survey_verbatim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_verbatim_wave_id"), ["wave_id"], unique=False)

    op.create_table(
        "survey_answer",
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "answered",
                "skipped",
                "not_shown",
                "not_applicable",
                "illegible",
                name="answered",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("choice_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Double(), nullable=True),
        sa.Column("month", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["response_id", "version_id"],
            ["survey_response.id", "survey_response.version_id"],
            name=op.f("fk_survey_answer_response_id_version_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id", "question_id", "choice_id"],
            [
                "questionnaire_choice.version_id",
                "questionnaire_choice.question_id",
                "questionnaire_choice.id",
            ],
            name=op.f("fk_survey_answer_version_id_question_id_choice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id", "question_id"],
            ["questionnaire_question.version_id", "questionnaire_question.id"],
            name=op.f("fk_survey_answer_version_id_question_id"),
        ),
        sa.PrimaryKeyConstraint("question_id", "response_id", "place", name=op.f("pk_survey_answer")),
        sqlite_with_rowid=False,
    )
    _run(SQLITE, "sqlite")
    _run(POSTGRESQL, "postgresql")


def downgrade() -> None:
    op.drop_table("survey_answer")
    op.drop_table("survey_verbatim")
    op.drop_table("survey_ticket")
    op.drop_table("survey_response")
    op.drop_table("survey_pending")
    op.drop_table("survey_channel")
    op.drop_table("survey_wave")
    _run(POSTGRESQL_UNDO, "postgresql")

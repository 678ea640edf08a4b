"""Surveys"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


SQLITE = [
    "CREATE TRIGGER questionnaire_page_frozen_insert BEFORE INSERT ON questionnaire_page WHEN EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.id = new.version_id AND v.state <> 'draft') BEGIN SELECT RAISE(ABORT, 'a frozen version cannot be changed'); END",
    "CREATE TRIGGER questionnaire_page_frozen_update BEFORE UPDATE ON questionnaire_page WHEN EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.id = old.version_id AND v.state <> 'draft') OR EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.id = new.version_id AND v.state <> 'draft') BEGIN SELECT RAISE(ABORT, 'a frozen version cannot be changed'); END",
    "CREATE TRIGGER questionnaire_page_frozen_delete BEFORE DELETE ON questionnaire_page WHEN EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.id = old.version_id AND v.state <> 'draft') BEGIN SELECT RAISE(ABORT, 'a frozen version cannot be changed'); END",
    "CREATE TRIGGER questionnaire_question_frozen_insert BEFORE INSERT ON questionnaire_question WHEN EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.id = new.version_id AND v.state <> 'draft') BEGIN SELECT RAISE(ABORT, 'a frozen version cannot be changed'); END",
    "CREATE TRIGGER questionnaire_question_frozen_update BEFORE UPDATE ON questionnaire_question WHEN EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.id = old.version_id AND v.state <> 'draft') OR EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.id = new.version_id AND v.state <> 'draft') BEGIN SELECT RAISE(ABORT, 'a frozen version cannot be changed'); END",
    "CREATE TRIGGER questionnaire_question_frozen_delete BEFORE DELETE ON questionnaire_question WHEN EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.id = old.version_id AND v.state <> 'draft') BEGIN SELECT RAISE(ABORT, 'a frozen version cannot be changed'); END",
    "CREATE TRIGGER questionnaire_choice_frozen_insert BEFORE INSERT ON questionnaire_choice WHEN EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.id = new.version_id AND v.state <> 'draft') BEGIN SELECT RAISE(ABORT, 'a frozen version cannot be changed'); END",
    "CREATE TRIGGER questionnaire_choice_frozen_update BEFORE UPDATE ON questionnaire_choice WHEN EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.id = old.version_id AND v.state <> 'draft') OR EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.id = new.version_id AND v.state <> 'draft') BEGIN SELECT RAISE(ABORT, 'a frozen version cannot be changed'); END",
    "CREATE TRIGGER questionnaire_choice_frozen_delete BEFORE DELETE ON questionnaire_choice WHEN EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.id = old.version_id AND v.state <> 'draft') BEGIN SELECT RAISE(ABORT, 'a frozen version cannot be changed'); END",
    "CREATE TRIGGER questionnaire_dependence_frozen_insert BEFORE INSERT ON questionnaire_dependence WHEN EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.id = new.version_id AND v.state <> 'draft') BEGIN SELECT RAISE(ABORT, 'a frozen version cannot be changed'); END",
    "CREATE TRIGGER questionnaire_dependence_frozen_update BEFORE UPDATE ON questionnaire_dependence WHEN EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.id = old.version_id AND v.state <> 'draft') OR EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.id = new.version_id AND v.state <> 'draft') BEGIN SELECT RAISE(ABORT, 'a frozen version cannot be changed'); END",
    "CREATE TRIGGER questionnaire_dependence_frozen_delete BEFORE DELETE ON questionnaire_dependence WHEN EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.id = old.version_id AND v.state <> 'draft') BEGIN SELECT RAISE(ABORT, 'a frozen version cannot be changed'); END",
    "CREATE TRIGGER questionnaire_text_frozen_insert BEFORE INSERT ON questionnaire_text WHEN EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.id = new.version_id AND v.state <> 'draft') BEGIN SELECT RAISE(ABORT, 'a frozen version cannot be changed'); END",
    "CREATE TRIGGER questionnaire_text_frozen_update BEFORE UPDATE ON questionnaire_text WHEN EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.id = old.version_id AND v.state <> 'draft') OR EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.id = new.version_id AND v.state <> 'draft') BEGIN SELECT RAISE(ABORT, 'a frozen version cannot be changed'); END",
    "CREATE TRIGGER questionnaire_text_frozen_delete BEFORE DELETE ON questionnaire_text WHEN EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.id = old.version_id AND v.state <> 'draft') BEGIN SELECT RAISE(ABORT, 'a frozen version cannot be changed'); END",
    "CREATE TRIGGER questionnaire_version_frozen_insert BEFORE INSERT ON questionnaire_version WHEN new.state <> 'draft' OR EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.state <> 'draft' AND (v.id = new.id OR v.questionnaire_id = new.questionnaire_id AND v.number = new.number)) BEGIN SELECT RAISE(ABORT, 'a frozen version cannot be changed'); END",
    "CREATE TRIGGER questionnaire_version_frozen_delete BEFORE DELETE ON questionnaire_version WHEN old.state <> 'draft' BEGIN SELECT RAISE(ABORT, 'a frozen version cannot be changed'); END",
    "CREATE TRIGGER questionnaire_version_frozen_update BEFORE UPDATE ON questionnaire_version WHEN old.state = 'draft' AND new.state = 'retired' OR old.state = 'draft' AND new.id <> old.id OR old.state <> 'draft' AND (old.state <> 'frozen' OR new.state <> 'retired' OR new.id IS NOT old.id OR new.questionnaire_id IS NOT old.questionnaire_id OR new.number IS NOT old.number OR new.parent_id IS NOT old.parent_id OR new.content_hash IS NOT old.content_hash OR new.change IS NOT old.change OR new.change_note IS NOT old.change_note OR new.languages IS NOT old.languages OR new.licence IS NOT old.licence OR new.instrument IS NOT old.instrument OR new.edited_at IS NOT old.edited_at OR new.frozen_at IS NOT old.frozen_at) BEGIN SELECT RAISE(ABORT, 'a frozen version cannot be changed'); END",
]

POSTGRESQL = [
    "CREATE FUNCTION questionnaire_part_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.id = old.version_id AND v.state <> 'draft') THEN RAISE EXCEPTION 'a frozen version cannot be changed'; END IF; IF TG_OP = 'DELETE' THEN RETURN old; END IF; IF EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.id = new.version_id AND v.state <> 'draft') THEN RAISE EXCEPTION 'a frozen version cannot be changed'; END IF; RETURN new; END $$",
    "CREATE FUNCTION questionnaire_version_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' AND new.state <> 'draft' THEN RAISE EXCEPTION 'a frozen version cannot be changed'; END IF; IF TG_OP = 'INSERT' THEN RETURN new; END IF; IF TG_OP = 'DELETE' AND old.state <> 'draft' THEN RAISE EXCEPTION 'a frozen version cannot be changed'; END IF; IF TG_OP = 'DELETE' THEN RETURN old; END IF; IF old.state = 'draft' AND (new.state = 'retired' OR new.id <> old.id) OR old.state <> 'draft' AND (old.state <> 'frozen' OR new.state <> 'retired' OR new.id IS DISTINCT FROM old.id OR new.questionnaire_id IS DISTINCT FROM old.questionnaire_id OR new.number IS DISTINCT FROM old.number OR new.parent_id IS DISTINCT FROM old.parent_id OR new.content_hash IS DISTINCT FROM old.content_hash OR new.change IS DISTINCT FROM old.change OR new.change_note IS DISTINCT FROM old.change_note OR new.languages::text IS DISTINCT FROM old.languages::text OR new.licence IS DISTINCT FROM old.licence OR new.instrument::text IS DISTINCT FROM old.instrument::text OR new.edited_at IS DISTINCT FROM old.edited_at OR new.frozen_at IS DISTINCT FROM old.frozen_at) THEN RAISE EXCEPTION 'a frozen version cannot be changed'; END IF; RETURN new; END $$",
    "CREATE TRIGGER questionnaire_page_frozen BEFORE INSERT OR UPDATE OR DELETE ON questionnaire_page FOR EACH ROW EXECUTE FUNCTION questionnaire_part_refuse()",
    "CREATE TRIGGER questionnaire_question_frozen BEFORE INSERT OR UPDATE OR DELETE ON questionnaire_question FOR EACH ROW EXECUTE FUNCTION questionnaire_part_refuse()",
    "CREATE TRIGGER questionnaire_choice_frozen BEFORE INSERT OR UPDATE OR DELETE ON questionnaire_choice FOR EACH ROW EXECUTE FUNCTION questionnaire_part_refuse()",
    "CREATE TRIGGER questionnaire_dependence_frozen BEFORE INSERT OR UPDATE OR DELETE ON questionnaire_dependence FOR EACH ROW EXECUTE FUNCTION questionnaire_part_refuse()",
    "CREATE TRIGGER questionnaire_text_frozen BEFORE INSERT OR UPDATE OR DELETE ON questionnaire_text FOR EACH ROW EXECUTE FUNCTION questionnaire_part_refuse()",
    "CREATE TRIGGER questionnaire_version_frozen BEFORE INSERT OR UPDATE OR DELETE ON questionnaire_version FOR EACH ROW EXECUTE FUNCTION questionnaire_version_refuse()",
]

POSTGRESQL_UNDO = [
    "DROP FUNCTION questionnaire_part_refuse()",
    "DROP FUNCTION questionnaire_version_refuse()",
]


def _run(statements: list[str], engine: str) -> None:
    if op.get_bind().dialect.name == engine:
        for statement in statements:
            op.get_bind().exec_driver_sql(statement)


def upgrade() -> None:
    op.create_table(
        "questionnaire",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire")),
        sa.UniqueConstraint("code", name=op.f("uq_questionnaire_code")),
    )
    op.create_table(
        "questionnaire_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("questionnaire_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "frozen",
                "retired",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("content_hash", sa.Text(), nullable=True),
        sa.Column(
            "change",
            sa.Enum(
                "cosmetic",
                "comparable",
                "breaking",
                name="change",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("change_note", sa.Text(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("instrument", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'draft') = (content_hash IS NULL)",
            name=op.f("ck_questionnaire_version_frozen_with_hash"),
        ),
        sa.CheckConstraint(
            "(state = 'draft') = (frozen_at IS NULL)",
            name=op.f("ck_questionnaire_version_frozen_with_moment"),
        ),
        sa.CheckConstraint(
            "state = 'draft' OR parent_id IS NULL OR change IS NOT NULL",
            name=op.f("ck_questionnaire_version_with_change"),
        ),
        sa.ForeignKeyConstraint(
            ["questionnaire_id", "parent_id"],
            ["questionnaire_version.questionnaire_id", "questionnaire_version.id"],
            name=op.f("fk_questionnaire_version_questionnaire_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_questionnaire_version_questionnaire_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_version")),
        sa.UniqueConstraint(
            "questionnaire_id", "id", name=op.f("uq_questionnaire_version_questionnaire_id_id")
        ),
        sa.UniqueConstraint(
            "questionnaire_id", "number", name=op.f("uq_questionnaire_version_questionnaire_id_number")
        ),
    )
    op.create_table(
        "questionnaire_page",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["questionnaire_version.id"],
            name=op.f("fk_questionnaire_page_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "id", name=op.f("pk_questionnaire_page")),
        sa.UniqueConstraint("version_id", "key", name=op.f("uq_questionnaire_page_version_id_key")),
        sa.UniqueConstraint("version_id", "position", name=op.f("uq_questionnaire_page_version_id_position")),
    )
    op.create_table(
        "questionnaire_question",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("concept", sa.Text(), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "one",
                "several",
                "faces",
                "agreement",
                "frequency",
                "yes_no",
                "number",
                "month",
                "ranking",
                "short_text",
                "long_text",
                "information",
                name="type",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("prefer_not", sa.Boolean(), nullable=False),
        sa.Column("condition", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id", "page_id"],
            ["questionnaire_page.version_id", "questionnaire_page.id"],
            name=op.f("fk_questionnaire_question_version_id_page_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "id", name=op.f("pk_questionnaire_question")),
        sa.UniqueConstraint("version_id", "key", name=op.f("uq_questionnaire_question_version_id_key")),
        sa.UniqueConstraint(
            "version_id", "position", name=op.f("uq_questionnaire_question_version_id_position")
        ),
    )
    op.create_table(
        "questionnaire_choice",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "normal",
                "not_applicable",
                "dont_know",
                "other",
                "none_of_these",
                name="choicekind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id", "question_id"],
            ["questionnaire_question.version_id", "questionnaire_question.id"],
            name=op.f("fk_questionnaire_choice_version_id_question_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "id", name=op.f("pk_questionnaire_choice")),
        sa.UniqueConstraint(
            "version_id",
            "question_id",
            "code",
            name=op.f("uq_questionnaire_choice_version_id_question_id_code"),
        ),
        sa.UniqueConstraint(
            "version_id", "question_id", "id", name=op.f("uq_questionnaire_choice_version_id_question_id_id")
        ),
        sa.UniqueConstraint(
            "version_id",
            "question_id",
            "position",
            name=op.f("uq_questionnaire_choice_version_id_question_id_position"),
        ),
    )
    op.create_table(
        "questionnaire_dependence",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("asked_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id", "asked_id"],
            ["questionnaire_question.version_id", "questionnaire_question.id"],
            name=op.f("fk_questionnaire_dependence_version_id_asked_id"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id", "question_id"],
            ["questionnaire_question.version_id", "questionnaire_question.id"],
            name=op.f("fk_questionnaire_dependence_version_id_question_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "version_id", "question_id", "asked_id", name=op.f("pk_questionnaire_dependence")
        ),
    )
    op.create_table(
        "questionnaire_text",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "name",
                "aim",
                "title",
                "text",
                "help",
                name="part",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column(
            "variant",
            sa.Enum(
                "standard", "short", name="variant", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("page_id", sa.Uuid(), nullable=True),
        sa.Column("question_id", sa.Uuid(), nullable=True),
        sa.Column("choice_id", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("audio_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "owner_id = coalesce(choice_id, question_id, page_id, version_id)",
            name=op.f("ck_questionnaire_text_owner"),
        ),
        sa.ForeignKeyConstraint(["audio_id"], ["upload.id"], name=op.f("fk_questionnaire_text_audio_id")),
        sa.ForeignKeyConstraint(
            ["version_id", "choice_id"],
            ["questionnaire_choice.version_id", "questionnaire_choice.id"],
            name=op.f("fk_questionnaire_text_version_id_choice_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id", "page_id"],
            ["questionnaire_page.version_id", "questionnaire_page.id"],
            name=op.f("fk_questionnaire_text_version_id_page_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id", "question_id"],
            ["questionnaire_question.version_id", "questionnaire_question.id"],
            name=op.f("fk_questionnaire_text_version_id_question_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["questionnaire_version.id"],
            name=op.f("fk_questionnaire_text_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "version_id", "owner_id", "part", "language", "variant", name=op.f("pk_questionnaire_text")
        ),
    )
    _run(SQLITE, "sqlite")
    _run(POSTGRESQL, "postgresql")


def downgrade() -> None:
    op.drop_table("questionnaire_text")
    op.drop_table("questionnaire_dependence")
    op.drop_table("questionnaire_choice")
    op.drop_table("questionnaire_question")
    op.drop_table("questionnaire_page")
    op.drop_table("questionnaire_version")
    op.drop_table("questionnaire")
    _run(POSTGRESQL_UNDO, "postgresql")

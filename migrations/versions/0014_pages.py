"""Pages"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


SQLITE = [
    "CREATE TRIGGER page_version_frozen BEFORE UPDATE ON page_version WHEN CAST(new.page_id AS TEXT) IS DISTINCT FROM CAST(old.page_id AS TEXT) OR CAST(new.language AS TEXT) IS DISTINCT FROM CAST(old.language AS TEXT) OR CAST(new.number AS TEXT) IS DISTINCT FROM CAST(old.number AS TEXT) OR CAST(new.title AS TEXT) IS DISTINCT FROM CAST(old.title AS TEXT) OR CAST(new.message AS TEXT) IS DISTINCT FROM CAST(old.message AS TEXT) OR CAST(new.summary AS TEXT) IS DISTINCT FROM CAST(old.summary AS TEXT) OR CAST(new.simple AS TEXT) IS DISTINCT FROM CAST(old.simple AS TEXT) OR CAST(new.short AS TEXT) IS DISTINCT FROM CAST(old.short AS TEXT) OR CAST(new.sources AS TEXT) IS DISTINCT FROM CAST(old.sources AS TEXT) OR CAST(new.source_id AS TEXT) IS DISTINCT FROM CAST(old.source_id AS TEXT) OR CAST(new.checklist AS TEXT) IS DISTINCT FROM CAST(old.checklist AS TEXT) OR CAST(new.kept AS TEXT) IS DISTINCT FROM CAST(old.kept AS TEXT) OR CAST(new.frozen_at AS TEXT) IS DISTINCT FROM CAST(old.frozen_at AS TEXT) OR (old.published_at IS NOT NULL AND new.published_at IS DISTINCT FROM old.published_at) BEGIN SELECT RAISE(ABORT, 'a version of a page is frozen'); END",
    "CREATE TRIGGER charter_frozen BEFORE UPDATE ON charter WHEN old.published_at IS NOT NULL AND (new.group_id IS DISTINCT FROM old.group_id OR new.number IS DISTINCT FROM old.number OR new.we_promise IS DISTINCT FROM old.we_promise OR new.you_promise IS DISTINCT FROM old.you_promise OR new.confidentiality IS DISTINCT FROM old.confidentiality OR new.image_rights IS DISTINCT FROM old.image_rights OR new.expenses IS DISTINCT FROM old.expenses OR new.published_at IS DISTINCT FROM old.published_at) BEGIN SELECT RAISE(ABORT, 'a published charter is frozen'); END",
]

POSTGRESQL = [
    "CREATE FUNCTION page_version_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF CAST(new.page_id AS TEXT) IS DISTINCT FROM CAST(old.page_id AS TEXT) OR CAST(new.language AS TEXT) IS DISTINCT FROM CAST(old.language AS TEXT) OR CAST(new.number AS TEXT) IS DISTINCT FROM CAST(old.number AS TEXT) OR CAST(new.title AS TEXT) IS DISTINCT FROM CAST(old.title AS TEXT) OR CAST(new.message AS TEXT) IS DISTINCT FROM CAST(old.message AS TEXT) OR CAST(new.summary AS TEXT) IS DISTINCT FROM CAST(old.summary AS TEXT) OR CAST(new.simple AS TEXT) IS DISTINCT FROM CAST(old.simple AS TEXT) OR CAST(new.short AS TEXT) IS DISTINCT FROM CAST(old.short AS TEXT) OR CAST(new.sources AS TEXT) IS DISTINCT FROM CAST(old.sources AS TEXT) OR CAST(new.source_id AS TEXT) IS DISTINCT FROM CAST(old.source_id AS TEXT) OR CAST(new.checklist AS TEXT) IS DISTINCT FROM CAST(old.checklist AS TEXT) OR CAST(new.kept AS TEXT) IS DISTINCT FROM CAST(old.kept AS TEXT) OR CAST(new.frozen_at AS TEXT) IS DISTINCT FROM CAST(old.frozen_at AS TEXT) OR (old.published_at IS NOT NULL AND new.published_at IS DISTINCT FROM old.published_at) THEN RAISE EXCEPTION 'a version of a page is frozen'; END IF; RETURN new; END $$",
    "CREATE TRIGGER page_version_frozen BEFORE UPDATE ON page_version FOR EACH ROW EXECUTE FUNCTION page_version_refuse()",
    "CREATE FUNCTION charter_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF old.published_at IS NOT NULL AND (new.group_id IS DISTINCT FROM old.group_id OR new.number IS DISTINCT FROM old.number OR new.we_promise IS DISTINCT FROM old.we_promise OR new.you_promise IS DISTINCT FROM old.you_promise OR new.confidentiality IS DISTINCT FROM old.confidentiality OR new.image_rights IS DISTINCT FROM old.image_rights OR new.expenses IS DISTINCT FROM old.expenses OR new.published_at IS DISTINCT FROM old.published_at) THEN RAISE EXCEPTION 'a published charter is frozen'; END IF; RETURN new; END $$",
    "CREATE TRIGGER charter_frozen BEFORE UPDATE ON charter FOR EACH ROW EXECUTE FUNCTION charter_refuse()",
]

SQLITE_UNDO = ["DROP TRIGGER charter_frozen"]
POSTGRESQL_UNDO = ["DROP TRIGGER charter_frozen ON charter", "DROP FUNCTION charter_refuse()"]


def _run(statements: list[str], engine: str) -> None:
    if op.get_bind().dialect.name == engine:
        for statement in statements:
            op.get_bind().exec_driver_sql(statement)


def upgrade() -> None:
    op.create_table(
        "empty_search",
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("words", name=op.f("pk_empty_search")),
    )
    op.create_table(
        "guide_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("tree", sa.JSON(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_version")),
        sa.UniqueConstraint("language", "number", name=op.f("uq_guide_version_language_number")),
    )
    op.create_table(
        "plain_word",
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("replacement", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("words", "replacement", name=op.f("pk_plain_word")),
    )
    op.create_table(
        "directory_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "emergency",
                "team",
                "cpts",
                "dac",
                "ccas",
                "cls",
                "pharmacy",
                "hospital",
                "association",
                "other",
                name="entrykind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("does", sa.Text(), nullable=False),
        sa.Column("for_whom", sa.Text(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("phone_hours", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("distance_km", sa.Double(), nullable=True),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("is_step_free", sa.Boolean(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "phone <> '' OR email <> '' OR website <> '' OR address <> ''",
            name=op.f("ck_directory_entry_can_be_reached"),
        ),
        sa.CheckConstraint("distance_km >= 0", name=op.f("ck_directory_entry_distance")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["account.id"],
            name=op.f("fk_directory_entry_changed_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_entry")),
        sa.UniqueConstraint("code", name=op.f("uq_directory_entry_code")),
    )
    op.create_table(
        "glossary_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("expansion", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("forms", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["account.id"],
            name=op.f("fk_glossary_term_changed_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glossary_term")),
        sa.UniqueConstraint("language", "folded", name=op.f("uq_glossary_term_language_folded")),
        sa.UniqueConstraint("language", "slug", name=op.f("uq_glossary_term_language_slug")),
    )
    op.create_table(
        "guide_draft",
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("tree", sa.JSON(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["edited_by_id"], ["account.id"], name=op.f("fk_guide_draft_edited_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("language", name=op.f("pk_guide_draft")),
    )
    op.create_table(
        "page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column(
            "shelf",
            sa.Enum(
                "here",
                "reach",
                "path",
                "rights",
                "words",
                name="shelf",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("icon", sa.Text(), nullable=False),
        sa.Column("is_action", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["account.id"], name=op.f("fk_page_owner_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page")),
        sa.UniqueConstraint("slug", name=op.f("uq_page_slug")),
    )
    with op.batch_alter_table("page", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_page_review_on"), ["review_on"], unique=False)

    op.create_table(
        "page_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_id"], ["page.id"], name=op.f("fk_page_picture_page_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["upload.id"], name=op.f("fk_page_picture_upload_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_picture")),
        sa.UniqueConstraint("page_id", "name", name=op.f("uq_page_picture_page_id_name")),
    )
    op.create_table(
        "page_recording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column(
            "body",
            sa.Enum("simple", "short", name="body", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("words_digest", sa.Text(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["page_id"], ["page.id"], name=op.f("fk_page_recording_page_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["account.id"],
            name=op.f("fk_page_recording_recorded_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["upload.id"], name=op.f("fk_page_recording_upload_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_recording")),
        sa.UniqueConstraint(
            "page_id", "language", "body", name=op.f("uq_page_recording_page_id_language_body")
        ),
    )
    op.create_table(
        "page_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("simple", sa.Text(), nullable=False),
        sa.Column("short", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("checklist", sa.JSON(), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_page_version_numbered")),
        sa.ForeignKeyConstraint(
            ["page_id"], ["page.id"], name=op.f("fk_page_version_page_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["source_id"], ["page_version.id"], name=op.f("fk_page_version_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_version")),
        sa.UniqueConstraint(
            "page_id", "language", "number", name=op.f("uq_page_version_page_id_language_number")
        ),
    )
    with op.batch_alter_table("page_version", schema=None) as batch_op:
        batch_op.create_index(
            "ix_page_version_published", ["page_id", "language", "published_at"], unique=False
        )

    op.create_table(
        "page_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("simple", sa.Text(), nullable=False),
        sa.Column("short", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("checklist", sa.JSON(), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["edited_by_id"], ["account.id"], name=op.f("fk_page_draft_edited_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["page_id"], ["page.id"], name=op.f("fk_page_draft_page_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["page_version.id"], name=op.f("fk_page_draft_source_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_draft")),
        sa.UniqueConstraint("page_id", "language", name=op.f("uq_page_draft_page_id_language")),
    )
    op.create_table(
        "page_missing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_key", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column(
            "body",
            sa.Enum("simple", "short", name="body", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handled_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["handled_by_id"], ["account.id"], name=op.f("fk_page_missing_handled_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["page_version.id"], name=op.f("fk_page_missing_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_missing")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_page_missing_submission_key")),
    )
    with op.batch_alter_table("page_missing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_page_missing_version_id"), ["version_id"], unique=False)

    op.create_table(
        "page_understood",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column(
            "body",
            sa.Enum("simple", "short", name="body", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "yes", "partly", "no", name="understood", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["page_version.id"],
            name=op.f("fk_page_understood_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "body", "section", "answer", name=op.f("pk_page_understood")),
    )
    op.create_table(
        "reading_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column(
            "body",
            sa.Enum("simple", "short", name="body", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("allowed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "allowed_at IS NULL OR body = 'short'", name=op.f("ck_reading_round_of_the_short_text")
        ),
        sa.CheckConstraint(
            "allowed_at IS NULL OR closed_at IS NOT NULL", name=op.f("ck_reading_round_closed_before_allowed")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["users_group.id"], name=op.f("fk_reading_round_group_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["account.id"], name=op.f("fk_reading_round_opened_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["page_version.id"], name=op.f("fk_reading_round_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_round")),
        sa.UniqueConstraint("code", name=op.f("uq_reading_round_code")),
    )
    with op.batch_alter_table("reading_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reading_round_version_id"), ["version_id"], unique=False)

    op.create_table(
        "round_reader",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("secret_digest", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "little_reading",
                "learns_french",
                "disability",
                "older",
                "patient",
                "carer",
                "professional",
                name="readerkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("on_paper", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("overall", sa.Text(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_round_reader_account_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["reading_round.id"], name=op.f("fk_round_reader_round_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_reader")),
        sa.UniqueConstraint("code", name=op.f("uq_round_reader_code")),
        sa.UniqueConstraint("secret_digest", name=op.f("uq_round_reader_secret_digest")),
    )
    with op.batch_alter_table("round_reader", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_reader_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_round_reader_round_id"), ["round_id"], unique=False)

    op.create_table(
        "line_mark",
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column(
            "mark",
            sa.Enum(
                "yes",
                "unsure",
                "no",
                name="understanding",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["round_reader.id"], name=op.f("fk_line_mark_reader_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reader_id", "line", name=op.f("pk_line_mark")),
    )
    _run(SQLITE, "sqlite")
    _run(POSTGRESQL, "postgresql")


def downgrade() -> None:
    config = op.get_context().config
    if config is not None:
        config.attributes["dropped"] = ["charter_frozen"]
    _run(SQLITE_UNDO, "sqlite")
    _run(POSTGRESQL_UNDO, "postgresql")
    op.drop_table("line_mark")
    op.drop_table("round_reader")
    op.drop_table("reading_round")
    op.drop_table("page_understood")
    op.drop_table("page_missing")
    op.drop_table("page_draft")
    op.drop_table("page_version")
    op.drop_table("page_recording")
    op.drop_table("page_picture")
    op.drop_table("page")
    op.drop_table("guide_draft")
    op.drop_table("glossary_term")
    op.drop_table("directory_entry")
    op.drop_table("plain_word")
    op.drop_table("guide_version")
    op.drop_table("empty_search")
    _run(["DROP FUNCTION page_version_refuse()"], "postgresql")

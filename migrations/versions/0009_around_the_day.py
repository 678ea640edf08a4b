"""Around the day"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

CHANNELS = ["mail", "phone", "letter", "reception"]
KINDS = ["code", "confirmation", "news", "work", "morning", "alert"]
# Of each check that lets in one value more: its table, column, values before and after.
WIDER = [
    ("survey_result_notice", "channel", CHANNELS, ["mail", "sms", *CHANNELS[1:]]),
    ("message", "channel", CHANNELS, ["mail", "sms", *CHANNELS[1:]]),
    ("message", "kind", KINDS, [*KINDS[:3], "reminder", *KINDS[3:]]),
    ("message_stop", "kind", KINDS, [*KINDS[:3], "reminder", *KINDS[3:]]),
]
DOORS = ["web", "kiosk", "paper", "phone", "reception", "relay", "workshop"]


def _is_one_of(column: str, values: list[str]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def _alter_check(table: str, column: str, before: list[str], after: list[str]) -> None:
    """SQLite: the text of the check alone, as https://www.sqlite.org/lang_altertable.html (7) allows."""
    old, new = _is_one_of(column, before), _is_one_of(column, after)
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f(f"ck_{table}_{column}"), table, type_="check")
        op.create_check_constraint(op.f(f"ck_{table}_{column}"), table, new)
        return
    version = op.get_bind().exec_driver_sql("PRAGMA schema_version").scalar_one()
    op.execute("PRAGMA writable_schema = ON")
    swap = sa.text(
        "UPDATE sqlite_master SET sql = replace(sql, :old, :new) WHERE type = 'table' AND name = :t"
    )
    op.get_bind().execute(swap, {"old": old, "new": new, "t": table})
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = OFF")


def _add_columns() -> None:
    # Column by column: a rebuilt table would lose the checks that SQLite does not tell.
    door = _is_one_of("door", DOORS)
    reminded = _is_one_of("reminded_by", ["mail", "sms", "call", "not"])
    op.execute(
        "ALTER TABLE sign_up ADD COLUMN door VARCHAR(24) DEFAULT 'web' NOT NULL"
        f" CONSTRAINT ck_sign_up_door CHECK ({door})"
    )
    op.execute(
        f"ALTER TABLE sign_up ADD COLUMN reminded_by VARCHAR(24) CONSTRAINT ck_sign_up_reminded CHECK ({reminded})"
    )
    for table, column in (
        ("sign_up", sa.Column("agrees_to_photos", sa.Boolean(), server_default=sa.false(), nullable=False)),
        ("event", sa.Column("is_joined_once", sa.Boolean(), server_default=sa.false(), nullable=False)),
        ("event_occurrence", sa.Column("head_count", sa.Integer(), nullable=True)),
        ("event_occurrence", sa.Column("day_closed_at", sa.DateTime(timezone=True), nullable=True)),
        ("event_occurrence", sa.Column("new_faces", sa.Integer(), nullable=True)),
        ("event_occurrence", sa.Column("minutes_words", sa.Text(), server_default="", nullable=False)),
    ):
        op.add_column(table, column)


def upgrade() -> None:
    for check in WIDER:
        _alter_check(*check)
    _add_columns()
    op.create_table(
        "event_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("submission_key", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_digest", sa.Text(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column(
            "reply",
            sa.Enum(
                "none",
                "mail",
                "phone",
                "letter",
                "reception",
                name="reply",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("party", sa.Integer(), nullable=False),
        sa.Column("companions", sa.JSON(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("needs_words", sa.Text(), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("party BETWEEN 1 AND 6", name=op.f("ck_event_member_party")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_event_member_account_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_event_member_entered_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_member_event_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_member")),
        sa.UniqueConstraint("code", name=op.f("uq_event_member_code")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_event_member_submission_key")),
    )
    with op.batch_alter_table("event_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_member_account_id"), ["account_id"], unique=False)
        batch_op.create_index(
            "uq_event_member_person",
            ["event_id", "person_digest"],
            unique=True,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )

    op.create_table(
        "event_programme",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("is_remote", sa.Boolean(), nullable=False),
        sa.Column("audiences", sa.JSON(), nullable=False),
        sa.Column("committee", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_programme_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_programme")),
    )
    op.create_table(
        "event_slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "welcome",
                "opening",
                "talk",
                "round_table",
                "workshop",
                "break",
                "lunch",
                "prize",
                "closing",
                "other",
                name="slotkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("takes_sign_up", sa.Boolean(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.CheckConstraint("capacity BETWEEN 1 AND 5000", name=op.f("ck_event_slot_some_places")),
        sa.CheckConstraint("starts < ends", name=op.f("ck_event_slot_starts_before_it_ends")),
        sa.CheckConstraint(
            "takes_sign_up OR capacity IS NULL", name=op.f("ck_event_slot_places_of_who_signs_up")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_slot_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_slot")),
        sa.UniqueConstraint("event_id", "position", name=op.f("uq_event_slot_event_id_position")),
    )
    op.create_table(
        "event_speaker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("is_remote", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["event_slot.id"], name=op.f("fk_event_speaker_slot_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_speaker")),
        sa.UniqueConstraint("slot_id", "position", name=op.f("uq_event_speaker_slot_id_position")),
    )
    op.create_table(
        "door_pass",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("token_digest", sa.Text(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_door_pass_made_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["occurrence_id"],
            ["event_occurrence.id"],
            name=op.f("fk_door_pass_occurrence_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_pass")),
        sa.UniqueConstraint("code", name=op.f("uq_door_pass_code")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_door_pass_token_digest")),
    )
    with op.batch_alter_table("door_pass", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_door_pass_occurrence_id"), ["occurrence_id"], unique=False)

    op.create_table(
        "event_commitment",
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitment.id"],
            name=op.f("fk_event_commitment_commitment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["occurrence_id"],
            ["event_occurrence.id"],
            name=op.f("fk_event_commitment_occurrence_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("occurrence_id", "commitment_id", name=op.f("pk_event_commitment")),
    )
    with op.batch_alter_table("event_commitment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_event_commitment_commitment_id"), ["commitment_id"], unique=False
        )

    op.create_table(
        "event_feedback",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("submission_digest", sa.Text(), nullable=True),
        sa.Column(
            "face",
            sa.Enum(
                "good", "fair", "poor", name="face", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "unread",
                "shown",
                "hidden",
                name="shown",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["occurrence_id"],
            ["event_occurrence.id"],
            name=op.f("fk_event_feedback_occurrence_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_feedback")),
        sa.UniqueConstraint("submission_digest", name=op.f("uq_event_feedback_submission_digest")),
    )
    with op.batch_alter_table("event_feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_feedback_occurrence_id"), ["occurrence_id"], unique=False)

    op.create_table(
        "event_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["account.id"], name=op.f("fk_event_photo_added_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["occurrence_id"],
            ["event_occurrence.id"],
            name=op.f("fk_event_photo_occurrence_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["upload.id"], name=op.f("fk_event_photo_upload_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_photo")),
        sa.UniqueConstraint(
            "occurrence_id", "upload_id", name=op.f("uq_event_photo_occurrence_id_upload_id")
        ),
    )
    op.create_table(
        "door_arrival",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_key", sa.Text(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("pass_id", sa.Integer(), nullable=True),
        sa.Column("sign_up_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "came",
                "undone",
                "walk_in",
                "count",
                name="arrivalkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("party", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("party >= 0", name=op.f("ck_door_arrival_party")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["account.id"], name=op.f("fk_door_arrival_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["occurrence_id"],
            ["event_occurrence.id"],
            name=op.f("fk_door_arrival_occurrence_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["pass_id"], ["door_pass.id"], name=op.f("fk_door_arrival_pass_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["sign_up_id"], ["sign_up.id"], name=op.f("fk_door_arrival_sign_up_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_arrival")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_door_arrival_submission_key")),
    )
    with op.batch_alter_table("door_arrival", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_door_arrival_occurrence_id"), ["occurrence_id"], unique=False)

    op.create_table(
        "event_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sign_up_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "week",
                "day",
                "hours",
                "thanks",
                name="deliverykind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "mail",
                "sms",
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
        sa.Column(
            "state",
            sa.Enum(
                "written",
                "missed",
                "superseded",
                name="deliverystate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["sign_up_id"], ["sign_up.id"], name=op.f("fk_event_delivery_sign_up_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_delivery")),
        sa.UniqueConstraint(
            "sign_up_id",
            "kind",
            "revision",
            "channel",
            name=op.f("uq_event_delivery_sign_up_id_kind_revision_channel"),
        ),
    )
    op.create_table(
        "event_need_done",
        sa.Column("sign_up_id", sa.Integer(), nullable=False),
        sa.Column(
            "need",
            sa.Enum(
                "step_free",
                "hearing",
                "sign_language",
                "interpreter",
                "large_print",
                "transport",
                "quiet",
                name="need",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["account.id"], name=op.f("fk_event_need_done_done_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["sign_up_id"], ["sign_up.id"], name=op.f("fk_event_need_done_sign_up_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sign_up_id", "need", name=op.f("pk_event_need_done")),
    )
    op.create_table(
        "event_slot_choice",
        sa.Column("sign_up_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sign_up_id"], ["sign_up.id"], name=op.f("fk_event_slot_choice_sign_up_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["event_slot.id"], name=op.f("fk_event_slot_choice_slot_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("sign_up_id", "slot_id", name=op.f("pk_event_slot_choice")),
    )
    with op.batch_alter_table("event_slot_choice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_slot_choice_slot_id"), ["slot_id"], unique=False)


def downgrade() -> None:
    op.drop_table("event_slot_choice")
    op.drop_table("event_need_done")
    op.drop_table("event_delivery")
    op.drop_table("door_arrival")
    op.drop_table("event_photo")
    op.drop_table("event_feedback")
    op.drop_table("event_commitment")
    op.drop_table("door_pass")
    op.drop_table("event_speaker")
    op.drop_table("event_slot")
    op.drop_table("event_programme")
    op.drop_table("event_member")
    op.execute("ALTER TABLE sign_up DROP COLUMN agrees_to_photos")
    for column in ("reminded_by", "door"):
        op.execute(f"ALTER TABLE sign_up DROP COLUMN {column}")
    op.execute("ALTER TABLE event DROP COLUMN is_joined_once")
    for column in ("minutes_words", "new_faces", "day_closed_at", "head_count"):
        op.execute(f"ALTER TABLE event_occurrence DROP COLUMN {column}")
    for table, column, before, after in WIDER:
        _alter_check(table, column, after, before)

"""Groups"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


LED_BY_A_GROUP = ("commitment", "event")
SQLITE = [
    "CREATE TRIGGER membership_kept BEFORE UPDATE ON membership WHEN new.group_id IS DISTINCT FROM old.group_id OR new.side IS DISTINCT FROM old.side OR new.kind IS DISTINCT FROM old.kind OR new.begun_at IS DISTINCT FROM old.begun_at OR new.mandate_ends_on IS DISTINCT FROM old.mandate_ends_on OR new.code IS DISTINCT FROM old.code OR (new.account_id IS NOT NULL AND new.account_id IS DISTINCT FROM old.account_id) OR (old.ended_at IS NOT NULL AND new.ended_at IS DISTINCT FROM old.ended_at) BEGIN SELECT RAISE(ABORT, 'a membership begins and ends, it is never edited'); END",
    "CREATE TRIGGER minutes_frozen BEFORE UPDATE ON minutes WHEN old.state = 'approved' AND (new.state IS DISTINCT FROM old.state OR new.heard IS DISTINCT FROM old.heard OR new.decided IS DISTINCT FROM old.decided OR new.in_full IS DISTINCT FROM old.in_full OR new.approved_at IS DISTINCT FROM old.approved_at OR new.shared_at IS DISTINCT FROM old.shared_at) BEGIN SELECT RAISE(ABORT, 'approved minutes are frozen'); END",
]

POSTGRESQL = [
    "CREATE FUNCTION membership_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF new.group_id IS DISTINCT FROM old.group_id OR new.side IS DISTINCT FROM old.side OR new.kind IS DISTINCT FROM old.kind OR new.begun_at IS DISTINCT FROM old.begun_at OR new.mandate_ends_on IS DISTINCT FROM old.mandate_ends_on OR new.code IS DISTINCT FROM old.code OR (new.account_id IS NOT NULL AND new.account_id IS DISTINCT FROM old.account_id) OR (old.ended_at IS NOT NULL AND new.ended_at IS DISTINCT FROM old.ended_at) THEN RAISE EXCEPTION 'a membership begins and ends, it is never edited'; END IF; RETURN new; END $$",
    "CREATE TRIGGER membership_kept BEFORE UPDATE ON membership FOR EACH ROW EXECUTE FUNCTION membership_refuse()",
    "CREATE FUNCTION minutes_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF old.state = 'approved' AND (new.state IS DISTINCT FROM old.state OR new.heard IS DISTINCT FROM old.heard OR new.decided IS DISTINCT FROM old.decided OR new.in_full IS DISTINCT FROM old.in_full OR new.approved_at IS DISTINCT FROM old.approved_at OR new.shared_at IS DISTINCT FROM old.shared_at) THEN RAISE EXCEPTION 'approved minutes are frozen'; END IF; RETURN new; END $$",
    "CREATE TRIGGER minutes_frozen BEFORE UPDATE ON minutes FOR EACH ROW EXECUTE FUNCTION minutes_refuse()",
]

POSTGRESQL_UNDO = ["DROP FUNCTION membership_refuse()", "DROP FUNCTION minutes_refuse()"]


def _run(statements: list[str], engine: str) -> None:
    if op.get_bind().dialect.name == engine:
        for statement in statements:
            op.get_bind().exec_driver_sql(statement)


def upgrade() -> None:
    op.create_table(
        "involvement_carried",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("relay_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("carried_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("consented_at <= carried_at", name=op.f("ck_involvement_carried_consent_first")),
        sa.ForeignKeyConstraint(
            ["relay_id"], ["account.id"], name=op.f("fk_involvement_carried_relay_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_involvement_carried")),
    )
    with op.batch_alter_table("involvement_carried", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_involvement_carried_relay_id"), ["relay_id"], unique=False)
        batch_op.create_index("uq_involvement_carried_kind", ["kind", "ref"], unique=True)

    op.create_table(
        "involvement_relay",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "social_worker",
                "association",
                "elected",
                "pharmacist",
                "home_nurse",
                "other",
                name="relaykind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_involvement_relay_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_involvement_relay")),
    )
    op.create_table(
        "involvement_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "poster",
                "carer",
                "nurse",
                "workshop",
                "social",
                "relay",
                "other",
                name="sourcekind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("relay_id", sa.Integer(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_involvement_source_made_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["relay_id"], ["account.id"], name=op.f("fk_involvement_source_relay_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_involvement_source")),
        sa.UniqueConstraint("code", name=op.f("uq_involvement_source_code")),
    )
    with op.batch_alter_table("involvement_source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_involvement_source_relay_id"), ["relay_id"], unique=False)

    op.create_table(
        "partner_file",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("skills", sa.Text(), nullable=True),
        sa.Column(
            "agreement",
            sa.Enum(
                "volunteer",
                "expenses",
                "fee",
                "association",
                name="agreement",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("association", sa.Text(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("ceiling", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_partner_file_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_partner_file")),
    )
    op.create_table(
        "partner_training",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_partner_training_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_training")),
        sa.UniqueConstraint("code", name=op.f("uq_partner_training_code")),
    )
    with op.batch_alter_table("partner_training", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partner_training_account_id"), ["account_id"], unique=False)

    op.create_table(
        "users_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "commission",
                "working_group",
                "circle",
                "reading_panel",
                "peers",
                "walk_committee",
                name="groupkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aim", sa.Text(), nullable=False),
        sa.Column("mandate", sa.Text(), nullable=False),
        sa.Column("budget_line", sa.Text(), nullable=False),
        sa.Column("rhythm", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column(
            "entry",
            sa.Enum(
                "open",
                "application",
                "invitation",
                name="entry",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "autonomy",
            sa.Enum(
                "proposed",
                "co_led",
                "own_agenda",
                "own_chair",
                "own_decisions",
                name="autonomy",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("is_public", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("referent_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_users_group_term")),
        sa.ForeignKeyConstraint(
            ["referent_id"], ["account.id"], name=op.f("fk_users_group_referent_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users_group")),
        sa.UniqueConstraint("code", name=op.f("uq_users_group_code")),
    )
    op.create_table(
        "call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column(
            "side",
            sa.Enum(
                "patient",
                "carer",
                "team",
                "elected",
                "association",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("time", sa.Text(), nullable=False),
        sa.Column("duration", sa.Text(), nullable=False),
        sa.Column("training", sa.Text(), nullable=False),
        sa.Column("costs", sa.Text(), nullable=False),
        sa.Column("companion", sa.Text(), nullable=False),
        sa.Column("who_decides", sa.Text(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "closed",
                name="callstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("places BETWEEN 1 AND 100", name=op.f("ck_call_places")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["users_group.id"], name=op.f("fk_call_group_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("code", name=op.f("uq_call_code")),
    )
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_group_id"), ["group_id"], unique=False)

    op.create_table(
        "charter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("we_promise", sa.Text(), nullable=False),
        sa.Column("you_promise", sa.Text(), nullable=False),
        sa.Column("confidentiality", sa.Text(), nullable=False),
        sa.Column("image_rights", sa.Text(), nullable=False),
        sa.Column("expenses", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["users_group.id"], name=op.f("fk_charter_group_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["account.id"], name=op.f("fk_charter_published_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charter")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_charter_group_id_number")),
    )
    op.create_table(
        "group_places",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "patient",
                "carer",
                "team",
                "elected",
                "association",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("lock", sa.Integer(), nullable=False),
        sa.CheckConstraint("places BETWEEN 0 AND 100", name=op.f("ck_group_places_some")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["users_group.id"], name=op.f("fk_group_places_group_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_id", "side", name=op.f("pk_group_places")),
    )
    op.create_table(
        "involvement_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("submission_key", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
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
        sa.Column("contact_digest", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column(
            "door",
            sa.Enum(
                "web",
                "kiosk",
                "paper",
                "phone",
                "reception",
                "relay",
                "workshop",
                name="door",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "contact",
                "interest",
                "first_act",
                "invited",
                "accompanied",
                "member",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("acts", sa.JSON(), nullable=False),
        sa.Column("whens", sa.JSON(), nullable=False),
        sa.Column("how_long", sa.Text(), nullable=False),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_involvement_person_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"],
            ["account.id"],
            name=op.f("fk_involvement_person_entered_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["account.id"], name=op.f("fk_involvement_person_owner_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["involvement_source.id"],
            name=op.f("fk_involvement_person_source_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_involvement_person")),
        sa.UniqueConstraint("code", name=op.f("uq_involvement_person_code")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_involvement_person_submission_key")),
    )
    with op.batch_alter_table("involvement_person", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_involvement_person_contact_digest"), ["contact_digest"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_involvement_person_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_involvement_person_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_involvement_person_source_id"), ["source_id"], unique=False)
        batch_op.create_index("ix_involvement_person_stage_created_at", ["stage", "created_at"], unique=False)
        batch_op.create_index(
            "uq_involvement_person_account",
            ["account_id"],
            unique=True,
            sqlite_where=sa.text("account_id IS NOT NULL"),
            postgresql_where=sa.text("account_id IS NOT NULL"),
        )

    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("remote_link", sa.Text(), nullable=True),
        sa.Column("transport", sa.Text(), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("agenda_closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_why", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_meeting_starts_before_it_ends")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["users_group.id"], name=op.f("fk_meeting_group_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_meeting_made_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("code", name=op.f("uq_meeting_code")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index("ix_meeting_group_id_starts_at", ["group_id", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_starts_at"), ["starts_at"], unique=False)

    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column(
            "side",
            sa.Enum(
                "patient",
                "carer",
                "team",
                "elected",
                "association",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "member",
                "co_chair",
                "facilitator",
                "secretary",
                "substitute",
                name="memberkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("substitute_for_id", sa.Integer(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mandate_ends_on", sa.Date(), nullable=True),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_why", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "substitute_for_id IS NULL OR kind = 'substitute'", name=op.f("ck_membership_substitute")
        ),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at >= begun_at", name=op.f("ck_membership_ends_after_it_begins")
        ),
        sa.CheckConstraint("substitute_for_id <> id", name=op.f("ck_membership_not_for_oneself")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_membership_account_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["account.id"], name=op.f("fk_membership_ended_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["account.id"], name=op.f("fk_membership_granted_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["users_group.id"], name=op.f("fk_membership_group_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["substitute_for_id"],
            ["membership.id"],
            name=op.f("fk_membership_substitute_for_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("code", name=op.f("uq_membership_code")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_membership_group_id"), ["group_id"], unique=False)
        batch_op.create_index(
            "uq_membership_active",
            ["group_id", "account_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "partner_expense",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("submission_key", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "travel",
                "meal",
                "care",
                "other",
                name="expensekind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("receipt_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "claimed",
                "accepted",
                "refused",
                "paid",
                name="expensestate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(state = 'claimed') = (answered_at IS NULL)", name=op.f("ck_partner_expense_answered")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_partner_expense_amount")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_partner_expense_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"],
            ["account.id"],
            name=op.f("fk_partner_expense_answered_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["users_group.id"], name=op.f("fk_partner_expense_group_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["upload.id"], name=op.f("fk_partner_expense_receipt_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_expense")),
        sa.UniqueConstraint("code", name=op.f("uq_partner_expense_code")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_partner_expense_submission_key")),
    )
    with op.batch_alter_table("partner_expense", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partner_expense_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_partner_expense_claimed_at"), ["claimed_at"], unique=False)

    op.create_table(
        "partner_mission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("submission_key", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_partner_mission_days")),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_partner_mission_minutes")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_partner_mission_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"],
            ["account.id"],
            name=op.f("fk_partner_mission_confirmed_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["users_group.id"], name=op.f("fk_partner_mission_group_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_mission")),
        sa.UniqueConstraint("code", name=op.f("uq_partner_mission_code")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_partner_mission_submission_key")),
    )
    with op.batch_alter_table("partner_mission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partner_mission_account_id"), ["account_id"], unique=False)

    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("is_kept", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("about_kind", sa.Text(), server_default="", nullable=False),
        sa.Column("about_ref", sa.Text(), server_default="", nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"],
            ["account.id"],
            name=op.f("fk_agenda_item_proposed_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("code", name=op.f("uq_agenda_item_code")),
    )
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_item_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("submission_key", sa.Text(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("person_digest", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
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
        sa.Column(
            "door",
            sa.Enum(
                "web",
                "kiosk",
                "paper",
                "phone",
                "reception",
                "relay",
                "workshop",
                name="door",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("wants_to_talk", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "accepted",
                "refused",
                "withdrawn",
                name="applicationstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("other_way", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state IN ('accepted', 'refused')) <= (answered_at IS NOT NULL)",
            name=op.f("ck_application_answered"),
        ),
        sa.CheckConstraint(
            "call_id IS NOT NULL OR group_id IS NOT NULL", name=op.f("ck_application_to_what")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_application_account_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"],
            ["account.id"],
            name=op.f("fk_application_answered_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_application_call_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_application_entered_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["users_group.id"], name=op.f("fk_application_group_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["involvement_person.id"],
            name=op.f("fk_application_person_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("code", name=op.f("uq_application_code")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_application_submission_key")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_application_state_due_on", ["state", "due_on"], unique=False)
        batch_op.create_index(
            "uq_application_open_call",
            ["call_id", "person_digest"],
            unique=True,
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )
        batch_op.create_index(
            "uq_application_open_group",
            ["group_id", "person_digest"],
            unique=True,
            sqlite_where=sa.text("state = 'received' AND call_id IS NULL"),
            postgresql_where=sa.text("state = 'received' AND call_id IS NULL"),
        )

    op.create_table(
        "call_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("position BETWEEN 1 AND 3", name=op.f("ck_call_question_at_most_three")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_call_question_call_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_question")),
        sa.UniqueConstraint("call_id", "position", name=op.f("uq_call_question_call_id_position")),
    )
    op.create_table(
        "charter_agreement",
        sa.Column("charter_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on_paper", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["charter_id"], ["charter.id"], name=op.f("fk_charter_agreement_charter_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_charter_agreement_membership_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["noted_by_id"],
            ["account.id"],
            name=op.f("fk_charter_agreement_noted_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("charter_id", "membership_id", name=op.f("pk_charter_agreement")),
    )
    with op.batch_alter_table("charter_agreement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_charter_agreement_membership_id"), ["membership_id"], unique=False
        )

    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column(
            "way",
            sa.Enum(
                "consent",
                "hands",
                "scores",
                "summary",
                name="way",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("is_adopted", sa.Boolean(), nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("moves_autonomy", sa.Text(), server_default="", nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "reviewed_at IS NULL OR closed_at IS NOT NULL", name=op.f("ck_decision_closed_first")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["users_group.id"], name=op.f("fk_decision_group_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_decision_meeting_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["account.id"], name=op.f("fk_decision_opened_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("code", name=op.f("uq_decision_code")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "group_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("is_public", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["account.id"], name=op.f("fk_group_document_added_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["users_group.id"], name=op.f("fk_group_document_group_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_group_document_meeting_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["upload.id"], name=op.f("fk_group_document_upload_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_document")),
        sa.UniqueConstraint("code", name=op.f("uq_group_document_code")),
    )
    with op.batch_alter_table("group_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_document_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_group_document_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "group_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_digest", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column(
            "side",
            sa.Enum(
                "patient",
                "carer",
                "team",
                "elected",
                "association",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "member",
                "co_chair",
                "facilitator",
                "secretary",
                "substitute",
                name="memberkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("substitute_for_id", sa.Integer(), nullable=True),
        sa.Column("mandate_ends_on", sa.Date(), nullable=True),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(account_id IS NULL) <> (person_id IS NULL)", name=op.f("ck_group_invitation_one_person")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_group_invitation_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["users_group.id"], name=op.f("fk_group_invitation_group_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"],
            ["account.id"],
            name=op.f("fk_group_invitation_invited_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_group_invitation_membership_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["involvement_person.id"],
            name=op.f("fk_group_invitation_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["substitute_for_id"],
            ["membership.id"],
            name=op.f("fk_group_invitation_substitute_for_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_invitation")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_group_invitation_code_digest")),
    )
    with op.batch_alter_table("group_invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_invitation_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_group_invitation_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_group_invitation_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_group_invitation_open_account",
            ["group_id", "account_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "uq_group_invitation_open_person",
            ["group_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "group_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["users_group.id"], name=op.f("fk_group_task_group_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_group_task_meeting_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["account.id"], name=op.f("fk_group_task_owner_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_task")),
        sa.UniqueConstraint("code", name=op.f("uq_group_task_code")),
    )
    with op.batch_alter_table("group_task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_task_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_group_task_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_group_task_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "idea_group",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("taken_up_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["account.id"], name=op.f("fk_idea_group_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["users_group.id"], name=op.f("fk_idea_group_group_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["idea.id"], name=op.f("fk_idea_group_idea_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("idea_id", "group_id", name=op.f("pk_idea_group")),
    )
    with op.batch_alter_table("idea_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_group_group_id"), ["group_id"], unique=False)

    op.create_table(
        "involvement_next_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["account.id"], name=op.f("fk_involvement_next_step_owner_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["involvement_person.id"],
            name=op.f("fk_involvement_next_step_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_involvement_next_step")),
    )
    with op.batch_alter_table("involvement_next_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_involvement_next_step_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_involvement_next_step_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_involvement_next_step_open",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )

    op.create_table(
        "involvement_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["account.id"], name=op.f("fk_involvement_note_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["involvement_person.id"],
            name=op.f("fk_involvement_note_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_involvement_note")),
    )
    with op.batch_alter_table("involvement_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_involvement_note_person_id"), ["person_id"], unique=False)

    op.create_table(
        "involvement_stage_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "contact",
                "interest",
                "first_act",
                "invited",
                "accompanied",
                "member",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["account.id"], name=op.f("fk_involvement_stage_change_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["involvement_person.id"],
            name=op.f("fk_involvement_stage_change_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_involvement_stage_change")),
    )
    with op.batch_alter_table("involvement_stage_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_involvement_stage_change_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "meeting_attendance",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column(
            "coming",
            sa.Enum(
                "coming",
                "excused",
                "came",
                "absent",
                name="coming",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("substitute_id", sa.Integer(), nullable=True),
        sa.Column("is_remote", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("needs_words", sa.Text(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("substitute_id <> membership_id", name=op.f("ck_meeting_attendance_not_oneself")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_attendance_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_meeting_attendance_membership_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["substitute_id"],
            ["membership.id"],
            name=op.f("fk_meeting_attendance_substitute_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("meeting_id", "membership_id", name=op.f("pk_meeting_attendance")),
    )
    with op.batch_alter_table("meeting_attendance", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_meeting_attendance_membership_id"), ["membership_id"], unique=False
        )

    op.create_table(
        "membership_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_membership_pause_membership_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_pause")),
    )
    with op.batch_alter_table("membership_pause", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_membership_pause_membership_id"), ["membership_id"], unique=False
        )
        batch_op.create_index(
            "uq_membership_pause_open",
            ["membership_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "membership_renewal",
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mandate_ends_on", sa.Date(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("goes_on", sa.Boolean(), nullable=True),
        sa.Column("renewed_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (goes_on IS NULL)", name=op.f("ck_membership_renewal_answer")
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_membership_renewal_membership_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["renewed_id"],
            ["membership.id"],
            name=op.f("fk_membership_renewal_renewed_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("membership_id", name=op.f("pk_membership_renewal")),
    )
    op.create_table(
        "membership_wish",
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("is_named", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("wants_digest", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("wants_post", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("feed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_membership_wish_membership_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("membership_id", name=op.f("pk_membership_wish")),
    )
    op.create_table(
        "minutes",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "shared",
                "approved",
                name="minutesstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("heard", sa.Text(), nullable=False),
        sa.Column("decided", sa.Text(), nullable=False),
        sa.Column("in_full", sa.Text(), nullable=False),
        sa.Column("public_words", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("correct_until", sa.Date(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'approved') = (approved_at IS NOT NULL)", name=op.f("ck_minutes_approved")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["account.id"], name=op.f("fk_minutes_approved_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_meeting_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["account.id"], name=op.f("fk_minutes_written_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_minutes")),
    )
    op.create_table(
        "survey_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("taken_up_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["account.id"], name=op.f("fk_survey_finding_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["users_group.id"], name=op.f("fk_survey_finding_group_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["survey_wave.id"], name=op.f("fk_survey_finding_wave_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_finding")),
        sa.UniqueConstraint("code", name=op.f("uq_survey_finding_code")),
    )
    with op.batch_alter_table("survey_finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_finding_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_survey_finding_wave_id"), ["wave_id"], unique=False)

    op.create_table(
        "autonomy_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "proposed",
                "co_led",
                "own_agenda",
                "own_chair",
                "own_decisions",
                name="autonomy",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["account.id"], name=op.f("fk_autonomy_move_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_autonomy_move_decision_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["users_group.id"], name=op.f("fk_autonomy_move_group_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_autonomy_move")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_autonomy_move_decision_id")),
    )
    with op.batch_alter_table("autonomy_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_autonomy_move_group_id"), ["group_id"], unique=False)

    op.create_table(
        "ballot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_ballot_decision_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
    )
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ballot_decision_id"), ["decision_id"], unique=False)

    op.create_table(
        "ballot_ticket",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_ballot_ticket_decision_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_ballot_ticket_membership_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("decision_id", "membership_id", name=op.f("pk_ballot_ticket")),
    )
    with op.batch_alter_table("ballot_ticket", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ballot_ticket_membership_id"), ["membership_id"], unique=False)

    op.create_table(
        "minutes_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("is_taken", sa.Boolean(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_minutes_correction_account_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["minutes.meeting_id"],
            name=op.f("fk_minutes_correction_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_correction")),
        sa.UniqueConstraint("code", name=op.f("uq_minutes_correction_code")),
    )
    with op.batch_alter_table("minutes_correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_minutes_correction_meeting_id"), ["meeting_id"], unique=False)

    for table in LED_BY_A_GROUP:
        # Column by column: a rebuilt table would lose the checks that SQLite does not tell.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN group_id INTEGER CONSTRAINT fk_{table}_group_id"
            " REFERENCES users_group (id) ON DELETE SET NULL"
        )
        op.create_index(op.f(f"ix_{table}_group_id"), table, ["group_id"])
    _run(SQLITE, "sqlite")
    _run(POSTGRESQL, "postgresql")


def downgrade() -> None:
    for table in LED_BY_A_GROUP:
        op.drop_index(op.f(f"ix_{table}_group_id"), table)
        op.execute(f"ALTER TABLE {table} DROP COLUMN group_id")
    op.drop_table("minutes_correction")
    op.drop_table("ballot_ticket")
    op.drop_table("ballot")
    op.drop_table("autonomy_move")
    op.drop_table("survey_finding")
    op.drop_table("minutes")
    op.drop_table("membership_wish")
    op.drop_table("membership_renewal")
    op.drop_table("membership_pause")
    op.drop_table("meeting_attendance")
    op.drop_table("involvement_stage_change")
    op.drop_table("involvement_note")
    op.drop_table("involvement_next_step")
    op.drop_table("idea_group")
    op.drop_table("group_task")
    op.drop_table("group_invitation")
    op.drop_table("group_document")
    op.drop_table("decision")
    op.drop_table("charter_agreement")
    op.drop_table("call_question")
    op.drop_table("application")
    op.drop_table("agenda_item")
    op.drop_table("partner_mission")
    op.drop_table("partner_expense")
    op.drop_table("membership")
    op.drop_table("meeting")
    op.drop_table("involvement_person")
    op.drop_table("group_places")
    op.drop_table("charter")
    op.drop_table("call")
    op.drop_table("users_group")
    op.drop_table("partner_training")
    op.drop_table("partner_file")
    op.drop_table("involvement_source")
    op.drop_table("involvement_relay")
    op.drop_table("involvement_carried")
    _run(POSTGRESQL_UNDO, "postgresql")

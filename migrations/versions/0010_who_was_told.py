"""Who was told"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "sign_up_change", sa.Column("to_tell", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_index(
        "ix_sign_up_change_to_tell",
        "sign_up_change",
        ["id"],
        sqlite_where=sa.text("to_tell"),
        postgresql_where=sa.text("to_tell"),
    )


def downgrade() -> None:
    op.drop_index("ix_sign_up_change_to_tell", table_name="sign_up_change")
    op.execute("ALTER TABLE sign_up_change DROP COLUMN to_tell")

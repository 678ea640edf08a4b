"""Which sign-in to end."""

from __future__ import annotations

from engage.accounts.forms import RowField
from engage.core.forms import Form


class EndForm(Form):
    sign_in_id = RowField()

"""Which mails about work a person of the team gets."""

from __future__ import annotations

from wtforms import BooleanField

from engage.core.forms import Form
from engage.core.i18n import lazy_gettext as _l


class MailsForm(Form):
    morning_mail = BooleanField(_l("Each working morning, when something waits"))
    due_mail = BooleanField(_l("Three days before an answer that is mine"))

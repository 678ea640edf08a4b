"""What an author may add, answer or correct."""

from __future__ import annotations

from wtforms import BooleanField
from wtforms.validators import InputRequired

from engage.core.forms import AreaField, Form, PublicForm, Written
from engage.core.i18n import lazy_gettext as _l
from engage.ideas.box.writing.forms import ContactFields


class WordsForm(PublicForm):
    """Words for the team; `calm` says that the emergency numbers were shown."""

    text = AreaField(_l("Your words"), [Written()], max_length=1000)
    calm = BooleanField(_l("I have seen the emergency numbers"))


class ContactForm(ContactFields):
    """Another way to hear back, or none any more."""


class WithdrawForm(Form):
    sure = BooleanField(
        _l("Yes, erase my words, my photo and my contact."),
        [InputRequired(_l("Tick the box to say that you are sure."))],
    )

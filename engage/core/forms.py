"""What a person may type: cleaned, bounded, and named like the parameters of the action it feeds."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Iterable
from datetime import timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import CombinedMultiDict, FileStorage, MultiDict
from wtforms import EmailField, HiddenField, StringField, TelField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.i18n import get_translations
from wtforms.validators import Email, Length, Optional, Regexp, StopValidation, ValidationError
from wtforms.widgets import HiddenInput

from engage.core import keys, limits
from engage.core.clock import now
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.i18n import lazy_gettext as _l
from engage.core.words import clean, has_words

LINE_LENGTH = 200
TEXT_LENGTH = 2000
SHEET_BYTES = 1_000_000
TRAP = "website"
CLICKS = timedelta(days=90)  # a page may be sent again by whoever opens their browser much later
KEY = r"[\w-]{16,64}\Z"  # what we give out: no engine may meet anything else as a key


def _cleaned(value: str | None) -> str:
    return clean(value or "")


def _one_line(value: str | None) -> str:
    return " ".join(clean(value or "").split())


def options(pairs: Iterable[tuple[object, object]]) -> list[SelectChoice]:
    """Choices of a list from (value, words) pairs."""
    return [SelectChoice(str(value), words) for value, words in pairs]


class Written:
    """Validator: at least a word, not only signs, spaces or pictures."""

    field_flags = {"required": True}

    def __init__(self, message: Any = None) -> None:
        self.message = message or _l("Please write a few words here.")

    def __call__(self, _form: object, field: Any) -> None:
        if not has_words(field.data or ""):
            field.errors[:] = []
            raise StopValidation(str(self.message))


class LineField(StringField):
    """One line of text, trimmed, at most LINE_LENGTH characters unless a validator says less."""

    def __init__(self, label: Any = None, validators: Any = (), **kwargs: Any) -> None:
        bounded = [Length(max=LINE_LENGTH), *validators]
        super().__init__(label, bounded, filters=[_one_line], **kwargs)


class AreaField(TextAreaField):
    """Several lines of text, at most `max_length` characters."""

    def __init__(
        self, label: Any = None, validators: Any = (), *, max_length: int = TEXT_LENGTH, **kwargs: Any
    ) -> None:
        too_long = _l("Please shorten: %(max)d characters at most.", max=max_length)
        bounded = [Length(max=max_length, message=too_long), *validators]
        super().__init__(label, bounded, filters=[_cleaned], **kwargs)
        self.max_length = max_length


class MailField(EmailField):
    """An e-mail address, checked for form only (no look-up leaves the server)."""

    def __init__(self, label: Any = None, validators: Any = (), **kwargs: Any) -> None:
        wrong = _l("This address looks incomplete. Example: nom@exemple.fr")
        kwargs.setdefault("render_kw", {"autocomplete": "email", "inputmode": "email"})
        super().__init__(
            label,
            [Length(max=254), *(validators or [Optional()]), Email(message=wrong)],
            filters=[_one_line],
            **kwargs,
        )


def phone_digits(field: Any) -> None:
    digits = sum(sign.isdigit() for sign in field.data or "")
    if not 9 <= digits <= 15:
        raise ValidationError(_l("This phone number looks incomplete. Example: 06 12 34 56 78"))


class PhoneField(TelField):
    """A phone number as people write it: 9 to 15 digits."""

    def __init__(self, label: Any = None, validators: Any = (), **kwargs: Any) -> None:
        kwargs.setdefault("render_kw", {"autocomplete": "tel", "inputmode": "tel"})
        super().__init__(
            label,
            [Length(max=40), *(validators or [Optional()]), lambda _form, field: phone_digits(field)],
            filters=[_one_line],
            **kwargs,
        )


class SheetField(FileField):
    """A table (CSV) that somebody sends; after validation `content` holds its bytes, 1 MB at most."""

    content: bytes = b""

    def __init__(self, label: Any = None, validators: Any = (), **kwargs: Any) -> None:
        kwargs.setdefault("render_kw", {"accept": ".csv,text/csv"})
        super().__init__(label or _l("The file (CSV)"), validators, **kwargs)

    def pre_validate(self, _form: Any) -> None:
        """Raises StopValidation with a sentence that says what to do."""
        if not isinstance(self.data, FileStorage) or not self.data.filename:
            raise StopValidation(_("Choose a file."))
        with self.data.stream as sent:
            self.content = sent.read(SHEET_BYTES + 1)
        if len(self.content) > SHEET_BYTES:
            raise StopValidation(_("This file is too heavy: 1 MB at most here. Cut it in two."))


@cache
def _library_words(code: str) -> Any:
    return get_translations([code])


class Form(FlaskForm):
    """A form whose `values` are exactly the parameters of its action."""

    class Meta(FlaskForm.Meta):
        csrf = False  # every POST was checked before any form is built (`core.guard`)

        def render_field(self, field: Any, render_kw: dict[str, Any]) -> Any:
            """Hidden fields carry no id: several forms stand on one page."""
            if isinstance(field.widget, HiddenInput):
                render_kw = {"id": False, **render_kw}
            return super().render_field(field, render_kw)

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """A file is read only by a field that asks for one; words are no file."""
            sent = super().wrap_formdata(form, formdata)
            if not isinstance(sent, CombinedMultiDict):
                return sent
            asked = {field.name for field in form if isinstance(field, FileField)}
            files = [one for one in request.files.items(multi=True) if one[0] in asked]
            return CombinedMultiDict((MultiDict(files), request.form))

        def get_translations(self, _form: object) -> Any:
            """The library's own sentences, read from their file once a language instead of once a page."""
            return _library_words(language())

    def __init__(self, *args: Any, without: Collection[str] = (), **kwargs: Any) -> None:
        """`without`: fields that are not there this time; nothing is spent on them."""
        kind: Any = type(self)
        self._unbound_fields = [one for one in kind._unbound_fields if one[0] not in without]
        super().__init__(*args, **kwargs)
        for name in without:
            setattr(self, name, None)

    @property
    def values(self) -> dict[str, Any]:
        """Every field by name, without the trap for robots."""
        return {name: data for name, data in self.data.items() if name != TRAP}


class PublicForm(Form):
    """A form a stranger may send: a replay is known by its key, and robots fill the hidden trap."""

    submission_key = HiddenField(validators=[Regexp(KEY, flags=re.ASCII)])
    website = StringField(_l("Leave this empty"), [Length(max=0)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.submission_key.data:
            self.submission_key.data = secrets.token_urlsafe(24)


class OnceForm(Form):
    """A form of which a second click leaves nothing twice: the page that shows it gives it a key."""

    submission_key = HiddenField(validators=[Regexp(KEY, flags=re.ASCII)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.submission_key.data:
            self.submission_key.data = secrets.token_urlsafe(24)

    def is_first(self, file: bytes = b"") -> bool:
        """Whether these words, and this file, come from this page for the first time.

        Undone when the deed is refused.
        """
        return limits.first_time("click", f"{self._said} {sha256(file).hexdigest()}", until=now() + CLICKS)

    @property
    def code_to_give(self) -> str:
        """The public code of what is made of these words: both clicks know where it stands."""
        return keys.code_from(self._said)

    @property
    def _said(self) -> str:
        """Without its token, which may be a new one; a page without a key is never the same page."""
        said = sorted(pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token")
        return f"{self.submission_key.data} {request.path} {said}"

    @property
    def values(self) -> dict[str, Any]:
        """Every field by name, without the key."""
        return {name: data for name, data in super().values.items() if name != self.submission_key.name}

"""The kinds of things an event is made of."""

from __future__ import annotations

from enum import StrEnum


class EventKind(StrEnum):
    """What people come to; each has its ready template in `content/`."""

    WORKSHOP = "workshop"
    THERAPEUTIC = "therapeutic"
    WALK = "walk"
    FILM = "film"
    OPEN_DAY = "open_day"
    STAND = "stand"
    EVENING = "evening"
    MEETING_DAY = "meeting_day"


class EventState(StrEnum):
    """An event with people in it is never deleted: it is cancelled, and they are told."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class SigningUp(StrEnum):
    """Whether people say that they come."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


class LargeParty(StrEnum):
    """What becomes of a party at the head of the waiting list that is larger than the free places."""

    WAITS = "waits"
    """Nobody passes it, and the team is told."""
    IS_PASSED = "is_passed"
    """The first party that fits gets the places."""


class LatePlace(StrEnum):
    """What becomes of a place that is free again less than a day before the start."""

    CONFIRMED = "confirmed"
    """The next one has it at once, and may say "I am not coming"."""
    CALLED = "called"
    """The team calls the next one."""


class SignUpState(StrEnum):
    """Confirmed and offered hold places."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    EXCUSED = "excused"
    ABSENT = "absent"
    WALK_IN = "walk_in"


class Cause(StrEnum):
    """Who or what changed a sign-up."""

    PERSON = "person"
    TEAM = "team"
    EVENT = "event"
    CLOCK = "clock"


class Reminded(StrEnum):
    """How somebody wants to be reminded of a date."""

    MAIL = "mail"
    SMS = "sms"
    CALL = "call"
    NOT = "not"


class CompanionRole(StrEnum):
    CARER = "carer"
    CHILD = "child"
    INTERPRETER = "interpreter"
    OTHER = "other"


class Need(StrEnum):
    """What somebody needs to be able to come; each is something for the team to do."""

    STEP_FREE = "step_free"
    HEARING = "hearing"
    SIGN_LANGUAGE = "sign_language"
    INTERPRETER = "interpreter"
    LARGE_PRINT = "large_print"
    TRANSPORT = "transport"
    QUIET = "quiet"
    WORDS = "words"
    """What they wrote themselves: nobody ticks it on a form, the team ticks that it is ready."""


HOLDING = (SignUpState.CONFIRMED, SignUpState.OFFERED)
"""States that hold places."""
SEATED = (*HOLDING, SignUpState.ATTENDED)
"""States whose places nobody else can have: who has come keeps theirs."""
CAME = (SignUpState.ATTENDED, SignUpState.WALK_IN)
"""States of somebody who was there; who walked in has none of the counted places."""
ACTIVE = (*HOLDING, SignUpState.WAITING)
"""States of somebody who still wants to come: at most one a person and date."""

"""What a message may say about somebody, or about their distress; nothing leaves the machine."""

from collections.abc import Iterable
from datetime import date

from engage.core import clock
from engage.core.i18n import lazy_gettext as _l
from engage.intake.screening import content, dates, lexicon, names, places, shapes
from engage.intake.screening.twin import Finding, Kind, Twin

__all__ = ["Finding", "Kind", "default_distress", "is_distress", "reason", "screen"]

REASONS = {
    Kind.DISTRESS: _l("These words can mean great pain: the emergency numbers answer day and night."),
    Kind.NIR: _l("This looks like a social security number: it points to one person only."),
    Kind.EMAIL: _l("This looks like an e-mail address: anyone who reads it can write to that person."),
    Kind.PHONE: _l("This looks like a phone number: anyone who reads it can call that person."),
    Kind.BIRTH_DATE: _l("This looks like a date of birth: with a name, it is enough to recognise somebody."),
    Kind.ADDRESS: _l("This looks like a postal address: it says where somebody lives."),
    Kind.STAFF: _l("This is the name of someone on the team: we read it, but we do not publish it."),
    Kind.PERSON: _l("This looks like somebody’s name: that person may not wish to be named here."),
    Kind.HEALTH: _l("This word speaks of health: a person close to you could recognise who it is about."),
}


def screen(
    text: str,
    *,
    staff_names: Iterable[str] = (),
    distress: Iterable[str] | None = None,
    today: date | None = None,
) -> list[Finding]:
    """Everything worth a second look, in the order of the text, never overlapping.

    `distress`: the phrases to look for, by default those shipped. `today` bounds the dates of birth.
    """
    twin = Twin.of(text)
    found = [
        *lexicon.distress(twin, distress),
        *shapes.nirs(twin),
        *shapes.emails(twin),
        *shapes.phones(twin),
        *dates.birth_dates(twin, today or clock.now().date()),
        *places.addresses(twin),
        *names.staff(twin, staff_names),
        *names.persons(twin),
        *lexicon.health(twin),
    ]
    return _without_overlap(found, len(text))


def _without_overlap(found: list[Finding], length: int) -> list[Finding]:
    """The kind of higher precedence wins; within a kind the earlier, then the longer."""
    rank = {kind: place for place, kind in enumerate(Kind)}
    taken = bytearray(length)
    kept = []
    for finding in sorted(found, key=lambda f: (rank[f.kind], f.start, -f.end)):
        if not any(taken[finding.start : finding.end]):
            taken[finding.start : finding.end] = b"\1" * (finding.end - finding.start)
            kept.append(finding)
    return sorted(kept, key=lambda f: f.start)


def is_distress(text: str, words: Iterable[str] | None = None) -> bool:
    """Whether the text holds one of the phrases, by default those shipped."""
    wanted = default_distress() if words is None else tuple(words)
    return any(True for _ in lexicon.distress_of(wanted).find(Twin.of(text)))


def default_distress() -> tuple[str, ...]:
    """The phrases shipped with the site; they fill the list that administrators edit."""
    return content.words("distress_words", "phrases")


def reason(kind: Kind) -> str:
    """One plain sentence that says why words of this kind are marked."""
    return str(REASONS[kind])

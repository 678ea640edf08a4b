"""Whether one question can be asked: its choices and settings fit its type."""

from __future__ import annotations

from collections.abc import Iterator

from engage.core.i18n import gettext as _
from engage.core.yamltext import Fault
from engage.surveys.questionnaire.document import Question
from engage.surveys.questionnaire.kinds import ChoiceKind, Type

MOST_RANKED = 5
ONLY_ONCE = (ChoiceKind.OTHER, ChoiceKind.NONE_OF_THESE)


def faults_of_question(question: Question) -> Iterator[Fault]:
    """What does not fit, each in a sentence."""
    place = _("question %(key)s", key=question.key)
    for sentence in (*_of_choices(question), *_of_settings(question)):
        yield Fault(sentence, place)


def _of_choices(question: Question) -> Iterator[str]:
    kinds = [choice.kind for choice in question.choices]
    if question.type.has_choices and kinds.count(ChoiceKind.NORMAL) < 2:
        yield _("It needs 2 choices at least.")
    if not question.type.has_choices and kinds:
        yield _("It is answered without choices: take them away.")
    if ChoiceKind.NONE_OF_THESE in kinds and question.type is not Type.SEVERAL:
        yield _("“None of these” only makes sense where several choices may be ticked.")
    if any(kinds.count(kind) > 1 for kind in ONLY_ONCE):
        yield _("“Other” and “none of these” may each stand once.")
    if any(choice.score is not None and choice.kind is not ChoiceKind.NORMAL for choice in question.choices):
        yield _("Only ordinary choices have a score.")


def _of_settings(question: Question) -> Iterator[str]:
    has = question.settings
    normal = [choice for choice in question.choices if choice.kind is ChoiceKind.NORMAL]
    if question.type is Type.FACES and len(normal) != has.get("points", 5):
        yield _("A scale of faces has 3 or 5 faces, and as many choices.")
    if question.type is Type.FACES and has.get("points", 5) not in (3, 5):
        yield _("A scale of faces has 3 or 5 faces, and as many choices.")
    if question.type is Type.RANKING and not 1 <= has.get("most", MOST_RANKED) <= MOST_RANKED:
        yield _("At most 5 choices can be put in order.")
    if question.type.is_text and not 1 <= has.get("most", 1) <= 5000:
        yield _("An answer in words has between 1 and 5,000 characters.")
    if question.type is Type.NUMBER and has.get("min", 0) > has.get("max", has.get("min", 0)):
        yield _("The lowest number is above the highest.")
    if has.get("nps") and (has.get("min"), has.get("max")) != (0, 10):
        yield _("A net promoter score needs marks from 0 to 10.")

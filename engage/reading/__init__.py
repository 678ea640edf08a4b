"""How hard a text is to read, and what to simplify in it; nothing of it is kept."""

from dataclasses import dataclass

from engage.core.i18n import gettext as _
from engage.reading.assistant import Mode, Report, blocking, check
from engage.reading.capitals import capitals, lowered
from engage.reading.finding import Body, Finding, Rule, Severity
from engage.reading.growing import changed, grown
from engage.reading.measures import Measures, gates, measures
from engage.reading.sentences import Sentence, sentences
from engage.reading.text import Term

__all__ = [
    "AVERAGE_WORDS",
    "LONGEST_WORDS",
    "Body",
    "Finding",
    "Measures",
    "Mode",
    "Reading",
    "Report",
    "Rule",
    "Severity",
    "Term",
    "blocking",
    "changed",
    "check",
    "gates",
    "grown",
    "measure",
    "measures",
]

AVERAGE_WORDS = 12
LONGEST_WORDS = 20
FEW_SENTENCES = 2  # an average of fewer says no more than each of them


@dataclass(frozen=True)
class Reading:
    """What was counted in a text, and the findings in its order, in the language of the page."""

    words: int
    sentences: int
    longest: str
    longest_words: int
    capitals: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def words_a_sentence(self) -> float:
        return self.words / self.sentences if self.sentences else 0.0


def measure(text: str, language: str = "fr") -> Reading:
    """Count `text`, written in `language`; a language we hold no words for is counted as French."""
    found = sentences(text, language)
    shouted = capitals(text, language)
    longest = max(found, key=lambda sentence: sentence.words, default=Sentence(0, 0, 0))
    opening = {sentence.start for sentence in found}
    findings = [_long(sentence) for sentence in found if sentence.words > LONGEST_WORDS]
    findings += [
        _capitals(start, end, lowered(text, start, end, language, opens=start in opening))
        for start, end in shouted
    ]
    findings += _average(found)
    return Reading(
        words=sum(sentence.words for sentence in found),
        sentences=len(found),
        longest=text[longest.start : longest.end],
        longest_words=longest.words,
        capitals=tuple(text[start:end] for start, end in shouted),
        findings=tuple(sorted(findings)),
    )


def _long(sentence: Sentence) -> Finding:
    message = _(
        "This sentence has %(words)s words. Say it in two: beyond %(most)s, many lose the thread.",
        words=sentence.words, most=LONGEST_WORDS,
    )  # fmt: skip
    return Finding(sentence.start, sentence.end, Rule.LONG_SENTENCE, Severity.RED, message)


def _capitals(start: int, end: int, suggestion: str) -> Finding:
    message = _("Words in capitals are slow to read. Keep capitals for names and initials.")
    return Finding(start, end, Rule.CAPITALS, Severity.AMBER, message, suggestion)


def _average(found: list[Sentence]) -> list[Finding]:
    """Over a whole text, on average; no word of it is wrong, so there is nothing to put in its place."""
    average = sum(sentence.words for sentence in found) / len(found) if found else 0
    if len(found) < FEW_SENTENCES or average <= AVERAGE_WORDS:
        return []
    message = _(
        "The sentences have more than %(most)s words on average. Cut the longest ones first.",
        most=AVERAGE_WORDS,
    )
    at = found[0].start, found[-1].end
    return [Finding(*at, Rule.LONG_AVERAGE, Severity.AMBER, message)]

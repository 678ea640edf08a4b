"""The questions and questionnaires that come with the site: whole, well set, and plain to read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import pytest

from engage.reading import AVERAGE_WORDS, LONGEST_WORDS, measure
from engage.reading.sentences import count_words
from engage.surveys.questionnaire import bank
from engage.surveys.questionnaire.checking import faults
from engage.surveys.questionnaire.document import Document, Page, Question, Texts
from engage.surveys.questionnaire.kinds import ChoiceKind, Type
from tests.laws.code import none

LANGUAGES = ("fr", "en")
# The first word of a concept, by theme of the bank.
CONCEPTS = {
    "reaching": "reach", "appointments": "appointments", "welcome": "welcome", "listening": "listening",
    "places": "places", "coordination": "coordination", "participation": "participation",
}  # fmt: skip
FEWEST_OF_A_THEME, FEWEST_IN_ALL = 6, 42
LONGEST_QUESTION = 15
BANK = [question for questions in bank.themes().values() for question in questions]
READY = list(bank.ready().values())
ASKED = [question for document in READY for question in document.questions]
EVERY = BANK + ASKED


def texts(question: Question) -> Iterator[tuple[str, Texts]]:
    yield question.key, question.text
    if question.help:
        yield f"{question.key} help", question.help
    for choice in question.choices:
        yield f"{question.key} {choice.code}", choice.text


def every_text() -> Iterator[tuple[str, Texts]]:
    for question in EVERY:
        yield from texts(question)
    for document in READY:
        yield from ((f"{document.code} {page.key}", page.title) for page in document.pages)


def every_word() -> Iterator[tuple[str, str, str]]:
    """Where, in which language, and the words."""
    for where, held in every_text():
        yield from (
            (where, language, body) for language, variants in held.items() for body in variants.values()
        )
    for document in READY:
        for said in (document.name, document.aim):
            yield from ((document.code, language, body) for language, body in said.items())


def words_of(language: str) -> list[tuple[str, str]]:
    found = [(where, body) for where, spoken, body in every_word() if spoken == language]
    assert len(found) > 500
    return found


def test_each_theme_has_enough_questions() -> None:
    counts = {theme: len(questions) for theme, questions in bank.themes().items()}
    assert counts.keys() == CONCEPTS.keys()
    assert min(counts.values()) >= FEWEST_OF_A_THEME
    assert sum(counts.values()) >= FEWEST_IN_ALL


def test_keys_and_concepts_are_unique_over_the_bank() -> None:
    for names in ([question.key for question in BANK], [question.concept for question in BANK]):
        assert [name for name, count in Counter(names).items() if count > 1] == []


@pytest.mark.parametrize(("theme", "first"), CONCEPTS.items())
def test_concepts_are_named_after_their_theme(theme: str, first: str) -> None:
    none([q.concept for q in bank.themes()[theme] if not re.fullmatch(rf"{first}\.[a-z_]+", q.concept)])


def test_the_bank_shows_every_type() -> None:
    assert {question.type for question in BANK} == set(Type)
    points = {question.settings["points"] for question in BANK if question.type is Type.FACES}
    assert points == {3, 5}


def test_several_choices_end_with_a_true_none_of_these() -> None:
    several = [question for question in EVERY if question.type is Type.SEVERAL]
    none([q.key for q in several if q.choices[-1].kind is not ChoiceKind.NONE_OF_THESE])


def test_codes_and_scores_of_choices_are_unique() -> None:
    for question in EVERY:
        codes = [choice.code for choice in question.choices]
        assert len(codes) == len(set(codes)), question.key
        scores = [choice.score for choice in question.choices if choice.score is not None]
        assert len(scores) == len(set(scores)), question.key
        assert not scores or len(scores) > 1, question.key


def test_every_text_stands_in_both_languages_and_both_variants() -> None:
    found = [
        f"{where} {language} {variant}"
        for where, held in every_text()
        for language in LANGUAGES
        for variant in ("standard", "short")
        if not held.get(language, {}).get(variant)
    ]
    found += [where for where, held in every_text() if held.keys() != set(LANGUAGES)]
    none(found)


def test_the_short_twin_is_not_longer() -> None:
    none([
        f"{where}: {variants['short']}"
        for question in EVERY
        for where, held in islice(texts(question), 1 if question.type.is_scale else None)
        for variants in held.values()
        if count_words(variants["short"]) > count_words(variants["standard"])
    ])  # fmt: skip


@pytest.mark.parametrize("question", BANK, ids=lambda question: question.key)
def test_each_question_of_the_bank_could_be_asked_alone(question: Question) -> None:
    alone = replace(question, key="first") if question.type is Type.INFORMATION else question
    page = Page("p1", {}, (alone,) if alone is question else (alone, BANK[0]))
    name = dict.fromkeys(LANGUAGES, "Essai")
    assert question.show_if is None
    assert list(map(str, faults(Document("essai", name, name, LANGUAGES, (page,))))) == []


def test_every_text_is_easy_to_read() -> None:
    found = []
    for where, language, body in every_word():
        reading = measure(body, language)
        is_easy = reading.longest_words <= LONGEST_WORDS and reading.words_a_sentence <= AVERAGE_WORDS
        found += [] if is_easy and not reading.findings else [f"{where} {language}: {body}"]
    none(found)


def test_a_question_has_15_words_a_sentence_at_most() -> None:
    none([
        f"{question.key}: {body}"
        for question in EVERY
        for language, variants in question.text.items()
        for body in variants.values()
        if measure(body, language).longest_words > LONGEST_QUESTION
    ])  # fmt: skip


# A question that denies is answered the wrong way round; one that joins two things has no one answer.
DENIES = re.compile(r"\b(ne|pas|jamais|aucune?)\b|\bn’|\b(not|never|no)\b|n’t\b", re.IGNORECASE)
JOINS = re.compile(r"\b(et/ou|ainsi que|and/or|as well as)\b|\?.*\?", re.IGNORECASE)
LEADS = re.compile(
    r"n’est-ce pas|bien sûr|évidemment|pensez-vous que|of course|obviously|don’t you", re.IGNORECASE
)
FAMILIAR = re.compile(r"\b(tu|te|toi|ton|ta|tes)\b|\bt’", re.IGNORECASE)


def asked_words() -> Iterator[tuple[str, str]]:
    for question in EVERY:
        if question.type is not Type.INFORMATION:
            yield from ((question.key, b) for held in question.text.values() for b in held.values())


@pytest.mark.parametrize("fault", [DENIES, JOINS, LEADS], ids=["denies", "joins", "leads"])
def test_a_question_asks_one_thing_openly(fault: re.Pattern[str]) -> None:
    none([f"{key}: {body}" for key, body in asked_words() if fault.search(body)])


def test_french_says_vous() -> None:
    none([f"{where}: {body}" for where, body in words_of("fr") if FAMILIAR.search(body)])


MISSET = {
    "fr": re.compile(r"'|\"|[^\u202f][?!;]|\u202f[^?!;]|[^\u00a0]:|«[^\u00a0]|[^\u00a0]»|\.\.\.|\s\s|\s$"),
    "en": re.compile(r"'|\"|\s[?!;:]|\.\.\.|\s\s|\s$"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_signs_are_well_set(language: str) -> None:
    none([f"{where}: {body!r}" for where, body in words_of(language) if MISSET[language].search(body)])


def test_the_law_of_signs_finds_what_is_wrong() -> None:
    wrong = ["l'eau", "Oui ?", "Oui\u00a0?", "Oui?", "Un :", "Un\u202f: deux", "« oui »", "Un  mot", "Oui..."]
    assert [words for words in wrong if not MISSET["fr"].search(words)] == []
    assert not MISSET["fr"].search("L’eau\u00a0: «\u00a0oui\u00a0»\u202f?")


def test_there_are_four_ready_questionnaires() -> None:
    assert {document.code for document in READY} == {
        "accueil",
        "rendez-vous",
        "retour-hopital",
        "votre-place",
    }


CONSUMER = re.compile(
    r"satisf|recommand|client|note(z|r)|étoile|prestation|avis compte|recommend|customer|\brate\b|stars", re.I
)


@pytest.mark.parametrize("document", READY, ids=lambda document: document.code)
class TestReady:
    def test_it_can_be_frozen(self, document: Document) -> None:
        assert list(map(str, faults(document))) == []
        assert document.languages == LANGUAGES

    def test_it_is_short(self, document: Document) -> None:
        asked = [q for q in document.questions if q.type is not Type.INFORMATION]
        assert 6 <= len(asked) <= 10

    def test_it_spares_people_a_question_that_is_not_for_them(self, document: Document) -> None:
        assert any(question.show_if for question in document.questions)

    def test_it_comes_mostly_from_the_bank(self, document: Document) -> None:
        held = {question.key: question for question in BANK}
        same = [q for q in document.questions if held.get(q.key) == replace(q, show_if=None)]
        assert len(same) > len(document.questions) / 2
        none([q.key for q in document.questions if q.key in held and q not in same])

    def test_it_begins_with_why(self, document: Document) -> None:
        assert re.search(r"\bNous voulons\b", document.aim["fr"])
        assert re.search(r"\bWe want\b", document.aim["en"])

    def test_it_ends_openly_and_says_what_happens_next(self, document: Document) -> None:
        opened, told = document.questions[-2:]
        assert (opened.type, told.type) == (Type.LONG_TEXT, Type.INFORMATION)
        assert {"résultats", "changeons"} <= set(re.findall(r"\w+", told.text["fr"]["standard"]))

    def test_it_never_sounds_like_a_shop(self, document: Document) -> None:
        said = [b for q in document.questions for _at, t in texts(q) for v in t.values() for b in v.values()]
        none([words for words in [*said, *document.aim.values()] if CONSUMER.search(words)])

"""The catalogue: every word of the code is there in French, once, whole, and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.laws.code import ROOT, none

TRANSLATIONS = ROOT / "translations"
KEYWORDS = ["_l", "lazy_gettext", "_n:1,2", "ngettext:1,2", "pgettext:1c,2"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
FRENCH = re.compile(
    r"\b(le|la|les|des|une|vous|votre|nous|notre|est|pour|avec|dans|merci|veuillez)\b|[éèêàùçœ«»]",
    re.IGNORECASE,
)
# A name is a name in every language, and an example of an address is a French one.
NAMES = re.compile(r"nom@exemple\.fr|Défenseur des droits, Libre réponse|Défenseur des droits|Légifrance")


@cache
def extracted() -> Catalog:
    """What the code and the templates say today."""
    with TemporaryDirectory() as folder:
        target = Path(folder) / "messages.pot"
        words = [part for keyword in KEYWORDS for part in ("-k", keyword)]
        subprocess.run(
            [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "translations/babel.cfg",
             *words, "-o", str(target), "."],
            cwd=ROOT, check=True,
        )  # fmt: skip
        with target.open("rb") as file:
            return read_po(file)


def catalogue(path: str) -> Catalog:
    with (TRANSLATIONS / path).open("rb") as file:
        return read_po(file, locale=path.split("/", maxsplit=1)[0] if "/" in path else None)


def messages(of: Catalog) -> dict[str, Message]:
    return {m.id if isinstance(m.id, str) else " / ".join(m.id): m for m in of if m.id}


@cache
def french() -> dict[str, Message]:
    return messages(catalogue("fr/LC_MESSAGES/messages.po"))


def strings(message: Message) -> list[str]:
    held = message.string
    return [held or ""] if held is None or isinstance(held, str) else list(held)


def test_every_word_of_the_code_is_in_french() -> None:
    none(sorted(f"{at(m)}: {name!r}" for name, m in messages(extracted()).items() if not said(name)))


def at(message: Message) -> str:
    return ", ".join(sorted({file for file, _line in message.locations})[:2])


def said(name: str) -> bool:
    return name in french() and all(strings(french()[name]))


def test_the_catalogue_says_nothing_that_the_code_does_not() -> None:
    none(sorted(map(repr, french().keys() - messages(extracted()).keys())))


def test_the_template_of_catalogues_is_up_to_date() -> None:
    assert messages(catalogue("messages.pot")).keys() == messages(extracted()).keys()


def test_nothing_is_fuzzy_or_left_over() -> None:
    of = catalogue("fr/LC_MESSAGES/messages.po")
    none([name for name, message in french().items() if message.fuzzy])
    none([repr(name) for name in of.obsolete])


def test_placeholders_agree() -> None:
    """One form of a plural may leave the number out; no form may name what the code does not give."""
    wrong = []
    for name, message in french().items():
        given = set(PLACEHOLDER.findall(name))
        used = [set(PLACEHOLDER.findall(text)) for text in strings(message) if text]
        is_right = all(words <= given for words in used) and (not used or set().union(*used) == given)
        wrong += [] if is_right else [f"{name!r}: {strings(message)}"]
    none(wrong)


def test_every_message_id_is_english() -> None:
    ids = messages(extracted())
    none([f"{at(m)}: {name!r}" for name, m in ids.items() if FRENCH.search(NAMES.sub("", name))])


def test_french_signs_are_set_apart() -> None:
    """A space that does not break before ? ! ; : and inside « », the typographic apostrophe everywhere."""
    wrong = re.compile(r"[^\s\u202f\u00a0(/][?!;](?![\w=])|[^\u202f] [?!;]|\w'\w|« |[^\u00a0\u202f]»")
    none([
        f"{name!r}: {text}"
        for name, message in french().items()
        for text in strings(message)
        if wrong.search(re.sub(r"https?://\S+|%\(\w+\)s", "x", text))
    ])  # fmt: skip


@pytest.mark.parametrize("kind", ["*.po", "*.mo"])
def test_the_catalogue_stands_where_the_site_looks(kind: str) -> None:
    from engage.core.config import shipped

    assert list(shipped("translations").glob(f"fr/LC_MESSAGES/{kind}"))

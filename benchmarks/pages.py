"""Five hundred pages and a glossary: what a page, a search and the writing assistant cost."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from itertools import cycle, islice
from typing import Any, NamedTuple

from flask import Flask, current_app, g

from benchmarks import reading
from benchmarks.servers import Server
from benchmarks.visitor import Visitor, expect
from engage.core.clock import now
from engage.core.db import db
from engage.core.words import fold
from engage.pages import actions
from engage.pages.glossary import linking
from engage.pages.glossary.models import Term
from engage.pages.models import Page, PageVersion, Shelf

PAGES, TERMS, LOOKS, WORDS = 500, 80, 30, reading.WORDS
WHERE = ("à la maison", "au cabinet", "à l’hôpital", "en pharmacie", "au téléphone")
WHAT = ("Prendre rendez-vous", "Sortir", "Lire une ordonnance", "Demander un transport", "Trouver de l’aide")
SENTENCE = (
    "Appelez l’accueil le matin, de préférence avant 10 heures.",
    "Une personne de l’équipe vous répond et note ce que vous dites.",
    "Vous pouvez venir avec quelqu’un que vous aimez bien.",
    "Le terme {term} veut dire quelque chose de simple ici.",
    "Apportez votre carte Vitale et votre dernière ordonnance.",
    "Si cela ne va pas mieux demain, rappelez-nous sans attendre.",
)
SEARCHES = ("sortie hopital", "ordonance", "rendez vous", "numero 377", "transport pharmacie", "aides")


class Costs(NamedTuple):
    """Milliseconds of one client alone, but `assistant` and `linking`, which are the bare calls."""

    search: float
    slowest: float
    assistant: float
    linking: float


def _term(number: int) -> Term:
    term = f"mot{number}" if number % 2 else f"MT{chr(65 + number % 26)}{number}"
    facts = {"definition": "Une phrase simple qui dit ce que c’est.", "changed_at": now(), "language": "fr"}
    return Term(slug=term.lower(), term=term, folded=fold(term), expansion="", forms=[], **facts)


def _prose(number: int, sentences: int) -> str:
    """Sections of six sentences; each page speaks of other terms."""
    said = islice(cycle(SENTENCE), sentences)
    terms = (f"mot{(number + place) % TERMS | 1}" for place in range(sentences))
    lines = [sentence.format(term=term) for sentence, term in zip(said, terms, strict=False)]
    parts = [" ".join(lines[at : at + 6]) for at in range(0, sentences, 6)]
    return "\n\n".join(f"## Partie {place}\n\n{part}" for place, part in enumerate(parts, start=1))


def _slug(number: int) -> str:
    return f"page-{number}"


def _page(number: int) -> None:
    title = f"{WHAT[number % 5]} {WHERE[number // 5 % 5]}, numéro {number}"
    page = Page(slug=_slug(number), shelf=list(Shelf)[number % 5], icon="info", created_at=now())
    words = {
        "title": title,
        "message": f"{title} : nous vous aidons.",
        "summary": "Appelez, venez, demandez.",
        "simple": _prose(number, 24),
        "short": "{phone} Appelez l’accueil.\nOn vous aide.",
    }
    rest: dict[str, Any] = {
        "sources": [],
        "source_id": None,
        "checklist": {},
        "kept": [],
        "author": "L’équipe",
    }
    version = PageVersion(page=page, language="fr", number=1, frozen_at=now(), **words, **rest)
    db.session.add(version)
    db.session.flush()
    actions.publish(version, by=None)


def fill() -> str:
    """All of it; the slug of a page. Flushes."""
    db.session.add_all(_term(number) for number in range(TERMS))
    for number in range(PAGES):
        _page(number)
    return _slug(PAGES // 2)


def measure(app: Flask, server: Server) -> Costs:
    searches = [statistics.median(_asked(server, words) for _look in range(LOOKS)) for words in SEARCHES]
    long = _prose(1, WORDS // 10)
    with app.test_request_context("/"):
        html = "".join(f"<p>{part}</p>" for part in long.split("\n\n"))
        linked = statistics.median(_timed(lambda: _linked(html)) for _look in range(5))
    return Costs(statistics.median(searches), max(searches), reading.milliseconds()[0], linked)


def _linked(html: str) -> None:
    """Anew each time: what was linked is kept for a minute."""
    current_app.extensions["engage_cache"].clear()
    g.pop("defined", None)
    linking.defined(html, "fr")


def _asked(server: Server, words: str) -> float:
    with Visitor(server.port) as one:
        path = f"/recherche?q={words.replace(' ', '+')}"
        expect(one.get(path), 200)
        return _timed(lambda: expect(one.get(path), 200))


def _timed(deed: Callable[[], object]) -> float:
    begun = time.perf_counter()
    deed()
    return (time.perf_counter() - begun) * 1000

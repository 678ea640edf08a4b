"""A small guide that may be published."""

from __future__ import annotations

from engage.core.db import db
from engage.pages.guide import actions, queries
from engage.pages.guide.models import GuideVersion
from engage.pages.guide.tree import Choice, Contact, End, Question, Source, Tree

NURSE = Contact("Une infirmière", phone="04 00 00 00 01")
HELP = End("aide", "Être aidé", does="Une infirmière vous écoute.", contacts=(NURSE,))
HOME = End("maison", "Rentrer", does="L’accueil vous aide.", contacts=(Contact("L’accueil", Source.CENTRE),))
CHOICES = (Choice("Je rentre", "maison"), Choice("J’ai mal", "aide"))
FIRST = Question("debut", "Que se passe-t-il ?", choices=CHOICES)
SMALL = Tree("Qui appeler ?", "", ("Grand mal",), "debut", (FIRST,), (HELP, HOME))


def begun(tree: Tree = SMALL, language: str = "fr") -> None:
    actions.begin(language, tree, by=None)
    db.session.commit()


def published(tree: Tree = SMALL, language: str = "fr") -> GuideVersion:
    """One version more of it; the draft is the first one that was begun."""
    draft = actions.begin(language, tree, by=None)
    made = actions.put_before_readers(draft, author="L’équipe")
    db.session.commit()
    return queries.version(language, made.number)

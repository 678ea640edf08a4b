"""Health words that say something of a person, in what the team writes about taking part.

A health word that names an activity ("atelier diabète", "le film sur Alzheimer") says what it is about, and
nothing of who comes.
"""

from __future__ import annotations

import re

from engage.core.words import fold
from engage.intake.screening import Finding, lexicon
from engage.intake.screening.twin import Twin

ACTIVITIES = (
    "affiche|appel|association|atelier|cafe|campagne|cercle|cine-debat|club|collectif|comite|commission|"
    "conference|debat|depliant|enquete|evenement|exposition|film|formation|forum|groupe|journal|journee|livret|"
    "marche|mois|programme|projet|questionnaire|rencontre|reseau|reunion|seance|semaine|soiree|stand|sujet|"
    "theme|table ronde"
)
# Words that turn what follows into something of the person: "à l'atelier après son AVC" is about them.
PERSONAL = (
    "a|ai|apres|atteinte?|avec|car|cause|ce|depuis|elle|est|etait|il|ils|elles|je|ma|malade|malgre|mes|mon|notre|"
    "parce|patiente?|qui|sa|ses|soignee?|son|souffre|suivie?|sa|traitee?|traitement|votre|vu"
)
WORD = rf"(?!(?:{PERSONAL})\b)[\w'-]+"
NAMED = re.compile(rf"\b(?:{ACTIVITIES})s?\b(?:[ ](?:{WORD})){{0,4}}[ «\"(]*(?:[ld]')?[«\" ]*\Z")
LISTED = re.compile(r"[ ]*(?:,|/|et|ou|&)[ ]*(?:(?:le|la|les|du|des|de la|sur)[ ]|[ld]'|de l')?\Z")
BLANK = "[…]"


def about_somebody(text: str) -> list[Finding]:
    """The health words that are no name of an activity, in the order of the text."""
    found: list[Finding] = []
    named_until = -1
    for finding in sorted(lexicon.health(Twin.of(text)), key=lambda one: one.start):
        before = fold(text[: finding.start])
        between = fold(text[named_until : finding.start]) if named_until >= 0 else None
        if NAMED.search(before) or (between is not None and LISTED.fullmatch(between)):
            named_until = finding.end
        else:
            found.append(finding)
    return found


def without(text: str) -> str:
    """The text with these words removed."""
    for finding in reversed(about_somebody(text)):
        text = text[: finding.start] + BLANK + text[finding.end :]
    return text


def marked(text: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of these words; empty when there are none."""
    found = about_somebody(text)
    pieces: list[tuple[str, bool]] = []
    at = 0
    for finding in found:
        pieces += [(text[at : finding.start], False), (finding.text, True)]
        at = finding.end
    return [*pieces, (text[at:], False)] if found else []

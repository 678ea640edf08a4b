"""What an answer should not say in public: that somebody is a patient, or that a carer did wrong.

Patterns only, on this machine; they warn, and the person who answers decides. A reply that names a patient
breaks professional secrecy (code de la santé publique, article L. 1110-4), even when the patient spoke first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from engage.core.words import fold_with_offsets
from engage.intake import screening
from engage.intake.screening import Kind

SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")


class Risk(StrEnum):
    PATIENT = "patient"
    CARER = "carer"


@dataclass(frozen=True)
class Doubt:
    """A passage to look at again before it is public."""

    risk: Risk
    text: str


KIN = (
    r"(?:mere|pere|mari|femme|fils|fille|conjointe?|compagn(?:on|e)|enfant|proche|maman|papa|"
    r"grand-(?:mere|pere))"
)
YOUR = rf"(?:votre|vos|son|sa|ses)(?: {KIN})?"
CARE = (
    r"(?:consultations?|rendez-vous|hospitalisation|operation|traitements?|ordonnances?|dossier(?: medical)?|"
    r"analyses?|resultats?|prise de sang|suivi|maladies?|diagnostic|pathologie|grossesse|diabete|depression|"
    r"cancer|tension|asthme|vaccin(?:ation)?|medecin traitant|soins?|pansements?|radio|scanner|irm|"
    r"symptomes?)"
)
CONFIRMS_PATIENT = re.compile(
    r"(?<![^\W_])(?:"
    rf"(?:{YOUR}|cette|ce|ces) {CARE}(?![^\W_])"
    r"|(?:vous|il|elle|nous vous) (?:etes|etiez|est|etait|avez ete|a ete|avons)(?: bien| toujours)? "
    r"(?:suivie?s?|soignee?s?|traitee?s?|hospitalisee?s?|operee?s?|vue?s? par|"
    r"recue?s? (?:en|par|le|au)|examinee?s?)"
    rf"|(?:votre|son) {KIN} (?:est|etait|a ete)(?: bien)? "
    r"(?:suivie?|soignee?|traitee?|hospitalisee?|vue?|recue?)"
    r"|(?:vous|il|elle) (?:etes|etiez|est|etait) (?:bien |l'un de |un de |une de |parmi )?"
    r"(?:notre |nos |un |une |l'une? de nos )?patiente?s?"
    r"|en tant que (?:notre )?patiente?|comme (?:tous|toutes) nos patiente?s"
    r"|lors de (?:votre|sa) (?:venue|visite|passage)|vous (?:etes venue?s?|avez consulte|avez vu le|souffrez)"
    r"|(?:nos|vos) dossiers?|dans (?:votre|son) dossier"
    r")"
)
BLAMES = re.compile(
    r"(?<![^\W_])(?:"
    r"erreurs?|fautes?|torts?|negligen\w+|maladress\w+|malpoli\w*|impoli\w*|desagreable\w*|agressi\w+|"
    r"incompeten\w+|"
    r"inacceptable\w*|inadmissible\w*|comportement|sanction\w*|recadr\w+|rappel\w* a l'ordre|avertissement|"
    r"retards?|"
    r"oubli\w*|trompee?s?|mal (?:recue?s?|accueillie?s?|conseillee?s?|soignee?s?|parle)|manqu\w+ de|"
    r"n'aurait pas du|"
    r"aurait du|pas (?:ete )?a la hauteur|debordee?s?|en arret|malade|quitt\w+ l'equipe|licenci\w+|"
    r"excus\w+ pour|"
    r"desolee?s? (?:pour|de) l'attitude|attitude|reproch\w+|plaintes?|froid\w*|brusque\w*"
    r")"
)
NAMED = {Kind.STAFF, Kind.PERSON}


def check(text: str, staff_names: Iterable[str] = ()) -> list[Doubt]:
    """The passages that would confirm that somebody is a patient, or that blame a carer by name."""
    names = list(staff_names)
    doubts = []
    for sentence in filter(str.strip, SENTENCE_END.split(text)):
        folded, origin = fold_with_offsets(sentence)
        for found in CONFIRMS_PATIENT.finditer(folded):
            words = sentence[origin[found.start()] : origin[found.end() - 1] + 1]
            doubts.append(Doubt(Risk.PATIENT, words.strip()))
        if BLAMES.search(folded) and _names_somebody(sentence, names):
            doubts.append(Doubt(Risk.CARER, sentence.strip()))
    return doubts


def _names_somebody(sentence: str, staff_names: list[str]) -> bool:
    return any(finding.kind in NAMED for finding in screening.screen(sentence, staff_names=staff_names))

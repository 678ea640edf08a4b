"""What the sheets are tried with, and how a test reads a PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from engage.core import qr

ADDRESS = "https://tilleuls.example.org/suivi"
ALT = "Code à scanner vers la page « Suivre »"
HOSTILE = (
    "#let x = 1 *gras* _it_ $x^2$ `code` <a> @ref [b] \\ // /* */ ~ ' \" = - + #panic()"
    " {json} é œ Œ «\u202fça\u202f»"
)
LONG = ("mot très long répété, " * 100)[:2000]
MILLIMETRES = {"a3": (297, 420), "a4": (210, 297), "a5": (148, 210), "a6": (105, 148)}
REACH: dict[str, Any] = {
    "scan": "Scannez, ou tapez :",
    "address": "tilleuls.example.org/suivi",
    "contact": "Chloé vous répond :",
    "phone": "04 00 00 00 00",
    "qr": {"rows": qr.matrix(ADDRESS), "alt": ALT},
    "centre": "Maison de santé des Tilleuls",
}
SLIP: dict[str, Any] = REACH | {
    "title": "Votre idée est bien reçue",
    "code_label": "Votre numéro de suivi",
    "code": ["K7M", "4RT", "9XQ"],
    "code_hint": "Gardez ce papier\u00a0: lui seul ouvre votre message.",
    "parts": [
        {"heading": "Et maintenant\u202f?", "text": "L’équipe vous répond avant le mardi 8 décembre 2026."},
        {
            "heading": "Pour suivre",
            "text": "Tapez votre numéro sur la page «\u00a0Suivre mon message\u00a0».",
        },
    ],
}
FORM: dict[str, Any] = REACH | {
    "paper": "a5",
    "copies": 1,
    "title": "Qu’est-ce qui irait mieux pour vous ici\u202f?",
    "lead": "Quelques mots suffisent. Ne donnez pas de nom ni de maladie.",
    "emergency": "Ici, pas d’urgence. 15 ou 112. Sourd\u00a0: 114 par SMS. Suicide\u00a0: 3114.",
    "idea_label": "Votre idée",
    "theme_label": "Elle parle de",
    "themes": ["Accueil", "Rendez-vous", "Attente", "Accès et parking", "Locaux", "Prévention"],
    "publish_label": "Pouvons-nous la publier\u202f?",
    "publish": ["Oui", "Non, pour l’équipe seulement"],
    "answer_label": "Comment vous donner la réponse\u202f?",
    "answers": ["Rien, merci", "Par e-mail", "Par téléphone", "Par lettre", "À l’accueil"],
    "name_label": "Votre prénom",
    "contact_label": "Votre e-mail, téléphone ou adresse",
    "drop": "Glissez ce papier dans la boîte, à l’accueil.",
}
CARD: dict[str, Any] = {
    "said_label": "Vous avez dit",
    "said": "«\u00a0On attend debout devant la porte le matin.\u00a0»",
    "did_label": "Nous avons fait",
    "did": "Un banc est installé. La porte ouvre 15 minutes plus tôt.",
    "state": "Fait en octobre",
    "kind": "done",
}
KINDS = ("done", "underway", "planned", "refused")
POSTER: dict[str, Any] = REACH | {
    "title": "Ce qui change grâce à vous",
    "lead": "21 réponses sur 23 données à temps cette année.",
    "empty": "Les premières réponses arrivent.",
    "cards": [CARD | {"kind": kind} for kind in KINDS],
}
SHARE: dict[str, Any] = REACH | {
    "paper": "a4",
    "title": "Un banc devant la porte",
    "text": "On attend debout le matin. Pour mon père, c’est dur.",
    "progress_label": "Où en est cette idée",
    "steps": [
        {"label": "Reçue", "when": "lundi 5 octobre 2026", "note": "", "kind": "done"},
        {"label": "En cours", "when": "", "note": "Le banc est commandé.", "kind": "now"},
        {"label": "Fait", "when": "à venir", "note": "", "kind": "later"},
    ],
    "invite": "Vous pensez pareil\u202f? Dites «\u00a0Je soutiens\u00a0».",
}
CALLS: dict[str, Any] = {
    "paper": "a4",
    "centre": "Maison de santé des Tilleuls",
    "title": "À appeler, à écrire",
    "lead": "Notez qui a prévenu, et quand.",
    "columns": {"done": "Fait", "who": "Qui", "how": "Comment", "what": "Quoi dire", "by": "Par qui"},
    "rows": [
        {"who": "Martine", "how": "Téléphone\n04 00 00 00 01", "what": "Le banc est là depuis lundi."},
        {
            "who": "Ahmed",
            "how": "prenom.nom.assez.long@messagerie-exemple.org",
            "what": "Nous étudions votre idée.",
        },
    ],
    "empty": "Personne n’attend de nouvelles.",
}
WAVE: dict[str, Any] = REACH | {
    "paper": "a4",
    "title": "Votre accueil, automne 2026",
    "lead": "Nous voulons mieux vous recevoir.",
    "purpose": "Nous choisissons ensemble ce qui change.",
    "when": "Du lundi 2 novembre au lundi 30 novembre 2026.",
    "length": "Environ 3 minutes.",
    "promise": "Anonyme\u00a0: nous ne demandons jamais votre nom.",
    "ways_label": "Sans internet",
    "ways": ["Sur papier\u00a0: demandez une feuille à l’accueil."],
}
TICKETS: dict[str, Any] = {
    "paper": "a4",
    "centre": "Maison de santé des Tilleuls",
    "title": "Votre accueil, automne 2026",
    "until": "Jusqu’au lundi 30 novembre 2026",
    "once": "Sert une fois, pour une personne.",
    "promise": "Ce ticket ne dit pas qui vous êtes.",
    "scan": "Scannez, ou tapez :",
    "address": "tilleuls.example.org/questionnaires/abcd2345",
    "code_label": "Votre code",
    "tickets": [{"code": ["7KM4", f"QX{number}B"], "qr": REACH["qr"]} for number in range(2, 9)],
}
ASKED: dict[str, Any] = {
    "number": "1",
    "text": "Comment avez-vous été reçu\u202f?",
    "help": "À l’accueil.",
    "rule": "Seulement si vous êtes venu.",
    "how": "Plusieurs réponses sont possibles.",
    "choices": [
        {"digit": "1", "text": "Bien", "other": False},
        {"digit": "2", "text": "Autre", "other": True},
    ],
    "scale": False,
    "prefer_not": "Je préfère ne pas dire",
    "blank": "",
    "ruled": 0,
}
ASKING: dict[str, Any] = {
    "paper": "a4",
    "large": False,
    "language": "fr",
    "centre": "Maison de santé des Tilleuls",
    "title": "Votre accueil, automne 2026",
    "lead": "Nous voulons mieux vous recevoir.",
    "purpose": "Nous choisissons ensemble ce qui change.",
    "promise": "Anonyme\u00a0: nous ne demandons jamais votre nom.",
    "how": "Cochez les cases.",
    "sheet_label": "Feuille n°",
    "emergency": "Ici, pas d’urgence. Urgence\u00a0: 15 ou 112.",
    "not_kept": "Ce que vous écrivez reste sur ce papier.",
    "pages": [
        {
            "title": "Votre venue",
            "items": [
                ASKED,
                ASKED | {"number": "2", "choices": [], "blank": "minutes", "ruled": -1},
                ASKED | {"number": "3", "choices": [], "prefer_not": "", "ruled": 4},
                ASKED | {"number": "", "choices": [], "prefer_not": "", "rule": "", "how": ""},
            ],
        }
    ],
    "end": "Pliez cette feuille.",
    "thanks": "Merci.",
}
TOLD: dict[str, Any] = {
    "paper": "a4",
    "centre": "Maison de santé des Tilleuls",
    "title": "Ce que vous nous avez dit",
    "wave": "Votre accueil, automne 2026",
    "answered": "180 personnes ont répondu.",
    "doors": "C’était sur internet et sur papier. Merci.",
    "pictures": [
        {
            "question": f"Comment avez-vous été reçu, {number} ?",
            "answer": "« Bien »",
            "said": f"{number} personnes sur 10",
            "tenths": number,
            "note": "peut-être entre 2 et 5 personnes sur 10" if number == 3 else "",
            "alt": f"Dessin de dix personnes, dont {number} pleines",
        }
        for number in (3, 6, 8)
    ],
    "heard_title": "Ce que nous avons entendu",
    "heard": "Le téléphone sonne trop longtemps.",
    "quotes": ["« Rappelez-nous. »"],
    "promised_title": "Ce à quoi nous nous engageons",
    "promised": "Une personne de plus répond le lundi.",
    "commitments": ["Rappeler dans la journée"],
    "contact_title": "Qui appeler",
    "person": "",
    "person_title": "",
    "contact": "Ou appelez-nous :",
    "phone": "04 00 00 00 00",
    "scan": "Cette feuille est aussi ici :",
    "address": "tilleuls.example.org/questionnaires/abcd2345/resultats",
    "qr": REACH["qr"],
}
EVENT: dict[str, Any] = REACH | {
    "paper": "a4",
    "kind": "Groupe de marche",
    "title": "Marche du jeudi",
    "lead": "On marche ensemble. On fait des pauses.",
    "when": "jeudi 26 novembre 2026, de 10\u00a0h à 11\u00a0h\u00a030",
    "place": "Parc des Tilleuls, entrée rue des Lilas",
    "facts": ["Tout le monde.", "Gratuit", "Vous entrez sans marche."],
    "sign_up": "Inscrivez-vous par internet ou par téléphone.",
}
SLOT: dict[str, Any] = {
    "hours": "de 9\u00a0h\u00a030 à 10\u00a0h\u00a050",
    "title": "Parcours et coordination",
    "notes": "Table ronde 1 · Salle bleue",
    "text": "Chacun dit ce qui l’aide.",
    "topics": ["les aides", "le logement"],
    "speakers": ["Chloé Martin, coordinatrice", "Paul Roux, à distance"],
    "pause": False,
}
PAUSE: dict[str, Any] = dict.fromkeys(SLOT, "") | {"topics": [], "speakers": [], "pause": True}
PROGRAMME: dict[str, Any] = REACH | {
    "paper": "a4",
    "title": "Journée santé et quartier",
    "subject": "Bien vieillir chez soi",
    "when": "jeudi 18 mars 2027",
    "place": "Salle des fêtes, 2 place de la Mairie",
    "remote": "Vous pouvez aussi la suivre à distance.",
    "slots": [SLOT, PAUSE | {"hours": "de 10\u00a0h\u00a050 à 11\u00a0h", "title": "Pause"}, SLOT],
}
ARRIVALS: dict[str, Any] = {
    "paper": "a4",
    "centre": "Maison de santé des Tilleuls",
    "title": "Marche du jeudi",
    "when": "jeudi 26 novembre 2026 à 10\u00a0h\nParc des Tilleuls",
    "lead": "Cochez la case devant votre nom, puis signez.",
    "columns": {"here": "Présent", "who": "Nom", "sign": "Signature"},
    "rows": [{"who": "Amina Diallo", "note": ""}, {"who": "Benoît", "note": "3 personnes"}],
    "others": "Vous n’êtes pas sur la liste\u202f? Bienvenue\u00a0: écrivez votre nom ici.",
    "blank": 8,
}
ATTENDED: dict[str, Any] = {
    "name": "Amina Diallo",
    "said": "La maison de santé des Tilleuls atteste que cette personne a participé :",
    "facts": [
        {"label": "Rencontre", "value": "Atelier sommeil"},
        {"label": "Jour", "value": "jeudi 26 novembre 2026"},
        {"label": "Durée en tout", "value": "1 h 30"},
    ],
    "made": "Fait le vendredi 27 novembre 2026.",
    "signed": "Pour l’équipe, nom et signature :",
}
ATTENDANCE: dict[str, Any] = {
    "paper": "a4",
    "centre": "Maison de santé des Tilleuls",
    "address": "2 rue des Lilas, 14000 Caen",
    "title": "Attestation de participation",
    "sheets": [ATTENDED, ATTENDED | {"name": "Benoît Roux"}],
}
TEAR_OFF: dict[str, Any] = REACH | {
    "paper": "a4",
    "title": "Que changeriez-vous ici\u202f?",
    "lead": "Vous savez ce que c’est d’être soigné ici. Dites-le-nous.",
    "points": ["Donner une idée\u00a0: 5 minutes.", "Venir à un atelier\u00a0: une fois, une soirée."],
    "promise": "Vous choisissez jusqu’où aller.",
    "strips": [{"words": "Participer", "qr": REACH["qr"]} for _strip in range(5)],
}
MINUTES: dict[str, Any] = {
    "paper": "a4",
    "centre": "Maison de santé des Tilleuls",
    "group": "Commission d’usagers",
    "title": "Réunion de novembre",
    "when": "mardi 24 novembre 2026 à 18\u00a0h",
    "state": "Approuvé le jeudi 3 décembre 2026.",
    "parts": [{"heading": "Ce que nous avons entendu", "text": "La salle est froide."}],
    "decisions_title": "Décisions",
    "decisions": [{"question": "Se réunir le mardi\u202f?", "outcome": "Adopté."}],
    "tasks_title": "À faire",
    "tasks": [{"text": "Demander trois devis", "who": "Amina, pour le mardi 1er décembre 2026"}],
}
CALL: dict[str, Any] = REACH | {
    "paper": "a4",
    "kind": "Nous cherchons des personnes",
    "title": "Relire nos courriers",
    "lead": "Vous dites si nos courriers sont clairs.",
    "until": "Répondez avant la fin du lundi 7 décembre 2026",
    "facts": [{"heading": "Ce que nous remboursons", "text": "Vos trajets, sur facture."}],
    "how": "Sans compte. Par internet, par téléphone ou à l’accueil.",
}
CHARTER: dict[str, Any] = {
    "paper": "a4",
    "centre": "Maison de santé des Tilleuls",
    "title": "Charte\u00a0: Commission d’usagers",
    "lead": "Version 2, lundi 7 décembre 2026",
    "parts": [{"heading": "Vos frais", "lines": ["Vos trajets.", "La garde de vos enfants."]}],
    "agree": "J’ai lu cette charte, et je l’accepte",
    "blanks": ["Nom\u00a0:", "Date\u00a0:", "Signature\u00a0:"],
    "keep": "Gardez l’autre exemplaire.",
}
AGENDA: dict[str, Any] = {
    "group": "Commission d’usagers",
    "title": "Ordre du jour : le budget",
    "lead": "Mardi 24 novembre 2026, de 18\u00a0h à 20\u00a0h",
    "points_title": "De quoi nous parlons",
    "points": ["Le parking (15 minutes)", "Le budget"],
    "parts": [{"heading": "Comment venir", "text": "Bus 4, arrêt Tilleuls."}],
}
PAPERS: dict[str, Any] = {
    "paper": "a4",
    "centre": "Maison de santé des Tilleuls",
    "title": "Documents à poster",
    "letters": [
        {
            "name": "Ana Petit",
            "address": ["3 rue des Tilleuls", "01000 Bourg"],
            "words": "Bonjour Ana, voici vos documents.",
            "papers": [AGENDA, AGENDA | {"title": "Compte rendu : novembre"}],
        }
    ],
}
PARTNER: dict[str, Any] = {
    "paper": "a4",
    "centre": "Maison de santé des Tilleuls",
    "address": "2 rue des Lilas, 14000 Caen",
    "title": "Ce qui a été donné en 2026",
    "said": "La maison de santé des Tilleuls atteste que cette personne a pris part à ses travaux :",
    "name": "Benoît Roux",
    "facts": [{"label": "Comment", "value": "Bénévole, frais remboursés"}],
    "parts": [
        {
            "heading": "Missions",
            "lines": [{"when": "jeudi 26 novembre 2026", "what": "Relire le livret", "time": "2 h 30"}],
        }
    ],
    "use": "Ce document peut servir à faire reconnaître son expérience (VAE).",
    "made": "Fait le vendredi 27 novembre 2026.",
    "signed": "Pour l’équipe, nom et signature :",
}
BALLOT: dict[str, Any] = {
    "paper": "a5",
    "centre": "Maison de santé des Tilleuls",
    "title": "Bulletin",
    "group": "Commission d’usagers",
    "question": "Que mettre devant la porte\u202f?",
    "how": "Cochez une note pour chaque choix.",
    "scale": ["5\u00a0: tout à fait pour", "0\u00a0: je suis contre"],
    "best": 5,
    "options": ["Un banc", "Un abri", "Une horloge"],
    "rules": ["N’écrivez pas votre nom. Pliez ce papier.", "Rapportez-le à l’accueil."],
}
GUIDE: dict[str, Any] = REACH | {
    "paper": "a4",
    "title": "Qui appeler\u202f?",
    "danger_title": "C’est grave\u202f? Appelez le 15",
    "danger": ["Grand mal dans la poitrine.", "Un bras ne bouge plus."],
    "numbers": [{"number": "15", "words": "Urgence"}, {"number": "114", "words": "Par SMS"}],
    "needs": [
        {
            "title": "De retour de l’hôpital",
            "contacts": [
                {"who": "La personne de l’accueil", "phone": "04 00 00 00 00", "more": "de 8 h à 19 h"},
                {"who": "Votre pharmacien", "phone": "", "more": "Dans sa pharmacie"},
            ],
        }
    ],
}
READING: dict[str, Any] = {
    "paper": "a4",
    "centre": "Maison de santé des Tilleuls",
    "title": "Sortir de l’hôpital",
    "lead": "C’est le texte que l’on teste, pas vous.",
    "unsigned": "N’écrivez pas votre nom.",
    "kind_label": "Qui êtes-vous\u202f?",
    "kinds": ["Je lis avec difficulté", "J’apprends le français", "J’aide un proche"],
    "marks": ["Je comprends", "Je ne suis pas sûr", "Je ne comprends pas"],
    "remark": "Mot difficile\u00a0:",
    "lines": [
        {"number": "1", "icon": "M3 3h18v18h-18z", "words": "Vous sortez de l’hôpital.", "is_title": True},
        {"number": "2", "icon": "", "words": "Appelez-nous.", "is_title": False},
    ],
    "overall": "Voulez-vous ajouter quelque chose\u202f?",
    "drop": "Rapportez cette feuille à l’accueil.",
}
REFERENCE: dict[str, Any] = REACH | {
    "paper": "a4",
    "title": "Les mots de la santé",
    "lead": "Un mot difficile\u202f? Voici ce qu’il veut dire.",
    "printed": "Imprimé le lundi 7 décembre 2026",
    "parts": [
        {
            "heading": "D",
            "entries": [
                {
                    "term": "DAC",
                    "more": "Dispositif d’appui",
                    "call": "3114",
                    "lines": ["Un service gratuit.", "Appelez."],
                },
                {
                    "term": "Dépistage",
                    "more": "",
                    "call": "",
                    "lines": ["Un examen pour trouver une maladie tôt."],
                },
            ],
        }
    ],
}


STEPS = "M5 12l14 0"
PAGE: dict[str, Any] = {
    "kind": "sheet",
    "paper": "a4",
    "centre": "Maison de santé des Tilleuls",
    "title": "Sortir de l’hôpital",
    "icon": STEPS,
    "message": "La sortie se prépare. Appelez-nous.",
    "lead": "Version courte",
    "nodes": [
        {"kind": "heading", "words": "Avant de partir", "icon": STEPS},
        {"kind": "par", "runs": [{"text": "Vos ", "bold": False}, {"text": "papiers.", "bold": True}]},
        {"kind": "item", "number": 0, "runs": [{"text": "L’ordonnance", "bold": False}]},
        {"kind": "line", "icon": "", "runs": [{"text": "Appelez-nous.", "bold": False}]},
        {
            "kind": "part",
            "look": "call",
            "icon": STEPS,
            "words": "Ce que vous pouvez faire",
            "body": [
                {"kind": "call", "number": "04 00 00 00 01", "words": "l’accueil"},
                {"kind": "item", "number": 1, "runs": [{"text": "Venez", "bold": False}]},
            ],
        },
    ],
    "summary_title": "En bref",
    "summary": "Prévenez-nous.",
    "about": ["Écrite par Chloé.", "Publiée le lundi 2 novembre 2026."],
    "scan": "Cette page est aussi ici :",
    "address": "tilleuls.example.org/pages/sortir",
    "qr": REACH["qr"],
    "contact": "Ou appelez-nous :",
    "phone": "04 00 00 00 00",
}
SHEETS: dict[str, tuple[str, dict[str, Any]]] = {
    "page": ("page", PAGE),
    "leaflet of a page": ("page", PAGE | {"kind": "leaflet"}),
    "group papers": ("group_papers", PAPERS),
    "follow a5": ("follow_slip", SLIP | {"paper": "a5"}),
    "follow a6": ("follow_slip", SLIP | {"paper": "a6"}),
    "invitation a5": ("invitation_slip", SLIP | {"paper": "a5"}),
    "invitation a6": ("invitation_slip", SLIP | {"paper": "a6"}),
    "form": ("idea_slip", FORM),
    "poster a4": ("results_poster", POSTER | {"paper": "a4"}),
    "poster a3": ("results_poster", POSTER | {"paper": "a3"}),
    "share": ("idea_share", SHARE),
    "calls": ("call_list", CALLS),
    "wave": ("survey_poster", WAVE),
    "event a4": ("event_poster", EVENT),
    "programme": ("event_programme", PROGRAMME),
    "event a5": ("event_poster", EVENT | {"paper": "a5"}),
    "arrivals": ("arrival_sheet", ARRIVALS),
    "year of a partner": ("partner_year", PARTNER),
    "attendance": ("attendance", ATTENDANCE),
    "minutes": ("minutes", MINUTES),
    "tear-off": ("tear_off", TEAR_OFF),
    "call": ("call_poster", CALL),
    "charter": ("group_charter", CHARTER),
    "ballot with scores": ("group_ballot", BALLOT),
    "ballot with boxes": ("group_ballot", BALLOT | {"best": 0, "scale": []}),
    "guide": ("guide_sheet", GUIDE),
    "reading round": ("reading_form", READING),
    "words": ("reference", REFERENCE),
    "tickets": ("survey_slips", TICKETS),
    "results of a wave": ("survey_sheet", TOLD),
    "questionnaire": ("survey_form", ASKING),
    "questionnaire in large print": ("survey_form", ASKING | {"large": True}),
}


def codes(data: object) -> int:
    """How many codes to scan stand on the sheet."""
    if isinstance(data, Mapping):
        return ("qr" in data) + sum(codes(part) for name, part in data.items() if name != "qr")
    return sum(map(codes, data)) if isinstance(data, list) else 0


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def catalogue(content: bytes) -> Any:
    return read(content).trailer["/Root"]


def words(content: bytes) -> str:
    """All its text on one line, without the places where a long word may break."""
    shown = " ".join(page.extract_text() for page in read(content).pages)
    return plain(shown.replace("\u200b", ""))


def title_of(content: bytes) -> str:
    metadata = read(content).metadata
    assert metadata is not None
    return str(metadata.title)


def plain(text: str) -> str:
    return " ".join(text.split())


def texts(data: object) -> Iterator[str]:
    """Every text of the data that a reader should find on the paper."""
    match data:
        case str():
            yield data
        case Mapping():
            for name, part in data.items():
                if name not in {"paper", "qr", "kind", "empty", "language", "alt", "icon", "look"}:
                    yield from texts(part)
        case list():
            for part in data:
                yield from texts(part)


def tags(node: Any) -> Iterator[Any]:
    node = node.get_object()
    if isinstance(node, list):
        for part in node:
            yield from tags(part)
    elif isinstance(node, DictionaryObject) and "/S" in node:
        yield node
        yield from tags(node["/K"] if "/K" in node else DictionaryObject())


def structure(content: bytes) -> list[Any]:
    """Every element of the structure tree, in reading order."""
    return list(tags(catalogue(content)["/StructTreeRoot"]["/K"]))


def sizes(content: bytes) -> set[float]:
    found: set[float] = set()

    def see(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        if text.strip():
            turned = (tm[0] * tm[3] - tm[1] * tm[2]) * (cm[0] * cm[3] - cm[1] * cm[2])
            found.add(round(size * abs(turned) ** 0.5, 1))

    for page in read(content).pages:
        page.extract_text(visitor_text=see)
    return found


def swapped(data: Any, text: str) -> Any:
    """The same sheet with every word of it replaced."""
    match data:
        case str():
            return text
        case Mapping():
            kept = {"paper", "kind", "qr", "columns", "language", "icon", "look"}
            return {name: part if name in kept else swapped(part, text) for name, part in data.items()}
        case list():
            return [swapped(part, text) for part in data]
    return data

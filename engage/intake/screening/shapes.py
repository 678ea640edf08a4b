"""What has a form of its own: e-mail addresses, phone numbers, social security numbers (NIR)."""

import re
from collections.abc import Iterator

from engage.intake.screening.twin import Finding, Kind, Twin

# Runs are possessive and start only where the run starts, so that each character is read once.
LOCAL = r"(?<![\w.%+\-])[\w.%+\-]++"
DOT = r"(?:\.|[ ]?[(\[][ ]?(?:\.|point|dot)[ ]?[)\]][ ]?|[ ](?:point|dot)[ ])"
DOMAIN = rf"[\w\-]++(?:{DOT}[\w\-]++)++"
PROVIDER = r"(?:gmail|orange|wanadoo|free|sfr|laposte|hotmail|outlook|live|yahoo|icloud|msn|bbox|neuf)\b"
SPELLED_AT = r"(?:[ ]?[(\[][ ]?(?:at|a|arr?obas?e?|@)[ ]?[)\]][ ]?|[ ](?:arr?obase?s?|at)[ ])"
SIGN = r"(?:point|dot|tiret(?:[ ]du[ ](?:bas|haut|six|huit|6|8))?|underscore)"
SPELLED_LOCAL = rf"{LOCAL}(?:[ ]{SIGN}[ ][\w.%+\-]++){{0,4}}+"
TELLING = r"(?<![\w.%+\-])(?=[^\W\d_]*+[.\d_\-])[\w.%+\-]++"  # "suis chez orange.fr" is no address
EMAILS = [
    re.compile(rf"{LOCAL}[ ]?@[ ]?(?:{DOMAIN}|{PROVIDER})"),
    re.compile(rf"{SPELLED_LOCAL}{SPELLED_AT}(?:{DOMAIN}|{PROVIDER})"),
    re.compile(rf"{TELLING}[ ]chez[ ]{DOMAIN}"),
]

GAP = r"[ \t._\-]{0,3}"
NOT_A_DATE = r"(?!\d\d?[./\-]\d\d?[./\-]\d{4}(?!\d))"
PHONES = [
    re.compile(r"(?:\+|(?<!\d)00)[ ]?[1-9](?:[ \t.\-()/]{0,4}\d){8,13}(?!\d)"),
    # A letter O typed for the zero is common; 08 numbers are services, not people.
    re.compile(
        rf"{NOT_A_DATE}(?:\((?=[0o][1-79]?\)))?(?:(?<!\d)0|(?<![^\W_])o)\)?{GAP}[1-79](?:\)?[/]?{GAP}\d){{8}}(?!\d)"
    ),
]

# Sex, year, month (or 20-42, 50-99 when unknown), department (2A and 2B too), commune, order, key.
# The key is not checked: a mistyped number is still somebody's.
NIR = re.compile(
    rf"(?<![^\W_])[1-478](?:{GAP}\d){{2}}{GAP}(?:0{GAP}[1-9]|1{GAP}[0-2]|[2-9]{GAP}\d){GAP}"
    rf"(?:\d{GAP}\d|2{GAP}[ab])(?:{GAP}\d){{6}}"
    rf"(?:{GAP}(?:(?:/|\(|cle)[ ]?:?[ ]?)?\d{GAP}\d(?!\d))?(?!\d)"
)


def emails(twin: Twin) -> Iterator[Finding]:
    for pattern in EMAILS:
        for match in pattern.finditer(twin.folded):
            start = match.end() - len(match.group().lstrip("._%+-"))
            end = match.start() + len(match.group().rstrip("._-"))
            if twin.folded[start] != "@" and re.search(r"[^\W\d_]{2,}$", twin.folded[start:end]):
                yield twin.finding(Kind.EMAIL, start, end)


def phones(twin: Twin) -> Iterator[Finding]:
    for pattern in PHONES:
        for match in pattern.finditer(twin.folded):
            yield twin.finding(Kind.PHONE, match.start(), match.end())


def nirs(twin: Twin) -> Iterator[Finding]:
    for match in NIR.finditer(twin.folded):
        yield twin.finding(Kind.NIR, match.start(), match.end())

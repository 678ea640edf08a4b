"""Pictures without words for those who cannot see them; places are those of the source."""

import re

from engage.core.i18n import gettext as _
from engage.core.words import fold
from engage.reading.finding import Finding, Findings, Rule, Severity
from engage.reading.text import Text

# "photo", "IMG_2041.jpg": a file and its kind are not what it shows.
SAYS_NOTHING = re.compile(
    r"[\W\d_]*(?:(?:une? )?(?:images?|photos?|pictures?|dessins?|illustrations?|pictogrammes?|logos?|img|dsc)"
    r"[\W\d_]*)*"
    r"(?:\S+\.(?:jpe?g|png|webp|gif|svg|avif))?"
)


def alternatives(text: Text) -> Findings:
    for picture in text.source.pictures:
        if SAYS_NOTHING.fullmatch(fold(picture.words)):
            message = _("This picture says nothing to those who cannot see it. Write what it shows.")
            yield Finding(picture.start, picture.end, Rule.NO_ALTERNATIVE, Severity.BLOCKING, message)

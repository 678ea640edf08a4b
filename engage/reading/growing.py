"""How the list of plain words grows: from what writers accept, again and again."""

from collections import Counter
from collections.abc import Iterable

from engage.core.words import fold
from engage.reading import content
from engage.reading.text import TOKEN

AT_LEAST = 3  # once is a taste, three times is a habit
MOST_WORDS = 4


def changed(before: str, after: str) -> tuple[str, str] | None:
    """The words of a sentence that a writer replaced, and by what; None where more than a few changed."""
    old, new = ([found[0] for found in TOKEN.finditer(text)] for text in (before, after))
    start = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), None)
    if start is None:
        return None
    last = 1
    while last <= min(len(old), len(new)) - start and old[-last] == new[-last]:
        last += 1
    gone, come = old[start : len(old) - last + 1], new[start : len(new) - last + 1]
    if not 0 < len(gone) <= MOST_WORDS or not 0 < len(come) <= MOST_WORDS:
        return None
    return _joined(gone), _joined(come)


def _joined(words: list[str]) -> str:
    return " ".join(words).replace("’ ", "’").replace("' ", "'").lower()


def grown(accepted: Iterable[tuple[str, str]], *, at_least: int = AT_LEAST) -> tuple[tuple[str, str], ...]:
    """The pairs of words and replacement that writers accepted so often, and that our list does not hold.

    Where they chose several replacements for the same words, the most frequent one. To be given to `check` as
    `plain`, and to be read by somebody before it goes into the list for good.
    """
    counts: dict[str, Counter[str]] = {}
    for words, plain in accepted:
        counts.setdefault(words.strip().lower(), Counter())[plain.strip()] += 1
    held = {fold(words) for words in content.held("jargon")}
    most = {words: found.most_common(1)[0] for words, found in counts.items()}
    return tuple(
        (words, plain)
        for words, (plain, count) in sorted(most.items())
        if count >= at_least and fold(words) not in held and fold(words) != fold(plain)
    )

"""How long the writing assistant takes over a page of 1,000 words: `./run python -m benchmarks.reading`."""

from __future__ import annotations

import time
from statistics import median

from engage.reading import Mode, check
from engage.reading.sentences import count_words

WORDS = 1000
ROUNDS = 9
PART = """## {{phone}} Appeler la maison de santé {number}

Vous avez une question sur vos soins ? Appelez l’accueil, du lundi au vendredi, de 9 h à 12 h. Une personne
vous écoute. Elle cherche une place avec vous, pour le jour même ou le lendemain. La prise en charge des
demandes urgentes est organisée par la CPTS, afin que chacun puisse trouver un médecin.

::: etapes
1. Notez vos questions sur un papier, avant le rendez-vous du {number} mars.
2. Prenez votre **carte Vitale**, votre ordonnance, vos lunettes et un stylo.
3. Ne prenez pas un nouveau médicament sans l’avis du [pharmacien](/annuaire).
:::

Votre dossier n’est jamais montré à une autre personne. Si vous ne comprenez pas une réponse, dites-le : 80 %
des habitants posent la même question. C’est grave ? Appelez le 15.

"""


def page(words: int = WORDS) -> str:
    """A page of at least so many words, easy and hard ones, with a title every hundred."""
    parts: list[str] = []
    while sum(map(count_words, parts)) < words:
        parts.append(PART.format(number=len(parts) + 2))
    return "".join(parts)


def milliseconds(rounds: int = ROUNDS) -> tuple[float, Mode]:
    """The median time of one check of such a page once the lists of words are read, and which mode ran."""
    text = page()
    mode = check(text, body="simple").mode
    taken = []
    for _round in range(rounds):
        begun = time.perf_counter()
        check(text, body="simple")
        taken.append((time.perf_counter() - begun) * 1000)
    return median(taken), mode


if __name__ == "__main__":
    spent, ran = milliseconds()
    print(f"writing assistant, {WORDS} words, mode {ran}: {spent:.0f} ms")

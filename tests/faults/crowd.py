"""Eight people who do the same thing again and again until the server is gone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from benchmarks.visitor import Stuck, Visitor

CLIENTS = 8
Deed = Callable[[Visitor, str], object]


class Crowd:
    """`acknowledged`: the words of each deed that came to its end, as its author was told."""

    def __init__(self, port: int, deed: Deed) -> None:
        self.port, self.deed = port, deed
        self.acknowledged: list[str] = []
        self.wrong: list[str] = []
        self.threads = [threading.Thread(target=self._person, args=(number,)) for number in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def _person(self, number: int) -> None:
        turn = 0
        while True:
            turn += 1
            text = f"Un banc devant la porte, dit la personne {number} pour la fois {turn}."
            try:
                with Visitor(self.port) as visitor:
                    self.deed(visitor, text)
            except Stuck as fault:
                self.wrong.append(str(fault))
                return
            except OSError:
                return
            self.acknowledged.append(text)

    def wait_for(self, count: int) -> None:
        until = time.monotonic() + 60
        while len(self.acknowledged) < count and not self.wrong and time.monotonic() < until:
            time.sleep(0.01)
        assert self.wrong == []
        assert len(self.acknowledged) >= count

    def join(self) -> None:
        for thread in self.threads:
            thread.join(timeout=60)
        assert self.wrong == []

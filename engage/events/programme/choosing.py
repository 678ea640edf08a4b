"""What may be ticked in a programme, and what is said of it before a place is taken."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from engage.core.forms import options
from engage.events.programme import rules, words
from engage.events.programme.document import Timed


class Choice:
    """The slots that take sign-ups; `held`: what this party has chosen already, and may keep."""

    def __init__(self, slots: Sequence[Timed], held: Collection[int] = ()) -> None:
        self.slots = {slot.id: slot for slot in slots}
        self.held = held

    @property
    def boxes(self) -> list[SelectChoice]:
        return options((slot.id, self._said(slot)) for slot in self.slots.values())

    def _said(self, slot: Timed) -> str:
        parts = [f"{words.label(slot)}, {words.hours(slot)}", slot.room]
        if slot.free is not None and slot.id not in self.held:
            parts.append(words.places(slot)[1].lower())
        return " · ".join(part for part in parts if part)

    def fault(self, ids: Iterable[int], party: int) -> str:
        """Why this party cannot come to these; nothing where it can."""
        chosen = [self.slots[slot_id] for slot_id in ids if slot_id in self.slots]
        for slot in chosen:
            if slot.id not in self.held and slot.free is not None and slot.free < party:
                return rules.full(slot, slot.free)
        return rules.clash(chosen)

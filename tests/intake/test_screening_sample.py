"""How well screening finds: a span counts only with the right kind and exactly the right words."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from engage.intake.screening import Kind, screen

SAMPLE = yaml.safe_load((Path(__file__).parent / "sample.yaml").read_text("utf-8"))
TODAY = date(SAMPLE["year"], 6, 9)
WITH_A_FORM = (Kind.EMAIL, Kind.PHONE, Kind.NIR, Kind.BIRTH_DATE)
GROUPS = ("tuning", "held_out", "hard")
Counts = Counter[tuple[str, str]]


def labelled(case: dict[str, Any]) -> set[tuple[Kind, int, str]]:
    text = case["text"]
    return {
        (Kind(kind), text.index(words), words)
        for kind, all_ in case.get("find", {}).items()
        for words in all_
    }


def measure(group: str) -> Counts:
    counts: Counts = Counter()
    for case in SAMPLE[group]:
        wanted = labelled(case)
        got = {
            (f.kind, f.start, f.text) for f in screen(case["text"], staff_names=SAMPLE["staff"], today=TODAY)
        }
        for name, spans in (("right", wanted & got), ("missed", wanted - got), ("wrong", got - wanted)):
            counts.update((kind, name) for kind, _, _ in spans)
            counts["overall", name] += len(spans)
    return counts


def rates(counts: Counts, kind: str) -> tuple[float, float]:
    """Precision and recall."""
    right, missed, wrong = (counts[kind, name] for name in ("right", "missed", "wrong"))
    return right / ((right + wrong) or 1), right / ((right + missed) or 1)


@pytest.fixture(scope="module")
def measured() -> dict[str, Counts]:
    return {group: measure(group) for group in GROUPS}


def table(measured: dict[str, Counts]) -> Iterator[str]:
    yield "\nscreening, exact spans".ljust(25) + "".join(f"{group:>23}" for group in (*GROUPS, "all"))
    yield " " * 24 + "   spans  precis.  recall" * 4
    every = {**measured, "all": sum(measured.values(), Counter())}
    for kind in (*Kind, "overall"):
        cells = []
        for counts in every.values():
            precision, recall = rates(counts, kind)
            cells.append(
                f"{counts[kind, 'right'] + counts[kind, 'missed']:>8}{precision:>9.2f}{recall:>8.2f}"
            )
        yield f"{kind:<24}" + "".join(cells)


def test_precision_and_recall_on_the_sample(
    measured: dict[str, Counts], capsys: pytest.CaptureFixture[str], record_property: Any
) -> None:
    with capsys.disabled():
        print("\n".join(table(measured)))
    every: Counts = sum(measured.values(), Counter())
    for kind in (*Kind, "overall"):
        precision, recall = rates(every, kind)
        record_property(f"screening {kind}", f"precision {precision:.2f}, recall {recall:.2f}")
    for kind in WITH_A_FORM:
        assert rates(every, kind)[1] == 1, kind
    assert min(rates(every, "overall")) >= 0.9
    for kind in Kind:
        assert min(rates(every, kind)) >= 0.85, kind


def test_held_out_sentences_alone_reach_the_same_floors(measured: dict[str, Counts]) -> None:
    assert min(rates(measured["held_out"], "overall")) >= 0.9
    assert all(rates(measured["held_out"], kind)[1] == 1 for kind in WITH_A_FORM)


def test_the_sample_is_large_and_varied_enough() -> None:
    cases = [case for group in GROUPS for case in SAMPLE[group]]
    assert len({case["text"] for case in cases}) == len(cases) >= 80
    assert sum("find" not in case for case in cases) >= 20
    assert {kind for case in cases for kind in case.get("find", {})} == set(Kind)

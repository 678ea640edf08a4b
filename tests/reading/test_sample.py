"""How well each rule finds: on sentences of a health centre, invented and labelled by hand."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from engage.reading import Mode, Rule, Term, check

FOLDER = Path(__file__).parent / "sample"


def lines(held: str) -> list[str]:
    """One text a line; "↵" ends a line inside a text."""
    return [line.replace("↵", "\n") for line in held.splitlines()]


NOTHING = lines(yaml.safe_load((FOLDER / "nothing.yaml").read_text("utf-8"))["plain"])


def loaded(path: Path) -> dict[str, Any]:
    """⟦words⟧ are what the rule should find."""
    held: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return held | {"hard": lines(held["hard"]), "plain": lines(held["plain"])}


SAMPLES = {path.stem: loaded(path) for path in sorted(FOLDER.glob("*.yaml")) if path.stem != "nothing"}
# The rules that the mode sharpens or that block have a floor of their own: with the extra, and without.
CHIEF = {Rule.PASSIVE, Rule.NEGATION, Rule.ACRONYM, Rule.LONG_SENTENCE}
FLOORS = {Mode.NLP: 0.9, Mode.RULES: 0.8}
FLOOR = 0.75
LABEL = re.compile(r"(⟦[^⟧]*⟧)")


def found(sample: dict[str, Any], text: str) -> tuple[list[tuple[int, int]], Mode]:
    given = {"body": "simple", **sample.get("given", {})}
    given["glossary"] = [Term(*term) for term in given.get("glossary", [])]
    report = check("\n".join([text] * sample.get("repeat", 1)), **given)
    return [(one.start, one.end) for one in report.findings if one.rule == sample["rule"]], report.mode


def wanted(sample: dict[str, Any], written: str) -> tuple[str, list[tuple[int, int]]]:
    """The sentence without its labels, and where they were."""
    if sample.get("whole"):
        return written, [(0, sys.maxsize)]
    text, spans = "", []
    for piece in LABEL.split(written):
        words = piece.strip("⟦⟧")
        if words != piece:
            spans.append((len(text), len(text) + len(words)))
        text += words
    return text, spans


def measure(sample: dict[str, Any]) -> tuple[Counter[str], Mode]:
    """A label counts as found where a finding shares a word with it; a finding without a label is wrong."""
    counts: Counter[str] = Counter()
    alone = {"rule": sample["rule"]}
    texts = [(sample, *wanted(sample, written)) for written in sample["hard"]]
    texts += [(sample, written, []) for written in sample["plain"]] + [(alone, text, []) for text in NOTHING]
    for given, text, labels in texts:
        got, mode = found(given, text)
        right = sum(any(label[0] < end and start < label[1] for start, end in got) for label in labels)
        counts["right"] += right
        counts["missed"] += len(labels) - right
        counts["wrong"] += sum(
            not any(start < one[1] and one[0] < end for one in labels) for start, end in got
        )
    return counts, mode


def rates(counts: Counter[str]) -> tuple[float, float]:
    """Precision and recall."""
    right = counts["right"]
    return right / ((right + counts["wrong"]) or 1), right / ((right + counts["missed"]) or 1)


@pytest.mark.parametrize("name", SAMPLES)
def test_precision_and_recall_on_the_sample(
    name: str, capsys: pytest.CaptureFixture[str], record_property: Any
) -> None:
    counts, mode = measure(SAMPLES[name])
    precision, recall = rates(counts)
    rule = Rule(SAMPLES[name]["rule"])
    with capsys.disabled():
        print(f"\nreading, {mode}: {rule:<20} precision {precision:.2f}, recall {recall:.2f}", end="")
    record_property(f"reading {rule} ({mode})", f"precision {precision:.2f}, recall {recall:.2f}")
    assert min(precision, recall) >= (FLOORS[mode] if rule in CHIEF else FLOOR)


def test_each_rule_has_a_sample_of_both_kinds() -> None:
    apart = {Rule.LONG_AVERAGE}  # of `measure`, not of the assistant
    assert {Rule(sample["rule"]) for sample in SAMPLES.values()} == set(Rule) - apart
    for name, sample in SAMPLES.items():
        least = 20 if Rule(sample["rule"]) in CHIEF else 6
        assert min(len(sample["hard"]), len(sample["plain"])) >= least, name
        texts = sample["hard"] + sample["plain"] + NOTHING
        assert len(set(texts)) >= 40, name

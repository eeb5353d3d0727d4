"""No file makes a reader crash, hang, take a gigabyte or fail without a sentence."""

from __future__ import annotations

from tests.robustness.fuzz.cases import cases, valid
from tests.robustness.fuzz.corpus import Case, corpus
from tests.robustness.fuzz.pool import Outcome, read_all

COUNT, SEED = 400, 1


def _failures(outcomes: list[Outcome]) -> list[str]:
    return [
        f"{outcome.case.reader}, {outcome.case.name}: {outcome.fault}"
        for outcome in outcomes
        if outcome.fault
    ]


def test_every_valid_sample_is_read() -> None:
    outcomes = list(read_all(valid()))
    assert [outcome for outcome in outcomes if outcome.fault or outcome.sentence] == []


def test_what_once_failed_is_refused_or_read() -> None:
    assert _failures(list(read_all(corpus()))) == []


def test_damaged_forged_and_random_files_are_refused_or_read() -> None:
    outcomes = list(read_all(cases(COUNT, SEED)))
    assert _failures(outcomes) == []
    assert len(outcomes) > 0.9 * COUNT
    assert sum(bool(outcome.sentence) for outcome in outcomes) > 0.5 * COUNT


def test_the_harness_sees_what_it_looks_for() -> None:
    words = {
        "crash": "ends the process",
        "hang": "hangs for more than 6 s",
        "grow": "takes 1.25 GB",
        "raise": "raises KeyError",
        "escape": r"says '\x1b",
        "chatter": "says 2000 letters",
        "refuse": "",
        "fine": "",
    }
    tried = [Case("faulty", "file.txt", word.encode()) for word in words]
    outcomes = read_all(tried, "tests.robustness.fuzz.faulty_readers", time_limit_s=6.0)
    for outcome, expected in zip(outcomes, words.values(), strict=True):
        assert outcome.fault.startswith(expected), outcome
        assert bool(outcome.fault) == bool(expected)

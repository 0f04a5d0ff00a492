"""Sums as shown: exact, and each part within one hundredth."""

from __future__ import annotations

from dataclasses import replace
from math import fsum

from hypothesis import given
from hypothesis import strategies as st

from tests.pages.demo import LIVE, explained
from troth.pages.sums import by_event, by_origin, rounded, steps

PARTS = st.lists(st.floats(-20, 20), min_size=1, max_size=40)


@given(PARTS)
def test_rounded_parts_sum_to_the_rounded_total(parts: list[float]) -> None:
    """Whatever the parts, and none is moved by more than a hundredth."""
    total = round(fsum(parts) * 100)
    whole = rounded(parts, total)
    assert sum(whole) == total
    assert all(abs(w - p * 100) <= 1 + 1e-6 for w, p in zip(whole, parts, strict=True))


@given(st.integers(-500, 500), st.lists(st.integers(-99, 99), max_size=9))
def test_steps_run_on_from_one_another(start: int, values: list[int]) -> None:
    """Each begins where the last one ended; the last ends at the sum."""
    runs = steps(start, values)
    ends = [start, *(end for _, end in runs)]
    assert [begin for begin, _ in runs] == ends[:-1]
    assert ends[-1] == start + sum(values)


def test_a_covariate_has_a_bar_of_its_own() -> None:
    """What neither baseline nor origins explain is shown, and still everything sums."""
    told = explained(*LIVE[1])
    shifted = replace(told, eta=told.eta + 0.4)
    sums = by_origin(shifted)
    assert abs(sums.covariates - 40) <= 1
    assert sums.baseline + sums.evidence + sums.covariates == sums.total
    assert by_origin(told).covariates == 0


def test_few_events_leave_a_rest_that_sums() -> None:
    """However few are listed, the rest is counted, own and others apart."""
    told = explained(*LIVE[1])
    origins = by_origin(told)
    for most in (0, 1, 5, 10_000):
        sums = by_event(told, origins.evidence, most)
        shown = sum(bar.value for bar in sums.bars) + sums.own.value + sums.others.value
        assert shown == sums.total
        assert len(sums.bars) + sums.own.count + sums.others.count == len(told.contributions)

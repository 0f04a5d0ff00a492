"""Drafts of our own: what is said of each, and that a rewrite mends what it speaks of."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from troth.guidance.draft.review import remarks_on, review
from troth.guidance.draft.scene import scene_of
from troth.guidance.draft.talk import Talk
from troth.people.known import Known, Person
from troth.reading.schema import CUSTOMER, STAFF, Turn

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
NOW = datetime(2026, 3, 9, 9, tzinfo=UTC)


def talk_of(case):
    said = case.get("said") or [["c", case["asked"]]]
    turns = tuple(Turn(CUSTOMER if side == "c" else STAFF, text) for side, text in said)
    wishes = case.get("wish", {})
    known = tuple(
        Known(what, value, "own_words", 1, "Ms Chen", 9) for what, value in wishes.items()
    )
    return Talk(said=turns, person=Person(known), now=NOW)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:30])
def test_remarks_are_those_expected(case):
    """Each draft gets the remarks that a colleague would make, and a good one none."""
    assert sorted(r.kind for r in review(case["text"], talk_of(case)).remarks) == sorted(
        case["expect"]
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:30])
def test_a_rewrite_takes_its_remark_away_and_adds_none(case):
    """With a rewrite in place its own remark is gone, and nothing but a gap to fill is new."""
    talk = talk_of(case)
    before = remarks_on(scene_of(case["text"], talk))
    for remark in before:
        if remark.rewrite is None:
            continue
        mended = remark.applied(case["text"])
        if not mended.strip():
            continue
        after = Counter(r.kind for r in remarks_on(scene_of(mended, talk)))
        count = Counter(r.kind for r in before)
        assert after[remark.kind] < count[remark.kind], mended
        added = {kind for kind in after if after[kind] > count[kind]} - {"gap"}
        assert not added, f"{mended}: {added}"

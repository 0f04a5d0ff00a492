"""What comes near to harm and is none gets no remark; what is harm in other words gets it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from troth.guidance.draft.review import remarks_on
from troth.guidance.draft.scene import scene_of
from troth.guidance.draft.talk import Talk
from troth.reading.schema import CUSTOMER, Turn

FOLDER = Path(__file__).parent
FILES = ("finer.yaml", "nearer.yaml")
NOW = datetime(2026, 3, 9, 9, tzinfo=UTC)
CASES = [
    (kind, asked, text, side == "with")
    for name in FILES
    for kind, sides in yaml.safe_load((FOLDER / name).read_text(encoding="utf-8")).items()
    for side, pairs in sides.items()
    for asked, text in pairs
]


def kinds_of(asked: str, text: str) -> set[str]:
    """Kinds of the remarks on a draft."""
    talk = Talk(said=(Turn(CUSTOMER, asked),), now=NOW)
    return {remark.kind for remark in remarks_on(scene_of(text, talk))}


@pytest.mark.parametrize(("kind", "asked", "text", "expected"), CASES)
def test_the_line_runs_where_a_colleague_would_draw_it(kind, asked, text, expected):
    """A remark where it is meant, and none beside it."""
    assert (kind in kinds_of(asked, text)) is expected

"""What each stage asks: complete, sourced, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from troth.content.stages import MEASURES, NAMES, checklists
from troth.content.yaml_files import ContentError

if TYPE_CHECKING:
    from pathlib import Path

GOOD = '[{zh: "一", en: "one", source: our_choice}]'


def written(tmp_path: Path, **told: str) -> Path:
    """A file that is good but for what is told."""
    path = tmp_path / "stages.yaml"
    lines = dict.fromkeys(NAMES, GOOD) | told
    path.write_text("\n".join(f"{k}: {v}" for k, v in lines.items() if v), encoding="utf-8")
    return path


def test_every_stage_and_repair_ask_something() -> None:
    """At least three things each, and every measure is asked for somewhere."""
    assert all(len(checklists()[name]) >= 3 for name in NAMES)
    asked = {ask.measure for asks in checklists().values() for ask in asks} - {None}
    assert asked == set(MEASURES)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"repair": ""}, "repair: is missing"),
        ({"friendship": GOOD}, "friendship: is not a stage"),
        ({"repair": '[{zh: "一", source: our_choice}]'}, r"repair\.en: is missing"),
        ({"repair": '[{zh: "一", en: "one", source: rumour}]'}, r"repair\.source: "),
        ({"repair": '[{zh: "一", en: "one", source: our_choice, measure: x}]'}, r"repair\.measure"),
        ({"repair": '[{zh: "一", en: "one", source: our_choice, why: x}]'}, r"repair\.why: "),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, told: dict[str, str], field: str) -> None:
    """With its stage and field."""
    with pytest.raises(ContentError, match=rf"^stages\.yaml: {field}"):
        checklists(written(tmp_path, **told))

"""What can be entered by hand: true to the codebook, short, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from troth.content.kinds import codebook
from troth.content.touches import GROUPS, SIGNS, touch_of, touches
from troth.content.yaml_files import ContentError

if TYPE_CHECKING:
    from pathlib import Path

ITEMS = [touch for group in touches() for touch in group.items]
GOOD = {
    "key": "a",
    "kind": "smiled",
    "outcome": None,
    "sign": "good",
    "zh": "微笑",
    "en": "smiled",
    "wants": None,
}


def written(tmp_path: Path, *items: Any, **groups: Any) -> Path:
    """A file whose first group holds the items."""
    other = {**GOOD, "key": "other"}
    told = {
        name: {"zh": "组", "en": "group", "items": list(items) if name == "said" else [other]}
        for name in GROUPS
    }
    path = tmp_path / "touches.yaml"
    path.write_text(yaml.safe_dump({"groups": told | groups}), encoding="utf-8")
    return path


def test_groups_come_in_order_and_cover_what_a_colleague_sees() -> None:
    """Said first, then shown; good, bad and neutral ones; every touch kind that only a hand enters."""
    assert tuple(group.key for group in touches()) == GROUPS
    assert {touch.sign for touch in ITEMS} == set(SIGNS)
    by_hand = {
        "welcomed_by_name", "smiled", "listened", "explained_clearly", "went_the_extra_mile",
        "kept_waiting", "interrupted", "looked_away", "spoke_curtly", "passed_around",
        "preference_stated", "note",
    }  # fmt: skip
    assert by_hand <= {touch.kind for touch in ITEMS}


@pytest.mark.parametrize("touch", ITEMS, ids=lambda touch: touch.key)
def test_every_touch_makes_an_event_that_can_be_read(touch) -> None:
    """Kind known, an outcome from one of the two, labels short and each in its own script."""
    kind = codebook()[touch.kind]
    assert (kind.outcome is None) != (touch.outcome is None)
    assert len(touch.label("zh")) <= 6
    assert not touch.zh.isascii()
    assert len(touch.label("en").split()) <= 3
    assert touch.en.isascii()
    assert touch_of(touch.key) is touch


def test_what_must_be_asked_for_is_asked_for() -> None:
    """A promise wants its time, complaints and praise want the words."""
    assert touch_of("promised").wants == "due"
    assert {touch_of(key).wants for key in ("complained", "praised", "preference")} == {"text"}
    assert touch_of("winked") is None


def test_no_two_labels_in_a_group_are_alike() -> None:
    """Or nobody could choose."""
    for group in touches():
        assert group.label("zh") != group.label("en")
        for lang in ("zh", "en"):
            labels = [touch.label(lang) for touch in group.items]
            assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "winked"}, r"said\[0\]\.kind"),
        ({"kind": "correction"}, r"said\[0\]\.kind"),
        ({"kind": "complaint_resolved"}, r"said\[0\]\.kind"),
        ({"outcome": 1.0}, r"said\[0\]\.outcome"),
        ({"kind": "review"}, r"said\[0\]\.outcome"),
        ({"kind": "review", "outcome": 2.0}, r"said\[0\]\.outcome"),
        ({"sign": "bad"}, r"said\[0\]\.sign"),
        ({"kind": "note"}, r"said\[0\]\.sign"),
        ({"wants": "money"}, r"said\[0\]\.wants"),
        ({"zh": "一二三四五六七"}, r"said\[0\]\.zh"),
        ({"en": "one two three four"}, r"said\[0\]\.en"),
        ({"en": ""}, r"said\[0\]\.en"),
        ({"key": ""}, r"said\[0\]\.key"),
        ({"colour": "red"}, r"said\[0\]\.colour"),
        ({"key": "other"}, "other"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, fields: dict, field: str) -> None:
    """With its group, place and field."""
    with pytest.raises(ContentError, match=rf"^touches\.yaml: {field}: "):
        touches(written(tmp_path, {**GOOD, **fields}))


def test_slips_in_the_frame_are_named(tmp_path: Path) -> None:
    """An unknown or empty group, a missing field, an item that is none, a file of another kind."""
    lacking = {name: value for name, value in GOOD.items() if name != "sign"}
    for item, field in (
        (lacking, r"said\[0\]\.sign: is missing"),
        ("smiled", r"said\[0\]: must be a mapping"),
    ):
        with pytest.raises(ContentError, match=field):
            touches.__wrapped__(written(tmp_path, item))
    for groups, field in (
        ({"sung": {}}, "sung: is not a group"),
        ({"said": {"zh": "组"}}, "said: must have"),
        ({"said": {"zh": "组", "en": "group", "items": []}}, r"said\.items"),
    ):
        with pytest.raises(ContentError, match=field):
            touches.__wrapped__(written(tmp_path, GOOD, **groups))
    (tmp_path / "touches.yaml").write_text("said: {}", encoding="utf-8")
    with pytest.raises(ContentError, match="groups: must be the only part"):
        touches.__wrapped__(tmp_path / "touches.yaml")

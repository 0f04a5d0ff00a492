"""The codebook, and what it refuses."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
import yaml

from troth.content.kinds import FOLDER, codebook, kind_name, load_kind, nearest_kind
from troth.content.sources import sources
from troth.content.yaml_files import ContentError

if TYPE_CHECKING:
    from pathlib import Path

GOOD = (FOLDER / "promise_kept.yaml").read_text(encoding="utf-8")
PROMISED = {
    "contact",
    "message",
    "promise_made",
    "promise_kept",
    "promise_broken",
    "promise_renegotiated",
    "delivery",
    "complaint_opened",
    "complaint_answered",
    "complaint_resolved",
    "complaint_reopened",
    "apology",
    "explanation",
    "compensation",
    "survey",
    "review",
    "preference_honoured",
    "preference_missed",
    "disclosure",
    "recognition",
    "referral",
    "hand_over",
    "return",
    "cancellation",
    "observation",
    "move",
    "correction",
}


def changed(tmp_path: Path, **fields: object) -> Path:
    """A copy of a good kind with some fields changed; None takes a field out."""
    entry = {**yaml.safe_load(GOOD), **fields}
    path = tmp_path / "promise_kept.yaml"
    path.write_text(
        yaml.safe_dump({k: v for k, v in entry.items() if v != "absent"}), encoding="utf-8"
    )
    return path


def test_every_promised_kind_is_there() -> None:
    """The issue's list, and a move, a cancellation and a correction."""
    assert set(codebook()) >= PROMISED


@pytest.mark.parametrize("kind", codebook().values(), ids=lambda kind: kind.name)
def test_every_kind_makes_sense(kind) -> None:
    """Loadings sum to 1, neutral kinds are never targets, and a repair says nothing of its own."""
    assert math.isclose(sum(kind.loadings.values()), 1.0)
    assert kind.source in sources()
    if kind.weight == 0:
        assert not kind.judged
        assert kind.outcome == 0.5
    if kind.repairs or kind.retracts:
        assert kind.weight == 0
    if kind.opens:
        assert kind.weight * (1 - kind.outcome) > 0
    assert not kind.zh.isascii()


def test_judged_kinds_are_hard_outcomes() -> None:
    """What fitting aims at."""
    assert {name for name, kind in codebook().items() if kind.judged} == {
        "promise_kept",
        "promise_broken",
        "review",
        "survey",
        "complaint_opened",
        "return",
        "cancellation",
        "move",
        "observation",
    }


@pytest.mark.parametrize(
    ("names", "outcome"),
    [
        (
            "welcomed_by_name smiled listened explained_clearly went_the_extra_mile",
            1.0,
        ),
        ("kept_waiting interrupted looked_away spoke_curtly passed_around", 0.0),
        ("help_given hand_over_kept thanks", 1.0),
        ("hand_over_dropped", 0.0),
    ],
)
def test_what_a_colleague_saw_is_soft(names: str, outcome: float) -> None:
    """Evidence of little weight, no target for fitting, and no breach until somebody complains."""
    for kind in (codebook()[name] for name in names.split()):
        assert kind.outcome == outcome
        assert 0.2 <= kind.weight <= 0.5
        assert not any((kind.judged, kind.opens, kind.repairs))


def test_what_the_desk_writes_is_no_evidence() -> None:
    """Nor does it take anything back: a split undoes a merge and no experience."""
    for name in ("preference_stated", "staff_answer", "merge", "split", "praise_passed_on", "note"):
        kind = codebook()[name]
        assert kind.weight == 0
        assert not any((kind.opens, kind.closes, kind.retracts, kind.repairs))


def test_promises_load_reliability_first() -> None:
    """Done as said, on time."""
    for name in ("promise_kept", "promise_broken"):
        loadings = codebook()[name].loadings
        assert max(loadings, key=loadings.get) == "reliability"


def test_repairs_follow_the_studies() -> None:
    """An apology helps ability more than integrity; a remedy helps more than words."""
    apology, remedy = codebook()["apology"].repairs, codebook()["compensation"].repairs
    assert apology["ability"] > apology["integrity"]
    assert all(remedy[name] > apology[name] for name in remedy)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"colour": 1}, "colour"),
        ({"zh": "absent"}, "zh"),
        ({"en": ""}, "name.en"),
        ({"zh": 3}, "name.zh"),
        ({"direction": "sideways"}, "direction"),
        ({"outcome": 2}, "outcome"),
        ({"outcome": "absent"}, "outcome"),
        ({"outcome": True}, "outcome"),
        ({"weight": -1}, "weight"),
        ({"weight": "much"}, "weight"),
        ({"weight": math.nan}, "weight"),
        ({"loadings": {"ability": 0.5}}, "loadings"),
        ({"loadings": {"charm": 1.0}}, "loadings.charm"),
        ({"loadings": [1]}, "loadings"),
        ({"repairs": {"ability": 1.5}}, "repairs.ability"),
        ({"judged": "yes"}, "judged"),
        ({"source": "hearsay"}, "source"),
        ({"note": {"zh": "有"}}, "note.en"),
        ({"note": {"zh": "有", "en": "x", "fr": "y"}}, "note.fr"),
    ],
)
def test_a_bad_field_is_named_with_its_file(tmp_path: Path, fields: dict, field: str) -> None:
    """So that whoever adds a kind finds the slip."""
    with pytest.raises(ContentError, match=rf"^promise_kept\.yaml: {field}: "):
        load_kind(changed(tmp_path, **fields))


def test_a_file_that_is_no_yaml_or_badly_named_is_named(tmp_path: Path) -> None:
    """In one line each."""
    broken = tmp_path / "broken.yaml"
    broken.write_text("zh: [", encoding="utf-8")
    with pytest.raises(ContentError, match=r"^broken\.yaml: file: is not YAML.*$"):
        load_kind(broken)
    listed = tmp_path / "listed.yaml"
    listed.write_text("- zh", encoding="utf-8")
    with pytest.raises(ContentError, match="must be a mapping"):
        load_kind(listed)
    spaced = tmp_path / "Promise Kept.yaml"
    spaced.write_text(GOOD, encoding="utf-8")
    with pytest.raises(ContentError, match="snake_case"):
        load_kind(spaced)


@pytest.mark.parametrize("name", sorted(codebook()))
def test_names_are_known_in_every_spelling(name: str) -> None:
    """Spaces, hyphens, capitals, and in Chinese."""
    spaced = name.replace("_", " ")
    for written in (name, spaced, spaced.upper(), name.replace("_", "-"), codebook()[name].zh):
        assert kind_name(written) == name


def test_nothing_is_near_to_nonsense() -> None:
    """Better no advice than a wrong one."""
    assert nearest_kind("zzz") is None
    assert nearest_kind("complaint_open") == "complaint_opened"

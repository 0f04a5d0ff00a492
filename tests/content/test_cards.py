"""What not to say: chosen by facts, sourced, in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from troth.content.cards import COUNTS, FLAGS, MOST, NAMED, lines, lines_for
from troth.content.shares import DIMENSIONS
from troth.content.sources import sources
from troth.content.stages import NAMES
from troth.content.yaml_files import ContentError

if TYPE_CHECKING:
    from pathlib import Path

GOOD = {
    "when": {"praise": True},
    "avoid": {"zh": "一", "en": "one"},
    "instead": {"zh": "二", "en": "two"},
    "source": "our_choice",
}


def written(tmp_path: Path, entry: Any) -> Path:
    """A file with one line."""
    path = tmp_path / "cards.yaml"
    path.write_text(yaml.safe_dump({"lines": [entry]}), encoding="utf-8")
    return path


def avoided(**facts: Any) -> list[str]:
    """What the lines for some facts warn of, in English."""
    return [line.avoid["en"] for line in lines_for(facts)]


def test_every_fact_has_a_line() -> None:
    """Each flag, count and stage, and each dimension that a breach can hurt."""
    assert 25 <= len(lines()) <= 35
    asked = {(fact, wanted) for line in lines() for fact, wanted in line.when.items()}
    assert {fact for fact, _ in asked} == {*FLAGS, *COUNTS, *NAMED}
    assert {wanted for fact, wanted in asked if fact == "stage"} == set(NAMES)
    assert {wanted for fact, wanted in asked if fact == "breach_dimension"} == set(DIMENSIONS)


@pytest.mark.parametrize("line", lines(), ids=lambda line: line.avoid["en"])
def test_every_line_can_be_shown_and_rests_on_something(line) -> None:
    """Its own facts bring it up; its figure was read; it is short and says two things."""
    assert line in lines_for(line.when)
    assert sources()[line.source].verified
    assert len(line.avoid["zh"]) <= 20
    assert len(line.instead["zh"]) <= 40
    assert len(line.avoid["en"].split()) <= 12
    assert len(line.instead["en"].split()) <= 22
    for text in (line.avoid, line.instead):
        assert re.search(r"[\u4e00-\u9fff]", text["zh"])
        assert not re.search(r"[\u4e00-\u9fff]", text["en"])
    assert line.avoid["zh"] not in line.instead["zh"]


def test_no_two_lines_say_the_same() -> None:
    """Neither what to avoid nor what to do stands twice."""
    for lang in ("zh", "en"):
        for said in ([x.avoid[lang] for x in lines()], [x.instead[lang] for x in lines()]):
            assert len(set(said)) == len(said)


def test_nothing_advises_denial_pressure_or_flattery() -> None:
    """No such word stands in what is advised, but where it is advised against."""
    wrong = re.compile(
        r"否认|撇清|与我们无关|限时|赶紧下单|最尊贵|全网最|not our fault|deny|hurry|last chance|most valued",
        re.IGNORECASE,
    )
    assert not [line for line in lines() if any(wrong.search(t) for t in line.instead.values())]


def test_a_broken_promise_asks_for_a_time_that_holds() -> None:
    """Not for "as soon as possible"; where it is overdue besides, that is said first."""
    assert avoided(open_breach="promise_broken") == ["“As soon as possible”"]
    assert (
        avoided(open_breach="promise_broken", promise_overdue=True)[0] == "“Tomorrow, definitely”"
    )


def test_a_third_apology_is_advised_against() -> None:
    """From two on, and not before."""
    assert not avoided(apologies_given=1)
    assert "“We are so very sorry”" in avoided(apologies_given=2)
    assert avoided(apologies_given=2) == avoided(apologies_given=5)
    advising = [line for line in lines() if re.search("道歉|次歉|apolog", str(line.instead))]
    assert all("apologies_given" in line.when for line in advising)


def test_the_most_specific_come_first_and_no_more_than_a_few() -> None:
    """However much there would be to say."""
    everything: dict[str, Any] = dict.fromkeys(FLAGS, True)
    everything |= {"apologies_given": 3, "stage": NAMES, "breach_dimension": set(DIMENSIONS)}
    found = lines_for(everything | {"open_breach": ["promise_broken", "complaint_opened"]})
    asked = [len(line.when) for line in found]
    assert len(found) == MOST
    assert asked == sorted(asked, reverse=True)
    assert asked[0] > 1
    mixed = [
        len(x.when) for x in lines_for({"breach_dimension": "integrity", "apologies_given": 2})
    ]
    assert mixed[0] == 2
    assert mixed[-1] == 1


@pytest.mark.parametrize("nothing", [None, False, 0, "", []])
def test_what_does_not_hold_brings_nothing(nothing: Any) -> None:
    """However it is said that it does not."""
    assert lines_for(dict.fromkeys((*FLAGS, *COUNTS, *NAMED), nothing)) == []
    assert lines_for({}) == []


def test_an_unknown_fact_is_refused() -> None:
    """Or a slip of the pen would silence its lines."""
    with pytest.raises(ValueError, match="unknown fact 'promise_ovredue'"):
        lines_for({"promise_ovredue": True})


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"when": {}}, "when"),
        ({"when": {"mood": True}}, r"when\.mood"),
        ({"when": {"praise": False}}, r"when\.praise"),
        ({"when": {"apologies_given": True}}, r"when\.apologies_given"),
        ({"when": {"apologies_given": 0}}, r"when\.apologies_given"),
        ({"when": {"open_breach": "smiled"}}, r"when\.open_breach"),
        ({"when": {"breach_dimension": "charm"}}, r"when\.breach_dimension"),
        ({"when": {"stage": ["repair"]}}, r"when\.stage"),
        ({"avoid": {"zh": "一"}}, r"avoid\.en"),
        ({"instead": {"zh": "", "en": "two"}}, r"instead\.zh"),
        ({"source": "rumour"}, "source"),
        ({"why": "x"}, "why"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, fields: dict, field: str) -> None:
    """With its place and field."""
    with pytest.raises(ContentError, match=rf"^cards\.yaml: lines\[0\]\.{field}: "):
        lines(written(tmp_path, GOOD | fields))


def test_slips_in_the_frame_are_named(tmp_path: Path) -> None:
    """A line that is none, a missing field, a file of another kind."""
    with pytest.raises(ContentError, match=r"lines\[0\]: must be a mapping"):
        lines.__wrapped__(written(tmp_path, "be kind"))
    lacking = {name: value for name, value in GOOD.items() if name != "avoid"}
    with pytest.raises(ContentError, match=r"lines\[0\]\.avoid: is missing"):
        lines.__wrapped__(written(tmp_path, lacking))
    (tmp_path / "cards.yaml").write_text("cards: []", encoding="utf-8")
    with pytest.raises(ContentError, match="lines: must be the only part"):
        lines.__wrapped__(tmp_path / "cards.yaml")

"""The rules of a card: sourced, short, in both languages, and refused where they slip."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from troth.content.card_facts import LEVERS, PARTS, UNSPOKEN, facts_known
from troth.content.cards import rules
from troth.content.shares import DIMENSIONS
from troth.content.sources import sources
from troth.content.yaml_files import ContentError
from troth.people import known

if TYPE_CHECKING:
    from pathlib import Path

GOOD = {
    "part": "tone",
    "when": {"praise": True},
    "advise": {"zh": "一", "en": "one"},
    "source": "our_choice",
}
NOT = GOOD | {"part": "avoid", "avoid": {"zh": "二", "en": "two"}, "instead": GOOD["advise"]}
NOT.pop("advise")


def written(folder: Path, entry: Any, name: str = "some.yaml") -> Path:
    """A folder with one rule."""
    text = yaml.safe_dump({"rule": entry}, allow_unicode=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_every_part_fact_and_lever_is_spoken_to() -> None:
    """Each part has lines, each fact and each of its values is asked for, each lever is set."""
    assert {rule.part for rule in rules()} == set(PARTS)
    asked = {(fact, wanted) for rule in rules() for fact, wanted in rule.when.items()}
    for fact, known_of in facts_known().items():
        values = {wanted for name, wanted in asked if name == fact}
        assert values, fact
        if known_of.values and fact not in {"open_breach", "channel"}:
            assert values == set(known_of.values), fact
    assert {wanted for fact, wanted in asked if fact == "breach_dimension"} == set(DIMENSIONS)
    for lever, values in LEVERS.items():
        found = {rule.sets[lever] for rule in rules() if lever in rule.sets}
        assert found == set(values), lever


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_every_rule_is_short_and_rests_on_something(rule) -> None:
    """Its figure was read; it is read at a glance on a phone; each language is its own."""
    assert sources()[rule.source].verified
    assert re.fullmatch(r"[a-z][a-z0-9_]+", rule.name)
    for text in (rule.advise, rule.avoid or rule.advise):
        assert len(text["zh"]) <= 60
        assert len(text["en"]) <= 160
        assert re.search(r"[\u4e00-\u9fff]", text["zh"])
        assert not re.search(r"[\u4e00-\u9fff]", text["en"])
    if rule.avoid:
        assert len(rule.avoid["zh"]) <= 24
        assert len(rule.avoid["en"]) <= 70


def test_no_two_rules_say_the_same() -> None:
    """Neither what to avoid nor what to do stands twice."""
    for lang in ("zh", "en"):
        for said in (
            [rule.avoid[lang] for rule in rules() if rule.avoid],
            [rule.advise[lang] for rule in rules()],
        ):
            assert len(set(said)) == len(said)


def test_words_are_those_of_the_people_room() -> None:
    """What may be known of a person is one list in two rooms."""
    for what, values in known.WISHES.items():
        fact = what if what == "attachment" else f"wants_{what}"
        assert facts_known()[fact].values == values
    assert facts_known()["noted"].values == known.SUBJECTS


def test_closeness_and_language_rest_on_ones_own_word_alone() -> None:
    """Nobody else may say how attached somebody is, or which language they want."""
    for fact in ("attachment", "wants_lang"):
        assert facts_known()[fact].origins == ("own_words", "self_report")
    for part, channels in UNSPOKEN.items():
        asked = {rule.when["channel"] for rule in rules() if rule.part == part}
        assert asked
        assert asked <= set(channels)


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
        ({"when": {"stage": ["building"]}}, r"when\.stage"),
        ({"part": "charm"}, "part"),
        ({"part": "eyes"}, r"when\.channel"),
        ({"part": "eyes", "when": {"channel": "phone"}}, r"when\.channel"),
        ({"part": "avoid"}, "advise"),
        ({"advise": {"zh": "一"}}, r"advise\.en"),
        ({"advise": {"zh": "", "en": "two"}}, r"advise\.zh"),
        ({"sets": {"charm": "much"}}, r"sets\.charm"),
        ({"sets": {"pace": "slow"}}, r"sets\.pace"),
        ({"sets": ["pace"]}, "sets"),
        ({"overrules": "style"}, "overrules"),
        ({"overrules": True, "sets": {"pace": "steady"}}, "overrules"),
        ({"overrules": True, "when": {"repair": True}}, "overrules"),
        (
            {"overrules": True, "when": {"emotion": "anger"}, "sets": {"lang": "zh"}},
            "overrules",
        ),
        ({"source": "rumour"}, "source"),
        ({"why": "x"}, "why"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, fields: dict, field: str) -> None:
    """With its rule and field."""
    with pytest.raises(ContentError, match=rf"^some\.yaml: rule\.{field}: "):
        rules.__wrapped__(written(tmp_path, GOOD | fields))


def test_slips_in_the_frame_are_named(tmp_path: Path) -> None:
    """A rule that is none, a missing field, a name that stands twice."""
    with pytest.raises(ContentError, match=r"rule: must be a mapping"):
        rules.__wrapped__(written(tmp_path, "be kind"))
    lacking = {name: value for name, value in NOT.items() if name != "avoid"}
    with pytest.raises(ContentError, match=r"rule\.avoid: is missing"):
        rules.__wrapped__(written(tmp_path, lacking))
    written(tmp_path, GOOD)
    with pytest.raises(ContentError, match="rule: is a rule already"):
        rules.__wrapped__(written(tmp_path, GOOD, "two.yaml"))


def test_rules_come_file_by_file(tmp_path: Path) -> None:
    """With their places."""
    (found,) = rules.__wrapped__(written(tmp_path, NOT | {"sets": {"pace": "steady"}}))
    assert found.avoid == {"zh": "二", "en": "two"}
    assert (found.advise["en"], found.sets, found.place) == ("one", {"pace": "steady"}, 0)

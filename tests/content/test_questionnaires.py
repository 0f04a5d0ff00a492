"""Questionnaires: complete, sourced, in both languages, keyed as published."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.oracles.questionnaires import KEYS
from troth.content.questionnaires import FOLDER, RESULTS, load_questionnaire, questionnaires
from troth.content.sources import sources
from troth.content.yaml_files import ContentError

if TYPE_CHECKING:
    from pathlib import Path

ALL = list(questionnaires().values())
GOOD: dict[str, Any] = {
    "title": {"zh": "一", "en": "one"},
    "about": {"zh": "一", "en": "one"},
    "instruction": {"zh": "一", "en": "one"},
    "limits": {"zh": "一", "en": "one"},
    "licence": {"zh": "一", "en": "one"},
    "source": "our_choice",
    "validated": {"zh": False, "en": False},
    "audience": ["staff"],
    "keeps_days": 30,
    "result": "scales",
    "choices": [{"value": 0, "zh": "否", "en": "no"}, {"value": 1, "zh": "是", "en": "yes"}],
    "scales": [
        {
            "name": "calm",
            "title": {"zh": "稳", "en": "calm"},
            "high": {"zh": "稳", "en": "calm"},
            "low": {"zh": "急", "en": "hasty"},
            "method": "mean",
        }
    ],
    "items": [{"name": "q1", "zh": "我很稳。", "en": "I am calm.", "scale": "calm"}],
}


def written(tmp_path: Path, entry: Any, name: str = "some.yaml") -> Path:
    """A file that holds what is given."""
    path = tmp_path / name
    path.write_text(yaml.safe_dump(entry, allow_unicode=True), encoding="utf-8")
    return path


@pytest.mark.parametrize("asked", ALL, ids=lambda asked: asked.name)
def test_every_text_is_in_both_languages(asked):
    """Chinese holds Chinese, English none; nothing is asked twice in one questionnaire."""
    texts = [asked.title, asked.about, asked.instruction, asked.limits, asked.licence]
    texts += [item.text for item in asked.items]
    texts += [c.text for item in asked.items for c in asked.choices_of(item)]
    texts += [text for s in asked.scales for text in (s.title, s.high, s.low)]
    for text in texts:
        assert re.search(r"[\u4e00-\u9fff]", text["zh"])
        assert not re.search(r"[\u4e00-\u9fff]", text["en"])
    for lang in ("zh", "en"):
        assert len({item.text[lang] for item in asked.items}) == len(asked.items)


@pytest.mark.parametrize("asked", ALL, ids=lambda asked: asked.name)
def test_no_chinese_wording_claims_to_be_validated(asked):
    """Nor does English of our own; a claim in English rests on a source whose figure was read."""
    assert not asked.validated["zh"]
    if asked.validated["en"]:
        assert asked.source != "our_choice"
        assert sources()[asked.source].verified


@pytest.mark.parametrize("name", KEYS)
def test_items_are_keyed_as_published(name):
    """Scale, order and reversal of every item."""
    asked = questionnaires()[name]
    told = {
        scale.name: " ".join(
            f"{'-' if item.reversed else '+'}{place}"
            for place, item in enumerate(asked.items, 1)
            if item.scale == scale.name
        )
        for scale in asked.scales
    }
    assert told == KEYS[name]


def test_what_stands_here_is_what_was_chosen():
    """Every kind of result is used; customers are asked few things, and never for traits."""
    assert {asked.name for asked in ALL} == {*KEYS, "preference"}
    assert {asked.result for asked in ALL} == set(RESULTS)
    for asked in ALL:
        if "customer" in asked.audience:
            assert len(asked.items) <= 10
            assert asked.result != "circumplex"
        assert 1 <= asked.keeps_days <= 730


def test_the_same_phrase_is_worded_alike():
    """An English item that stands in several questionnaires has one Chinese wording."""
    worded: dict[str, set[str]] = {}
    for asked in ALL:
        for item in asked.items:
            worded.setdefault(item.text["en"], set()).add(item.text["zh"])
    assert all(len(zh) == 1 for zh in worded.values())


def test_a_good_file_is_read(tmp_path):
    """With its name from the file, items not reversed unless said."""
    asked = load_questionnaire(written(tmp_path, GOOD))
    assert (asked.name, asked.item("q1").reversed, asked.scales[0].items) == (
        "some", False, ("q1",),
    )  # fmt: skip
    with pytest.raises(KeyError):
        asked.item("q2")


def with_item(**fields: Any) -> dict[str, Any]:
    """The items, the first with some fields changed."""
    return {"items": [GOOD["items"][0] | fields]}


def with_scale(**fields: Any) -> dict[str, Any]:
    """The scales, the first with some fields changed."""
    return {"scales": [GOOD["scales"][0] | fields]}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": {"zh": "一"}}, r"title\.en: is missing"),
        ({"source": "rumour"}, "source: 'rumour'"),
        ({"validated": {"zh": False}}, r"validated\.en: is missing"),
        ({"validated": {"zh": False, "en": "yes"}}, r"validated\.en: must be true"),
        ({"audience": []}, "audience: must be a list"),
        ({"audience": ["guests"]}, "audience: must be of"),
        ({"keeps_days": 0}, "keeps_days: "),
        ({"keeps_days": True}, "keeps_days: "),
        ({"result": "types"}, "result: must be one of"),
        ({"result": "attachment"}, "scales: must be avoidance, anxiety"),
        ({"result": "wishes"}, r"choices\[0\]\.wish: is missing"),
        ({"mood": 1}, "mood: is not a known field"),
        ({"choices": [GOOD["choices"][0]]}, "choices: must give at least two"),
        ({"choices": [GOOD["choices"][0]] * 2}, r"choices\[1\]\.value: "),
        ({"choices": [GOOD["choices"][0] | {"value": "a"}]}, r"choices\[0\]\.value: "),
        ({"choices": []}, r"items\[0\]\.choices: is missing"),
        ({"items": []}, "items: must be a list"),
        ({"items": GOOD["items"] * 2}, r"items\[1\]\.name: 'q1' is there twice"),
        (with_item(name="Q 1"), r"items\[0\]\.name: must be snake_case"),
        (with_item(scale="warm"), r"items\[0\]\.scale: 'warm' is not a scale|scales\[0\]\.name"),
        (with_item(reversed="no"), r"items\[0\]\.reversed: "),
        (with_item(revesred=True), r"items\[0\]\.revesred: is not a known field"),
        (with_item(en=""), r"items\[0\]\.en: is missing"),
        (with_scale(method="median"), r"scales\[0\]\.method: must be one of"),
        (with_scale(name="warm"), r"scales\[0\]\.name: 'warm' has no items"),
        (with_scale(high={"zh": "一"}), r"scales\[0\]\.high\.en: is missing"),
    ],
)
def test_a_slip_is_named(tmp_path, fields, field):
    """With its place and field."""
    with pytest.raises(ContentError, match=rf"^some\.yaml: ({field})"):
        load_questionnaire(written(tmp_path, GOOD | fields))


def test_slips_in_the_frame_are_named(tmp_path):
    """A name that is none, a missing part, scales beside wishes, an item of no scale."""
    with pytest.raises(ContentError, match="file: name must be snake_case"):
        load_questionnaire(written(tmp_path, GOOD, "Some.yaml"))
    with pytest.raises(ContentError, match="about: is missing"):
        load_questionnaire(written(tmp_path, {k: v for k, v in GOOD.items() if k != "about"}))
    wishes = yaml.safe_load((FOLDER / "preference.yaml").read_text(encoding="utf-8"))
    with pytest.raises(ContentError, match="scales: must be empty"):
        load_questionnaire(written(tmp_path, wishes | {"scales": GOOD["scales"]}))
    stray = {**GOOD["items"][0], "name": "q2", "scale": "warm"}
    with pytest.raises(ContentError, match=r"items\[1\]\.scale: 'warm' is not a scale"):
        load_questionnaire(written(tmp_path, GOOD | {"items": [*GOOD["items"], stray]}))

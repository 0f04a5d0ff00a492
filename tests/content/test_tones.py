"""Words of tone are checked when they are read."""

from __future__ import annotations

import pytest

from troth.content.forecast import forecast_weights
from troth.content.languages import language_words
from troth.content.tones import empathy, feelings, politeness, valence
from troth.content.yaml_files import ContentError
from troth.reading.schema import EMOTIONS, EMPATHY


def test_ours_are_whole():
    """Every axis has wordings of both levels in both languages, and every emotion is told by an act."""
    assert set(empathy()) == set(EMPATHY)
    for markers in empathy().values():
        assert {(m.lang, m.worth) for m in markers} == {
            (lang, level) for lang in ("zh", "en") for level in (1.0, 2.0)
        }
    assert {emotion for shares in feelings().values() for emotion in shares} == set(EMOTIONS)
    assert min(len(valence()["zh"]), len(valence()["en"])) > 1_000
    assert {m.lang for m in politeness()} == {"zh", "en"}


@pytest.mark.parametrize(
    ("name", "written", "loader", "place"),
    [
        ("valence.yaml", "zh: {好: 2}\nen: {}\nintensifiers: {}\nemoji: {}", valence, "zh.好"),
        ("valence.yaml", "zh: {}\nen: {}\nemoji: {}", valence, "intensifiers"),
        ("politeness.yaml", "zh: []\nen: [{say: hi}]", politeness, "en[0]"),
        ("empathy.yaml", "exploration: {zh: [{say: 好, level: x}], en: []}", empathy, "exploration.zh[0]"),
        ("emotions.yaml", "anger: {anger: 3}", feelings, "anger.anger"),
        ("emotions.yaml", "rage: {anger: 1}", feelings, "rage"),
    ],
)  # fmt: skip
def test_slips_are_named(tmp_path, name, written, loader, place):
    """A figure out of range, a missing part or an unknown name is refused, and the message says where."""
    (tmp_path / name).write_text(written, encoding="utf-8")
    with pytest.raises(ContentError) as told:
        loader(tmp_path)
    assert f"{name}: {place}" in str(told.value)


def test_slips_in_languages_and_weights_are_named(tmp_path):
    """An unquoted no, and a weight without its reason, are refused."""
    languages = tmp_path / "languages.yaml"
    languages.write_text("en: [yes, the]", encoding="utf-8")
    with pytest.raises(ContentError, match="en: must be a list"):
        language_words(languages)
    weights = tmp_path / "forecast.yaml"
    weights.write_text(
        "customer: {thanks: {weight: 1}}\nstaff: {}\nstructure: {}\ntargets: {}", encoding="utf-8"
    )
    with pytest.raises(ContentError, match=r"customer\.thanks\.why: is missing"):
        forecast_weights(weights)

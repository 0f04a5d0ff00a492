"""The words of time are read, and slips in them are refused by name."""

from __future__ import annotations

import re

import pytest
import yaml

from troth.content.times import FILE, either, times
from troth.content.word_lists import word_lists
from troth.content.yaml_files import ContentError


def changed(tmp_path, change):
    """The path of a copy of the words with something changed."""
    entry = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    change(entry)
    path = tmp_path / "times.yaml"
    path.write_text(yaml.safe_dump(entry, allow_unicode=True), encoding="utf-8")
    return path


def test_the_words_are_there():
    """Both languages have their days."""
    assert times()["zh"]["days"]["后天"] == times()["en"]["days"]["day after tomorrow"] == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda e: e.pop("clock"), "clock"),
        (lambda e: e["clock"].update(noon="25:00"), "clock.noon"),
        (lambda e: e.update(zh=[]), "zh"),
        (lambda e: e["en"].pop("vague"), "en.vague"),
        (lambda e: e["en"]["before"].append(True), "en.before"),
    ],
)
def test_slips_are_named(tmp_path, change, field):
    """A missing list, an impossible time and a word that YAML took for a truth value are refused."""
    with pytest.raises(ContentError, match=re.escape(f"{field}: ")):
        times(changed(tmp_path, change))


@pytest.mark.parametrize("text", ["a: {zh: [我]}", "a: {zh: [我], en: [on]}", "a: 1"])
def test_lists_need_words_in_both_languages(tmp_path, text):
    """A list without a language, or with something other than text, is refused."""
    (tmp_path / "some.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError):
        word_lists("some", tmp_path)


@pytest.mark.parametrize(
    "words", [["in", "in the", "inn"], ["我", "我们", "我们这边", "这边"], ["a.m", "a|m", "-", "^"]]
)
def test_either_takes_the_longest(words):
    """Each word is matched as it stands, and the longest of those that fit."""
    pattern = re.compile(either(words))
    assert [pattern.match(word)[0] for word in words] == words
    assert pattern.match("o") is None


def test_the_empty_word_fits_anywhere():
    """Where one of the words is empty, the others may be missing."""
    assert re.fullmatch(either(["", "的"]) + "我", "我")

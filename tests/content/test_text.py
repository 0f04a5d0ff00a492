"""Phrases and sources in both languages."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

import pytest

from troth.content.sources import sources
from troth.content.text import phrase, phrases
from troth.content.yaml_files import ContentError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("key", sorted(phrases()))
def test_both_languages_have_the_same_gaps(key: str) -> None:
    """A value named in one language is named in the other."""
    gaps = [
        {name for _, name, _, _ in string.Formatter().parse(text) if name}
        for text in phrases()[key].values()
    ]
    assert gaps[0] == gaps[1]


def test_an_unknown_language_is_named() -> None:
    """Rather than silently English."""
    with pytest.raises(ValueError, match="unknown language 'fr'"):
        phrase("missing_value", "fr")


def test_a_missing_language_and_a_repeated_key_are_named(tmp_path: Path) -> None:
    """With the file."""
    (tmp_path / "a.yaml").write_text('x: {zh: "一"}', encoding="utf-8")
    with pytest.raises(ContentError, match=r"^a\.yaml: x\.en: is missing"):
        phrases(tmp_path)
    twice = tmp_path / "twice"
    twice.mkdir()
    for name in ("a.yaml", "b.yaml"):
        (twice / name).write_text('x: {zh: "一", en: "one"}', encoding="utf-8")
    with pytest.raises(ContentError, match=r"^b\.yaml: x: is also in another file"):
        phrases(twice)


@pytest.mark.parametrize("source", sources().values(), ids=lambda source: source.key)
def test_every_source_is_cited_in_both_languages(source) -> None:
    """Year in the citation, except for our own choice."""
    assert source.key == "our_choice" or any(digit in source.citation for digit in "0123456789")
    assert source.zh
    assert source.en


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ("x: 3", "x"),
        ("x: {citation: a, status: verified}", "x.figure"),
        ("x: {citation: a, status: rumour, figure: {zh: 一, en: one}}", "x.status"),
        ("x: {citation: '', status: verified, figure: {zh: 一, en: one}}", "x.citation"),
        ("x: {citation: a, status: verified, figure: {zh: 一, en: one}, page: 3}", "x.page"),
    ],
)
def test_a_bad_source_is_named(tmp_path: Path, entry: str, field: str) -> None:
    """With its field."""
    path = tmp_path / "sources.yaml"
    path.write_text(entry, encoding="utf-8")
    with pytest.raises(ContentError, match=rf"^sources\.yaml: {field}: "):
        sources(path)

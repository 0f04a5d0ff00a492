"""What people are told of what is kept of them: why, for whom, for how long."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from troth.content.yaml_files import ContentError, both_languages, load_mapping

FILE: Final = Path(__file__).parent / "privacy.yaml"
#: Who reads it.
READERS: Final = ("staff", "customer")


@dataclass(frozen=True)
class Section:
    """One point.

    Attributes:
        reader: one of ``READERS``.
        title: by language.
        text: by language.
    """

    reader: str
    title: dict[str, str]
    text: dict[str, str]


@cache
def privacy_sections(file: Path = FILE) -> tuple[Section, ...]:
    """Every point, in order.

    Args:
        file: points by name, under each reader.

    Raises:
        ContentError: a reader is missing, or a point lacks a language.
    """
    told = load_mapping(file)
    if set(told) != set(READERS):
        raise ContentError(file, "file", f"must speak to {' and '.join(READERS)}")
    return tuple(
        Section(
            reader,
            both_languages(file, f"{reader}.{name}.title", point.get("title")),
            both_languages(file, f"{reader}.{name}.text", point.get("text")),
        )
        for reader in READERS
        for name, point in told[reader].items()
    )

"""Read content files, and refuse what a typing slip would otherwise hide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path

#: libyaml reads the codebook ten times faster, but wheels may lack it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LANGUAGES = ("zh", "en")


class ContentError(ValueError):
    """A content file says something that cannot be used; names the file and the field."""

    def __init__(self, path: Path, field: str, problem: str) -> None:
        super().__init__(f"{path.name}: {field}: {problem}")


def load_mapping(path: Path) -> dict[str, Any]:
    """Read one YAML file that holds a mapping.

    Args:
        path: the file, UTF-8.

    Returns:
        The mapping, keys as text.

    Raises:
        ContentError: the file is not YAML, or not a mapping with text keys.
    """
    try:
        text = path.read_text(encoding="utf-8")
        loaded = yaml.load(text, Loader=_LOADER)  # noqa: S506 - the loader is a safe one, in C where there is one
    except yaml.YAMLError as error:
        problem = " ".join(str(error).split())
        raise ContentError(path, "file", f"is not YAML ({problem})") from error
    if not isinstance(loaded, dict) or not all(isinstance(key, str) for key in loaded):
        raise ContentError(path, "file", "must be a mapping with text keys")
    return loaded


def both_languages(path: Path, field: str, value: Any) -> dict[str, str]:
    """Check that ``value`` is text in every language we speak and in no other.

    Args:
        path: the file, for the message.
        field: the field, for the message.
        value: what the file holds there.

    Returns:
        Text by language.

    Raises:
        ContentError: a language is missing, empty or unknown.
    """
    if not isinstance(value, dict):
        raise ContentError(path, field, "must have zh and en")
    for language in LANGUAGES:
        text = value.get(language)
        if not isinstance(text, str) or not text.strip():
            raise ContentError(path, f"{field}.{language}", "is missing")
    unknown = sorted(set(value) - set(LANGUAGES))
    if unknown:
        raise ContentError(path, f"{field}.{unknown[0]}", "is not a language we speak")
    return value

"""Values of other systems' JSON, which may hold anything anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from troth.ledger.intake.sides import UnclearError
from troth.ledger.intake.when import read_time
from troth.ledger.rejections import shown

if TYPE_CHECKING:
    from datetime import tzinfo


def part(value: Any, name: str) -> dict[str, Any]:
    """The object under a name; an empty one where there is none.

    >>> part({"a": {"b": 1}}, "a"), part({"a": 3}, "a"), part(None, "a")
    ({'b': 1}, {}, {})
    """
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def parts(value: Any, name: str) -> list[Any]:
    """The list under a name; an empty one where there is none."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def key_of(value: Any) -> str:
    """An id as text; empty where it is none."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def needed_key(record: dict[str, Any], name: str) -> str:
    """An id that must be there.

    Raises:
        UnclearError: it is not.
    """
    found = key_of(record.get(name))
    if not found:
        raise UnclearError("missing_value", column=name)
    return found


def words(record: dict[str, Any], *names: str) -> str:
    """The first of some texts that says something.

    Raises:
        UnclearError: none does.
    """
    for name in names:
        found = record.get(name)
        if isinstance(found, str) and found.strip():
            return found
        if found is not None and not isinstance(found, str):
            raise UnclearError("intake.not_text", column=name, value=shown(found))
    raise UnclearError("intake.no_words", column=names[0])


def time_of(record: dict[str, Any], zone: tzinfo, *names: str) -> int:
    """The first of some times that is there: text, or seconds or milliseconds since 1970.

    Raises:
        UnclearError: there is none, or it cannot be read.
    """
    for name in names:
        found = record.get(name)
        if found is None or found == "":
            continue
        usable = isinstance(found, str | int | float) and not isinstance(found, bool)
        read = read_time(str(found), zone) if usable else None
        if read is None:
            raise UnclearError("intake.time", column=name, value=shown(found))
        return read
    raise UnclearError("missing_value", column=names[0])


def language_of(value: Any) -> str | None:
    """``zh`` or ``en`` out of a locale such as ``zh-CN``; None for any other."""
    short = value[:2].lower() if isinstance(value, str) else ""
    return short if short in ("zh", "en") else None

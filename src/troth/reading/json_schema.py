"""The JSON Schema of what the reader writes, and a check against it."""

from __future__ import annotations

from typing import Any, Final

from troth.content.acts import acts
from troth.reading.schema import EMOTIONS, EMPATHY, GRADES, LANGUAGES, TARGETS

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
#: Fields of a turn that a language model may call unsure.
DOUBTS: Final = (
    "language", "sentiment", "politeness", "emotions", "empathy", "acts", "promises",
    "preferences", "satisfaction",
)  # fmt: skip
_TEXT: Final = {"type": "string"}
_PLACE: Final = {"type": "integer", "minimum": 0}
_SPAN: Final = {"start": _PLACE, "end": _PLACE, "text": _TEXT}
_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "object": (dict,),
    "array": (list, tuple),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


def output_schema() -> dict[str, Any]:
    """What one line of ``troth read FILE.jsonl`` holds.

    Returns:
        A JSON Schema; promises, preferences and the reader's stamp may hold more than it names.
    """
    properties = {
        "id": _TEXT,
        **_dialogue(turn_schema()),
        "reader": _object({"version": _TEXT, "weights": _TEXT}, closed=False),
    }
    return {"$schema": DIALECT, "title": "DialogueReading", **_object(properties)}


def turn_schema() -> dict[str, Any]:
    """What is said of one message.

    Returns:
        A JSON Schema.
    """
    return _turn(closed=False)


def opinion_schema(turns: int) -> dict[str, Any]:
    """What a language model is held to: the same, without what only we can know.

    Args:
        turns: how many there are.

    Returns:
        A JSON Schema in which every object is closed and every field needed, as strict servers want.
    """
    properties = _dialogue(_turn(closed=True))
    properties["turns"] |= {"minItems": turns, "maxItems": turns}
    return _object(properties)


def _dialogue(turn: dict[str, Any]) -> dict[str, Any]:
    grades = _object({grade: _range(0, 1) for grade in GRADES})
    return {
        "turns": {"type": "array", "items": turn},
        **dict.fromkeys(TARGETS, grades),
        "turning_point": {"type": ["integer", "null"], "minimum": 0},
    }


def _turn(*, closed: bool) -> dict[str, Any]:
    emotions = _object({name: _range(0, 1) for name in EMOTIONS}, closed=closed)
    if not closed:
        emotions = {"type": "object", "additionalProperties": _range(0, 1)}
    span = {"type": "array", "items": _PLACE, "minItems": 2, "maxItems": 2}
    axis = _object(
        {
            "level": {"type": "integer", "enum": [0, 1, 2]},
            "strength": _range(0, 1),
            "spans": {"type": "array", "items": span},
        }
    )
    act = _object({"act": {"type": "string", "enum": list(acts())}, **_strong_span()})
    promise = _object(
        {"deliverable": _TEXT, "due": {"type": ["string", "null"]}, **_SPAN}, closed=closed
    )
    doubts = {"type": "string", "enum": list(DOUBTS)}
    preference = _object({"what": _TEXT, "wanted": {"type": "boolean"}, **_SPAN}, closed=closed)
    return _object(
        {
            "language": {"type": "string", "enum": list(LANGUAGES)},
            "sentiment": _range(-1, 1, "null"),
            "politeness": _range(0, 4, "null"),
            "emotions": emotions,
            "empathy": _object(dict.fromkeys(EMPATHY, axis)),
            "acts": {"type": "array", "items": act},
            "promises": {"type": "array", "items": promise},
            "preferences": {"type": "array", "items": preference},
            "satisfaction": _range(0, 1),
            "unsure": {"type": "array", "items": doubts if closed else _TEXT},
        }
    )


def _strong_span() -> dict[str, Any]:
    return {"start": _PLACE, "end": _PLACE, "strength": _range(0, 1), "text": _TEXT}


def _range(least: float, most: float, *others: str) -> dict[str, Any]:
    return {"type": ["number", *others] if others else "number", "minimum": least, "maximum": most}


def _object(properties: dict[str, Any], *, closed: bool = True) -> dict[str, Any]:
    found = {"type": "object", "properties": properties, "required": list(properties)}
    return found | ({"additionalProperties": False} if closed else {})


def fault(value: Any, schema: dict[str, Any], path: str = "") -> str | None:
    """The first thing about a value that its schema does not allow.

    Args:
        value: from JSON.
        schema: of the keywords that this module uses.
        path: where the value stands, for the message.

    Returns:
        Where and what, or None where the value is as it should be.

    >>> fault({"a": [1, 2.5]}, _object({"a": {"type": "array", "items": {"type": "integer"}}}))
    'a.1: is not integer'
    """
    here = f"{path or 'value'}: "
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(_is(value, name) for name in types):
        return f"{here}is not {' or '.join(types)}"
    if "enum" in schema and value not in schema["enum"]:
        return f"{here}is none of {len(schema['enum'])} allowed values"
    if _is(value, "number") and not (
        schema.get("minimum", value) <= value <= schema.get("maximum", value)
    ):
        return f"{here}is out of range"
    if isinstance(value, dict):
        return _fault_of_object(value, schema, path)
    if isinstance(value, list | tuple):
        return _fault_of_array(value, schema, path)
    return None


def _is(value: Any, name: str) -> bool:
    return isinstance(value, _TYPES[name]) and (name == "boolean" or not isinstance(value, bool))


def _fault_of_object(value: dict[str, Any], schema: dict[str, Any], path: str) -> str | None:
    known, more = schema.get("properties", {}), schema.get("additionalProperties", {})
    for name in schema.get("required", []):
        if name not in value:
            return f"{_joined(path, name)}: is missing"
    for name, part in value.items():
        if name not in known and more is False:
            return f"{_joined(path, name)}: is not known"
        found = fault(part, known.get(name, more), _joined(path, name))
        if found:
            return found
    return None


def _fault_of_array(value: Any, schema: dict[str, Any], path: str) -> str | None:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        return f"{path or 'value'}: has {len(value)} items"
    items = schema.get("items", {})
    found = (fault(part, items, _joined(path, str(i))) for i, part in enumerate(value))
    return next((problem for problem in found if problem), None)


def _joined(path: str, name: str) -> str:
    name = name if len(name) <= 40 else name[:39] + "…"
    return f"{path}.{name}" if path else name

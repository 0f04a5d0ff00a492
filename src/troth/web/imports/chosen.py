"""What a form says about a file, as batches keep it."""

from __future__ import annotations

import re
from contextlib import suppress
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from troth.content.presets import presets
from troth.ledger.intake.mapping import Mapping as Columns
from troth.ledger.intake.mapping import as_dict, fitted, guess
from troth.ledger.intake.open import FORMATS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Our fields that the mapper offers, in the order in which a person thinks of them.
FIRST: Final = ("at", "truster", "trustee", "kind", "outcome", "text")
#: Those that few sheets have.
MORE: Final = (
    "event_id", "person", "thread", "channel", "due", "ref", "wish", "visits", "reply", "reply_at",
    "more", "more_at", "speaker", "weight",
)  # fmt: skip
OFFERED: Final = (*FIRST, *MORE)
#: Fields that may be the same for every row.
CONSTANT: Final = ("trustee", "kind", "channel", "speaker")
#: Fields whose values a file may say in words of its own.
WORDED: Final = ("kind", "outcome", "speaker")
#: The shipped mapping that any table is guessed by; nobody chooses it.
GENERAL: Final = "any"
_LONGEST: Final = 120
_MOST_STAFF: Final = 200
_MOST_VALUES: Final = 200


def choice_told(
    data: Mapping[str, str], ours: Sequence[str], before: Mapping[str, Any], columns: list[str]
) -> dict[str, Any]:
    """A choice from a form's fields.

    Args:
        data: of the form.
        ours: names ticked as ours.
        before: the choice as it stood; what the form does not say stays.
        columns: header of the table; empty where the file is none.

    Returns:
        In JSON's own types, as ``troth.web.ledger.imports.choice_of`` reads it.
    """
    told = dict(before)
    if data.get("format", "") in FORMATS:
        told["format"] = data["format"]
    if "zone" in data:
        told["zone"] = data["zone"].strip()[:64] or before.get("zone")
    if "staff" in data:
        told["staff_said"] = _staff_told(data["staff"], ours)
    if "map" in data and told.get("format") == "columns":
        _map_told(told, data, columns)
    return told


def _staff_told(said: str, ours: Sequence[str]) -> list[str]:
    """Names typed, a line or a comma apart, and names ticked."""
    typed = re.split(r"[\n,，、;；]", said)
    named = [name.strip()[:_LONGEST] for name in (*typed, *ours)]
    return list(dict.fromkeys(name for name in named if name))[:_MOST_STAFF]


def _map_told(told: dict[str, Any], data: Mapping[str, str], columns: list[str]) -> None:
    preset = data.get("preset", "")
    if preset != data.get("preset_shown", ""):
        told["preset"] = preset if preset in presets() and preset != GENERAL else ""
        told["mapping"] = None
        return
    told["preset"] = preset if preset in presets() else ""
    told["mapping"] = mapping_told(data, as_dict(mapping_of(told, columns)))


def mapping_of(told: Mapping[str, Any], columns: list[str]) -> Columns:
    """What the columns of a table mean: as somebody said, else by the preset, else as guessed.

    Args:
        told: the choice.
        columns: the table's header.
    """
    said = told.get("mapping")
    if said:
        scale = tuple(said["scale"]) if said.get("scale") else None
        return Columns(said["columns"], said["constants"], said["values"], scale)
    preset = presets().get(told.get("preset") or "")
    return fitted(preset, columns) if preset else guess(columns)


def mapping_told(data: Mapping[str, str], base: Mapping[str, Any]) -> dict[str, Any]:
    """Which column means what, from the mapper's fields.

    Args:
        data: of the form.
        base: the mapping that the form showed; what the form does not offer stays.

    Returns:
        A mapping in JSON's own types.
    """
    columns = {name: said for name, said in base["columns"].items() if name not in OFFERED}
    columns |= {name: data[f"column.{name}"] for name in OFFERED if data.get(f"column.{name}")}
    constants = {name: said for name, said in base["constants"].items() if name not in CONSTANT}
    for name in CONSTANT:
        said = data.get(f"constant.{name}", "").strip()[:_LONGEST]
        if said and name not in columns:
            constants[name] = said
    values = {name: dict(said) for name, said in base["values"].items()}
    for name in WORDED:
        _values_told(data, name, values.setdefault(name, {}))
    scale = base["scale"]
    with suppress(ValueError, KeyError):
        ends = [float(data["worst"]), float(data["best"])]
        scale = ends if all(map(isfinite, ends)) else scale
    told = {name: said for name, said in values.items() if said}
    return {"columns": columns, "constants": constants, "values": told, "scale": scale}


def _values_told(data: Mapping[str, str], name: str, values: dict[str, str]) -> None:
    """Their words beside ours, as numbered pairs of fields."""
    for number in range(_MOST_VALUES):
        theirs = data.get(f"said.{name}.{number}")
        if theirs is None:
            return
        ours = data.get(f"ours.{name}.{number}", "").strip()[:_LONGEST]
        if ours:
            values[theirs] = ours
        else:
            values.pop(theirs, None)

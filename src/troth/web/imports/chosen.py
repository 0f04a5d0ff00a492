"""What a form says about a file, as batches keep it."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from troth.content.presets import presets
from troth.ledger.intake.mapping import NEEDED
from troth.ledger.intake.open import FORMATS

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Our fields that the mapper offers, in the order in which a person thinks of them.
OFFERED: Final = (
    "at", "truster", "trustee", "kind", "outcome", "text", "event_id", "channel", "due", "ref",
    "speaker", "thread", "wish",
)  # fmt: skip
#: Fields whose values may be said in other words in the file.
WORDED: Final = ("kind", "outcome", "speaker")
_PAIR: Final = re.compile(r"\s*(.+?)\s*[=＝→]\s*(.+?)\s*$")


def choice_told(data: Mapping[str, str], before: Mapping[str, Any]) -> dict[str, Any]:
    """A choice from a form's fields.

    Args:
        data: of the form.
        before: the choice as it stood; what the form does not say stays.

    Returns:
        In JSON's own types, as ``troth.web.ledger.imports.choice_of`` reads it.
    """
    told = dict(before)
    if data.get("format", "") in FORMATS:
        told["format"] = data["format"]
    if "zone" in data:
        told["zone"] = data["zone"].strip() or before.get("zone")
    if "staff" in data:
        listed = [name.strip() for name in re.split(r"[\n,，、;；]", data["staff"])]
        told["staff_said"] = [name for name in listed if name][:200]
    preset = data.get("preset", "")
    if preset and preset != before.get("preset_shown"):
        told |= {"preset": preset if preset in presets() else None, "mapping": None}
        told["format"] = "columns"
    elif "map" in data:
        told |= {"mapping": mapping_told(data), "preset": None, "format": "columns"}
    return told


def mapping_told(data: Mapping[str, str]) -> dict[str, Any]:
    """Which column means what, from the mapper's fields."""
    columns = {name: data[f"column.{name}"] for name in OFFERED if data.get(f"column.{name}")}
    constants = {
        name: data[f"constant.{name}"].strip()
        for name in OFFERED
        if data.get(f"constant.{name}", "").strip() and name not in columns
    }
    values = {name: told for name in WORDED if (told := _pairs(data.get(f"values.{name}", "")))}
    scale = None
    with suppress(ValueError, KeyError):
        scale = [float(data["worst"]), float(data["best"])]
    return {"columns": columns, "constants": constants, "values": values, "scale": scale}


def _pairs(text: str) -> dict[str, str]:
    """Lines such as ``好评 = 1``."""
    found = (_PAIR.fullmatch(line) for line in text.splitlines())
    return {pair[1]: pair[2] for pair in found if pair}


def needed(name: str) -> bool:
    """Whether a field must be said in some column or once for all."""
    return name in NEEDED

"""Between which customer and which member of staff something was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troth.ledger.intake.records import listed

if TYPE_CHECKING:
    from collections.abc import Iterable


class UnclearError(Exception):
    """It cannot be told, and is not guessed.

    Attributes:
        key: phrase of ``content/text/intake.yaml``.
        values: what goes into the phrase.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


def other_side(speaker: str, *, is_staff: bool, heard: Iterable[tuple[str, bool]]) -> str:
    """The one to whom a message speaks across the counter.

    Args:
        speaker: who speaks.
        is_staff: whether that is staff.
        heard: the others, each with whether it is staff.

    Returns:
        The one customer that staff speaks to, or the one member of staff that a customer speaks to.

    Raises:
        UnclearError: there is none, or there are several.
    """
    across = {who for who, staff in heard if staff != is_staff and who != speaker}
    wanted = "customer" if is_staff else "staff"
    if not across:
        raise UnclearError(f"intake.no_{wanted}", value=listed([speaker]))
    if len(across) > 1:
        several = "customers" if is_staff else "staff"
        raise UnclearError(f"intake.several_{several}", value=listed(across))
    return across.pop()

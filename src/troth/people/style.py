"""What a position on the circle says about pace and focus, where it says something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from troth.people.circumplex import Position

#: A coordinate counts from here on: twice its standard error (``troth.people.circumplex.ERROR``).
LEAST_SIDE: Final = 0.36


def style_of(position: Position | None) -> dict[str, str]:
    """Pace and focus in the words of ``troth.people.known.WISHES``.

    Args:
        position: of the circle; None where too little was answered.

    Returns:
        ``pace`` quick where clearly dominant, steady where clearly submissive; ``focus`` person where
        clearly warm, task where clearly cold. What is not clear is left out.

    Source: cole_tuzinski2003 for reading DISC on the circle; thresholds our choice, decision 0026.

    >>> from troth.people.circumplex import seen_from
    >>> style_of(seen_from(0.9, 0.1, (0.0, 0.0)))
    {'pace': 'quick'}
    """
    if position is None or not position.clear:
        return {}
    found = {}
    if abs(position.dominance) >= LEAST_SIDE:
        found["pace"] = "quick" if position.dominance > 0 else "steady"
    if abs(position.warmth) >= LEAST_SIDE:
        found["focus"] = "person" if position.warmth > 0 else "task"
    return found

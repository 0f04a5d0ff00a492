"""Why a deed was refused, in whatever language it is asked in."""

from __future__ import annotations

from troth.content.told import ToldError


class RefusedError(ToldError, ValueError):
    """What was asked cannot be done.

    Attributes:
        field: what it is about, as a form would name it; empty where it is about the whole.
    """

    def __init__(self, key: str, field: str = "", **values: object) -> None:
        super().__init__(key, **values)
        self.field = field

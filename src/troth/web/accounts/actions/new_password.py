"""Passwords that the desk makes up for people."""

from __future__ import annotations

import secrets
from typing import Final

#: Without what is mistaken for something else on paper or on the phone: 0 and o, 1, i and l, u and v.
LETTERS: Final = "abcdefghjkmnpqrstwxyz23456789"


def new_password() -> str:
    """Sixteen characters in four groups, easy to read out and to type; 77 bits of chance.

    >>> len(new_password()), new_password().count("-")
    (19, 3)
    """
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))

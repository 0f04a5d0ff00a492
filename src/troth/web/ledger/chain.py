"""The chain: each row's hash covers the row before, so that no row can be altered unseen.

It covers random ids of parties and a keyed digest of words, never words or names themselves: those can be
erased later without breaking it.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Any, Final

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GENESIS: Final = bytes(32)


def digest_of(key: bytes, text: str, extras: Mapping[str, Any]) -> bytes:
    """The keyed digest that vouches for an event's words.

    Args:
        key: the desk's own secret.
        text: what was said; may be empty.
        extras: other columns that came with the event.

    Returns:
        32 bytes; without the key nobody can guess words from it.
    """
    told = orjson.dumps([text, dict(extras)], option=orjson.OPT_SORT_KEYS)
    return hmac.digest(key, told, "sha256")


def link(before: bytes, told: Sequence[Any], digest: bytes) -> bytes:
    """The hash of a row.

    Args:
        before: the hash of the row before; ``GENESIS`` for the first.
        told: the row's chained columns in order, parties by their random ids.
        digest: of its words.

    Returns:
        32 bytes.
    """
    return hashlib.sha256(before + orjson.dumps(told) + digest).digest()

"""The language model that an admin named, if any: by the environment alone, never from a page."""

from __future__ import annotations

import os
from dataclasses import replace

from troth.reading.chat_server import Server

#: People wait for it, so that it is asked once and not for long.
_LONGEST_S = 25.0


def server_named() -> Server | None:
    """The server that ``TROTH_LLM_URL`` and ``TROTH_LLM_MODEL`` name; None where none is, or badly."""
    try:
        named = Server.from_environment(os.environ)
    except ValueError:
        return None
    if named is None:
        return None
    return replace(named, retries=0, timeout_s=min(named.timeout_s, _LONGEST_S))


def host_named() -> str:
    """Where text goes when it is asked for; empty where nothing is named."""
    from urllib.parse import urlsplit

    named = server_named()
    return (urlsplit(named.url).hostname or "") if named else ""

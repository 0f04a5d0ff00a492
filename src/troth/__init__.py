"""troth keeps the trust between a service team and the people it serves.

>>> import troth
>>> sorted(troth.__all__)
['Parameters', 'explain', 'fit', 'read_events', 'score']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from troth.ledger.read import read_events
    from troth.trust.explain import explain
    from troth.trust.learn import fit
    from troth.trust.parameters import Parameters
    from troth.trust.score import score

__version__ = "0.1.0"
__all__ = ["Parameters", "explain", "fit", "read_events", "score"]

_HOMES = {
    "Parameters": "troth.trust.parameters",
    "explain": "troth.trust.explain",
    "fit": "troth.trust.learn",
    "read_events": "troth.ledger.read",
    "score": "troth.trust.score",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that ``import troth`` stays fast."""
    if name not in _HOMES:
        msg = f"module 'troth' has no attribute {name!r}"
        raise AttributeError(msg)
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)

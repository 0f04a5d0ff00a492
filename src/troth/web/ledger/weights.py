"""The weights this desk reckons with: fitted ones where the team put them, else those that ship."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from troth.trust.parameters import default_parameters, read_parameters

if TYPE_CHECKING:
    from troth.trust.parameters import Parameters


def desk_parameters() -> Parameters:
    """Parameters from ``parameters.toml`` in the desk's home, or those that ship.

    Raises:
        ParameterError: the file is there but is not one of parameters.
    """
    path = Path(settings.HOME.path) / "parameters.toml"
    if not path.exists():
        return default_parameters()
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(path: Path, changed_ns: int) -> Parameters:
    del changed_ns  # a new time makes a new reading
    return read_parameters(path)

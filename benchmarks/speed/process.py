"""Run one contender in a process of its own, and say what it took."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from importlib import import_module
from typing import Any


def alone(
    contender: str, *arguments: object, environment: dict[str, str] | None = None
) -> dict[str, Any]:
    """Run ``module:function`` in a fresh process.

    Args:
        contender: the function's module and name; it returns a dictionary.
        arguments: passed on as text.
        environment: set on top of this process's own.

    Returns:
        What the function returned, with ``process_seconds`` from start to end of the process,
        ``cpu_seconds`` of it, and ``memory_gb``, its largest resident size.
    """
    command = [sys.executable, "-m", "benchmarks.speed.process", contender, *map(str, arguments)]
    started = time.perf_counter()
    done = subprocess.run(
        command,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **(environment or {})},
    )
    took = time.perf_counter() - started
    return {**json.loads(done.stdout.splitlines()[-1]), "process_seconds": took}


def main() -> None:
    """Run the contender named on the command line and print its figures."""
    module, name = sys.argv[1].split(":")
    found = getattr(import_module(module), name)(*sys.argv[2:])
    used = resource.getrusage(resource.RUSAGE_SELF)
    found["cpu_seconds"] = used.ru_utime + used.ru_stime
    found["memory_gb"] = used.ru_maxrss / 1e6
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()

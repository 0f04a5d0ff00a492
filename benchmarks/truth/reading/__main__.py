"""Every figure of the reader on public data, as one committed table.

``python -m benchmarks.truth.reading [PART …]`` runs all parts, or those named and keeps the others as they
stand in ``benchmarks/truth/reading.json``; then writes ``benchmarks/truth/reading.md`` and what repeats it
(`benchmarks.truth.card`).
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from pathlib import Path

from benchmarks.truth import card
from benchmarks.truth.reading.table import page

HERE = Path(__file__).parents[1]
#: part → module, function, arguments
PARTS = {
    "blind_zh": ("blind", "run", ("zh",)),
    "blind_en": ("blind", "run", ("en",)),
    "installed_stc3_zh": ("installed", "stc3", ("zh",)),
    "installed_stc3_en": ("installed", "stc3", ("en",)),
    "installed_jddc": ("installed", "jddc", ()),
    "installed_chnsenticorp": ("installed", "chnsenticorp", ()),
    "stc3_zh": ("stc3", "run", ("zh",)),
    "stc3_en": ("stc3", "run", ("en",)),
    "uss": ("uss", "run", ()),
    "epitome": ("epitome", "epitome", ()),
    "politeness_zh": ("politeness", "politeness", ("zh",)),
    "politeness_en": ("politeness", "politeness", ("en",)),
    "cped": ("cped", "cped", ()),
    "ott": ("ott", "ott", ()),
    "chnsenticorp": ("chnsenticorp", "chnsenticorp", ()),
    "diplomacy": ("diplomacy", "run", ()),
}


def main(wanted: list[str]) -> None:
    """Run parts and write all files."""
    store = HERE / "reading.json"
    found = json.loads(store.read_text("utf-8")) if store.exists() else {}
    for part in wanted or PARTS:
        module, function, given = PARTS[part]
        began = time.monotonic()
        print(part, flush=True)
        run = getattr(import_module(f"benchmarks.truth.reading.{module}"), function)
        found[part] = run(*given) | {"seconds": round(time.monotonic() - began)}
        store.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
        (HERE / "reading.md").write_text(page(found), "utf-8")
        card.main([])


if __name__ == "__main__":
    main(sys.argv[1:])

"""Speed of the desk at 200,000 customers and a million events, as its users meet it.

Run ``make bench-speed-desk``; ``ARGS="--home FOLDER"`` keeps the desk and uses it again. Writes
``benchmarks/speed/desk.md`` and ``.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent
CUSTOMERS, EVENTS, IMPORTED = 200_000, 1_000_000, 200_000
BARS = {
    "today": 100, "relationship": 100, "search": 80, "single": 15, "bulk": 5000, "import": 30, "start": 3,
}  # fmt: skip


def build(home: Path) -> None:
    """Make the large desk, through the same append as everything else."""
    from benchmarks.speed.desk_data import made_up_events
    from troth.ledger.formats.frames import raw_of_table
    from troth.trust.clock import now_us
    from troth.web.accounts.actor import Actor
    from troth.web.accounts.models import User
    from troth.web.ledger.append import Setting, append
    from troth.web.ledger.beginnings import begin_desk
    from troth.web.ledger.record import check
    from troth.web.ledger.refresh import refresh
    from troth.web.ledger.weights import desk_parameters
    from troth.web.parties.models import Party

    now = now_us()
    table = made_up_events(CUSTOMERS, EVENTS, now)
    started = time.perf_counter()
    for start in range(0, table.num_rows, 8000):
        reading = check([raw_of_table("made up", table.slice(start, 8000))], now, "en")
        append(reading.events.table, Setting(now, desk_parameters()))
    seconds = time.perf_counter() - started
    print(
        f"built: {table.num_rows:,} events in {seconds:.0f} s, {table.num_rows / seconds:,.0f} a second"
    )
    begin_desk(Actor(None, "command"), user="admin", house=None, zone="Asia/Shanghai", lang="zh")
    house = Party.objects.get(key="house:0")
    for name, role in (("admin", "admin"), ("front", "front_line")):
        user = User.objects.filter(username=name).first() or User(
            username=name, role=role, house=house
        )
        user.set_password("a long pass phrase")
        user.save()
    refresh(now_us())
    (home / "built.json").write_text(
        json.dumps({"events": table.num_rows, "per_second": table.num_rows / seconds})
    )


def pages(address: str, cookies: str) -> dict:
    """Pages under eight clients, and the floor beside them in the same run."""
    from benchmarks.speed.desk_server import load
    from troth.web.ledger.models import Relationship

    rng = random.Random(0)
    keys = list(
        Relationship.objects.filter(enough=True).values_list("truster_id", "trusted_id")[:4000]
    )
    some = rng.sample(keys, 400)
    found = {"floor": load(address, "", ["/health/"])}
    found["today"] = load(address, cookies, ["/"])
    found["relationship"] = load(address, cookies, [f"/relationships/{a}/{b}/" for a, b in some])
    found["search"] = load(
        address,
        cookies,
        [
            f"/parties/search/?q=guest {rng.randrange(1, 20_000)}".replace(" ", "%20")
            for _ in range(400)
        ],
    )
    found["floor again"] = load(address, "", ["/health/"])
    return found


def posts(address: str, token: str) -> dict:
    """Single events one after another, and bulk calls of ten thousand."""
    import orjson

    from benchmarks.speed.desk_data import made_up_events
    from troth.trust.clock import now_us

    stamp = f"{time.time():.0f}"

    def post(path: str, data: bytes, kind: str) -> float:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": kind}
        request = urllib.request.Request(f"{address}{path}", data, headers)
        started = time.perf_counter()
        urllib.request.urlopen(request, timeout=120).read()
        return time.perf_counter() - started

    rng = random.Random(1)
    single = []
    for i in range(220):
        house = rng.randrange(5)
        event = {
            "event_id": f"one-{stamp}-{i}",
            "t_us": now_us() - 1_000_000,
            "truster": f"guest:{rng.randrange(40_000) * 5 + house}",
            "trustee": f"staff:{house * 40 + rng.randrange(40)}",
            "organisation": f"house:{house}",
            "kind": "promise_kept",
        }
        single.append(post("/api/events", orjson.dumps(event), "application/json"))
    single = sorted(single[20:])
    rows = (
        made_up_events(CUSTOMERS, 60_000, now_us(), seed=int(stamp) % 1000)
        .slice(0, 50_000)
        .to_pylist()
    )
    now = now_us()
    for i, row in enumerate(rows):
        row["t_us"] = now - 60_000_000 + i * 1000
        row["event_id"] = f"{stamp}-{row['event_id']}"
        row["ref"] = f"{stamp}-{row['ref']}" if row["ref"] else None
        row["due_us"] = None
    spent = 0.0
    for start in range(0, len(rows), 10_000):
        body = b"\n".join(
            orjson.dumps({k: v for k, v in row.items() if v is not None})
            for row in rows[start : start + 10_000]
        )
        spent += post("/api/events/bulk", body, "application/x-ndjson")
    return {
        "single": {
            "p95_ms": single[int(len(single) * 0.95)] * 1000,
            "p50_ms": single[len(single) // 2] * 1000,
        },
        "bulk": {"per_second": len(rows) / spent, "rows": len(rows)},
    }


def imported() -> dict:
    """A CSV of 200,000 rows into a desk of its own, as ``troth import`` does it."""
    from pyarrow import csv

    from benchmarks.speed.desk_data import made_up_events
    from troth.trust.clock import now_us

    with tempfile.TemporaryDirectory() as folder:
        table = made_up_events(100_000, IMPORTED * 11 // 10, now_us()).slice(0, IMPORTED)
        csv.write_csv(table.drop_columns(["ref"]), f"{folder}/events.csv")
        environment = os.environ | {"TROTH_HOME": f"{folder}/desk"}
        run = [sys.executable, "-m", "troth.cli"]
        subprocess.run(
            [*run, "init", "--house", "One"], env=environment, check=True, capture_output=True
        )
        started = time.perf_counter()
        command = [*run, "import", f"{folder}/events.csv", "--house", "house:one", "--json"]
        done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
        seconds = time.perf_counter() - started
        taken = json.loads(done.stdout)["taken"]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"rows": taken, "seconds": seconds, "peak_mb": peak}


def token_of() -> str:
    """A token that may write."""
    from troth.web.accounts.actor import Actor
    from troth.web.accounts.models import User
    from troth.web.accounts.tokens import make_token

    admin = User.objects.get(username="admin")
    return make_token(Actor(admin, "command"), "bench", "write")[1]


def main() -> None:
    """Measure everything and write the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path)
    chosen = parser.parse_args().home
    with tempfile.TemporaryDirectory() as folder:
        home = chosen or Path(folder) / "desk"
        from troth.web.config.opening import open_desk

        open_desk(home, make=True)
        if not (home / "built.json").exists():
            build(home)
        from benchmarks.speed.desk_page import write_page
        from benchmarks.speed.desk_server import served, signed_in

        token = token_of()
        figures = {"built": json.loads((home / "built.json").read_text()), "import": imported()}
        with served(home) as (address, seconds):
            figures["start"] = {"seconds": seconds}
            figures |= pages(address, signed_in(address, "admin", "a+long+pass+phrase"))
            front = signed_in(address, "front", "a+long+pass+phrase")
            from benchmarks.speed.desk_server import load

            figures["today, front line"] = load(address, front, ["/"])
            figures |= posts(address, token)
    write_page(figures, BARS, HERE)


if __name__ == "__main__":
    main()

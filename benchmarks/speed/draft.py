"""Speed of the draft: live posts through the real server, beside an empty page of the same server.

Run ``make bench-speed-draft``; writes ``benchmarks/speed/draft.md``. One browser's worth of load: one post
after the other, as somebody types.
"""

from __future__ import annotations

import http.client
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import urllib.parse
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks.speed.desk_server import PORT, served, signed_in

OUT = Path(__file__).with_name("draft.md")
POSTS = 300
BAR_MS = 150
TEXT = {
    "zh": "您好，非常抱歉让您久等了。厨房漏了您的单，菜已经重新做，我们会尽快送到。您必须先到前台登记，"
    * 6,
    "en": "Hello, so sorry you had to wait. We lost your order and will bring it shortly. You must register. "
    * 3,
}
ASKED = {"zh": "等了一个小时还没上菜，气死了！", "en": "We waited for an hour, this is ridiculous!"}


def begin(home: Path) -> str:
    """A desk with one house; gives its admin's password."""
    command = [
        sys.executable,
        "-m",
        "troth.cli",
        "init",
        "--home",
        str(home),
        "--house",
        "Hotel",
        "--json",
    ]
    made = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(made)["password"]


def timed(cookies: str, token: str, method: str, path: str, bodies: list[str]) -> np.ndarray:
    """Milliseconds of each request, on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT)
    headers = {
        "Cookie": cookies, "X-CSRFToken": token, "HX-Request": "true",
        "Content-Type": "application/x-www-form-urlencoded",
    }  # fmt: skip
    took = []
    for body in bodies:
        started = time.perf_counter()
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        answer.read()
        took.append((time.perf_counter() - started) * 1000)
        assert answer.status == 200, answer.status
    return np.array(took[10:])


def engine(lang: str) -> np.ndarray:
    """Milliseconds of one review of a draft of 300 characters, another one each time."""
    from troth.guidance.draft.review import review
    from troth.guidance.draft.talk import Talk
    from troth.reading.schema import CUSTOMER, Turn

    talk = Talk(said=(Turn(CUSTOMER, ASKED[lang]),), now=datetime(2026, 3, 9, tzinfo=UTC))
    took = []
    for n in range(110):
        text = TEXT[lang][:295] + f"{n:05d}"
        started = time.perf_counter()
        review(text, talk)
        took.append((time.perf_counter() - started) * 1000)
    return np.array(took[10:])


def line(what: str, took: np.ndarray) -> str:
    """A line of the table."""
    return f"| {what} | {np.median(took):.1f} | {np.quantile(took, 0.95):.1f} |"


def main() -> None:
    """Measure, and write the table."""
    rows = [line(f"one review, 300 characters, {lang}", engine(lang)) for lang in TEXT]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "desk"
        password = begin(home)
        with served(home) as (address, _):
            cookies = signed_in(address, "admin", password)
            token = next(
                part.split("=", 1)[1]
                for part in cookies.split("; ")
                if part.startswith("csrftoken=")
            )
            rows.append(
                line("floor: `/health/`", timed(cookies, token, "GET", "/health/", [""] * POSTS))
            )
            for lang in TEXT:
                bodies = [
                    urllib.parse.urlencode({"text": TEXT[lang][: n + 1], "asked": ASKED[lang]})
                    for n in range(POSTS)
                ]
                took = timed(cookies, token, "POST", "/draft/live/", bodies)
                rows.append(line(f"`/draft/live/` as one types to 300 characters, {lang}", took))
    OUT.write_text(PAGE.format(rows="\n".join(rows), posts=POSTS, bar=BAR_MS, cpu=platform.machine(),
                               cores=os.cpu_count()), encoding="utf-8")  # fmt: skip
    print(OUT.read_text(encoding="utf-8"))


PAGE = """# Speed of the draft

`make bench-speed-draft`: {posts} posts one after the other to the real server, each a letter longer than the
one before, with the customer's words beside it; a machine with {cores} cores ({cpu}) that was not idle. Bar:
p95 at most {bar} ms.

| what | median ms | p95 ms |
|---|---|---|
{rows}
"""

if __name__ == "__main__":
    main()

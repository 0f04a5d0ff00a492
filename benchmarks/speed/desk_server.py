"""A desk served as its users serve it, and the load of eight of them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PORT = 8455
_SCRIPT = """
local paths = {%s}
local at = 0
request = function()
  at = at + 1
  local headers = {["Cookie"] = "%s", ["Accept-Language"] = "zh"}
  return wrk.format("GET", paths[(at %% #paths) + 1], headers)
end
done = function(summary, latency, requests)
  io.write(string.format("P95 %%f\\nP50 %%f\\nRATE %%f\\nBAD %%d\\n", latency:percentile(95.0) / 1000,
    latency:percentile(50.0) / 1000, summary.requests / (summary.duration / 1e6),
    summary.errors.status + summary.errors.timeout + summary.errors.read + summary.errors.connect))
end
"""


@contextmanager
def served(home: Path):
    """Serve a desk; gives the address and the seconds until its first page came."""
    environment = os.environ | {"TROTH_HOME": str(home)}
    command = [sys.executable, "-m", "troth.cli", "serve", "--port", str(PORT)]
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{PORT}"
    try:
        while True:
            try:
                urllib.request.urlopen(f"{address}/login/", timeout=2).read()
                break
            except OSError:
                if time.perf_counter() - started > 60:
                    raise
                time.sleep(0.02)
        yield address, time.perf_counter() - started
    finally:
        process.send_signal(2)
        process.wait(timeout=20)


def signed_in(address: str, user: str, password: str) -> str:
    """The cookies of somebody who has logged in."""
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = opener.open(f"{address}/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    data = f"csrfmiddlewaretoken={token}&username={user}&password={password}".encode()
    opener.open(f"{address}/login/", data).read()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def load(address: str, cookies: str, paths: list[str], clients: int = 8, seconds: int = 12) -> dict:
    """Milliseconds and requests a second of some pages under load, by wrk."""
    listed = ", ".join(f'"{path}"' for path in paths)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(_SCRIPT % (listed, cookies))
        file.flush()
        command = [
            "wrk",
            "-t1",
            f"-c{clients}",
            f"-d{seconds}s",
            "--timeout",
            "10s",
            "-s",
            file.name,
        ]
        told = subprocess.run(
            [*command, address], capture_output=True, text=True, check=True
        ).stdout
    figure = {
        name: float(value)
        for name, value in re.findall(r"^(P95|P50|RATE|BAD) ([\d.]+)", told, re.MULTILINE)
    }
    return {
        "p95_ms": figure["P95"],
        "p50_ms": figure["P50"],
        "per_second": figure["RATE"],
        "bad": int(figure["BAD"]),
    }

"""Draw the pictures in docs/images/desk-*.png: a demo desk of its own, a clock that stands, a fixed seed.

Run ``.venv/bin/python scripts/screenshots.py`` with Debian's Chromium at hand; names of pictures behind it
draw those alone, ``--folder`` puts them elsewhere.
"""

# ruff: noqa: INP001, S311, T201 - a script that prints what it drew; chance is to be the same each time
from __future__ import annotations

import argparse
import os
import secrets
import shutil
import sys
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any, Final
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

ROOT: Final = Path(__file__).resolve().parents[1]
IMAGES: Final = ROOT / "docs/images"
SEED: Final = 7
SIZES: Final = {1280: 820, 390: 844}
LANGUAGES: Final = ("zh", "en")
#: From this width on a draft and its remarks stand side by side.
SIDE_BY_SIDE: Final = 900
MOST_BYTES: Final = 150_000
CHROMIUM: Final = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--font-render-hinting=none",
]  # fmt: skip
#: Somebody of the demo whose trust was hurt lately, who speaks the language of the picture.
HURT: Final = {"zh": "guest:xu-wenhui", "en": "guest:thomas-ashworth"}
#: Two colleagues of the demo who show each other how they are.
TWO: Final = ("staff:li-na", "staff:wang-lei")
#: A sheet as a booking site exports it: the second row is out of its scale.
SHEET: Final = (
    "用户昵称,总评分,点评内容,点评时间\n"
    "江边的猫,4.8,江景真好，李娜还记得我们要高楼层。,2026-03-17 10:05\n"
    "阿明,6,房间比照片小。,2026-03-17 21:40\n"
    "Rosalind H.,4.6,Quiet room and a kind welcome.,2026-03-18 08:15\n"
)


@dataclass(frozen=True)
class Shot:
    """One picture, drawn in each language.

    Attributes:
        name: of the file, before width and language.
        width: of the window, in pixels.
        user: who is logged in.
        address: where the page is; ``{hurt}`` stands for a relationship, ``{customer}`` for
            its customer, ``{two}`` for two colleagues.
        then: what is done on it before it is drawn.
    """

    name: str
    width: int
    user: str
    address: str
    then: Callable[[Page], None] | None = None


def _paste(page: Page) -> None:
    """Record a sentence of our own, so that the promise in it waits for a tap."""
    said = {"zh": "我今天下午三点前回复您。", "en": "I will call you back by 3 pm today."}
    named = {"zh": "许文慧", "en": "Thomas Ashworth"}
    lang = page.evaluate("document.documentElement.lang")[:2]
    page.fill("#pasted", said[lang])
    page.locator("#paste label.tap", has=page.locator("input[value=staff]")).click()
    page.fill("#about", named[lang])
    page.locator("#about-found label.tap").first.click()
    page.locator("#paste button[value=record]").click()
    page.locator("#read form[action*=confirmed]").first.wait_for()
    page.locator("#about").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#about').scrollIntoView({block: 'start'})")
    page.mouse.wheel(0, -150)
    page.wait_for_timeout(200)


def _tap(page: Page) -> None:
    """Choose the first guest and two things that were shown."""
    page.locator("main label.tap:has(input[name=to])").first.click()
    for key in ("thanked", "welcomed_by_name", "kept_waiting"):
        page.locator(f"main label.tap:has(input[value={key}])").click()
    page.evaluate("window.scrollTo(0, 330)")
    page.wait_for_timeout(200)


def _write(page: Page) -> None:
    """Write a reply that passes over the anger it answers, and promises no time."""
    said = {
        "zh": ("等了一个小时都没人来修，太让人失望了！", "您必须先登记。我们会尽快安排师傅上门。"),
        "en": (
            "An hour, and nobody has come to fix it. I am so disappointed!",
            "You must fill in the form first. We will send somebody as soon as possible.",
        ),
    }
    asked, reply = said[page.evaluate("document.documentElement.lang")[:2]]
    page.fill("#draft-asked", asked)
    page.fill("#draft-text", reply)
    page.locator("#review mark").first.wait_for()
    if page.viewport_size and page.viewport_size["width"] < SIDE_BY_SIDE:
        page.evaluate("window.scrollTo(0, document.querySelector('#draft-text').offsetTop - 110)")
    page.wait_for_timeout(200)


def _upload(page: Page) -> None:
    """Choose the sheet, so that columns and the row that is refused are seen."""
    file = {"name": "reviews.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    page.locator("main input[type=file]").first.set_input_files(file)  # type: ignore[arg-type] # a file in memory
    page.locator("main form:has(input[type=file]) button").first.click()
    page.wait_for_load_state("networkidle")


def shots() -> list[Shot]:
    """The pictures."""
    one = "/relationships/{hurt}/"
    return [
        Shot("desk-today", 1280, "wang-lei", "/"),
        Shot("desk-today", 390, "li-na", "/"),
        Shot("desk-relationship", 1280, "wang-lei", one),
        Shot("desk-relationship", 390, "li-na", one),
        Shot("desk-promises", 1280, "wang-lei", "/promises/?who=house"),
        Shot("desk-promises", 390, "li-na", "/promises/"),
        Shot("desk-add", 390, "li-na", "/add/", _tap),
        Shot("desk-import", 1280, "wang-lei", "/import/", _upload),
        Shot("desk-card", 390, "li-na", "/card/?to={customer}&channel=phone"),
        Shot("desk-draft", 390, "li-na", "/draft/", _write),
        Shot("desk-draft", 1280, "li-na", "/draft/", _write),
        Shot("desk-style", 390, "li-na", "/people/forms/ipip_ipc/result/"),
        Shot("desk-pair", 1280, "li-na", "/team/{two}/"),
        # Last: it records something, which the other pictures need not show.
        Shot("desk-paste", 390, "li-na", "/", _paste),
    ]


def _pair(key: str) -> str:
    """Numbers of a customer and of the house they are a customer of."""
    from troth.web.ledger.models import Relationship

    row = Relationship.objects.get(truster__key=key, inside=False)
    return f"{row.truster_id}/{row.trusted_id}"


def _number(key: str) -> int:
    from troth.web.parties.models import Party

    return Party.objects.get(key=key).pk


def still_clock() -> int:
    """Let everybody's clock stand in the demo's own spring, and chance begin alike each time.

    Called before anything of the desk is loaded: modules take the clock by name as they load.
    """
    from troth.lab.demo import DEMO_UNTIL_US
    from troth.trust import clock

    rng = Random(SEED)
    clock.now_us = lambda: DEMO_UNTIL_US
    secrets.token_hex = lambda nbytes=None: rng.randbytes(nbytes or 32).hex()
    return DEMO_UNTIL_US


def demo_desk(home: Path, now_us: int) -> None:
    """Make a desk that holds the demo."""
    os.environ["TROTH_TASKS"] = "django_tasks.backends.immediate.ImmediateBackend"
    os.environ["TROTH_HOSTS"] = "127.0.0.1"
    from troth.web.config.opening import open_desk

    open_desk(home, make=True)
    from troth.web.accounts.actor import Actor
    from troth.web.config.demo import seed_whole_demo

    seed_whole_demo(Actor(None, "command", now_us), SEED)


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    """The desk in this process, where the clock stands; its address."""
    from troth.web.config.wsgi import application

    server = make_server("127.0.0.1", 0, application, _Threads, _Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def cookies_of(user: str, lang: str, address: str) -> list[Any]:
    """What a browser carries in which somebody is logged in."""
    from django.test import Client

    from troth.web.accounts.models import User

    client = Client()
    client.force_login(
        User.objects.get(username=user), backend="django.contrib.auth.backends.ModelBackend"
    )
    jar = {"sessionid": client.cookies["sessionid"].value, "troth_lang": lang}
    return [{"name": name, "value": value, "url": address} for name, value in jar.items()]


def draw(browser: Browser, shot: Shot, lang: str, address: str, folder: Path) -> str:
    """Draw one picture; what hinders it is said."""
    size = {"width": shot.width, "height": SIZES[shot.width]}
    context = browser.new_context(viewport=size, reduced_motion="reduce", color_scheme="light")  # type: ignore[arg-type] # a size is a mapping
    context.add_cookies(cookies_of(shot.user, lang, address))
    page = context.new_page()
    name = f"{shot.name}.{shot.width}.{lang}.png"
    try:
        hurt, two = _pair(HURT[lang]), "/".join(str(_number(key)) for key in TWO)
        where = shot.address.format(hurt=hurt, customer=hurt.split("/")[0], two=two)
        answer = page.goto(address + where, wait_until="networkidle")
        if answer is None or answer.status != 200:
            return f"{name}: {where} answers {answer and answer.status}"
        if shot.then:
            shot.then(page)
        page.screenshot(path=folder / name, animations="disabled", caret="hide")
    finally:
        context.close()
    bytes_ = (folder / name).stat().st_size
    return f"{name}: {bytes_:,} bytes{' – too large' if bytes_ > MOST_BYTES else ''}"


def main() -> int:
    """Draw the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--folder", type=Path, default=IMAGES)
    asked = parser.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        print("Chromium is missing: apt install chromium fonts-noto-cjk", file=sys.stderr)
        return 1
    asked.folder.mkdir(parents=True, exist_ok=True)
    now_us = still_clock()
    with tempfile.TemporaryDirectory() as home:
        demo_desk(Path(home), now_us)
        wanted = [s for s in shots() if not asked.names or s.name in asked.names]
        ready = [(s, lang) for s in wanted for lang in LANGUAGES]
        from playwright.sync_api import sync_playwright

        # Playwright's loop runs in this thread, where Django would take any query for a mistake.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        with served() as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
            told = [draw(browser, shot, lang, address, asked.folder) for shot, lang in ready]
            browser.close()
    print("\n".join(told))
    return int(any(not line.endswith("bytes") for line in told))


if __name__ == "__main__":
    sys.exit(main())

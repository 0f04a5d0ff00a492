"""Windows onto a desk, in Debian's Chromium: one way in for every test with a browser."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.test import Client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser, Page

    from troth.web.accounts.models import User

#: The console's advice on how forms are best written.
ADVICE = "[DOM]"


@contextmanager
def windows(
    chromium: Browser, address: str, expected: Sequence[str] = (ADVICE,)
) -> Iterator[Callable[..., Page]]:
    """Opens windows, each somebody's own; what the console says fails the test, unless expected.

    Args:
        chromium: the browser.
        address: of the desk.
        expected: parts of lines that the console may say.

    Yields:
        ``window(user, lang, width, **more)``: an empty page of somebody who is logged in, or of
        nobody; ``more`` goes to the browser.
    """
    said: list[str] = []
    contexts = []

    def window(user: User | None, lang: str, width: int = 1280, **more: Any) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 844}, base_url=address, **more
        )
        contexts.append(context)
        cookies = {"troth_lang": lang}
        if user is not None:
            client = Client()
            client.force_login(user, "django.contrib.auth.backends.ModelBackend")
            cookies["sessionid"] = client.cookies["sessionid"].value
        context.add_cookies([{"name": n, "value": v, "url": address} for n, v in cookies.items()])
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        return page

    yield window
    for context in contexts:
        context.close()
    assert [line for line in said if not any(part in line for part in expected)] == []

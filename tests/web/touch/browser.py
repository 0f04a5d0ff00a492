"""A browser in which somebody is logged in, at a desk that lives inside the test's own transaction.

The database refuses to delete events, so it cannot be flushed after a test as ``live_server`` would.
"""

from __future__ import annotations

import threading

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test.testcases import LiveServerThread

from tests.web.browsing import windows

BROWSED = [
    pytest.mark.django_db,
    # A browser that leaves drops its idle connections, whose threads end some time later.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


class _OneAtATime(StaticFilesHandler):
    """Requests take turns, as they share one connection."""

    turn = threading.Lock()

    def __call__(self, environ, start_response):
        """Answer when it is one's turn."""
        with self.turn:
            return super().__call__(environ, start_response)


@pytest.fixture
def served(lived):
    """The desk's address; requests share the test's connection, one at a time."""
    connection = connections["default"]
    connection.inc_thread_sharing()
    thread = LiveServerThread(
        "127.0.0.1", _OneAtATime, connections_override={"default": connection}
    )
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()  # the connection stays shared: late threads of the server still close it


@pytest.fixture
def opened(chromium, served, lived):
    """Opens a page for somebody of a role; whatever the console says fails the test."""
    # A form that comes back with its errors is a 422, which the console always mentions.
    with windows(chromium, served, expected=("422",)) as window:

        def inside(address, role="front_line", lang="zh", width=390, **more):
            page = window(lived.users[role], lang, width, **more)
            page.goto(address)
            return page

        yield inside

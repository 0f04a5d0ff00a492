"""A real server on this machine that answers as a test tells it to."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Chat:
    """What was asked, and what shall be answered.

    Args:
        answers: one after another, the last for ever: bytes, or a function of the handler.
    """

    def __init__(self, *answers) -> None:
        self.answers = list(answers)
        self.asked: list[dict] = []
        self.headers: list[dict] = []
        self.paths: list[str] = []
        self.url = ""

    def next(self):
        """The answer at hand."""
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def send(body: bytes, status: int = 200, **headers: str):
    """An answer with a status and headers (``Retry_After`` for ``Retry-After``)."""

    def answer(handler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def says(content: object) -> bytes:
    """The body of a chat completion whose message is ``content`` as JSON (or text as it is)."""
    text = content if isinstance(content, str) else json.dumps(content)
    return json.dumps({"choices": [{"message": {"content": text}}]}).encode()


@contextmanager
def serving(*answers):
    """The server, for as long as the block lasts."""
    chat = Chat(*answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Keep what was asked, answer what was told."""
            body = self.rfile.read(int(self.headers["Content-Length"]))
            chat.asked.append(json.loads(body))
            chat.headers.append(dict(self.headers))
            chat.paths.append(self.path)
            answer = chat.next()
            try:
                (answer if callable(answer) else send(answer))(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    chat.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield chat
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""A fuller rewrite by a language model, where one is named: asked once, and held to the same rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import orjson

import troth.content
from troth.content.yaml_files import load_mapping
from troth.guidance.draft.harms import HARMS
from troth.guidance.draft.review import LONGEST, remarks_on, review
from troth.guidance.draft.scene import scene_of
from troth.reading.chat_server import NoAnswerError, ask
from troth.reading.masking import masked

if TYPE_CHECKING:
    from troth.guidance.draft.review import Review
    from troth.guidance.draft.talk import Talk
    from troth.reading.chat_server import Server

_CONTENT: Final = Path(troth.content.__path__[0]) / "draft_model.yaml"
_NUMBER: Final = re.compile(r"\d+(?:[.:,]\d+)*")
_MARK: Final = re.compile(r"⟦(\d+)⟧")
_FENCE: Final = re.compile(r"^```\w*\n|\n```$")


@dataclass(frozen=True)
class Fuller:
    """What a model made of a draft.

    Attributes:
        text: its rewrite.
        review: of the rewrite, by the same rules as anybody's.
        model: its name.
    """

    text: str
    review: Review
    model: str


def fuller(server: Server, text: str, talk: Talk, asked: str) -> Fuller:
    """Ask a model for a fuller rewrite.

    Args:
        server: where to ask.
        text: the draft.
        talk: what it stands in; none of it is sent.
        asked: the customer's last words, which are sent.

    Returns:
        The rewrite with its own remarks.

    Raises:
        NoAnswerError: there is none of use, or it does harm, or has a number or a promise of its own.
    """
    hidden: list[str] = []
    body = _question(server, _covered(text, hidden), _covered(asked, hidden))
    answer = _told(ask(server, body))
    marks = [int(number) for number in _MARK.findall(answer)]
    if any(not 1 <= number <= len(hidden) for number in marks):
        raise NoAnswerError("draft.model.marks")
    better = _MARK.sub(lambda m: hidden[int(m[1]) - 1], answer)[:LONGEST]
    _check(text, better, talk, asked)
    return Fuller(better, review(better, talk), server.model)


def _covered(text: str, hidden: list[str]) -> str:
    """A text with marks where it tells who somebody is; what they cover is added to ``hidden``."""
    cover, out, place = masked(text), [], 0
    while place < len(text):
        end = place
        while end < len(text) and cover[end] != text[end]:
            end += 1
        if end == place:
            out.append(text[place])
            place += 1
            continue
        hidden.append(text[place:end])
        out.append(f"⟦{len(hidden)}⟧")
        place = end
    return "".join(out)


@cache
def _instructions() -> str:
    text: str = load_mapping(_CONTENT)["instructions"]
    return text


def _question(server: Server, text: str, asked: str) -> bytes:
    said = orjson.dumps({"customer": asked, "draft": text}).decode()
    messages = [
        {"role": "system", "content": _instructions()},
        {"role": "user", "content": said},
    ]
    return orjson.dumps({"model": server.model, "temperature": 0, "messages": messages})


def _told(answer: bytes) -> str:
    try:
        said = orjson.loads(answer)["choices"][0]["message"]["content"]
    except (orjson.JSONDecodeError, KeyError, IndexError, TypeError) as error:
        raise NoAnswerError("draft.model.unreadable") from error
    if not isinstance(said, str) or not said.strip():
        raise NoAnswerError("draft.model.unreadable")
    return _FENCE.sub("", said.strip()).strip()


def _check(text: str, better: str, talk: Talk, asked: str) -> None:
    """Refuse what does harm, and what says more than the writer did.

    Raises:
        NoAnswerError: with the reason.
    """
    scene, before = scene_of(better, talk), scene_of(text, talk)
    harm = next(
        (r for r in remarks_on(scene) if r.kind in HARMS and r.kind not in ("canned", "jargon")),
        None,
    )
    if harm:
        raise NoAnswerError("draft.model.harm")
    known = set(_NUMBER.findall(text)) | set(_NUMBER.findall(asked))
    if set(_NUMBER.findall(better)) - known:
        raise NoAnswerError("draft.model.number")
    if len(scene.reading.promises) > len(before.reading.promises):
        raise NoAnswerError("draft.model.promise")
    dues = {promise["due"] for promise in before.reading.promises}
    if any(promise["due"] not in dues for promise in scene.reading.promises if promise["due"]):
        raise NoAnswerError("draft.model.promise")

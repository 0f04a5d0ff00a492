"""A fuller rewrite by a language model, where one is named: asked once, and held to the same rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import orjson

from troth.content.yaml_files import load_mapping
from troth.guidance.draft.additions import CONTENT, addition
from troth.guidance.draft.cover import MARK, Cover
from troth.guidance.draft.harms import HARMS
from troth.guidance.draft.review import LONGEST, remarks_on, review
from troth.guidance.draft.scene import scene_of
from troth.reading.chat_server import NoAnswerError, ask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from troth.guidance.draft.review import Review
    from troth.guidance.draft.talk import Talk
    from troth.reading.chat_server import Server

#: Said more often in one reply, sorry is no longer heard.
_APOLOGIES: Final = 2
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


def fuller(server: Server, text: str, talk: Talk, asked: str, names: Iterable[str] = ()) -> Fuller:
    """Ask a model for a fuller rewrite.

    Args:
        server: where to ask.
        text: the draft.
        talk: what it stands in; none of it is sent.
        asked: the customer's last words, which are sent.
        names: names and forms of address on record, covered in both.

    Returns:
        The rewrite with its own remarks.

    Raises:
        NoAnswerError: there is none of use, or it does harm, or says more than the draft.
    """
    cover = Cover(tuple(names))
    draft = cover.covered(text)
    own = set(MARK.findall(draft))
    answer = _told(ask(server, _question(server, draft, cover.covered(asked))))
    if own - set(MARK.findall(answer)):
        raise NoAnswerError("draft.model.marks")
    try:
        better = cover.restored(answer)[:LONGEST]
    except KeyError:
        raise NoAnswerError("draft.model.marks") from None
    _check(text, better, talk)
    return Fuller(better, review(better, talk), server.model)


@cache
def _itself() -> re.Pattern[str]:
    return re.compile("|".join(load_mapping(CONTENT)["itself"]))


@cache
def _instructions() -> str:
    text: str = load_mapping(CONTENT)["instructions"]
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


def _check(text: str, better: str, talk: Talk) -> None:
    """Refuse what does harm, and what says more than the writer did.

    Raises:
        NoAnswerError: with the reason.
    """
    after = scene_of(better, talk)
    harm = next(
        (r for r in remarks_on(after) if r.kind in HARMS and r.kind not in ("canned", "jargon")),
        None,
    )
    if harm:
        raise NoAnswerError("draft.model.harm")
    if _itself().search(after.spelled):
        raise NoAnswerError("draft.model.itself")
    if sum(act.act == "apology" for act in after.acts) > _APOLOGIES:
        raise NoAnswerError("draft.model.apologies")
    more = addition(scene_of(text, talk), after)
    if more:
        raise NoAnswerError(f"draft.model.{more}")

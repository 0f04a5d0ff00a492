"""A draft looked over, in the terminal."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from rich.padding import Padding
from rich.text import Text

from troth.pages.blocks import heading
from troth.pages.draft import reasons_of
from troth.pages.words import Words, clean, shortened

if TYPE_CHECKING:
    from rich.console import Console

    from troth.guidance.draft.remark import Remark
    from troth.guidance.draft.review import Review

_SHOWN: Final = 80


def render_draft(text: str, review: Review, at: datetime, lang: str, console: Console) -> None:
    """Print what is said of a draft.

    Args:
        text: the draft.
        review: of it.
        at: when it is written; its zone is the reader's.
        lang: ``zh`` or ``en``.
        console: where to print.

    Raises:
        ValueError: ``lang`` is not a language we speak.
    """
    words = Words(lang, at.tzinfo or UTC, {})
    console.print(heading(words.say("draft.remarks")))
    if not review.remarks:
        _line(console, words.say("draft.remarks.none" if text.strip() else "draft.empty"))
    for number, remark in enumerate(review.remarks, start=1):
        _remark(console, words, (number, remark), text)
    _promises(console, words, review)
    _direction(console, words, review)


def _line(console: Console, text: Text | str, left: int = 2) -> None:
    console.print(Padding(Text(text) if isinstance(text, str) else text, (0, 0, 0, left)))


def _remark(console: Console, words: Words, told: tuple[int, Remark], text: str) -> None:
    number, remark = told
    own = shortened(clean(text[remark.start : remark.end]), _SHOWN)
    label = Text(f"{number}. ").append(remark.label(words.lang), "bold")
    _line(console, label.append(f"  “{own}”", "yellow"))
    _line(console, Text(remark.why(words.lang), "dim"), 5)
    if remark.rewrite:
        _line(console, Text(words.say("draft.instead")).append(clean(remark.rewrite), "green"), 5)
    elif remark.rewrite == "":
        _line(console, Text(words.say("draft.drop"), "green"), 5)


def _promises(console: Console, words: Words, review: Review) -> None:
    if not review.promises:
        return
    console.print()
    console.print(heading(words.say("draft.promises")))
    for promise in review.promises:
        due = words.say("draft.promise.undated")
        if promise.get("due"):
            moment = datetime.fromisoformat(promise["due"])
            shown = words.moment(int(moment.timestamp()) * 1_000_000)
            due = words.say("draft.promise.due", moment=shown)
        _line(console, Text(f"→ {shortened(clean(promise['text']), _SHOWN)}  ").append(due, "bold"))


def _direction(console: Console, words: Words, review: Review) -> None:
    way = review.direction
    console.print()
    shown = heading(words.say("draft.direction"))
    console.print(shown.append("  ").append(words.say(f"draft.direction.{way.way}"), "not bold"))
    comma = "、" if words.lang == "zh" else ", "
    for side, names in reasons_of(way, words.lang).items():
        if names:
            _line(console, words.say(f"draft.direction.{side}") + comma.join(names))
    if way.at_risk:
        _line(console, words.say("draft.direction.at_risk"))
    _line(console, Text(words.say("draft.direction.note"), "dim"))

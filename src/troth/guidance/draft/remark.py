"""A remark: what it is about, on which words, and what might stand there instead."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from troth.content.remarks import remark_kinds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from troth.guidance.draft.scene import Scene

_CLOSING: Final = " .。!！;；…~～\n"
_SENTENCE_BEGINS: Final = re.compile(r"(?:^|[.!?\n]\s*)$")


@dataclass(frozen=True)
class Remark:
    """One remark.

    Attributes:
        kind: a name in ``content/remarks.yaml``.
        start: first character of the words it is about.
        end: character after the last.
        rewrite: what may take their place, in the writer's tone; None where only a person knows.
        values: what goes into the gaps of the reason.
    """

    kind: str
    start: int
    end: int
    rewrite: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def rank(self) -> int:
        """The lowest are shown first."""
        return remark_kinds()[self.kind].rank

    @property
    def source(self) -> str:
        """Key of what the reason rests on."""
        return remark_kinds()[self.kind].source

    def label(self, lang: str) -> str:
        """What it is called."""
        return remark_kinds()[self.kind].label[lang]

    def why(self, lang: str) -> str:
        """The reason, to the writer."""
        return remark_kinds()[self.kind].why[lang].format(**self.values)

    def applied(self, text: str) -> str:
        """The draft with the rewrite in place; as it was where there is none.

        >>> Remark("idiom", 3, 7, "已经确定").applied("这件事板上钉钉了")
        '这件事已经确定了'
        """
        if self.rewrite is None:
            return text
        return text[: self.start] + self.rewrite + text[self.end :]


def on(scene: Scene, kind: str, start: int, end: int, **values: str) -> Remark:
    """A remark on some words, with the rewrite that the content gives for its kind.

    Args:
        scene: the draft.
        kind: a name in ``content/remarks.yaml``.
        start: first character.
        end: character after the last.
        values: what goes into the gaps of the reason and the rewrite.
    """
    given = remark_kinds()[kind].rewrite
    own = scene.text[start:end]
    rewrite = None
    if given:
        template = given[scene.lang]
        explained = "{own}（" in template or "{own} (" in template
        own = own if explained else _whole(own, scene.lang)
        rewrite = template.format(own=own, **values)
        rewrite = fitted(scene, start, rewrite)
    return Remark(kind, start, end, rewrite, values)


def _whole(own: str, lang: str) -> str:
    """A sentence that something is added to, closed as its language closes it."""
    own = own.rstrip()
    if not own or own[-1] in ".。!！?？;；…~～)）\"”’'":
        return own
    return own + ("。" if lang == "zh" else ".")


def fitted(scene: Scene, start: int, words: str) -> str:
    """Words in the writer's own tone: 你 where they say 你, a capital where a sentence begins."""
    if scene.lang == "zh":
        casual = "您" not in scene.text and scene.is_casual
        return words.replace("您", "你") if casual else words
    if words[:1].islower() and _SENTENCE_BEGINS.search(scene.text[:start]):
        return words[0].upper() + words[1:]
    return words


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without blanks around it and marks at its end."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1] in _CLOSING:
        end -= 1
    return start, end

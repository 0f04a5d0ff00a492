"""Remarks for readers with another first language, on words of the house, and on gaps left open."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from troth.content.remarks import sayings
from troth.content.times import either
from troth.guidance.draft.remark import Remark, fitted, on
from troth.guidance.draft.scene import GAP, YOU, written_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from troth.guidance.draft.scene import Scene

_LONG: Final = {"zh": 60, "en": 170}
_BREAK: Final = {
    "zh": re.compile(r"[,，](?:然后|并且|而且|同时|另外|所以|但是|不过|如果|之后)?"),
    "en": re.compile(r"[,;] (?:and |but |so |then )?"
                     r"(?=(?:i|we|you|it|he|she|they|there|this|that|if|please)\b)"),
}  # fmt: skip
_CARRIED: Final = {
    "zh": re.compile(r"亲爱的(?:客户|用户|顾客|客人|会员)|尊贵的(?:客户|用户|会员)"),
    "en": re.compile(r"\b(?:dear|respected|honou?rable|distinguished) "
                     r"(?:customer|client|guest|user|friend)s?\b"),
}  # fmt: skip
_BARE: Final = re.compile(
    r"(?:^|[.!?\n]\s*)(?P<verb>(?:please )?(?:provide|send|wait|give|tell|check|go|come|fill|bring|pay|sign|"
    r"call|show|confirm|return|submit|contact|keep|note|pay attention))\b(?! you\b)"
)
_WORD: Final = re.compile(r"[A-Za-z][\w'’\-]*")
_LATIN_TERM: Final = re.compile(r"[a-z]")


def plainness(scene: Scene) -> Iterator[Remark]:
    """Remarks on plain language.

    Args:
        scene: the draft; only where another language is in play, or the house asks for it, is the
            wording itself weighed.
    """
    yield from chain(
        _sayings(scene, "sarcasm"),
        _sayings(scene, "stilted"),
        _terms(scene),
        _gaps(scene),
        _mixed(scene),
    )
    if across(scene):
        yield from _carried(scene)
    if scene.talk.plain or across(scene):
        yield from chain(_sayings(scene, "idiom"), _long(scene))


def across(scene: Scene) -> bool:
    """Whether the reader's own language is another one than the draft's."""
    wish = scene.talk.person.wish("lang")
    if wish:
        return wish.value != scene.lang
    return bool(scene.asked) and written_in(scene.asked) != scene.lang


@cache
def _said(name: str, lang: str) -> tuple[re.Pattern[str], dict[str, str]]:
    pairs = {old.lower(): new for old, new in sayings()[name][lang]}
    found = either(pairs)
    return re.compile(rf"\b(?:{found})\b" if lang == "en" else found), pairs


def _sayings(scene: Scene, name: str) -> Iterator[Remark]:
    pattern, plain = _said(name, scene.lang)
    for match in pattern.finditer(scene.spelled):
        start, end = match.span()
        better = plain[match[0]]
        if not better or better.endswith("，"):
            while end < len(scene.text) and scene.text[end] in ",，。. ~～":
                end += 1
        word = _WORD.match(scene.text, end)
        if not better and word and scene.text[start].isupper():
            better, end = word[0][0].upper() + word[0][1:], word.end()
        yield Remark(name, start, end, fitted(scene, start, better))


def _carried(scene: Scene) -> Iterator[Remark]:
    greeting = _CARRIED[scene.lang].search(scene.spelled)
    if greeting:
        yield on(scene, "carried_over", greeting.start(), greeting.end())
    if scene.lang == "en":
        for bare in _BARE.finditer(scene.spelled):
            start, end = bare.span("verb")
            verb = scene.text[start:end].lower().removeprefix("please ")
            part = scene.sentence_at(start)
            asks = fitted(scene, start, f"could you please {verb}")
            rest = scene.text[end : part.end].rstrip()
            whole = asks + rest.rstrip(".!") + "?"
            yield Remark("bare_imperative", start, end + len(rest), whole)


def _mixed(scene: Scene) -> Iterator[Remark]:
    you = list(YOU.finditer(scene.text)) if "您" in scene.text else []
    if you:
        start, end = you[0].start(), you[-1].end()
        yield Remark("mixed_you", start, end, YOU.sub("您", scene.text[start:end]))


def _long(scene: Scene) -> Iterator[Remark]:
    for part in scene.sentences:
        low, high = part
        while low < high and scene.text[low].isspace():
            low += 1
        if high - low <= _LONG[scene.lang] or GAP.search(scene.text, low, high):
            continue
        middle = (low + high) // 2
        cuts = sorted(
            _BREAK[scene.lang].finditer(scene.spelled, low, high),
            key=lambda m: abs(m.start() - middle),
        )
        better = None
        if cuts:
            cut = cuts[0]
            head, tail = scene.text[low : cut.start()], scene.text[cut.end() : high]
            if scene.lang == "zh":
                better = f"{head}。{cut[0].lstrip(',，')}{tail}"
            else:
                better = f"{head}. {tail[:1].upper()}{tail[1:]}"
        yield Remark("long_sentence", low, high, better)


def _terms(scene: Scene) -> Iterator[Remark]:
    """Words of the house: in the agreed wording of the language, and explained where they need it."""
    other = "en" if scene.lang == "zh" else "zh"
    for term in scene.talk.terms:
        agreed, foreign = getattr(term, scene.lang), getattr(term, other)
        place = _place(scene.spelled, foreign)
        if place >= 0 and agreed.lower() not in scene.spelled:
            yield Remark("house_term", place, place + len(foreign), agreed, {"agreed": agreed})
            continue
        means = term.means_zh if scene.lang == "zh" else term.means_en
        place = _place(scene.spelled, agreed)
        if place >= 0 and means and means.lower() not in scene.spelled:
            yield on(scene, "house_jargon", place, place + len(agreed), means=means)


def _place(spelled: str, word: str) -> int:
    word = word.lower()
    if not word:
        return -1
    if not _LATIN_TERM.search(word):
        return spelled.find(word)
    found = re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", spelled)
    return found.start() if found else -1


def _gaps(scene: Scene) -> Iterator[Remark]:
    for gap in GAP.finditer(scene.text):
        yield Remark("gap", gap.start(), gap.end())

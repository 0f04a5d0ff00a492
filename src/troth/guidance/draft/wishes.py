"""Remarks on a tone against what the reader wished: form of address, length, language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from troth.guidance.contact_wishes import contact_facts
from troth.guidance.draft.harms import swapped
from troth.guidance.draft.remark import Remark, on
from troth.guidance.draft.scene import STEPS, YOU, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from troth.guidance.draft.scene import Scene
    from troth.people.known import Known
    from troth.reading.sentence_parts import Part

_CASUAL: Final = re.compile(
    r"(?<![\w\-])(?:hey(?: there)?|hi there|hiya|yo)(?![\w\-'’])", re.IGNORECASE
)
_FORMAL_ZH: Final = re.compile(r"尊敬的[^,，:：。!！\n]{0,8}|贵宾")
_FORMAL_EN: Final = re.compile(
    r"\bDear (?:Sir or Madam|Sir/Madam|Sir|Madam|(?:Mr|Mrs|Ms)\b\.?(?: [A-Z][\w'’\-]+)?)(?!\w)"
)
#: Characters over which a message is long, and under which it is short.
LONG: Final = {"zh": 140, "en": 420}
SHORT: Final = {"zh": 18, "en": 60}
#: Who asked for one of these is not rung without being asked first.
_SPARED: Final = ("written_only", "no_calls", "no_calls_at_work")
_NOT: Final = re.compile(
    r"(?:不会|不再|不用|不必|不|别|\bnot|n't|\bnever|\bwithout|\binstead of) ?$"
)
_TOLD: Final = {
    "zh": {"zh": "中文", "en": "英文"},
    "en": {"zh": "Chinese", "en": "English"},
}


def wishes(scene: Scene) -> Iterator[Remark]:
    """Remarks on what goes against stated wishes.

    Args:
        scene: the draft and what is known of its reader.
    """
    wish = scene.talk.person.wish
    if form := wish("form"):
        yield from _form(scene, form)
    if (lang := wish("lang")) and lang.value != scene.lang and _says_something(scene):
        told = {"who": _who(lang), "wanted": _TOLD[scene.lang][lang.value]}
        yield Remark("language", 0, len(scene.text), None, told)
    if detail := wish("detail"):
        yield from _detail(scene, detail)
    yield from _rung(scene)


def _rung(scene: Scene) -> Iterator[Remark]:
    """Remarks on ringing somebody who asked not to be rung; asking whether one may is none."""
    rings = [found for found in listed("rings").finditer(scene.spelled) if _is_rung(scene, found)]
    if not rings:
        return
    talk = scene.talk
    at_us = int(talk.now.timestamp() * 1e6) if talk.now else 0
    asked = contact_facts(talk.wishes, talk.person, at_us, talk.person.wish("channel"))
    told = next((fact for fact in asked if fact.value in _SPARED), None)
    if told is None:
        return
    for found in rings:
        better = swapped(scene, "rung", *found.span())
        rewrite = better.rewrite if better else None
        yield Remark("rung", *found.span(), rewrite, {"words": told.reason.text})


def _is_rung(scene: Scene, found: re.Match[str]) -> bool:
    part = scene.sentence_at(found.start())
    before = scene.spelled[part.start : found.start()]
    name = scene.text[found.end() : found.end() + 2]
    asks = scene.spelled[: part.end].rstrip().endswith("?")
    return not (asks or _NOT.search(before) or (name[:1] == " " and name[1:].isupper()))


def _who(known: Known) -> str:
    return known.by


def _says_something(scene: Scene) -> bool:
    return sum(c.isalpha() for c in scene.text) >= 4


def _form(scene: Scene, form: Known) -> Iterator[Remark]:
    told = {"who": _who(form)}
    if form.value == "formal":
        if scene.lang == "zh":
            you = list(YOU.finditer(scene.text))
            if you:
                start, end = you[0].start(), you[-1].end()
                better = YOU.sub("您", scene.text[start:end])
                yield Remark("form_formal", start, end, better, told)
        elif hey := _CASUAL.search(scene.text):
            yield Remark("form_formal", hey.start(), hey.end(), "Hello", told)
        return
    stiff = (_FORMAL_ZH if scene.lang == "zh" else _FORMAL_EN).search(scene.text)
    if stiff:
        name = scene.talk.person.called.get(scene.lang)
        better = name or "［名字］" if scene.lang == "zh" else f"Hello {name or '[first name]'}"
        yield Remark("form_first_name", stiff.start(), stiff.end(), better, told)


def _detail(scene: Scene, detail: Known) -> Iterator[Remark]:
    told, size = {"who": _who(detail)}, len(scene.text)
    if detail.value == "short" and size > LONG[scene.lang] and len(scene.sentences) > 2:
        yield Remark("too_long", 0, size, _shortened(scene), told)
    if detail.value == "full" and size < SHORT[scene.lang] and scene.asked:
        yield on(scene, "too_short", 0, size, **told)


def _shortened(scene: Scene) -> str | None:
    """The sentences that answer, promise or show the way, in their order; None where nothing can go."""
    weight = {part: _worth(scene, part) for part in scene.sentences}
    best = sorted(scene.sentences, key=lambda part: (-weight[part], part.start))
    kept: list[Part] = []
    for part in best:
        if sum(p.end - p.start for p in [*kept, part]) <= LONG[scene.lang]:
            kept.append(part)
    if not kept or len(kept) == len(scene.sentences):
        return None
    return "".join(scene.text[p.start : p.end] for p in sorted(kept)).strip()


def _worth(scene: Scene, part: Part) -> int:
    own = [act.act for act in scene.acts if part.start <= act.start < part.end]
    promised = any(part.start <= p["start"] < part.end for p in scene.reading.promises)
    figures = any(c.isdigit() for c in scene.text[part.start : part.end])
    return 2 * sum(act in STEPS for act in own) + 2 * promised + figures + ("apology" in own)

"""Blame put as hindsight: what they should have done, as if that were an answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from troth.guidance.draft.scene import Scene

#: A deed done or left undone, not a thing that was to come to them.
_DONE: Final = (
    r"(?:[a-z]{2,}ed|told|read|brought|known|come|gone|kept|paid|left|sent|made|done|taken|given|said|"
    r"thought|let|put|held|written|chosen|spoken|found|understood)\b"
)
_TO_DO: Final = r"(?!(?:have|get|receive|be|see|hear|find|enjoy)\b)[a-z]{2,}"
_NOT_DEED: Final = r"(?!(?:received|been|had|got|noticed by|needed|arrived)\b)"
_EN: Final = re.compile(
    rf"\byou (?:really |just )?(?:should(?: have|'ve)|ought to have|could have at least) {_NOT_DEED}{_DONE}"
    rf"|\byou (?:shouldn't|should not|should never) have (?:come|waited|put|washed|dried|worn|plugged|"
    r"left|opened|thrown|touched|signed|clicked|ignored|"
    r"forgotten|used|removed|agreed)\b"
    rf"|\byou (?:were supposed to|were meant to|ought to have|failed to|neglected to|forgot to) {_TO_DO}"
    rf"|\bif (?:only )?you(?: had|'d) (?:only |just )?{_NOT_DEED}{_DONE}"
    r"|\bif you(?: had|'d) been (?:on time|here|there|earlier|quicker|more careful)\b"
    r"|\bwhy (?:didn't|did not) you [^.!?]*\b(?:earlier|sooner|before|first|in time)\b"
    r"|\byou were (?:told|warned|reminded)\b[^.!?,]*\b"
    r"(?:twice|already|clearly|several times|more than once)\b"
    r"|(?<!not )\byour own (?:fault|mistake|doing)\b|\b(?:is|was|'s) your (?:fault|mistake)\b"
    rf"|(?:^|[.!?,]\s*)had you (?:only |just )?{_NOT_DEED}{_DONE}"
)
_ZH: Final = re.compile(
    r"[您你](?:本来就|原本就|早就|当时就|本|早)(?:应该|应当|该)(?!收到|拿到|得到|享|有|住|看到)"
    r"|(?:要是|如果|假如|早知道)[您你](?:当时|当初|早点|早些|早|提前)[^。!！?？]{0,24}(?:就不会|就没|就不至于|也不会|就好了)"
    r"|[您你](?:应该|应当|该)(?:先|提前|早点|事先)[^,，。!！?？]{1,14}(?:的|才对)(?=[,，。!！?？\s]|$)"
    r"|[您你][^。,，!！?？]{0,6}就(?:应该|应当|该)(?:看清|问|说清|核对|检查|确认|验|提出|提前|早)"
    r"|[您你](?:要是|如果)(?:准时|按时|早|提前|当时|仔细|看清)[^。!！?？]{0,24}就(?:不会|没|还|不用|不至于)"
    r"|[您你]是不是又"
    r"|[您你](?:为什么|怎么|干嘛)不(?:早|提前|先|事先)"
    r"|是[您你]自己(?:没|不|忘|填错|弄错|搞错|看错|选错|写错|点错|误|下楼|来晚|迟|太)"
    r"|(?:^|[,，。!！;；]\s*)[您你]自己(?:没有?|不)(?:看|读|注意|确认|核对|说|问|检查|留意)"
    r"|(?<!不)是[您你](?:自己)?的(?:责任|问题|错|原因)(?![吗?？])"
    r"|谁[让叫][您你]"
)  # fmt: skip


def hindsight(scene: Scene) -> Iterator[tuple[int, int]]:
    """Sentences that tell the customer what they should have done.

    Args:
        scene: the draft.

    Yields:
        First character, and the character after the last.
    """
    for found in (_ZH if scene.lang == "zh" else _EN).finditer(scene.spelled):
        place = found.start() + (found[0][:1] in ".!?,")
        part = scene.sentence_at(min(place + 1, len(scene.text) - 1))
        yield part.start, part.end

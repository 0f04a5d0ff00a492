"""Sorts of plain questions, and what an answer to each holds; of other questions nothing is said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_ONE_TO_TWELVE: Final = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
#: A number that counts no floors, seats, people or things.
_FIGURE_ZH: Final = (
    r"[\d一二三四五六七八九十百千两半](?![\d一二三四五六七八九十百千两楼层座间位人件张台种款])"
)
_ANY_ZH: Final = r"\d|[一二三四五六七八九十百千两半]"
_NUMBERED: Final = "bus|gate|floor|platform|room|exit|level|counter|terminal"

#: What is asked for → what an answer to it holds, the narrowest first.
_SORTS: Final = (
    (
        re.compile(r"几点|\bwhat time\b|"
                   r"\bwhen (?:does|do|is|are|can)\b.*\b(?:start|open|close|begin|end|breakfast|lunch|dinner|"
                   r"check)"),
        re.compile(rf"{_FIGURE_ZH}|中午|正午|午夜|全天|随时|通宵|不打烊|"
                   rf"\b(?:noon|midnight|any ?time|all day|all night|now|never|always|{_ONE_TO_TWELVE})\b"),
    ),
    (
        re.compile(r"什么时候|几时|何时|多久|哪天|\b(?:when|how long|how soon)\b"),
        re.compile(rf"{_FIGURE_ZH}|今|明|后天|周|马上|[早晚]上|下午|月|很快|快了|不久|当场|当天|"
                   r"\b(?:day|week|month|hour|morning|noon|"
                   r"night|evening|now|soon|minutes?|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
                   rf"today|tonight|tomorrow|yesterday|never|always|long|quick|moment|next|{_ONE_TO_TWELVE})"),
    ),
    (
        re.compile(r"多少钱|价格|怎么收费|\b(?:how much|what(?:'s| is) the (?:price|cost|fee))\b"),
        re.compile(rf"{_FIGURE_ZH}|免费|不收|不用|包含|含在|含早|另付|赠送|原价|差价|同价|"
                   r"\b(?:free|no charge|nothing|included|includes|same|half|usual|more|less|cheaper)\b|"
                   rf"\b(?:{_ONE_TO_TWELVE}|twenty|thirty|forty|fifty|hundred)\b"),
    ),
    (
        re.compile(r"怎么(?:走|去|过去|坐车)[呢啊呀]?\?|"
                   r"\bhow (?:do|can|would) (?:i|we) get (?:to|there|from)\b"),
        re.compile(r"[坐乘走拐转线站驾铁交米搭接路]|打车|步行|导航|地图|\d|"
                   r"\b(?:take|walk|bus|metro|subway|train|tram|ferry|taxi|cab|line|drive|left|right|straight|"
                   r"minutes?|exit|shuttle|stop|station|street|map|pick|fetch|follow|turn|cross)"),
    ),
    (
        re.compile(r"几号线|几路|几楼|几层|哪一?(?:层|楼|路)|哪个(?:口|门|航站楼|出口)|"
                   rf"\b(?:which|what) (?:{_NUMBERED})\b"),
        re.compile(rf"{_ANY_ZH}|[a-z] ?[口座区栋门]|[东南西北正后侧][口门边]|都|任|每|顶|负|大堂|首层|"
                   rf"\d|\b(?:{_ONE_TO_TWELVE}|first|second|third|fourth|fifth|sixth|seventh|any|either|all|both|"
                   r"every|ground|top|lower|upper|basement|lobby|rooftop|roof|shuttle|express|[a-f])\b"),
    ),
    (
        re.compile(r"哪里|哪儿|在哪|\bwhere\b"),
        re.compile(r"[楼层路号左右旁边门口街站内外]|车库|大堂|隔壁|对面|附近|前台|直走|定位|"
                   r"\b(?:at|in|on|by|near|next to|past|opposite|outside|upstairs|downstairs|floor|street|"
                   r"behind|beside|above|below|through|across|along|around|round|corner|over|under|"
                   r"inside|front|back|to|from|with|left|right|lobby|level|everywhere|anywhere|wherever)\b"),
    ),
    (
        re.compile(r"多少(?:个|位|人|张|件|间|份|瓶)|几(?:位|张|件|间|份|瓶|个人)|\bhow many\b"),
        re.compile(rf"{_ANY_ZH}|没有|不限|都|每|无|几|\b(?:no|none|any|all|both|each|every|unlimited|only|single|"
                   rf"double|half|dozen|few|several|couple|many|a|{_ONE_TO_TWELVE}|twenty|thirty|hundred)\b"),
    ),
)  # fmt: skip


def is_beside(asked: Iterable[str], reply: str) -> bool:
    """Whether questions of one known sort get nothing of that sort.

    Args:
        asked: the questions, in one spelling.
        reply: in one spelling.

    Source: our choice, decision 0029.
    """
    sorts = {holds for one in asked for holds in _sort(one)}
    return len(sorts) == 1 and not sorts.pop().search(reply)


def _sort(question: str) -> list[re.Pattern[str]]:
    return [holds for asks, holds in _SORTS if asks.search(question)][:1]

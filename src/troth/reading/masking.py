"""Hide names, addresses and numbers of people; every character keeps its place."""

from __future__ import annotations

import re
from typing import Final

# The commonest surnames, most of the country's people; rarer ones are missed where no title follows.
_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余叶杜苏魏吕丁"
    "沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱侯邹熊孟秦薛江阎段雷钱汤尹黎武乔贺赖龚"
)
_HAN: Final = r"[\u4e00-\u9fff]"
_TITLE: Final = r"先生|女士|小姐|太太|经理|主任|老师|师傅|医生|同学|总(?=[，,。！!好您请\s]|$)"
_NAME: Final = r"[A-Z][\w'’\-]{1,30}(?: [A-Z][\w'’\-]{1,30}){0,2}"
_GREETING: Final = r"dear|hi|hello|hey|this is|i am|i['’]m|it['’]s|regards,|sincerely,|yours,"
_NOT_NAMES: Final = (
    r"(?!(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Madam|Customers?|Guests?|Team|All|There|Everyone|Friend|"
    r"Support|Staff|Manager|The|Your|Thank|Thanks|We|You|It|That|This|Please|How|What|Can|Could|Is)\b)"
)
#: Of each pattern the group ``who`` is hidden, or all of it where there is none. Every repetition is
#: bounded or cannot overlap what follows, so that no text takes long.
_PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\w.+\-])[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,4}",
        r"(?:https?://|www\.)[^\s一-鿿]+",
        r"(?<![\w@])@[\w.\-]{2,40}",
        r"(?i:微信号?|wechat|weixin|\bwx|\bqq)(?: ?(?i:id|号码?))? ?[:：是]? ?(?P<who>[A-Za-z0-9_\-]{5,20})",
        r"(?<!\d)(?!\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}(?!\d))\+?\d(?:[ \-.()（）]{0,2}\d){6,}[Xx]?",
        rf"(?P<who>[{_SURNAMES}]{_HAN}{{0,2}}?)(?:{_TITLE})",
        r"我叫(?![了你他她您来不车人过])(?P<who>[\u4e00-\u9fff·]{2,3})",
        rf"我是(?P<who>[{_SURNAMES}]{_HAN}{{1,2}})(?=[，,。.！!；;\s]|$)",
        rf"(?:我|免贵|本人)姓(?P<who>{_HAN})",
        rf"小(?P<who>[{_SURNAMES}])(?=[，,。.！!\s为在这将会]|$)",
        r"(?:姓名|名字|联系人|收件人|收货人|入住人|持卡人)[是为叫:： ]{0,3}(?P<who>[\u4e00-\u9fff·]{2,4})",
        rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.? (?P<who>{_NAME})",
        rf"\b(?i:{_GREETING})\s{{1,2}}{_NOT_NAMES}(?P<who>{_NAME})",
        r"\b(?i:my name is|my name['’]s|name:)\s(?P<who>\w{2,30}(?: [A-Z][\w\-]{1,30}){0,2})",
    )
)


def masked(text: str) -> str:
    """The text without what tells who somebody is.

    E-mail and web addresses, handles, numbers of seven digits or more (dates aside) and names that
    stand where names usually stand. Other names stay: no list knows them all.

    Args:
        text: any text.

    Returns:
        As many characters; hidden letters are ``X``, Chinese characters ``某``, digits ``0``.

    >>> masked("我叫陈静，电话13800138000")
    '我叫某某，电话00000000000'
    >>> masked("Dear Ms Holt, write to ann@example.org by 2026-03-09")
    'Dear Ms XXXX, write to XXX@XXXXXXX.XXX by 2026-03-09'
    """
    hidden = ["\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text]
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            group = "who" if "who" in pattern.groupindex else 0
            start, end = match.span(group)
            hidden[start:end] = [_cover(c) for c in text[start:end]]
    return "".join(hidden)


def _cover(character: str) -> str:
    if character.isdigit():
        return "0"
    if "\u4e00" <= character <= "\u9fff":
        return "某"
    return "X" if character.isalpha() else character

"""What somebody is called who asked to be called by their first name."""

from __future__ import annotations

import re
from typing import Final

_HAN: Final = re.compile(r"[\u3400-\u9fff]{2,4}")
#: Surnames of two characters.
_DOUBLE: Final = re.compile(
    "欧阳|上官|司马|司徒|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|东方|南宫|独孤|端木|百里|呼延|轩辕"
)
#: Common surnames as they are written with letters.
_SURNAME: Final = re.compile(
    "bai|cai|cao|chang|chen|cheng|cui|dai|deng|ding|dong|du|duan|fan|fang|feng|fu|gao|gong|gu|guo|han|hao|he"
    "|hou|hu|huang|jia|jiang|jin|kong|lai|lei|li|liang|liao|lin|liu|long|lu|luo|lv|ma|mao|meng|mo|ou|pan"
    "|peng|qian|qiao|qin|qiu|ren|shao|shen|shi|song|su|sun|tan|tang|tao|tian|wan|wang|wei|wen|wu|xia|xiang"
    "|xiao|xie|xiong|xu|xue|yan|yang|yao|ye|yin|yu|yuan|zeng|zhang|zhao|zheng|zhong|zhou|zhu|zou|ouyang|sima"
    "|shangguan|zhuge",
    re.IGNORECASE,
)
_TITLE: Final = re.compile(r"(?:mr|mrs|ms|miss|mx|dr|prof|sir|madam|lady|lord)\.?", re.IGNORECASE)


def first_name(name_zh: str, name_en: str, lang: str) -> str:
    """The name without the surname, as somebody would be called by it.

    Args:
        name_zh: the whole name in Chinese; may be empty.
        name_en: the whole name in English; may be empty.
        lang: ``zh`` or ``en``, in which they are spoken to; where there is no name in it, the other serves.

    Returns:
        The first name; the whole name where a single character would be left, or where nobody can say
        which part of it is the surname; "" where there is none.

    Source: our choice.

    >>> first_name("王小明", "Wang Xiaoming", "zh"), first_name("陈静", "Chen Jing", "zh")
    ('小明', '陈静')
    >>> first_name("陈静", "Chen Jing", "en"), first_name("", "Alistair Benbow", "zh")
    ('Jing', 'Alistair')
    >>> first_name("", "Dr Benbow", "en")
    ''
    """
    name_zh, name_en = name_zh.strip(), name_en.strip()
    if (lang == "zh" and name_zh) or not name_en:
        return _chinese(name_zh) if _HAN.fullmatch(name_zh) else name_zh
    words = name_en.split()
    if _TITLE.fullmatch(words[0]):
        return ""
    if len(words) == 1 or not _HAN.fullmatch(name_zh):
        return words[0]
    before, behind = (_SURNAME.fullmatch(word) for word in (words[0], words[-1]))
    if before and not behind:
        return " ".join(words[1:])
    return " ".join(words[:-1]) if behind and not before else name_en


def _chinese(name: str) -> str:
    given = name[2:] if _DOUBLE.match(name) else name[1:]
    return given if len(given) > 1 else name

"""What nobody is chosen by: named outright, in other words, or in disguise; and what only looks like it."""

from __future__ import annotations

import pytest

from troth.content.protected import protected
from troth.guidance.protected import traits_in

ASKED = {
    "sex": [
        "性别",
        "要个女的",
        "找个小姐姐",
        "不要女·生",
        "女 的 來 接 待",
        "w0man please",
        "ｍａｌｅ colleague",
        "美 女",
    ],
    "age": [
        "要年轻漂亮的",
        "別太老",
        "年齡三十歲以下",
        "someone younger",
        "NO old people",
        "y o u n g",
        "小鲜肉",
        "under 30",
    ],
    "ethnicity": [
        "民族",
        "少數民族的不要",
        "not a black person",
        "people of colour",
        "Asian staff",
    ],
    "nationality": [
        "國籍",
        "籍贯",
        "户籍",
        "戶口要本地",
        "外地人不要",
        "河南人别来",
        "no foreigners",
        "a French colleague",
        "no accent",
        "hukou",
    ],
    "religion": [
        "somebody who goes to church",
        "宗教",
        "不信教的",
        "no Muslims",
        "No M.u.s.l.i.m staff",
        "muѕlim",
        "Chr1stian",
    ],
    "disability": ["残疾人别来", "殘障", "no wheelchair users", "able-bodied", "mental health"],
    "marital": [
        "nobody with kids",
        "没有家累的",
        "婚姻状况",
        "已婚的",
        "married, please",
        "a single mother",
        "没孩子的",
    ],
    "pregnancy": [
        "不要孕期的",
        "没怀孕的",
        "懷孕",
        "pregnant",
        "not about to go on maternity leave",
    ],
    "politics": ["政治面貌", "党员优先", "黨員", "their politics", "no left-wingers", "Communists"],
    "appearance": [
        "someone who looks presentable",
        "长的好看",
        "身强力壮的",
        "颜值高",
        "要年轻漂亮的",
        "長相",
        "someone good-looking",
        "tall",
        "身高一米七",
    ],
}
FINE = [
    "客人坐轮椅，需要懂无障碍设施的同事",
    "our guest uses a wheelchair and needs somebody who knows the ramps",
    "客人带孩子，希望早点办好入住",
    "还想请李女士接待，她会说日语",
    "I'd like Ms Li again",
    "Mr Wang please",
    "someone who speaks French",
    "a Chinese-speaking colleague",
    "会说英语的",
    "same person as last time",
    "a quiet voice, by phone",
    "老客人了，别再问一遍",
    "old booking problem",
    "请张先生联系我",
    "熟悉报销流程的",
    "patient, explains clearly",
    "有经验的同事",
    "能用粤语",
    "Prefer Li Na, please phone after six",
    "换一位同事",
    "white wine, no hot towel",
    "French press coffee",
    "低一点的枕头",
    "要男装部的尺码表",
    "invoice in English",
    "",
]


@pytest.mark.parametrize(("trait", "text"), [(k, t) for k, texts in ASKED.items() for t in texts])
def test_a_protected_trait_is_found(trait, text):
    """In both scripts, with signs between letters, with digits for letters."""
    assert trait in [found.key for found in traits_in(text)]


@pytest.mark.parametrize("text", FINE)
def test_what_only_looks_like_one_is_left_alone(text):
    """Languages somebody speaks, forms of address, things that are old, dishes."""
    assert traits_in(text) == ()


def test_every_trait_is_named_and_tried():
    """In both languages, and each of them is asked for in a test above."""
    assert {trait.key for trait in protected().traits} == set(ASKED)


@pytest.mark.parametrize("trait", protected().traits, ids=lambda trait: trait.key)
def test_the_trait_s_own_name_is_refused(trait):
    """Whoever asks for it by its plain name is understood."""
    for word in trait.words["zh"]:
        assert trait in traits_in(f"请考虑{word}"), word
    for word in trait.words["en"]:
        assert trait in traits_in(f"please weigh {word.replace('~', '')}"), word

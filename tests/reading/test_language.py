"""Languages are told by script and by the words that give them away."""

from __future__ import annotations

import pytest

from troth.content.cues import cues
from troth.reading.language import language_of, languages_of
from troth.reading.layout import layout

SAID = {
    "zh": ["好的", "請問幾點退房", "WiFi密码是多少", "APP打不开了", "ok的", "我的iPhone 15坏了",
        "你好の味道"],
    "en": [
        "ok", "sorry", "thx", "no", "wifi", "Room 302 please", "The café was naïve about it", "PayPal",
        "Can I get a refund por favor", "def f(x): return x", "Hallway lights don't work",
    ],
    "mixed": ["麻烦check一下booking", "OK没问题,thank you so much", "please 帮我 cancel 这个 order"],
    "other": [
        "Hola, gracias por todo", "merci beaucoup", "Bonjour", "Ich habe ein Problem mit dem Zimmer",
        "Grazie mille!", "Muito obrigado pela ajuda", "Dank u wel, het is goed", "Tack så mycket",
        "cảm ơn bạn nhé", "terima kasih banyak", "dziękuję bardzo", "Teşekkürler, çok iyi",
        "ありがとうございます", "予約をキャンセルしたいです", "안녕하세요", "Спасибо большое", "مرحبا",
        "ขอบคุณครับ", "Ευχαριστώ",
    ],
    "none": ["", "   ", "123", "😀👍", "...!!!", "SF1234567890", "http://t.example/abc", "100%", "\ud83d"],
}  # fmt: skip


@pytest.mark.parametrize(("language", "text"), [(k, t) for k, texts in SAID.items() for t in texts])
def test_each_is_told(language, text):
    """A message is of the language that a person would say."""
    assert language_of(text) == language


def test_examples_of_cues_are_of_their_language():
    """Of our own service sentences hardly any is taken for another language."""
    found = languages_of(layout([cue.yes for cue in cues()]))
    wrong = [c.yes for c, said in zip(cues(), found, strict=True) if said not in (c.lang, "mixed")]
    assert len(wrong) <= len(cues()) * 0.005, wrong


def test_a_long_message_is_told_quickly_by_its_beginning():
    """A megabyte of one language is that language."""
    assert language_of("the room was cold " * 60_000) == "en"
    assert language_of("das Zimmer war kalt " * 50_000) == "other"

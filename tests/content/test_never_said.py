"""What no reply says is read from content, and a slip there is named."""

from __future__ import annotations

import pytest

from troth.content.never_said import never_said
from troth.content.remarks import remark_kinds
from troth.content.yaml_files import ContentError

GOOD = "threat: {zh: [后果], en: [threat]}\nbut: {zh: [别], en: [not]}\n"


def test_each_kind_is_a_remark():
    """With label, reason and rewrite in both languages, and before every other."""
    kinds = never_said().kinds
    ranks = {name: kind.rank for name, kind in remark_kinds().items()}
    assert max(ranks[name] for name in kinds) < min(ranks[n] for n in ranks.keys() - kinds.keys())
    assert all(remark_kinds()[name].rewrite for name in kinds)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (GOOD.replace("but", "if"), "but"),
        (GOOD.replace(", en: [threat]", ""), "threat"),
        (GOOD.replace("[后果]", "后果"), "threat.zh"),
        (GOOD.replace("[threat]", "['(']"), "threat.en"),
    ],
)
def test_a_slip_is_named(tmp_path, text, field):
    """With the file and the field."""
    path = tmp_path / "never.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=field):
        never_said(path)

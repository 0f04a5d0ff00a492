"""Laws every text head keeps, whatever its views."""

from __future__ import annotations

import io

import numpy as np
import pytest

from troth.reading.heads.features import Grams
from troth.reading.heads.folds import grouped_folds
from troth.reading.heads.material import Material
from troth.reading.heads.stack import Plan, TextHead, fit_head, head_from
from troth.reading.heads.views import BendView, ContrastView, GramView, View

GOOD = ("thank you so much", "很干净,服务好", "lovely quick answer", "谢谢你们的帮助")
BAD = ("still waiting, no reply", "太脏了,很失望", "never again, so rude", "没人理我,差劲")
ENDS = (" today", " room", " 前台", " desk", " bill", " 早餐", " lift", " 房间")
TEXTS = [text + end for end in ENDS for text in (*GOOD, *BAD)]
TRUTH = np.array([at % 8 >= 4 for at in range(len(TEXTS))]).astype(int)
GROUPS = np.arange(len(TEXTS)) // 8
NUMBERS = np.random.default_rng(5).normal(size=(len(TEXTS), 6)) + TRUTH[:, None]
ROWS = Material({"text": TEXTS}, {"encoder": NUMBERS, "cues": NUMBERS[:, :2]})
VIEWS: dict[str, tuple[View, ...]] = {
    "grams": (GramView(Grams("chars", 1, 3)),),
    "contrast": (ContrastView(Grams("words", 1, 2)),),
    "bend": (BendView(30),),
    "all": (GramView(Grams("words", 1, 2)), ContrastView(Grams("chars", 1, 2)), BendView(30)),
    "none": (),
}


def _fit(views: str, says: str = "classes", seed: int = 3) -> tuple[TextHead, np.ndarray]:
    targets = np.eye(2)[TRUTH] if says == "classes" else TRUTH[:, None] * 4.0
    plan = Plan(says, VIEWS[views], ("cues",), 5.0, seed)  # type: ignore[arg-type] # named as text
    return fit_head(plan, ROWS, targets, grouped_folds(GROUPS, 4, 1))


@pytest.mark.parametrize("views", VIEWS)
@pytest.mark.parametrize("says", ["classes", "value"])
def test_a_saved_head_says_the_same_bit_for_bit(views: str, says: str) -> None:
    """Arrays go through an .npz file without pickle and come back as the same head."""
    head, _ = _fit(views, says)
    file = io.BytesIO()
    np.savez_compressed(file, **head.arrays())
    file.seek(0)
    with np.load(file, allow_pickle=False) as loaded:
        again = head_from(head.plan, dict(loaded))
    assert np.array_equal(again.says(ROWS), head.says(ROWS))


@pytest.mark.parametrize("views", VIEWS)
def test_the_same_seed_gives_the_same_head(views: str) -> None:
    """Fitting twice gives equal arrays."""
    first, second = _fit(views)[0].arrays(), _fit(views)[0].arrays()
    assert first.keys() == second.keys()
    assert all(np.array_equal(first[name], second[name]) for name in first)


@pytest.mark.parametrize("views", VIEWS)
def test_probabilities_are_probabilities_on_any_text(views: str) -> None:
    """They sum to 1 for empty texts, lone surrogates, strange alphabets and long repetitions."""
    head, unseen = _fit(views)
    texts = ["", "\ud800", "שלום", "a" * 10_000, "\x00\n\t"]
    empty = Material({"text": texts}, {"encoder": np.zeros((5, 6)), "cues": np.zeros((5, 2))})
    for chances in (head.says(empty), unseen):
        assert np.isfinite(chances).all()
        assert (chances >= 0).all()
        assert chances.sum(axis=1) == pytest.approx(np.ones(len(chances)))


def test_a_head_reads_what_it_was_taught() -> None:
    """Rows it has not seen are told apart, and it says so of itself."""
    head, unseen = _fit("all")
    assert (unseen.argmax(axis=1) == TRUTH).mean() > 0.95
    new = Material({"text": ["thank you, 服务好", "so rude, 很失望"]}, {
        "encoder": np.full((2, 6), 0.5), "cues": np.full((2, 2), 0.5),
    })  # fmt: skip
    assert head.classes(new).tolist() == [0, 1]


@pytest.mark.parametrize("views", ["contrast", "grams", "bend"])
def test_a_row_is_never_judged_by_a_fold_that_knew_its_label(views: str) -> None:
    """Turning the labels of one fold round leaves what is said of it by each view as it was."""
    folds = grouped_folds(GROUPS, 4, 1)
    turned = np.where(folds == 0, 1 - TRUTH, TRUTH)
    view = VIEWS[views][0]
    _, before = view.learn(ROWS, np.eye(2)[TRUTH], folds, 0)
    _, after = view.learn(ROWS, np.eye(2)[turned], folds, 0)
    assert after[folds == 0] == pytest.approx(before[folds == 0], abs=1e-6)
    assert not np.allclose(after[folds != 0], before[folds != 0])


def test_a_head_of_another_plan_is_refused() -> None:
    """Arrays that lack a view of the plan name it."""
    head, _ = _fit("grams")
    with pytest.raises(ValueError, match="view1"):
        head_from(Plan("classes", VIEWS["all"], ("cues",)), head.arrays())

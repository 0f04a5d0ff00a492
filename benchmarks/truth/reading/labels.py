"""What public sets say of messages, as the acts of ours that come nearest.

Only the parts are used on which the installed reader may be tuned: cped valid, dialogues of stc3_dch1 train
whose id has an even MD5, uss_asap_jddc valid, rows of chnsenticorp whose number divides by five, the
train part of politeness_holistic, and sets that no bar is measured on.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from hashlib import md5
from typing import TYPE_CHECKING, Final

import numpy as np

from benchmarks.truth.reading.data import lines
from benchmarks.truth.reading.measure import table
from benchmarks.truth.reading.stc3 import RATERS
from benchmarks.truth.reading.uss import rows_of
from troth.reading.schema import CUSTOMER, STAFF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_HALF: Final = 0.5
BAD: Final = (
    "complaint",
    "anger",
    "disappointment",
    "threat",
    "distrust",
    "unsolved",
    "repeat_contact",
)
GOOD: Final = ("praise", "trust", "solved", "thanks")
HARMFUL: Final = ("blame", "evasion", "dismissal", "order")


@dataclass(frozen=True)
class Labelled:
    """n messages of one set that somebody has labelled.

    Attributes:
        name: of the set and its part.
        lang: ``zh`` or ``en``.
        texts: n messages.
        speakers: who said them; None where it is neither a customer nor staff.
        direct: by act, (n,) whether the label says that very act.
        near: by act, (n,) whether the label is what one would expect with the act, such as an
            unpleasant message with anger.
    """

    name: str
    lang: str
    texts: list[str]
    speakers: list[str | None]
    direct: dict[str, np.ndarray]
    near: dict[str, np.ndarray]


def cped() -> Labelled:
    """Chinese television dialogue: dialogue acts, sentiment and emotion of a line."""
    frame = table("cped/valid.csv.gz")
    act, emotion = frame["DA"], frame["Emotion"]
    down = (frame["Sentiment"] == "negative").to_numpy()
    direct = {
        "apology": act == "apology", "thanks": (act == "thanking") | (emotion == "grateful"),
        "greeting": act == "greeting", "question": act == "question", "open_question": act == "question",
        "order": act == "command",
        "anger": emotion.isin(["anger", "disgust", "negative-other"]),
        "anxiety": emotion.isin(["worried", "fear"]),
    }  # fmt: skip
    near = dict.fromkeys((*BAD, "blame", "dismissal"), down) | dict.fromkeys(
        ("praise", "trust", "solved"), (frame["Sentiment"] == "positive").to_numpy()
    )
    comfort = (act == "comfort").to_numpy()
    near |= {"acknowledge_feeling": comfort, "reassurance": comfort}
    near["confusion"] = down | (act == "question").to_numpy()
    return Labelled(
        "cped valid", "zh", frame["Utterance"].tolist(), [None] * len(frame), _arrays(direct), near
    )


def persuasion() -> Labelled:
    """English talk about a gift to charity: strategies and answers by sentence."""
    frame = table("persuasionforgood/annotated_dialogues.csv.gz")
    labels = frame[["er_label_1", "er_label_2", "ee_label_1", "ee_label_2"]]
    asking = labels.apply(lambda c: c.str.endswith("-inquiry") & ~c.str.contains("-to-"))
    asked = (asking | labels.apply(lambda c: c.str.startswith("ask-"))).any(axis=1)
    direct = {
        "greeting": labels.eq("greeting").any(axis=1), "thanks": labels.eq("thank").any(axis=1),
        "question": asked, "open_question": asked, "praise": labels.eq("praise-user").any(axis=1),
    }  # fmt: skip
    return Labelled(
        "persuasionforgood", "en", frame["text"].tolist(), [None] * len(frame), _arrays(direct), {}
    )


def stc3(lang: str) -> Labelled:
    """Chinese helpdesk dialogue, or its translation: nineteen raters on each turn and dialogue."""
    texts: list[str] = []
    speakers: list[str | None] = []
    called: list[dict[str, float]] = []
    grades: list[tuple[float, float]] = []
    for record in lines(f"stc3_dch1/train_{lang}.jsonl.gz"):
        if int(md5(record["id"].encode()).hexdigest(), 16) % 2:
            continue
        votes = record["annotations"]
        mean = [float(np.mean([v["quality"][letter] for v in votes])) for letter in "SA"]
        for place, turn in enumerate(record["turns"]):
            nuggets = [v["nugget"][place] for v in votes]
            texts.append(" ".join(turn["utterances"]))
            speakers.append(CUSTOMER if turn["sender"] == "customer" else STAFF)
            called.append({n: nuggets.count(n) / RATERS for n in set(nuggets)})
            grades.append((mean[0], mean[1]))

    def share(*names: str) -> np.ndarray:
        return np.array([sum(own.get(n, 0.0) for n in names) for own in called])

    staff = np.array([s == STAFF for s in speakers])
    graded, told = np.array(grades), share("HNUG*")
    glad = graded[:, 0] > np.median(graded[:, 0])
    direct = {"complaint": share("CNUG0", "CNUG") >= _HALF, "solved": share("CNUG*") >= _HALF}
    near = dict.fromkeys((*BAD[1:], *HARMFUL), ~glad)
    near |= {"praise": glad, "trust": glad, "unsolved": graded[:, 1] < np.median(graded[:, 1])}
    near |= {
        "solution": told > np.median(told[staff]), "progress_update": share("HNUG", "HNUG*") >= _HALF,
    }  # fmt: skip
    return Labelled(f"stc3_dch1 train {lang}, even half", lang, texts, speakers, direct, near)


def reviews() -> Labelled:
    """Chinese hotel reviews, pleased or not."""
    frame = table("chnsenticorp/reviews.csv.gz").iloc[::5]
    glad = (frame["label"] == "1").to_numpy()
    near = dict.fromkeys(BAD, ~glad) | dict.fromkeys(GOOD, glad)
    texts = frame["review"].tolist()
    return Labelled("chnsenticorp, every fifth", "zh", texts, [CUSTOMER] * len(texts), {}, near)


def jddc() -> Labelled:
    """The newest turn of customers of a Chinese shop, and how satisfied they are."""
    dialogues, label, _ = rows_of("valid")
    texts = [dialogue.turns[-1].text for dialogue in dialogues]
    near = dict.fromkeys((*BAD, "anxiety", "confusion"), label == 0)
    near |= dict.fromkeys(GOOD, label == 2)
    return Labelled("uss_asap_jddc valid", "zh", texts, [CUSTOMER] * len(texts), {}, near)


#: Acts of ours, by the words that the labels of service dialogues hold.
_USER: Final = {
    "thanks": ("thank",), "greeting": ("greet",), "question": ("request",),
    "preference": ("entity_preference",),
}  # fmt: skip
_SYSTEM: Final = {
    "open_question": ("request", "req_more", "reqmore"), "greeting": ("greet",),
    "choice": ("offer", "select", "recommend"),
    "paraphrase": ("confirm",), "solution": ("notify_success", "offerbooked", "booking-book", "offer"),
}  # fmt: skip


def service(part: str) -> Labelled:
    """Made-up English service dialogue: what each line is mainly for, in terms of its system."""
    frame = table(f"uss/{part}.csv.gz")
    frame = frame[(frame["text"] != "OVERALL") & (frame["action"] != "")]
    action = frame["action"].str.lower()
    speakers = [CUSTOMER if role == "USER" else STAFF for role in frame["role"]]
    near: dict[str, np.ndarray] = {}
    for side, wanted in ((CUSTOMER, _USER), (STAFF, _SYSTEM)):
        own = np.array([s == side for s in speakers])
        for act, words in wanted.items():
            hit = action.str.contains("|".join(words)).to_numpy() & own
            if hit.any():
                near[act] = near.get(act, np.zeros(len(own), bool)) | hit
    return Labelled(f"uss {part}", "en", frame["text"].tolist(), speakers, {}, near)


def politeness(lang: str) -> Labelled:
    """Talk among Wikipedia's writers: politer than the median or not."""
    frame = table(f"politeness_holistic/{lang}.csv.gz")
    frame = frame[frame["split"] == "train"]
    score = frame["politeness"].astype(float).to_numpy()
    polite = score > np.median(score)
    near = dict.fromkeys(("thanks", "greeting", "apology", "praise", "acknowledge_feeling"), polite)
    near |= dict.fromkeys((*HARMFUL, "anger", "threat", "distrust", "complaint"), ~polite)
    texts = frame["text"].tolist()
    return Labelled(f"politeness_holistic train {lang}", lang, texts, [None] * len(texts), {}, near)


def requests(part: str) -> Labelled:
    """Requests among strangers: politer than the median or not."""
    frame = table(f"stanford_politeness/{part}.csv.gz")
    score = frame["normalized_score"].astype(float).to_numpy()
    polite = score > np.median(score)
    near = dict.fromkeys(("thanks", "greeting", "apology", "praise"), polite)
    near |= dict.fromkeys((*HARMFUL, "anger", "distrust", "complaint"), ~polite)
    texts = frame["request"].tolist()
    return Labelled(f"stanford_politeness {part}", "en", texts, [None] * len(texts), {}, near)


SETS: Final[tuple[Callable[[], Labelled], ...]] = (
    cped, persuasion, partial(stc3, "zh"), partial(stc3, "en"), reviews, jddc,
    partial(service, "mwoz"), partial(service, "sgd"), partial(service, "ccpe"),
    partial(politeness, "zh"), partial(politeness, "en"),
    partial(requests, "stack_exchange"), partial(requests, "wikipedia"),
)  # fmt: skip


def labelled() -> Iterator[Labelled]:
    """Every set, one after the other."""
    for load in SETS:
        yield load()


def _arrays(columns: dict) -> dict[str, np.ndarray]:
    return {act: column.to_numpy(dtype=bool) for act, column in columns.items()}

"""Rated dialogues of our own making: who is thanked was helped, who writes again was not."""

from __future__ import annotations

import numpy as np

from troth.reading.schema import GRADES, Dialogue, Turn

ASKS = (
    "空调不制冷,请看看",
    "我的包裹还没到",
    "账单多收了一笔",
    "the shower is cold",
    "my parcel is late",
)
HELPS = (
    "已为您更换房间",
    "已经退回原卡",
    "师傅修好了",
    "we have sent a new one",
    "it is fixed now",
)
EVADES = (
    "这不归我们管",
    "系统就是这样",
    "您自己再看看",
    "that is not our department",
    "nothing we can do",
)
GLAD = ("好了,谢谢你们", "太好了", "works now, thank you")
CROSS = ("还是不行,第三次了", "太失望了", "still nothing, third time")


def rated(count, seed=0, voters=10):
    """Dialogues with votes, of which half went well."""
    rng = np.random.default_rng(seed)
    found = []
    for number in range(count):
        well = bool(number % 2)
        answer, last = (HELPS, GLAD) if well else (EVADES, CROSS)
        turns = (
            Turn("customer", f"{rng.choice(ASKS)} {rng.integers(1, 900)}"),
            Turn("staff", f"{rng.choice(answer)} {rng.integers(1, 900)}"),
            Turn("customer", f"{rng.choice(last)} {rng.integers(1, 900)}"),
        )
        votes = rng.multinomial(
            voters, [0.02, 0.05, 0.13, 0.4, 0.4] if well else [0.4, 0.4, 0.13, 0.05, 0.02]
        )
        shares = dict(zip(GRADES, (votes / voters).tolist(), strict=True))
        labels = {
            "satisfaction": shares,
            "solved": shares,
            "turns": [
                {},
                {"acts": {"solution": 0.9} if well else {"evasion": 0.8}},
                {
                    "satisfaction": 0.9 if well else 0.1,
                    "acts": ["solved"] if well else ["unsolved"],
                },
            ],
        }
        found.append(Dialogue(f"d{seed}-{number}", turns, labels))
    return found

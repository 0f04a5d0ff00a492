"""The quiet budget restated from its definition: every pair of events is looked at, day by day."""

from __future__ import annotations

DAY_US = 86_400_000_000
#: Kinds in which the customer acts; a message is theirs unless we wrote it.
THEIRS = {
    "complaint_opened", "complaint_reopened", "review", "survey", "cancellation", "return",
    "preference_stated", "referral",
}  # fmt: skip


def is_theirs(row, ours):
    """Whether an event came from the customer."""
    return row["kind"] in THEIRS or (row["kind"] == "message" and row["event_id"] not in ours)


def outreach_times(rows, ours):
    """When we got in touch unasked: a contact or message by us that refers to no event, while the customer
    had said nothing in the three days before it.
    """
    found = []
    for row in rows:
        got_in_touch = row["kind"] == "contact" or row["event_id"] in ours
        if not got_in_touch or row["ref"]:
            continue
        heard = [
            other for other in rows
            if is_theirs(other, ours)
            and (other["t_us"], other["event_id"]) < (row["t_us"], row["event_id"])
            and other["t_us"] >= row["t_us"] - 3 * DAY_US
        ]  # fmt: skip
        if not heard:
            found.append(row["t_us"])
    return sorted(found)


def may_reach_out(rows, ours, accepted, at_us, days=14):
    """Whether one may reach out unasked now."""
    before = [row for row in rows if row["t_us"] < at_us]
    times = [*outreach_times(before, ours), *accepted]
    return all(at_us - t_us >= days * DAY_US for t_us in times)

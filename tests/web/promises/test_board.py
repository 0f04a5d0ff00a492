"""The board: what stands where, what is done there, and what it costs."""

from __future__ import annotations

import re

import pytest

from tests.web.conftest import DAY_US
from troth.web.ledger.actions.messages import record_message
from troth.web.ledger.models import Event, Promise
from troth.web.ledger.rows import words_of

pytestmark = pytest.mark.django_db
HOUR_US = 3_600_000_000
HTMX = {"HX-Request": "true"}


def speaks_english(desk):
    """Refusals are in the person's own language, whatever the browser remembers."""
    desk.users["front_line"].lang = "en"
    desk.users["front_line"].save()


@pytest.fixture
def drafted(lived) -> Promise:
    """A draft that the reader found in a message."""
    said = record_message(
        lived.actor("front_line"), customer=lived.party("guest:chen"), staff=lived.party("staff:li"),
        house=lived.house, text="好的，陈女士。我明天中午十二点前把发票送到您房间。", speaker="staff",
    )  # fmt: skip
    return said.drafts[0]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_role_opens_the_board(lived, drafted, signed_in, lang):
    """Deeds are offered to those who may record."""
    for role in lived.users:
        page = signed_in(role, lang).get("/promises/", {"who": "house"})
        assert page.status_code == 200
        deeds = b"/keep/" in page.content
        assert deeds == (role not in ("analyst", "stranger"))


def test_promises_stand_by_due_time(lived, signed_in):
    """Late, today, the next two days, later, undated."""
    for days in (-1, 0.2, 1, 2, 9):
        lived.event(1, "promise_made", text=f"due {days}", due_us=lived.now_us + int(days * DAY_US))
    lived.event(1, "promise_made", text="some time")
    page = signed_in("front_line", "en").get("/promises/").content.decode()
    heads = re.findall(
        r"<h2>(Late|Today|Next two days|Later|No time set) <small>(\d+)</small>", page
    )
    told = " ".join(f"{name} {count}" for name, count in heads)
    assert told == "Late 1 Today 2 Next two days 2 Later 1 No time set 1"


def test_the_board_costs_few_queries(lived, drafted, signed_in, django_assert_max_num_queries):
    """However many promises there are."""
    for i in range(30):
        lived.event(1, "promise_made", text=f"no {i}", due_us=lived.now_us + i * HOUR_US)
    client = signed_in("lead")
    with django_assert_max_num_queries(9):
        client.get("/promises/", {"who": "house"})


def test_a_switch_narrows_to_mine_or_my_teams(lived, signed_in):
    """The front line starts with its own."""
    lived.event(
        1, "promise_made", text="by Wang Lei", due_us=lived.now_us + DAY_US, trustee="staff:wang"
    )
    client = signed_in("front_line", "en")
    assert b"by Wang Lei" not in client.get("/promises/").content
    assert b"by Wang Lei" in client.get("/promises/", {"who": "team"}).content


def test_other_houses_promises_are_not_there(lived, signed_in):
    """Neither shown nor to be touched."""
    lived.event(1, "promise_made", text="shop's", due_us=lived.now_us + DAY_US,
                truster="shopper:zhao", trustee="staff:sun", organisation="shop")  # fmt: skip
    client = signed_in("lead")
    assert b"shop&#x27;s" not in client.get("/promises/", {"who": "house"}).content
    theirs = Promise.objects.get(organisation=lived.other_house).pk
    assert client.post(f"/promises/{theirs}/keep/").status_code == 404


def test_a_draft_shows_its_sentence_with_the_part_marked(drafted, signed_in):
    """One sees what was said around it."""
    page = signed_in("front_line").get("/promises/").content.decode()
    assert re.search(
        r"好的，陈女士。<mark class=\"act-promise\">我明天中午十二点前[^<]*</mark>", page
    )


def test_one_tap_confirms_a_draft(lived, drafted, signed_in):
    """As it was read, with who said it when."""
    answer = signed_in("front_line").post(f"/promises/{drafted.pk}/confirm/", headers=HTMX)
    assert answer.status_code == 200
    assert "已记下" in answer.content.decode()
    made = Promise.objects.filter(state="open").latest("pk")
    assert made.due_us == lived.now_us + 27 * HOUR_US
    assert not Promise.objects.filter(state="draft").exists()


def test_a_draft_is_mended_before_it_counts(drafted, signed_in):
    """Words and time as a person has them."""
    sent = {"text": "把发票送到 1210 房间", "due": "2026-03-03T11:00"}
    signed_in("front_line").post(f"/promises/{drafted.pk}/confirm/", sent)
    made = Promise.objects.filter(state="open").latest("pk")
    assert words_of([made.said_in])[made.said_in] == "把发票送到 1210 房间"
    assert made.due_us == 1_772_506_800_000_000


def test_a_draft_is_dismissed(lived, drafted, signed_in):
    """It was no promise; asked again it says so."""
    speaks_english(lived)
    client = signed_in("front_line", "en")
    assert client.post(f"/promises/{drafted.pk}/dismiss/", headers=HTMX).status_code == 200
    drafted.refresh_from_db()
    assert drafted.state == "dismissed"
    again = client.post(f"/promises/{drafted.pk}/confirm/", headers=HTMX)
    assert again.status_code == 422
    assert "already been dealt with" in again.content.decode()


def test_kept_with_proof(lived, signed_in):
    """The proof is a line of the ledger."""
    promise = Promise.objects.get(state="open")
    signed_in("front_line").post(f"/promises/{promise.pk}/keep/", {"proof": "三点前打了电话"})
    promise.refresh_from_db()
    assert promise.state == "kept"
    event = Event.objects.get(kind="promise_kept", ref=promise.event_id)
    assert event.words.text == "三点前打了电话"


def test_broken_leads_to_repair(lived, signed_in):
    """Put down with why; the card leads to the relationship."""
    promise = Promise.objects.get(state="open")
    answer = signed_in("front_line", "en").post(
        f"/promises/{promise.pk}/break/", {"why": "the printer failed"}, headers=HTMX
    )
    assert "See how to repair it" in answer.content.decode()
    promise.refresh_from_db()
    assert promise.state == "broken"


def test_moved_to_a_time_to_come(lived, signed_in):
    """A new time is needed, and one that has not passed."""
    speaks_english(lived)
    promise = Promise.objects.get(state="open")
    client, address = signed_in("front_line", "en"), f"/promises/{promise.pk}/move/"
    assert client.post(address, {"due": ""}, headers=HTMX).status_code == 422
    late = client.post(address, {"due": "2026-03-01T10:00"}, headers=HTMX)
    assert late.status_code == 422
    assert "already passed" in late.content.decode()
    client.post(address, {"due": "2026-03-04T10:00", "why": "agreed by phone"})
    promise.refresh_from_db()
    assert (promise.state, promise.moved) == ("open", 1)
    page = client.get("/promises/").content.decode()
    assert "agreed by phone" in page
    assert "我今天下午三点前回复您。" in page


def test_unknown_deeds_are_not_there(lived, signed_in):
    """Only the five."""
    promise = Promise.objects.get(state="open").pk
    assert signed_in("front_line").post(f"/promises/{promise}/burn/").status_code == 404
    assert signed_in("analyst").post(f"/promises/{promise}/keep/").status_code == 403


def test_one_tap_turns_a_sentence_into_a_promise(lived, signed_in):
    """What and by when are read from it, and saved as one confirms them."""
    client, chen = signed_in("front_line", "zh"), lived.party("guest:chen").pk
    read = client.post("/promises/read/", {"sentence": "我今天下午五点前回复您"}).content.decode()
    assert 'value="2026-03-02T17:00"' in read
    sent = {
        "to": chen,
        "do": "save",
        "take-0": "1",
        "what-0": "我今天下午五点前回复您",
        "due-0": "2026-03-02T17:00",
    }
    assert client.post("/promises/new/", sent).url == "/promises/"
    made = Promise.objects.latest("pk")
    assert (made.trustee.key, made.due_us) == ("staff:li", lived.now_us + 8 * HOUR_US)


def test_the_form_works_without_script(lived, signed_in):
    """A button reads the sentence; what is missing is said, and nothing is lost."""
    client, chen = signed_in("front_line", "en"), lived.party("guest:chen").pk
    page = client.post("/promises/new/", {"to": chen, "do": "read", "sentence": "Nice weather."})
    assert "no promise was found" in page.content.decode().lower()
    short = client.post("/promises/new/", {"to": chen, "do": "save", "sentence": "Nice weather."})
    assert short.status_code == 422
    assert "Nice weather." in short.content.decode()
    assert client.post("/promises/new/", {"do": "save"}).status_code == 422


def test_several_promises_are_saved_together_or_not_at_all(lived, signed_in, monkeypatch):
    """One transaction."""
    from troth.web.accounts.actions.refused import RefusedError
    from troth.web.promises import new

    real, calls = new.make_promise, []

    def second_fails(*args, **more):
        calls.append(1)
        if len(calls) == 2:
            raise RefusedError("desk.refused.row", column="kind", reason="no")
        return real(*args, **more)

    monkeypatch.setattr(new, "make_promise", second_fails)
    before = Promise.objects.count()
    sent = {
        "to": lived.party("guest:chen").pk,
        "do": "save",
        "take-0": 1,
        "what-0": "a",
        "take-1": 1,
        "what-1": "b",
    }
    assert signed_in("front_line").post("/promises/new/", sent).status_code == 422
    assert Promise.objects.count() == before

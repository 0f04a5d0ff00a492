"""A colleague on record is the same person in every file; two of one name stay two."""

from __future__ import annotations

import pyarrow as pa
import pytest

from tests.web.imports.conftest import CHAT, CTRIP
from troth.ledger.errors import UnreadableError
from troth.web.ledger.colleagues import known_staff
from troth.web.ledger.imports import dry_run
from troth.web.ledger.limit import SlowError, within
from troth.web.ledger.models import Event, Promise
from troth.web.parties.known import Newcomer, add_parties
from troth.web.parties.models import Party

TOLD = {"house": "hotel", "zone": "Asia/Shanghai"}


def trustees() -> set[str]:
    return set(Event.objects.values_list("trustee__key", flat=True))


def test_a_colleague_in_a_chat_is_the_one_on_record(signed_in, desk, bring, imported):
    """The promise found in it is hers, and nobody new is made on our side."""
    before = Party.objects.exclude(kind=Party.Kind.CUSTOMER).count()
    client = signed_in("lead", "zh")
    assert imported(client, bring(client, "chat.txt", CHAT)).taken == 2
    assert trustees() == {"staff:li"}
    assert Promise.objects.get(state="draft").trustee.key == "staff:li"
    assert Party.objects.exclude(kind=Party.Kind.CUSTOMER).count() == before
    again = imported(client, bring(client, "again.txt", CHAT))
    assert (again.taken, again.repeated) == (0, 2)


def test_two_of_one_name_stay_apart(signed_in, desk, bring, imported):
    """Nobody is guessed: the file's own is a third, for a person to merge."""
    more = {"house_id": desk.house.pk}
    add_parties([Newcomer("staff:li-two", Party.Kind.STAFF, "李娜", "", more)])
    client = signed_in("lead", "zh")
    imported(client, bring(client, "chat.txt", CHAT))
    assert trustees() == {"chat_text:李娜"}


def test_a_colleague_of_another_house_is_nobody_here(signed_in, desk, bring, imported):
    """Of the same name in another house: another person."""
    other = add_parties([Newcomer("bank", Party.Kind.ORGANISATION, "银行")])["bank"]
    Party.objects.filter(key="staff:li").update(house=other)
    client = signed_in("lead", "zh")
    imported(client, bring(client, "chat.txt", CHAT))
    assert trustees() == {"chat_text:李娜"}


def test_a_customer_of_a_colleagues_name_stays_a_customer(signed_in, desk, bring, imported):
    """Only our own side is looked up."""
    Party.objects.filter(key="staff:li").update(name_zh="小满")
    client = signed_in("lead", "zh")
    imported(client, bring(client, "c.csv", CTRIP))
    assert "staff:li" not in set(Event.objects.values_list("truster__key", flat=True))


def test_an_id_that_was_merged_is_still_ours(desk):
    """Whoever is merged is known by their old id, and their name leads to the one who stays."""
    (old,) = add_parties(
        [Newcomer("wecom:LiNa", Party.Kind.STAFF, "李娜", "", {"house_id": desk.house.pk})]
    ).values()
    Party.objects.filter(pk=old).update(merged_into=desk.party("staff:li"))
    assert "wecom:LiNa" in known_staff()
    reading, _ = dry_run("chat.txt", CHAT.encode(), TOLD, desk.actor().now_us, "zh")
    assert pa.compute.unique(reading.events.table["trustee"]).to_pylist() == ["staff:li"]


@pytest.mark.parametrize(("role", "taken"), [("lead", 1), ("analyst", 2)])
def test_a_file_tells_nothing_that_another_colleague_lived(desk, role, taken):
    """Unless who brings it in sees everything; one's own rows are one's own."""
    rows = (
        "event_id,at,truster,trustee,organisation,kind\n"
        "a,2026-02-20T10:00:00+08:00,staff:li,staff:wang,hotel,thanks\n"
        "b,2026-02-20T10:00:00+08:00,staff:wang,staff:li,hotel,thanks\n"
    )
    told, user = {"house": "hotel"}, desk.users[role]
    reading, _ = dry_run("rows.csv", rows.encode(), told, desk.actor().now_us, "en", user)
    assert len(reading.events) == taken
    assert [row["column"] for row in reading.rejected.to_pylist()] == ["truster"] * (2 - taken)


def test_reading_a_file_ends_in_time(desk, settings):
    """What would go on for ever is stopped, and says so."""
    settings.IMPORT_SECONDS = 0.05
    long = CHAT * 20_000
    with pytest.raises(UnreadableError) as told:
        dry_run("long.txt", long.encode(), TOLD, desk.actor().now_us, "en")
    assert told.value.line("en").startswith("long.txt: was still being read after 0.05 seconds")


def test_no_reader_takes_the_end_of_its_time_for_a_broken_record():
    """Not even one that refuses whatever goes wrong."""

    def reader() -> None:
        while True:
            try:
                sum(range(1000))
            except Exception:  # noqa: BLE001 - as a reader of broken mail does
                continue

    with pytest.raises(SlowError), within(0.05):
        reader()

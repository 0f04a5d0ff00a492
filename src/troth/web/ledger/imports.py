"""Imports: a file on the disk, checked as a whole, appended a part at a time, safe to run again.

A part is one transaction, so a process that is killed leaves whole parts; running the same import again
counts them as repeated and goes on.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson
import pyarrow as pa
from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F

from troth.content.text import phrase
from troth.ledger.errors import UnreadableError
from troth.ledger.intake.mapping import Mapping
from troth.ledger.intake.open import Choice, open_sheet
from troth.ledger.write import write_rejected
from troth.web.accounts.actor import Actor, write_audit
from troth.web.ledger.append import Setting, append
from troth.web.ledger.colleagues import as_known, known_staff
from troth.web.ledger.faults import fault_of
from troth.web.ledger.limit import SlowError, within
from troth.web.ledger.models import Batch
from troth.web.ledger.own_name import own_alone
from troth.web.ledger.read_batch import read_messages
from troth.web.ledger.record import check
from troth.web.ledger.weights import desk_parameters
from troth.web.parties.known import Newcomer, numbers_of
from troth.web.parties.models import Party, Preference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Dict

    from troth.ledger.events import Reading
    from troth.ledger.intake.sheet import Sheet, Wish
    from troth.web.accounts.models import User

#: Events in one transaction: large enough to be fast, small enough to let others write between.
PART: Final = 8_000
#: Files over so many bytes, or with more records, are refused before anything is read of them.
MOST_BYTES: Final = 200 * 1024 * 1024
MOST_ROWS: Final = 2_000_000
State = Batch.State


def choice_of(told: Dict[str, Any], now_us: int, lang: str) -> Choice:
    """A choice as pages and commands keep it, in JSON's own types.

    Raises:
        ValueError: the zone is none.
    """
    mapping = told.get("mapping")
    return Choice(
        house=told["house"], zone=told.get("zone") or "UTC", now_us=now_us, lang=lang,
        staff=frozenset(told.get("staff") or known_staff()), format=told.get("format") or None,
        mapping=Mapping(
            mapping.get("columns", {}), mapping.get("constants", {}), mapping.get("values", {}),
            tuple(mapping["scale"]) if mapping.get("scale") else None,
        )
        if mapping
        else None,
        preset=told.get("preset") or None,
    )  # fmt: skip


def dry_run(
    name: str, data: bytes, told: Dict[str, Any], now_us: int, lang: str, user: User | None = None
) -> tuple[Reading, Sheet]:
    """Read and check a file as an import would, and keep nothing.

    Args:
        name: of the file.
        data: its bytes.
        told: the choice.
        now_us: microseconds UTC.
        lang: language of reasons.
        user: who brings it; None for the desk itself.

    Raises:
        UnreadableError: nothing in it can be used, or it takes longer than a file may.
        ValueError: the zone is none.
    """
    seconds = settings.IMPORT_SECONDS
    try:
        with within(seconds):
            sheet = open_sheet(name, data, choice_of(told, now_us, lang))
            sheet = as_known(sheet, told["house"])
            return check([own_alone(sheet.raw, user)], now_us, lang, told["house"]), sheet
    except SlowError as error:
        raise UnreadableError(name, "imports.problem.slow", seconds=f"{seconds:g}") from error


def run_import(batch: Batch, actor: Actor, lang: str = "en") -> Batch:
    """Import the file of a batch.

    Args:
        batch: with its file and choice.
        actor: for whom.
        lang: language of reasons.

    Returns:
        The batch, done or failed; what went wrong with the file as a whole is in ``problem``.
    """
    Batch.objects.filter(pk=batch.pk).update(state=State.RUNNING, problem="")
    with _told_if_it_stops(batch, lang, State.FAILED):
        return _imported(batch, actor, lang)


@contextmanager
def _told_if_it_stops(batch: Batch, lang: str, left: Batch.State) -> Iterator[None]:
    """Say on a batch what stopped it, and leave it in a state; whole parts stay as they are.

    A process that dies says nothing: such a batch is found running when the desk starts, and goes on.
    """
    try:
        yield
    except Exception as error:
        told = phrase(fault_of(error) or "ui.error.broken", lang)
        with suppress(DatabaseError):  # a full disk may not even take this
            Batch.objects.filter(pk=batch.pk).update(state=left, problem=told)
        raise


def _imported(batch: Batch, actor: Actor, lang: str) -> Batch:
    path = Path(settings.HOME.uploads) / batch.file
    try:
        reading, sheet = dry_run(
            batch.name, path.read_bytes(), batch.choice, actor.now_us, lang, batch.user
        )
    except (UnreadableError, ValueError, OSError) as error:
        problem = error.line(lang) if isinstance(error, UnreadableError) else str(error)
        return _ended(batch, actor, State.FAILED, problem=problem)
    table = reading.events.table
    if table.num_rows > MOST_ROWS:
        return _ended(batch, actor, State.FAILED, problem=f"{table.num_rows} > {MOST_ROWS}")
    rejected = _write_rejected(batch, reading)
    Batch.objects.filter(pk=batch.pk).update(
        total=table.num_rows, done=0, repeated=reading.duplicates,
        rejected=reading.rejected.num_rows, rejected_file=rejected,
    )  # fmt: skip
    people = _people(sheet)
    house = batch.choice["house"]
    setting = Setting(actor.now_us, desk_parameters(), house, batch.pk, people, batch.demo)
    for start in range(0, table.num_rows, PART):
        part = table.slice(start, PART)
        with transaction.atomic():
            taken = append(part, setting)
            Batch.objects.filter(pk=batch.pk).update(
                done=F("done") + part.num_rows, taken=F("taken") + len(taken)
            )
    _keep_wishes(sheet.wishes, house)
    read_messages(batch.pk, actor)
    return _ended(batch, actor, State.DONE)


def _ended(batch: Batch, actor: Actor, state: str, problem: str = "") -> Batch:
    with transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(
            state=state, problem=problem, ended_us=actor.now_us
        )
        batch.refresh_from_db()
        write_audit(
            actor, "import_file", str(batch.pk), state=state, taken=batch.taken,
            rejected=batch.rejected,
        )  # fmt: skip
    return batch


def _write_rejected(batch: Batch, reading: Reading) -> str:
    if not reading.rejected.num_rows:
        return ""
    name = f"rejected-{batch.pk}.csv"
    write_rejected(reading.rejected, Path(settings.HOME.uploads) / name)
    return name


def rejected_path(batch: Batch) -> Path | None:
    """The file of a batch's refused rows; None where there were none."""
    return Path(settings.HOME.uploads) / batch.rejected_file if batch.rejected_file else None


def _people(sheet: Sheet) -> dict[str, Newcomer]:
    """What the file tells of its people; a name counts for the language that it is written in."""
    return {
        key: Newcomer(
            key, person.kind, *_names(person.name), {"lang": person.lang} if person.lang else None
        )
        for key, person in sheet.people.items()
    }


def _names(name: str) -> tuple[str, str]:
    chinese = any("\u3400" <= letter <= "\u9fff" for letter in name)
    return (name[:120], "") if chinese else ("", name[:120])


def _keep_wishes(wishes: list[Wish], house: str) -> None:
    """Stated preferences, each once however often its file is read."""
    if not wishes:
        return
    numbers = numbers_of([*(wish.party for wish in wishes), house])
    had = set(
        Preference.objects.filter(event_id__in=[w.source for w in wishes]).values_list(
            "event_id", "what"
        )
    )
    Preference.objects.bulk_create(
        Preference(
            party_id=numbers[wish.party], house_id=numbers.get(house), what=wish.what[:300],
            source="import", t_us=wish.at, event_id=wish.source,
        )
        for wish in wishes
        if wish.party in numbers and (wish.source, wish.what[:300]) not in had
    )  # fmt: skip


def new_batch(
    actor: Actor, name: str, data: bytes, told: Dict[str, Any], *, demo: bool = False
) -> Batch:
    """Put a file where a job will find it.

    Args:
        actor: who brings it.
        name: of the file, as its bringer calls it.
        data: its bytes.
        told: the choice, in JSON's own types; ``house`` is needed.
        demo: whether what it brings belongs to the demo.
    """
    settings.HOME.make()
    with transaction.atomic():
        batch = Batch.objects.create(
            name=name[:255], source=told.get("format") or told.get("preset") or "file",
            user=actor.user, house=Party.objects.filter(key=told["house"]).first(),
            started_us=actor.now_us, choice=orjson.loads(orjson.dumps(dict(told))), demo=demo,
        )  # fmt: skip
        batch.file = f"import-{batch.pk}{''.join(Path(name).suffixes[-2:])[:16]}"
        batch.save(update_fields=["file"])
        (Path(settings.HOME.uploads) / batch.file).write_bytes(data)
        write_audit(actor, "upload_file", str(batch.pk), bytes=len(data))
    return batch


def undo_batch(actor: Actor, batch: Batch) -> int:
    """Take back everything a batch brought, by corrections; running it again goes on where it stopped.

    Args:
        actor: who.
        batch: done, failed, or half undone.

    Returns:
        How many corrections were appended.
    """
    Batch.objects.filter(pk=batch.pk).update(state=State.UNDOING, problem="")
    # Half taken back is neither brought in nor failed: only going on with it is offered.
    with _told_if_it_stops(batch, actor.lang, State.UNDOING):
        return _undone(actor, batch)


def _undone(actor: Actor, batch: Batch) -> int:
    from troth.web.ledger.models import Event, Promise
    from troth.web.ledger.rows import retracting

    count, last = 0, 0
    parameters = desk_parameters()
    while True:
        rows = list(
            Event.objects.filter(batch=batch.pk, pk__gt=last)
            .exclude(kind__in=retracting())
            .order_by("pk")
            .values_list("pk", "event_id", "truster__key", "trustee__key", "organisation__key")[
                :PART
            ]
        )
        if not rows:
            break
        last = rows[-1][0]
        table = pa.Table.from_pylist([
            {
                "event_id": f"undo:{batch.pk}:{number}", "t_us": actor.now_us, "truster": truster,
                "trustee": trustee, "organisation": house, "kind": "correction", "ref": name,
                "source": "desk:undo",
            }
            for number, name, truster, trustee, house in rows
        ])  # fmt: skip
        from troth.ledger.formats.frames import raw_of_table

        with transaction.atomic():
            reading = check([raw_of_table("undo", table)], actor.now_us, "en")
            count += len(append(reading.events.table, Setting(actor.now_us, parameters)))
    with transaction.atomic():
        names = Event.objects.filter(batch=batch.pk).values("event_id")
        Promise.objects.filter(state=Promise.State.DRAFT, said_in__in=names).delete()
        Preference.objects.filter(event_id__in=names).delete()
        Batch.objects.filter(pk=batch.pk).update(state=State.UNDONE)
        batch.refresh_from_db()
        write_audit(actor, "undo_import", str(batch.pk), corrections=count)
    return count

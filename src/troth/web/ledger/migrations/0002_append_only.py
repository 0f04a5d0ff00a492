"""The database itself refuses to change or delete what is on record."""

from django.db import migrations

WHY = "the ledger is append-only: record a correction instead"
SQLITE = [
    f"CREATE TRIGGER ledger_event_no_{verb.lower()} BEFORE {verb} ON ledger_event "
    f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
    for verb in ("UPDATE", "DELETE")
]
POSTGRES = [
    "CREATE FUNCTION ledger_event_append_only() RETURNS trigger AS "
    f"$$ BEGIN RAISE EXCEPTION '{WHY}'; END $$ LANGUAGE plpgsql",
    "CREATE TRIGGER ledger_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_event "
    "FOR EACH STATEMENT EXECUTE FUNCTION ledger_event_append_only()",
]


def forbid(apps, schema_editor):
    """Add the triggers of the database at hand."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement)


def allow(apps, schema_editor):
    """Remove them again."""
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER ledger_event_no_{verb}")
    else:
        schema_editor.execute("DROP TRIGGER ledger_event_append_only ON ledger_event")
        schema_editor.execute("DROP FUNCTION ledger_event_append_only")


class Migration(migrations.Migration):
    """Append-only."""

    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(forbid, allow)]

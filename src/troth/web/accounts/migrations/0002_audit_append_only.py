"""The database itself refuses to change or delete rows of the audit log."""

from django.db import migrations

WHY = "the audit log is append-only"
SQLITE = [
    f"CREATE TRIGGER accounts_auditrow_no_{verb.lower()} BEFORE {verb} ON accounts_auditrow "
    f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
    for verb in ("UPDATE", "DELETE")
]
POSTGRES = [
    "CREATE FUNCTION accounts_auditrow_append_only() RETURNS trigger AS "
    f"$$ BEGIN RAISE EXCEPTION '{WHY}'; END $$ LANGUAGE plpgsql",
    "CREATE TRIGGER accounts_auditrow_append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
    "ON accounts_auditrow FOR EACH STATEMENT EXECUTE FUNCTION accounts_auditrow_append_only()",
]


def forbid(apps, schema_editor):
    """Add the triggers of the database at hand."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement)


def allow(apps, schema_editor):
    """Remove them again."""
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER accounts_auditrow_no_{verb}")
    else:
        schema_editor.execute("DROP TRIGGER accounts_auditrow_append_only ON accounts_auditrow")
        schema_editor.execute("DROP FUNCTION accounts_auditrow_append_only")


class Migration(migrations.Migration):
    """Append-only."""

    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(forbid, allow)]

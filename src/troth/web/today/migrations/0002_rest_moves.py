"""Rests have moved to the app of guidance; their table with them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("today", "0001_initial"),
        ("guidance", "0002_rest"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="Rest")]),
    ]

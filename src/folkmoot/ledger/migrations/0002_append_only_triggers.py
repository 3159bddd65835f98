"""The database itself refuses to change or delete entries and seals."""

from __future__ import annotations

from django.db import migrations

from folkmoot.ledger import triggers


def create(apps, schema_editor):
    triggers.create(schema_editor.connection)


def drop(apps, schema_editor):
    triggers.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_entries_seals_and_schedule")]

    operations = [migrations.RunPython(create, drop)]

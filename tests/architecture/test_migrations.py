"""Migrations: none missing, each named for what it changes, each reversible."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.operations import AddField, CreateModel

pytestmark = pytest.mark.django_db


def own_migrations() -> list[Migration]:
    loader = MigrationLoader(connection)
    return [
        migration for migration in loader.disk_migrations.values() if type(migration).__module__.startswith("folkmoot.")
    ]


def is_named_by_django(migration: Migration) -> bool:
    """Whether the name is the one that `makemigrations` would have chosen."""
    words = migration.name.partition("_")[2]
    return words in (migration.suggest_name(), "initial") or bool(re.match(r"auto_\d", words))


def test_no_migration_is_missing() -> None:
    said = StringIO()

    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said, stderr=said)
    except (SystemExit, CommandError) as error:
        pytest.fail(f"{error}\n{said.getvalue()}")


def test_migrations_are_named_for_what_they_change() -> None:
    assert [str(migration) for migration in own_migrations() if is_named_by_django(migration)] == []


@pytest.mark.parametrize("name", ["0001_initial", "0002_group_colour", "0003_auto_20260101_1200"])
def test_names_by_django_are_noticed(name) -> None:
    from django.db import models

    migration = Migration(name, "groups")
    migration.operations = [AddField("group", "colour", models.TextField())]

    assert is_named_by_django(migration)


def test_migrations_can_be_reversed() -> None:
    one_way = [
        f"{migration}: {operation.describe()}"
        for migration in own_migrations()
        for operation in migration.operations
        if not operation.reversible
    ]

    assert one_way == []


def test_data_and_schema_change_apart() -> None:
    from django.db.migrations.operations import RunPython

    mixed = []
    for migration in own_migrations():
        kinds = {isinstance(operation, RunPython) for operation in migration.operations}
        if len(kinds) > 1 and not any(isinstance(operation, CreateModel) for operation in migration.operations):
            mixed.append(str(migration))

    assert mixed == []

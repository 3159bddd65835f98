"""Emptying the database after a test with real transactions.

Django empties every table and fills its own again, which costs a quarter of a second on SQLite and seconds on
PostgreSQL, after each such test. Here only tables that hold something are emptied, and what Django put there when
the database was made stays.
"""

from __future__ import annotations

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from folkmoot.ledger import triggers

# Filled once, after the migrations; they say what kinds of rows there are, not what a test did.
KEPT = ("django_content_type", "auth_permission", "django_migrations")


def empty(connection: BaseDatabaseWrapper) -> None:
    """Delete all rows but those of `KEPT`, guards of the ledger or not; keys between tables are checked at the end."""
    full = filled(connection)
    if not full:
        return
    quote = connection.ops.quote_name
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        guarded = any(table in full for table in triggers.TABLES)
        if guarded:
            triggers.drop(connection)
        for table in full:
            cursor.execute(f"DELETE FROM {quote(table)}")
        if guarded:
            if connection.vendor == "postgresql":  # which changes no table that still has keys to check
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            triggers.create(connection)


def filled(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables that hold rows, but for `KEPT`."""
    quote = connection.ops.quote_name
    names = sorted(set(connection.introspection.table_names()) - set(KEPT))
    if not names:
        return []
    asked = ", ".join(f"EXISTS (SELECT 1 FROM {quote(name)})" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}")
        return [name for name, holds in zip(names, cursor.fetchone(), strict=True) if holds]

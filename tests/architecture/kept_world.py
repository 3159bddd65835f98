"""The world made once for a process, and put back for each test with real transactions: SQLite alone."""

from __future__ import annotations

import sqlite3

from django.db import connection

from tests.architecture.world import World, make_world

_kept: list[tuple[World, sqlite3.Connection]] = []


def kept_world() -> World:
    """The world as it was made, in an empty database; the rows come back, byte by byte, whatever another test did.

    Its objects are those of the first time: ask the database for what a test changed.
    """
    connection.ensure_connection()
    if not _kept:
        world, copy = make_world(), sqlite3.connect(":memory:")
        connection.connection.backup(copy)
        _kept.append((world, copy))
    world, copy = _kept[0]
    copy.backup(connection.connection)
    return world

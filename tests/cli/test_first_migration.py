"""A database that migrations made from nothing, by the quick way, is the one that the models describe."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations.state import ProjectState

from folkmoot.cli.first_migration import drawing_only_what_changed

Schema = dict[tuple[str, str], list[str] | str]


def parts(sql: str) -> list[str]:
    """The columns and constraints of a table in any order; what stands in quotes or brackets stays together."""
    found, depth = [""], 0
    for piece in re.findall(r"'(?:[^']|'')*'|\"[^\"]*\"|.", sql[sql.index("(") + 1 : sql.rindex(")")], re.DOTALL):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if piece == "," and not depth:
            found.append("")
        else:
            found[-1] += piece
    return sorted(part.strip() for part in found)


def schema(of: DatabaseWrapper) -> Schema:
    """By kind and name, all that the database has but what the product's steps of SQL add."""
    with of.cursor() as cursor:
        cursor.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        rows = cursor.fetchall()
    return {
        (kind, name): parts(sql) if kind == "table" else sql
        for kind, name, sql in rows
        if kind != "trigger" and not name.startswith(("sqlite_", "django_migrations"))
    }


@pytest.mark.sqlite
@pytest.mark.django_db
def test_migrations_from_nothing_give_what_the_models_say() -> None:
    models = DatabaseWrapper({**connection.settings_dict, "NAME": ":memory:"}, alias=connection.alias)
    with models.schema_editor() as editor:
        for model in apps.get_models():
            editor.create_model(model)

    made, said = schema(connection), schema(models)

    assert {name: made.get(name) for name in said} == said
    assert made.keys() == said.keys()
    models.close()


def test_only_the_models_that_point_at_a_changed_one_are_drawn_anew_and_only_while_it_is_asked_for() -> None:
    state = ProjectState()
    ordinary = ProjectState._find_reload_model
    with drawing_only_what_changed():
        assert state._find_reload_model("people", "person") == {("people", "person")}
        assert state.is_delayed

    assert ProjectState._find_reload_model is ordinary

"""An empty database is brought up to date in a fifth of the time: nothing is drawn anew that did not change.

For every step of a migration Django makes the classes of all models that have to do with the changed one again, and
theirs: nearly all of them, since nearly everything points at a person. On an empty database only the changed model and
those that point at it are needed, for there are no rows that a step could look at through the others. The result is the
same but for the order of columns in a few tables; tests/cli/test_first_migration.py compares it with the models.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.migrations.state import ProjectState

Key = tuple[str, str]


@contextmanager
def drawing_only_what_changed() -> Iterator[None]:
    """For migrations from nothing alone, in a process that migrates nothing else meanwhile."""
    ordinary = ProjectState._find_reload_model  # type: ignore[attr-defined]

    def few(self: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[Key]:
        # Steps of Python code ask for all classes anew where this is said.
        self.is_delayed = True
        changed = (app_label, model_name)
        return {changed, *self.relations.get(changed, {})}

    ProjectState._find_reload_model = few  # type: ignore[attr-defined]
    try:
        yield
    finally:
        ProjectState._find_reload_model = ordinary  # type: ignore[attr-defined]

"""What all tests share: which of them run on which database, quiet queues, a clock that stands still."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import caches
from django.db import connection
from django.test import Client, TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker
from time_machine import TimeMachineFixture

from tests import emptying, migrated
from tests.postgres import OWN_SERVER

pytest_plugins = ["tests.architecture.visits"]

# What is tested here is what comes out: a busy machine is no fault of the code.
hypothesis_settings.register_profile(
    "folkmoot", parent=hypothesis_settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("folkmoot")

MOST_OF_A_FILE = 3
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


# The whole product and all tests lie in memory and stay there. To look through them again and again for what nobody
# needs any more took a tenth of a run.
gc.set_threshold(20_000, 20, 20)


def pytest_collection_finish() -> None:
    """What is there before the first test is never looked through again."""
    gc.freeze()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "sqlite: needs SQLite; left out of the run on PostgreSQL")


# What pages say, and what commands print, does not hang on the database. That both databases answer what each address
# asks is shown by test_access on both of them.
LOOKED_AT_ON_SQLITE = re.compile(
    r"test_(?:\w+_)?(?:pages?|views?)\.py$|/cli/(?!test_(?:prepare|scaled|serve|backup)\.py$)"
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what belongs to the other database, and on PostgreSQL what does not hang on the database.

    `make test` runs the suite on both, so nothing is left out there.
    """
    left_out = []
    for item in items:
        if connection.vendor == "sqlite":
            elsewhere = item.get_closest_marker("postgres") is not None
        else:
            elsewhere = item.get_closest_marker("sqlite") is not None or not hangs_on_database(item)
        if elsewhere:
            left_out.append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        gone = set(left_out)
        items[:] = [item for item in items if item not in gone]
    if connection.vendor != "sqlite":
        leave_a_part(config, items)


def leave_a_part(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL all tests with real transactions and all addresses run, and of every other file a part.

    Where two databases differ is in locks, in what is kept until the end of a transaction, and in what they make of a
    query. The first need real transactions; the last is asked by each address, and by a handful of tests of a file as
    by all of them, which ask nearly the same queries of rules that are Python.
    """
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        if not runs_everywhere(item):
            files.setdefault(item.path, []).append(item)
    gone: set[pytest.Item] = set()
    for tests in files.values():
        if len(tests) > MOST_OF_A_FILE:
            # The first and the last, and what lies at even distances between them.
            step = (len(tests) - 1) / (MOST_OF_A_FILE - 1)
            gone |= set(tests) - {tests[round(place * step)] for place in range(MOST_OF_A_FILE)}
    if gone:
        config.hook.pytest_deselected(items=list(gone))
        items[:] = [item for item in items if item not in gone]


def runs_everywhere(item: pytest.Item) -> bool:
    """Whether PostgreSQL must see this test: an address, real transactions, or what is there for it alone."""
    if item.path.name == "test_access.py" or item.get_closest_marker("postgres"):
        return True
    marker = item.get_closest_marker("django_db")
    has_real = marker is not None and marker.kwargs.get("transaction", False)
    return has_real or bool({"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())))


def hangs_on_database(item: pytest.Item) -> bool:
    """Whether a test touches the database at all, and may find something else on another one."""
    if LOOKED_AT_ON_SQLITE.search(item.path.as_posix()):
        return item.get_closest_marker("postgres") is not None
    if item.get_closest_marker("django_db") or item.get_closest_marker("postgres"):
        return True
    return bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, django_db_modify_db_settings: None
) -> Iterator[None]:
    """The test database, where it can be a copy of one that was brought up to date before, see `migrated`."""
    if connection.vendor == "sqlite":
        path, database = migrated.kept(), Path(connection.creation._get_test_db_name())
        with migrated.one_at_a_time(path):
            taken = migrated.take(path, database)
            _set_up(django_db_blocker, keepdb=taken)
            if not taken:
                with django_db_blocker.unblock():
                    migrated.keep(connection, path)
        yield  # The file goes with the folder of this run.
        return
    if own := os.environ.get(OWN_SERVER):
        name = connection.creation._get_test_db_name()
        with (
            migrated.one_at_a_time(Path(own) / "migrated"),
            django_db_blocker.unblock(),
        ):
            taken = migrated.is_kept_on_server(connection)
            if taken:
                migrated.take_from_server(connection, name)
            _set_up(django_db_blocker, keepdb=taken)
            if not taken:
                migrated.keep_on_server(connection)
        yield  # All databases go with their server.
        return
    made = _set_up(django_db_blocker, keepdb=False)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


def _set_up(blocker: DjangoDbBlocker, *, keepdb: bool) -> list[Any]:
    from folkmoot.cli.first_migration import drawing_only_what_changed

    with blocker.unblock(), nullcontext() if keepdb else drawing_only_what_changed():
        return setup_databases(verbosity=0, interactive=False, keepdb=keepdb, serialized_aliases=set())


@pytest.fixture(scope="session", autouse=True)
def mails_are_letters(django_test_environment: None) -> None:
    """Mails go where they go in the product; Django would put a box of its own in their way."""
    settings.EMAIL_BACKEND = "folkmoot.notices.outbox.OutboxBackend"


@pytest.fixture(scope="session", autouse=True)
def stewards_are_signed_in_with_their_mode_on() -> Iterator[None]:
    """`client.force_login(steward)` goes on to switch steward mode on; POST `/steward/mode/off/` to be without."""
    from folkmoot.people import steward_mode

    sign_in = Client.force_login

    def sign_in_and_switch_on(self: Client, user: AbstractBaseUser, backend: str | None = None) -> None:
        sign_in(self, user, backend)
        session = self.session
        session[steward_mode.UNTIL] = (timezone.now() + steward_mode.LASTS).timestamp()
        session.save()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", sign_in_and_switch_on)
        yield


@pytest.fixture(autouse=True)
def nothing_is_kept() -> None:
    """No test sees what another one kept."""
    for shelf in caches.all(initialized_only=True):
        shelf.clear()


@pytest.fixture(scope="session", autouse=True)
def real_transactions_leave_nothing() -> Iterator[None]:
    """After a test with real transactions the database is emptied our way, see `emptying`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: emptying.empty(connection))
        yield


Settle = Callable[..., int]


@pytest.fixture
def settle(monkeypatch: pytest.MonkeyPatch) -> Settle:
    """`settle()` runs the queued tasks, and those that they enqueue, until none waits; returns how many ran.

    A task that fails fails the test with its traceback; `settle(failing=True)` leaves that to the test. Tasks
    that wait for a later moment stay; move the clock and settle again.
    """
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    from folkmoot.cli.worker import run_batch

    # A test's transaction looks to it like a connection that someone left in disorder.
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)

    def until_quiet(*, failing: bool = False) -> int:
        total = 0
        while ran := run_batch("settle"):
            total += ran
            assert total < 10_000, "The queue does not become quiet."
        failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
        if not failing:
            assert not failed, "\n".join(f"{result.task_path} failed:\n{result.traceback}" for result in failed)
        return total

    return until_quiet


Freeze = Callable[[str | datetime], TimeMachineFixture]


@pytest.fixture
def freeze(time_machine: TimeMachineFixture) -> Freeze:
    """`clock = freeze("2025-03-09T12:00Z")` makes it that moment; `clock.shift(3600)`, `freeze(…)` go on."""

    def stand_still(moment: str | datetime) -> TimeMachineFixture:
        time_machine.move_to(moment, tick=False)
        return time_machine

    return stand_still

"""The worker: runs queued tasks, and enqueues what the schedule says is due.

`folkmoot serve` starts it as a child by `python -m folkmoot.cli.worker`; `folkmoot worker` starts one alone.
Several may run at once, on one machine or many: claiming a task and starting a job of the schedule are each
guarded in the database.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time

import click

from folkmoot.cli import django_ready
from folkmoot.cli.processes import end_with_parent, stop_signal
from folkmoot.cli.terminal import WithExamples, say

INTERVAL = 0.5
SCHEDULE_INTERVAL = 20.0
# Tasks done in a row before the schedule is looked at again.
BATCH = 50
DATABASE_DELAY = 5.0

logger = logging.getLogger("folkmoot.worker")


@click.command(cls=WithExamples, examples=[("folkmoot worker", "Run tasks until Ctrl-C or SIGTERM")])
def worker() -> None:
    """Run queued tasks and the schedule until Ctrl-C. A task that runs is finished first."""
    django_ready()
    stopping = stop_signal()
    say("The worker runs; stop it with Ctrl-C.")
    work(stopping)


def work(stopping: threading.Event) -> None:
    """Run tasks and the schedule until `stopping` is set; what goes wrong with the database is waited out."""
    from django.db import DatabaseError, InterfaceError, close_old_connections, connections

    from folkmoot.ledger.schedule import enqueue_due

    worker_id = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"
    schedule_again = 0.0
    while not stopping.is_set():
        try:
            close_old_connections()
            if time.monotonic() >= schedule_again:
                enqueue_due()
                schedule_again = time.monotonic() + SCHEDULE_INTERVAL
            idle = not run_batch(worker_id, stopping)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("The database cannot be used, trying again in %.0f s: %s", DATABASE_DELAY, error)
            connections.close_all()
            stopping.wait(DATABASE_DELAY)
            continue
        if idle:
            stopping.wait(INTERVAL)


def run_batch(worker_id: str, stopping: threading.Event | None = None) -> int:
    """Run waiting tasks of all queues, `BATCH` at most or until `stopping` is set; return how many ran."""
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    # Looking is a read; claiming takes the write lock of SQLite, so an idle worker must not try to claim.
    if not DBTaskResult.objects.ready().exists():
        return 0
    runner = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=worker_id,
        excluded_queue_names=[],
    )
    for done in range(BATCH):
        if stopping is not None and stopping.is_set():
            return done
        runner.run()
        # A runner that found nothing has counted nothing; it must not be asked again.
        if runner._run_tasks <= done:
            return done
    return BATCH


def main() -> None:
    """Be a child of `folkmoot serve`."""
    end_with_parent()
    django_ready()
    work(stop_signal())


if __name__ == "__main__":
    main()

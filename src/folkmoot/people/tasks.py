"""What the schedule starts."""

from __future__ import annotations

from datetime import timedelta

from django_tasks import task

from folkmoot.ledger.schedule import every
from folkmoot.people.actions import forget_absences, settle_merges, sweep_files
from folkmoot.people.second_step import seal_anew


@every(timedelta(hours=24))
@task()
def settle_old_merges() -> None:
    """Erase what is left at merged records once nobody can take the merge back."""
    settle_merges()


@every(timedelta(hours=24))
@task()
def seal_second_steps() -> None:
    """Bring what is kept of second steps under the newest secret key, so that an older one can be laid down."""
    seal_anew()


@every(timedelta(hours=24))
@task()
def sweep_files_without_rows() -> None:
    """Take away files that nothing speaks of, a day after they were written."""
    sweep_files()


@every(timedelta(hours=24))
@task()
def forget_old_absences() -> None:
    """Take away when people were away, a month after they are back."""
    forget_absences()

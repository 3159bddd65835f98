"""How the installation is doing, looked at from within: for `folkmoot doctor` and for the stewards' page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Min, Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from folkmoot.calendar.models import Layer
from folkmoot.desk.domain.finding import Finding
from folkmoot.ledger import sealing
from folkmoot.ledger.models import ScheduledJob
from folkmoot.notices.models import Address, Letter
from folkmoot.notices.queries import arriving_problem
from folkmoot.people.kept_files import uploads_without_files
from folkmoot.ui.documents import pango_words, pdf_can_be_made

RECENT = timedelta(days=7)
# A worker looks at the schedule every 20 s and at the queue every half second; a task takes seconds.
LATE_AFTER = timedelta(minutes=2)
LATE_MAIL = timedelta(hours=1)
BACKUP_IS_OLD_AFTER = timedelta(days=2)
BACKUP_NAMES = "folkmoot-*.tar.gz"


def look_within() -> Iterator[Finding]:
    """What can be told from the database and the data folder of a running installation."""
    yield worker_finding()
    yield tasks_finding()
    yield ledger_finding()
    yield mail_finding()
    yield arriving_finding()
    yield layers_finding()
    yield files_finding()
    yield documents_finding()
    yield backups_finding()


def worker_keeps_up() -> bool:
    """Whether no job of the schedule and no waiting task is late; False before the first worker has run."""
    late = timezone.now() - LATE_AFTER
    next_due = ScheduledJob.objects.aggregate(Min("next_due"))["next_due__min"]
    if next_due is None or next_due < late:
        return False
    # The queue writes "at once" as the last possible moment.
    due = Q(run_after__lt=late) | Q(run_after=get_date_max())
    return not DBTaskResult.objects.ready().filter(due, enqueued_at__lt=late).exists()


def worker_finding() -> Finding:
    """Whether a worker does what is due."""
    if worker_keeps_up():
        return Finding("worker", "well", "nothing is late.")
    return Finding(
        "worker", "broken", "no worker runs, or it is late; start `folkmoot serve`, or `folkmoot worker` on its own."
    )


def tasks_finding() -> Finding:
    """Tasks that failed for good in the last week."""
    failed = DBTaskResult.objects.failed().filter(finished_at__gte=timezone.now() - RECENT).order_by("-finished_at")
    last = failed.first()
    if last is None:
        return Finding("tasks", "well", "none has failed in the last week.")
    error = (last.traceback.strip().splitlines() or [last.exception_class_path])[-1]
    return Finding("tasks", "warning", f"{failed.count()} failed in the last week, at last {last.task_path}: {error}")


def ledger_finding() -> Finding:
    """Whether the seals over the ledger fit what is written in it."""
    broken = sealing.broken_seals()
    if broken:
        return Finding("ledger", "broken", f"{len(broken)} seals do not fit what they seal: entries were changed.")
    return Finding("ledger", "well", "every seal fits.")


def mail_finding() -> Finding:
    """Whether mail leaves the house, how much waits, and how many addresses are paused."""
    paused = Address.objects.filter(paused_at__isnull=False).count()
    known = f" Paused addresses, from which mail came back: {paused}." if paused else ""
    given_up = Letter.objects.filter(given_up_at__gte=timezone.now() - RECENT)
    if last := given_up.first():
        return Finding(
            "mail",
            "warning",
            f"{given_up.count()} letters could not be sent last week, the last since: {last.last_problem}{known}",
        )
    if settings.MAIL_SERVER is None:
        return Finding("mail", "warning", "no SMTP_URL is set; only the steward can read mail, at /outbox/.")
    late = Letter.objects.filter(sent_at=None, given_up_at=None, written_at__lt=timezone.now() - LATE_MAIL)
    if count := late.count():
        return Finding(
            "mail",
            "warning",
            f"letters that wait for {settings.MAIL_SERVER.host} since more than an hour: {count}; "
            f"`folkmoot mail test ADDRESS` shows why.{known}",
        )
    return Finding("mail", "well", f"is handed over to {settings.MAIL_SERVER.host}.{known}")


def arriving_finding() -> Finding:
    """Whether mail that arrives can be taken in, from the mailbox or the folder that is set."""
    if problem := arriving_problem():
        return Finding("mail that arrives", "warning", problem)
    ways = [words for given, words in ((settings.MAIL_BOX, "a mailbox"), (settings.MAILDIR, "a maildir")) if given]
    return Finding("mail that arrives", "well", f"is taken from {' and '.join(ways) or 'the pipe alone, if any'}.")


def layers_finding() -> Finding:
    """Whether the calendars that others keep can be read."""
    failing = list(Layer.objects.filter(failures__gt=0).order_by("-failures")[:3])
    if failing:
        return Finding(
            "calendars kept elsewhere",
            "warning",
            "; ".join(f"“{layer.name}” cannot be read: {layer.problem}" for layer in failing),
        )
    words = "each can be read." if Layer.objects.exists() else "there are none."
    return Finding("calendars kept elsewhere", "well", words)


def files_finding() -> Finding:
    """Whether every file that somebody handed in lies where it should."""
    lost = uploads_without_files()
    if lost:
        numbers = ", ".join(str(upload.pk) for upload in lost[:3])
        return Finding(
            "files",
            "broken",
            f"{len(lost)} that were handed in are not in the data folder, such as {numbers}; bring media/ of a backup "
            "back.",
        )
    return Finding("files", "well", "every file that was handed in is there.")


def documents_finding() -> Finding:
    """Whether minutes can be had as PDF files."""
    if pdf_can_be_made():
        return Finding("documents", "well", "PDF files can be made.")
    return Finding("documents", "warning", "no PDF file can be made here. " + pango_words())


def backups_finding(now: datetime | None = None) -> Finding:
    """How old the newest backup in the folder of backups is; PostgreSQL is copied by its own tools."""
    if connection.vendor != "sqlite":
        return Finding("backups", "well", "are made with pg_dump; see docs/running/backups.md.")
    newest = newest_backup(settings.BACKUP_FOLDER)
    if newest is None:
        return Finding(
            "backups", "warning", f"there is none in {settings.BACKUP_FOLDER}; let `folkmoot backup` run every day."
        )
    made = datetime.fromtimestamp(newest.stat().st_mtime, UTC)
    age = (now or timezone.now()) - made
    if age > BACKUP_IS_OLD_AFTER:
        return Finding(
            "backups", "warning", f"the newest is {age.days} days old ({newest}); let `folkmoot backup` run every day."
        )
    return Finding("backups", "well", f"the newest was made on {made:%Y-%m-%d at %H:%M} UTC.")


def newest_backup(folder: Path) -> Path | None:
    """The newest backup in a folder, by its name, which holds its time; None where there is none."""
    return max(folder.glob(BACKUP_NAMES), default=None, key=lambda file: file.name)

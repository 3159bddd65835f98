"""What is taken out of the database so that nothing in it leads from a voter to a ranking.

What is claimed, against whoever holds the database, its logs and its backups, but no officer's key: while people vote,
order and transaction pair a voter with an envelope, which is sealed and tells nothing. At the close the rows of who
voted and of what was cast are written anew in the order of their random numbers, so that order pairs them no more. Once
the count is signed, no envelope and no share is left, neither in rows nor in free pages nor in the log of changes.
Of an election that is cancelled no ballot is left at all.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, TypeVar

from django.db import OperationalError, connection, models, transaction
from django.utils import timezone
from django_tasks import task

from folkmoot.governance.actions.elections import hold_election
from folkmoot.governance.facts.opening import BallotsDeleted, EnvelopesWiped, OfficerKeyDestroyed
from folkmoot.governance.models.ballots import SealedBallot, Turnout
from folkmoot.governance.models.elections import PUBLISHED, Election, ElectionState
from folkmoot.governance.models.officers import OfficerKey
from folkmoot.governance.models.openings import RankingsFound, SharesSent
from folkmoot.governance.notices.opening import DestroyYourKey
from folkmoot.governance.queries.opening import are_keys_needed, key_holders
from folkmoot.governance.rules.opening import may_destroy_key
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import system
from folkmoot.notices.actions.telling import tell
from folkmoot.people.models import Person

SECRETIVE: tuple[type[models.Model], ...] = (Turnout, SealedBallot, SharesSent, RankingsFound)
"""The tables whose rows must not tell when they were written, or what stood in them before."""

Written = TypeVar("Written", bound=models.Model)
TRIES: Final = 60
AGAIN_AFTER: Final = timedelta(minutes=1)


def scatter_rows(election: Election) -> None:
    """Write the rows of who voted and of what was cast anew, each table in the order of its random numbers.

    So neither the order in the file nor the number of the transaction, which are those of casting before, pair them.
    """
    _write_anew(Turnout.objects.filter(election=election))
    _write_anew(SealedBallot.objects.filter(contest__election=election))


def _write_anew(rows: models.QuerySet[Written]) -> None:
    held = list(rows.order_by("pk"))
    rows.delete()
    rows.model._default_manager.bulk_create(held, batch_size=500)


@transaction.atomic
def wipe_envelopes(election: Election) -> int:
    """Empty all envelopes and shares of a counted election; rows stay with their receipts. Returns how many envelopes.

    A second time there is nothing to empty and nothing is told.
    """
    election = hold_election(election)
    sealed = SealedBallot.objects.filter(contest__election=election)
    wiped = sealed.exclude(envelope="").update(envelope="", secret_hash="")
    SharesSent.objects.filter(contest__election=election).exclude(sealed="").update(sealed="")
    if wiped:
        record(EnvelopesWiped(election.pk, wiped), by=system(), on=election, within=election.group)
        tidy_database.enqueue()
    return wiped


@transaction.atomic
def delete_ballots(election: Election) -> int:
    """Delete all ballots of an election that was cancelled, who had voted, and what officers had opened.

    Nothing of it is needed any more, and an election that counts for nothing must not be counted in secret. Returns how
    many envelopes there were; a second time there is nothing to delete and nothing is told.
    """
    election = hold_election(election)
    SharesSent.objects.filter(contest__election=election).delete()
    RankingsFound.objects.filter(contest__election=election).delete()
    Turnout.objects.filter(election=election).delete()
    deleted, _of_each = SealedBallot.objects.filter(contest__election=election).delete()
    if deleted:
        record(BallotsDeleted(election.pk, deleted), by=system(), on=election, within=election.group)
        tidy_database.enqueue()
    return deleted


@task()
def tidy_database(left: int = TRIES) -> None:
    """Take out of the files what is no longer in the rows; again every minute while others are in the way.

    RuntimeError after an hour of that, so that it stands among the tasks that failed.
    """
    if tidy():
        return
    if left <= 1:
        raise RuntimeError("The files of the database could not be written anew; old envelopes may linger in them.")
    tidy_database.using(run_after=timezone.now() + AGAIN_AFTER).enqueue(left - 1)


def tidy() -> bool:
    """Write the secretive tables, on SQLite the whole file, anew, and empty the log of changes.

    False where it has to be tried again: others read or write just now, or a transaction is open.
    """
    if connection.in_atomic_block:
        return False
    try:
        return _written_anew()
    except OperationalError:
        # Somebody else writes for longer than we wait.
        return False


def _written_anew() -> bool:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Free pages are zeroed as they come free (`secure_delete`); this also leaves none, and none half filled.
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return not cursor.fetchone()[0]
        for model in SECRETIVE:
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(model._meta.db_table)}")
    return True


@transaction.atomic
def ask_to_destroy_keys(election: Election, *, now: datetime) -> int:
    """Ask officers, once, to destroy their key files when nobody needs them any more; returns how many."""
    if are_keys_needed(election, now):
        return 0
    waiting = [one.person for one in key_holders(election) if one.key.destroyed_at is None]
    return len(tell(waiting, DestroyYourKey(election)))


def elections_with_keys() -> list[Election]:
    """Elections with a released result, or cancelled, whose officers have not all destroyed their keys."""
    keys = OfficerKey.objects.filter(destroyed_at=None, officer__place__isnull=False)
    over = (*PUBLISHED, ElectionState.CANCELLED)
    found = Election.objects.filter(state__in=over, officers__key__in=keys).select_related("group")
    return list(found.order_by("pk").distinct())


@transaction.atomic
def say_key_destroyed(election: Election, *, by: Person) -> None:
    """An officer says that their key file is gone; a second time does nothing."""
    officer = election.officers.select_for_update(of=("self",)).filter(person=by).first()
    require(may_destroy_key(officer, election, timezone.now()))
    if OfficerKey.objects.filter(officer=officer, destroyed_at=None).update(destroyed_at=timezone.now()):
        record(OfficerKeyDestroyed(election.pk), by=by, on=election, within=election.group)

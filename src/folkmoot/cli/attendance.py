"""`folkmoot attendance`: who was at a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import NOT_FOUND, USAGE, print_json, refusals_as_exit_codes, show, the_group, the_person
from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.cli.up import use_own_community

if TYPE_CHECKING:
    from folkmoot.meetings.models import Attendance, Meeting

COLUMNS = ("name", "kind", "affiliation", "source", "noted_at")


@click.group()
def attendance() -> None:
    """Who was at a call."""


@attendance.command(
    name="show",
    cls=WithExamples,
    examples=[
        ("folkmoot attendance show --meeting 12", "Who was at call 12"),
        ("folkmoot attendance show --group oak --json", "The last call of a group, for programs"),
    ],
)
@click.option("--meeting", "number", type=int, help="The call, by the number in its address.")
@click.option("--group", "slug", help="The last call of this group, by the last part of its address.")
@click.option("--json", "as_json", is_flag=True, help="An object for programs; its keys stay.")
def show_list(number: int | None, slug: str | None, as_json: bool) -> None:
    """The list of one call. How many are told beside it."""
    use_own_community()
    django_ready()
    from django.utils import timezone

    from folkmoot.meetings.attendance_page import counted_words
    from folkmoot.meetings.attendance_reading import attendance_of, closed_on

    meeting = _the_call(number, slug)
    present = attendance_of(meeting)
    closed = closed_on(meeting, now=timezone.now())
    rows = [_row(one) for one in (*present.people, *present.guests)]
    if as_json:
        print_json(
            {
                "meeting": meeting.pk,
                "group": meeting.group.slug,
                "starts_at": meeting.starts_at.isoformat(),
                "closed_at": closed.isoformat() if closed else None,
                "people": present.counted.people,
                "guests": present.counted.guests,
                "nameless": present.nameless,
                "there": rows,
            }
        )
        return
    say(counted_words(present.counted) or "Nobody is on the list of this call.")
    show(rows, as_json=False, columns=COLUMNS)


@attendance.command(
    cls=WithExamples,
    examples=[
        ("folkmoot attendance note --meeting 12 --person ada@example.org", "Ada was there"),
        ("folkmoot attendance note --meeting 12 --guest 'Jo Brook' --affiliation 'The library'", "So was a guest"),
        ("folkmoot attendance note --meeting 12 --person ada@example.org --off", "Ada was not there after all"),
    ],
)
@click.option("--meeting", "number", type=int, required=True, help="The call, by the number in its address.")
@click.option("--person", "email", metavar="EMAIL", help="Who was there.")
@click.option("--guest", metavar="NAME", help="A guest without an account who was there.")
@click.option("--affiliation", default="", help="For whom the guest works or speaks.")
@click.option("--off", is_flag=True, help="They were not there: take them off the list.")
@click.option("--why", default="", help="The reason, for a list that is closed.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
def note(
    number: int, email: str | None, guest: str | None, affiliation: str, off: bool, why: str, dry_run: bool
) -> None:
    """Note that a person or a guest was at a call, or was not."""
    if (email is None) == (guest is None):
        stop("Please name either a person or a guest.", USAGE)
    use_own_community()
    django_ready()
    from django.db import transaction

    from folkmoot.ledger.actors import machine
    from folkmoot.meetings.actions import note_guest, record_attendance, withdraw_attendance, withdraw_guest

    meeting, by = _the_call(number, None), machine()
    person = the_person(email) if email else None
    with refusals_as_exit_codes(), transaction.atomic():
        if person is not None and off:
            withdraw_attendance(meeting, person, why=why, by=by)
        elif person is not None:
            record_attendance(meeting, person, why=why, by=by)
        elif off:
            withdraw_guest(_the_guest(meeting, guest or "", affiliation), why=why, by=by)
        else:
            note_guest(meeting, name=guest or "", affiliation=affiliation, why=why, by=by)
        if dry_run:
            transaction.set_rollback(True)
    name = person.name if person is not None else guest
    words = f"{name} {'is not on' if off else 'is on'} the list of call {meeting.pk}."
    say(f"{words} Nothing was changed: this was a dry run." if dry_run else words)


def _the_call(number: int | None, slug: str | None) -> Meeting:
    from django.utils import timezone

    from folkmoot.meetings.queries import meeting_numbered, past_meetings

    if (number is None) == (slug is None):
        stop("Please name either a call by its number or a group.", USAGE)
    if slug is not None:
        group = the_group(slug)
        found = past_meetings(group, now=timezone.now()).filter(status="planned").first()
        if found is None:
            stop(f"{group.name} has had no call yet.", NOT_FOUND)
        return found
    meeting = meeting_numbered(number or 0)
    if meeting is None:
        stop(f"There is no call {number}.", NOT_FOUND)
    return meeting


def _the_guest(meeting: Meeting, name: str, affiliation: str) -> Attendance:
    from folkmoot.meetings.domain.name_list import guest_key
    from folkmoot.meetings.models import Attendance

    key = guest_key(name, affiliation)
    found = Attendance.objects.filter(meeting=meeting, guest_key=key, withdrawn_at=None).first()
    if found is None:
        stop(f"No guest of this name is on the list of call {meeting.pk}.", NOT_FOUND)
    return found


def _row(one: Attendance) -> dict[str, Any]:
    person = one.person
    return {
        "name": person.name if person is not None else one.guest_name,
        "kind": "person" if person is not None else "guest",
        "affiliation": one.affiliation or None,
        "source": one.source,
        "noted_at": one.noted_at.isoformat(),
    }

"""`folkmoot election-roll`: who may vote in an election, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import NOT_FOUND, print_json, show_list, the_group, the_person
from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.kit.naming import for_terminal

if TYPE_CHECKING:
    from folkmoot.governance.queries.rolls import Judged


@click.command(
    name="election-roll",
    cls=WithExamples,
    examples=[
        ("folkmoot election-roll steering committee-2027", "Who may vote as things stand, or was frozen"),
        ("folkmoot election-roll steering committee-2027 --person ada@example.org", "Why one of them may, or not"),
        ("folkmoot election-roll steering committee-2027 --json", "The same for programs"),
    ],
)
@click.argument("group")
@click.argument("key")
@click.option("--person", help="The mail address of one person: each criterion, and what was found.")
@click.option("--json", "as_json", is_flag=True, help="For programs; its keys stay.")
def election_roll(group: str, key: str, person: str | None, as_json: bool) -> None:
    """The roll of the election KEY of GROUP; `--person` says of one of them why they may vote, or why not.

    Exit code 3 where there is no such election, nobody on its roll, or nobody of that address.
    """
    django_ready()
    from django.utils import timezone

    from folkmoot.governance.models.elections import Election
    from folkmoot.governance.queries.rolls import judge_voter, roll_now, voters_of

    election = Election.objects.select_related("group").filter(group=the_group(group), key=key).first()
    if election is None:
        stop(f"There is no election {key} in {group}.", NOT_FOUND)
    if person is not None:
        _of_one(judge_voter(election, the_person(person), timezone.now()), as_json)
        return
    if election.is_frozen:
        rows = [(one.person, one.by_exception) for one in voters_of(election)]
    else:
        found = roll_now(election, timezone.now())
        rows = [(one.person, one.judged.by_exception) for one in found.voters]
    show_list(
        [{"person": one.pk, "name": one.name, "by_exception": excepted} for one, excepted in rows],
        as_json=as_json,
        nothing="Nobody is on the roll.",
    )
    say("The roll is frozen." if election.is_frozen else "As things stand today; the roll is not frozen yet.")


def _of_one(judged: Judged, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "may_vote": judged.allowed,
                "by_exception": judged.by_exception,
                "from": judged.holds_from.isoformat() if judged.holds_from else None,
                "findings": [
                    {"holds": one.holds, "asked": one.asked, "found": one.found, "can_do": one.can_do or None}
                    for one in judged.findings
                ],
            }
        )
        return
    for one in judged.findings:
        words = " ".join(filter(None, (one.asked, one.found, one.can_do)))
        click.echo(for_terminal(f"{'yes' if one.holds else 'no '}  {words}"))
    if judged.by_exception:
        say("May vote, by exception.")
    else:
        say("May vote." if judged.allowed else judged.reason if not judged.findings else "May not vote.")

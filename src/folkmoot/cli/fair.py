"""`folkmoot times fair`: the slot or rotation that spreads the burden best, for zones that are named or listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from folkmoot.cli.answers import print_json, show_list
from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.cli.up import read_file
from folkmoot.kit import csv_text, zones
from folkmoot.kit.errors import Refused

if TYPE_CHECKING:
    from folkmoot.meetings.domain.fair_times import Outlook, Party, Planner, Slot

USAGE: Final = 2
MOST_PEOPLE: Final = 100_000
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
COLUMNS: Final = ("zone", "people", "from", "until")


@click.command(
    cls=WithExamples,
    examples=[
        (
            'folkmoot times fair --slot "Tue 17:00" --zone Europe/London --zone Asia/Tokyo=3 --zone America/Denver',
            "Three zones, and a call on Tuesdays at 17:00 in London",
        ),
        ("folkmoot times fair --slot 'Tue 17:00' --people people.csv --rotation 2", "People from a list"),
        ("folkmoot times fair --group community-care", "A group as it is here, with its calls and its people"),
    ],
)
@click.option("--group", "slug", metavar="SLUG", help="A group of this installation, with its calls and its people.")
@click.option(
    "--zone", "named", metavar="ZONE[=PEOPLE]", multiple=True,
    help="Where people live, such as Asia/Kolkata=3; may be given several times.",
)  # fmt: skip
@click.option(
    "--people", "file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="A CSV file with the columns zone, people, from and until; all but zone may be missing or empty.",
)  # fmt: skip
@click.option("--slot", "slots", metavar="'DAY HH:MM'", multiple=True, help="When calls are today; several take turns.")
@click.option("--in", "home", metavar="ZONE", help="By whose clocks calls are; the first zone unless said.")
@click.option("--from", "since", metavar="DATE", help="The first day to look at; today unless said.")
@click.option("--calls", type=click.IntRange(1, 60), default=13, show_default=True, help="How many calls ahead.")
@click.option("--every", type=click.IntRange(1, 12), default=1, show_default=True, help="Every how many weeks.")
@click.option("--minutes", type=click.IntRange(1, 1440), default=60, show_default=True, help="How long a call takes.")
@click.option(
    "--rotation", type=click.IntRange(1, 4), default=3, show_default=True, help="How many slots may take turns."
)
@click.option("--json", "as_json", is_flag=True, help="One object for programs; its keys stay.")
def fair(
    slug: str | None,
    named: tuple[str, ...],
    file: Path | None,
    slots: tuple[str, ...],
    home: str | None,
    since: str | None,
    calls: int,
    every: int,
    minutes: int,
    rotation: int,
    as_json: bool,
) -> None:
    """Propose the slot or rotation that leaves whoever has it hardest best off.

    Nothing is changed. What calls cost people, and what fair means, is told in docs/using/fair-times.md.
    """
    from folkmoot.meetings.domain.fair_times import reasons, sentence

    try:
        if slug is not None:
            if named or file is not None or slots or home is not None or since is not None:
                raise Refused("With --group, calls and people are those of the group.", code="invalid")
            show_group(slug, calls, rotation, as_json=as_json)
            return
        parties = [*map(party_of, named), *(listed(file) if file is not None else ())]
        planner = planned(parties, slots, home, since, calls, every, minutes)
        now, proposed = planner.now(), planner.proposal(rotation)
    except Refused as refused:
        stop(refused.message, USAGE)
    if as_json:
        print_json(as_object(planner, now, proposed))
        return
    show(planner, now, proposed, [sentence(one) for one in reasons(now, proposed, planner.scale)])


def show_group(slug: str, calls: int, rotation: int, *, as_json: bool) -> None:
    """The first regular calls of a group: what everybody together may know, as on the page of its fair times."""
    from folkmoot.cli import django_ready

    django_ready()
    from folkmoot.cli.answers import the_group
    from folkmoot.meetings.domain.fair_times import about_proposal, sentence
    from folkmoot.meetings.fair_times_page import about_today_of
    from folkmoot.meetings.fair_times_reading import groups_of, members_of, planned, regular_calls
    from folkmoot.organisation.queries import today_here

    group = the_group(slug)
    settings = regular_calls(group)
    if not settings:
        stop("There are no regular calls yet whose time could be planned.", 3)
    plan = planned(settings[0], members_of(groups_of(settings[0])), today=today_here(), turns=rotation, calls=calls)
    found = [*about_today_of(plan), *about_proposal(plan.now, plan.proposed, plan.planner.scale)]
    lines = [sentence(one) for one in found]
    shown = plan.by_the_clock
    if not as_json and shown is not None:
        show(shown, shown.now(), shown.outlook(plan.proposed.slots), lines)
        return
    answer = {
        "group": group.slug,
        "zone": plan.planner.zone,
        "calls": plan.now.calls,
        "from": plan.course.from_day.isoformat(),
        "today": slots_object(plan.now),
        "proposal": slots_object(plan.proposed),
        "heaviest_burden": {"today": plan.now.worst.cost, "proposal": plan.proposed.worst.cost},
        "is_proven": plan.proposed.is_proven,
        "reason": lines,
    }
    print_json(answer)


def planned(
    parties: Sequence[Party],
    slots: Sequence[str],
    home: str | None,
    since: str | None,
    calls: int,
    every: int,
    minutes: int,
) -> Planner:
    """What the flags ask for."""
    from folkmoot.cli.times import day_of, today
    from folkmoot.meetings.domain.fair_times import Planner

    if not parties:
        raise Refused("Please say where people live: --zone Asia/Kolkata=3 or --people people.csv.", code="invalid")
    if not slots:
        raise Refused("Please say when calls are today: --slot 'Tue 17:00'.", code="invalid")
    start = today() if since is None else day_of("--from", since)
    used = tuple(map(slot_of, slots))
    assert used[0].weekday is not None
    first = start + timedelta(days=(used[0].weekday - start.weekday()) % 7)
    days = tuple(first + timedelta(weeks=every * number) for number in range(calls))
    zone = zones.canonical(home) if home is not None else parties[0].zone
    return Planner(days, zone, minutes, used, tuple(parties))


def slot_of(text: str) -> Slot:
    """A slot as a flag gives it, such as "Tue 17:00"."""
    from folkmoot.meetings.domain.fair_times import Slot

    day, _space, clock = text.strip().partition(" ")
    try:
        return Slot(clock_of(clock), DAYS.index(day[:3].lower()))
    except ValueError:
        words = f"“{text[:40]}” is not a slot; write it like 'Tue 17:00'."
        raise Refused(words, code="invalid") from None


def clock_of(text: str) -> time:
    """A time of day in hours and minutes; ValueError for anything else."""
    return time.fromisoformat(text.strip()).replace(second=0, microsecond=0, tzinfo=None)


def party_of(text: str) -> Party:
    """People of a zone as a flag gives them, such as "Asia/Kolkata=3"."""
    from folkmoot.meetings.domain.fair_times import Party

    zone, _sign, many = text.partition("=")
    return Party(zones.canonical(zone.strip()), people=count_of(many))


def count_of(text: str) -> int:
    text = text.strip()
    if not text:
        return 1
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= MOST_PEOPLE):
        raise Refused(f"“{text[:40]}” is no number of people.", code="invalid")
    return int(text)


def listed(file: Path) -> Iterator[Party]:
    """People of a CSV file; Refused with the number of the line that cannot be read."""
    for number, row in rows_of(read_file(file)):
        try:
            yield party_in(row)
        except Refused as refused:
            raise Refused(f"Line {number} of the list: {refused.message}", code="invalid") from None


def rows_of(data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of a list by the names of its columns, each with its number."""
    from io import BytesIO

    lines = list(csv_text.rows_of(BytesIO(data)))
    names = [name.strip().lower() for _number, head in lines[:1] for name in head]
    if "zone" not in names:
        raise Refused(f"The list needs a first line with its columns: {', '.join(COLUMNS)}.", code="invalid")
    for number, row in lines[1:]:
        yield number, dict(zip(names, (cell.strip() for cell in row), strict=False))


def party_in(row: dict[str, str]) -> Party:
    from folkmoot.meetings.domain.fair_times import USUAL_HOURS, Hours, Party, span

    begins, ends = row.get("from", ""), row.get("until", "")
    hours = USUAL_HOURS
    if begins or ends:
        try:
            hours = Hours(span(clock_of(begins), clock_of(ends)))
        except ValueError:
            raise Refused("hours are written like 08:00, both of them.", code="invalid") from None
    return Party(zones.canonical(row.get("zone", "")), hours, count_of(row.get("people", "")))


def as_object(planner: Planner, now: Outlook, proposed: Outlook) -> dict[str, Any]:
    """The answer for programs; the keys are a promise."""
    from folkmoot.meetings.domain.fair_times import reasons, sentence

    return {
        "zone": planner.zone,
        "calls": now.calls,
        "from": planner.days[0].isoformat(),
        "until": planner.days[-1].isoformat(),
        "today": outlook_object(now),
        "proposal": outlook_object(proposed),
        "is_proven": proposed.is_proven,
        "reason": [sentence(one) for one in reasons(now, proposed, planner.scale)],
    }


def slots_object(outlook: Outlook) -> list[dict[str, str | None]]:
    return [
        {"weekday": None if slot.weekday is None else DAYS[slot.weekday], "time": f"{slot.at:%H:%M}"}
        for slot in outlook.slots
    ]


def outlook_object(outlook: Outlook) -> dict[str, Any]:
    from folkmoot.meetings.domain.fair_times import Level

    return {
        "slots": slots_object(outlook),
        "heaviest_burden": outlook.worst.cost,
        "sum": outlook.total,
        "parties": [
            {
                "zone": share.party.zone,
                "people": share.party.people,
                "burden": share.cost,
                "early_or_late": share.count(Level.UNSOCIABLE),
                "at_night": share.count(Level.NIGHT),
                "times": [f"{at:%H:%M}" for at in share.times()],
            }
            for share in outlook.shares
        ],
    }


def show(planner: Planner, now: Outlook, proposed: Outlook, lines: Sequence[str]) -> None:
    """The slots, and what they mean to every zone as a table; the reason goes to stderr."""
    from folkmoot.meetings.domain.fair_times import Level, slot_words

    place = zones.place(planner.zone)
    before = {(share.party.zone, share.party.hours): share for share in now.shares}
    for label, outlook in (("Today", now), ("Proposed", proposed)):
        click.echo(f"{label}: {', then '.join(map(slot_words, outlook.slots))}, {place} time")
    rows = [
        {
            "where": zones.place(share.party.zone),
            "people": share.party.people,
            "today": before[share.party.zone, share.party.hours].cost,
            "proposed": share.cost,
            "early_or_late": share.count(Level.UNSOCIABLE),
            "at_night": share.count(Level.NIGHT),
            "times": " ".join(f"{at:%H:%M}" for at in share.times()),
        }
        for share in proposed.shares
    ]
    show_list(rows, as_json=False, nothing="")
    for line in lines:
        say(line)

"""What the charter of the sample community's first group has been through, and what is proposed for it now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from folkmoot.groups.actions import comment_on_amendment, propose_amendment, start_amendment
from folkmoot.groups.actions.charters import write_version
from folkmoot.groups.amendment_reading import read_text
from folkmoot.groups.models import Amendment, AmendmentState, Group
from folkmoot.groups.queries import latest_version
from folkmoot.people.models import Person

CARE = "community-care.md"
INCLUSION = "* **Inclusion plan** – A plan for the steering committee, with goals that are looked at every quarter.\n"
ELECTIONS = "* **Elections** – See that every office changes hands smoothly.\n"
CHANGES = (
    (0.35, "tomas", "adaeze", "The steering committee asked us to take the inclusion plan on.", "Agreed on the call."),
    (0.7, "rosa", "jonas", "Five were there on nearly every call; three decided too much.", "Nobody objected."),
)
"""How far through the year, who proposed, who adopted, why, and the reason given."""


def earlier_texts(file_name: str, text: str) -> Sequence[str]:
    """The wordings that a charter has had, the first one first; only one group's has changed."""
    if file_name != CARE:
        return [text]
    second = text.replace("when five participants are there", "when three participants are there")
    first = second.replace(INCLUSION, "").replace(ELECTIONS, "").replace("open for fourteen", "open for seven")
    return [first, second, text]


def lived_through(group: Group, later: Sequence[str], people: Mapping[str, Person], *, began: date) -> None:
    """Adopt the later wordings over the year, and lay another change before everybody."""
    for text, (share, author, manager, why, reason) in zip(later, CHANGES, strict=True):
        day = began + timedelta(days=round(365 * share))
        _adopted(group, text, day, people[author], people[manager], why, reason)
    text = later[-1].replace("call lasts 60 minutes", "call lasts 45 minutes")
    text = text.replace("silence for seven days is consent", "silence for ten days is consent")
    made = start_amendment(
        group,
        text=text,
        by=people["tomas"],
        why="An hour is long when it is late. And seven days pass quickly when somebody is away.",
    )
    propose_amendment(made, by=people["tomas"])
    comment_on_amendment(
        made,
        by=people["rosa"],
        clause="when-we-meet",
        text="Gladly. For me the call ends before supper then.",
    )
    comment_on_amendment(made, by=people["keoni"], text="Ten days are good. Could the minutes say it each time?")


def _adopted(group: Group, text: str, day: date, author: Person, manager: Person, why: str, reason: str) -> None:
    base = latest_version(group)
    proposed = read_text(base, text, base.answers, today=day)
    when = datetime.combine(day, time(16), UTC)
    version = write_version(
        group, text=text, reading=proposed.reading(), answers=base.answers, in_force_from=day, at=when, by=manager
    )
    Amendment.objects.create(
        group=group,
        number=version.number - 1,
        base=base,
        by=author,
        text=text,
        answers=base.answers,
        why=why,
        state=AmendmentState.ADOPTED,
        proposed_at=when - timedelta(days=14),
        settled_at=when,
        settled_by=manager,
        reason=reason,
        version=version,
        in_force_at=when,
    )

"""Criteria that count: at how many calls somebody was, and in which offices for how long."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from folkmoot.governance.domain.roll import Call, Turnouts, calls_since, free_again, last_calls, terms_running
from folkmoot.governance.models.elections import ContestSeat, Stage
from folkmoot.governance.models.rolls import Whom
from folkmoot.governance.queries.rolls_facts import calls_attended, calls_of, terms_of
from folkmoot.governance.roll_criteria import Asking, Criterion, Finding, Given, People, add_criterion
from folkmoot.groups.models import Term
from folkmoot.ui import times

MOST_CALLS: Final = 200


def fill() -> None:
    """Enter them."""
    add_criterion(
        "last_calls",
        Criterion(
            gettext_lazy("Some of the last calls"),
            gettext_lazy("Calls of which it was noted who was there"),
            _asked_last_calls,
            _gather_calls,
            _judge_last_calls,
            lambda _election: {
                "needed": number(gettext_lazy("At how many"), MOST_CALLS, 1),
                "of_last": number(gettext_lazy("Of the last how many"), MOST_CALLS, 3),
            },
            wrong=_wrong_last_calls,
        ),
        order=40,
    )
    add_criterion(
        "calls_since",
        Criterion(
            gettext_lazy("Calls since a day"),
            gettext_lazy("Calls of which it was noted who was there"),
            _asked_calls_since,
            _gather_calls,
            _judge_calls_since,
            lambda _election: {
                "needed": number(gettext_lazy("At how many"), MOST_CALLS, 1),
                "since": forms.DateField(label=gettext_lazy("Since"), widget=forms.DateInput({"type": "date"})),
            },
        ),
        order=50,
    )
    add_criterion(
        "office",
        Criterion(
            gettext_lazy("Holding a seat, or none"),
            gettext_lazy("Whether they hold a seat of the group on the day that counts"),
            _asked_office,
            _gather_terms,
            _judge_office,
            lambda _election: {
                "holds": forms.ChoiceField(
                    label=gettext_lazy("What is asked"),
                    choices=[("no", gettext_lazy("holds no seat")), ("yes", gettext_lazy("holds a seat"))],
                    initial="no",
                )
            },
        ),
        order=60,
    )
    add_criterion(
        "term_limit",
        Criterion(
            gettext_lazy("No more terms than so many running"),
            gettext_lazy("Terms in the seats that are filled; less than half a term is not counted"),
            _asked_limit,
            _gather_terms,
            _judge_limit,
            lambda _election: {"most": number(gettext_lazy("At most so many terms running"), 20, 2)},
            frozenset({Whom.CANDIDATES}),
        ),
        order=70,
    )


def number(label: Any, most: int, initial: int) -> forms.IntegerField:
    """A field for a number from 1."""
    return forms.IntegerField(label=label, min_value=1, max_value=most, initial=initial)


def day_words(day: date) -> str:
    """A day as sentences about criteria say it."""
    return times.plain_date(day)


# Calls

Calls = tuple[list[Call], Mapping[int, set[int]]]


def _gather_calls(asking: Asking, people: People) -> Calls:
    return calls_of(asking), calls_attended(asking, people)


def _asked_last_calls(asking: Asking, given: Given) -> str:
    return _("Was at %(needed)d or more of the last %(of)d calls before %(day)s.") % {
        "needed": int(given["needed"]),
        "of": int(given["of_last"]),
        "day": day_words(asking.on),
    }


def _wrong_last_calls(given: Given) -> str:
    return _("That is more calls than are counted.") if given["needed"] > given["of_last"] else ""


def _judge_last_calls(asking: Asking, given: Given, gathered: Calls, person: int) -> Finding:
    calls, attended = gathered
    found = last_calls(
        calls,
        attended.get(person, set()),
        needed=int(given["needed"]),
        of_last=int(given["of_last"]),
        day=asking.on,
    )
    return _turnouts(found, _asked_last_calls(asking, given), asking)


def _asked_calls_since(asking: Asking, given: Given) -> str:
    needed = int(given["needed"])
    said = {"needed": needed, "since": day_words(_since(given)), "day": day_words(asking.on)}
    return ngettext(
        "Was at %(needed)d call or more from %(since)s until before %(day)s.",
        "Was at %(needed)d calls or more from %(since)s until before %(day)s.",
        needed,
    ) % said  # fmt: skip


def _since(given: Given) -> date:
    return date.fromisoformat(str(given["since"]))


def _judge_calls_since(asking: Asking, given: Given, gathered: Calls, person: int) -> Finding:
    calls, attended = gathered
    found = calls_since(
        calls, attended.get(person, set()), needed=int(given["needed"]), since=_since(given), day=asking.on
    )
    return _turnouts(found, _asked_calls_since(asking, given), asking)


def _turnouts(found: Turnouts, asked: str, asking: Asking) -> Finding:
    said = {"n": found.was_at, "of": found.of}
    words = ngettext(
        "Was at %(n)d of %(of)d call that was held.", "Was at %(n)d of %(of)d calls that were held.", found.of
    )
    if not found.of:
        words = _("No call was held so far of which it was noted who was there.")
    can_do = ""
    if not found.holds and not asking.is_over:
        can_do = ngettext(
            "%(n)d more call before %(day)s would be enough.",
            "%(n)d more calls before %(day)s would be enough.",
            found.missing,
        ) % {"n": found.missing, "day": day_words(asking.on)}
    return Finding(found.holds, asked, words % said, can_do)


# Offices


def _gather_terms(asking: Asking, people: People) -> dict[int, list[Term]]:
    found: dict[int, list[Term]] = {}
    for term in terms_of(asking, people):
        found.setdefault(term.person_id, []).append(term)
    return found


def _asked_office(asking: Asking, given: Given) -> str:
    said = {"day": day_words(asking.on)}
    if given.get("holds") == "yes":
        return _("Holds a seat of the group on %(day)s.") % said
    return _("Holds no seat of the group on %(day)s.") % said


def _judge_office(asking: Asking, given: Given, gathered: Mapping[int, list[Term]], person: int) -> Finding:
    # How long a term lasts is known ahead, unlike who takes part: the day itself is asked.
    held = [term for term in gathered.get(person, []) if term.span.holds_on(asking.on)]
    holds = bool(held) == (given.get("holds") == "yes")
    titles = ", ".join(dict.fromkeys(term.seat.title for term in held))
    found = _("Holds: %(seats)s.") % {"seats": titles} if held else _("Holds no seat.")
    return Finding(holds, _asked_office(asking, given), found)


def _asked_limit(asking: Asking, given: Given) -> str:
    most = int(given["most"])
    return ngettext(
        "Has held these seats for fewer than %(most)d term running.",
        "Has held these seats for fewer than %(most)d terms running.",
        most,
    ) % {"most": most}


def _judge_limit(asking: Asking, given: Given, gathered: Mapping[int, list[Term]], person: int) -> Finding:
    seats = _seats_filled(asking)
    terms = [term for term in gathered.get(person, []) if term.seat_id in seats]
    begins = asking.steps[Stage.TERM].first if Stage.TERM in asking.steps else asking.on
    months = next((term.seat.term_months for term in terms), None)
    running = terms_running([term.span for term in terms], begins, months)
    found = ngettext("%(n)d term running so far.", "%(n)d terms running so far.", running) % {"n": running}
    if running < int(given["most"]):
        return Finding(True, _asked_limit(asking, given), found)
    again = free_again([term.span for term in terms], months)
    can_do = _("A term that begins on %(day)s or later counts anew.") % {"day": day_words(again)} if again else ""
    return Finding(False, _asked_limit(asking, given), found, can_do)


def _seats_filled(asking: Asking) -> set[int]:
    """The seats of the contest, or of the election where no contest is named; one query."""

    def read() -> set[int]:
        found = ContestSeat.objects.filter(contest__election=asking.election)
        if asking.contest is not None:
            found = found.filter(contest=asking.contest)
        return set(found.values_list("seat", flat=True))

    return asking.once(("seats", asking.contest.pk if asking.contest else None), read)

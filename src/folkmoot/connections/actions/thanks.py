"""Thanking people, and what becomes of thanks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.connections.facts.thanks import (
    ThanksRemoved,
    ThanksSaid,
    ThanksShownTo,
    ThanksTakenBack,
    ThanksWishSaid,
)
from folkmoot.connections.models.thanks import (
    LONGEST_OCCASION,
    LONGEST_THANKS,
    Thanks,
    ThanksShown,
    ThanksState,
    ThanksWish,
)
from folkmoot.connections.notices.thanks import ThanksCame, YearInThanks, once_for, once_for_year
from folkmoot.connections.queries.interests import apart_from
from folkmoot.connections.queries.thanks import given_by, thanked_in
from folkmoot.connections.rules.thanks import may_say_who_sees, may_take_back, may_thank
from folkmoot.connections.thankable import Occasion
from folkmoot.groups.models import Group
from folkmoot.groups.queries import who_holds_anything
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.notices.actions import tell, untell
from folkmoot.notices.models import Telling
from folkmoot.organisation.queries import the_organisation, today_here
from folkmoot.people.models import Person

ON_ITS_WAY = timedelta(minutes=10)
"""So long a thanks can be taken back before anybody has read it."""
MOST_A_DAY = 20
"""How many people somebody can thank within a day and a night."""
DAYS_FOR_CARDS = 7
"""How many days of January yearly cards are sent on, for a worker that stood still over the new year."""


@transaction.atomic
def thank(
    people: Iterable[Person], words: str, *, by: Person, occasion: Occasion | None = None, group: Group | None = None
) -> list[Thanks]:
    """Thank each of these people in the same words, for an occasion, or in a group, or for nothing in particular.

    They hear of it after `ON_ITS_WAY`. It belongs to the group only where they take part in it. Who is kept apart from
    whom decides silently whether it ever reaches them. The same words to the same person within that time are one
    thanks. Refused `forbidden`, `invalid` with params `field`, `too_many`.
    """
    receivers = list({person.pk: person for person in people}.values())
    said = words.strip()
    if not receivers:
        raise Refused(_("Please say whom you thank."), code="invalid", field="whom")
    if not said:
        raise Refused(_("A few words, please: what was it that helped?"), code="invalid", field="words")
    if len(said) > LONGEST_THANKS:
        raise Refused(
            _("Please say it in %(count)d characters at most.") % {"count": LONGEST_THANKS},
            code="invalid",
            field="words",
        )
    for person in receivers:
        require(may_thank(by, person, occasion))
    Person.objects.select_for_update().get(pk=by.pk)
    now = timezone.now()
    before = list(given_by(by).filter(said_at__gt=now - timedelta(days=1)))
    twice = {one.receiver_id for one in before if one.words == said and one.reaches_at > now}
    receivers = [person for person in receivers if person.pk not in twice]
    if len(before) + len(receivers) > MOST_A_DAY:
        raise Refused(
            _("You can thank %(count)d people within a day. Tomorrow is a good day too.") % {"count": MOST_A_DAY},
            code="too_many",
        )
    return _say(receivers, said, by=by, occasion=occasion, group=occasion.group if occasion else group, now=now)


def _say(
    receivers: Sequence[Person],
    words: str,
    *,
    by: Person,
    occasion: Occasion | None,
    group: Group | None,
    now: datetime,
) -> list[Thanks]:
    keys = [person.pk for person in receivers]
    inside = who_holds_anything([group], keys) if group is not None else set()
    apart = apart_from(by.pk)
    wishes = dict(ThanksWish.objects.filter(person__in=keys).values_list("person", "shown"))
    said = []
    for person in receivers:
        known = occasion if occasion is not None and occasion.is_known_to(person, inside) else None
        thanks = Thanks(
            giver=by,
            receiver=person,
            group=group if person.pk in inside else None,
            words=words,
            occasion=known.words[:LONGEST_OCCASION] if known else "",
            occasion_path=known.path if known else "",
            stays_inside=bool(occasion and occasion.stays_inside),
            state=ThanksState.WITHHELD if person.pk in apart else ThanksState.WITH_THEM,
            said_at=now,
            reaches_at=now + ON_ITS_WAY,
        )
        if thanks.state == ThanksState.WITH_THEM:
            thanks.shown = _as_wished(thanks, wishes.get(person.pk, ThanksShown.ME))
        thanks.save()
        record(ThanksSaid(thanks_id=thanks.pk), by=by)
        if thanks.state == ThanksState.WITH_THEM:
            tell([person], ThanksCame(thanks), not_before=thanks.reaches_at)
        said.append(thanks)
    return said


def _as_wished(thanks: Thanks, wish: str) -> ThanksShown:
    """The most that a thanks can be shown without going further than the wish."""
    order = ThanksShown.values
    return max(
        (one for one in thanks.may_be_shown_to if order.index(one) <= order.index(wish)),
        key=lambda one: order.index(one),
    )


@transaction.atomic
def take_back(thanks: Thanks, *, by: Person) -> None:
    """Take a thanks back: nobody has it any more. Who has not heard of it yet, never does. Refused `forbidden`."""
    require(may_take_back(by, thanks))
    untell(ThanksCame.kind, once_for(thanks), even_seen=True)
    record(ThanksTakenBack(thanks_id=thanks.pk), by=by)
    thanks.delete()


@transaction.atomic
def show_thanks(thanks: Thanks, shown: ThanksShown, *, by: Person) -> None:
    """Say who reads a thanks that one got. Refused `forbidden`, `not_possible` where it cannot be shown so far."""
    require(may_say_who_sees(by, thanks))
    held = Thanks.objects.select_for_update().filter(pk=thanks.pk).first()
    if held is None or held.state != ThanksState.WITH_THEM or shown not in held.may_be_shown_to:
        raise Refused(_("This thanks cannot be shown to them."), code="not_possible")
    if held.shown == shown:
        return
    held.shown = shown
    held.save(update_fields=["shown"])
    record(ThanksShownTo(thanks_id=held.pk, shown=shown.value), by=by)


@transaction.atomic
def remove_thanks(thanks: Thanks, *, by: Person) -> None:
    """Take a thanks that one got off all pages but the giver's own, for good. Refused `forbidden`."""
    require(may_say_who_sees(by, thanks))
    changed = Thanks.objects.filter(pk=thanks.pk, state=ThanksState.WITH_THEM).update(
        state=ThanksState.REMOVED, shown=ThanksShown.ME
    )
    if changed:
        untell(ThanksCame.kind, once_for(thanks), even_seen=True)
        record(ThanksRemoved(thanks_id=thanks.pk), by=by)


@transaction.atomic
def wish_for_thanks(person: Person, shown: ThanksShown) -> None:
    """Say who reads new thanks of one's own; those that are there stay as they are."""
    ThanksWish.objects.update_or_create(person=person, defaults={"shown": shown})
    record(ThanksWishSaid(shown=shown.value), by=person)


def send_yearly_cards(*, now: datetime) -> int:
    """In the first days of a year, tell whoever was thanked in the last one that their card is there, once.

    Returns how many were told now.
    """
    today = today_here()
    if today.month != 1 or today.day > DAYS_FOR_CARDS:
        return 0
    year = today.year - 1
    organisation = the_organisation()
    with timezone.override(zones.zone(organisation.zone if organisation else "UTC")):
        told = Telling.objects.filter(kind=YearInThanks.kind, once_key=once_for_year(year)).values("person")
        people = list(thanked_in(year, now=now).exclude(pk__in=told))
    return sum(len(tell([person], YearInThanks(year))) for person in people)

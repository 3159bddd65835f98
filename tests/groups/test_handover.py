"""Handovers: what they name, who may answer and sign, what passes then, what is told, and races."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from folkmoot.groups.actions import end_participation
from folkmoot.groups.actions import handover_signing as signing
from folkmoot.groups.actions.handover import (
    LEAVE_TO_GROUP,
    answer_lines,
    begin_handover,
    offer_handover,
    withdraw_handover,
)
from folkmoot.groups.actions.handover_signing import pass_what_was_shadowed, sign_handover
from folkmoot.groups.actions.seats import add_seat, begin_term
from folkmoot.groups.actions.unowned import take_unowned
from folkmoot.groups.models import (
    Answer,
    Begun,
    Filling,
    Group,
    Handover,
    HandoverLine,
    Participation,
    Power,
    UnownedHolding,
)
from folkmoot.groups.queries import emeriti_of, has_power, shadows_of
from folkmoot.groups.tasks import end_shadowing
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from folkmoot.people.models import Person
from tests.factories.groups import group, join
from tests.factories.handovers import accept_all, offered, signed, written
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

D = dt.date


@pytest.fixture
def lantern(db, freeze) -> Group:
    freeze("2026-03-10T12:00Z")
    organisation()
    return group()


@pytest.fixture
def ada(lantern) -> Person:
    return join(PersonFactory(name="Ada"), lantern, Power.MANAGE)


@pytest.fixture
def ben(lantern) -> Person:
    return join(PersonFactory(name="Ben"), lantern)


def told(within: Group, kind: str) -> list[Entry]:
    return list(Entry.objects.filter(within_id=within.pk, kind=f"groups.{kind}").order_by("pk"))


def tellings() -> list[tuple[str, str]]:
    return [(telling.person.name, telling.kind.removeprefix("groups.")) for telling in Telling.objects.order_by("pk")]


def refusal(act, *args, **given) -> str:
    with pytest.raises(Refused) as refused:
        act(*args, **given)
    return refused.value.code


def test_a_handover_names_what_the_leaver_holds_in_every_room(lantern, ada, things):
    things.owner = {"lamp": ada, "oil": PersonFactory()}
    for title, filling in (("Clerk", Filling.APPOINTED), ("Chair", Filling.ELECTED)):
        seat = add_seat(lantern, title=title, filling=filling, term_months=12, by=system())
        begin_term(seat, ada, how=Begun(filling), by=system())

    handover = begin_handover(lantern, by=ada)
    again = begin_handover(lantern, by=ada)

    assert again == handover
    assert [line.words for line in handover.lines.all()] == [
        "Role: Managers", "Seat: Clerk, until 10 March 2027", "Things: the lamp",
    ]  # fmt: skip


def test_a_draft_follows_what_its_leaver_holds(lantern, ada, ben, things):
    things.owner = {"lamp": ada, "oil": ada}
    handover = begin_handover(lantern, by=ada)
    lamp = handover.lines.get(key="lamp")
    written(handover, None, {lamp.pk: ben})
    things.owner = {"lamp": ada, "wick": ada}

    begin_handover(lantern, by=ada)

    assert [(line.key, line.taker) for line in handover.lines.filter(kind="test.things")] == [
        ("lamp", ben), ("wick", None),
    ]  # fmt: skip


def test_everything_passes_with_the_last_signature_and_not_before(lantern, ada, ben, things):
    things.owner = {"lamp": ada}
    handover = offered(lantern, ada, ben, notes="The lamp hangs by the door.")
    accept_all(handover, ben)

    signed(handover, ben)
    before = (has_power(ben, lantern, Power.MANAGE), things.owner["lamp"], handover.signed_at)
    signed(handover, ada, ada, ben)

    assert before == (False, ada, None)
    assert has_power(ben, lantern, Power.MANAGE)
    assert [p.role.power for p in Participation.objects.filter(person=ada, ended_at=None)] == [Power.TAKE_PART]
    assert things.given == [("lamp", ben.pk)]
    assert (handover.state, handover.passed_at is not None) == ("signed", True)
    assert [(e.about, e.detail.words["person"]) for e in told(lantern, "handover_signed")] == [
        (ben, "Ben"), (ada, "Ada"),
    ]  # fmt: skip
    assert [e.payload["accepted"] for e in told(lantern, "handover_done")] == [2]
    assert tellings() == [
        ("Ben", "handover_offered"),
        ("Ada", "handover_answered"),
        ("Ada", "handover_to_sign"),
        ("Ben", "handover_to_sign"),
        ("Ada", "handover_done"),
        ("Ben", "handover_done"),
    ]


def test_what_changes_after_somebody_signed_is_signed_anew(lantern, ada, ben, things):
    things.owner = {"lamp": ada}
    handover = offered(lantern, ada, ben, notes="The lamp hangs by the door.")
    accept_all(handover, ben)
    signed(handover, ben)

    written(handover, ben, notes="The lamp hangs by the door.", emeritus=True)
    unchanged = handover.signatures.count()
    written(handover, ben, notes="The lamp is broken.", emeritus=True)
    signed(handover, ada)
    waits = things.owner["lamp"]
    signed(handover, ben)

    assert (unchanged, waits, things.owner["lamp"]) == (1, ada, ben)
    assert [entry for entry in tellings() if entry[1] == "handover_to_sign"] == [
        ("Ada", "handover_to_sign"), ("Ben", "handover_to_sign"), ("Ben", "handover_to_sign"),
    ]  # fmt: skip


def test_the_taker_declines_and_somebody_else_takes_it(lantern, ada, ben, things):
    things.owner = {"lamp": ada}
    cleo = join(PersonFactory(name="Cleo"), lantern)
    handover = offered(lantern, ada, ben)
    role, lamp = handover.lines.order_by("position")

    answer_lines(handover, {role.pk: (True, ""), lamp.pk: (False, "I have no hook for it.")}, by=ben)
    unanswered = refusal(sign_handover, handover, by=ada)
    answer_lines(handover, {lamp.pk: (True, "I have one.")}, by=cleo)
    late = refusal(answer_lines, handover, {lamp.pk: (True, "")}, by=ben)
    signed(handover, ada, ben)
    waits = things.owner["lamp"]
    signed(handover, cleo)

    assert (unanswered, late, waits) == ("unanswered", "taken", ada)
    assert things.owner["lamp"] == cleo
    assert has_power(ben, lantern, Power.MANAGE)


def test_who_may_answer_what(lantern, ada, ben, things):
    things.owner = {"lamp": ada}
    observer = join(PersonFactory(), lantern, Power.OBSERVE)
    cleo = join(PersonFactory(), lantern)
    handover = offered(lantern, ada, ben)
    lamp = handover.lines.get(key="lamp")
    others = (ada, observer, cleo, PersonFactory())

    before = [refusal(answer_lines, handover, {lamp.pk: (True, "")}, by=one) for one in others]
    answer_lines(handover, {lamp.pk: (False, "")}, by=ben)
    after = [refusal(answer_lines, handover, {lamp.pk: (True, "")}, by=one) for one in (ada, observer, PersonFactory())]

    assert (before, after) == (["forbidden"] * 4, ["forbidden"] * 3)
    assert refusal(answer_lines, handover, {999999: (True, "")}, by=ben) == "not_open"


def test_a_role_is_never_passed_without_acceptance(lantern, ada, ben):
    """Row 45: a transfer needs acceptance; neither the leaver alone nor anyone in the taker's name can make it."""
    handover = offered(lantern, ada, ben)
    line = handover.lines.get()

    forged = refusal(answer_lines, handover, {line.pk: (True, "")}, by=ada)
    unsigned = refusal(sign_handover, handover, by=ada)
    accept_all(handover, ben)
    stranger = refusal(sign_handover, handover, by=join(PersonFactory(), lantern))
    signed(handover, ada)

    assert (forged, unsigned, stranger) == ("forbidden", "unanswered", "forbidden")
    assert not has_power(ben, lantern, Power.MANAGE)


def test_only_people_of_the_group_other_than_the_leaver_are_asked(lantern, ada):
    handover = begin_handover(lantern, by=ada)
    gone = join(PersonFactory(is_active=False), lantern)

    assert [refusal(written, handover, person) for person in (ada, PersonFactory(), gone)] == ["invalid"] * 3
    assert refusal(offer_handover, handover, by=ada) == "no_taker"


def test_a_changed_proposal_is_answered_anew_and_accepted_lines_stay(lantern, ada, ben, things):
    things.owner = {"lamp": ada}
    cleo = join(PersonFactory(), lantern)
    handover = offered(lantern, ada, ben)
    role, lamp = handover.lines.order_by("position")
    answer_lines(handover, {role.pk: (True, ""), lamp.pk: (False, "No.")}, by=ben)

    written(handover, ben, {lamp.pk: cleo, role.pk: cleo})

    assert list(handover.lines.order_by("position").values_list("taker", "answer", "said")) == [
        (ben.pk, "accepted", ""), (cleo.pk, "open", ""),
    ]  # fmt: skip


def test_what_is_left_to_the_group_waits_for_an_owner(lantern, ada, ben, things):
    things.owner = {"lamp": ada}
    handover = begin_handover(lantern, by=ada)
    lamp = handover.lines.get(key="lamp")
    offered(lantern, ada, ben, {lamp.pk: LEAVE_TO_GROUP})
    accept_all(handover, ben)
    signed(handover, ada, ben)
    unowned = UnownedHolding.objects.get()

    nobody = refusal(take_unowned, unowned, to=ada, by=ada)
    take_unowned(unowned, to=ben, by=ben)
    take_unowned(unowned, to=ben, by=ben)
    cleo = join(PersonFactory(), lantern, Power.MANAGE)

    assert nobody == "forbidden"
    assert things.given == [("lamp", ben.pk)]
    assert refusal(take_unowned, unowned, to=cleo, by=cleo) == "taken"
    assert (len(told(lantern, "holding_left")), len(told(lantern, "holding_taken"))) == (1, 1)


def test_shadowing_lets_role_and_seats_pass_on_its_day_and_all_else_at_once(lantern, ada, ben, things, freeze):
    things.owner = {"lamp": ada}
    seat = add_seat(lantern, title="Clerk", filling=Filling.APPOINTED, term_months=12, by=system())
    begin_term(seat, ada, how=Begun.APPOINTED, by=system())
    handover = offered(lantern, ada, ben, shadow_until=D(2026, 4, 10))
    accept_all(handover, ben)

    signed(handover, ada, ben)
    at_once = (things.owner["lamp"], has_power(ada, lantern, Power.MANAGE), has_power(ben, lantern, Power.MANAGE))
    shadowing = shadows_of(lantern)
    freeze("2026-04-09T12:00Z")
    end_shadowing.func()
    day_before = has_power(ben, lantern, Power.MANAGE)
    freeze("2026-04-10T12:00Z")
    end_shadowing.func()
    end_shadowing.func()

    assert at_once == (ben, True, False)
    assert shadowing == [handover]
    assert not day_before
    assert (has_power(ada, lantern, Power.MANAGE), has_power(ben, lantern, Power.MANAGE)) == (False, True)
    assert list(seat.terms.order_by("pk").values_list("person", "how", "ended_because", "ends_on")) == [
        (ada.pk, "appointed", "handed_over", D(2027, 3, 10)),
        (ben.pk, "acting", "", D(2027, 3, 10)),
    ]
    assert shadows_of(lantern) == []
    assert tellings()[-2:] == [("Ada", "shadow_over"), ("Ben", "shadow_over")]


def test_what_cannot_pass_on_its_day_stays_and_is_told_once(lantern, ada, ben, freeze, monkeypatch):
    handover = offered(lantern, ada, ben, shadow_until=D(2026, 4, 10))
    accept_all(handover, ben)
    signed(handover, ada, ben)
    freeze("2026-04-10T12:00Z")

    def refuse(*args, **given) -> None:
        raise Refused("All seats are taken.", code="no_free_seat")

    monkeypatch.setattr(signing, "give_on", refuse)
    passed = [pass_what_was_shadowed(on=D(2026, 4, 10)), pass_what_was_shadowed(on=D(2026, 4, 11))]

    assert passed == [0, 0]
    assert has_power(ada, lantern, Power.MANAGE)
    assert tellings().count(("Ada", "handover_stuck")) == 1


@pytest.mark.parametrize("until", [D(2026, 3, 10), D(2025, 1, 1), D(2027, 1, 1)])
def test_shadowing_lasts_from_tomorrow_to_three_months(lantern, ada, ben, until):
    assert refusal(written, begin_handover(lantern, by=ada), ben, shadow_until=until) == "invalid"


def test_whoever_served_is_named_for_it_if_they_agree_and_may_go(lantern, ada, ben):
    handover = offered(lantern, ada, ben, stays=False, emeritus=True)
    accept_all(handover, ben)
    signed(handover, ada, ben)

    assert [(one.person, one.office, one.since) for one in emeriti_of(lantern)] == [(ada, "Managers", D(2026, 3, 10))]
    assert not has_power(ada, lantern)
    assert len(told(lantern, "emeritus_named")) == 1


def test_a_role_that_was_taken_away_meanwhile_is_not_theirs_to_give(lantern, ada, ben):
    handover = offered(lantern, ada, ben)
    accept_all(handover, ben)
    end_participation(Participation.objects.get(person=ada), by=system())

    signed(handover, ada, ben)

    assert not has_power(ben, lantern, Power.MANAGE)
    assert not has_power(ada, lantern)


def test_nothing_passes_to_somebody_who_has_left_meanwhile(lantern, ada, ben, freeze):
    handover = offered(lantern, ada, ben, shadow_until=D(2026, 4, 10))
    accept_all(handover, ben)
    signed(handover, ada, ben)
    end_participation(Participation.objects.get(person=ben), by=ben)
    freeze("2026-04-10T12:00Z")

    end_shadowing.func()

    assert (has_power(ada, lantern, Power.MANAGE), has_power(ben, lantern)) == (True, False)
    assert "does not take part" in Telling.objects.get(kind="groups.handover_stuck", person=ada).text


def test_withdrawn_handovers_change_nothing_and_are_told(lantern, ada, ben):
    handover = offered(lantern, ada, ben)
    accept_all(handover, ben)

    other = refusal(withdraw_handover, handover, by=ben)
    withdraw_handover(handover, by=ada)
    withdraw_handover(handover, by=ada)

    assert other == "forbidden"
    assert has_power(ada, lantern, Power.MANAGE)
    assert [refusal(act, handover, by=ada) for act in (sign_handover, offer_handover)] == ["not_open"] * 2
    assert tellings()[-1] == ("Ben", "handover_withdrawn")
    assert len(told(lantern, "handover_withdrawn")) == 1
    assert begin_handover(lantern, by=ada) != handover


def test_nobody_leaves_while_holding_something_unless_a_steward_forces_it(lantern, ada, ben, things):
    things.owner = {"lamp": ben, "oil": ben}
    of_ben = Participation.objects.get(person=ben)
    steward = PersonFactory(is_steward=True)

    with pytest.raises(Refused) as refused:
        end_participation(of_ben, by=ben)
    forced_by_manager = refusal(end_participation, of_ben, by=ada, force=True)
    end_participation(of_ben, by=steward, force=True)

    assert refused.value.code == "still_holds"
    assert refused.value.message == (
        "Ben still holds 2 things here, among them the lamp. A handover gives them to others."
    )
    assert forced_by_manager == "forbidden"
    assert [(one.words, one.left_by) for one in UnownedHolding.objects.all()] == [("the lamp", ben), ("the oil", ben)]
    assert not has_power(ben, lantern)


def test_who_holds_only_the_role_may_leave(lantern, ada):
    end_participation(Participation.objects.get(person=ada), by=ada)

    assert not has_power(ada, lantern)


def test_a_failure_while_passing_leaves_everything_as_it_was(lantern, ada, ben, things, monkeypatch):
    things.owner = {"lamp": ada}
    handover = offered(lantern, ada, ben)
    accept_all(handover, ben)
    signed(handover, ben)

    def broken(*args, **given) -> None:
        raise RuntimeError("no ink left")

    monkeypatch.setattr(signing, "give_on", broken)
    with pytest.raises(RuntimeError):
        sign_handover(handover, by=ada)

    handover.refresh_from_db()
    assert (handover.state, handover.signatures.count()) == ("offered", 1)
    assert not handover.lines.exclude(done_at=None).exists()


def test_the_database_keeps_handovers_in_order(lantern, ada, ben):
    handover = begin_handover(lantern, by=ada)
    wrong = [
        lambda: Handover.objects.create(group=lantern, leaver=ada),
        lambda: Handover.objects.filter(pk=handover.pk).update(state="signed"),
        lambda: HandoverLine.objects.filter(handover=handover).update(answer=Answer.ACCEPTED),
    ]

    for act in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()

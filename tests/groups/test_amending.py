"""Amending a charter: drafts, proposals, comments, and what follows from adopting one."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connections
from django.utils import timezone

from folkmoot.groups.actions import (
    adopt_amendment,
    change_amendment,
    comment_on_amendment,
    decline_amendment,
    discard_amendment,
    edit_comment,
    hide_comment,
    propose_amendment,
    start_amendment,
    withdraw_amendment,
    withdraw_comment,
)
from folkmoot.groups.actions.seats import add_seat, begin_term
from folkmoot.groups.mailing import place_of
from folkmoot.groups.models import Amendment, AmendmentState, Begun, Group, Participation, Power, Role
from folkmoot.groups.queries import charter_in_force
from folkmoot.groups.tasks import bring_charters_into_force
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine, system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Letter, ListAddress, Telling
from tests.factories.amendments import AMENDED, draft, proposal
from tests.factories.groups import CHARTER, group, join, role
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

WITHOUT_OBSERVERS = CHARTER.replace("* **Observers**: Follow without having to contribute.\n", "")
OPEN_ZONE = CHARTER.replace("at 08:00 America/Los_Angeles", "at 8 am PST")


def facts(within: Group, since: int) -> list[str]:
    return list(Entry.objects.filter(within_id=within.pk, pk__gt=since).order_by("pk").values_list("kind", flat=True))


def last_entry() -> int:
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def code_of(call, *args, **kwargs) -> str:
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return refused.value.code


@pytest.fixture
def lantern(db) -> Group:
    return group()


def someone(who: str, lantern: Group):
    """A person in this stand towards the group."""
    person = PersonFactory(name=who.title())
    match who:
        case "observer":
            join(person, lantern, Power.OBSERVE)
        case "participant":
            join(person, lantern)
        case "manager":
            join(person, lantern, Power.MANAGE)
        case "manager above":
            above = group("Council", text="# Council\n")
            join(person, above, Power.MANAGE)
            lantern.parent = above
            lantern.save()
        case "steward":
            person.is_steward = True
            person.save()
        case "machine":
            return machine()
    return person


ROLES = ("stranger", "observer", "participant", "manager", "manager above", "steward", "machine")


@pytest.mark.parametrize("who", ROLES)
def test_those_who_contribute_propose_and_those_who_lead_settle(lantern, who):
    actor = someone(who, lantern)
    open_one = proposal(lantern, by=someone("participant", lantern))
    may_propose = who not in ("stranger", "observer")
    may_settle = who in ("manager", "manager above", "steward", "machine")

    if may_propose:
        assert start_amendment(lantern, text=AMENDED, by=actor).state == AmendmentState.DRAFT
    else:
        assert code_of(start_amendment, lantern, text=AMENDED, by=actor) == "forbidden"
    if may_settle:
        assert adopt_amendment(open_one, by=actor, reason="Agreed on the call.").number == 2
    else:
        assert code_of(adopt_amendment, open_one, by=actor, reason="Mine.") == "forbidden"
        assert code_of(decline_amendment, open_one, by=actor, reason="No.") == "forbidden"
        assert code_of(withdraw_amendment, open_one, by=actor) == "forbidden"


def test_draft_is_nobodys_business_until_it_is_proposed(lantern):
    ada, ben = join(PersonFactory(name="Ada"), lantern), join(PersonFactory(name="Ben"), lantern)
    before = last_entry()

    written = draft(lantern, by=ada)
    assert facts(lantern, before) == []
    propose_amendment(written, by=ada)

    assert facts(lantern, before) == ["groups.amendment_proposed"]
    assert [(telling.person, telling.kind) for telling in Telling.objects.all()] == [(ben, "groups.amendment_open")]
    assert "Mornings are hard." in Telling.objects.get().text
    assert "There are 2 differences" in Telling.objects.get().text
    assert code_of(propose_amendment, written, by=ada) == "forbidden"  # its text stands now


def test_adopted_amendment_is_the_next_version_with_actor_and_reason(lantern, freeze):
    freeze("2026-11-26T10:00Z")
    ada, chair = join(PersonFactory(name="Ada"), lantern), join(PersonFactory(), lantern, Power.MANAGE)
    open_one = proposal(lantern, by=ada)
    before = last_entry()

    version = adopt_amendment(open_one, by=chair, reason="Agreed on the call of today.")

    assert charter_in_force(lantern) == version
    assert (version.number, version.in_force_from.isoformat(), version.text) == (2, "2026-11-26", AMENDED)
    assert [one["name"] for one in version.reading["objectives"]] == ["Warmth"]
    assert version.reading["name"] == "Lantern Working Group"
    assert facts(lantern, before) == [
        "groups.charter_adopted",
        "groups.amendment_adopted",
        "groups.charter_came_into_force",
    ]
    entry = Entry.objects.get(kind="groups.amendment_adopted")
    assert (entry.actor, entry.detail.words) == (chair, {"reason": "Agreed on the call of today."})
    settled = Telling.objects.filter(kind="groups.amendment_settled")
    assert [telling.person for telling in settled] == [ada]
    assert code_of(adopt_amendment, open_one, by=chair, reason="Again.") == "settled"
    assert code_of(withdraw_amendment, open_one, by=ada) == "settled"


def test_mailing_lists_of_the_group_hear_what_is_proposed_and_adopted_and_no_name(lantern):
    organisation()
    ListAddress.objects.create(
        place=place_of(lantern).key, address="lantern@lists.example.org", confirmed_at=timezone.now()
    )
    ada = join(PersonFactory(name="Ada Proposes"), lantern)
    seated = PersonFactory()
    seat = add_seat(lantern, title="Chair", role=role(lantern, Power.MANAGE), by=system())
    begin_term(seat, seated, how=Begun.ELECTED, by=system())
    settled_later, withdrawn = proposal(lantern, by=ada), proposal(lantern, WITHOUT_OBSERVERS, by=ada)
    adopt_amendment(settled_later, by=seated, reason="Agreed on the call.")
    withdraw_amendment(withdrawn, by=ada)

    letters = list(Letter.objects.filter(recipient="lantern@lists.example.org").order_by("pk"))

    assert [letter.subject for letter in letters] == [
        "Lantern Working Group: a change of the charter is proposed",
        "Lantern Working Group: a change of the charter is proposed",
        "Lantern Working Group: the charter was amended",
    ]
    assert all(letter.text.startswith("Hello,\n") and "Ada" not in letter.text for letter in letters)
    assert "A change of the charter of Lantern Working Group is proposed." in letters[0].text
    assert "Agreed on the call." in letters[2].text
    assert Telling.objects.filter(person=seated, kind="groups.amendment_open").count() == 2


def test_day_in_the_past_and_missing_reason_are_refused(lantern, freeze):
    freeze("2026-11-26T10:00Z")
    chair = join(PersonFactory(), lantern, Power.MANAGE)
    open_one = proposal(lantern)

    assert code_of(adopt_amendment, open_one, by=chair, reason="x", in_force_from=dt.date(2026, 11, 25)) == "past"
    assert code_of(adopt_amendment, open_one, by=chair, reason="  ") == "invalid"
    assert lantern.charters.count() == 1


def test_version_of_a_later_day_comes_into_force_by_itself(lantern, freeze):
    clock = freeze("2026-11-26T10:00Z")
    chair, keoni = join(PersonFactory(), lantern, Power.MANAGE), join(PersonFactory(), lantern, Power.OBSERVE)
    open_one = proposal(lantern, WITHOUT_OBSERVERS)

    adopt_amendment(open_one, by=chair, reason="Agreed.", in_force_from=dt.date(2026, 12, 1))
    bring_charters_into_force.call()
    assert charter_in_force(lantern).number == 1
    assert Participation.objects.get(person=keoni, ended_at=None).role.name == "Observers"

    clock.move_to("2026-12-01T06:00Z", tick=False)
    before = last_entry()
    bring_charters_into_force.call()
    bring_charters_into_force.call()

    assert charter_in_force(lantern).number == 2
    assert Participation.objects.get(person=keoni, ended_at=None).role.name == "Participants"
    assert facts(lantern, before) == [
        "groups.role_left",
        "groups.role_taken",
        "groups.roles_followed_charter",
        "groups.charter_came_into_force",
    ]


def test_holders_of_a_role_that_goes_become_what_was_said_or_leave(lantern):
    ada, chair = join(PersonFactory(), lantern), join(PersonFactory(), lantern, Power.MANAGE)
    keoni = join(PersonFactory(), lantern, Power.OBSERVE)
    written = draft(lantern, WITHOUT_OBSERVERS, by=ada)

    assert code_of(change_amendment, written, by=ada, edition=1, roles_become={"Observers": "Kings"}) == "invalid"
    written = change_amendment(written, by=ada, edition=1, roles_become={"Observers": ""})
    propose_amendment(written, by=ada)
    adopt_amendment(written, by=chair, reason="Agreed.")

    assert not Participation.objects.filter(person=keoni, ended_at=None).exists()
    assert list(lantern.roles.filter(retired_at=None).values_list("name", flat=True)) == ["Managers", "Participants"]


def test_a_manager_cannot_make_managers_by_an_amendment(lantern):
    ada, chair = join(PersonFactory(), lantern), join(PersonFactory(), lantern, Power.MANAGE)
    join(PersonFactory(), lantern, Power.OBSERVE)
    written = draft(lantern, WITHOUT_OBSERVERS, by=ada)
    written = change_amendment(written, by=ada, edition=1, roles_become={"Observers": "Managers"})
    propose_amendment(written, by=ada)

    assert code_of(adopt_amendment, written, by=chair, reason="Mine.") == "forbidden"
    assert lantern.charters.count() == 1
    adopt_amendment(written, by=PersonFactory(is_steward=True), reason="The council appoints them.")
    assert role(lantern, Power.MANAGE).participations.filter(ended_at=None).count() == 2


def test_renamed_role_keeps_its_people_and_power(lantern):
    chair, keoni = join(PersonFactory(), lantern, Power.MANAGE), join(PersonFactory(), lantern, Power.OBSERVE)
    open_one = proposal(lantern, CHARTER.replace("**Observers**", "**Friends**"))

    adopt_amendment(open_one, by=chair, reason="A warmer word.")

    held = Participation.objects.get(person=keoni)
    assert (held.ended_at, held.role.name, held.role.power) == (None, "Friends", "observe")


def test_somebody_leads_even_if_the_charter_names_nobody_any_more(lantern):
    chair = join(PersonFactory(), lantern, Power.MANAGE)
    open_one = proposal(lantern, CHARTER.replace("* **Managers**: Lead the calls and set the agenda.\n", ""))

    adopt_amendment(open_one, by=chair, reason="Flat.")

    assert Participation.objects.get(person=chair).ended_at is None
    assert Role.objects.get(group=lantern, power=Power.MANAGE).retired_at is None


def test_role_that_comes_back_is_the_one_that_was_there(lantern):
    chair = join(PersonFactory(), lantern, Power.MANAGE)
    adopt_amendment(proposal(lantern, WITHOUT_OBSERVERS), by=chair, reason="Go.")

    adopt_amendment(proposal(lantern, CHARTER), by=chair, reason="Come back.")

    assert [(one.name, one.retired_at) for one in lantern.roles.all()] == [
        ("Managers", None), ("Participants", None), ("Observers", None),
    ]  # fmt: skip


def test_proposal_whose_base_was_amended_cannot_be_adopted(lantern):
    chair = join(PersonFactory(), lantern, Power.MANAGE)
    first, second = proposal(lantern), proposal(lantern, WITHOUT_OBSERVERS)
    adopt_amendment(first, by=chair, reason="First.")

    assert code_of(adopt_amendment, second, by=chair, reason="Second.") == "newer_version"
    assert code_of(start_amendment, lantern, text=AMENDED, by=chair, base=1) == "newer_version"
    assert lantern.charters.count() == 2


def test_draft_changed_in_another_window_is_not_overwritten(lantern):
    ada = join(PersonFactory(), lantern)
    written = draft(lantern, by=ada)
    change_amendment(written, by=ada, edition=1, why="From the first window.")

    assert code_of(change_amendment, written, by=ada, edition=1, why="From the second.") == "newer_edition"
    assert Amendment.objects.get().why == "From the first window."


def test_the_charter_as_it_stands_is_no_proposal(lantern):
    ada = join(PersonFactory(), lantern)

    assert code_of(propose_amendment, draft(lantern, CHARTER, by=ada), by=ada) == "no_difference"


def test_question_left_open_is_answered_by_an_amendment_of_the_same_text(db):
    silent = CHARTER.replace("We meet every second Wednesday at 08:00 America/Los_Angeles, starting Wed, Jan 22 2025.",
                             "We meet once a month at 17:00 UTC.")  # fmt: skip
    lantern = group(text=silent)
    ada, chair = join(PersonFactory(), lantern), join(PersonFactory(), lantern, Power.MANAGE)
    written = draft(lantern, silent, by=ada)

    written = change_amendment(written, by=ada, edition=1, answers={"meetings.0.rrule": "FREQ=MONTHLY;BYDAY=1TU"})
    propose_amendment(written, by=ada)
    version = adopt_amendment(written, by=chair, reason="Agreed: the first Tuesday.")

    assert version.reading["meetings"][0]["rrule"] == "FREQ=MONTHLY;BYDAY=1TU"
    assert version.text == silent


def test_needed_question_stands_in_the_way(lantern):
    ada = join(PersonFactory(), lantern)
    written = draft(lantern, OPEN_ZONE, by=ada)

    assert code_of(propose_amendment, written, by=ada) == "open_questions"
    written = change_amendment(written, by=ada, edition=1, answers={"meetings.0.zone": "America/Los_Angeles"})
    propose_amendment(written, by=ada)


def test_answers_are_carried_to_the_next_wording_as_long_as_they_mean_something(db):
    lantern = group(text=OPEN_ZONE, **{"meetings.0.zone": "America/Los_Angeles", "objectives.0.name": "Warm rooms"})
    ada = join(PersonFactory(), lantern)

    same_times = draft(lantern, OPEN_ZONE.replace("## Roles", "## The roles"), by=ada)
    assert same_times.answers == {"meetings.0.zone": "America/Los_Angeles", "objectives.0.name": "Warm rooms"}
    other_days = draft(lantern, OPEN_ZONE.replace("every second Wednesday", "every Wednesday"), by=ada)
    assert other_days.answers == same_times.answers
    other_hour = draft(lantern, OPEN_ZONE.replace("8 am PST", "9 am PST"), by=ada)
    assert other_hour.answers == same_times.answers
    other_zone = draft(lantern, OPEN_ZONE.replace("8 am PST", "9 am CST"), by=ada)
    assert other_zone.answers == {"objectives.0.name": "Warm rooms"}


def test_answers_about_days_are_carried_while_the_days_are_stated_as_before(db):
    silent = CHARTER.replace("We meet every second Wednesday at 08:00 America/Los_Angeles, starting Wed, Jan 22 2025.",
                             "We meet once a month at 17:00 UTC.")  # fmt: skip
    lantern = group(text=silent, **{"meetings.0.rrule": "FREQ=MONTHLY;BYDAY=1TU"})
    ada = join(PersonFactory(), lantern)

    other_time = draft(lantern, silent.replace("17:00", "18:00"), by=ada)
    other_days = draft(lantern, silent.replace("once a month", "twice a month"), by=ada)

    assert (other_time.answers, other_days.answers) == ({"meetings.0.rrule": "FREQ=MONTHLY;BYDAY=1TU"}, {})


def test_discarded_draft_leaves_nothing_and_a_proposal_cannot_be_discarded(lantern):
    ada = join(PersonFactory(), lantern)
    discard_amendment(draft(lantern, by=ada), by=ada)
    assert not Amendment.objects.exists()

    assert code_of(discard_amendment, proposal(lantern, by=ada), by=ada) == "forbidden"


def test_comments_are_for_anybody_signed_in_while_it_is_open(lantern, freeze):
    clock = freeze("2026-11-26T10:00Z")
    ada, chair, stranger = join(PersonFactory(), lantern), join(PersonFactory(), lantern, Power.MANAGE), PersonFactory()
    written = change_amendment(draft(lantern, by=ada), by=ada, edition=1, open_until=dt.date(2026, 12, 1))
    assert code_of(comment_on_amendment, written, by=stranger, text="Early.") == "forbidden"
    written = propose_amendment(written, by=ada)
    before = last_entry()

    comment = comment_on_amendment(written, by=stranger, text="Nine suits me.", clause="meetings")

    assert facts(lantern, before) == ["groups.amendment_commented"]
    assert [t.person for t in Telling.objects.filter(kind="groups.amendment_heard")] == [ada]
    assert code_of(comment_on_amendment, written, by=stranger, text="x", clause="no-such-clause") == "invalid"
    assert code_of(comment_on_amendment, written, by=stranger, text=" \n") == "invalid"
    assert code_of(edit_comment, comment, by=ada, text="Ten suits me.") == "forbidden"
    edit_comment(comment, by=stranger, text="Ten suits me.")
    comment.refresh_from_db()
    assert (comment.text, comment.edited_at is not None) == ("Ten suits me.", True)

    assert code_of(hide_comment, comment, by=stranger, reason="x") == "forbidden"
    assert code_of(hide_comment, comment, by=chair, reason=" ") == "invalid"
    as_another_read_it = type(comment).objects.get(pk=comment.pk)
    hide_comment(comment, by=chair, reason="Off the subject.")
    hide_comment(as_another_read_it, by=chair, reason="Again.")
    assert facts(lantern, before) == ["groups.amendment_commented", "groups.comment_hidden"]
    withdraw_comment(comment, by=stranger)
    clock.move_to("2026-12-02T10:00Z", tick=False)
    assert code_of(comment_on_amendment, written, by=stranger, text="Late.") == "forbidden"


def test_declined_with_its_reason_and_withdrawn_by_its_author(lantern):
    ada, chair = join(PersonFactory(name="Ada"), lantern), join(PersonFactory(), lantern, Power.MANAGE)
    first, second = proposal(lantern, by=ada), proposal(lantern, by=ada)
    before = last_entry()

    assert code_of(decline_amendment, first, by=chair, reason="") == "invalid"
    decline_amendment(first, by=chair, reason="Too early for the west.")
    withdraw_amendment(second, by=ada)

    assert facts(lantern, before) == ["groups.amendment_declined", "groups.amendment_withdrawn"]
    (told,) = Telling.objects.filter(kind="groups.amendment_settled")
    assert (told.person, "Too early for the west." in told.text) == (ada, True)


def adopted_at_once(open_one: Amendment, managers: list) -> list[str]:
    """How two managers fare who adopt the same proposal at the same moment."""
    start, answers = threading.Barrier(2), []

    def run(manager) -> None:
        start.wait()
        try:
            adopt_amendment(open_one, by=manager, reason="Agreed.")
            answers.append("adopted")
        except Refused as refused:
            answers.append(refused.code)
        except Exception as error:  # noqa: BLE001  the database itself refused, which the control counts
            answers.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(manager,)) for manager in managers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_adopt_at_once_make_one_version():
    lantern = group()
    managers = [join(PersonFactory(), lantern, Power.MANAGE) for _ in range(2)]
    open_one = proposal(lantern)

    assert adopted_at_once(open_one, managers) == ["adopted", "settled"]
    assert lantern.charters.count() == 2


@pytest.mark.django_db(transaction=True)
def test_control_without_the_guard_both_believe_they_adopted(monkeypatch):
    """The race above proves something only if this one sees it: no lock, no transaction, both look first."""
    lantern, together = group(), threading.Barrier(2)
    managers = [join(PersonFactory(), lantern, Power.MANAGE) for _ in range(2)]
    open_one = proposal(lantern)

    def held_as_both_see_it(amendment):
        found = Amendment.objects.select_related("group", "base", "by", "version").get(pk=amendment.pk)
        together.wait(timeout=20)
        return found

    monkeypatch.setattr("folkmoot.groups.actions.amending._held", held_as_both_see_it)
    monkeypatch.setattr("folkmoot.groups.actions.amending.record", lambda *args, **kwargs: None)
    monkeypatch.setattr("folkmoot.groups.actions.charters.record", lambda *args, **kwargs: None)
    monkeypatch.setattr("tests.groups.test_amending.adopt_amendment", adopt_amendment.__wrapped__)

    assert adopted_at_once(open_one, managers) != ["adopted", "settled"]


def test_system_may_propose_what_it_started(lantern):
    written = start_amendment(lantern, text=AMENDED, by=system())

    assert propose_amendment(written, by=system()).by is None

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.decisions.actions import (
    Terms,
    answer_objection,
    change_proposal,
    finish_silence,
    lay_again,
    object_to,
    propose_by_silence,
    settle_on_call,
    support_decision,
    take_back_objection,
    withdraw_decision,
)
from folkmoot.decisions.actions.watching import watch_all
from folkmoot.decisions.models import Decision, Silence, Status
from folkmoot.decisions.tasks import watch_silence
from folkmoot.groups.actions import adopt_amendment, change_amendment, end_participation, propose_amendment
from folkmoot.groups.models import Group, GroupState, Power
from folkmoot.groups.queries import charter_in_force, has_power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from tests.decisions.conftest import CHARTER
from tests.factories.amendments import draft, proposal
from tests.factories.decisions import is_over, proposed, recorded, wording
from tests.factories.groups import join
from tests.factories.meetings import actor
from tests.factories.people import PersonFactory
from tests.factories.plan import last_entry, tellings, told_since

pytestmark = pytest.mark.django_db

WHO = ("stranger", "observer", "participant", "manager", "other group's manager", "former manager", "steward")
AMENDED = CHARTER.replace("within 72 hours", "within five working days")


def changed(decision, *, by, **given):
    words = {part: getattr(decision, part) for part in ("title", "text", "rationale", "alternatives")}
    return change_proposal(decision, **{**words, "why": "It was unclear.", "edition": decision.edition, **given}, by=by)


def refusal(act, *args, **given) -> str:
    with pytest.raises(Refused) as refused:
        act(*args, **given)
    return refused.value.code


def test_proposal_runs_as_long_as_the_charter_says_and_everybody_is_told(lantern, ada, ben, cleo):
    before = last_entry()

    made = propose_by_silence(lantern, wording(), by=ben)

    silence = made.silences.get()
    assert (made.label, made.way, made.status, made.proposed_by) == ("2026-1", "silence", "open", ben)
    # The charter says 72 hours. In the far east it is Friday already, so that Saturday is the first whole day.
    assert (silence.days, silence.skips_weekends, silence.skipped) == (3, False, [])
    assert (silence.last_day, silence.ends_at) == (
        dt.date(2026, 11, 30), dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC),
    )  # fmt: skip
    assert told_since(before) == ["decisions.proposed", "decisions.silence_began"]
    assert sorted(tellings()) == [("Ada", "decisions.silence_runs"), ("Cleo", "decisions.silence_runs")]


def test_weekends_and_holidays_are_left_out_and_kept_in_sight(lantern, freeze):
    freeze("2026-12-23T09:00Z")

    made = proposed(lantern, terms=Terms(2, skips_weekends=True, countries=["pt", "GB", "PT"]))

    silence = made.silences.get()
    assert (silence.countries, silence.last_day) == (["GB", "PT"], dt.date(2026, 12, 29))
    assert silence.skipped == [
        {"on": "2026-12-25", "why": "Christmas Day (GB, PT)"},
        {"on": "2026-12-26", "why": "weekend"},
        {"on": "2026-12-27", "why": "weekend"},
        {"on": "2026-12-28", "why": "Boxing Day (observed) (GB)"},
    ]


@pytest.mark.parametrize(
    "terms", [Terms(0), Terms(61), Terms(5, countries=["XX"]), Terms(5, countries=["PT'--"]), Terms(-3)]
)
def test_terms_that_make_no_sense_are_refused_and_nothing_is_half_done(lantern, terms):
    before = last_entry()

    assert refusal(proposed, lantern, terms=terms) == "invalid"
    assert (Decision.objects.count(), told_since(before)) == (0, [])


def test_silence_is_never_shorter_than_the_charter_says(lantern, ben):
    assert refusal(propose_by_silence, lantern, wording(), by=ben, terms=Terms(2, skips_weekends=False)) == "too_short"

    # In the far east it is Friday already: two working days are Monday and Tuesday, three of any kind end on Monday.
    made = propose_by_silence(lantern, wording(), by=ben, terms=Terms(2, skips_weekends=True))

    assert made.silences.get().last_day == dt.date(2026, 12, 1)


@pytest.mark.parametrize("who", WHO)
def test_who_may_propose_object_answer_and_settle(lantern, ben, who):
    made, by = proposed(lantern, by=ben), actor(who, lantern)
    objection = object_to(made, reason="Too bright.", by=ben)
    contributes, leads = who in ("participant", "manager"), who in ("manager", "steward")

    for act, may in (
        (lambda: propose_by_silence(lantern, wording(), by=by), contributes or leads),
        (lambda: support_decision(made, by=by), contributes),
        (lambda: object_to(made, reason="No.", by=by), contributes),
        (lambda: take_back_objection(objection, by=by), False),
        (lambda: answer_objection(objection, answer="Look.", by=by), leads),
        (lambda: changed(made, text="Else.", by=by), leads),
    ):
        if may:
            act()
        else:
            assert refusal(act) == "forbidden"
    Decision.objects.update(status="talk")
    Silence.objects.filter(outcome="running").update(outcome="talk", ended_at=dt.datetime.now(dt.UTC))
    if leads:
        assert settle_on_call(made, status=Status.ADOPTED, by=by).way == "call"
    else:
        assert refusal(settle_on_call, made, status=Status.ADOPTED, by=by) == "forbidden"


def test_when_nobody_objects_it_is_adopted_once_at_the_end_and_not_before(lantern, ada, ben, freeze):
    made, before = proposed(lantern, by=ben), last_entry()
    silence, end = made.silences.get(), is_over(made)
    freeze(end - dt.timedelta(seconds=1))
    assert not finish_silence(silence)
    freeze(end)

    assert [finish_silence(silence), finish_silence(silence)] == [True, False]

    made.refresh_from_db()
    assert (made.status, made.decided_on, made.settled_by) == ("adopted", dt.date(2026, 11, 30), None)
    silence.refresh_from_db()
    assert (silence.outcome, silence.ended_at) == ("adopted", end)
    assert told_since(before) == ["decisions.adopted"]
    assert sorted(tellings())[-2:] == [("Ada", "decisions.silence_runs"), ("Ben", "decisions.is_settled")]
    assert ("Ada", "decisions.is_settled") in tellings()


def test_schedule_settles_reminds_once_and_a_clock_that_jumps_changes_nothing(lantern, ada, ben, cleo, freeze, settle):
    dan, eve = (join(PersonFactory(name=name), lantern) for name in ("Dan", "Eve"))
    made = proposed(lantern, by=ben)
    end = is_over(made)
    Telling.objects.filter(person=ada).update(read_at=made.opened_at)
    support_decision(made, by=eve)
    day, hour = dt.timedelta(days=1), dt.timedelta(hours=1)
    before = last_entry()

    for moment in (end - day, end - day - hour, end - day, end - hour, end, end - hour, end, end + day, end + day):
        freeze(moment)
        watch_silence.enqueue()
        settle()

    soon = [name for name, kind in tellings() if kind == "decisions.silence_ends_soon"]
    settled = sorted(name for name, kind in tellings() if kind == "decisions.is_settled")
    assert soon == ["Dan"]
    assert settled == ["Ada", "Ben", "Cleo", "Dan", "Eve"]
    assert dan.tellings.filter(kind__startswith="decisions.").count() == 3
    assert [kind for kind in told_since(before) if kind.startswith("decisions.")] == ["decisions.adopted"]


def test_objection_waits_for_an_answer_and_stands_until_taken_back(lantern, ada, ben, freeze):
    made, before = proposed(lantern, by=ben), last_entry()

    objection = object_to(made, reason=" Too bright. ", by=ada)
    answer_objection(objection, answer="There are shades.", by=ben)

    assert told_since(before) == ["decisions.objection_raised", "decisions.objection_answered"]
    assert tellings()[-2:] == [("Ben", "decisions.objection_is_raised"), ("Ada", "decisions.objection_is_answered")]
    assert Entry.objects.latest("pk").payload == {
        "decision_id": made.pk, "label": "2026-1", "objection_id": objection.pk,
    }  # fmt: skip
    assert refusal(object_to, made, reason="Again.", by=ada) == "objected"
    assert refusal(support_decision, made, by=ada) == "objected"
    assert refusal(answer_objection, objection, answer="And more.", by=ben) == "answered"
    freeze(is_over(made))
    assert watch_all() == 1
    made.refresh_from_db()
    assert made.status == "talk"
    assert told_since(before)[2:] == ["decisions.silence_broken"]
    assert tellings()[-2:] == [("Ben", "decisions.needs_talk"), ("Ada", "decisions.needs_talk")]


def test_unanswered_objection_stands_in_the_way_as_well(lantern, ada, freeze):
    made = proposed(lantern)
    object_to(made, reason="No.", by=ada)
    freeze(is_over(made))

    watch_all()

    made.refresh_from_db()
    assert made.status == "talk"


def test_objection_that_was_taken_back_stands_in_nobodys_way(lantern, ada, ben, freeze):
    made = proposed(lantern, by=ben)
    objection = object_to(made, reason="No.", by=ada)
    before = last_entry()
    take_back_objection(objection, by=ada)
    take_back_objection(objection, by=ada)
    assert told_since(before) == ["decisions.objection_taken_back"]
    assert tellings()[-1] == ("Ben", "decisions.objection_is_taken_back")
    freeze(is_over(made))

    watch_all()

    made.refresh_from_db()
    assert made.status == "adopted"


def test_late_or_empty_objections_are_refused(lantern, ada, freeze):
    made = proposed(lantern)
    assert refusal(object_to, made, reason=" \n", by=ada) == "reason_needed"
    freeze(is_over(made))

    assert refusal(object_to, made, reason="Late.", by=ada) == "over"
    assert refusal(support_decision, made, by=ada) == "over"
    assert refusal(changed, made, text="Else.", by=ada) == "over"


def test_another_text_begins_anew_and_the_objection_stands_still(lantern, ada, ben, freeze):
    made = proposed(lantern, by=ben, terms=Terms(4, skips_weekends=False))
    support_decision(made, by=ben)
    object_to(made, reason="No.", by=ada)
    freeze("2026-11-28T12:00Z")
    before = last_entry()

    changed(made, text="The lights go out at ten.", by=ben)

    first, second = made.silences.all()
    assert (first.outcome, second.outcome, second.days, second.skips_weekends) == ("restarted", "running", 4, False)
    assert second.last_day == dt.date(2026, 12, 3)
    assert [(one.part, one.was, one.why) for one in made.revisions.all()] == [
        ("text", wording().text, "It was unclear.")
    ]
    assert (made.supports.count(), made.objections.filter(withdrawn_at=None).count()) == (0, 1)
    assert told_since(before) == ["decisions.corrected", "decisions.silence_began"]
    assert tellings()[-1] == ("Ada", "decisions.silence_runs")
    made.refresh_from_db()
    assert refusal(changed, made, edition=1, text="Mine.", by=ben) == "newer_edition"
    assert refusal(changed, made, by=ben) == "unchanged"


def test_words_beside_the_text_change_without_a_new_period(lantern, ben):
    made = proposed(lantern, by=ben)

    changed(made, rationale="People fell.", by=ben)

    assert made.silences.count() == 1
    assert [one.part for one in made.revisions.all()] == ["rationale"]


def test_what_needed_talking_about_can_be_laid_again_once_nobody_objects(lantern, ada, ben, freeze):
    made = proposed(lantern, by=ben)
    assert refusal(lay_again, made, by=ben) == "conflict"
    objection = object_to(made, reason="No.", by=ada)
    freeze(is_over(made))
    watch_all()
    assert refusal(lay_again, made, by=ben) == "objection_stands"
    take_back_objection(objection, by=ada)

    lay_again(made, by=ben)

    freeze(is_over(made))
    watch_all()
    made.refresh_from_db()
    assert (made.status, made.silences.count()) == ("adopted", 2)


def test_call_settles_what_needed_talking_about_and_never_cuts_the_time_short(lantern, ada, freeze):
    made = proposed(lantern)
    object_to(made, reason="No.", by=ada)
    assert refusal(settle_on_call, made, status=Status.ADOPTED, by=ada) == "still_runs"
    freeze(is_over(made))
    watch_all()
    assert refusal(settle_on_call, made, status=Status.DECLINED, reason=" ", by=ada) == "reason_needed"

    settled = settle_on_call(made, status=Status.DECLINED, reason="The shades cost too much.", by=ada)

    assert (settled.status, settled.way, settled.reason) == ("declined", "call", "The shades cost too much.")


def test_withdrawing_ends_the_silence_for_good(lantern, ada, ben, freeze):
    made, before = proposed(lantern, by=ben), last_entry()
    end = is_over(made)

    withdraw_decision(made, reason="Another time.", by=ben)

    freeze(end)
    assert watch_all() == 0
    made.refresh_from_db()
    assert (made.status, made.silences.get().outcome) == ("withdrawn", "stopped")
    assert told_since(before) == ["decisions.settled"]
    assert tellings()[-1] == ("Ada", "decisions.is_settled")
    assert refusal(withdraw_decision, made, reason="Again.", by=ben) == "settled"


def test_proposer_who_has_left_the_group_steers_it_no_more(lantern, ben):
    made = proposed(lantern, by=ben)
    end_participation(ben.participations.get(), by=system(), force=True)

    assert refusal(withdraw_decision, made, reason="Mine.", by=ben) == "forbidden"


def test_amendment_is_adopted_when_the_silence_ends(lantern, ada, ben, freeze):
    amendment = proposal(lantern, AMENDED, by=ben)
    made = proposed(lantern, by=ben, amendment=amendment)
    assert refusal(proposed, lantern, amendment=amendment) == "conflict"
    freeze(is_over(made))

    watch_all()

    amendment.refresh_from_db()
    assert (amendment.state, amendment.reason) == ("adopted", "Decision 2026-1: Lights stay on")
    assert charter_in_force(lantern).number == 2


@pytest.mark.parametrize("who", ["participant", "manager", "steward"])
def test_silence_appoints_nobody_whom_its_proposer_may_not_appoint(lantern, ben, cleo, freeze, who):
    """Consent to an amendment must not make its author's friends managers, as a manager's own adoption must not."""
    by = ben if who == "participant" else actor(who, lantern)
    written = draft(lantern, CHARTER.replace("* **Observers**: Follow without having to contribute.\n", ""), by=ben)
    written = change_amendment(written, by=ben, edition=1, roles_become={"Observers": "Managers"})
    made = proposed(lantern, by=by, amendment=propose_amendment(written, by=ben))
    freeze(is_over(made))

    watch_all()

    made.refresh_from_db()
    leads = has_power(cleo, lantern, Power.MANAGE)
    assert (made.status, leads, lantern.charters.count()) == (
        ("adopted", True, 2) if who == "steward" else ("talk", False, 1)
    )


def test_decision_that_cannot_be_put_into_effect_any_more_needs_talking_about(lantern, ada, ben, freeze):
    old = recorded(lantern)
    amendment = proposal(lantern, AMENDED, by=ben)
    other = proposed(lantern, by=ben, supersedes=old)
    made = proposed(lantern, by=ben, amendment=amendment)
    adopt_amendment(amendment, by=ada, reason="On the call.")
    recorded(lantern, supersedes=old)
    freeze(is_over(made))
    before = last_entry()

    watch_all()

    for one, words in ((made, "This amendment is adopted; there is nothing left"), (other, "Decision 2026-1 does not")):
        one.refresh_from_db()
        assert (one.status, one.decided_on, one.reason[: len(words)]) == ("talk", None, words)
    assert told_since(before) == ["decisions.silence_broken", "decisions.silence_broken"]


def test_closed_group_decides_nothing_and_takes_no_writes(lantern, ada, ben, freeze):
    made = proposed(lantern, by=ben)
    objection = object_to(made, reason="No.", by=ada)
    Group.objects.update(state=GroupState.CLOSED)
    for act in (
        lambda: proposed(lantern),
        lambda: object_to(made, reason="No.", by=ben),
        lambda: answer_objection(objection, answer="Look.", by=ben),
        lambda: take_back_objection(objection, by=ada),
        lambda: withdraw_decision(made, reason="So.", by=ben),
        lambda: changed(made, text="Else.", by=ben),
        lambda: recorded(lantern),
    ):
        assert refusal(act) == "forbidden"
    freeze(is_over(made))

    assert watch_all() == 1

    made.refresh_from_db()
    assert (made.status, made.reason) == ("withdrawn", "The group was closed.")

"""Motions: put, amended, handed on, taken back, and who may do so."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.decisions import actions
from folkmoot.decisions.domain.paragraphs import Change
from folkmoot.decisions.models import MotionAmendment
from folkmoot.groups.actions.structure import close_group, set_parent
from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.notices.models import Telling
from tests.factories.amendments import proposal
from tests.factories.groups import group, join
from tests.factories.motions import LAST_DAY, TEXT, VOTING, council, motion, opened, vote
from tests.factories.people import PersonFactory
from tests.factories.plan import last_entry, told_since

pytestmark = pytest.mark.django_db

END = dt.datetime(2026, 12, 4, 12, tzinfo=dt.UTC)  # the third of December is over anywhere on Earth


@pytest.fixture
def here(clock):
    return council()


def refusal(act) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def told(kind: str) -> list[str]:
    return sorted(Telling.objects.filter(kind=f"decisions.{kind}").values_list("person__name", flat=True))


# Putting and amending


def test_motion_is_numbered_in_its_year_and_open_for_amendments(here):
    before = last_entry()

    first, second = motion(here.group, by=here.ben), motion(here.group, by=here.ada)

    assert (first.decision.label, second.decision.label) == ("2026-1", "2026-2")
    assert (first.state, first.decision.status, first.decision.way) == ("amending", "open", "motion")
    assert told_since(before) == ["decisions.motion_put"] * 2
    assert told("motion_is_open") == ["Ada", "Ben", "Cleo", "Cleo", "Dan", "Dan", "Eve", "Eve"]


def test_accepted_amendments_change_the_text_and_declined_ones_do_not(here):
    put = motion(here.group, by=here.ben)
    price = actions.amend_motion(put, by=here.cleo, change=Change.REPLACE, paragraph=2, text="It costs up to 60 euros.")
    gone = actions.amend_motion(put, by=here.dan, change=Change.DELETE, paragraph=3, why="Cleo has one.")
    more = actions.amend_motion(put, by=here.dan, change=Change.INSERT, paragraph=3, text="Cleo brings it.")

    actions.answer_amendment(price, by=here.ben, accept=True)
    actions.answer_amendment(gone, by=here.ada, accept=False, reason="Ben knows more about lamps.")
    actions.answer_amendment(more, by=here.ben, accept=True)

    put.decision.refresh_from_db()
    assert put.decision.text == "We buy a lamp.\n\nIt costs up to 60 euros.\n\nBen looks for one.\n\nCleo brings it."
    assert list(put.amendments.values_list("state", flat=True)) == ["accepted", "declined", "accepted"]
    assert told("motion_amendment_waits") == ["Ada", "Ada", "Ada", "Ben", "Ben", "Ben"]
    answers = Telling.objects.filter(kind="decisions.motion_amendment_was_answered").order_by("pk")
    assert [(one.person.name, one.subject) for one in answers] == [
        ("Cleo", "Your amendment of motion 2026-1 was accepted: A lamp"),
        ("Dan", "Your amendment of motion 2026-1 was declined: A lamp"),
        ("Dan", "Your amendment of motion 2026-1 was accepted: A lamp"),
    ]
    assert answers[0].text == (
        "Hello Cleo,\n\nyour amendment at paragraph 2 of motion 2026-1, A lamp, was accepted. "
        "It is part of the text now."
    )
    assert answers[1].text.endswith("was declined.\n\nWhy: Ben knows more about lamps.")


def test_two_amendments_of_one_paragraph_clash_until_one_is_declined(here):
    put = motion(here.group)
    one, other = (
        actions.amend_motion(put, by=here.ben, change=Change.REPLACE, paragraph=2, text=words) for words in ("A", "B")
    )
    actions.answer_amendment(one, by=here.ada, accept=True)

    assert refusal(lambda: actions.answer_amendment(other, by=here.ada, accept=True)) == "conflict"
    actions.answer_amendment(one, by=here.ada, accept=False, reason="B is better.")
    actions.answer_amendment(other, by=here.ada, accept=True)
    put.decision.refresh_from_db()
    assert put.decision.text.split("\n\n")[1] == "B"


def test_amendments_that_make_no_sense_are_refused(here):
    put = motion(here.group)

    def amend(change=Change.REPLACE, paragraph=1, text="x"):
        return lambda: actions.amend_motion(put, by=here.ben, change=change, paragraph=paragraph, text=text)

    assert [
        refusal(amend(paragraph=4)),
        refusal(amend(paragraph=0)),
        refusal(amend(text="  ")),
        refusal(amend(text="We buy a lamp.")),
        refusal(amend(Change.INSERT, 4)),
    ] == ["no_such_paragraph", "no_such_paragraph", "invalid", "no_difference", "no_such_paragraph"]
    only = motion(here.group, text="One paragraph.")
    gone = actions.amend_motion(only, by=here.ben, change=Change.DELETE, paragraph=1)
    assert refusal(lambda: actions.answer_amendment(gone, by=here.ada, accept=True)) == "invalid"


def test_nobody_is_told_of_their_own_answer_to_their_own_amendment(here):
    put = motion(here.group, by=here.ben)
    own = actions.amend_motion(put, by=here.ben, change=Change.DELETE, paragraph=1)

    actions.answer_amendment(own, by=here.ben, accept=True)

    assert told("motion_amendment_was_answered") == []


def test_own_amendment_is_withdrawn_while_nobody_answered_it(here):
    put = motion(here.group)
    made = actions.amend_motion(put, by=here.ben, change=Change.DELETE, paragraph=1)

    assert refusal(lambda: actions.withdraw_motion_amendment(made, by=here.ada)) == "forbidden"
    actions.withdraw_motion_amendment(made, by=here.ben)
    assert refusal(lambda: actions.answer_amendment(made, by=here.ada, accept=True)) == "answered"


def test_mover_changes_the_words_until_somebody_amends_them(here):
    put = motion(here.group, by=here.ben)
    words = {"title": "Two lamps", "text": "We buy two lamps.", "rationale": ""}

    actions.change_motion(put, by=here.ben, **words, edition=1)

    put.refresh_from_db()
    assert (put.text, put.decision.title) == ("We buy two lamps.", "Two lamps")
    assert refusal(lambda: actions.change_motion(put, by=here.ben, **words, edition=1)) == "newer_edition"
    actions.amend_motion(put, by=here.dan, change=Change.REPLACE, paragraph=1, text="Three.")
    assert refusal(lambda: actions.change_motion(put, by=here.ben, **words, edition=2)) == "amended"


def test_somebody_else_seconds(here):
    put = motion(here.group, by=here.ben)

    assert refusal(lambda: actions.second_motion(put, by=here.ben)) == "forbidden"
    actions.second_motion(put, by=here.dan)
    actions.second_motion(put, by=here.dan)
    assert refusal(lambda: actions.second_motion(put, by=here.cleo)) == "forbidden"
    put.refresh_from_db()
    assert put.seconder == here.dan


# Handing on and taking back


def test_motion_is_referred_to_the_group_above_and_both_name_each_other(here):
    above = group("Steering Committee")
    lead = join(PersonFactory(name="Lou"), above, Power.MANAGE)
    put = opened(here.group, by=here.ben)
    elsewhere = group("Other Group")
    assert refusal(lambda: actions.refer_motion(put, elsewhere, by=here.ada, why="Money.")) == "forbidden"
    set_parent(here.group, above, by=system())
    put.decision.group.refresh_from_db()
    before = last_entry()

    made = actions.refer_motion(put, above, by=here.ada, why="It costs money.")

    put.refresh_from_db()
    assert (put.state, put.decision.status, put.referral, made.origin) == ("referred", "referred", made, put)
    assert (made.decision.group, made.state, made.text) == (above, "amending", TEXT)
    assert told_since(before) == ["decisions.settled", "decisions.motion_referred", "decisions.motion_put"]
    assert told("motion_was_referred") == ["Ben", "Lou"]
    assert refusal(lambda: vote(put, "approve", here.ben)) == "forbidden"
    before = last_entry()
    actions.open_vote(made, closes_on=LAST_DAY, by=lead)
    vote(made, "approve", lead)
    actions.settle_vote(made, by=lead)
    assert told_since(before)[-1] == "decisions.referral_settled"


def test_change_of_the_charter_is_not_referred(here):
    above = group("Steering Committee")
    set_parent(here.group, above, by=system())
    put = motion(here.group, amendment=proposal(here.group, VOTING.replace("08:00", "09:00"), by=here.ben))

    assert refusal(lambda: actions.refer_motion(put, above, by=here.ada, why="x")) == "charter"


def test_withdrawn_motion_takes_no_positions(here):
    put = opened(here.group, by=here.ben)

    actions.withdraw_motion(put, by=here.ben, reason="Cleo gave us a lamp.")

    put.refresh_from_db()
    assert (put.state, put.decision.status, put.decision.reason) == ("withdrawn", "withdrawn", "Cleo gave us a lamp.")
    assert told("motion_was_withdrawn") == ["Ada", "Cleo", "Dan", "Eve"]
    assert refusal(lambda: vote(put, "approve", here.ada)) == "forbidden"
    assert refusal(lambda: actions.withdraw_motion(put, by=here.ben, reason="x")) == "settled"


def test_closed_group_counts_and_takes_nothing(here, freeze):
    put = opened(here.group)
    close_group(here.group, why="Done.", by=system())
    freeze(END)

    assert actions.settle_due() == 0
    assert refusal(lambda: vote(put, "approve", here.ben)) == "forbidden"
    assert refusal(lambda: motion(here.group, by=here.ben)) == "forbidden"


# Who may


ACTS = {
    "put": lambda here, put, by: motion(here.group, by=by),
    "amend": lambda here, put, by: actions.amend_motion(put, by=by, change=Change.DELETE, paragraph=1),
    "answer": lambda here, put, by: actions.answer_amendment(
        MotionAmendment.objects.create(
            motion=put, number=9, change="delete", paragraph=1, at=put.decision.opened_at
        ), by=by, accept=True
    ),
    "second": lambda here, put, by: actions.second_motion(put, by=by),
    "open": lambda here, put, by: actions.open_vote(put, closes_on=LAST_DAY, by=by),
    "withdraw": lambda here, put, by: actions.withdraw_motion(put, by=by, reason="x"),
}  # fmt: skip
MAY = {
    "put": {"ada", "ben", "dan"},
    "amend": {"ada", "ben", "dan"},
    "answer": {"ada", "ben"},
    "second": {"ada", "dan"},
    "open": {"ada"},
    "withdraw": {"ada", "ben"},
}


@pytest.mark.parametrize("what", ACTS)
def test_who_may_do_what(here, what):
    here.stranger = PersonFactory()

    def may(who: str) -> bool:
        put = motion(here.group, by=here.ben)
        try:
            ACTS[what](here, put, getattr(here, who))
        except Refused as refused:
            assert refused.code == "forbidden"
            return False
        return True

    assert {who for who in ("ada", "ben", "dan", "eve", "stranger") if may(who)} == MAY[what]

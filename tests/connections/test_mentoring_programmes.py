"""Programmes are set up, people apply on both sides, and two are brought together when both say yes."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.utils import timezone

from folkmoot.connections.actions.interests import forget_apart, keep_apart
from folkmoot.connections.actions.mentoring import (
    ApplicationWords,
    ProgrammeWords,
    apply_for_mentoring,
    change_programme,
    make_programme,
    withdraw_application,
)
from folkmoot.connections.actions.mentoring_matching import answer_pairing, ask_pairs
from folkmoot.connections.domain.mentoring import Why
from folkmoot.connections.domain.mentoring_terms import Term
from folkmoot.connections.mentoring_words import reason_words, why_nobody_words
from folkmoot.connections.models.mentoring import MentorPair, PairState
from folkmoot.connections.models.mentoring_programmes import (
    ForWhom,
    MentoringApplication,
    MentoringProgramme,
    MentorWish,
    Side,
)
from folkmoot.connections.queries.interests import interests_of
from folkmoot.connections.queries.mentoring import mentors_who_show_themselves
from folkmoot.connections.queries.mentoring_matching import matching_of
from folkmoot.connections.rules.mentoring import (
    may_apply,
    may_bring_together,
    may_change_programme,
    may_make_programme,
    may_run_programme,
)
from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.organisation.queries import today_here
from folkmoot.people.actions import change_profile, state_comfortable_hours
from folkmoot.people.actions.hours import StatedHours
from folkmoot.people.actions.profiles import Affiliated, ProfileWords
from tests.factories.connections.mentoring import mentee, mentor, pair, programme, told
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
NOON = "2026-11-23T12:00Z"


@pytest.fixture(autouse=True)
def clock(freeze):
    clock = freeze(NOON)
    organisation()
    return clock


@pytest.fixture
def lantern(clock):
    return group()


@pytest.fixture
def ada(lantern):
    return join(PersonFactory(name="Ada"), lantern, Power.MANAGE)


def words(**changed) -> ProgrammeWords:
    today = today_here()
    days = {"opens_on": 0, "closes_on": 14, "starts_on": 21, "ends_on": 203}
    days |= {name: changed.pop(name) for name in list(changed) if name in days}
    return ProgrammeWords(
        "Lanterns", "To find the way.", Term(**{name: today + timedelta(days=n) for name, n in days.items()}), **changed
    )


def matching(of):
    return matching_of(of, now=timezone.now())


def test_programme_is_set_up_and_changed_and_days_that_cannot_be_are_said_in_words(lantern, ada):
    made = make_programme(lantern, words(for_whom=ForWhom.GROUP), by=ada)

    changed = change_programme(made, words(for_whom=ForWhom.GROUP, weeks=3), by=ada)
    change_programme(made, words(for_whom=ForWhom.GROUP, weeks=3), by=ada)

    assert (changed.weeks, changed.made_by) == (3, ada)
    kinds = Entry.objects.filter(kind__startswith="connections.").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["connections.mentoring_planned", "connections.mentoring_changed"]
    for odd, field, said in (
        ({"closes_on": -3}, "closes_on", "close before they open"),
        ({"starts_on": 14}, "starts_on", "while applications are open"),
        ({"ends_on": 30}, "ends_on", "four weeks"),
    ):
        with pytest.raises(Refused, match=said) as refused:
            make_programme(lantern, words(**odd), by=ada)
        assert (refused.value.code, refused.value.params["field"]) == ("invalid", field)
    with pytest.raises(Refused, match="for everybody"):
        make_programme(None, words(for_whom=ForWhom.GROUP), by=system())


def test_who_may_do_what(lantern, ada):
    ben, eve, steward = join(PersonFactory(), lantern), PersonFactory(), PersonFactory(is_steward=True)
    of_group, of_all = programme("open", lantern, for_whom="group"), programme("matching")
    today = today_here()

    def can(person) -> str:
        return "".join(
            letter if verdict else "-"
            for letter, verdict in (
                ("m", may_make_programme(person, lantern)),
                ("M", may_make_programme(person, None)),
                ("r", may_run_programme(person, of_group)),
                ("R", may_run_programme(person, of_all)),
                ("c", may_change_programme(person, of_group, on=today)),
                ("a", may_apply(person, of_group, on=today)),
                ("b", may_bring_together(person, of_group, on=today)),
                ("B", may_bring_together(person, of_all, on=today)),
            )
        )

    assert [can(one) for one in (None, eve, ben, ada, steward)] == [
        "--------", "--------", "-----a--", "m-r-ca--", "mMrRc--B",
    ]  # fmt: skip
    assert "same chance" in may_bring_together(ada, of_group, on=today).reason


def test_people_apply_change_and_withdraw_while_applications_are_open(clock, lantern):
    of = programme("open", lantern)
    ann, ben = PersonFactory(name="Ann"), PersonFactory(name="Ben")
    offered = apply_for_mentoring(
        of, Side.MENTOR, ApplicationWords(("Maps", "Tests"), "Gladly.", ("en", "pt-PT"), room=2, shows=True), by=ann
    )

    wished = apply_for_mentoring(of, Side.MENTEE, ApplicationWords(("maps",), wishes=(offered.pk,)), by=ben)
    again = apply_for_mentoring(of, Side.MENTEE, ApplicationWords(("Docs",), "To write.", wishes=(offered.pk,)), by=ben)

    assert (again.pk, again.words, again.room) == (wished.pk, "To write.", 0)
    assert list(interests_of([ben.pk])[ben.pk].learns) == ["docs"]
    assert mentors_who_show_themselves(of, to=ben) == [offered]
    apply_for_mentoring(of, Side.MENTOR, ApplicationWords(("Maps",), shows=False), by=ann)
    assert not MentorWish.objects.exists(), "who does not show themselves any more cannot be wished for"
    for given, said in (
        ((), "one thing you want to learn"),
        ((f"{ann.pk}",), "not among the mentors"),
    ):
        wishes = (offered.pk,) if given else ()
        with pytest.raises(Refused, match=said):
            apply_for_mentoring(of, Side.MENTEE, ApplicationWords(given, wishes=wishes), by=ben)
    with pytest.raises(Refused, match="one to 2 people"):
        apply_for_mentoring(of, Side.MENTOR, ApplicationWords(("Maps",), room=3), by=ann)
    with pytest.raises(Refused, match="no language"):
        apply_for_mentoring(of, Side.MENTOR, ApplicationWords(("Maps",), languages=("xx",)), by=ann)
    withdraw_application(of, Side.MENTOR, by=ann)
    assert list(of.applications.values_list("person", flat=True)) == [ben.pk]

    clock.shift(timedelta(days=15))

    with pytest.raises(Refused, match="stays as it is"):
        withdraw_application(of, Side.MENTEE, by=ben)


def test_suggestions_say_why_in_a_sentence_without_anything_private(lantern, django_assert_num_queries):
    of = programme("matching", lantern)
    ann, ben = PersonFactory(name="Ann"), PersonFactory(name="Ben")
    for person, works_for in ((ann, "Harmattan"), (ben, "Two Rivers")):
        change_profile(
            person,
            ProfileWords(
                name=person.name,
                zone=person.zone,
                affiliations=(Affiliated(organisation=works_for),),
                seen={"affiliations": "signed_in"},
            ),
            by=person,
        )
    offer = mentor(of, ann, "Maps", "Docs", languages=["pt-BR", "en"], shows=True)
    wish = mentee(of, ben, "Reading maps", "maps", "docs", languages=["pt-PT", "fr"])
    MentorWish.objects.create(mentee=wish, mentor=offer, place=1)
    lone = mentee(of, PersonFactory(name="Eve"), "Knots")

    with django_assert_num_queries(7):
        found = matching(of)

    assert [(line.mentee, line.why) for line in found.lines] == [(wish, None), (lone, Why.NOBODY_KNOWS)]
    assert reason_words(found.suggested[0]) == (
        "Ann can help with “docs” and “maps”, 12 hours of a weekday suit both, both speak Portuguese and they work for "
        "different organisations."
    )
    for _one in range(3):
        mentee(of, PersonFactory(), "docs")
    with django_assert_num_queries(7):
        matching(of)


def test_without_a_language_or_hours_in_common_nobody_is_suggested(lantern):
    of = programme("matching", lantern)
    mentor(of, PersonFactory(), languages=["de"])
    early = mentor(of, languages=["en"]).person
    state_comfortable_hours(early, StatedHours((time(3), time(6))), by=early)
    waits = mentee(of, PersonFactory(zone="Europe/Lisbon"), languages=["en"])

    (line,) = matching(of).lines

    assert (line.mentee, line.why, line.others) == (waits, Why.NO_SHARED_HOURS, ())


def test_those_kept_apart_are_never_brought_together_and_nothing_tells_that(lantern, ada):
    """The page, the refusal and the choice are the same as where the two were asked before, or the mentor is taken."""
    of = programme("matching", lantern)
    offer, wish = mentor(of, PersonFactory(name="Ann"), shows=True), mentee(of, PersonFactory(name="Ben"))
    (before,) = matching(of).lines
    assert before.suggested.mentor == offer

    keep_apart(offer.person, wish.person)
    (line,) = matching(of).lines
    refused = ask_pairs(of, [(offer.pk, wish.pk)], by=ada)

    assert (line.suggested, line.others, refused.pairs, refused.left) == (None, (), (), 1)
    assert why_nobody_words(line.why) == why_nobody_words(Why.NO_SHARED_HOURS)
    assert mentors_who_show_themselves(of, to=wish.person) == [offer], "the list is the same as for everybody"
    assert mentors_who_show_themselves(of, to=offer.person) == []
    forget_apart(offer.person, wish.person)
    pair(offer, wish, "unmade")
    (asked_before,) = matching(of).lines
    assert (asked_before.suggested, asked_before.why, asked_before.others) == (None, line.why, line.others)
    assert ask_pairs(of, [(offer.pk, wish.pk)], by=ada) == refused
    keep_apart(wish.person, offer.person)
    assert mentors_who_show_themselves(of, to=wish.person) == [], "whom one keeps apart from oneself one need not read"


def test_both_are_asked_and_are_a_pair_when_both_say_yes(clock, lantern, ada):
    of = programme("matching", lantern)
    offer, wish = mentor(of), mentee(of)

    (made,) = ask_pairs(of, [(offer.pk, wish.pk)], by=ada).pairs
    answer_pairing(made, True, by=offer.person)
    answer_pairing(made, True, by=offer.person)
    half = MentorPair.objects.get()
    answer_pairing(made, True, by=wish.person)

    running = MentorPair.objects.get()
    assert (half.state, running.state, running.began_on) == (PairState.ASKED, PairState.RUNNING, of.starts_on)
    assert told(offer.person) == told(wish.person) == ["mentor_pair_asked", "mentor_pair_begins"]
    assert Entry.objects.filter(kind="connections.mentor_pair_began").count() == 1
    assert answer_pairing(made, True, by=wish.person).state == PairState.RUNNING
    for code, by in (("not_found", ada), ("answered", wish.person)):
        with pytest.raises(Refused) as refused:
            answer_pairing(made, False, by=by)
        assert refused.value.code == code


@pytest.mark.parametrize("tells", [False, True])
def test_saying_no_is_private_and_a_reason_is_kept_only_for_those_who_run_it(lantern, ada, tells):
    of = programme("matching", lantern)
    offer, wish, another = mentor(of), mentee(of), mentor(of)
    (made,) = ask_pairs(of, [(offer.pk, wish.pk)], by=ada).pairs

    answer_pairing(made, False, by=wish.person, reason="Too far away.", tells=tells)

    made.refresh_from_db()
    assert (made.state, made.reason, made.reason_by) == (
        PairState.UNMADE, *(("Too far away.", wish.person) if tells else ("", None)),
    )  # fmt: skip
    assert (told(offer.person), told(wish.person)) == (
        ["mentor_pair_asked", "mentor_pair_unmade"],
        ["mentor_pair_asked"],
    )
    entry = Entry.objects.get(kind="connections.mentor_pair_unmade")
    assert (entry.actor, entry.about) == (None, None)
    (line,) = matching(of).lines
    assert line.suggested.mentor == another, "the same two are not suggested again"


def test_mentors_never_have_more_than_they_said_and_mentees_never_two(lantern, ada):
    of = programme("matching", lantern)
    small, large = mentor(of, room=1), mentor(of, room=2)
    one, two, three = (mentee(of) for _n in range(3))

    asked = ask_pairs(
        of,
        [(small.pk, one.pk), (small.pk, two.pk), (large.pk, one.pk), (large.pk, two.pk), (large.pk, three.pk)],
        by=ada,
    )

    assert [(each.mentor, each.mentee, each.place) for each in asked.pairs] == [
        (small, one, 1), (large, two, 1), (large, three, 2),
    ]  # fmt: skip
    assert asked.left == 2
    backwards = ask_pairs(of, [(one.pk, small.pk), (0, 1)], by=ada)
    assert (backwards.pairs, backwards.left) == ((), 2)
    MentoringApplication.objects.filter(pk=one.pk).update(in_pool=False)
    with pytest.raises(Refused, match="Only a manager"):
        ask_pairs(of, [], by=one.person)


def test_applications_do_not_open_once_more_after_people_were_asked(lantern, ada):
    of = programme("matching", lantern)
    ask_pairs(of, [(mentor(of).pk, mentee(of).pk)], by=ada)

    with pytest.raises(Refused) as refused:
        change_programme(of, words(), by=ada)

    assert refused.value.code == "has_pairs"


def test_mentor_takes_no_more_than_the_programme_allows_by_now(lantern):
    ada, of = join(PersonFactory(), lantern, Power.MANAGE), programme("matching", lantern, most_each=2)
    offer, wishes = mentor(of, room=2), [mentee(of) for _n in range(2)]
    MentoringProgramme.objects.update(most_each=1)
    of.refresh_from_db()

    suggested = matching_of(of, now=timezone.now()).suggested
    asked = ask_pairs(of, [(offer.pk, wish.pk) for wish in wishes], by=ada)

    assert (len(suggested), len(asked.pairs), asked.left) == (1, 1, 1)


def test_application_of_a_pair_stays_when_a_clock_goes_back(lantern):
    of = programme("open", lantern)
    offer = mentor(of)
    pair(offer, mentee(of), "unmade")

    with pytest.raises(Refused) as refused:
        withdraw_application(of, Side.MENTOR, by=offer.person)

    assert (refused.value.code, of.applications.count()) == ("has_pairs", 2)

"""Seats without a vote, surveys without names: who may, what happens, what is kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from folkmoot.governance.actions.kinds import answer_offer, offer_seat, say_vacancy_rule, take_offer_back
from folkmoot.governance.actions.kinds_surveys import answer_survey, ask_body
from folkmoot.governance.domain.empty_seats import Way
from folkmoot.governance.models.elections import ElectionStage, ElectionState, Stage
from folkmoot.governance.models.kinds import AppointmentStep, SeatAppointment, Survey, SurveyAnswer, SurveyAnswered
from folkmoot.governance.queries.kinds import body_of, empty_seats, found_by
from folkmoot.governance.tasks.kinds import keep_surveys
from folkmoot.groups.actions.seats import add_seat, begin_term, end_term
from folkmoot.groups.models import Begun, Ended, Power, Term
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from folkmoot.people.actions import erase_person, name_steward
from folkmoot.people.models import Seen
from folkmoot.people.models.profiles import Profile
from tests.factories.governance.elections import made_election
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


class Cast:
    """A group with a seat that fell empty early, a steward who fills seats, and people who may be asked."""

    def __init__(self) -> None:
        organisation(zone="UTC")
        self.group = group()
        self.steward = PersonFactory(name="Wren")
        name_steward(self.steward, by=system())
        self.ada = join(PersonFactory(name="Ada"), self.group)
        self.bo = PersonFactory(name="Bo")
        self.seat = add_seat(
            self.group, title="Second seat", term_months=24, turns_on=date(2026, 11, 1), by=self.steward
        )

    def fall_empty(self, on: date) -> None:
        term = begin_term(self.seat, self.bo, how=Begun.ELECTED, begins_on=date(2024, 11, 1), by=self.steward)
        end_term(term, because=Ended.RESIGNED, on=on, by=self.bo)


@pytest.fixture
def cast(freeze) -> Cast:
    freeze("2026-06-15T12:00Z")
    return Cast()


def test_empty_seat_waits_or_is_filled_by_the_rule_of_the_group(cast, django_assert_num_queries):
    cast.fall_empty(date(2026, 6, 1))

    with django_assert_num_queries(4):
        waits = empty_seats(cast.group, on=TODAY)
    say_vacancy_rule(cast.group, months=4, by=cast.steward)
    say_vacancy_rule(cast.group, months=4, by=cast.steward)
    filled = empty_seats(cast.group, on=TODAY)
    say_vacancy_rule(cast.group, months=4, by_election=True, by=cast.steward)

    assert [one.way for one in waits + filled + empty_seats(cast.group, on=TODAY)] == [Way.WAIT, Way.APPOINT, Way.ELECT]
    assert Entry.objects.filter(kind="governance.vacancy_rule_set").count() == 2
    for actor, months, code in ((cast.ada, 4, "forbidden"), (cast.steward, 61, "invalid")):
        with pytest.raises(Refused) as refused:
            say_vacancy_rule(cast.group, months=months, by=actor)
        assert refused.value.code == code


def test_who_says_yes_to_a_seat_serves_the_rest_of_the_term(cast):
    cast.fall_empty(date(2026, 4, 1))
    appointment = offer_seat(cast.seat, cast.ada, why="She knows Lagos.", by=cast.steward)
    with pytest.raises(Refused) as again:
        offer_seat(cast.seat, cast.bo, why="So does he.", by=cast.steward)
    with pytest.raises(Refused) as other:
        answer_offer(appointment, yes=True, by=cast.bo)

    term = answer_offer(appointment, yes=True, by=cast.ada)
    twice = answer_offer(appointment, yes=False, by=cast.ada)

    assert (again.value.code, other.value.code, twice) == ("offered_already", "forbidden", term)
    assert (term.how, term.begins_on, term.ends_on) == (Begun.APPOINTED, TODAY, date(2026, 11, 1))
    assert [told.kind for told in Telling.objects.filter(person__in=[cast.ada, cast.steward]).order_by("pk")] == [
        "governance.seat_offer",
        "groups.term_given",
        "governance.seat_offer_answered",
    ]
    with pytest.raises(Refused) as held:
        offer_seat(cast.seat, cast.bo, why="Now him.", by=cast.steward)
    assert held.value.code == "seat_is_held"


def test_offer_that_is_declined_or_taken_back_changes_no_seat(cast):
    first = offer_seat(cast.seat, cast.ada, why="She knows Lagos.", by=cast.steward)
    with pytest.raises(Refused) as stranger:
        offer_seat(cast.seat, cast.bo, why="Me.", by=cast.ada)
    answer_offer(first, yes=False, by=cast.ada)
    second = offer_seat(cast.seat, cast.bo, why="He knows Lima.", by=cast.steward)

    take_offer_back(second, by=cast.steward)
    take_offer_back(second, by=cast.steward)
    with pytest.raises(Refused) as late:
        answer_offer(second, yes=True, by=cast.bo)

    assert (stranger.value.code, late.value.code) == ("forbidden", "settled")
    assert [one.step for one in SeatAppointment.objects.order_by("pk")] == [
        AppointmentStep.DECLINED,
        AppointmentStep.WITHDRAWN,
    ]
    assert not Term.objects.filter(seat=cast.seat).exists()


def test_yes_is_refused_once_whoever_offered_may_fill_no_seats_any_more(cast):
    appointment = offer_seat(cast.seat, cast.ada, why="She knows Lagos.", by=cast.steward)
    erase_person(cast.bo, by=cast.steward)
    cast.steward.is_steward = False
    cast.steward.save()

    with pytest.raises(Refused) as refused:
        answer_offer(appointment, yes=True, by=cast.ada)

    appointment.refresh_from_db()
    assert (refused.value.code, appointment.step, Term.objects.count()) == ("settled", AppointmentStep.OFFERED, 0)


def test_body_shows_of_its_holders_only_what_their_profiles_show(cast):
    begin_term(cast.seat, cast.ada, how=Begun.ELECTED, begins_on=TODAY, by=cast.steward)
    shown = Profile.objects.create(person=cast.ada, region="NG", seen={"region": Seen.SIGNED_IN})

    before = body_of(cast.group, cast.bo, on=TODAY)
    shown.seen = {"region": Seen.ME}
    shown.save()
    after = body_of(cast.group, cast.bo, on=TODAY)

    assert (before.regions, before.without_region) == ([("Nigeria", 1)], 0)
    assert (after.seated, after.regions, after.without_region) == (1, [], 1)


def test_survey_of_a_body_keeps_answers_apart_from_people_and_from_each_other(cast, freeze):
    begin_term(cast.seat, cast.ada, how=Begun.ELECTED, begins_on=TODAY, by=cast.steward)
    survey = ask_body(cast.group, by=cast.steward)
    again = ask_body(cast.group, by=cast.steward)

    answer_survey(survey, {"region": "africa", "gender": "woman", "industry": ""}, by=cast.ada)

    assert again == survey
    codes = []
    for answers, person in (({"region": "europe"}, cast.ada), ({}, cast.bo), ({"region": "moon"}, cast.ada)):
        with pytest.raises(Refused) as refused:
            answer_survey(survey, answers, by=person)
        codes.append(refused.value.code)
    assert codes == ["answered", "forbidden", "invalid"]
    assert sorted(SurveyAnswer.objects.values_list("question", "value")) == [("gender", "woman"), ("region", "africa")]
    assert {field.name for field in SurveyAnswer._meta.fields} == {"id", "survey", "question", "value"}
    assert {field.name for field in SurveyAnswered._meta.fields} == {"id", "survey", "person"}
    assert not Entry.objects.filter(about=cast.ada, kind__startswith="governance.survey").exists()

    freeze("2026-06-30T00:00Z")
    keep_surveys.func()
    keep_surveys.func()
    survey.refresh_from_db()
    assert survey.closed_at is not None
    assert {step for found in found_by(survey) for _answer, step in found.answers} == {0}


def test_closing_writes_all_answers_anew_so_that_their_order_says_nothing(cast, freeze):
    people = [PersonFactory() for _ in range(6)]
    for number, person in enumerate(people):
        seat = add_seat(cast.group, title=f"Seat {number}", by=cast.steward)
        begin_term(seat, person, how=Begun.ELECTED, begins_on=TODAY, by=cast.steward)
    survey = ask_body(cast.group, by=cast.steward)
    for person in people:
        answer_survey(survey, {"region": "asia", "gender": "man"}, by=person)
    before = set(SurveyAnswer.objects.values_list("pk", flat=True))

    freeze("2026-06-30T00:00Z")
    keep_surveys.func()

    after = SurveyAnswer.objects.values_list("pk", flat=True)
    assert before.isdisjoint(after)
    assert len(after) == 12
    assert [step for _answer, step in found_by(Survey.objects.get())[0].answers] == [0, 5, 0, 0, 0, 0]
    reading = Client()
    reading.force_login(cast.steward)
    page = reading.get(survey.get_absolute_url()).content.decode()
    assert page.count("5 or more") == 2
    assert "fewer than 5" in page
    reading.force_login(people[0])
    assert "5 or more" not in reading.get(survey.get_absolute_url()).content.decode()


def test_election_that_is_over_asks_everybody_who_had_a_part_once(cast, settle):
    made = made_election(cast.group, ElectionState.RELEASED)
    practice = made_election(cast.group, ElectionState.RELEASED, kind="practice")
    ElectionStage.objects.filter(stage=Stage.RETRO).update(first=TODAY, last=TODAY + timedelta(days=7))

    keep_surveys.func()
    keep_surveys.func()

    survey = Survey.objects.get()
    asked = {voter.person_id for voter in made.voters} | {one.person_id for one in made.officers + made.nominations}
    told = set(Telling.objects.filter(kind="governance.survey_waits").values_list("person", flat=True))
    assert (survey.election, told, practice.election == survey.election) == (made.election, asked, False)
    client = Client()
    client.force_login(made.voters[0].person)
    page = client.get(survey.get_absolute_url())
    assert page.status_code == 200
    assert client.post(survey.get_absolute_url(), {"easy": "yes"}).status_code == 302
    assert "You have answered" in client.get(survey.get_absolute_url()).content.decode()
    assert "Thank you for your answers" in client.get(made.election.get_absolute_url()).content.decode()
    assert Client().get(survey.get_absolute_url()).status_code == 200


def test_seat_that_is_offered_is_taken_on_its_page(cast):
    cast.fall_empty(date(2026, 4, 1))
    asked = Client()
    asked.force_login(cast.ada)
    empty_url = reverse("empty_seats", args=[cast.group.slug])

    page = asked.get(empty_url).content.decode()
    assert "somebody is appointed for the rest of the term" in page
    assert "Ask somebody" not in page
    offer_seat(cast.seat, cast.ada, why="She knows Lagos.", by=cast.steward)
    offer_url = SeatAppointment.objects.get().get_absolute_url()
    assert "She knows Lagos." in asked.get(offer_url).content.decode()
    assert asked.post(offer_url, {"answer": "perhaps"}).status_code == 400
    assert asked.post(offer_url, {"answer": "yes"}).status_code == 302
    assert "Every seat is held" in asked.get(empty_url).content.decode()
    assert "the rest of the term" in asked.get(offer_url).content.decode()


def test_officers_take_a_frozen_election_to_belenios(cast):
    made = made_election(cast.group, ElectionState.OPEN, officers=1, voters=2)
    officer, stranger = Client(), Client()
    officer.force_login(made.officers[0].person)
    stranger.force_login(cast.ada)
    at = [cast.group.slug, made.election.key]

    files = [officer.get(reverse(name, args=at)) for name in ("belenios_questions", "belenios_voters")]

    assert made.nominations[0].ballot_name in files[0].content.decode()
    assert made.election.frozen_hash in files[0].content.decode()
    assert files[1].content.decode().split() == sorted(voter.person.email for voter in made.voters)
    assert "Single Transferable Vote" in officer.get(reverse("belenios", args=at)).content.decode()
    assert [stranger.get(reverse(name, args=at)).status_code for name in ("belenios", "belenios_voters")] == [403, 403]


def test_seat_that_is_elected_anew_leads_from_the_list_to_an_election_with_it(cast):
    cast.fall_empty(date(2026, 4, 1))
    leader = join(PersonFactory(), cast.group, Power.MANAGE)
    say_vacancy_rule(cast.group, months=4, by_election=True, by=cast.steward)
    empty_url = reverse("empty_seats", args=[cast.group.slug])
    begin_url = f"{reverse('begin_election', args=[cast.group.slug])}?kind=vacancy&seat={cast.seat.pk}"
    client = Client()

    listed = client.get(reverse("elections", args=[cast.group.slug])).content.decode()
    stranger = client.get(empty_url).content.decode()
    client.force_login(leader)
    leads = client.get(empty_url).content.decode()
    form = client.get(begin_url).context["form"]

    assert empty_url in listed
    assert (begin_url.replace("&", "&amp;") in stranger, begin_url.replace("&", "&amp;") in leads) == (False, True)
    assert [form[name].value() for name in ("kind", "title", "seats")] == ["vacancy", "Second seat", [cast.seat.pk]]
    for wrong in ("?kind=vacancy&seat=0", "?kind=coup&seat=x", "?seat=²"):
        assert client.get(begin_url.partition("?")[0] + wrong).status_code == 200

"""Pages of candidates: a journey from a nomination to a question, and what each page asks of the database."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from django.urls import reverse

from folkmoot.governance.models.elections import Contest, ElectionState
from folkmoot.governance.models.nominations import Endorsement, Nomination, NominationState, Nominator
from folkmoot.governance.models.questions import CandidateAnswer, CandidateQuestion
from folkmoot.governance.nomination_links import decline_path
from folkmoot.governance.panels.nominations import nominations_that_wait, section
from folkmoot.governance.queries import rolls
from folkmoot.people.guards import stamp
from folkmoot.people.models import Profile
from tests.factories.governance.elections import made_election
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 9, 3, 12, tzinfo=dt.UTC)
CALLS = SimpleNamespace(holds=False, asked="Was at three calls.", found="Was at two.", can_do="One more will do.")
SINCE = SimpleNamespace(holds=True, asked="Takes part before 1 August.", found="Takes part since 3 March.", can_do="")


@pytest.fixture(autouse=True)
def one_thing_is_asked(monkeypatch):
    judged = SimpleNamespace(findings=(SINCE, CALLS))
    monkeypatch.setattr(rolls, "judge_candidate", lambda *_given: judged, raising=False)


@pytest.fixture
def lantern(freeze):
    freeze(NOW)
    organisation()
    return group()


@pytest.fixture
def cast(lantern):
    people = {name: join(PersonFactory(name=name.title()), lantern) for name in ("ada", "ben", "cleo", "officer")}
    return SimpleNamespace(**people)


@pytest.fixture
def made(lantern, cast):
    return made_election(lantern, officers=[cast.officer], candidates=[cast.ada], voters=0, places=2, key="autumn")


def at(name: str, *more: object, key: str = "autumn") -> str:
    return reverse(name, args=["lantern-working-group", key, *more])


def test_from_a_nomination_to_a_page_that_everybody_reads(client, cast, made):
    client.force_login(cast.ben)
    begun = client.get(made.election.get_absolute_url())
    form = client.get(at("nominate"))
    wrong = client.post(at("nominate"), {"person": "", "why": "She listens."})
    client.post(at("nominate"), {"person": cast.cleo.pk, "why": "She listens.", "shows": "on"})
    nomination = Nomination.objects.get(person=cast.cleo)
    hidden = client.get(at("candidate", nomination.pk))

    assert "Nominate somebody, or yourself" in begun.text
    assert "Nominations are taken until" in form.text
    assert (wrong.status_code, "She listens." in wrong.text) == (400, True)
    assert (hidden.status_code, client.get(at("my_nomination", nomination.pk)).status_code) == (404, 404)
    assert "Cleo" in client.get(at("nominate")).text

    client.force_login(cast.cleo)
    desk = client.get(reverse("desk"))
    section = client.get(made.election.get_absolute_url())
    own = client.get(at("my_nomination", nomination.pk))
    empty = client.post(at("my_nomination", nomination.pk), {"statement": " "})
    done = client.post(
        at("my_nomination", nomination.pk),
        {"statement": "I would **keep** the lights on. <script>", "affiliation": "Oak"},
    )

    assert "You were nominated" in desk.text
    assert "You were nominated for The committee" in section.text
    for words in (
        "She listens.",
        "Takes part before 1 August.",
        "Takes part since 3 March.",
        "also without an account",
    ):
        assert words in own.text
    assert empty.status_code == 400
    assert done["Location"] == at("candidate", nomination.pk)

    told = client.get(done["Location"])
    client.logout()
    page = client.get(at("candidate", nomination.pk))
    everybody = client.get(at("candidates"))

    assert "Not all that is asked of you holds yet." in told.text
    for words in ("<strong>keep</strong>", "She listens.", "Oak", "&lt;script&gt;"):
        assert words in page.text
    assert "Cleo" in everybody.text
    assert "I would keep the lights on." in everybody.text


def test_no_by_page_and_by_a_link_without_signing_in(client, cast, made):
    by_page = Nomination.objects.create(contest=made.contest, person=cast.ben)
    by_link = Nomination.objects.create(contest=made.contest, person=cast.cleo)
    path = decline_path(by_link)
    sent = {"homepage": "", "opened": stamp(NOW.timestamp() - 60)}

    client.force_login(cast.ben)
    client.post(at("decline_nomination", by_page.pk))
    client.logout()
    asked, too_quick = client.get(path), client.post(path)
    by_link.refresh_from_db()
    assert (asked.status_code, too_quick.status_code, by_link.state) == (200, 400, NominationState.PROPOSED)
    done, again = client.post(path, sent), client.get(path)
    forged = client.get(at("decline_nomination_by_link", "1.2:no"))

    client.force_login(cast.officer)
    assert client.get(at("judge_candidate", by_page.pk)).status_code == 404
    by_page.refresh_from_db(), by_link.refresh_from_db()
    assert (by_page.state, by_link.state) == (NominationState.DECLINED, NominationState.DECLINED)
    assert "You do not stand" in done.text
    assert "You do not stand" in again.text
    assert (forged.status_code, "does not work any more" in forged.text) == (404, True)


def test_endorsing_says_how_many_count_and_why(client, cast, made):
    Contest.objects.update(endorsements=2)
    ada = made.nominations[0]
    Endorsement.objects.create(nomination=ada, person=cast.officer, affiliation="Acme Inc.", words="A good one.")

    client.force_login(cast.ben)
    client.get(at("endorse_candidate", ada.pk))
    client.post(at("endorse_candidate", ada.pk), {"affiliation": "ACME", "words": "Yes."})
    page = client.get(at("candidate", ada.pk))
    client.post(at("take_endorsement_back", ada.pk))

    assert "1 of 2 that are needed" in page.text
    assert "of an affiliation that counts already" in page.text
    assert Endorsement.objects.count() == 1
    client.logout()
    assert "A good one." not in client.get(at("candidate", ada.pk)).text


def test_officers_say_who_may_not_stand_and_look_again(client, cast, made):
    ada = made.nominations[0]
    client.force_login(cast.officer)
    shown = client.get(at("judge_candidate", ada.pk))
    client.post(at("judge_candidate", ada.pk), {"why": "Too new."})
    gone = client.get(at("candidate", ada.pk))
    client.force_login(cast.ada)
    own = client.get(at("my_nomination", ada.pk))
    client.get(at("appeal_nomination", ada.pk))
    client.post(at("appeal_nomination", ada.pk), {"words": "Since March."})
    client.force_login(cast.officer)
    section, again = client.get(made.election.get_absolute_url()), client.get(at("judge_candidate", ada.pk))
    client.post(at("let_candidate_stand", ada.pk))

    assert "Takes part since 3 March." in shown.text
    assert gone.status_code == 404
    assert "Too new." in own.text
    assert "Ask them to look again" in own.text
    assert "asks you to look again" in section.text
    assert "Since March." in again.text
    ada.refresh_from_db()
    assert ada.is_standing


def test_withdrawing_and_standing_after_all(client, cast, made):
    ada = made.nominations[0]
    client.force_login(cast.ada)
    client.post(at("withdraw_candidacy", ada.pk))
    own = client.get(at("my_nomination", ada.pk))
    back = client.post(at("nominate"), {"person": cast.ada.pk})

    assert "Stand after all" in own.text
    assert back["Location"] == at("my_nomination", ada.pk)
    ada.refresh_from_db()
    assert ada.state == NominationState.PROPOSED


def test_who_shows_their_profile_can_be_nominated_from_there(client, cast, made):
    far, hidden = PersonFactory(name="Far Away"), PersonFactory(name="Hidden")
    Profile.objects.create(person=far, about="I keep a lighthouse.", seen={"about": "everyone"})
    client.force_login(cast.ben)

    shown = client.get(at("nominate") + f"?person={far.pk}")
    client.post(at("nominate"), {"person": far.pk})

    assert "Far Away" in shown.text
    assert Nomination.objects.filter(person=far).exists()
    assert "Hidden" not in client.get(at("nominate") + f"?person={hidden.pk}").text
    assert client.get(at("nominate") + "?person=nobody").status_code == 200


def test_taking_a_nomination_back(client, cast, made):
    nomination = Nomination.objects.create(contest=made.contest, person=cast.cleo)
    Nominator.objects.create(nomination=nomination, person=cast.ben)
    client.force_login(cast.ben)

    client.post(at("take_nomination_back", nomination.pk))

    assert not Nomination.objects.filter(pk=nomination.pk).exists()


def test_questions_stand_side_by_side_with_all_answers(client, cast, lantern):
    made = made_election(
        lantern, ElectionState.OPEN, officers=[cast.officer], candidates=[cast.ada, cast.ben], voters=1, key="now"
    )
    client.force_login(cast.cleo)
    assert "Nobody has asked anything so far." in client.get(at("candidate_questions", key="now")).text
    client.get(at("ask_candidates", key="now"))
    client.post(at("ask_candidates", key="now"), {"words": "What comes first?"})
    question = CandidateQuestion.objects.get()
    client.force_login(cast.ada)
    waits = client.get(made.election.get_absolute_url())
    client.get(at("answer_question", question.pk, key="now"))
    client.post(at("answer_question", question.pk, key="now"), {"words": "The *lights*."})
    client.logout()
    compared = client.get(at("candidate_questions", key="now"))
    client.force_login(cast.officer)
    client.get(at("take_question_off", question.pk, key="now"))
    client.post(at("take_question_off", question.pk, key="now"), {"why": "It was about a family."})
    off = client.get(at("candidate_questions", key="now"))

    assert "One question waits for your answer" in waits.text
    for words in ("What comes first?", "Asked by", "<em>lights</em>", "No answer so far.", "Ada 1", "Ben 2"):
        assert words in compared.text
    assert "It was about a family." in off.text
    assert "What comes first?" not in off.text


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_as_much_for_many_as_for_one(client, cast, lantern, count, django_assert_num_queries):
    made = made_election(lantern, ElectionState.OPEN, candidates=count, voters=1, officers=[cast.officer], key="now")
    for number in range(count):
        question = CandidateQuestion.objects.create(contest=made.contest, person=cast.ben, words=f"{number}?")
        CandidateAnswer.objects.create(question=question, nomination=made.nominations[0], words="So.")
        Nominator.objects.create(nomination=made.nominations[0], person=PersonFactory(), shows=True)
        Endorsement.objects.create(nomination=made.nominations[0], person=PersonFactory())
        Nomination.objects.create(contest=made_election(lantern, candidates=0, voters=0).contest, person=cast.cleo)

    with django_assert_num_queries(7):
        client.get(at("candidates", key="now"))
    with django_assert_num_queries(6):
        client.get(at("candidate", made.nominations[0].pk, key="now"))
    with django_assert_num_queries(6):
        client.get(at("candidate_questions", key="now"))
    client.force_login(cast.cleo)
    asked = client.get(reverse("elections", args=[lantern.slug])).wsgi_request
    assert asked.user.is_authenticated
    with django_assert_num_queries(1):
        assert nominations_that_wait(asked).count("Say whether you would like to stand") == count
    with django_assert_num_queries(7):
        assert "candidate" in section(asked, made.election)


def test_candidates_come_in_an_order_of_each_reader_and_the_same_each_time(client, cast, made):
    for name in ("Dan", "Esi", "Fay", "Gus"):
        Nomination.objects.create(
            contest=made.contest, person=PersonFactory(name=name), state=NominationState.STANDING, statement="I"
        )

    def order(reader) -> list[str]:
        client.force_login(reader)
        text = client.get(at("candidates")).text
        return sorted(("Ada", "Dan", "Esi", "Fay", "Gus"), key=lambda name: text.index(f">{name}<"))

    first = {reader.pk: order(reader) for reader in (cast.ada, cast.ben, cast.cleo, cast.officer)}

    assert first == {reader.pk: order(reader) for reader in (cast.ada, cast.ben, cast.cleo, cast.officer)}
    assert all(sorted(one) == ["Ada", "Dan", "Esi", "Fay", "Gus"] for one in first.values())

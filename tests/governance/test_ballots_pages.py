"""From a link in a mail to the receipt, without scripts; what the pages of ballots say to whom."""

from __future__ import annotations

import logging
import re

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from folkmoot.config.logged_addresses import WithoutSecrets
from folkmoot.governance.actions.ballots import cast_ballots
from folkmoot.governance.ballot_links import ballot_path
from folkmoot.governance.domain.sealed.envelopes import open_ballot, open_share, read_envelope
from folkmoot.governance.models.ballots import SealedBallot, Turnout
from folkmoot.governance.models.elections import ElectionKind, ElectionState
from folkmoot.governance.models.nominations import NominationState
from folkmoot.governance.models.rolls_exceptions import Proxy, ProxyState
from folkmoot.governance.queries import ballots as queries
from folkmoot.governance.queries.elections import sealing_for
from folkmoot.kit.errors import Refused
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Address, Telling
from folkmoot.people import guards
from folkmoot.people.actions.erasing import erase_person
from folkmoot.people.actions.merging import merge_people
from folkmoot.people.actions.standing import suspend_person
from folkmoot.people.models import Person
from tests.factories.governance.elections import made_election
from tests.factories.groups import group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(monkeypatch):
    organisation()
    cache.clear()
    monkeypatch.setattr(guards, "QUICKEST", 0.0)
    return made_election(group(), ElectionState.OPEN)


def page(made, words):
    return f"{made.election.get_absolute_url()}{words}"


def hidden(answer, name):
    found = re.search(f'name="{name}" value="([^"]*)"', answer.content.decode())
    return found.group(1).replace("&quot;", '"') if found else None


def numbers(made, *written):
    return {f"n-{made.contest.pk}-{place}": str(text) for place, text in enumerate(written)}


def to_cast(made, answer):
    names = ["opened", "pass", "for", f"e-{made.contest.pk}", f"h-{made.contest.pk}"]
    return {"do": "cast"} | {name: value for name in names if (value := hidden(answer, name)) is not None}


def opened(made):
    sealing = sealing_for(made.contest)
    read = read_envelope(SealedBallot.objects.get().envelope, sealing)
    return open_ballot(read, [open_share(read, 0, made.keys[0]["opening"])], sealing)


def test_from_the_link_to_the_receipt_without_signing_in(made):
    client, voter = Client(), made.voters[0]

    landed = client.get(ballot_path(voter))
    token = hidden(landed, "pass")
    ballot = client.post(page(made, "vote/"), {"do": "begin", "pass": token})
    review = client.post(page(made, "vote/"), {"do": "review", "pass": token, **numbers(made, 4, "", 2)}, follow=True)
    wrong = review.status_code
    review = client.post(page(made, "vote/"), {"do": "review", "pass": token, **numbers(made, 3, "", 2)})
    cast = client.post(page(made, "vote/"), to_cast(made, review))
    again = client.post(page(made, "vote/"), to_cast(made, review))
    after = client.get(ballot_path(voter))

    statuses = [one.status_code for one in (landed, ballot, review, cast)]
    assert (statuses, wrong) == ([200] * 4, 400)
    names = [one.ballot_name for one in made.nominations]
    assert re.findall(r"<li><bdi>([^<]*)</bdi></li>", review.content.decode()) == [
        escape(f"1. {names[2]}"),
        escape(f"2. {names[0]}"),
    ]
    assert escape(f"No opinion on {names[1]}.") in review.content.decode()
    sealed = SealedBallot.objects.get()
    assert opened(made) == (2, 0, 1)
    assert sealed.receipt in review.content.decode()
    assert sealed.receipt in cast.content.decode()
    # Sent once more with the same envelope it is the receipt again, and counts once.
    assert (again.status_code, Turnout.objects.count()) == (200, 1)
    assert "It has been cast." in after.content.decode()
    assert landed["Referrer-Policy"] == "strict-origin"
    assert token not in ballot.wsgi_request.path
    assert settings.SESSION_COOKIE_NAME not in client.cookies


def test_casting_by_the_page_leaves_sessions_devices_ledger_and_notices_as_they_were(made):
    client = Client()
    client.force_login(made.voters[0].person)
    review = client.post(page(made, "vote/"), {"do": "review", **numbers(made, 1)})

    def kept():
        tables = (Session, UserSession, Entry, Telling)
        return [list(table.objects.values()) for table in tables], list(Person.objects.values())

    before = kept()
    cast = client.post(page(made, "vote/"), to_cast(made, review))

    assert (cast.status_code, Turnout.objects.count()) == (200, 1)
    assert kept() == before
    assert cast.cookies.get("messages") is None


def test_token_of_a_link_is_taken_out_of_what_is_logged(made):
    path = ballot_path(made.voters[0])
    answer = Client().get(path[:-9] + "/")
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s: %s", ("Not Found", path[:-9]), None)
    record.request = answer.wsgi_request

    assert WithoutSecrets().filter(record)
    assert record.getMessage().endswith("/vote/link/…")


def test_who_withdrew_after_the_freeze_is_marked(made):
    gone = made.nominations[1]
    gone.state = NominationState.WITHDRAWN
    gone.save(update_fields=["state"])
    client = Client()
    client.force_login(made.voters[0].person)

    shown = client.get(page(made, "vote/")).content.decode()

    assert shown.count("Withdrew, and cannot be elected any more.") == 1
    assert shown.count('class="ballot-name"') == 3


def test_practice_election_says_so_and_its_link_leads_to_the_receipt_without_an_account(made):
    made.election.kind = ElectionKind.PRACTICE
    made.election.save(update_fields=["kind"])
    client = Client()
    token = hidden(client.get(ballot_path(made.voters[0])), "pass")

    ballot = client.post(page(made, "vote/"), {"do": "begin", "pass": token})
    review = client.post(page(made, "vote/"), {"do": "review", "pass": token, **numbers(made, 1)})
    cast = client.post(page(made, "vote/"), to_cast(made, review))
    receipt = SealedBallot.objects.get().receipt
    kept = client.post(page(made, "receipts/"), {"do": "download", "pass": token, "receipt": receipt})

    assert "This is a practice election" in ballot.content.decode()
    assert (cast.status_code, receipt in kept.content.decode()) == (200, True)
    assert client.get(page(made, "receipts/")).status_code == 404


def test_opening_a_link_or_pressing_its_first_button_casts_nothing(made):
    client, path = Client(), ballot_path(made.voters[0])
    for _time in range(3):
        token = hidden(client.get(path), "pass")
        client.head(path)
        client.post(path)
        client.post(page(made, "vote/"), {"do": "begin", "pass": token})
        client.get(page(made, f"vote/?pass={token}&do=cast"))

    assert (Turnout.objects.count(), SealedBallot.objects.count()) == (0, 0)


def test_what_is_sent_too_quickly_is_asked_once_more_with_the_same_envelope(made, monkeypatch):
    client = Client()
    client.force_login(made.voters[0].person)
    review = client.post(page(made, "vote/"), {"do": "review", **numbers(made, 1)})
    monkeypatch.setattr(guards, "QUICKEST", 2.0)

    quick = client.post(page(made, "vote/"), to_cast(made, review))

    assert (quick.status_code, Turnout.objects.count()) == (400, 0)
    assert hidden(quick, f"e-{made.contest.pk}") == hidden(review, f"e-{made.contest.pk}")


def test_links_that_were_changed_or_are_of_another_election_look_alike(made):
    other = made_election(made.election.group, ElectionState.OPEN)
    token = ballot_path(made.voters[0]).rstrip("/").rpartition("/")[2]
    answers = [Client().get(page(made, f"vote/link/{one}/")) for one in (token[:-1], "nonsense", "a:b:c")]
    answers.append(Client().get(page(other, f"vote/link/{token}/")))
    answers.append(Client().post(page(other, "vote/"), {"pass": token, "do": "begin"}))

    said = {re.search(r"<h1.*?</p>", one.content.decode(), re.DOTALL).group() for one in answers}
    assert [one.status_code for one in answers] == [404] * 5
    assert len(said) == 1


def test_link_ends_with_the_record_of_its_person_and_two_records_cast_one_ballot(made):
    """Nobody loses their vote by being suspended: the roll is frozen, and a steward is no officer."""
    steward = PersonFactory(is_steward=True)
    kept, gone, suspended = (voter.person for voter in made.voters)
    paths, client = [ballot_path(voter) for voter in made.voters], Client()
    token = hidden(client.get(paths[1]), "pass")
    review = client.post(page(made, "vote/"), {"do": "review", "pass": token, **numbers(made, 1)})

    merge_people(kept, gone, by=steward)
    suspend_person(suspended, by=steward)
    cast = client.post(page(made, "vote/"), to_cast(made, review))
    with pytest.raises(Refused) as refused:
        cast_ballots(made.election, {}, by=gone)
    merged = [Client().get(path).status_code for path in paths]
    erase_person(kept, by=steward)

    assert (merged, Client().get(paths[0]).status_code) == ([200, 404, 200], 404)
    assert (cast.status_code, refused.value.code, Turnout.objects.count()) == (404, "forbidden", 0)


def test_empty_ballot_is_asked_about_and_goes_by_a_tick(made):
    client = Client()
    client.force_login(made.voters[0].person)

    asked = client.post(page(made, "vote/"), {"do": "review"})
    meant = client.post(page(made, "vote/"), {"do": "review", "empty": "1"})
    client.post(page(made, "vote/"), to_cast(made, meant))

    assert (asked.status_code, meant.status_code) == (400, 200)
    assert opened(made) == (0, 0, 0)


def test_two_with_the_same_number_are_said_and_nothing_is_lost(made):
    client = Client()
    client.force_login(made.voters[0].person)

    answer = client.post(page(made, "vote/"), {"do": "review", **numbers(made, 1, 1, 2)})

    first, second = (made.nominations[place].ballot_name for place in (0, 1))
    assert answer.status_code == 400
    assert escape(f"{first}, {second} have the same number, 1. Give each a number of its own.") in (
        answer.content.decode()
    )
    assert re.findall(r'value="(\d)" aria-describedby', answer.content.decode()).count("1") == 2


def test_replaceable_ballot_has_a_secret_shown_once_and_is_replaced_by_it_without_signing_in(made, freeze):
    made.election.is_final = False
    made.election.save(update_fields=["is_final"])
    client, stranger = Client(), Client()
    client.force_login(made.voters[0].person)
    review = client.post(page(made, "vote/"), {"do": "review", **numbers(made, 1)})
    secret = re.search(r'id="ballot-secret">([^<]+)<', review.content.decode()).group(1)
    cast = client.post(page(made, "vote/"), to_cast(made, review))

    ballot = stranger.get(page(made, "vote/replace/"))
    new = stranger.post(page(made, "vote/replace/"), {"do": "review", **numbers(made, "", "", 1)})
    wrong = stranger.post(page(made, "vote/replace/"), to_cast(made, new) | {"secret": "x" * 27})
    right = stranger.post(page(made, "vote/replace/"), to_cast(made, new) | {"secret": secret})

    assert [one.status_code for one in (review, cast, ballot, new, wrong, right)] == [200, 200, 200, 200, 400, 200]
    assert secret not in cast.content.decode()
    assert (opened(made), Turnout.objects.count()) == ((0, 0, 1), 1)
    freeze(timezone.now())
    codes = [
        stranger.post(page(made, "vote/replace/"), to_cast(made, new) | {"secret": "x" * 27}).status_code
        for _time in range(21)
    ]
    assert codes[-1] == 429


def test_receipt_is_found_alone_while_people_vote_and_on_the_list_afterwards(made, freeze):
    sealed = made.cast([(1, 2, 3), (1, 2, 3)])
    client, receipts = Client(), page(made, "receipts/")

    def look(receipt):
        return re.sub(r"\s+", " ", client.post(receipts, {"do": "check", "receipt": receipt}).content.decode())

    assert "It is among the accepted" in look(f" {sealed[0].receipt.upper()} ")
    assert "It is not among the accepted" in look("0" * 64)
    assert "has 64 letters" in look("nonsense")
    assert sealed[1].receipt not in client.get(receipts).content.decode()
    kept = client.post(receipts, {"do": "download", "receipt": [sealed[0].receipt, "<b>"]})
    assert (kept["Content-Type"], sealed[0].receipt in kept.content.decode()) == ("text/plain; charset=utf-8", True)

    made.election.state = ElectionState.CLOSED
    made.election.save(update_fields=["state"])
    listed = re.findall(r"<code class=\"receipt\">([0-9a-f]{64})", client.get(receipts).content.decode())
    assert listed == sorted(one.receipt for one in sealed)
    freeze(timezone.now())
    codes = [client.post(receipts, {"do": "check", "receipt": "0" * 64}).status_code for _time in range(31)]
    assert codes[-1] == 429


def test_ballot_is_tried_by_everybody_and_nothing_is_kept(made):
    client, tried = Client(), page(made, "practice-ballot/")

    shown = client.get(tried)
    empty = client.post(tried, {"do": "review"})
    words = client.post(tried, {"do": "review", **numbers(made, 2, 1)})
    changed = client.post(tried, {"do": "change", **numbers(made, 2, 1)})

    assert [one.status_code for one in (shown, empty, words, changed)] == [200, 400, 200, 200]
    assert "1. Birch Vale" in words.content.decode()
    assert (SealedBallot.objects.count(), Turnout.objects.count()) == (0, 0)


def test_who_may_not_vote_is_told_why(made):
    stranger, anonymous, voter = Client(), Client(), Client()
    stranger.force_login(PersonFactory())
    voter.force_login(made.voters[0].person)

    refused = stranger.get(page(made, "vote/"))
    sent_to_sign_in = anonymous.get(page(made, "vote/"))
    made.election.state = ElectionState.CLOSED
    made.election.save(update_fields=["state"])
    late = voter.get(page(made, "vote/"))

    assert refused.status_code == 403
    assert "You are not on the roll" in refused.content.decode()
    assert (sent_to_sign_in.status_code, "next=" in sent_to_sign_in["Location"]) == (302, True)
    assert (late.status_code, "Voting is over" in late.content.decode()) == (409, True)


def test_proxy_chooses_whose_ballot_it_is_and_casts_each_once(made):
    mine, other = made.voters[:2]
    Proxy.objects.create(
        election=made.election,
        giver=other.person,
        holder=mine.person,
        state=ProxyState.ACCEPTED,
        offered_at=timezone.now(),
    )
    client = Client()
    client.force_login(mine.person)

    choice = client.get(page(made, "vote/"))
    review = client.post(page(made, "vote/"), {"do": "review", "for": other.pk, **numbers(made, 1)})
    client.post(page(made, "vote/"), to_cast(made, review))
    after = client.get(page(made, f"vote/?for={other.pk}"))

    assert "You may cast ballots for others as well" in choice.content.decode()
    assert Turnout.objects.get().voter == other
    assert "This ballot is cast" in after.content.decode()


def test_page_of_the_election_leads_voters_to_their_ballot(made):
    client = Client()
    client.force_login(made.voters[0].person)

    before = client.get(made.election.get_absolute_url()).content.decode()
    made.cast([(1, 2, 3)])
    after = client.get(made.election.get_absolute_url()).content.decode()

    assert "Cast my ballot" in before
    assert "under 10" in before
    assert ("You have voted." in after, "30 to 40" in after) == (True, True)
    assert queries.has_voted(made.voters[0])


def test_voters_whose_mail_comes_back_are_told_and_listed_for_officers(made):
    voter, officer, other = Client(), Client(), Client()
    person = made.voters[0].person
    Address.objects.create(address=person.email.upper(), paused_at=timezone.now())
    for client, who in ((voter, person), (officer, made.officers[0].person), (other, made.voters[1].person)):
        client.force_login(who)

    told, listed, quiet = (
        client.get(made.election.get_absolute_url()).content.decode() for client in (voter, officer, other)
    )

    assert ("Mail to you comes back" in told, "Mail to you comes back" in quiet) == (True, False)
    assert ("One voter could not be reached by mail" in listed, "could not be reached" in told) == (True, False)
    assert list(queries.unreached_voters(made.election)) == [made.voters[0]]


@pytest.mark.parametrize(("method", "sent", "ranks", "words"), [
    ("approval", {"n-{pk}-0": "1", "n-{pk}-2": "1"}, (1, 0, 1), 2),
    ("plurality", {"c-{pk}": "1"}, (0, 1, 0), 1),
    ("score", {"n-{pk}-0": "3", "n-{pk}-1": "1"}, (3, 1, 0), 2),
    ("schulze", {"n-{pk}-0": "2", "n-{pk}-1": "2"}, (1, 1, 0), 1),
])  # fmt: skip
def test_each_method_has_its_own_ballot(made, method, sent, ranks, words):
    made.contest.method = method
    made.contest.save(update_fields=["method"])
    client = Client()
    client.force_login(made.voters[0].person)

    shown = client.get(page(made, "vote/"))
    data = {name.format(pk=made.contest.pk): value for name, value in sent.items()}
    review = client.post(page(made, "vote/"), {"do": "review", **data})
    client.post(page(made, "vote/"), to_cast(made, review))

    assert shown.status_code == 200
    assert len(re.findall(r"<li><bdi>", review.content.decode())) == words
    assert opened(made) == ranks


def test_page_of_a_ballot_asks_as_much_of_many_candidates_as_of_few(made, django_assert_num_queries):
    client = Client()
    client.force_login(made.voters[0].person)
    client.get(page(made, "vote/"))

    more = made_election(made.election.group, ElectionState.OPEN, candidates=6, voters=[made.voters[0].person])
    for one in (made, more):
        with django_assert_num_queries(8):
            client.get(page(one, "vote/"))

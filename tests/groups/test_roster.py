from __future__ import annotations

import io
import threading

import pytest
from allauth.account.models import EmailAddress
from django.db import connections

from folkmoot.groups.actions.roster import (
    apply_draft,
    apply_roster,
    choose_columns,
    claim_draft,
    keep_roster,
    table_of,
)
from folkmoot.groups.domain.roster import guessed_mapping, repeated_headings
from folkmoot.groups.joining import present_of
from folkmoot.groups.models import Group, Participation, Power, Role, RosterDraft
from folkmoot.groups.roster import Change, RosterReport, compare, report_of, roster_file, roster_rows
from folkmoot.kit.csv_text import written
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine, system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Letter
from folkmoot.people.models import Person
from tests.factories.groups import group, join, lead, role
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

LIST = """\
Name;E-mail;Role;Time zone;Affiliation;Since
Ada Okonjo;ada@example.org;Participants;Africa/Lagos;Oak University;2025-03-31
Jörg Ñandú;joerg@example.org;observer;;;
;cleo@example.org;;Europe/Lisbon;;
"""


@pytest.fixture(autouse=True)
def today(freeze):
    freeze("2026-03-02T12:00Z")


def report(of: Group, text: str) -> RosterReport:
    return report_of(compare(of, roster_file(io.BytesIO(text.encode()))))


def take_in(of: Group, text: str, **changes) -> RosterReport:
    table = roster_file(io.BytesIO(text.encode()))
    return apply_roster(
        of, table, **{"shown": report(of, text).digest, "tell_people": False, "by": system(), **changes}
    )


def here(of: Group) -> list[tuple[str, str, str, str, str]]:
    return [
        (p.person.name, p.person.email, p.role.name, p.person.zone, p.affiliation)
        for p in Participation.objects.filter(group=of, ended_at=None).select_related("person", "role").order_by("pk")
    ]


def test_list_is_taken_in_as_it_was_shown():
    lantern = group()

    dry = report(lantern, LIST)
    done = take_in(lantern, LIST)

    assert (dry.counts, dry.digest) == (done.counts, done.digest)
    assert dry.counts == {Change.NEW: 3}
    assert here(lantern) == [
        ("Ada Okonjo", "ada@example.org", "Participants", "Africa/Lagos", "Oak University"),
        ("Jörg Ñandú", "joerg@example.org", "Observers", "", ""),
        ("cleo", "cleo@example.org", "Participants", "Europe/Lisbon", ""),
    ]
    assert present_of(Person.objects.get(email="ada@example.org"), lantern).began_at.date().isoformat() == "2025-03-31"
    assert not Letter.objects.exists()
    assert Entry.objects.order_by("-pk").first().payload == {
        "new_people": 3,
        "roles_given": 3,
        "digest": dry.digest,
    }


def test_dry_run_changes_nothing():
    lantern = group()
    before = Entry.objects.count()

    report(lantern, LIST)

    assert (Person.objects.count(), Participation.objects.count(), Entry.objects.count()) == (0, 0, before)


def test_somebody_with_two_addresses_is_one_person_and_stands_on_the_list_once():
    lantern = group()
    ada = PersonFactory(email="ada@example.org")
    EmailAddress.objects.create(user=ada, email="ada@home.example", verified=True)

    dry = report(lantern, "E-mail\nada@home.example\nada@example.org\n")
    take_in(lantern, "E-mail\nada@home.example\n")

    assert [(one.change, one.person) for one in dry.outcomes] == [(Change.COMES_IN, ada)]
    assert [one.words for one in dry.problems] == ["ada@example.org belongs to somebody who stands on the list before."]
    assert [row[1] for row in here(lantern)] == ["ada@example.org"]


def test_dry_run_tells_what_each_row_would_change():
    lantern = group()
    ada, ben, cleo = (PersonFactory(email=f"{name}@example.org") for name in ("ada", "ben", "cleo"))
    join(ben, lantern, Power.OBSERVE)
    join(cleo, lantern)

    dry = report(
        lantern,
        "E-mail,Role\nADA@example.org,Participants\nben@example.org,Participants\ncleo@example.org,\nnew@example.org,\n",
    )

    assert [(one.row.line, one.change, one.person, one.was and one.was.name) for one in dry.outcomes] == [
        (2, Change.COMES_IN, ada, None),
        (3, Change.ROLE, ben, "Observers"),
        (4, Change.NOTHING, cleo, "Participants"),
        (5, Change.NEW, None, None),
    ]
    assert dry.changes == 3


PROBLEMS = {
    "Ada;;Participants;;;": ("email", "There is no e-mail address; everybody on the list needs one."),
    "Ada;ada at example;;;;": ("email", "“ada at example” is not an e-mail address."),
    "Ada;ada@example.org;Wizard;;;": ("role", "“Wizard” is none of the group’s roles."),
    "Dora;dora@example.org;Managers;;;": (
        "role",
        "“Managers” leads the group; people are asked for that, one by one.",
    ),
    "Ada;ada@example.org;;PST8;;": (
        "zone",
        "“PST8” is not a time zone; expected a name such as Europe/Lisbon.",
    ),
    "Ada;ada@example.org;;;;31.3.2025": (
        "since",
        "“31.3.2025” is not a day; expected year, month, day, such as 2025-03-31.",
    ),
    "Ada;ada@example.org;;;;2025-02-30": (
        "since",
        "“2025-02-30” is not a day; expected year, month, day, such as 2025-03-31.",
    ),
    "Ada;ada@example.org;;;;2026-03-03": ("since", "2026-03-03 is not here yet."),
    f"{'x' * 201};ada@example.org;;;;": ("name", "A name may have at most 200 characters."),
    "Ada;CLEO@example.org;;;;": ("email", "CLEO@example.org stands on the list before."),
    "Eve;eve@example.org;Observers;;;": ("role", "eve@example.org leads the group; their term has to end first."),
}


@pytest.mark.parametrize("row", PROBLEMS)
def test_one_bad_row_keeps_the_whole_list_out(row):
    lantern = group()
    lead(PersonFactory(email="eve@example.org"), lantern)
    text = LIST + row + "\n"

    dry = report(lantern, text)

    assert [(one.line, one.field, one.words) for one in dry.problems] == [(5, *PROBLEMS[row])]
    with pytest.raises(Refused) as refused:
        take_in(lantern, text)
    assert refused.value.code == "problems"
    assert "Line 5" in refused.value.message
    assert Participation.objects.count() == 1


def test_all_that_is_wrong_with_a_row_is_told():
    dry = report(group(), "Name;E-mail;Role;Time zone\nAda;nowhere;Wizard;Moon\n")

    assert [one.field for one in dry.problems] == ["email", "role", "zone"]


def test_failure_in_the_middle_leaves_nothing_behind(monkeypatch):
    lantern, count = group(), iter(range(10))

    def broken(*args, **kwargs):
        if next(count) == 1:
            raise RuntimeError("no ink left")

    monkeypatch.setattr("folkmoot.groups.actions.roster.take_role", broken)

    with pytest.raises(RuntimeError):
        take_in(lantern, LIST)
    assert not Person.objects.exists()


def test_list_that_would_now_change_something_else_is_shown_again():
    lantern = group()
    shown = report(lantern, LIST).digest
    join(PersonFactory(email="ada@example.org"), lantern)

    with pytest.raises(Refused) as refused:
        take_in(lantern, LIST, shown=shown)

    assert refused.value.code == "changed"
    assert Person.objects.count() == 1


def test_people_are_told_if_that_is_wished():
    lantern, ada = group(), PersonFactory(name="Ada")
    lead(ada, lantern)

    take_in(lantern, LIST, tell_people=True, by=ada)

    assert sorted(Letter.objects.values_list("recipient", flat=True)) == [
        "ada@example.org",
        "cleo@example.org",
        "joerg@example.org",
    ]
    assert "Ada added you" in Letter.objects.first().text


def test_list_taken_out_is_taken_in_without_a_change():
    organisation()
    lantern, other = group(), group("Other")
    lead(PersonFactory(name="=HYPERLINK(1)", email="eve@example.org"), lantern)
    join(PersonFactory(name="+49 30 1234", email="+49@example.org", zone="Asia/Kathmandu"), lantern)
    join(PersonFactory(name="'quoted', \"twice\"", email="q@example.org", zone=""), lantern, Power.OBSERVE)
    Participation.objects.filter(person__email="q@example.org").update(affiliation="－Minus\tand more")

    text = "".join(written(roster_rows(lantern)))

    assert "\n=" not in text
    assert "'=HYPERLINK(1)" in text
    assert report(lantern, text).counts == {Change.NOTHING: 3}
    followers = text.replace("'=HYPERLINK(1),eve@example.org,Managers", "'=HYPERLINK(1),eve@example.org,Observers")
    take_in(other, followers)
    assert [row[0] for row in here(other)] == ["=HYPERLINK(1)", "+49 30 1234", "'quoted', \"twice\""]
    assert here(other)[2][4] == "－Minus and more"


@pytest.mark.parametrize(
    ("header", "mapping"),
    [
        (["Name", "E-mail", "Role"], {"name": 0, "email": 1, "role": 2}),
        (
            ["full_name", "E-Mail Address", "TZ", "Company", "joined on"],
            {"name": 0, "email": 1, "zone": 2, "affiliation": 3, "since": 4},
        ),
        (["Email", "Email", "Name", "name"], {"email": 0, "name": 2}),
        (["x", "y"], {}),
    ],
)
def test_columns_are_guessed_by_their_headings(header, mapping):
    assert guessed_mapping(header) == mapping


def test_repeated_headings_are_named():
    assert repeated_headings(["Email", " Email", "", "", "Name"]) == ["Email"]


def test_columns_can_be_chosen():
    lantern, ada = group(), PersonFactory()
    lead(ada, lantern)
    draft = keep_roster(lantern, "a.csv", b"Who,Mail,Mail\nBen,old@example.org,ben@example.org\n", by=ada)
    assert table_of(draft).mapping == {"name": 0, "email": 1}
    assert table_of(draft).repeated == ["Mail"]

    choose_columns(draft, {"name": 0, "email": 2, "role": None})

    assert report_of(compare(lantern, table_of(draft))).outcomes[0].row.email == "ben@example.org"
    with pytest.raises(Refused):
        choose_columns(draft, {"email": 3})


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "empty"), (b"\n \n", "empty"), (b"x" * (2 * 1024 * 1024 + 1), "too_large")]
)
def test_file_that_is_no_list_is_refused(data, code):
    lantern, ada = group(), PersonFactory()
    lead(ada, lantern)

    with pytest.raises(Refused) as refused:
        keep_roster(lantern, "a.csv", data, by=ada)

    assert refused.value.code == code
    assert not RosterDraft.objects.exists()


def test_list_without_addresses_asks_for_their_column():
    with pytest.raises(Refused) as refused:
        report(group(), "x,y\n1,2\n")

    assert refused.value.code == "no_email"


def test_web_takes_a_bounded_number_of_rows():
    table = roster_file(io.BytesIO(b"E-mail\n" + b"".join(b"p%d@example.org\n" % n for n in range(1_001))))

    with pytest.raises(Refused) as refused:
        report_of(compare(group(), table, most_rows=1_000))

    assert refused.value.code == "too_many"


@pytest.mark.parametrize(
    ("who", "may"),
    [("stranger", False), ("participant", False), ("manager", True), ("steward", True), ("machine", True)],
)
def test_who_may_take_a_list_in(who, may):
    lantern = group()
    actor = {
        "stranger": PersonFactory,
        "participant": lambda: join(PersonFactory(), lantern),
        "manager": lambda: join(PersonFactory(), lantern, Power.MANAGE),
        "steward": lambda: PersonFactory(is_steward=True),
        "machine": machine,
    }[who]()

    try:
        take_in(lantern, LIST, by=actor)
    except Refused as refused:
        assert (refused.code, may) == ("forbidden", False)
    else:
        assert may


def test_cost_of_a_dry_run_does_not_grow_with_each_row(django_assert_num_queries):
    lantern = group()
    text = "E-mail\n" + "".join(f"p{number}@example.org\n" for number in range(400))

    # Roles, the organisation's day, and for the one batch people by their addresses, further and merged ones.
    with django_assert_num_queries(5):
        report(lantern, text)


def race_of_two(draft: RosterDraft, shown: str, by: Person) -> int:
    """How often a draft was applied, after two pressed the button at once."""
    start = threading.Barrier(2)

    def run() -> None:
        start.wait()
        try:
            apply_draft(draft, shown=shown, tell_people=False, by=by)
        except Refused as refused:
            assert refused.code == "applied"
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Entry.objects.filter(kind="groups.roster_applied").count()


@pytest.fixture
def ready() -> tuple[RosterDraft, str, Person]:
    lantern, ada = group(), PersonFactory()
    join(ada, lantern, Power.MANAGE)
    draft = keep_roster(lantern, "a.csv", LIST.encode(), by=ada)
    return draft, report_of(compare(lantern, table_of(draft))).digest, ada


@pytest.mark.django_db(transaction=True)
def test_list_is_applied_once_in_a_race(ready):
    assert race_of_two(*ready) == 1
    assert Participation.objects.count() == 4
    assert bytes(RosterDraft.objects.get().source) == b""


@pytest.mark.django_db(transaction=True)
def test_control_without_the_claim_it_is_applied_twice(ready, monkeypatch):
    """The race above proves something only if this one sees it: nobody claims, and what was shown is not compared."""
    monkeypatch.setattr("folkmoot.groups.actions.roster.claim_draft", lambda draft: True)
    monkeypatch.setattr("folkmoot.groups.actions.roster.check_shown", lambda report, shown: None)

    assert race_of_two(*ready) == 2


def test_draft_is_claimed_once(ready):
    draft, _shown, _by = ready

    assert [claim_draft(draft), claim_draft(draft)] == [True, False]


def test_role_may_be_named_by_its_singular():
    lantern = group()
    Role.objects.filter(name="Participants").update(name="Editors")

    assert report(lantern, "E-mail,Role\na@example.org,editor\n").outcomes[0].role == role(lantern, Power.TAKE_PART)

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.groups.actions import adopt_charter
from folkmoot.groups.actions.agreements import agree, publish_agreement
from folkmoot.groups.actions.joining import (
    add_to_group,
    change_role,
    decide_request,
    join_group,
    leave_group,
    remove_from_group,
    undo_leaving,
    withdraw_request,
)
from folkmoot.groups.agreements import agreements_of
from folkmoot.groups.joining import entrance_of, open_agreements, present_of
from folkmoot.groups.models import (
    Agreement,
    Consent,
    Group,
    GroupState,
    JoinRequest,
    MembershipAnswer,
    Participation,
    Power,
    RequestState,
    Role,
)
from folkmoot.groups.queries import charter_in_force
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine, system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from tests.factories.groups import CHARTER, group, join, lead, role
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

POLICIES = CHARTER + "\n## Policies\n\n* We follow the [Code of Conduct](https://oak.example/conduct).\n"
CLOSED_DOOR = CHARTER.replace("* Open to everyone in the commons.", "* Membership is by invitation.")
WORDY = CHARTER.replace(
    "* Open to everyone in the commons.", "* Members should have a background or interest in lamps."
)
CURATED = CHARTER.replace(
    "* **Participants**: Contribute to discussions.", "* **Editors**: Are appointed by the managers."
)


def come_in(person, of: Group, power: Power = Power.TAKE_PART, **changes):
    asked = entrance_of(of)
    given = {
        "answers": dict.fromkeys(range(len(asked.terms.rules)), "yes"),
        "agreed_to": [agreement.pk for agreement in asked.agreements],
        **changes,
    }
    return join_group(of, str(role(of, power).pk), **given, by=person)


def told(of: Group) -> list[str]:
    return list(Entry.objects.filter(within_id=of.pk).order_by("pk").values_list("kind", flat=True))


def notices(person) -> list[str]:
    return list(Telling.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def test_who_joins_takes_part_at_once_and_is_welcomed():
    lantern, ada, ben = group(text=POLICIES), PersonFactory(), PersonFactory(name="Ben")
    lead(ada, lantern)
    before = len(told(lantern))

    came = come_in(ben, lantern)

    assert (came.role.name, came.ended_at) == ("Participants", None)
    assert told(lantern)[before:] == ["groups.agreement_given"] * 2 + ["groups.role_taken"]
    assert Entry.objects.order_by("-pk").first().actor == ben
    assert notices(ben) == ["groups.welcome"]
    assert notices(ada) == ["groups.somebody_joined"]
    assert [(c.agreement.title, c.agreement.number) for c in Consent.objects.filter(person=ben).order_by("pk")] == [
        ("Charter of Lantern Working Group", 1),
        ("Code of Conduct", 1),
    ]


def test_joining_twice_is_written_once():
    lantern, ben = group(), PersonFactory()

    assert come_in(ben, lantern) == come_in(ben, lantern)

    assert told(lantern).count("groups.role_taken") == 1
    assert notices(ben) == ["groups.welcome"]


def test_answers_are_kept_for_what_was_asked():
    lantern, ben = group(text=WORDY), PersonFactory()

    come_in(ben, lantern, answers={0: " I mend lamps. ", 1: "yes"})

    assert list(MembershipAnswer.objects.values_list("rule", "answer")) == [
        ("Members should have a background or interest in lamps.", "I mend lamps."),
        ("Taking part is voluntary, but means doing something.", ""),
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"answers": {}}, "affirm"),
        ({"agreed_to": []}, "agree"),
        ({"answers": {0: "x" * 2_001, 1: "yes"}}, "answer_too_long"),
    ],
)
def test_who_does_not_affirm_or_agree_stays_outside(changes, code):
    lantern, ben = group(text=WORDY), PersonFactory()

    with pytest.raises(Refused) as refused:
        come_in(ben, lantern, **changes)

    assert refused.value.code == code
    assert not Participation.objects.exists()
    assert not Consent.objects.exists()


def test_nobody_joins_as_someone_who_leads():
    lantern, ben = group(), PersonFactory()

    with pytest.raises(Refused) as refused:
        come_in(ben, lantern, Power.MANAGE)

    assert refused.value.code == "role"


def test_nobody_joins_a_closed_group():
    lantern, ben = group(), PersonFactory()
    Group.objects.update(state=GroupState.CLOSED)
    lantern.refresh_from_db()

    with pytest.raises(Refused) as refused:
        come_in(ben, lantern)

    assert refused.value.code == "forbidden"


def test_group_without_roles_makes_them_with_the_first_who_come():
    bare, ben = group("Bare", text="# Bare\n\nA purpose.\n"), PersonFactory()

    came = join_group(bare, "observe", answers={}, agreed_to=[a.pk for a in entrance_of(bare).agreements], by=ben)

    assert (came.role.name, came.role.power) == ("Observers", "observe")


def test_where_the_charter_wants_a_yes_one_waits_for_it():
    lantern, ada, ben = group(text=CLOSED_DOOR), PersonFactory(), PersonFactory()
    lead(ada, lantern)

    wish = come_in(ben, lantern)

    assert isinstance(wish, JoinRequest)
    assert present_of(ben, lantern) is None
    assert notices(ada) == ["groups.somebody_asks"]
    assert come_in(ben, lantern) == wish

    decide_request(wish, approve=True, words="Good to have you.", by=ada)

    assert present_of(ben, lantern).role.name == "Participants"
    assert notices(ben) == ["groups.request_answered"]
    assert told(lantern)[-3:] == ["groups.joining_asked", "groups.joining_decided", "groups.role_taken"]


def test_where_nobody_leads_the_steward_is_asked():
    lantern, wren, ben = group(text=CLOSED_DOOR), PersonFactory(is_steward=True), PersonFactory()

    come_in(ben, lantern)

    assert notices(wren) == ["groups.somebody_asks"]


def test_only_the_role_that_wants_a_yes_waits_for_it():
    lantern, ben, cleo = group(text=CURATED), PersonFactory(), PersonFactory()

    assert isinstance(come_in(ben, lantern), JoinRequest)
    assert isinstance(come_in(cleo, lantern, Power.OBSERVE), Participation)
    assert isinstance(change_role(lantern, str(role(lantern, Power.TAKE_PART).pk), by=cleo), JoinRequest)
    assert present_of(cleo, lantern).role.power == Power.OBSERVE


def test_no_is_told_with_its_words_and_a_request_is_answered_once():
    lantern, ada, ben = group(text=CLOSED_DOOR), PersonFactory(), PersonFactory()
    lead(ada, lantern)
    wish = come_in(ben, lantern)

    decide_request(wish, approve=False, words="We are full this year.", by=ada)

    assert "We are full this year." in Telling.objects.get(person=ben).text
    assert present_of(ben, lantern) is None
    for again in (
        lambda: decide_request(wish, approve=True, by=ada),
        lambda: withdraw_request(wish, by=ben),
    ):
        with pytest.raises(Refused) as refused:
            again()
        assert refused.value.code == "decided"


def test_a_wish_can_be_taken_back_by_who_had_it():
    lantern, ben = group(text=CLOSED_DOOR), PersonFactory()
    wish = come_in(ben, lantern)

    with pytest.raises(Refused):
        withdraw_request(wish, by=PersonFactory())
    withdraw_request(wish, by=ben)

    wish.refresh_from_db()
    assert wish.state == RequestState.WITHDRAWN


@pytest.mark.parametrize(
    ("who", "may_decide", "may_add", "may_remove"),
    [
        ("stranger", False, False, False),
        ("observer", False, False, False),
        ("participant", False, False, False),
        ("manager", True, True, True),
        ("other manager", False, False, False),
        ("steward", True, True, True),
        ("machine", True, True, True),
    ],
)
def test_who_may_let_in_and_take_out(who, may_decide, may_add, may_remove):
    lantern, other = group(text=CLOSED_DOOR), group("Other", text="# Other\n")
    actor = {
        "stranger": PersonFactory,
        "observer": lambda: join(PersonFactory(), lantern, Power.OBSERVE),
        "participant": lambda: join(PersonFactory(), lantern),
        "manager": lambda: join(PersonFactory(), lantern, Power.MANAGE),
        "other manager": lambda: join(PersonFactory(), other, Power.MANAGE),
        "steward": lambda: PersonFactory(is_steward=True),
        "machine": machine,
    }[who]()
    wish = come_in(PersonFactory(), lantern)
    there = Participation.objects.get(person=join(PersonFactory(), lantern))

    def allowed(act) -> bool:
        try:
            act()
        except Refused as refused:
            assert refused.code == "forbidden"
            return False
        return True

    assert allowed(lambda: decide_request(wish, approve=True, by=actor)) == may_decide
    assert allowed(lambda: add_to_group(PersonFactory(), lantern, role(lantern, Power.OBSERVE), by=actor)) == may_add
    assert allowed(lambda: remove_from_group(there, why="Asked for it.", by=actor)) == may_remove


def test_people_change_between_the_roles_that_are_open():
    lantern, ben = group(), PersonFactory()
    come_in(ben, lantern)
    before = len(told(lantern))

    change_role(lantern, str(role(lantern, Power.OBSERVE).pk), by=ben)
    change_role(lantern, str(role(lantern, Power.OBSERVE).pk), by=ben)

    assert present_of(ben, lantern).role.name == "Observers"
    assert told(lantern)[before:] == ["groups.role_left", "groups.role_taken"]


@pytest.mark.parametrize(("power", "code"), [(Power.MANAGE, "role"), (None, "role")])
def test_nobody_raises_themselves_to_lead(power, code):
    lantern, ben = group(), PersonFactory()
    come_in(ben, lantern)
    key = str(role(lantern, power).pk) if power else "manage"

    with pytest.raises(Refused) as refused:
        change_role(lantern, key, by=ben)

    assert refused.value.code == code


def test_who_leads_hands_over_before_taking_another_role():
    lantern, ada = group(), PersonFactory()
    lead(ada, lantern)

    with pytest.raises(Refused) as refused:
        change_role(lantern, str(role(lantern, Power.OBSERVE).pk), by=ada)

    assert refused.value.code == "leads"


def test_leaving_can_be_undone_for_ten_minutes(freeze):
    clock = freeze("2026-03-02T12:00Z")
    lantern, ben = group(), PersonFactory()
    came = come_in(ben, lantern)

    leave_group(lantern, by=ben)
    leave_group(lantern, by=ben)
    assert present_of(ben, lantern) is None
    clock.shift(599)
    undo_leaving(lantern, by=ben)

    assert present_of(ben, lantern) == came
    undone = Entry.objects.order_by("-pk").first()
    assert (undone.kind, undone.withdraws.kind) == ("groups.leaving_undone", "groups.role_left")

    leave_group(lantern, by=ben)
    clock.shift(601)
    with pytest.raises(Refused) as refused:
        undo_leaving(lantern, by=ben)
    assert refused.value.code == "too_late"


def test_who_was_taken_out_does_not_undo_it():
    lantern, ada, ben = group(), PersonFactory(), PersonFactory()
    lead(ada, lantern)
    came = come_in(ben, lantern)

    remove_from_group(came, why="A reason.", by=ada)

    with pytest.raises(Refused) as refused:
        undo_leaving(lantern, by=ben)
    assert refused.value.code == "too_late"
    assert notices(ben)[-1] == "groups.taken_out"
    assert "A reason." in Telling.objects.filter(person=ben).first().text
    assert told(lantern)[-2:] == ["groups.role_left", "groups.removed"]


def test_who_leads_and_leaves_gets_seat_and_term_back():
    lantern, ada = group(), PersonFactory()
    term = lead(ada, lantern)

    leave_group(lantern, by=ada)
    term.refresh_from_db()
    assert term.state == "ended"
    undo_leaving(lantern, by=ada)

    term.refresh_from_db()
    assert term.state == "accepted"
    assert present_of(ada, lantern).role.power == Power.MANAGE


def test_a_seat_that_was_taken_meanwhile_stays_taken():
    lantern, ada = group(), PersonFactory()
    Role.objects.filter(power=Power.MANAGE).update(seats=1)
    lead(ada, lantern)
    leave_group(lantern, by=ada)
    lead(PersonFactory(), lantern)

    with pytest.raises(Refused) as refused:
        undo_leaving(lantern, by=ada)

    assert refused.value.code == "no_free_seat"


def test_managers_do_not_take_each_other_out():
    lantern, ada, eve = group(), PersonFactory(), PersonFactory()
    lead(ada, lantern)
    lead(eve, lantern)

    with pytest.raises(Refused) as refused:
        remove_from_group(present_of(eve, lantern), why="Mine alone.", by=ada)

    assert refused.value.code == "forbidden"


def test_taking_out_needs_a_reason():
    lantern, ben = group(), PersonFactory()
    came = come_in(ben, lantern)

    with pytest.raises(Refused) as refused:
        remove_from_group(came, why=" \u200b ", by=system())

    assert refused.value.code == "no_reason"
    assert present_of(ben, lantern) == came


def test_who_was_added_is_told_by_whom():
    lantern, ada, ben = group(), PersonFactory(name="Ada"), PersonFactory()
    lead(ada, lantern)

    add_to_group(ben, lantern, role(lantern, Power.OBSERVE), by=ada)
    add_to_group(ben, lantern, role(lantern, Power.OBSERVE), by=ada)

    assert "Ada added you" in Telling.objects.get(person=ben).text
    assert [a.title for a in open_agreements(ben, lantern)] == ["Charter of Lantern Working Group"]
    with pytest.raises(Refused):
        add_to_group(PersonFactory(), lantern, role(lantern, Power.MANAGE), by=ada)


def test_new_version_of_a_document_is_asked_for_again():
    organisation()
    lantern, ben = group(text=POLICIES), PersonFactory()
    come_in(ben, lantern)
    assert open_agreements(ben, lantern) == []

    reading = charter_in_force(lantern).reading
    moved = [{**reading["policies"][0], "url": "https://oak.example/conduct-2"}]
    adopt_charter(lantern, text=POLICIES + "\nMore.\n", reading={**reading, "policies": moved}, answers={}, by=system())
    publish_agreement(title="Bylaws", text="Be there.", by=system())

    assert [(a.title, a.number) for a in open_agreements(ben, lantern)] == [
        ("Charter of Lantern Working Group", 2),
        ("Bylaws", 1),
        ("Code of Conduct", 2),
    ]
    assert present_of(ben, lantern) is not None
    agree(open_agreements(ben, lantern), by=ben)
    assert open_agreements(ben, lantern) == []


def test_policy_that_the_charter_drops_is_not_asked_for():
    lantern = group(text=POLICIES)
    reading = charter_in_force(lantern).reading

    adopt_charter(lantern, text=CHARTER, reading={**reading, "policies": []}, answers={}, by=system())

    assert [a.title for a in agreements_of(lantern, charter_in_force(lantern))] == ["Charter of Lantern Working Group"]


def test_document_that_both_name_is_asked_for_once():
    lantern = group(text=POLICIES)

    publish_agreement(title="Code of Conduct", url="https://oak.example/conduct", by=system())

    assert [(a.title, a.group) for a in agreements_of(lantern, charter_in_force(lantern))] == [
        ("Charter of Lantern Working Group", lantern),
        ("Code of Conduct", None),
    ]


def test_version_that_is_not_in_force_yet_is_not_asked_for():
    publish_agreement(title="Bylaws", text="One.", by=system())
    second = publish_agreement(
        title="Bylaws", text="Two.", in_force_from=dt.date.today() + dt.timedelta(days=40), by=system()
    )

    assert second.number == 2
    assert [a.text for a in agreements_of(group(), None) if a.group is None] == ["One."]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": " "},
        {"text": ""},
        {"url": "https://oak.example/"},
        {"url": "javascript:alert(1)", "text": ""},
        {"text": "x" * 100_001},
    ],
)
def test_document_without_title_or_words_is_not_published(changes):
    with pytest.raises(Refused) as refused:
        publish_agreement(**{"title": "Bylaws", "text": "Be kind.", **changes}, by=system())

    assert refused.value.code == "invalid"
    assert not Agreement.objects.exists()


def test_only_the_steward_publishes_documents():
    lantern = group()

    for nobody in (PersonFactory(), lead(PersonFactory(), lantern).person):
        with pytest.raises(Refused) as refused:
            publish_agreement(title="Bylaws", text="Mine.", by=nobody)
        assert refused.value.code == "forbidden"

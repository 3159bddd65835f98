"""What seats, handovers and proposals keep about people: shown to them, and emptied of words when they are erased."""

from __future__ import annotations

import pytest

from folkmoot.groups.actions.proposals import decline_proposal, propose_group
from folkmoot.groups.actions.seats import add_seat, begin_term
from folkmoot.groups.models import (
    Begun,
    Emeritus,
    GroupProposal,
    Handover,
    HandoverLine,
    HandoverSignature,
    Power,
    Term,
    UnownedHolding,
)
from folkmoot.ledger.actors import system
from folkmoot.people.person_data import PERSON_DATA
from tests.factories.groups import group, join
from tests.factories.handovers import accept_all, offered, signed
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

MODELS = (Emeritus, GroupProposal, Handover, HandoverLine, HandoverSignature, Term, UnownedHolding)


def test_every_field_that_points_at_a_person_is_answered_for():
    answered = {pair for data in PERSON_DATA for pair in data.answers_for}
    pointing = {
        (model, field.name)
        for model in MODELS
        for field in model._meta.get_fields()
        if field.many_to_one and field.related_model._meta.label == "people.Person"
    }

    assert pointing - answered == set()


@pytest.mark.django_db
def test_people_see_what_is_kept_and_erasing_takes_the_words():
    organisation()
    lantern = group()
    ada, ben = join(PersonFactory(name="Ada"), lantern, Power.MANAGE), join(PersonFactory(name="Ben"), lantern)
    begin_term(add_seat(lantern, title="Chair", by=system()), ada, how=Begun.ELECTED, remark="By acclaim.", by=system())
    proposal = propose_group(name="Kites", why="Wind.", who="Cleo would help.", by=ada)
    decline_proposal(proposal, answer="No wind.", by=PersonFactory(is_steward=True))
    handover = offered(lantern, ada, ben, notes="Ask Cleo.", emeritus=True)
    accept_all(handover, ben)
    signed(handover, ada, ben)
    ours = {entry.name: entry.item for entry in PERSON_DATA.entries() if entry.name.startswith("groups.")}

    kept = {name: len(data.export(ada)) for name, data in ours.items() if data.export(ada)}
    for data in ours.values():
        data.erase(ada)

    proposal.refresh_from_db()
    handover.refresh_from_db()
    wanted = {
        "groups.terms": 1,
        "groups.handovers": 1,
        "groups.signatures": 1,
        "groups.proposals": 1,
        "groups.emeriti": 1,
    }
    assert {name: kept.get(name) for name in wanted} == wanted
    assert (handover.notes, proposal.who, Term.objects.get().remark) == ("", "", "")
    assert not Emeritus.objects.exists()

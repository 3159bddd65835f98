from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.decisions.actions import correct_decision, record_decision
from folkmoot.decisions.models import Decision, DecisionRevision, Status
from folkmoot.groups.models import Amendment
from folkmoot.groups.queries import charter_in_force
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from tests.decisions.conftest import CHARTER
from tests.factories.amendments import proposal
from tests.factories.decisions import recorded, wording
from tests.factories.meetings import actor
from tests.factories.plan import last_entry, told_since

pytestmark = pytest.mark.django_db

WHO = ("stranger", "observer", "participant", "manager", "other group's manager", "former manager", "steward", "system")
AMENDED = CHARTER.replace("within 72 hours", "within five working days")


def test_decision_of_a_call_is_adopted_with_its_clause_and_objective(lantern, ada):
    before = last_entry()

    made = record_decision(
        lantern,
        wording(title=" Lights  stay on ", rationale="People fell.", clause="#decisions", objective="light"),
        on_day=dt.date(2026, 11, 25),
        by=ada,
    )

    assert (made.label, made.title, made.way, made.status, made.decided_on, made.proposed_by, made.settled_by) == (
        "2026-1", "Lights stay on", "call", "adopted", dt.date(2026, 11, 25), ada, ada,
    )  # fmt: skip
    assert (made.clause, made.clause_anchor) == ("§ 4 Decisions", "decisions")
    assert (made.objective, made.objective_anchor) == ("Light", "light")
    assert told_since(before) == ["decisions.adopted"]
    assert Entry.objects.latest("pk").payload == {
        "decision_id": made.pk, "label": "2026-1", "title": "Lights stay on", "way": "call", "on": "2026-11-25",
    }  # fmt: skip


def test_numbers_run_within_a_year_and_group(lantern):
    labels = [recorded(lantern, on_day=day).label for day in (None, dt.date(2025, 3, 1), None)]

    assert labels == ["2026-1", "2025-1", "2026-2"]


@pytest.mark.parametrize("who", WHO)
def test_who_may_record_and_correct(lantern, who):
    made, by = recorded(lantern, rationale="Old."), actor(who, lantern)
    new = {"rationale": "New.", "alternatives": "", "why": "A slip.", "edition": 1}

    if who in ("manager", "steward", "system"):
        record_decision(lantern, wording(), by=by)
        assert correct_decision(made, by=by, **new).rationale == "New."
    else:
        for act in (lambda: record_decision(lantern, wording(), by=by), lambda: correct_decision(made, by=by, **new)):
            with pytest.raises(Refused, match="Only a manager of Lantern Working Group or a steward"):
                act()


@pytest.mark.parametrize(
    ("given", "outcome", "code"),
    [
        ({"title": " \u200b"}, {}, "invalid"),
        ({"title": "x" * 201}, {}, "invalid"),
        ({"text": " \n"}, {}, "invalid"),
        ({"text": "x" * 20_001}, {}, "invalid"),
        ({"clause": "#nowhere"}, {}, "no_such_clause"),
        ({"objective": "Darkness"}, {}, "no_such_objective"),
        ({}, {"on_day": dt.date(2026, 11, 27)}, "future"),
        ({}, {"status": Status.OPEN}, "invalid"),
        ({}, {"status": Status.DECLINED, "reason": " "}, "reason_needed"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_half_done(lantern, given, outcome, code):
    before = last_entry()

    with pytest.raises(Refused) as refused:
        record_decision(lantern, wording(**given), by=system(), **outcome)

    assert (refused.value.code, Decision.objects.count(), told_since(before)) == (code, 0, [])


def test_another_decision_supersedes_one_that_holds_once(lantern):
    old, declined = recorded(lantern), recorded(lantern, status=Status.DECLINED)
    before = last_entry()

    new = recorded(lantern, supersedes=old)

    assert told_since(before) == ["decisions.adopted", "decisions.superseded"]
    assert list(old.superseding.all()) == [new]
    for gone in (old, declined):
        with pytest.raises(Refused) as refused:
            recorded(lantern, supersedes=gone)
        assert refused.value.code == "not_in_force"


def test_declined_decision_keeps_its_reason_beside_the_fact(lantern):
    made = recorded(lantern, status=Status.DECLINED, reason="Too dear.")

    assert (made.status, made.reason) == ("declined", "Too dear.")
    assert Entry.objects.latest("pk").kind == "decisions.settled"
    assert Entry.objects.latest("pk").detail.words == {"reason": "Too dear."}


def test_correction_keeps_what_stood_there_and_never_touches_the_decision(lantern, ada):
    made = recorded(lantern, rationale="Peple fell.")
    before = last_entry()

    correct_decision(made, by=ada, rationale="People fell.", alternatives="", why="A slip.", edition=1)

    kept = DecisionRevision.objects.values_list("part", "was", "now", "why", "by__name")
    assert list(kept) == [("rationale", "Peple fell.", "People fell.", "A slip.", "Ada")]
    made.refresh_from_db()
    assert (made.text, made.rationale, made.edition) == (wording().text, "People fell.", 2)
    assert told_since(before) == ["decisions.corrected"]
    with pytest.raises(Refused) as refused:
        correct_decision(made, by=ada, rationale="Else", alternatives="", why="Mine.", edition=1)
    assert refused.value.code == "newer_edition"


def test_correcting_nothing_writes_nothing(lantern, ada):
    made = recorded(lantern, rationale="People fell.")
    before = last_entry()

    correct_decision(made, by=ada, rationale="People fell.\r\n", alternatives="", why="", edition=1)

    assert (told_since(before), DecisionRevision.objects.count()) == ([], 0)


def test_amendment_is_adopted_with_the_decision_or_neither_is(lantern, ada, monkeypatch):
    made = proposal(lantern, AMENDED, by=ada)
    monkeypatch.setattr("folkmoot.decisions.actions.keeping.DecisionAdopted", None)
    with pytest.raises(TypeError):
        recorded(lantern, amendment=made)
    made.refresh_from_db()
    assert (made.state, Decision.objects.count()) == ("proposed", 0)
    monkeypatch.undo()

    decision = recorded(lantern, amendment=made)

    made.refresh_from_db()
    assert (made.state, made.reason) == ("adopted", "Decision 2026-1: Lights stay on")
    assert charter_in_force(lantern).number == 2
    assert list(Amendment.objects.get(pk=made.pk).decisions.all()) == [decision]


def test_settled_or_foreign_amendment_is_refused(lantern, ada):
    made = proposal(lantern, AMENDED, by=ada)
    recorded(lantern, amendment=made)

    with pytest.raises(Refused) as refused:
        recorded(lantern, amendment=made)

    assert refused.value.code == "settled"

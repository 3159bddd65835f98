"""What decisions keep about people is handed out, and goes with them; what the group decided stays."""

from __future__ import annotations

import pytest

from folkmoot.decisions.actions import answer_objection, correct_decision, object_to, support_decision
from folkmoot.decisions.actions.watching import watch_all
from folkmoot.people.person_data import PERSON_DATA
from tests.factories.decisions import is_over, proposed, recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def lived(lantern, ada, ben):
    """A proposal of Ben's to which Ada objects and which he answers, one that he supports, and a correction of hers."""
    made, other = proposed(lantern, by=ben), proposed(lantern)
    answer_objection(object_to(made, reason="Too bright.", by=ada), answer="Shades.", by=ben)
    support_decision(other, by=ben)
    correct_decision(recorded(lantern), by=ada, rationale="So.", alternatives="", why="I forgot.", edition=1)
    return made


def kept_about(person) -> dict[str, list]:
    entries = [entry for entry in PERSON_DATA.entries() if entry.name.startswith("decisions.")]
    return {entry.name: found for entry in entries if (found := entry.item.export(person))}


def test_own_words_are_handed_out(lived, ada, ben):
    assert kept_about(ada) == {
        "decisions.objections": [
            {"group": "Lantern Working Group", "decision": "2026-1", "title": "Lights stay on", "status": "open",
             "reason": "Too bright.", "at": "2026-11-26T12:00:00+00:00", "taken_back_at": None}
        ],
        "decisions.revisions": [
            {"group": "Lantern Working Group", "decision": "2026-3", "title": "Lights stay on", "status": "adopted",
             "part": "rationale", "why": "I forgot.", "at": "2026-11-26T12:00:00+00:00"}
        ],
    }  # fmt: skip
    assert set(kept_about(ben)) == {"decisions.proposed", "decisions.answers", "decisions.supports"}


def test_erasing_empties_the_words_and_lets_the_objection_stand_no_more(lived, ada, ben, freeze):
    for person in (ada, ben):
        for entry in PERSON_DATA.entries():
            if entry.name.startswith("decisions."):
                entry.item.erase(person)

    objection = lived.objections.get()
    assert (objection.reason, objection.answer, objection.stands) == ("", "", False)
    assert (lived.revisions.count(), lived.proposed_by) == (0, ben)
    freeze(is_over(lived))
    watch_all()
    lived.refresh_from_db()
    assert lived.status == "adopted"

"""Whoever asks is shown what answers it while they type."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from folkmoot.connections.actions.helping import Question, ask_for_help, say
from folkmoot.connections.actions.helping_ending import accept_answer
from folkmoot.connections.models.helping import HelpRequest
from folkmoot.groups.models import Power
from tests.browser.accessibility import faults
from tests.factories.connections.helping import desk
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_solved_question_is_shown_while_one_types_and_one_asks_by_keyboard_all_the_same(new_page):
    organisation()
    here, cleo = group(), PersonFactory(name="Cleo")
    ada = join(PersonFactory(name="Ada"), here, Power.MANAGE)
    made = desk(here, ada)
    solved = ask_for_help(made, Question("How do I join the call?"), by=cleo)
    accept_answer(solved, say(solved, "Press the blue button.", by=ada), by=cleo)
    page = new_page(person=cleo, width=320)
    page.goto(made.address("ask"))

    page.get_by_label("What is it about?").press_sequentially("Joining the call")

    expect(page.get_by_role("link", name="How do I join the call?")).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.get_by_label("What is it about?").press("Enter")
    page.get_by_role("button", name="None of these, ask").press("Enter")
    expect(page.get_by_role("heading", name="Joining the call")).to_be_visible()
    assert HelpRequest.objects.count() == 2

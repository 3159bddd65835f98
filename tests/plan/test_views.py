from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from folkmoot.groups.actions import adopt_charter
from folkmoot.groups.models import Group, Power
from folkmoot.ledger.actors import system
from folkmoot.plan.actions.activities import bring_year_in_order, change_activity
from folkmoot.plan.actions.goals import check_in, close_period, note_value
from folkmoot.plan.actions.initiatives import write_update
from folkmoot.plan.actions.registers import keep_risk, keep_stakeholder
from folkmoot.plan.actions.reports import draft_report, edit_report, publish_correction, publish_report
from folkmoot.plan.domain.lifecycle import Stage
from folkmoot.plan.domain.periods import Month
from folkmoot.plan.models import ActivityState, Confidence, Goal, Initiative, KeyResult, Report, Risk, Stakeholder
from tests.architecture.world import ROLES, make_world
from tests.calendar.reading import page_of, read, words_of
from tests.factories.groups import join
from tests.factories.people import PersonFactory
from tests.factories.plan import THIS_QUARTER, goal, initiative, key_result

pytestmark = pytest.mark.django_db

XSS = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'></bdi>{{ 7*7 }}"
NOVEMBER = Month(2026, 11)
INSIDE = {"risks": 7, "stakeholders": 6, "edit": 6}


def at(name: str, group: Group, *rest: object) -> str:
    return reverse(name, args=[group.slug, *rest])


def words(client, path: str) -> str:
    return words_of(read(client, path))


# The plan


def test_plan_shows_what_serves_each_objective_and_what_is_in_doubt_first(client, lantern, ada):
    check_in(goal(lantern, "Words for all", objective="Light"), confidence=Confidence.OFF_TRACK, words="No.", by=ada)
    initiative(lantern, "Lamp posts", objective="Light", lead=ada)
    initiative(lantern, "Idea", stage=Stage.PROPOSED)

    shown = words(client, at("group_plan", lantern))

    assert "Where help is wanted Goals that those who work on them are not sure of. Words for all off track" in shown
    assert "Warmth §" in shown
    assert "Nothing serves this yet. Whoever takes part may propose an initiative for it." in shown
    assert "Lamp posts sandbox led by Ada" in shown
    assert "Idea" not in shown
    assert "Risks" not in shown


def test_plan_says_when_the_charter_has_an_objective_no_more(client, lantern):
    initiative(lantern, "Lamp posts", objective="Light")
    version = lantern.charters.get()
    reading = {**version.reading, "objectives": []}
    adopt_charter(lantern, text="# Lantern", reading=reading, answers={}, by=system())

    shown = words(client, at("group_plan", lantern))

    assert "The charter names no objectives, so there is nothing to plan for yet." in shown
    assert "begun for “Light”; the charter no longer has this objective" in shown


def test_plan_offers_each_what_they_may_do(client, lantern, ada, ben, cleo):
    found = {}
    for person in (ada, ben, cleo):
        client.force_login(person)
        shown = words(client, at("group_plan", lantern))
        offers = ("Set a goal", "Propose an initiative", "Risks", "Stakeholders")
        found[person.name] = [offer in shown for offer in offers]

    assert found == {
        "Ada": [True, True, True, True], "Ben": [False, True, True, False], "Cleo": [False, False, True, False],
    }  # fmt: skip


OPEN_TO_ALL = ["Overview", "Goals", "Initiatives", "The year"]
INSIDE_PAGES = [*OPEN_TO_ALL, "Tasks", "Checklists", "Welcome", "Reports", "Risks"]


def test_pages_of_the_plan_are_those_that_one_may_open():
    world = make_world()
    shown = {
        "anonymous": [*OPEN_TO_ALL, "Reports"],
        "stranger": [*OPEN_TO_ALL, "Reports"],
        "other_manager": [*OPEN_TO_ALL, "Reports"],
        "observer": INSIDE_PAGES,
        "participant": INSIDE_PAGES,
        "manager": [*INSIDE_PAGES, "Stakeholders"],
        "steward": [*INSIDE_PAGES, "Stakeholders"],
    }
    assert set(shown) == set(ROLES)

    for role, labels in shown.items():
        client = Client()
        if role in world.people:
            client.force_login(world.people[role])
        found = pages_of_plan(read(client, at("group_plan", world.group)))

        assert [label for _url, label, _current in found] == labels, role
        for url, label, _current in found:
            assert [one for one in pages_of_plan(read(client, url)) if one[2]] == [(url, label, True)], role


def pages_of_plan(page: str) -> list[tuple[str, str, bool]]:
    """Address and words of each tab of the plan, and whether it is the page on which one is."""
    bar = page.partition('aria-label="Plan of ')[2].partition("<details")[0]
    tabs = re.findall(r'<a href="([^"]+)"( aria-current="page")?>([^<]+)</a>', bar)
    return [(url, label, bool(current)) for url, current, label in tabs]


# Initiatives


def test_initiative_page_tells_its_story(client, lantern, ada, ben):
    running = initiative(
        lantern, stage=Stage.INCUBATING, lead=ben, words=f"**Two** by two.\n\n{XSS}", objective="Warmth"
    )
    write_update(running, words="It *goes*.", by=ben)

    page = read(client, running.get_absolute_url())

    shown = words_of(page)
    assert "Coffee across zones incubating since 26 November 2026, for Warmth" in shown
    assert "Led by B Ben" in shown
    assert "It goes . Ben" in shown
    assert "incubating before: sandbox. It is time." in shown
    assert "<script>alert" not in page
    assert "<strong>Two</strong>" in page
    assert "Say how it goes" not in shown


def test_proposal_is_seen_by_the_group_alone(client, lantern, ben, cleo):
    waiting = initiative(lantern, "Idea", stage=Stage.PROPOSED, lead=ben)

    assert client.get(waiting.get_absolute_url()).status_code == 404
    assert "Idea" not in words(client, at("plan_initiatives", lantern))
    client.force_login(PersonFactory())
    assert client.get(waiting.get_absolute_url()).status_code == 404
    client.force_login(cleo)
    assert "Idea proposed" in words(client, at("plan_initiatives", lantern))
    assert "Accept or decline it" not in page_of(client, waiting)


def test_initiative_from_proposal_to_news(client, lantern, ada, ben):
    client.force_login(ben)
    client.post(at("propose_initiative", lantern), {"title": XSS, "objective": "Warmth", "lead": ben.pk})
    made = Initiative.objects.get()
    assert made.title == XSS
    client.force_login(ada)
    assert "Accept or decline it" in page_of(client, made)

    refused = client.post(reverse("move_initiative", args=[made.pk]), {"to": "sandbox", "why": " "})
    client.post(reverse("move_initiative", args=[made.pk]), {"to": "sandbox", "why": "Try it."})
    client.force_login(ben)
    client.post(reverse("tell_of_initiative", args=[made.pk]), {"words": "It began."})
    client.post(
        reverse("change_initiative", args=[made.pk]),
        {
            "title": "Coffee",
            "objective": "Warmth",
            "lead": ben.pk,
            "links": "Plan https://x.example",
            "helpers": [ada.pk],
        },
    )

    made.refresh_from_db()
    assert refused.status_code == 400
    assert (made.title, made.stage, made.links) == ("Coffee", "sandbox", [{"name": "Plan", "url": "https://x.example"}])
    assert "It began." in page_of(client, made)
    assert "<script>alert" not in read(client, made.get_absolute_url())


def test_refused_form_keeps_what_was_typed(client, lantern, ben):
    client.force_login(ben)
    made = initiative(lantern, lead=ben)
    path = reverse("change_initiative", args=[made.pk])

    answer = client.post(path, {"title": "Coffee", "words": "My long text", "links": "x javascript:1", "lead": ben.pk})

    assert answer.status_code == 400
    assert "A link begins with https:// and has no spaces." in answer.content.decode()
    assert "My long text" in answer.content.decode()


# Goals


def test_goal_from_setting_to_closing(client, lantern, ada, ben):
    client.force_login(ada)
    client.post(at("new_goal", lantern), {"title": "People meet", "period": "2026-Q4", "owner": ben.pk})
    made = Goal.objects.get()
    results = reverse("new_key_result", args=[made.pk])
    client.post(results, {"words": "Pairs", "baseline": "0", "target": "8", "unit": "pairs", "owner": ben.pk})
    same = client.post(results, {"words": "Pairs", "baseline": "8", "target": "8"})
    assert "Baseline and target are the same" in same.content.decode()
    result = KeyResult.objects.get()
    client.post(
        reverse("change_key_result", args=[result.pk]), {"words": "Pairs who met", "baseline": "0", "target": "10"}
    )
    client.post(reverse("change_goal", args=[made.pk]), {"title": "People meet!", "period": "2026-Q4", "owner": ben.pk})
    client.force_login(ben)
    client.post(reverse("note_value", args=[result.pk]), {"value": "4", "words": "Counted."})
    client.post(reverse("check_in", args=[made.pk]), {"confidence": "at_risk", "words": "We need **help**."})

    page = read(client, made.get_absolute_url())
    shown = words_of(page)
    assert "People meet! at risk" in shown
    assert "40 of 100" in shown
    assert "Counted. Ben" in shown
    assert "<strong>help</strong>" in page

    client.force_login(ada)
    assert "Close a period" in words(client, at("plan_goals", lantern))
    answer = client.post(at("close_goals", lantern), {"period": "2026-Q4", "carry": "on"}, follow=True)
    assert "The period is closed. 1 goal goes on." in answer.content.decode()
    assert "It goes on in the next period: People meet!" in page_of(client, made)
    assert "Carried over from the period before: People meet!" in page_of(client, Goal.objects.get(carried_from=made))


def test_goal_without_numbers_teaches(client, lantern):
    shown = page_of(client, goal(lantern))

    assert "not measured yet" in shown
    assert "so nobody can tell how far it is" in shown
    assert client.get("/plan/goals/999/").status_code == 404


# The year


def test_year_shows_states_owners_and_clauses(client, lantern, ada):
    bring_year_in_order(lantern, year=2026, by=system())
    client.force_login(ada)
    activity = lantern.year_activities.get(name="Spring clean")
    path = reverse("plan_activity", args=[activity.pk])
    assert client.post(path, {"state": "dropped", "quarter": "2"}).status_code == 400

    answer = client.post(path, {"state": "under_way", "quarter": "2", "owner": ada.pk, "words": "Brooms."}, follow=True)

    shown = words_of(answer.content.decode())
    assert "Quarter by quarter January to March April to June Spring clean April to June, under way" in shown
    assert "under way April to June Brooms." in shown
    assert "Open house" in shown
    assert "May Spring clean , under way" in shown
    assert "2025" not in shown
    assert client.get(f"{at('plan_year', lantern)}?year=x").status_code == 404
    assert "asks for no activity in this year" in words(client, f"{at('plan_year', lantern)}?year=2020")


def test_group_page_shows_how_the_year_goes_once_it_moves(client, lantern, ada):
    bring_year_in_order(lantern, year=2026, by=system())
    before = words(client, f"/groups/{lantern.slug}/")
    one = lantern.year_activities.first()
    change_activity(
        one, state=ActivityState.DONE, owner=None, quarter=0, starts_on=None, ends_on=None, words="", initiative=None,
        by=ada,
    )  # fmt: skip

    after = words(client, f"/groups/{lantern.slug}/")

    assert "How 2026 goes" not in before
    assert "How 2026 goes Open house done Spring clean not begun" in after


# Registers


def test_risks_from_the_list_to_the_file(client, lantern, ada, ben, cleo):
    client.force_login(ben)
    client.post(
        at("new_risk", lantern),
        {
            "title": XSS,
            "likelihood": "4",
            "impact": "5",
            "state": "open",
            "review_on": "2026-12-01",
            "is_shareable": "on",
        },
    )
    made = Risk.objects.get()
    assert (made.score, made.is_shareable) == (20, False)
    client.force_login(ada)
    assert client.post(
        made.get_absolute_url(),
        {"title": "Nobody comes", "likelihood": "4", "impact": "5", "state": "open", "is_shareable": "on"},
    ).status_code == 302  # fmt: skip

    client.force_login(cleo)
    assert "Nobody comes 20 of 25 likelihood 4, impact 5" in words(client, at("plan_risks", lantern))
    assert "Only who looks after this risk, or a manager of Lantern Working Group, may change it." in page_of(
        client, made
    )
    file = client.get(at("risks_file", lantern))
    assert file["Content-Disposition"] == 'attachment; filename="lantern-working-group-risks.csv"'
    assert file.content.decode("utf-8-sig").splitlines()[0].startswith("risk,words,likelihood,impact,")
    assert b"Nobody comes" in file.content


def test_stakeholders_from_the_list_to_being_forgotten(client, lantern, ada, ben):
    client.force_login(ada)
    client.post(at("new_stakeholder", lantern), {"name": "Library", "interest": "3", "influence": "1"})
    one = Stakeholder.objects.get()
    client.post(one.get_absolute_url(), {"name": "The library", "interest": "3", "influence": "2", "contact": ben.pk})
    assert "The library interest high, influence medium Ben" in words(client, at("plan_stakeholders", lantern))
    assert b"The library" in client.get(at("stakeholders_file", lantern)).content
    assert "What was written about them is deleted" in page_of(client, one)

    client.post(reverse("forget_stakeholder", args=[one.pk]))

    assert not Stakeholder.objects.exists()


# Reports


def test_report_from_draft_to_correction(client, lantern, ada, ben):
    client.force_login(ada)
    client.post(at("draft_report", lantern), {"month": "2026-11"})
    report = Report.objects.get()
    edit = at("edit_report", lantern, "2026-11")
    assert "2 people joined" in read(client, edit)
    client.post(edit, {"text-asks": f"A room. {XSS}", "readers": "public", "keep": "1", "text-people": "Two came."})
    client.logout()
    assert client.get(report.get_absolute_url()).status_code == 404
    assert "No report is published yet." in words(client, at("reports", lantern))
    client.force_login(ada)
    assert "This is a draft." in page_of(client, report)

    client.post(edit, {"text-asks": f"A room. {XSS}", "text-people": "Two came.", "readers": "public", "publish": "1"})
    client.post(edit, {"text-asks": "A boat.", "text-people": "Two came.", "readers": "public", "keep": "1"})
    answer = client.post(at("correct_report", lantern, "2026-11"), {"why": "It floats."}, follow=True)

    assert "Corrected It floats." in words_of(answer.content.decode())
    client.logout()
    page = read(client, report.get_absolute_url())
    assert "A boat." in page
    assert "<h2>What we ask of the committee</h2>" in page
    first = read(client, f"{report.get_absolute_url()}?revision=1")
    assert "A room." in first
    assert "<script>alert" not in first
    assert "There is a later revision." in first
    assert client.get(f"{report.get_absolute_url()}?revision=9").status_code == 404
    file = client.get(at("report_file", lantern, "2026-11"))
    assert file.content.decode().startswith("# Lantern Working Group, November 2026\n")
    assert client.get(at("report", lantern, "2026-99")).status_code == 404
    client.force_login(ada)
    assert client.post(at("draft_report", lantern), {"month": "soon"}).status_code == 400


def test_news_of_the_record_is_shown_beside_what_was_written(client, lantern, ada):
    client.force_login(ada)
    report = draft_report(lantern, NOVEMBER, by=ada)
    edit_report(report, texts={"people": "Ada came."}, seen={}, is_public=True, by=ada)
    join(PersonFactory(), lantern)
    draft_report(lantern, NOVEMBER, by=ada)
    path = at("edit_report", lantern, "2026-11")

    shown = words(client, path)
    client.post(path, {"text-people": "Ada came.", "fresh-people": "on", "readers": "public", "keep": "1"})

    assert "The record says something new here - 2 people joined." in shown
    assert "Ada came." not in words(client, path)


def test_both_managers_words_are_kept_when_they_meet(client, lantern, ada):
    client.force_login(ada)
    report = draft_report(lantern, NOVEMBER, by=ada)
    edit_report(report, texts={"asks": "Theirs."}, seen={}, is_public=True, by=ada)

    answer = client.post(
        at("edit_report", lantern, "2026-11"),
        {"text-asks": "Mine.", "seen-asks": "e3b0c44298fc1c14", "readers": "public", "publish": "1"},
    )

    assert answer.status_code == 400
    assert "has changed meanwhile" in answer.content.decode()
    assert "Mine." in answer.content.decode()
    report.refresh_from_db()
    assert (report.published_at, report.pieces.get(name="asks").text) == (None, "Theirs.")


def test_report_for_the_committee_is_for_those_above(client, lantern, ada, ben):
    lantern.parent = Group.objects.create(slug="committee", name="Committee")
    lantern.save()
    dora = join(PersonFactory(), lantern.parent, Power.MANAGE)
    report = draft_report(lantern, NOVEMBER, by=ada)
    edit_report(report, texts={}, seen={}, is_public=False, by=ada)
    publish_report(report, by=ada)

    answers = {}
    for name, person in (("stranger", None), ("participant", ben), ("above", dora), ("manager", ada)):
        client.logout()
        if person:
            client.force_login(person)
        listed = "November 2026" in words(client, at("reports", lantern)).replace("Draft November 2026", "")
        answers[name] = (client.get(report.get_absolute_url()).status_code, listed)
    assert answers == {
        "stranger": (404, False),
        "participant": (404, False),
        "above": (200, True),
        "manager": (200, True),
    }


# What each page costs, with 1 and 3 of everything


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same_for_any_number_of_rows(client, django_assert_num_queries, lantern, ada, rows):
    bring_year_in_order(lantern, year=2026, by=system())
    for number in range(rows):
        person = join(PersonFactory(), lantern)
        wanted = goal(lantern, f"Goal {number}", objective="Light", owner=person)
        for _ in range(rows):
            note_value(key_result(wanted, owner=person), value=Decimal(1), words="Seen.", by=ada)
        check_in(wanted, confidence=Confidence.AT_RISK, words="Hm.", by=person)
        running = initiative(lantern, f"Initiative {number}", objective="Warmth", lead=person)
        write_update(running, words="News.", by=person)
        change_activity(
            lantern.year_activities.first(), state=ActivityState.UNDER_WAY, owner=person, quarter=number + 1,
            starts_on=None, ends_on=None, words="", initiative=running, by=system(),
        )  # fmt: skip
        keep_risk(lantern, title=f"Risk {number}", likelihood=1, impact=1, owner=person, by=system())
        keep_stakeholder(lantern, name=f"Friend {number}", contact=person, by=system())
        report = draft_report(lantern, Month(2026, number + 8), by=system())
        publish_report(report, by=system())
    edit_report(report, texts={"asks": "More."}, seen={}, is_public=True, by=system())
    publish_correction(report, why="More.", by=system())
    client.get("/groups/")

    costs = {
        # The newest entry, the group, its charter; goals with check-ins, key results, values and their people, ...
        at("group_plan", lantern): 12,
        at("plan_goals", lantern): 10,
        at("plan_initiatives", lantern): 4,
        at("plan_year", lantern): 4,
        at("reports", lantern): 3,
        reverse("goal", args=[wanted.pk]): 9,
        reverse("initiative", args=[running.pk]): 7,
        report.get_absolute_url(): 4,
    }
    for path, cost in costs.items():
        with django_assert_num_queries(cost):
            read(client, path)
        with django_assert_num_queries(1):  # kept for the next stranger
            read(client, path)
    client.force_login(ada)
    # Session and person, the group, whether she leads it, the rows, and which pages of the plan she may open.
    for path in (at("plan_risks", lantern), at("plan_stakeholders", lantern), at("edit_report", lantern, report.key)):
        with django_assert_num_queries(INSIDE[path.rstrip("/").rpartition("/")[2]]):
            read(client, path)


def test_closed_goals_stand_with_their_final_values(client, lantern, ada):
    wanted = goal(lantern)
    note_value(key_result(wanted), value=Decimal(10), words="Seen.", by=ada)
    close_period(lantern, THIS_QUARTER, by=ada)

    shown = words(client, at("plan_goals", lantern))

    assert "People meet nobody has checked in yet closed" in shown
    assert "100 of 100" in shown

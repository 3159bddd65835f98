"""The product's pages as people meet them: light and dark, phone and desk, with and without scripts."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import partial

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Response

from folkmoot.invitations.links import answer_path
from folkmoot.invitations.stopping import stop_path
from tests.architecture.access import of_errand
from tests.architecture.access_of_polls import of_a_time, of_own_link
from tests.architecture.connections import PAGES as CONNECTIONS
from tests.architecture.governance import PAGES as GOVERNANCE
from tests.architecture.kept_world import kept_world
from tests.architecture.world import World
from tests.browser.accessibility import ALL, HEIGHT, assert_accessible, faults
from tests.browser.conftest import watch_of
from tests.browser.watching import overflow

pytestmark = pytest.mark.sqlite
MOST_JAVASCRIPT = 40 * 1024
PHONE = 320

PUBLIC = {
    "home": "/",
    "groups": "/groups/",
    "search": "/search/?q=call",
    "group": "/groups/{group}/",
    "charter": "/groups/{group}/charter/",
    "charter source": "/groups/{group}/charter/?view=source",
    "meetings": "/groups/{group}/meetings/",
    "people": "/groups/{group}/people/",
    "invitation": "{invitation}",
    "agreements": "/agreements/",
    "agreement": "/agreements/{agreement}/",
    "history": "/groups/{group}/history/",
    "subscribe": "/groups/{group}/subscribe/",
    "seats": "/groups/{group}/seats/",
    "seat": "/seats/{seat}/",
    "calendar": "/calendar/",
    "meeting": "/meetings/{meeting}/",
    "agenda": "/meetings/{meeting}/agenda/",
    "ask for an item as a guest": "{guest_link}",
    "who was there": "/meetings/{call}/here/",
    "mark a task as done from a mail": "{errand}",
    "answer a call from a mail": "{answer}",
    "stop invitations from a mail": "{stop_invitations}",
    "published minutes": "/meetings/{minutes_published}/minutes/published/",
    "code of a call": "/c/",
    "poll": "/polls/{poll}/",
    "own answer to a poll": "{poll_answer}",
    "count ballots again": "/count/",
    "plan": "/groups/{group}/plan/",
    "initiatives": "/groups/{group}/plan/initiatives/",
    "initiative": "/plan/initiatives/{initiative}/",
    "goals": "/groups/{group}/plan/goals/",
    "goal": "/plan/goals/{goal}/",
    "the year": "/groups/{group}/plan/year/",
    "reports": "/groups/{group}/reports/",
    "report": "/groups/{group}/reports/{report}/",
    "decisions": "/groups/{group}/decisions/",
    "decision": "/groups/{group}/decisions/{decision}/",
    "motion": "/groups/{group}/motions/{motion}/",
    "preferences": "/preferences/",
    "sign in": "/accounts/login/",
    "sign in by code": "/accounts/login/code/",
    "sign up": "/accounts/signup/",
    "forgotten password": "/accounts/password/reset/",
    "waiting for a steward": "/sign-in/waiting/",
    "turned round at a provider": "/accounts/3rdparty/login/cancelled/",
    "one-time link": "{link}",
}
SIGNED_IN = {
    "my profile": ("stranger", "/me/profile/"),
    "hours that suit me": ("stranger", "/me/hours/"),
    "when I am away": ("participant", "/me/away/"),
    "older minutes": ("manager", "/groups/{group}/minutes/import/"),
    "guests of a call": ("manager", "/meetings/{meeting}/invited/"),
    "my invitations": ("participant", "/me/invitations/"),
    "my calendar": ("participant", "/me/calendar/"),
    "what is kept about me": ("participant", "/me/data/"),
    "profile of a groupmate": ("manager", "/people/{participant}/"),
    "own profile": ("participant", "/people/{participant}/"),
    "people": ("steward", "/people/"),
    "record": ("steward", "/people/{other_manager}/record/"),
    "find a record to merge": ("steward", "/people/{participant}/record/merge/?q=e"),
    "merge two records": ("steward", "/people/{participant}/record/merge/?gone={other_manager}"),
    "erase a record": ("steward", "/people/{participant}/record/erase/"),
    "e-mail addresses": ("stranger", "/accounts/email/"),
    "password": ("stranger", "/accounts/password/change/"),
    "second factors": ("stranger", "/accounts/2fa/"),
    "codes from an app": ("stranger", "/accounts/2fa/totp/activate/"),
    "linked accounts": ("stranger", "/accounts/3rdparty/"),
    "devices": ("stranger", "/accounts/sessions/"),
    "proof by code": ("stranger", "/accounts/prove/"),
    "waiting people": ("steward", "/people/waiting/"),
    "sign out": ("stranger", "/accounts/logout/"),
    "group": ("manager", "/groups/{group}/"),
    "motion that is voted on": ("manager", "/groups/{group}/motions/{vote}/"),
    "take a position": ("participant", "/groups/{group}/motions/{vote}/position/"),
    "move a meeting": ("manager", "/meetings/{meeting}/move/"),
    "cancel a meeting": ("manager", "/meetings/{meeting}/cancel/"),
    "agenda": ("manager", "/meetings/{meeting}/agenda/"),
    "agenda item": ("manager", "/agenda-items/{agenda_item}/"),
    "a file to read": ("manager", "/agenda-items/{agenda_item}/files/"),
    "delete something to read": ("manager", "/agenda-materials/{material}/delete/"),
    "usual agenda": ("manager", "/groups/{group}/agenda/"),
    "who was there": ("manager", "/meetings/{call}/here/"),
    "am I there": ("participant", "/meetings/{call}/here/"),
    "tick people off": ("manager", "/meetings/{call}/here/list/"),
    "paste names": ("manager", "/meetings/{call}/here/names/"),
    "guest of a call": ("manager", "/meetings/{call}/here/guests/{guest}/"),
    "show the code": ("manager", "/meetings/{call}/here/show-code/"),
    "running call": ("participant", "/meetings/{running}/live/"),
    "running call, moderated": ("manager", "/meetings/{running}/live/"),
    "running call, on a screen": ("manager", "/meetings/{running}/live/screen/"),
    "how people speak": ("manager", "/groups/{group}/calls/speaking/"),
    "type in the code": ("stranger", "/c/"),
    "calls I was at": ("participant", "/me/attendance/"),
    "what opens calls": ("manager", "/groups/{group}/meetings/opening/"),
    "word an opening text": ("manager", "/groups/{group}/meetings/opening/text/antitrust/"),
    "calls with other groups": ("manager", "/groups/{group}/meetings/together/"),
    "invite a group to calls": ("manager", "/groups/{group}/meetings/together/new/"),
    "invitation to joint calls": ("manager", "/joint-calls/{joint}/"),
    "answer an invitation to joint calls": ("other_manager", "/joint-calls/{joint}/"),
    "take an invitation to joint calls back": ("manager", "/joint-calls/{joint}/end/"),
    "call a meeting": ("manager", "/groups/{group}/meetings/new/"),
    "polls": ("participant", "/groups/{group}/polls/"),
    "ask when people are free": ("manager", "/groups/{group}/polls/new/"),
    "answer a poll": ("participant", "/polls/{poll}/"),
    "poll of mine": ("manager", "/polls/{poll}/"),
    "make a call of a poll": ("manager", "/polls/{poll}/make/?time={poll_time}"),
    "who does what at a call": ("manager", "/meetings/{meeting}/roles/"),
    "ask for a turn": ("manager", "/meetings/{meeting}/roles/ask/"),
    "a turn": ("participant", "/turns/{turn}/"),
    "announce a call": ("manager", "/meetings/{meeting}/announcement/"),
    "call roles": ("manager", "/groups/{group}/calls/roles/"),
    "fair times": ("manager", "/groups/{group}/fair-times/"),
    "add a call role": ("manager", "/groups/{group}/calls/roles/new/"),
    "words of the announcement": ("manager", "/groups/{group}/calls/announcement/"),
    "minutes": ("manager", "/meetings/{minutes}/minutes/"),
    "minutes of others": ("participant", "/meetings/{minutes}/minutes/"),
    "write the minutes": ("manager", "/meetings/{minutes}/minutes/write/"),
    "write notes together": ("manager", "/meetings/{minutes}/minutes/together/"),
    "one item of minutes": ("manager", "/minutes-items/{minutes_item}/change/"),
    "public wording": ("manager", "/minutes-items/{minutes_item}/public/"),
    "correct minutes": ("manager", "/minutes-items/{minutes_item}/correct/"),
    "add to the minutes": ("manager", "/meetings/{minutes}/minutes/add/"),
    "lay the minutes open": ("manager", "/meetings/{minutes}/minutes/propose/"),
    "check minutes": ("manager", "/meetings/{minutes}/minutes/check/"),
    "answer a wanted change": ("manager", "/minutes-changes/{wanted_change}/answer/"),
    "how we do minutes": ("manager", "/groups/{group}/calls/minutes/"),
    "my tasks": ("participant", "/me/tasks/"),
    "group's tasks": ("participant", "/groups/{group}/tasks/"),
    "add a task": ("manager", "/groups/{group}/tasks/new/"),
    "task": ("participant", "/tasks/{task}/"),
    "change a task": ("participant", "/tasks/{task}/change/"),
    "give a task": ("participant", "/tasks/{task}/give/"),
    "drop a task": ("participant", "/tasks/{task}/drop/"),
    "group's checklists": ("manager", "/groups/{group}/checklists/"),
    "start a checklist": ("manager", "/groups/{group}/checklists/start/"),
    "checklist": ("participant", "/checklists/{checklist}/"),
    "move a checklist": ("manager", "/checklists/{checklist}/move/"),
    "leave a step out": ("participant", "/checklists/steps/{line}/skip/"),
    "group's templates": ("manager", "/groups/{group}/checklists/templates/"),
    "new template": ("manager", "/groups/{group}/checklists/templates/new/"),
    "template": ("manager", "/checklists/templates/{template}/"),
    "add a step": ("manager", "/checklists/templates/{template}/steps/new/"),
    "change a step": ("manager", "/checklists/templates/steps/{step}/"),
    "welcome": ("participant", "/groups/{group}/welcome/"),
    "welcome for managers": ("manager", "/groups/{group}/welcome/"),
    "organisation's templates": ("steward", "/checklists/templates/"),
    "plan": ("manager", "/groups/{group}/plan/"),
    "decisions narrowed down": ("manager", "/groups/{group}/decisions/?status=open"),
    "decision to say something to": ("manager", "/groups/{group}/decisions/{decision}/"),
    "decision in force": ("manager", "/groups/{group}/decisions/{recorded}/"),
    "propose a decision": ("participant", "/groups/{group}/decisions/propose/"),
    "change a decision": ("participant", "/groups/{group}/decisions/{decision}/change/"),
    "object to a decision": ("participant", "/groups/{group}/decisions/{decision}/object/"),
    "write a decision down": ("manager", "/groups/{group}/decisions/record/"),
    "propose an initiative": ("participant", "/groups/{group}/plan/initiatives/new/"),
    "initiative": ("manager", "/plan/initiatives/{initiative}/"),
    "change an initiative": ("manager", "/plan/initiatives/{initiative}/change/"),
    "move an initiative": ("manager", "/plan/initiatives/{initiative}/move/"),
    "goal": ("manager", "/plan/goals/{goal}/"),
    "key result": ("manager", "/plan/goals/{goal}/key-results/new/"),
    "close a period": ("manager", "/groups/{group}/plan/goals/close/"),
    "the year": ("manager", "/groups/{group}/plan/year/"),
    "activity": ("manager", "/plan/activities/{activity}/"),
    "risks": ("observer", "/groups/{group}/plan/risks/"),
    "risk": ("observer", "/plan/risks/{risk}/"),
    "new risk": ("participant", "/groups/{group}/plan/risks/new/"),
    "stakeholders": ("manager", "/groups/{group}/plan/stakeholders/"),
    "stakeholder": ("manager", "/plan/stakeholders/{stakeholder}/"),
    "reports": ("manager", "/groups/{group}/reports/"),
    "work on a report": ("manager", "/groups/{group}/reports/{report}/edit/"),
    "handovers": ("manager", "/groups/{group}/handover/"),
    "handover to write": ("manager", "/handovers/{handover}/"),
    "handover to answer": ("participant", "/handovers/{handover}/"),
    "propose a group": ("stranger", "/groups/propose/"),
    "proposals": ("steward", "/groups/proposals/"),
    "proposal": ("steward", "/groups/proposals/{proposal}/"),
    "order of the groups": ("steward", "/groups/administration/"),
    "name and order": ("steward", "/groups/{group}/administration/"),
    "close a group": ("steward", "/groups/{group}/close/"),
    "new seat": ("steward", "/groups/{group}/seats/new/"),
    "give a seat": ("steward", "/seats/{seat}/give/"),
    "end a term": ("steward", "/seats/terms/{term}/end/"),
    "extend a term": ("steward", "/seats/terms/{term}/extend/"),
    "people of a group": ("manager", "/groups/{group}/people/"),
    "join": ("stranger", "/groups/{group}/join/"),
    "come in": ("stranger", "{invitation}"),
    "leave": ("participant", "/groups/{group}/leave/"),
    "answer an offer": ("participant", "/appointments/{appointment}/"),
    "invite": ("manager", "/groups/{group}/invite/"),
    "add somebody": ("manager", "/groups/{group}/people/add/"),
    "one participant": ("manager", "/groups/{group}/people/{participation}/"),
    "requests": ("manager", "/groups/{group}/requests/"),
    "roster": ("manager", "/groups/{group}/roster/"),
    "roster draft": ("manager", "/groups/{group}/roster/{roster}/"),
    "offer to lead": ("steward", "/groups/{group}/people/lead/"),
    "end a term of leading": ("steward", "/appointments/{appointment}/end/"),
    "publish a document": ("steward", "/agreements/new/"),
    "by which clause": ("participant", "/groups/{group}/clauses/"),
    "change all calls": ("manager", "/groups/{group}/meetings/series/0/"),
    "regular calls": ("manager", "/groups/{group}/meetings/series/"),
    "new regular calls": ("manager", "/groups/{group}/meetings/series/new/"),
    "end regular calls": ("manager", "/groups/{group}/meetings/series/1000/end/"),
    "where people meet": ("manager", "/groups/{group}/meetings/series/0/place/"),
    "where one call is": ("manager", "/meetings/{meeting}/place/"),
    "breaks and holidays": ("manager", "/groups/{group}/meetings/series/0/breaks/"),
    "versions": ("participant", "/groups/{group}/charter/versions/"),
    "old version": ("participant", "/groups/{group}/charter/versions/1/"),
    "side by side": ("participant", "/groups/{group}/charter/compare/?all=1"),
    "amend the charter": ("participant", "/groups/{group}/charter/amend/"),
    "amendment": ("manager", "/groups/{group}/amendments/1/"),
    "whole amendment": ("participant", "/groups/{group}/amendments/1/?all=1"),
    "draft amendment": ("participant", "/groups/{group}/amendments/2/"),
    "decide on an amendment": ("manager", "/groups/{group}/amendments/1/settle/"),
    "withdraw an amendment": ("participant", "/groups/{group}/amendments/1/withdraw/"),
    "new group": ("steward", "/groups/new/"),
    "charter draft": ("steward", "/groups/drafts/{draft}/"),
    "desk": ("participant", "/me/"),
    "overview": ("steward", "/steward/"),
    "history": ("steward", "/steward/history/"),
    "view as": ("steward", "/viewing/"),
    "layers": ("steward", "/calendar/layers/"),
    "layer": ("steward", "/calendar/layers/{layer}/"),
    "notices": ("stranger", "/me/notices/told/"),
    "one notice": ("stranger", "/me/notices/told/{telling}/"),
    "what you hear": ("stranger", "/me/notices/"),
    "mailing lists": ("manager", "/notices/lists/{place}/"),
    "outbox": ("steward", "/outbox/"),
    "letter": ("steward", "/outbox/{letter}/"),
    **CONNECTIONS,
    **GOVERNANCE,
}


@pytest.fixture
def world(transactional_db) -> World:
    return kept_world()


def address(path: str, world: World) -> str:
    people = {role: person.pk for role, person in world.people.items()}
    planned = {name: getattr(world.planned, name).pk for name in vars(world.planned)}
    return path.format(
        group=world.group.slug,
        meeting=world.meeting.pk,
        call=world.call.pk,
        running=world.running.pk,
        joint=world.joint.pk,
        guest=world.guest.pk,
        draft=world.draft.pk,
        minutes=world.minutes.draft.pk,
        minutes_item=world.minutes.item.pk,
        minutes_published=world.minutes.published.pk,
        wanted_change=world.minutes.wanted.pk,
        turn=world.turn.pk,
        letter=world.letter.pk,
        seat=world.seat.pk,
        term=world.term.pk,
        handover=world.handover.pk,
        proposal=world.proposal.pk,
        invitation=world.invitation_path,
        guest_link=world.agenda.guest_path,
        poll=world.poll.token,
        poll_answer=reverse("poll_answer", kwargs=of_own_link(world)),
        poll_time=of_a_time(world)["time"],
        errand=reverse("errand", kwargs=of_errand(world)),
        stop_invitations=stop_path(world.people["participant"].pk, world.group.pk),
        answer=answer_path(world.meeting, world.people["participant"]),
        agenda_item=world.agenda.item.pk,
        material=world.agenda.material.pk,
        participation=world.participation.pk,
        appointment=world.appointment.pk,
        agreement=world.agreement.pk,
        roster=world.roster.pk,
        layer=world.layer.pk,
        link=world.link,
        telling=world.telling.pk,
        place=world.mailing_list.place,
        task=world.task.pk,
        checklist=world.own_checklist.pk,
        line=world.own_checklist.lines.order_by("pk").values_list("pk", flat=True)[0],
        template=world.template.pk,
        step=world.template.lines.order_by("pk").values_list("pk", flat=True)[0],
        decision=world.decision.label,
        recorded=world.recorded.label,
        motion=world.motions.amending.decision.label,
        vote=world.motions.voting.decision.label,
        **{**planned, "report": world.planned.report.key},
        **people,
        made=world.made,
    )


def assert_is_a_page(page: Page) -> None:
    """A title, one main heading, a language."""
    assert not unlike_a_page(page)


def unlike_a_page(page: Page) -> list[str]:
    missing = page.evaluate(
        """() => {
            const main = document.querySelector("main");
            return {
                "a title": !document.title,
                "one main heading": document.querySelectorAll("h1").length !== 1,
                "a language": !document.documentElement.lang,
                "a visible main part": !main || !main.checkVisibility(),
            };
        }"""
    )
    return [f"lacks {part}" for part, lacking in missing.items() if lacking]


def walk(page: Page, addresses: dict[str, str], check: Callable[[Page, int], list[str]]) -> list[str]:
    """Go to every address and look at each page; all that was found."""
    found = []
    for turn, (name, path) in enumerate(addresses.items()):
        answer = page.goto(path)
        said = unlike_a_page(page) + check(page, turn) if answer and answer.status == 200 else [f"answers {answer}"]
        found += [f"{name} ({path}): {fault}" for fault in said]
    return found


def inaccessible_at_a_glance(page: Page, addresses: dict[str, str]) -> list[str]:
    """What axe finds on each page in the rendering whose turn it is, and which pages are wider than a phone.

    The four renderings take turns from page to page: all pages are made of the same components, whose own tests look
    at all four. Every other page of each is asked for contrast. Pages of one rendering come one after the other, since
    to change it takes as long as a third of looking.
    """
    found = []
    for turn, (scheme, width) in enumerate(ALL):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": HEIGHT})
        its_own = dict(list(addresses.items())[turn :: len(ALL)])
        found += [f"{scheme}, {fault}" for fault in walk(page, its_own, partial(faults_at, width))]
    return found


def faults_at(width: int, page: Page, turn: int) -> list[str]:
    """What axe finds at this width, and whether the page is wider than a phone; it may have been left at either."""
    found = []
    for size in sorted({width, PHONE}, key=lambda size: size != page.viewport_size["width"]):
        if size != page.viewport_size["width"]:
            page.set_viewport_size({"width": size, "height": HEIGHT})
        if size == width:
            found += [f"{width} px: {fault}" for fault in faults(page, contrast=turn % 2 == 0)]
        if size == PHONE and (wider := overflow(page)) > 0:
            found.append(f"{PHONE} px: the page is {wider} px wider than the window")
    return found


# Making a world takes longer than looking at a page, so that one world serves many pages. What a browser shows does
# not hang on the database; every address is asked on both of them by tests/architecture.


def test_public_pages_are_accessible_to_everyone(page, world) -> None:
    found = inaccessible_at_a_glance(page, {name: address(path, world) for name, path in PUBLIC.items()})

    assert not found, "\n".join(found)


@pytest.mark.parametrize("role", sorted({role for role, _ in SIGNED_IN.values()}))
def test_pages_for_some_are_accessible(new_page, world, role) -> None:
    addresses = {name: address(path, world) for name, (whose, path) in SIGNED_IN.items() if whose == role}

    found = inaccessible_at_a_glance(new_page(person=world.people[role]), addresses)

    assert not found, "\n".join(found)


def test_public_pages_need_no_script(new_page, world) -> None:
    page = new_page(javascript=False, width=320)

    found = walk(page, {name: address(path, world) for name, path in PUBLIC.items()}, lambda page, turn: [])

    assert not found, "\n".join(found)


def test_public_pages_carry_little_javascript(new_page, world) -> None:
    weights = {}
    for name in ("home", "group", "meeting", "calendar"):
        scripts: list[bytes] = []
        page = new_page()

        def weigh(response: Response, scripts: list[bytes] = scripts) -> None:
            if "javascript" in response.headers.get("content-type", ""):
                scripts.append(response.body())

        page.on("response", weigh)
        page.goto(address(PUBLIC[name], world))
        page.wait_for_load_state("networkidle")
        weights[name] = sum(len(gzip.compress(script)) for script in scripts)

    assert all(0 < weight <= MOST_JAVASCRIPT for weight in weights.values()), weights


def test_page_that_is_not_there_says_so_accessibly(page, world) -> None:
    watch_of(page).expect_status(404)

    answer = page.goto("/groups/no-such-group/")

    assert answer.status == 404
    assert_is_a_page(page)
    assert_accessible(page)


def test_refusal_says_why_accessibly(new_page, world) -> None:
    page = new_page(person=world.people["stranger"])
    watch_of(page).expect_status(403)

    answer = page.goto(address("/meetings/{meeting}/move/", world))

    assert answer.status == 403
    assert_is_a_page(page)
    assert_accessible(page)


def test_everything_is_reached_by_the_tab_key_in_order(page, world) -> None:
    page.goto(address(PUBLIC["group"], world))
    reachable = page.locator("a[href]:visible, button:visible, input:visible, select:visible, summary:visible").count()
    places = []

    for _ in range(reachable + 1):
        page.keyboard.press("Tab")
        place = page.evaluate(
            """() => {
                const focused = document.activeElement;
                if (!focused || focused === document.body) return null;
                const all = [...document.querySelectorAll("*")];
                const seen = focused.getBoundingClientRect();
                const style = getComputedStyle(focused);
                const ring = style.outlineStyle !== "none" || style.boxShadow !== "none";
                return [all.indexOf(focused), seen.width > 0 && seen.height > 0 && ring];
            }"""
        )
        if place is None:
            break
        places.append(place)

    assert len(places) > 5
    assert [number for number, _ in places] == sorted(number for number, _ in places)
    assert all(visible for _, visible in places), places

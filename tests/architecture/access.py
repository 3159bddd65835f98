"""Who gets what at which address: a row per address, a column per role.

The columns are those of `world.ROLES`: anonymous, stranger, observer, participant, manager, other group's manager,
steward. An answer is

- a status: 200 a page, 400 a form with errors, 403 refused with the reason, 404 you may not know that it exists,
  405 not in this way, 409 it cannot be done now, 503 not well;
- `in`: sent to the sign-in page; `go`: sent elsewhere, usually since it is done.

One answer stands for all roles, two stand for anonymous and for everyone signed in, else there are seven. What POST
sends is `data`; without data it is an empty form, so that 200 or 400 means: this person may, if they fill it in.
HEAD follows GET. Every other method is refused, by 405 or by the same gate.
"""

from __future__ import annotations

from typing import Any

from folkmoot.notices.stopping import stop_path
from folkmoot.plan.errands import Errand, errand_path
from tests.architecture.access_agendas import AGENDAS
from tests.architecture.access_attendance import ATTENDANCE
from tests.architecture.access_call_roles import CALL_ROLES
from tests.architecture.access_decisions import DECISIONS
from tests.architecture.access_invitations import INVITATIONS
from tests.architecture.access_live import LIVE
from tests.architecture.access_minutes import MINUTES
from tests.architecture.access_motions import MOTIONS
from tests.architecture.access_of_calls import CALLS
from tests.architecture.access_of_notes import NOTES
from tests.architecture.access_of_polls import POLLS
from tests.architecture.access_row import (
    CONTRIBUTOR,
    INSIDE,
    LEADS,
    MANAGER,
    STEWARD,
    Row,
    Values,
    of_group,
    of_meeting,
)
from tests.architecture.access_to_accounts import ACCOUNTS
from tests.architecture.connections import ROWS as CONNECTIONS
from tests.architecture.governance import ROWS as GOVERNANCE
from tests.architecture.world import World


def of_draft(world: World) -> dict[str, Any]:
    return {"draft_id": world.draft.pk}


def of_amendment(world: World) -> dict[str, Any]:
    return {"slug": world.group.slug, "number": world.amendment.number}


def of_amendment_draft(world: World) -> dict[str, Any]:
    return {"slug": world.group.slug, "number": world.amendment_draft.number}


def of_comment(world: World) -> dict[str, Any]:
    return {**of_amendment(world), "pk": world.comment.pk}


def of_letter(world: World) -> dict[str, Any]:
    return {"letter_id": world.letter.pk}


def of_held(world: World) -> dict[str, Any]:
    return {"held_id": world.held.pk}


def of_telling(world: World) -> dict[str, Any]:
    return {"telling_id": world.telling.pk}


def of_list(world: World) -> dict[str, Any]:
    return {"list_id": world.mailing_list.pk}


def of_place(world: World) -> dict[str, Any]:
    return {"place_key": world.mailing_list.place}


def of_stop(world: World) -> dict[str, Any]:
    return {"token": stop_path(world.telling.person_id, "groups").rstrip("/").rpartition("/")[2]}


def of_own_feed(world: World) -> dict[str, Any]:
    return {"token": world.own_feed_path.rpartition("/")[2].removesuffix(".ics")}


def of_link(world: World) -> dict[str, Any]:
    return {"token": world.link.rstrip("/").rpartition("/")[2]}


def of_person(world: World) -> dict[str, Any]:
    """Someone who shows something to the people in their groups."""
    return {"pk": world.people["participant"].pk}


def of_task(world: World) -> dict[str, Any]:
    return {"pk": world.task.pk}


def to_take_the_task(world: World) -> dict[str, Any]:
    return {"pk": world.task.pk, "what": "take"}


def of_checklist(world: World) -> dict[str, Any]:
    return {"pk": world.own_checklist.pk}


def of_line(world: World) -> dict[str, Any]:
    return {"pk": world.own_checklist.lines.order_by("pk").values_list("pk", flat=True)[0]}


def of_errand(world: World) -> dict[str, Any]:
    """A step of the participant's, from a mail to them; it does not matter who is signed in."""
    person = world.people["participant"]
    line = world.own_checklist.lines.filter(owner=person).order_by("pk")[0]
    path = errand_path(Errand("step", line.pk, person.pk))
    return {"token": path.rstrip("/").rpartition("/")[2]}


def of_template(world: World) -> dict[str, Any]:
    return {"pk": world.template.pk}


def of_step(world: World) -> dict[str, Any]:
    return {"pk": world.template.lines.order_by("pk").values_list("pk", flat=True)[0]}


def of_planned(name: str) -> Values:
    return lambda world: {"pk": getattr(world.planned, name).pk}


def of_report(world: World) -> dict[str, Any]:
    return {"slug": world.group.slug, "month": world.planned.report.key}


def of_seat(world: World) -> dict[str, Any]:
    return {"pk": world.seat.pk}


def of_term(world: World) -> dict[str, Any]:
    return {"pk": world.term.pk}


def of_handover(world: World) -> dict[str, Any]:
    return {"pk": world.handover.pk}


def of_unowned(world: World) -> dict[str, Any]:
    return {"pk": world.unowned.pk}


def of_proposal(world: World) -> dict[str, Any]:
    return {"pk": world.proposal.pk}


def of_participation(world: World) -> dict[str, Any]:
    return {**of_group(world), "pk": world.participation.pk}


def of_request(world: World) -> dict[str, Any]:
    return {**of_group(world), "pk": world.request.pk}


def of_invitation(world: World) -> dict[str, Any]:
    return {**of_group(world), "pk": world.invitation.pk}


def of_invitation_link(world: World) -> dict[str, Any]:
    return {"token": world.invitation_path.rstrip("/").rpartition("/")[2]}


def of_appointment(world: World) -> dict[str, Any]:
    return {"pk": world.appointment.pk}


def of_roster(world: World) -> dict[str, Any]:
    return {**of_group(world), "draft_id": world.roster.pk}


def as_participant(world: World) -> dict[str, Any]:
    return {"role": world.group.roles.get(name="Participants").pk}


ACCESS: dict[str, Row] = {
    **ATTENDANCE,
    **CALLS,
    **INVITATIONS,
    **POLLS,
    **GOVERNANCE,
    # Everyone
    "": Row("200"),
    "healthz": Row("503"),  # no worker runs beside the tests
    "groups/": Row("200"),
    "groups/<slug:slug>/": Row("200", at=of_group),
    "groups/<slug:slug>/charter/": Row("200", at=of_group),
    "groups/<slug:slug>/charter.md": Row("200", at=of_group),
    "groups/<slug:slug>/clauses/": Row("200", at=of_group),
    "groups/<slug:slug>/charter/versions/": Row("200", at=of_group),
    "groups/<slug:slug>/charter/versions/<int:number>/": Row("200", at=lambda world: {**of_group(world), "number": 1}),
    "groups/<slug:slug>/charter/compare/": Row("200", at=of_group),
    "groups/<slug:slug>/seats/": Row("200", at=of_group),
    "groups/<slug:slug>/seats.csv": Row("200", at=of_group),
    "seats/<int:pk>/": Row("200", at=of_seat),
    "groups/<slug:slug>/calendar.ics": Row("200", at=of_group),
    "groups/<slug:slug>/subscribe/": Row("200", at=of_group),
    "groups/<slug:slug>/history/": Row("200", at=of_group),
    "calendar/": Row("200"),
    "calendar/subscribe/": Row("200"),
    "calendar.ics": Row("200"),
    "calendar/own/<str:token>.ics": Row("200", at=of_own_feed),
    "preferences/": Row("200", "go", data=lambda world: {"zone": "Asia/Kolkata", "clock": "24", "theme": "dark"}),
    "ui/components/": Row("200"),
    "ui/components/errors/<slug:state>/": Row("409", at=lambda world: {"state": "refused"}),
    # Whoever holds the address
    "sign-in/once/<str:token>/": Row("200", "go", at=of_link, data=lambda world: {"myself": "on"}),
    "sign-in/waiting/": Row("200"),
    # Nobody, once the organisation is there
    "setup/": Row("go", "go"),
    "setup/<str:code>/": Row("go", "go", at=lambda world: {"code": "abcdefghijklmnop"}),
    # Everyone signed in
    "search/": Row("200"),
    "me/": Row("in 200"),
    "notices/stop/<str:token>/": Row("200", "200", at=of_stop),
    # One's own notices
    "me/notices/": Row("in 200", "in 400"),
    "me/notices/address/": Row("in 200", "in 409"),
    "me/notices/told/": Row("in 200"),
    "me/notices/told/read/": Row("in 405", "in go"),
    "me/notices/told/<int:telling_id>/": Row("in 200 404 404 404 404 404", at=of_telling),
    # Managers of the group, and the steward
    "groups/<slug:slug>/meetings/new/": Row(MANAGER.format(200), MANAGER.format(200), at=of_group),
    "groups/<slug:slug>/meetings/series/<int:position>/": Row(
        MANAGER.format(200), MANAGER.format(400), at=lambda world: {**of_group(world), "position": 0}
    ),
    "meetings/<int:pk>/move/": Row(MANAGER.format(200), MANAGER.format(200), at=of_meeting),
    "meetings/<int:pk>/cancel/": Row(MANAGER.format(200), MANAGER.format(200), at=of_meeting),
    "meetings/<int:pk>/restore/": Row("in 405", MANAGER.format("go"), at=of_meeting),
    **AGENDAS,
    **LIVE,
    **MINUTES,
    **NOTES,
    **DECISIONS,
    **CALL_ROLES,
    "notices/lists/<str:place_key>/": Row(MANAGER.format(200), MANAGER.format(400), at=of_place),
    "notices/list/<int:list_id>/": Row("in 405", MANAGER.format("go"), at=of_list, data=lambda world: {"do": "remove"}),
    # Whoever takes part in the group, and the steward
    "groups/<slug:slug>/tasks/": Row("in 403 200 200 200 403 200", at=of_group),
    "groups/<slug:slug>/tasks.csv": Row("in 403 200 200 200 403 200", at=of_group),
    "groups/<slug:slug>/tasks/new/": Row("in 403 403 200 200 403 200", "in 403 403 400 400 403 400", at=of_group),
    "groups/<slug:slug>/checklists/": Row("in 403 200 200 200 403 200", at=of_group),
    "groups/<slug:slug>/welcome/": Row("in 403 200 200 200 403 200", at=of_group),
    "groups/<slug:slug>/welcome/offer/": Row(
        "in 405", "in 403 403 go go 403 403", at=of_group, data=lambda world: {"most": "2"}
    ),
    # A task that the participant asked for and nobody has; who may not know of it finds nothing
    "tasks/from-mail/<str:token>/": Row("200", "400", at=of_errand),
    "tasks/<int:pk>/": Row("in 404 200 200 200 404 200", at=of_task),
    "tasks/<int:pk>/change/": Row("in 404 403 200 200 404 200", "in 404 403 400 400 404 400", at=of_task),
    "tasks/<int:pk>/give/": Row("in 404 403 200 200 404 200", "in 404 403 400 400 404 400", at=of_task),
    "tasks/<int:pk>/drop/": Row("in 404 403 200 200 404 200", "in 404 403 400 400 404 400", at=of_task),
    "tasks/<int:pk>/do/<slug:what>/": Row("in 405", "in 404 go go go 404 403", at=to_take_the_task),
    # A checklist for the participant, with the manager as the buddy
    "checklists/<int:pk>/": Row("in 404 404 200 200 404 200", at=of_checklist),
    "checklists/<int:pk>/move/": Row("in 404 404 403 200 404 200", "in 404 404 403 400 404 400", at=of_checklist),
    "checklists/<int:pk>/stop/": Row("in 405", "in 404 404 go go 404 go", at=of_checklist),
    "checklists/steps/<int:pk>/tick/": Row("in 405", "in 404 404 go go 404 go", at=of_line),
    "checklists/steps/<int:pk>/reopen/": Row("in 405", "in 404 404 go go 404 go", at=of_line),
    "checklists/steps/<int:pk>/skip/": Row("in 404 404 200 200 404 200", "in 404 404 400 400 404 400", at=of_line),
    # Managers of the group, and the steward: what checklists are started from
    "groups/<slug:slug>/checklists/start/": Row(MANAGER.format(200), MANAGER.format(400), at=of_group),
    "groups/<slug:slug>/checklists/templates/": Row(
        MANAGER.format(200), MANAGER.format("go"), at=of_group, data=lambda world: {"key": "new-manager"}
    ),
    "groups/<slug:slug>/checklists/templates/new/": Row(MANAGER.format(200), MANAGER.format(400), at=of_group),
    "checklists/templates/<int:pk>/": Row(MANAGER.format(200), MANAGER.format(400), at=of_template),
    "checklists/templates/<int:pk>/steps/new/": Row(MANAGER.format(200), MANAGER.format(400), at=of_template),
    "checklists/templates/steps/<int:pk>/": Row(MANAGER.format(200), MANAGER.format(400), at=of_step),
    "checklists/templates/steps/<int:pk>/remove/": Row("in 405", MANAGER.format("go"), at=of_step),
    # The plan: for everyone to read
    "groups/<slug:slug>/plan/": Row("200", at=of_group),
    "groups/<slug:slug>/plan/year/": Row("200", at=of_group),
    "groups/<slug:slug>/plan/initiatives/": Row("200", at=of_group),
    "groups/<slug:slug>/plan/goals/": Row("200", at=of_group),
    "plan/initiatives/<int:pk>/": Row("200", at=of_planned("initiative")),
    "plan/goals/<int:pk>/": Row("200", at=of_planned("goal")),
    "groups/<slug:slug>/reports/": Row("200", at=of_group),
    "groups/<slug:slug>/reports/<str:month>/": Row("200", at=of_report),
    "groups/<slug:slug>/reports/<str:month>.md": Row("200", at=of_report),
    # For people in the group
    "groups/<slug:slug>/plan/initiatives/new/": Row(CONTRIBUTOR, CONTRIBUTOR, at=of_group),
    "groups/<slug:slug>/plan/risks/": Row(INSIDE, "in 405", at=of_group),
    "groups/<slug:slug>/plan/risks.csv": Row(INSIDE, "in 405", at=of_group),
    "groups/<slug:slug>/plan/risks/new/": Row(CONTRIBUTOR, CONTRIBUTOR, at=of_group),
    "plan/risks/<int:pk>/": Row("in 404 200 200 200 404 200", "in 404 403 403 200 404 200", at=of_planned("risk")),
    # For its managers
    "plan/initiatives/<int:pk>/change/": Row(LEADS, LEADS, at=of_planned("initiative")),
    "plan/initiatives/<int:pk>/move/": Row(LEADS, LEADS, at=of_planned("initiative")),
    "plan/initiatives/<int:pk>/news/": Row(LEADS, LEADS, at=of_planned("initiative")),
    "groups/<slug:slug>/plan/goals/new/": Row(LEADS, LEADS, at=of_group),
    "groups/<slug:slug>/plan/goals/close/": Row(LEADS, LEADS, at=of_group),
    "plan/goals/<int:pk>/change/": Row(LEADS, LEADS, at=of_planned("goal")),
    "plan/goals/<int:pk>/check-in/": Row(LEADS, LEADS, at=of_planned("goal")),
    "plan/goals/<int:pk>/key-results/new/": Row(LEADS, LEADS, at=of_planned("goal")),
    "plan/key-results/<int:pk>/change/": Row(LEADS, LEADS, at=of_planned("key_result")),
    "plan/key-results/<int:pk>/value/": Row(LEADS, LEADS, at=of_planned("key_result")),
    "plan/activities/<int:pk>/": Row(LEADS, LEADS, at=of_planned("activity")),
    "groups/<slug:slug>/plan/stakeholders/": Row(LEADS, "in 405", at=of_group),
    "groups/<slug:slug>/plan/stakeholders.csv": Row(LEADS, "in 405", at=of_group),
    "groups/<slug:slug>/plan/stakeholders/new/": Row(LEADS, LEADS, at=of_group),
    "plan/stakeholders/<int:pk>/": Row(
        "in 404 404 404 200 404 200", "in 404 404 404 200 404 200", at=of_planned("stakeholder")
    ),
    "plan/stakeholders/<int:pk>/forget/": Row("in 405", "in 404 404 404 go 404 go", at=of_planned("stakeholder")),
    "groups/<slug:slug>/reports/draft/": Row(
        "in 405",
        MANAGER.format("go"),
        at=of_group,
        data=lambda world: {"month": world.planned.report.of_month.next.key},
    ),
    "groups/<slug:slug>/reports/<str:month>/edit/": Row(LEADS, LEADS, at=of_report),
    "groups/<slug:slug>/reports/<str:month>/correct/": Row(LEADS, LEADS, at=of_report),
    # Decisions: for everyone to read
    # The steward
    "checklists/templates/": Row(f"{STEWARD} 200", f"{STEWARD} go", data=lambda world: {"key": "new-manager"}),
    # Who takes part in the group, and who leads or oversees it; a handover is between those whom it is about
    "groups/<slug:slug>/handover/": Row("in 403 200 200 200 403 200", "in 403 go go go 403 403", at=of_group),
    "handovers/<int:pk>/": Row("in 404 404 200 200 404 200", "in 404 404 403 200 404 403", at=of_handover),
    "handovers/<int:pk>/answer/": Row("in 405", "in 404 404 400 403 404 403", at=of_handover),
    "handovers/<int:pk>/sign/": Row("in 405", "in 404 404 403 409 404 403", at=of_handover),
    "handovers/<int:pk>/withdraw/": Row("in 405", "in 404 404 403 go 404 403", at=of_handover),
    "handovers/unowned/<int:pk>/take/": Row("in 405", "in 404 403 403 go 404 go", at=of_unowned),
    # Who oversees the group: here the steward, and whoever holds the seat for its end
    "groups/<slug:slug>/seats/new/": Row(f"{STEWARD} 200", f"{STEWARD} 200", at=of_group),
    "seats/<int:pk>/edit/": Row(f"{STEWARD} 200", f"{STEWARD} 200", at=of_seat),
    "seats/<int:pk>/retire/": Row("in 405", f"{STEWARD} go", at=of_seat),
    "seats/<int:pk>/give/": Row(f"{STEWARD} 200", f"{STEWARD} 200", at=of_seat),
    "seats/terms/<int:pk>/end/": Row("in 403 403 200 403 403 200", "in 403 403 200 403 403 200", at=of_term),
    "seats/terms/<int:pk>/extend/": Row(f"{STEWARD} 200", f"{STEWARD} 200", at=of_term),
    "groups/<slug:slug>/administration/": Row(f"{STEWARD} 200", f"{STEWARD} 200", at=of_group),
    "groups/<slug:slug>/close/": Row(f"{STEWARD} 200", f"{STEWARD} 200", at=of_group),
    "groups/<slug:slug>/reopen/": Row(f"{STEWARD} 200", f"{STEWARD} 200", at=of_group),
    "groups/<slug:slug>/activate/": Row("in 405", f"{STEWARD} go", at=of_group),
    # Proposals: anyone signed in, then whoever made it (here the stranger) and those who may answer
    "groups/propose/": Row("in 200", "in 200"),
    "groups/proposals/": Row("in 200"),
    "groups/proposals/<int:pk>/": Row("in 200 404 404 404 404 200", at=of_proposal),
    "groups/proposals/<int:pk>/take-up/": Row("in 405", "in 403 404 404 404 404 go", at=of_proposal),
    "groups/proposals/<int:pk>/decline/": Row("in 405", "in 403 404 404 404 404 400", at=of_proposal),
    # Amendments: everybody reads what is proposed, those who contribute propose, those who lead decide
    "groups/<slug:slug>/amendments/<int:number>/": Row("200", "in 403", at=of_amendment),
    "groups/<slug:slug>/charter/amend/": Row("in 403 403 200 200 403 200", "in 403 403 400 400 403 400", at=of_group),
    "groups/<slug:slug>/amendments/<int:number>/edit/": Row(
        "in 404 404 200 404 404 404", "in 404 404 400 404 404 404", at=of_amendment_draft
    ),
    "groups/<slug:slug>/amendments/<int:number>/bring-up/": Row(
        "in 405", "in 404 404 go 404 404 404", at=of_amendment_draft
    ),
    "groups/<slug:slug>/amendments/<int:number>/discard/": Row(
        "in 405", "in 404 404 go 404 404 404", at=of_amendment_draft
    ),
    "groups/<slug:slug>/amendments/<int:number>/settle/": Row(
        MANAGER.format(200), MANAGER.format(400), at=of_amendment
    ),
    "groups/<slug:slug>/amendments/<int:number>/withdraw/": Row(
        "in 403 403 200 200 403 200", "in 403 403 go go 403 go", at=of_amendment
    ),
    "groups/<slug:slug>/amendments/<int:number>/comments/": Row(
        "in 405", "in go", at=of_amendment, data=lambda world: {"text": "Nine suits me."}
    ),
    "groups/<slug:slug>/amendments/<int:number>/comments/<int:pk>/": Row(
        "in 403 200 403 403 403 403", "in 403 200 403 403 403 403", at=of_comment
    ),
    "groups/<slug:slug>/amendments/<int:number>/comments/<int:pk>/hide/": Row(
        MANAGER.format(200), MANAGER.format(200), at=of_comment
    ),
    # The steward
    "groups/administration/": Row(f"{STEWARD} 200"),
    # Joining, by one's own wish
    "groups/<slug:slug>/people/": Row("200", at=of_group),
    "groups/<slug:slug>/join/": Row("in 200 go go go 200 200", "in 400 go go go 400 400", at=of_group),
    "groups/<slug:slug>/role/": Row("in 405", "in 409 go go 409 409 409", at=of_group, data=as_participant),
    "groups/<slug:slug>/leave/": Row("in go 200 200 200 go go", "in go", at=of_group),
    "groups/<slug:slug>/leave/undo/": Row("in 405", "in 409 go go go 409 409", at=of_group),
    "groups/<slug:slug>/agree/": Row("in 405", "in go", at=of_group),
    "groups/<slug:slug>/requests/withdraw/": Row("in 405", "in go", at=of_group),
    "invitations/<str:token>/": Row("200 200 go go go 200 200", "in 400 go go go 400 400", at=of_invitation_link),
    "agreements/": Row("200"),
    "agreements/<int:pk>/": Row("200", at=lambda world: {"pk": world.agreement.pk}),
    # Those who lead the group, and the steward
    "groups/<slug:slug>/people/add/": Row(MANAGER.format(200), MANAGER.format(400), at=of_group),
    "groups/<slug:slug>/people/<int:pk>/": Row(MANAGER.format(200), MANAGER.format(400), at=of_participation),
    "groups/<slug:slug>/requests/": Row(MANAGER.format(200), "in 405", at=of_group),
    "groups/<slug:slug>/requests/<int:pk>/": Row(
        "in 405", MANAGER.format("go"), at=of_request, data=lambda world: {"answer": "yes"}
    ),
    "groups/<slug:slug>/invite/": Row(MANAGER.format(200), MANAGER.format(400), at=of_group),
    "groups/<slug:slug>/invitations/<int:pk>/revoke/": Row("in 405", MANAGER.format("go"), at=of_invitation),
    "groups/<slug:slug>/invitations/<int:pk>/resend/": Row("in 405", MANAGER.format("go"), at=of_invitation),
    "groups/<slug:slug>/roster/": Row(MANAGER.format(200), MANAGER.format(400), at=of_group),
    "groups/<slug:slug>/roster.csv": Row(MANAGER.format(200), "in 405", at=of_group),
    "groups/<slug:slug>/roster/<uuid:draft_id>/": Row(
        "in 403 403 403 200 403 404", "in 403 403 403 400 403 404", at=of_roster
    ),
    # Those who appoint, and whom they ask (the participant)
    "groups/<slug:slug>/people/lead/": Row(f"{STEWARD} 200", f"{STEWARD} 400", at=of_group),
    "appointments/<int:pk>/": Row(
        "in 404 404 200 404 404 200",
        "in 404 404 go 404 404 403",
        at=of_appointment,
        data=lambda world: {"answer": "yes"},
    ),
    "appointments/<int:pk>/end/": Row("in 404 404 403 404 404 200", "in 404 404 403 404 404 go", at=of_appointment),
    # The steward
    "agreements/new/": Row(f"{STEWARD} 200", f"{STEWARD} 400"),
    "groups/new/": Row(f"{STEWARD} 200", f"{STEWARD} 400"),
    "groups/drafts/<uuid:draft_id>/": Row(f"{STEWARD} 200", f"{STEWARD} go", at=of_draft),
    "groups/drafts/<uuid:draft_id>/discard/": Row("in 405", f"{STEWARD} go", at=of_draft),
    "steward/": Row(f"{STEWARD} 200"),
    "steward/mode/on/": Row("in 405", f"{STEWARD} go"),
    "steward/mode/off/": Row("in 405", "in go"),
    "steward/history/": Row(f"{STEWARD} 200"),
    "viewing/": Row(f"{STEWARD} 200", f"{STEWARD} go", data=lambda world: {"way": "public"}),
    "viewing/stop/": Row("in 405", "in go"),
    "calendar/layers/": Row(f"{STEWARD} 200", f"{STEWARD} 400"),
    "calendar/layers/<int:pk>/": Row(f"{STEWARD} 200", f"{STEWARD} 400", at=lambda world: {"pk": world.layer.pk}),
    "calendar/layers/<int:pk>/read/": Row("in 405", f"{STEWARD} go", at=lambda world: {"pk": world.layer.pk}),
    "calendar/layers/<int:pk>/remove/": Row("in 405", f"{STEWARD} go", at=lambda world: {"pk": world.layer.pk}),
    "people/waiting/": Row(f"{STEWARD} 200"),
    "people/waiting/<int:held_id>/let-in/": Row("in 405", f"{STEWARD} go", at=of_held),
    "people/waiting/<int:held_id>/turn-away/": Row("in 405", f"{STEWARD} go", at=of_held),
    "outbox/": Row(f"{STEWARD} 200"),
    "outbox/<int:letter_id>/": Row(f"{STEWARD} 200", at=of_letter),
    "people/": Row(f"{STEWARD} 200"),
    "people/<int:pk>/record/": Row(f"{STEWARD} 200", at=of_person),
    "people/<int:pk>/record/standing/": Row("in 405", f"{STEWARD} go", at=of_person, data=lambda world: {"to": "hold"}),
    "people/<int:pk>/record/file/": Row("in 405", f"{STEWARD} 200", at=of_person),
    "people/<int:pk>/record/merge/": Row(
        f"{STEWARD} 200", f"{STEWARD} go", at=of_person, data=lambda world: {"gone": world.people["stranger"].pk}
    ),
    "people/<int:pk>/record/erase/": Row(f"{STEWARD} 200", f"{STEWARD} 400", at=of_person),
    "people/merges/<int:pk>/undo/": Row("in 405", f"{STEWARD} go", at=lambda world: {"pk": world.merge.pk}),
    # Each person's own, and what they show to whom
    "people/<int:pk>/": Row("404 404 200 200 200 404 200", at=of_person),
    "me/profile/": Row("in 200", "in 400"),
    "me/hours/": Row("in 200", "in 400"),
    "files/<uuid:pk>/<str:name>": Row(
        "404 404 404 200 404 404 200", at=lambda world: {"pk": world.upload.pk, "name": world.upload.name}
    ),
    "me/calendar/": Row("in 200", "in 200"),
    "me/calendar/revoke/": Row("in 405", "in go"),
    "me/data/": Row("in 200"),
    "me/data/file/": Row("in 405", "in 200"),
    "me/data/erase/": Row("in go", "in go"),  # the password is asked for first
    **ACCOUNTS,
    **CONNECTIONS,
    **MOTIONS,
}

# Forms that machines send, and why nothing but the address is needed.
NEEDS_NO_TOKEN = {
    "calls/invitations/stop/<str:token>/": "a mail program stops invitations by the signed address alone (RFC 8058)",
    "notices/stop/<str:token>/": "a mail program stops mails by the signed address alone (RFC 8058)",
}

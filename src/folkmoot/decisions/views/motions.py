"""A motion's page, its record, and what leads up to the vote."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.decisions.actions.motion_amendments import amend_motion, answer_amendment, withdraw_motion_amendment
from folkmoot.decisions.actions.motions import change_motion, put_motion, refer_motion, second_motion, withdraw_motion
from folkmoot.decisions.domain.paragraphs import Change, split
from folkmoot.decisions.forms.motions import (
    AnswerForm,
    ChangeForm,
    MotionForm,
    ParagraphForm,
    ReasonForm,
    ReferForm,
)
from folkmoot.decisions.models import SETTLED, Decision, Motion, MotionAmendment, Status
from folkmoot.decisions.motion_page import motion_page
from folkmoot.decisions.motion_queries import motion_numbered, voter_of
from folkmoot.decisions.motion_record import record_of
from folkmoot.decisions.motion_rules import (
    may_amend_motion,
    may_answer_amendments,
    may_put_motion,
    may_second,
    may_steer_vote,
    may_take_position,
    may_withdraw_amendment,
    may_withdraw_motion,
)
from folkmoot.decisions.wording import Wording
from folkmoot.groups.models import Group
from folkmoot.groups.queries import ancestors
from folkmoot.groups.rules import may_read_names
from folkmoot.kit.verdict import require
from folkmoot.people.kept_pages import kept_for_strangers
from folkmoot.people.reader import person_of, signed_in
from folkmoot.plan.filling_in import fill_in, group_called
from folkmoot.plan.objectives import Objectives
from folkmoot.plan.rendering import rendered
from folkmoot.ui.messages import say

FORM = ["GET", "HEAD", "POST"]
TEMPLATE = "decisions/motions/form.html"
LONGEST_LABEL = 12


@require_safe
@kept_for_strangers
def motion(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """A motion: its paragraphs and amendments, the rule, and for people who are signed in the positions by name."""
    shown = motion_numbered(slug, year, number)
    page, reader = motion_page(shown), person_of(request)
    voter = voter_of(shown, reader) if reader and shown.vote_opened_at else None
    own = next((positions for one, positions in page.roll if voter and one.pk == voter.pk), [])
    position = next((one for one in own if one.stands), None)
    is_over = shown.is_voting and shown.closes_at is not None and timezone.now() >= shown.closes_at
    leads = bool(reader and may_steer_vote(reader, shown.decision.group))
    context = {
        "motion": shown,
        "decision": shown.decision,
        "group": shown.decision.group,
        "page": page,
        "rationale": rendered(shown.decision.rationale),
        "served": Objectives(shown.decision.group).served(shown.decision),
        "referral": Motion.objects.filter(origin=shown).select_related("decision__group").first(),
        "names": bool(reader and may_read_names(reader)),
        "voter": voter,
        "position": position,
        "is_over": is_over,
        "may_vote": not is_over and bool(reader and may_take_position(reader, shown, voter)),
        "may_amend": bool(reader and may_amend_motion(reader, shown)),
        "may_answer": bool(reader and may_answer_amendments(reader, shown)),
        "may_second": bool(reader and may_second(reader, shown)),
        "may_withdraw": bool(reader and shown.state not in SETTLED and may_withdraw_motion(reader, shown.decision)),
        "leads": leads,
        "may_refer": leads
        and shown.state not in SETTLED
        and shown.decision.amendment_id is None
        and bool(ancestors(shown.decision.group)),
        "reader": reader,
    }
    return render(request, "decisions/motions/motion.html", context)


@never_cache
@login_required
@require_safe
def motion_file(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """The record of a motion as Markdown, with names."""
    shown = motion_numbered(slug, year, number)
    require(may_read_names(signed_in(request)))
    response = HttpResponse(record_of(shown), content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="motion-{shown.decision.label}.md"'
    return response


@never_cache
@login_required
@require_http_methods(FORM)
def put(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a motion; `?like=2027-3` begins with the words of a decision of the group.

    Where that one needs talking about, the motion is made of it and settles it.
    """
    group = group_called(slug)
    require(may_put_motion(signed_in(request), group))
    like = _like(group, request.GET.get("like", ""))
    proposal = like if like is not None and like.status == Status.TALK else None
    intro = _("Everybody who contributes can amend it by paragraph. Then those who lead the group open the vote.")
    if proposal is not None:
        settles = _("What comes of the vote settles proposal %(label)s as well.") % {"label": proposal.label}
        intro = f"{intro} {settles}"
    words = {name: getattr(like, name) for name in ("title", "text", "rationale")} if like is not None else {}
    form = MotionForm(request.POST or None, group=group, initial=words)
    return fill_in(
        request,
        form,
        lambda given: put_motion(group, Wording(**given), proposal=proposal, by=signed_in(request)),
        group=group,
        title=_("Put a motion"),
        intro=intro,
        submit=_("Put it before the group"),
        back=reverse("decisions", args=[slug]),
        done=_("Your motion lies before the group, open for amendments."),
        template=TEMPLATE,
    )


@never_cache
@login_required
@require_http_methods(FORM)
def change(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Other words for a motion that nobody has amended."""
    shown = motion_numbered(slug, year, number)
    require(may_answer_amendments(signed_in(request), shown))
    decision = shown.decision
    initial = {
        "title": decision.title, "text": shown.text, "rationale": decision.rationale, "edition": decision.edition,
    }  # fmt: skip
    return fill_in(
        request,
        ChangeForm(request.POST or None, initial=initial),
        lambda given: change_motion(shown, **given, by=signed_in(request)),
        group=decision.group,
        title=_("Change motion %(label)s") % {"label": decision.label},
        submit=_("Keep it so"),
        back=shown.get_absolute_url(),
        done=_("It is kept; what stood there before stays readable."),
        template=TEMPLATE,
        context={"motion": shown},
    )


@never_cache
@login_required
@require_POST
def second(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Stand behind somebody else's motion."""
    shown = motion_numbered(slug, year, number)
    second_motion(shown, by=signed_in(request))
    say(request, _("You second this motion."))
    return redirect(shown)


@never_cache
@login_required
@require_http_methods(FORM)
def amend(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Propose other words for a paragraph; `?paragraph=` chooses it."""
    shown = motion_numbered(slug, year, number)
    require(may_amend_motion(signed_in(request), shown))
    asked = request.GET.get("paragraph", "")
    initial = _filled_in(shown, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 4 else {}
    return fill_in(
        request,
        ParagraphForm(request.POST or None, motion=shown, initial=initial),
        lambda given: _to_motion(
            amend_motion(shown, **{**given, "change": Change(given["change"])}, by=signed_in(request))
        ),
        group=shown.decision.group,
        title=_("Amend motion %(label)s") % {"label": shown.decision.label},
        intro=_("The mover or those who lead the group accept it or decline it."),
        submit=_("Propose it"),
        back=shown.get_absolute_url(),
        done=_("Your amendment stands beneath its paragraph."),
        template=TEMPLATE,
        context={"motion": shown},
    )


@never_cache
@login_required
@require_http_methods(FORM)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept an amendment, or decline it."""
    amendment = _amendment(pk)
    require(may_answer_amendments(signed_in(request), amendment.motion))

    def act(given: dict[str, str]) -> None:
        answer_amendment(amendment, by=signed_in(request), accept=given["answer"] == "accept", reason=given["reason"])

    return fill_in(
        request,
        AnswerForm(request.POST or None),
        act,
        group=amendment.motion.decision.group,
        title=_("Amendment %(number)d of motion %(label)s")
        % {"number": amendment.number, "label": amendment.motion.decision.label},
        submit=_("So be it"),
        back=amendment.motion.get_absolute_url(),
        done=_("The amendment is answered."),
        template=TEMPLATE,
        context={
            "motion": amendment.motion,
            "shown": next(
                one
                for paragraph in motion_page(amendment.motion).paragraphs
                for one in paragraph.amendments
                if one.amendment.pk == amendment.pk
            ),
        },
    )


@never_cache
@login_required
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own amendment back."""
    amendment = _amendment(pk)
    require(may_withdraw_amendment(signed_in(request), amendment))
    withdraw_motion_amendment(amendment, by=signed_in(request))
    say(request, _("Your amendment is taken back."))
    return redirect(amendment.motion)


@never_cache
@login_required
@require_http_methods(FORM)
def refer(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Hand a motion to a group above."""
    shown = motion_numbered(slug, year, number)
    require(may_steer_vote(signed_in(request), shown.decision.group))

    def act(given: dict[str, object]) -> Motion:
        to, why = given["to"], given["why"]
        assert isinstance(to, Group)
        return refer_motion(shown, to, by=signed_in(request), why=str(why))

    return fill_in(
        request,
        ReferForm(request.POST or None, group=shown.decision.group),
        act,
        group=shown.decision.group,
        title=_("Refer motion %(label)s") % {"label": shown.decision.label},
        intro=_("It becomes a motion of the group above, which amends it and votes on it. This one ends here."),
        submit=_("Refer it"),
        back=shown.get_absolute_url(),
        done=_("The motion is referred; here is what the group above has before it."),
        template=TEMPLATE,
        context={"motion": shown},
    )


@never_cache
@login_required
@require_http_methods(FORM)
def withdraw(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Take a motion back."""
    shown = motion_numbered(slug, year, number)
    require(may_withdraw_motion(signed_in(request), shown.decision))
    return fill_in(
        request,
        ReasonForm(request.POST or None),
        lambda given: withdraw_motion(shown, by=signed_in(request), reason=given["reason"]),
        group=shown.decision.group,
        title=_("Withdraw motion %(label)s") % {"label": shown.decision.label},
        intro=_("What was said to it stays readable. Nobody can vote on it any more."),
        submit=_("Withdraw it"),
        back=shown.get_absolute_url(),
        done=_("The motion is withdrawn."),
        template=TEMPLATE,
        context={"motion": shown},
    )


def _amendment(pk: int) -> MotionAmendment:
    rows = MotionAmendment.objects.select_related("motion__decision__group", "motion__decision__proposed_by", "by")
    return get_object_or_404(rows, pk=pk)


def _like(group: Group, label: str) -> Decision | None:
    year, _dash, number = label.partition("-")
    if not (year.isascii() and year.isdigit() and number.isascii() and number.isdigit()) or len(label) > LONGEST_LABEL:
        return None
    return group.decisions.filter(year=int(year), number=int(number)).first()


def _filled_in(shown: Motion, paragraph: int) -> dict[str, object]:
    texts = ("", *split(shown.text))
    if paragraph >= len(texts):
        return {}
    change = Change.REPLACE if paragraph else Change.INSERT
    return {"paragraph": paragraph, "text": texts[paragraph], "change": change.value}


def _to_motion(amendment: MotionAmendment) -> Motion:
    return amendment.motion

"""Opening a vote, taking a position, and what becomes of the vote."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.decisions.actions.positions import clear_block, take_position
from folkmoot.decisions.actions.settling import settle_vote
from folkmoot.decisions.actions.votes import extend_vote, open_vote, reopen_motion
from folkmoot.decisions.domain.tally import Value
from folkmoot.decisions.forms.motions import EndForm, PositionForm, VoteForm
from folkmoot.decisions.models import Motion, Voter
from folkmoot.decisions.motion_page import motion_page
from folkmoot.decisions.motion_queries import motion_numbered, voter_of
from folkmoot.decisions.motion_rules import may_steer_vote, may_take_position
from folkmoot.decisions.motion_terms import roll_of
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.reader import signed_in
from folkmoot.plan.filling_in import fill_in
from folkmoot.ui.messages import say

FORM = ["GET", "HEAD", "POST"]
TEMPLATE = "decisions/motions/form.html"


@never_cache
@login_required
@require_http_methods(FORM)
def open_(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Open the vote; the page says by which rule and who has a vote."""
    shown = motion_numbered(slug, year, number)
    require(may_steer_vote(signed_in(request), shown.decision.group))
    page = motion_page(shown)
    return fill_in(
        request,
        VoteForm(request.POST or None),
        lambda given: open_vote(shown, **given, by=signed_in(request)),
        group=shown.decision.group,
        title=_("Open the vote on motion %(label)s") % {"label": shown.decision.label},
        submit=_("Open the vote"),
        back=shown.get_absolute_url(),
        done=_("The vote is open, and everybody on its roll has been told."),
        template=TEMPLATE,
        context={"motion": shown, "page": page, "roll": roll_of(shown.decision.group, page.terms)},
    )


@never_cache
@login_required
@require_http_methods(FORM)
def position(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Take a position under one's name; the page says so before anybody does."""
    shown, voter = _asked(request, slug, year, number)
    now = voter.positions.filter(stands=True).first()
    initial = {"value": now.value, "text": now.text} if now else {}
    return fill_in(
        request,
        PositionForm(request.POST or None, voter=voter, initial=initial),
        lambda given: _of(
            shown, take_position(shown, by=signed_in(request), value=Value(given["value"]), text=given["text"])
        ),
        group=shown.decision.group,
        title=_("Your position on motion %(label)s") % {"label": shown.decision.label},
        submit=_("Take this position"),
        back=shown.get_absolute_url(),
        done=_("Your position is kept. You can change it until the vote ends."),
        template=TEMPLATE,
        context={"motion": shown, "page": motion_page(shown), "voter": voter, "asks": True},
    )


@never_cache
@login_required
@require_http_methods(FORM)
def clear(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Take one's own block back."""
    shown, voter = _asked(request, slug, year, number)
    now = voter.positions.filter(stands=True, value=Value.BLOCK.value).first()
    if now is None:
        raise Refused(_("No block of yours stands."), code="no_block")
    return fill_in(
        request,
        PositionForm(request.POST or None, voter=voter, clearing=True),
        lambda given: _of(
            shown, clear_block(shown, by=signed_in(request), to=Value(given["value"]), why=given["text"])
        ),
        group=shown.decision.group,
        title=_("Take your block back"),
        intro=now.text,
        submit=_("Take it back"),
        back=shown.get_absolute_url(),
        done=_("Your block is taken back; what you wrote stays readable."),
        template=TEMPLATE,
        context={"motion": shown},
    )


@never_cache
@login_required
@require_POST
def close(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Count a vote in which everybody has spoken, or that is over."""
    shown = motion_numbered(slug, year, number)
    settle_vote(shown, by=signed_in(request))
    say(request, _("The vote is counted."))
    return redirect(shown)


@never_cache
@login_required
@require_http_methods(FORM)
def extend(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Let a vote that found no quorum go on, once."""
    shown = motion_numbered(slug, year, number)
    require(may_steer_vote(signed_in(request), shown.decision.group))
    if not shown.lacks_quorum or shown.extended:
        raise Refused(_("A vote goes on for longer once, after it found no quorum."), code="not_extendable")
    return fill_in(
        request,
        EndForm(request.POST or None),
        lambda given: extend_vote(shown, **given, by=signed_in(request)),
        group=shown.decision.group,
        title=_("Let the vote go on"),
        intro=_("This can be done once. The roll stays as it is, and so do the positions that were taken."),
        submit=_("Let it go on"),
        back=shown.get_absolute_url(),
        done=_("The vote goes on, and those without a position have been told."),
        template=TEMPLATE,
        context={"motion": shown},
    )


@never_cache
@login_required
@require_POST
def reopen(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Take a motion that found no quorum up again."""
    shown = motion_numbered(slug, year, number)
    reopen_motion(shown, by=signed_in(request))
    say(request, _("The motion is open for amendments again."))
    return redirect(shown)


def _asked(request: HttpRequest, slug: str, year: int, number: int) -> tuple[Motion, Voter]:
    """The motion and the reader's place on its roll; refused where they cannot take a position."""
    shown = motion_numbered(slug, year, number)
    voter = voter_of(shown, signed_in(request))
    require(may_take_position(signed_in(request), shown, voter))
    assert voter is not None
    return shown, voter


def _of(shown: Motion, taken: object) -> Motion:
    return shown

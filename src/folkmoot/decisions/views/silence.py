"""Pages of deciding by silence: proposing, changing, objecting, answering, and what comes next."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.decisions.actions import (
    answer_objection,
    change_proposal,
    lay_again,
    object_to,
    propose_by_silence,
    settle_on_call,
    support_decision,
    take_back_objection,
    withdraw_decision,
)
from folkmoot.decisions.decision_page import decision_called
from folkmoot.decisions.forms.decisions import ChangeForm, ProposalForm, SettleForm, WordsOfOneForm
from folkmoot.decisions.models import Objection, Status
from folkmoot.decisions.queries import usual_period
from folkmoot.decisions.rules import may_object, may_propose_decision, may_record_decision, may_steer_decision
from folkmoot.decisions.views.decisions import FORM, TEMPLATE
from folkmoot.kit.verdict import require
from folkmoot.ledger.reactions import delivering
from folkmoot.people.reader import signed_in
from folkmoot.plan.entered import LONGEST_TITLE
from folkmoot.plan.filling_in import fill_in, group_called
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(FORM)
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Lay a decision before the group; `?title=` is what another page proposes to call it."""
    group = group_called(slug)
    require(may_propose_decision(signed_in(request), group))
    proposed = {"title": request.GET.get("title", "")[:LONGEST_TITLE]}
    form = ProposalForm(request.POST or None, group=group, initial=proposed)
    stated = usual_period(group)
    intro = _("Everybody who takes part is told. If nobody objects until the time is over, it is adopted by itself.")
    if stated.text:
        intro += " " + _("The charter says: “%(sentence)s”") % {"sentence": stated.text}
    return fill_in(
        request,
        form,
        lambda given: propose_by_silence(group, form.wording, terms=form.terms, by=signed_in(request)),
        group=group,
        title=_("Propose a decision"),
        intro=intro,
        submit=_("Lay it before the group"),
        back=reverse("decisions", args=[slug]),
        done=_("It lies before the group now, and everybody was told."),
        template=TEMPLATE,
    )


@never_cache
@login_required
@require_http_methods(FORM)
def change(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Change a proposal; another text lies before the group for the whole time again."""
    shown = decision_called(slug, year, number)
    require(may_steer_decision(signed_in(request), shown))
    form = ChangeForm(request.POST or None, decision=shown, silence=shown.silences.order_by("-number").first())
    words = ("title", "text", "rationale", "alternatives", "why", "edition")
    return fill_in(
        request,
        form,
        lambda given: change_proposal(
            shown, **{name: given[name] for name in words}, terms=form.terms, by=signed_in(request)
        ),
        group=shown.group,
        title=_("Change %(label)s") % {"label": shown.label},
        intro=_("Another title or text lies before the group for the whole time again. The old words stay readable."),
        submit=_("Lay the new text before the group"),
        back=shown.get_absolute_url(),
        done=_("It is changed, and everybody was told."),
        template=TEMPLATE,
    )


@never_cache
@login_required
@require_POST
def again(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Lay a text before the group again as it stands."""
    shown = decision_called(slug, year, number)
    lay_again(shown, by=signed_in(request))
    say(request, _("It lies before the group again, and everybody was told."))
    return redirect(shown)


@never_cache
@login_required
@require_POST
def support(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Say yes to a proposal."""
    shown = decision_called(slug, year, number)
    support_decision(shown, by=signed_in(request))
    say(request, _("You are for it. Nothing more is needed."))
    return redirect(shown)


@never_cache
@login_required
@require_http_methods(FORM)
def object_(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Object to a proposal, with a reason."""
    shown = decision_called(slug, year, number)
    require(may_object(signed_in(request), shown))
    form = WordsOfOneForm(
        request.POST or None,
        label=_("Why should this not be adopted as it is?"),
        hint=_("Say what would have to change, if you can. Everybody can read it, and it is answered."),
    )
    return fill_in(
        request,
        form,
        lambda given: object_to(shown, reason=given["words"], by=signed_in(request)).decision,
        group=shown.group,
        title=_("Object to %(label)s") % {"label": shown.label},
        intro=shown.title,
        submit=_("Object"),
        back=shown.get_absolute_url(),
        done=_("Your objection stands until you take it back; whoever proposed this was told."),
        template=TEMPLATE,
    )


@never_cache
@login_required
@require_http_methods(FORM)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an objection."""
    objection = get_object_or_404(Objection.objects.select_related("decision__group", "by"), pk=pk)
    shown = objection.decision
    require(may_steer_decision(signed_in(request), shown))
    form = WordsOfOneForm(
        request.POST or None,
        label=_("Your answer"),
        hint=_("%(person)s is told, and may take the objection back.") % {"person": objection.by.name},
    )
    return fill_in(
        request,
        form,
        lambda given: answer_objection(objection, answer=given["words"], by=signed_in(request)).decision,
        group=shown.group,
        title=_("Answer an objection to %(label)s") % {"label": shown.label},
        intro=objection.reason,
        submit=_("Answer it"),
        back=shown.get_absolute_url(),
        done=_("It is answered."),
        template=TEMPLATE,
    )


@never_cache
@login_required
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own objection back."""
    objection = get_object_or_404(Objection.objects.select_related("decision__group"), pk=pk)
    take_back_objection(objection, by=signed_in(request))
    left = objection.decision.objections.filter(withdrawn_at=None).count()
    say(
        request,
        ngettext(
            "Your objection is taken back; %(count)d other stands.",
            "Your objection is taken back; %(count)d others stand.",
            left,
        )
        % {"count": left}
        if left
        else _("Your objection is taken back; none stands any more."),
    )
    return redirect(objection.decision)


@never_cache
@login_required
@require_http_methods(FORM)
def withdraw(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Take a proposal back."""
    shown = decision_called(slug, year, number)
    require(may_steer_decision(signed_in(request), shown))
    form = WordsOfOneForm(request.POST or None, label=_("Why is it withdrawn?"))
    return fill_in(
        request,
        form,
        lambda given: withdraw_decision(shown, reason=given["words"], by=signed_in(request)),
        group=shown.group,
        title=_("Withdraw %(label)s") % {"label": shown.label},
        intro=_("What was proposed and said stays readable."),
        submit=_("Withdraw it"),
        back=shown.get_absolute_url(),
        done=_("It is withdrawn, and everybody was told."),
        template=TEMPLATE,
    )


@never_cache
@login_required
@require_http_methods(FORM)
def settle(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Write down what became on a call of something that needed talking about."""
    shown = decision_called(slug, year, number)
    require(may_record_decision(signed_in(request), shown.group))
    form = SettleForm(request.POST or None)

    def act(given: dict[str, object]) -> object:
        with delivering():
            return settle_on_call(
                shown, status=Status(str(given["status"])), reason=str(given["reason"]), by=signed_in(request)
            )

    return fill_in(
        request,
        form,
        act,  # type: ignore[arg-type]
        group=shown.group,
        title=_("What became of %(label)s on the call?") % {"label": shown.label},
        intro=shown.title,
        submit=_("Keep it in the record"),
        back=shown.get_absolute_url(),
        done=_("It stands in the record, and everybody was told."),
        template=TEMPLATE,
    )

"""The roll of an election for those who look after it, and "may I vote?" for everybody."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from folkmoot.governance.finding import election_or_404
from folkmoot.governance.forms.rolls import AppealForm, ReasonForm
from folkmoot.governance.models.elections import Contest, Election
from folkmoot.governance.models.rolls import Whom
from folkmoot.governance.models.rolls_exceptions import RollException
from folkmoot.governance.queries.rolls import (
    FEWEST,
    Judged,
    OnRoll,
    asking_of,
    criteria_of,
    judge_candidate,
    judge_voter,
    proxies_most,
    roll_now,
    voters_of,
    warnings_of,
    with_likenesses,
)
from folkmoot.governance.queries.rolls_frozen import frozen_roll
from folkmoot.governance.rules.rolls import asks_until, may_appeal, may_ask_exception, may_read_roll
from folkmoot.kit.csv_text import written
from folkmoot.kit.verdict import require
from folkmoot.people.domain.likeness import seek_key
from folkmoot.people.models import Person
from folkmoot.people.reader import person_of, signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.tables import Column, DataTable

ON_A_PAGE = 100
LONGEST_SEARCH = 100
BYTE_ORDER_MARK = "\ufeff"  # without it, Excel reads UTF-8 as Windows' Western encoding
Rows = list[tuple[str, tuple[str, str, str]]]
"""For each person the key by which the name is sought, and the cells."""
HEADINGS = (gettext_lazy("Name"), gettext_lazy("On the roll"), gettext_lazy("Why"))


@require_safe
@never_cache
@login_required
def roll(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Who may vote: as it would be today, or as it was frozen; `?q=` seeks a name."""
    election = election_or_404(request, slug, key)
    require(may_read_roll(person_of(request), election))
    sought = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    rows, context = _frozen_rows(election) if election.is_frozen else _rows_now(election)
    wanted = seek_key(sought)
    found = [(line, cells) for line, cells in rows if wanted in line]
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    # Once it is frozen nobody is judged any more, so there is no why.
    shown = HEADINGS[:2] if election.is_frozen else HEADINGS
    table = DataTable(
        _("Who may vote in this election"),
        tuple(Column(heading) for heading in shown),
        tuple((format_html("<bdi>{}</bdi>", name), *rest)[: len(shown)] for _line, (name, *rest) in page.object_list),
    )
    context |= {"election": election, "group": election.group, "page": page, "table": table, "sought": sought}
    return render(request, "governance/rolls/roll.html", context)


@require_safe
@never_cache
@login_required
def table(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The same as a file for a spreadsheet, in which nothing is taken for a formula; a frozen roll with its lines."""
    election = election_or_404(request, slug, key)
    require(may_read_roll(person_of(request), election))
    heading = [str(one) for one in HEADINGS]
    if election.is_frozen:
        heading = [*heading[:2], _("Line"), _("Salt")]
        cells = [
            (voter.person.name, _("by exception") if voter.by_exception else _("yes"), voter.line, voter.salt)
            for voter in voters_of(election)
        ]
        lines = written([heading, *cells])
    else:
        rows, _context = _rows_now(election)
        lines = written([heading, *(row for _key, row in rows)])
    response = HttpResponse(BYTE_ORDER_MARK + "".join(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{election.key}-roll.csv"'
    return response


@require_safe
@never_cache
@login_required
def me(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Whether the reader may vote and stand, criterion by criterion, and what they can do until when."""
    return own_page(request, election_or_404(request, slug, key))


def own_page(request: HttpRequest, election: Election, sent: ReasonForm | None = None) -> HttpResponse:
    """That page; `sent` is a form that was not accepted, shown with what was written."""
    person, now = signed_in(request), timezone.now()
    exception = RollException.objects.filter(election=election, person=person).first()
    if exception is not None:
        exception.election = election
    context = {
        "election": election,
        "group": election.group,
        "judged": judge_voter(election, person, now),
        "on": asking_of(election, Whom.VOTERS, now).on,
        "standing": _standing(election, person, now),
        "exception": exception,
        "until": asks_until(election),
        "may_ask": may_ask_exception(person, election, now),
        "may_appeal": exception is not None and bool(may_appeal(person, exception, now)),
        "has_proxies": bool(proxies_most(election)),
        "ask_form": ReasonForm() if sent is None or isinstance(sent, AppealForm) else sent,
        "appeal_form": sent if isinstance(sent, AppealForm) else AppealForm(),
    }
    if sent is not None:
        return form_page(request, "governance/rolls/me.html", sent, **context)
    return render(request, "governance/rolls/me.html", context)


def _standing(election: Election, person: Person, now: datetime) -> list[tuple[Contest, Judged]]:
    """Whether somebody may stand, contest by contest, where anything is asked of candidates."""
    if election.is_frozen or not criteria_of(election, Whom.CANDIDATES):
        return []
    found = []
    for contest in election.contests.all():
        contest.election = election
        found.append((contest, judge_candidate(contest, person, now)))
    return found


def _rows_now(election: Election) -> tuple[Rows, dict[str, object]]:
    now = timezone.now()
    found = with_likenesses(roll_now(election, now), election)
    rows = [(one.person.name_key, (one.person.name, *_said(one))) for one in found.people]
    context: dict[str, object] = {
        "voters": len(found.voters),
        "exceptions": found.exceptions,
        "left_out": len(found.left_out),
        "is_small": found.is_small,
        "fewest": FEWEST,
        "warnings": warnings_of(found),
        "on": asking_of(election, Whom.VOTERS, now).on,
    }
    return rows, context


def _said(one: OnRoll) -> tuple[str, str]:
    if one.judged.by_exception:
        return _("yes, by exception"), ""
    return (_("yes"), "") if one.judged else (_("no"), one.judged.reason)


def _frozen_rows(election: Election) -> tuple[Rows, dict[str, object]]:
    found = frozen_roll(election)
    rows = [
        (voter.person.name_key, (voter.person.name, _("yes, by exception") if voter.by_exception else _("yes"), ""))
        for voter in found.voters
    ]
    return rows, {"voters": len(rows), "exceptions": found.exceptions, "found": found}

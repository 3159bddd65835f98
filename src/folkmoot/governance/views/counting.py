"""Counting a file of ballots for anybody. What comes is counted, shown, handed back, and kept nowhere."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from folkmoot.governance.domain.bundles import as_bytes, bundle
from folkmoot.governance.domain.chart import ChartWords, card, chart
from folkmoot.governance.domain.counting.ballots import Ballots
from folkmoot.governance.domain.counting.checking import check
from folkmoot.governance.domain.counting.files.blt import write_blt
from folkmoot.governance.domain.counting.methods import METHODS, Method
from folkmoot.governance.domain.counting.others import Change, Other, others
from folkmoot.governance.domain.counting.record import Patience, Result
from folkmoot.governance.domain.counting.story import all_of, exact, story
from folkmoot.governance.domain.counting.written import to_json
from folkmoot.governance.domain.given import Given, count_given
from folkmoot.governance.domain.offline import offline_page
from folkmoot.governance.forms.counting import CountForm
from folkmoot.kit.errors import Refused
from folkmoot.people.guards import limited
from folkmoot.ui.refusals import error_page
from folkmoot.ui.tables import Column, DataTable

OF_A_NETWORK: Final = "30/m"
DOWNLOADS: Final = {
    "offline": ("result.html", "text/html; charset=utf-8"),
    "json": ("result.json", "application/json"),
    "blt": ("ballots.blt", "text/plain; charset=utf-8"),
    "bundle": ("count.zip", "application/zip"),
    "card": ("card.svg", "image/svg+xml"),
}
MOST_COMPARED: Final = 60
"""Candidates up to which the page counts by other methods too; the command does it for any number."""
LONGEST_COUNT: Final = 5.0
LONGEST_OTHERS: Final = 3.0
"""Seconds of work after which the page gives up; the command takes as long as it takes."""
MOST_PAIRS: Final = 40
"""Candidates whose pairs are shown in the page; all of them are in the JSON."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def count(request: HttpRequest) -> HttpResponse:
    """Choose a file and the rules; see the count, and take it away in several forms."""
    if request.method != "POST":
        return render(request, "governance/count.html", {"form": CountForm(initial={"method": Method.SCOTTISH_STV})})
    if limited(request, "count", OF_A_NETWORK):
        return error_page(
            request,
            429,
            _("That was often"),
            _("From where you are, ballots are counted more often than people do. Please wait a minute."),
            drawing="lamp",
        )
    form = CountForm(request.POST, request.FILES)
    if not form.is_valid() or form.trapped:
        return render(request, "governance/count.html", {"form": form}, status=400)
    try:
        ballots, result = count_given(form.given, patience=patience_of(LONGEST_COUNT))
        if request.POST.get("as") in DOWNLOADS:
            return _download(request.POST["as"], form.given, ballots, result)
        may_compare = not form.given.vacated and len(ballots.candidates) <= MOST_COMPARED
        compared = (
            others(ballots, form.given.rules, result, patience=patience_of(LONGEST_OTHERS)) if may_compare else []
        )
    except Refused as refused:
        form.add_error(None, refused.message)
        return render(request, "governance/count.html", {"form": form}, status=400)
    return render(request, "governance/counted.html", {"form": form, **shown(ballots, result, compared)})


def patience_of(seconds: float) -> Patience:
    """Refuses what takes longer than so many seconds of work from now on."""
    end = time.thread_time() + seconds

    def ask() -> None:
        if time.thread_time() > end:
            words = _("That takes longer than this page can wait. The command folkmoot count does it.")
            raise Refused(words, code="takes_long")

    return ask


def _download(kind: str, given: Given, ballots: Ballots, result: Result) -> HttpResponse:
    name, type_ = DOWNLOADS[kind]
    if kind == "json":
        content = as_bytes(to_json(result))
    elif kind == "blt":
        content = write_blt(replace(ballots, seats=given.rules.seats)).encode()
    elif kind == "card":
        content = card(result, ballots.title).encode()
    elif kind == "offline":
        content = offline_page(given, result, title=ballots.title).encode()
    else:
        content = bundle(given, result)
    response = HttpResponse(content, content_type=type_)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def shown(ballots: Ballots | None, result: Result, compared: list[Other]) -> dict[str, Any]:
    """What the page of a count shows."""
    told = story(result)
    words = ChartWords(
        title=_("What each candidate had at first, and at most"),
        quota=_("Quota %s"),
        elected=_("elected"),
        out=_("out at stage %s"),
    )
    return {
        "ballots": ballots,
        "result": result,
        "method": METHODS[Method(result.method)].words,
        "elected": all_of(list(result.elected)) if result.elected else "",
        "opening": told[0],
        "paragraphs": told[1:-1],
        "ending": told[-1],
        "chart": mark_safe(chart(result, words)),  # noqa: S308  every name in it is escaped
        "is_by_pairs": METHODS[Method(result.method)].pairwise,
        "has_transfers": len(result.stages) > 1 and result.method != Method.STAR,
        "rounds": rounds(result) if result.stages else None,
        "pairs": pairs(result) if result.pairs is not None and len(result.pairs) <= MOST_PAIRS else None,
        "others": others_in_words(compared),
        "wrong": check(result),
    }


def others_in_words(compared: list[Other]) -> list[tuple[str, str]]:
    """What else could have been done, and what it would have brought."""
    return [(_change(other), _outcome(other)) for other in compared]


def rounds(result: Result) -> DataTable:
    """What everybody had at the end of each stage."""
    elected = {name: stage.number for stage in result.stages for name in stage.elected}
    out = {name: stage.number for stage in result.stages for name in stage.excluded}
    displaced = {event.name for event in result.displaced}
    rows: list[tuple[Any, ...]] = []
    for name in result.candidates:
        state = ""
        if name in elected:
            state = _("elected at stage %(number)s") % {"number": elected[name]}
        elif name in displaced:
            state = _("displaced")
        elif name in out:
            state = _("out at stage %(number)s") % {"number": out[name]}
        elif name in result.withdrawn:
            state = _("withdrew")
        elif name in result.holders:
            state = _("keeps the seat")
        rows.append((name, *(exact(stage.totals[name], result.decimals) for stage in result.stages), state))
    for label, numbers in (
        (_("Exhausted"), [stage.exhausted for stage in result.stages]),
        (_("Lost by rounding"), [stage.lost for stage in result.stages]),
    ):
        if any(numbers):
            rows.append((label, *(exact(number, result.decimals) for number in numbers), ""))
    return DataTable(
        _("What everybody had at the end of each stage."),
        (
            Column(_("Candidate")),
            *(Column(_("Stage %(number)s") % {"number": stage.number}, is_number=True) for stage in result.stages),
            Column(_("What became of it")),
        ),
        tuple(rows),
    )


def pairs(result: Result) -> DataTable:
    """How many prefer the candidate of a row to that of a column."""
    table = result.pairs or {}
    return DataTable(
        _("How many prefer the candidate in the row to the one in the column."),
        (Column(_("Candidate")), *(Column(name, is_number=True) for name in table)),
        tuple((a, *("" if a == b else table[a][b] for b in table)) for a in table),
    )


def _change(other: Other) -> str:
    if other.change is Change.METHOD:
        return METHODS[other.method].words
    if other.change is Change.SEATS:
        return ngettext("%(number)s seat", "%(number)s seats", other.seats) % {"number": other.seats}
    return _("Those whom a ballot leaves out taken the other way")


def _outcome(other: Other) -> str:
    if other.refused:
        return _("Not counted: %(reason)s") % {"reason": other.refused}
    if other.tied:
        return _("A tie of %(names)s is left.") % {"names": all_of(list(other.tied))}
    if not other.gained and not other.lost:
        return _("The same people.")
    parts = []
    if other.gained:
        parts.append(_("%(names)s would have a seat.") % {"names": all_of(list(other.gained))})
    if other.lost:
        parts.append(_("%(names)s would have none.") % {"names": all_of(list(other.lost))})
    return " ".join(parts)

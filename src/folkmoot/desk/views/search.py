"""Search over everything that the reader may see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from folkmoot.kit.errors import Refused
from folkmoot.people.domain.seeking import NotSearchable, read_words
from folkmoot.people.guards import limited
from folkmoot.people.models import Person
from folkmoot.people.searching import kinds, search
from folkmoot.ui.chrome import signed_in_person
from folkmoot.ui.refusals import error_page

OF_EACH = 5
OF_ONE = 50
# A search asks each kind of thing. Behind one network there may be a whole office, and no person types so fast.
OF_A_NETWORK = "120/m"
OF_A_PERSON = "40/m"


@never_cache
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """What fits the words, by kind; with `kind` the best fifty of that kind. 400 for what nobody would search for."""
    asked, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    reader = signed_in_person(request)
    known = kinds()
    if kind and kind not in known:
        raise Refused(_("There is nothing of this kind to find here."), code="invalid")
    try:
        words = read_words(asked)
    except NotSearchable:
        raise Refused(_("Please search for a few words, without special characters."), code="invalid") from None
    if words and _too_often(request, reader):
        return error_page(
            request,
            429,
            _("That was often"),
            _("From where you are, more was searched for than people type. Please wait a minute and try again."),
            drawing="door",
        )
    everything = search(words, reader, most=0 if kind else OF_EACH)
    found = search(words, reader, only=[kind], most=OF_ONE) if kind else everything
    return render(
        request,
        "desk/search.html",
        {"asked": asked, "kind": kind, "words": words, "sections": found, "everything": everything},
    )


def _too_often(request: HttpRequest, reader: Person | None) -> bool:
    if reader is None:
        return limited(request, "search", OF_A_NETWORK)
    return limited(request, "search", OF_A_PERSON, about=f"person {reader.pk}")

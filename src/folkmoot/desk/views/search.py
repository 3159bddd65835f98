"""Search over everything that the reader may see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from folkmoot.kit.errors import Refused
from folkmoot.people.domain.seeking import NotSearchable, read_words
from folkmoot.people.searching import kinds, search
from folkmoot.ui.chrome import signed_in_person

OF_EACH = 5
OF_ONE = 50


@never_cache
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """What fits the words, by kind; with `kind` the best fifty of that kind. 400 for what nobody would search for."""
    asked, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    known = kinds()
    if kind and kind not in known:
        raise Refused(_("There is nothing of this kind to find here."), code="invalid")
    try:
        words = read_words(asked)
    except NotSearchable:
        raise Refused(_("Please search for a few words, without special characters."), code="invalid") from None
    found = search(words, signed_in_person(request), only=[kind] if kind else (), most=OF_ONE if kind else OF_EACH)
    return render(
        request,
        "desk/search.html",
        {"asked": asked, "kind": kind, "kinds": known, "words": words, "sections": found},
    )

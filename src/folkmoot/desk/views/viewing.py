"""Beginning and ending to look at pages as somebody else."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.desk.viewing import KEPT_AS, WAYS
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.rules import may_run_the_installation
from folkmoot.ui.redirects import local_next


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def view_as(request: HttpRequest) -> HttpResponse:
    """Choose as whom to look."""
    require(may_run_the_installation(request.user))
    if request.method == "POST":
        way = request.POST.get("way", "")
        if way not in WAYS:
            raise Refused(_("Please choose one of the options."), code="invalid")
        request.session[KEPT_AS] = {"way": way, "since": timezone.now().timestamp()}
        return redirect(local_next(request, "/"))
    return render(request, "desk/view_as.html", {"ways": WAYS, "next": local_next(request, "/")})


@never_cache
@login_required
@require_POST
def view_as_myself(request: HttpRequest) -> HttpResponse:
    """Look as oneself again."""
    request.session.pop(KEPT_AS, None)
    return redirect(local_next(request, "/"))

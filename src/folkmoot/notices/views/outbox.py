"""The outbox page, for stewards of an installation without a mail server, and for seeing what went wrong."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from folkmoot.kit.verdict import require
from folkmoot.notices.models import Letter
from folkmoot.people.rules import may_run_the_installation


@never_cache
@require_safe
@login_required
def outbox(request: HttpRequest) -> HttpResponse:
    """All letters, newest first."""
    require(may_run_the_installation(request.user))
    page = Paginator(Letter.objects.all(), 50).get_page(request.GET.get("page"))
    return render(request, "notices/outbox.html", {"page": page, "has_server": settings.MAIL_SERVER is not None})


@never_cache
@require_safe
@login_required
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """One letter with its text."""
    require(may_run_the_installation(request.user))
    return render(request, "notices/letter.html", {"letter": get_object_or_404(Letter, pk=letter_id)})

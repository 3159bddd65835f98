"""Pages with a form."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_page(request: HttpRequest, template: str, form: object, /, **context: object) -> HttpResponse:
    """A page with a form; answers 400 where something in it was not accepted."""
    errors = getattr(form, "errors", None)
    return render(request, template, {"form": form, **context}, status=400 if errors else 200)

"""What every template may say about the organisation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from folkmoot.organisation.queries import the_organisation


def organisation(request: HttpRequest) -> dict[str, Any]:
    """`organisation`, looked up when a template first uses it; false before the first set-up."""
    return {"organisation": SimpleLazyObject(the_organisation)}

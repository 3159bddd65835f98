"""Addresses that groups once had lead to where they are now."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from folkmoot.groups.queries import group_with_old_slug

_OF_A_GROUP = re.compile(r"/groups/([-\w]+)(/.*|\.\w+)", re.ASCII)


class OldAddresses:
    """Where a page of a group is not found in any room, look whether a group once had this address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        found = _OF_A_GROUP.fullmatch(request.path)
        group = group_with_old_slug(found[1]) if found else None
        if found is None or group is None:
            return response
        asked = request.META.get("QUERY_STRING", "")
        path = f"/groups/{group.slug}{found[2]}"
        return HttpResponsePermanentRedirect(f"{path}?{asked}" if asked else path)

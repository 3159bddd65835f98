"""Files that were handed in, for whoever may see them."""

from __future__ import annotations

import logging
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from folkmoot.kit.uploads import Family, kind_of_media_type
from folkmoot.people.models import Upload
from folkmoot.people.sessions import ASKED_ANEW
from folkmoot.people.uploads import may_see_upload
from folkmoot.ui.chrome import signed_in_person

log = logging.getLogger("folkmoot.people.files")

HARMLESS = "default-src 'none'; frame-ancestors 'none'; sandbox"
UNKNOWN = "application/octet-stream"


@require_safe
def upload(request: HttpRequest, pk: UUID, name: str) -> HttpResponseBase:
    """One file. Who may see it is asked each time; whoever may not is told nothing, not even that it is there.

    Pictures, which we drew ourselves, are shown; all else is handed over to be saved. Nothing in it may run here.
    """
    found = Upload.objects.filter(pk=pk, deleted_at=None).first()
    if found is None or not may_see_upload(signed_in_person(request), found):
        raise Http404
    if found.name != name:
        return redirect(found)
    etag = f'"{found.sha256}"'
    response = get_conditional_response(request, etag=etag) or _whole(request, found)
    response["ETag"] = etag
    # A browser may keep it for its one reader, and asks again before it shows it.
    response["Cache-Control"] = "private, no-cache"
    setattr(response, ASKED_ANEW, True)
    patch_vary_headers(response, ["Cookie"])
    return response


def _whole(request: HttpRequest, found: Upload) -> HttpResponseBase:
    kind = kind_of_media_type(found.media_type)
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse()
    else:
        try:
            response = FileResponse(default_storage.open(found.path))
        except FileNotFoundError:
            log.error("the file of upload %s is gone; `folkmoot doctor` lists all such", found.pk)
            raise Http404 from None
    charset = "; charset=utf-8" if kind is not None and kind.family is Family.TEXT else ""
    response["Content-Type"] = f"{kind.media_type}{charset}" if kind is not None else UNKNOWN
    response["Content-Length"] = str(found.size)
    is_shown = kind is not None and kind.family is Family.PICTURE
    response["Content-Disposition"] = content_disposition_header(not is_shown, found.name) or "attachment"
    response["Content-Security-Policy"] = HARMLESS
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response

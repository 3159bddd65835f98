"""How people speak on the calls of a group."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from folkmoot.groups.models import Group
from folkmoot.kit.verdict import require
from folkmoot.live.actions import set_speaking_custom
from folkmoot.live.call_reading import custom_of_speaking
from folkmoot.live.call_rules import may_set_speaking_custom
from folkmoot.live.forms.speaking import CustomForm
from folkmoot.people.reader import signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def custom(request: HttpRequest, slug: str) -> HttpResponse:
    """Who comes before whom, and whether observers may speak."""
    group, by = get_object_or_404(Group, slug=slug), signed_in(request)
    require(may_set_speaking_custom(by, group))
    form = CustomForm(request.POST if request.method == "POST" else None, custom=custom_of_speaking(group))
    if request.method == "POST" and form.is_valid():
        set_speaking_custom(group, **form.cleaned_data, by=by)
        say(request, _("This is how people speak on your calls from now on."))
        return redirect("speaking_custom", slug)
    return form_page(request, "live/custom.html", form, group=group)

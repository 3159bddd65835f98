"""The steward's page of calendars that others keep."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.calendar.actions import add_layer, change_layer, read_soon, remove_layer
from folkmoot.calendar.forms import ChangeLayerForm, LayerForm
from folkmoot.calendar.models import Layer
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.organisation.queries import the_organisation
from folkmoot.people.reader import signed_in
from folkmoot.people.rules import may_run_the_installation
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def layers(request: HttpRequest) -> HttpResponse:
    """All foreign calendars with how they are doing, and a form to add one."""
    require(may_run_the_installation(request.user))
    organisation = the_organisation()
    form = LayerForm(
        request.POST if request.method == "POST" else None,
        initial={"zone": organisation.zone if organisation else "UTC"},
    )
    if request.method == "POST" and form.is_valid():
        try:
            layer = add_layer(**form.cleaned_data, by=signed_in(request))
        except Refused as refused:
            form.add_error("address" if refused.code == "bad_address" else None, refused.message)
        else:
            say(request, _("“%(name)s” will be read within a few minutes.") % {"name": layer.name})
            return redirect("layers")
    return render(
        request,
        "calendar/layers.html",
        {"form": form, "layers": list(Layer.objects.all())},
        status=400 if form.errors else 200,
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def layer(request: HttpRequest, pk: int) -> HttpResponse:
    """One foreign calendar: change it."""
    require(may_run_the_installation(request.user))
    found = get_object_or_404(Layer, pk=pk)
    form = ChangeLayerForm(
        request.POST if request.method == "POST" else None,
        initial={"name": found.name, "address": found.address, "zone": found.zone, "is_shown": found.is_shown},
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_layer(found, **form.cleaned_data, by=signed_in(request))
        except Refused as refused:
            form.add_error("address" if refused.code == "bad_address" else None, refused.message)
        else:
            return redirect("layers")
    return render(request, "calendar/layer.html", {"form": form, "layer": found}, status=400 if form.errors else 200)


@never_cache
@login_required
@require_POST
def read_layer_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a foreign calendar read at the worker's next opportunity."""
    require(may_run_the_installation(request.user))
    found = get_object_or_404(Layer, pk=pk)
    read_soon(found, by=signed_in(request))
    say(request, _("“%(name)s” will be read within a few minutes.") % {"name": found.name})
    return redirect("layers")


@never_cache
@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a foreign calendar no longer."""
    require(may_run_the_installation(request.user))
    remove_layer(get_object_or_404(Layer, pk=pk), by=signed_in(request))
    return redirect("layers")

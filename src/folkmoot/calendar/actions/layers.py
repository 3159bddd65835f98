"""Showing calendars that others keep, and reading them anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.calendar.domain.foreign import Occurrence, Reading
from folkmoot.calendar.facts import LayerAdded, LayerChanged, LayerRead, LayerRemoved
from folkmoot.calendar.foreign_process import read_apart
from folkmoot.calendar.models import Layer, LayerItem
from folkmoot.calendar.notices import LayerFails
from folkmoot.calendar.texts import one_line
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import shows_nothing
from folkmoot.kit.outgoing import Fetched, Guarded, checked_address, fetch
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.notices.actions import tell
from folkmoot.people.queries import stewards
from folkmoot.people.rules import may_run_the_installation

MOST_LAYERS: Final = 20
MOST_BYTES: Final = 2 * 1024 * 1024
AGAIN_AFTER: Final = timedelta(hours=1)
LONGEST_WAIT: Final = timedelta(hours=24)
WORKED_OUT_EVERY: Final = timedelta(hours=24)
TOLD_AFTER: Final = 6
"""Failures in a row after which stewards are told."""
BEHIND: Final = timedelta(days=31)
AHEAD: Final = timedelta(days=400)

Fetch = Callable[[Layer, datetime], Fetched]


@transaction.atomic
def add_layer(*, name: str, address: str, zone: str, by: Actor) -> Layer:
    """Show a calendar kept elsewhere; it is read by the worker. Refused `invalid`, `name_taken`, `too_many`."""
    require(may_run_the_installation(by))
    values = _values(name, address, zone)
    if Layer.objects.count() >= MOST_LAYERS:
        raise Refused(_("At most %(count)s calendars are shown beside ours.") % {"count": MOST_LAYERS}, code="too_many")
    layer = _saved(Layer(**values, next_try_at=timezone.now()))
    record(LayerAdded(layer_id=layer.pk, name=layer.name), by=by, on=layer)
    return layer


@transaction.atomic
def change_layer(layer: Layer, *, name: str, address: str, zone: str, is_shown: bool, by: Actor) -> Layer:
    """Another name, address or zone, or out of sight for a while; with another address all is read anew."""
    require(may_run_the_installation(by))
    layer = Layer.objects.select_for_update().get(pk=layer.pk)
    new = {**_values(name, address, zone), "is_shown": is_shown}
    changes = {key: [getattr(layer, key), value] for key, value in new.items() if getattr(layer, key) != value}
    if not changes:
        return layer
    for key, value in new.items():
        setattr(layer, key, value)
    if changes.keys() & {"address", "zone"}:
        layer.etag = layer.last_modified = layer.digest = layer.problem = ""
        layer.worked_out_at = None
        layer.failures, layer.next_try_at = 0, timezone.now()
    if "address" in changes:
        layer.items.all().delete()
        changes["address"] = ["…", "…"]  # it may hold a secret
    _saved(layer)
    record(LayerChanged(layer_id=layer.pk, name=layer.name), by=by, on=layer, changes=changes)
    return layer


@transaction.atomic
def remove_layer(layer: Layer, *, by: Actor) -> None:
    """Show a foreign calendar no longer; done twice, it is told once."""
    require(may_run_the_installation(by))
    pk, name = layer.pk, layer.name
    deleted, _per_model = Layer.objects.filter(pk=pk).delete()
    if deleted:
        record(LayerRemoved(layer_id=pk, name=name), by=by)


@transaction.atomic
def read_soon(layer: Layer, *, by: Actor) -> None:
    """Let the worker read a calendar at its next opportunity."""
    require(may_run_the_installation(by))
    Layer.objects.filter(pk=layer.pk).update(next_try_at=timezone.now())


def asked(layer: Layer, now: datetime) -> Fetched:
    """What the layer's server answers, within our bounds.

    Once a day the file is wanted whole, though it may be unchanged: what is ahead moves on with the days.
    """
    is_recent = layer.worked_out_at is not None and now - layer.worked_out_at < WORKED_OUT_EVERY
    return fetch(
        layer.address,
        most_bytes=MOST_BYTES,
        accept="text/calendar, */*;q=0.1",
        agent=f"Folkmoot ({settings.PUBLIC_ADDRESS})",
        etag=layer.etag if is_recent else "",
        last_modified=layer.last_modified if is_recent else "",
        guard=Guarded(settings.REACHABLE_NETWORKS),
    )


def read_layer(layer: Layer, *, now: datetime, ask: Fetch = asked) -> None:
    """Ask for a foreign calendar and write what it says in place of what it said; for the worker.

    What goes wrong is kept with the layer in words, and what was read before stays. Not in one transaction: nobody
    waits for another server with the database held.
    """
    today = now.date()
    try:
        fetched = ask(layer, now)
        reading = None
        if fetched.status == 200:
            reading = read_apart(fetched.content, start=today - BEHIND, end=today + AHEAD, zone=layer.zone)
    except Refused as refused:
        _failed(layer, refused.message, now)
        return
    if reading is not None:
        _written(layer, fetched, reading, now)
    else:
        Layer.objects.filter(pk=layer.pk, address=layer.address).update(
            asked_at=now, read_at=now, failures=0, problem="", next_try_at=now + AGAIN_AFTER
        )


@transaction.atomic
def _written(layer: Layer, fetched: Fetched, reading: Reading, now: datetime) -> None:
    held = Layer.objects.select_for_update().filter(pk=layer.pk, address=layer.address, zone=layer.zone).first()
    if held is None:  # removed or pointed elsewhere while its server was being asked
        return
    digest = sha256(repr(reading.occurrences).encode("utf-8", "replace")).hexdigest()
    if digest != held.digest:
        held.items.all().delete()
        LayerItem.objects.bulk_create([_item(held, occurrence) for occurrence in reading.occurrences], batch_size=200)
        record(LayerRead(layer_id=held.pk, name=held.name, items=len(reading.occurrences)), by=system(), on=held)
    held.digest, held.notes = digest, reading.notes
    held.etag, held.last_modified = fetched.etag, fetched.last_modified
    held.asked_at = held.read_at = held.worked_out_at = now
    held.failures, held.problem, held.next_try_at = 0, "", now + AGAIN_AFTER
    held.save()


@transaction.atomic
def _failed(layer: Layer, problem: str, now: datetime) -> None:
    held = Layer.objects.select_for_update().filter(pk=layer.pk, address=layer.address).first()
    if held is None:
        return
    held.failures = min(held.failures + 1, 1_000)
    held.problem, held.asked_at = problem[:400], now
    held.next_try_at = now + min(AGAIN_AFTER * 2 ** min(held.failures - 1, 6), LONGEST_WAIT)
    held.save(update_fields=["failures", "problem", "asked_at", "next_try_at"])
    if held.failures == TOLD_AFTER:
        tell(stewards(), LayerFails(name=held.name, problem=held.problem))


def _item(layer: Layer, one: Occurrence) -> LayerItem:
    return LayerItem(
        layer=layer,
        key=one.key,
        summary=one_line(one.summary, most=400) or "…",
        location=one_line(one.location, most=400),
        url=one.url,
        is_cancelled=one.is_cancelled,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        zone=one.zone[:64],
        first_day=one.first_day,
        last_day=one.last_day,
    )


def _values(name: str, address: str, zone: str) -> dict[str, str]:
    name = one_line(name, most=120)
    if shows_nothing(name):
        raise Refused(_("The calendar needs a name."), code="invalid")
    return {"name": name, "address": checked_address(address), "zone": zones.canonical(zone)}


def _saved(layer: Layer) -> Layer:
    try:
        with transaction.atomic():
            layer.save()
    except IntegrityError:
        raise Refused(
            _("There is a calendar called %(name)s already.") % {"name": layer.name}, code="name_taken"
        ) from None
    return layer

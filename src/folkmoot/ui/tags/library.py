"""The one library that all tags register with, and what they share."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.template import Context
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from folkmoot.ui.chrome import ReaderSettings, reader_settings

register = template.Library()

TONES = ("moss", "ember", "dusk", "lake", "gold", "rose")


def attributes(**given: Any) -> SafeString:
    """HTML attributes, escaped, in order; None, False and empty strings are left out, underscores become dashes.

    A trailing underscore is dropped, so that `class_` and `for_` can be written.
    """
    kept = {
        name.rstrip("_").replace("_", "-"): value if value is True else str(value)
        for name, value in given.items()
        if value is not None and value is not False and value != ""
    }
    return flatatt(kept)


def trimmed(content: str) -> SafeString:
    """The content of a block without the white space around it; escaped, unless the engine has done so already."""
    if isinstance(content, SafeString):
        return mark_safe(content.strip())  # noqa: S308 -- stripping makes safe text a plain string, no less safe
    return escape(content.strip())


def one_of(value: str, allowed: tuple[str, ...], what: str) -> str:
    """The value if it is one that the styles know; a wrong one is a mistake in a template and raises."""
    if value not in allowed:
        raise template.TemplateSyntaxError(f"{what} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def request_of(context: Context) -> HttpRequest | None:
    return context.get("request")


def reader_of(context: Context) -> ReaderSettings:
    """The reader's zone, clock and look, worked out once per rendering."""
    kept: ReaderSettings | None = context.render_context.get("ui_reader")
    if kept is None:
        kept = reader_settings(request_of(context))
        context.render_context["ui_reader"] = kept
    return kept


def rendered(context: Context, name: str, values: dict[str, Any]) -> SafeString:
    """A template of ours with these values and, for forms in it, the page's CSRF token."""
    engine = context.template.engine  # type: ignore[union-attr]
    page = context.new(values)
    page["request"] = context.get("request")
    if (token := context.get("csrf_token")) is not None:
        page["csrf_token"] = token
    return engine.get_template(name).render(page)

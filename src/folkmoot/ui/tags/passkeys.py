"""What the sign-in library's passkey script is told, as data that no policy takes for a script."""

from __future__ import annotations

import json

from django.forms import BaseForm
from django.utils.safestring import SafeString, mark_safe

from folkmoot.ui.tags.library import register


@register.simple_tag
def passkey_ids(form: BaseForm, button: str, data: str) -> SafeString:
    """JSON that names the button, the data and the hidden field of a passkey form by their ids."""
    ids = {"authenticate": button, "data": data, "credential": form["credential"].auto_id}
    return mark_safe(json.dumps({"ids": ids}).replace("<", "\\u003C"))  # noqa: S308 -- JSON without a "<"

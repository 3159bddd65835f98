"""The tests' settings without what would make pages cheaper or dearer than they are."""

from __future__ import annotations

from tests.settings import *  # noqa: F403
from tests.settings import ALLOWED_HOSTS

WHITENOISE_USE_FINDERS = False
WHITENOISE_AUTOREFRESH = False
# Django's test environment would allow this name, but it also watches every template that is rendered.
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]

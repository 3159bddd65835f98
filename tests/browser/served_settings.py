"""Settings of a web process that a browser test starts: the real ones, with static files straight from the rooms."""

from __future__ import annotations

from folkmoot.config.settings import *  # noqa: F403
from folkmoot.config.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

"""The real settings with a web application that cannot be loaded."""

from __future__ import annotations

from folkmoot.config.settings import *  # noqa: F403
from folkmoot.config.settings import MIDDLEWARE

MIDDLEWARE = [*MIDDLEWARE, "nowhere.Middleware"]

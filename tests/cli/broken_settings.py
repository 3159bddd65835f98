"""The real settings, but for the process that serves pages, which granian starts: there they cannot be loaded."""

from __future__ import annotations

import multiprocessing

from folkmoot.config.settings import *  # noqa: F403

if multiprocessing.parent_process() is not None:
    raise ImportError("There is no such middleware.")

"""Where the event loop asks the database: in a few threads of its own, so that it waits for nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import close_old_connections

T = TypeVar("T")

_POOL = ThreadPoolExecutor(max_workers=2, thread_name_prefix="live")


async def run(action: Callable[..., T], *given: Any, **named: Any) -> T:
    """Do this in a thread; its answer, or what it raises."""

    def do() -> T:
        close_old_connections()
        try:
            return action(*given, **named)
        finally:
            close_old_connections()

    return await asyncio.get_running_loop().run_in_executor(_POOL, do)

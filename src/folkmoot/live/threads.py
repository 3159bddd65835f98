"""Database work for what runs on the event loop, in a few threads with connections of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import close_old_connections

P = ParamSpec("P")
T = TypeVar("T")

_pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="live")


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `work` returns; the event loop goes on meanwhile. Nothing that waits may run on the loop itself."""
    return await asyncio.get_running_loop().run_in_executor(_pool, partial(_orderly, partial(work, *args, **kwargs)))


def _orderly(work: Callable[[], T]) -> T:
    """As around a request: connections that broke or are too old are opened anew."""
    close_old_connections()
    try:
        return work()
    finally:
        close_old_connections()

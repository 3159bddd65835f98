"""Several workers that do the same at the same moment, each with its own connection."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from django.db import connections

T = TypeVar("T")
WORKERS = 4


def at_once(act: Callable[[], T]) -> list[T]:
    """What each of the workers got from doing it; they begin together."""
    ready = threading.Barrier(WORKERS)
    got: list[T] = []

    def run() -> None:
        ready.wait()
        try:
            got.append(act())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _number in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def together(act: Callable[..., T]) -> Callable[..., T]:
    """The same function, entered by all workers together: whatever they looked at before, none had acted on it yet."""
    ready = threading.Barrier(WORKERS)

    def entered(*given: object) -> T:
        ready.wait(timeout=30)
        return act(*given)

    return entered

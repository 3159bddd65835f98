"""Fixtures for reading minutes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest


@pytest.fixture
def process_time() -> Callable[..., AbstractContextManager[None]]:
    """Seconds of this process that a block may take, whatever else the machine does."""

    @contextmanager
    def measured(*, most: float) -> Iterator[None]:
        before = time.process_time()
        yield
        assert time.process_time() - before < most

    return measured

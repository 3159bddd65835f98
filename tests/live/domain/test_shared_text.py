"""A text that several write at once, where no conversation shows it: it leaves nothing behind."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from folkmoot.live.domain.shared_text import SharedText, begun_with

MEMORY = Path("/proc/self/statm")
WORDS = "The lamps are old. " * 5000


@pytest.mark.skipif(not MEMORY.exists(), reason="This system does not say how much memory is in use.")
def test_text_that_nobody_needs_any_more_is_freed():
    first = begun_with(WORDS)

    def pages_after(texts: int) -> int:
        for _text in range(texts):
            SharedText([first]).apply(first)
        gc.collect()
        return int(MEMORY.read_text().split()[1])

    before = pages_after(50)

    # All of them together would be some 80 megabytes.
    assert (pages_after(400) - before) * 4096 < 20_000_000

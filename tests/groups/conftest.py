from __future__ import annotations

from collections.abc import Iterator

import pytest

from folkmoot.groups.holdings import HOLDERS
from tests.factories.handovers import Things


@pytest.fixture
def things() -> Iterator[Things]:
    made = Things()
    HOLDERS.register("test.things", made, by=__name__)
    yield made
    del HOLDERS._entries["test.things"]
    HOLDERS._in_order = None

from __future__ import annotations

import pytest

from folkmoot.live.domain.pulses import Pulse

REMEMBERS_THREE = Pulse(5, ((3, "queue"), (4, "item"), (5, "queue")))


@pytest.mark.parametrize(
    ("number", "what"),
    [
        (5, []),
        (4, ["queue"]),
        (3, ["item", "queue"]),
        (2, ["queue", "item"]),
        (1, ["anything"]),
        (0, ["anything"]),
        (6, ["anything"]),
    ],
)
def test_pulse_says_what_changed_since_a_number(number, what) -> None:
    assert REMEMBERS_THREE.since(number) == what


def test_call_that_never_changed_has_nothing_to_say() -> None:
    assert Pulse().since(0) == []
    assert Pulse().since(1) == ["anything"]

from __future__ import annotations

import pytest

from folkmoot.groups.role_words import power_of_role


@pytest.mark.parametrize(
    ("name", "power"),
    [
        ("Managers", "manage"),
        ("Working Group Managers", "manage"),
        ("Chair of the committee", "manage"),
        ("Co-Chairs", "manage"),
        ("Leads", "manage"),
        ("Organisers", "manage"),
        ("Chair / Co-chair", "manage"),
        ("Participants", "take_part"),
        ("Contributor", "take_part"),
        ("Project Leads", "take_part"),
        ("Tech Lead", "take_part"),
        ("Non-manager members", "take_part"),
        ("Lead contributors", "take_part"),
        ("Non-managers", "take_part"),
        ("Managers emeriti", "take_part"),
        ("Observers", "observe"),
        ("Community at Large", "observe"),
        ("", "take_part"),
        ("x" * 5000, "take_part"),
    ],
)
def test_power_follows_the_word_that_a_role_s_name_ends_with(name, power):
    assert power_of_role(name) == power

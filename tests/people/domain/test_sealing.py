"""Secrets are sealed with the newest key, opened with any of them, and told apart from what never was sealed."""

from __future__ import annotations

import pytest

from folkmoot.people.domain.sealing import CannotOpen, is_sealed_with_first, opened, seal

OLD, NEW, OTHER = "o" * 40, "n" * 40, "x" * 40


def test_sealed_text_hides_what_it_holds_and_is_opened_again():
    kept = seal("JBSWY3DPEHPK3PXP", [NEW, OLD])

    assert "JBSWY3DPEHPK3PXP" not in kept
    assert kept != seal("JBSWY3DPEHPK3PXP", [NEW, OLD])
    assert opened(kept, [NEW, OLD]) == opened(kept, [OTHER, NEW]) == "JBSWY3DPEHPK3PXP"


def test_what_was_kept_openly_is_read_as_it_is():
    assert opened("JBSWY3DPEHPK3PXP", [NEW]) == "JBSWY3DPEHPK3PXP"


@pytest.mark.parametrize("change", ["other key", "cut", "altered", "no text"])
def test_what_no_key_fits_is_not_opened(change):
    kept = seal("JBSWY3DPEHPK3PXP", [NEW])
    given = {"other key": kept, "cut": kept[:-9], "altered": kept[:20] + "AAAA" + kept[24:], "no text": "sealed:é"}

    with pytest.raises(CannotOpen):
        opened(given[change], [OTHER] if change == "other key" else [NEW])


def test_it_is_known_which_key_sealed_it():
    kept = seal("JBSWY3DPEHPK3PXP", [OLD])

    assert is_sealed_with_first(kept, [OLD, NEW])
    assert not is_sealed_with_first(kept, [NEW, OLD])
    assert not is_sealed_with_first("JBSWY3DPEHPK3PXP", [NEW])

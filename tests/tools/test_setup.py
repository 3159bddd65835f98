"""`tools/setup.py`: does what is missing and no more, and fails in one line."""

from __future__ import annotations

import ast
import base64
import errno
import fcntl
import hashlib
import importlib.util
import io
import os
import shutil
import subprocess
import sys
import tarfile
import threading
from pathlib import Path
from types import ModuleType

import pytest

from tests.architecture.repository import ROOT

VENV, PACKAGES, ITSELF = "venv", "pip install locks", "pip install itself"
NODE, NPM, BUILD, STATIC = "pip install node", "npm ci", "npm run build", "collectstatic"
BROWSER, UNPACK = "npm pack", "unpack"
FIRST = [VENV, PACKAGES, ITSELF, NPM, BUILD, STATIC]

PYPROJECT = """
[build-system]
requires = ["setuptools"]
[project]
name = "folkmoot"
version = "1"
"""


class Programs:
    """Stands for python, pip, npm and node: notes what is asked for, and leaves behind what they would."""

    def __init__(self, setup: ModuleType) -> None:
        self.setup = setup
        self.asked: list[str] = []
        self.failing: dict[str, str] = {}
        self.node = b"v22.1.0\n"

    def call(self, command: list[str], **how: object) -> subprocess.CompletedProcess[bytes]:
        words = " ".join(command)
        step = next((name for name, part in self.parts() if part in words), None)
        if step is None:
            output = self.node if "--version" in command else f"{self.setup.ROOT}/node\n".encode()
            return subprocess.CompletedProcess(command, 0, output)
        self.asked.append(step)
        if step == BROWSER:
            shutil.copy(self.setup.ROOT / "package.tgz", self.setup.BROWSER)
        if step == UNPACK:
            for part in command[3:]:
                shutil.copy(f"{part}.br", part)
        if step in self.failing:
            return subprocess.CompletedProcess(command, 1, self.failing[step].encode())
        self.leave_behind(step)
        return subprocess.CompletedProcess(command, 0, b"")

    def parts(self) -> list[tuple[str, str]]:
        return [
            (VENV, "-m venv"),
            (NODE, "node.txt"),
            (PACKAGES, "--require-hashes"),
            (ITSELF, "--editable"),
            (NPM, " ci "),
            (BUILD, "run build"),
            (BROWSER, " pack "),
            (UNPACK, "brotliDecompress"),
            (STATIC, "collectstatic"),
        ]

    def leave_behind(self, step: str) -> None:
        setup = self.setup
        files = {
            VENV: setup.PYTHON,
            ITSELF: setup.COMMAND,
            NPM: setup.NODE_MODULES / "package",
            BUILD: setup.BUILT / "main.css",
            STATIC: setup.ROOT / "staticfiles" / "staticfiles.json",
        }
        if step in files:
            files[step].parent.mkdir(parents=True, exist_ok=True)
            files[step].write_text("")


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, in a repository that holds little else."""
    root = tmp_path / "folkmoot"
    (root / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "tools" / "setup.py", root / "tools")
    (root / "requirements").mkdir()
    for name in ("build", "run", "dev", "node"):
        (root / "requirements" / f"{name}.txt").write_text(f"{name}==1\n")
    (root / "pyproject.toml").write_text(PYPROJECT)
    (root / "package.json").write_text("{}")
    (root / "package-lock.json").write_text("{}")
    frontend = root / "src" / "folkmoot" / "ui" / "frontend"
    frontend.mkdir(parents=True)
    (frontend / "main.css").write_text("")
    (frontend.parent / "static").mkdir()
    monkeypatch.delenv("FOLKMOOT_STATIC", raising=False)
    return load(root)


def load(root: Path) -> ModuleType:
    specification = importlib.util.spec_from_file_location("folkmoot_setup", root / "tools" / "setup.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture
def programs(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Programs:
    made = Programs(setup)
    monkeypatch.setattr(setup, "call", made.call)
    monkeypatch.setattr(setup.shutil, "which", lambda name: f"/usr/bin/{name}")
    return made


def asked_by(programs: Programs, profile: str = "run") -> list[str]:
    """What a run asks of other programs."""
    programs.asked.clear()
    assert programs.setup.main([profile]) == 0
    return list(programs.asked)


def test_first_run_does_everything_and_the_second_nothing(programs) -> None:
    assert asked_by(programs) == FIRST
    assert asked_by(programs) == []


def test_what_the_tests_need_comes_on_top_and_is_enough_for_running(programs) -> None:
    asked_by(programs, "run")

    assert asked_by(programs, "dev") == [PACKAGES]
    assert asked_by(programs, "run") == []


@pytest.mark.parametrize(
    ("name", "text", "steps"),
    [
        ("requirements/run.txt", "run==2\n", [PACKAGES, STATIC]),
        ("requirements/dev.txt", "dev==2\n", [STATIC]),
        ("pyproject.toml", PYPROJECT.replace('"1"', '"2"'), [ITSELF]),
        ("pyproject.toml", PYPROJECT + "[tool.ruff]\n", []),
        ("package-lock.json", '{"packages": {}}', [NPM, BUILD]),
        ("src/folkmoot/ui/frontend/main.css", "p {}", [BUILD]),
        ("src/folkmoot/ui/static/mark.svg", "<svg/>", [STATIC]),
        ("src/folkmoot/ui/views.py", "", []),
    ],
)
def test_change_is_followed_by_what_depends_on_it(programs, name, text, steps) -> None:
    asked_by(programs)

    (programs.setup.ROOT / name).write_text(text)

    assert asked_by(programs) == steps


@pytest.mark.parametrize("gone", ["staticfiles", "node_modules", ".venv", ".venv/bin/python", ".venv/bin/folkmoot"])
def test_what_was_deleted_is_made_again(programs, gone) -> None:
    steps = {"staticfiles": [STATIC], "node_modules": [], ".venv/bin/folkmoot": [ITSELF]}
    asked_by(programs)

    place = programs.setup.ROOT / gone
    shutil.rmtree(place) if place.is_dir() else place.unlink()

    assert asked_by(programs) == steps.get(gone, FIRST)


def test_tests_need_the_browser_packages_themselves(programs) -> None:
    asked_by(programs, "dev")

    shutil.rmtree(programs.setup.NODE_MODULES)

    assert asked_by(programs, "dev") == [NPM, BUILD]


def test_installation_that_was_killed_is_made_again(programs, capsys) -> None:
    programs.failing[PACKAGES] = "Killed"
    assert programs.setup.main(["run"]) == 1
    programs.failing.clear()

    assert asked_by(programs) == FIRST
    assert "not whole; making it again" in capsys.readouterr().err


def test_moved_folder_is_set_up_again(programs, monkeypatch, tmp_path) -> None:
    asked_by(programs)
    elsewhere = tmp_path / "elsewhere"
    programs.setup.ROOT.rename(elsewhere)
    moved = Programs(load(elsewhere))
    monkeypatch.setattr(moved.setup, "call", moved.call)

    assert asked_by(moved) == FIRST


def test_environment_made_by_hand_is_used(programs) -> None:
    programs.leave_behind(VENV)

    assert asked_by(programs) == FIRST[1:]


@pytest.mark.parametrize("version", [b"v18.19.0\n", b"not a version"])
def test_old_node_is_replaced_by_a_locked_one(programs, version) -> None:
    programs.node = version

    assert asked_by(programs) == [VENV, PACKAGES, ITSELF, NODE, NPM, BUILD, STATIC]


def test_missing_npm_is_replaced_by_a_locked_one(programs, monkeypatch) -> None:
    monkeypatch.setattr(programs.setup.shutil, "which", lambda name: None if name == "npm" else f"/usr/bin/{name}")

    assert NODE in asked_by(programs)


@pytest.fixture
def no_browser(programs, monkeypatch) -> Programs:
    """A machine for which there is a package with a Chromium, and which has none."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(programs.setup.platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(programs.setup.sys, "platform", "linux")
    monkeypatch.setattr(
        programs.setup.shutil, "which", lambda name, path=None: f"/usr/bin/{name}" if name in ("node", "npm") else None
    )
    package = programs.setup.ROOT / "package.tgz"
    with tarfile.open(package, "w:gz") as archive:
        for part in programs.setup.BROWSER_PARTS:
            content = make_tar(part) if part.endswith(".tar") else part.encode()
            entry = tarfile.TarInfo(f"package/bin/{part}.br")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    lock_browser(programs, base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode())
    return programs


def make_tar(name: str) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        archive.addfile(tarfile.TarInfo(f"lib/{name}.so"))
    return content.getvalue()


def lock_browser(programs: Programs, digest: str) -> None:
    lock = programs.setup.REQUIREMENTS / "chromium.lock"
    lock.write_text(f"@sparticuz/chromium 1.0.0 sha512-{digest}\n")


def test_browser_is_brought_for_the_tests_where_there_is_none(no_browser) -> None:
    place = no_browser.setup.BROWSER

    assert asked_by(no_browser, "run") == FIRST
    assert asked_by(no_browser, "dev") == [PACKAGES, BROWSER, UNPACK]
    assert (place / "chromium").read_text() == "chromium"
    assert os.access(place / "chromium", os.X_OK)
    assert f"<dir>{place}/fonts</dir>" in (place / "fonts.conf").read_text()
    assert sorted(path.name for path in place.rglob("*") if path.is_file()) == [
        "al2023.tar.so", "chromium", "fonts.conf", "fonts.tar.so", "swiftshader.tar.so"
    ]  # fmt: skip
    assert asked_by(no_browser, "dev") == []


def test_browser_that_is_not_the_locked_one_is_refused(no_browser, capsys) -> None:
    lock_browser(no_browser, "A" * 86 + "==")

    assert no_browser.setup.main(["dev"]) == 1
    assert "Bringing Chromium failed: a package is not the one that was locked" in capsys.readouterr().err
    assert not (no_browser.setup.BROWSER / "chromium").exists()


@pytest.mark.parametrize("reason", ["named", "installed", "other machine"])
def test_browser_is_not_brought_where_it_is_not_needed(no_browser, monkeypatch, reason) -> None:
    if reason == "named":
        monkeypatch.setenv("CHROMIUM", "/opt/chromium")
    elif reason == "installed":
        monkeypatch.setattr(no_browser.setup.shutil, "which", lambda name, path=None: f"/usr/bin/{name}")
    else:
        monkeypatch.setattr(no_browser.setup.platform, "machine", lambda: "aarch64")

    assert BROWSER not in asked_by(no_browser, "dev")


PIP_UNREACHABLE = """\
WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(': Failed to establish a new \
connection: [Errno 111] Connection refused')': /simple/django/
ERROR: Could not find a version that satisfies the requirement django==5.2.19 (from versions: none)
ERROR: No matching distribution found for django==5.2.19
"""
NPM_UNREACHABLE = "npm error code ENOTFOUND\nnpm error syscall getaddrinfo\nnpm error network request failed\n"


@pytest.mark.parametrize(
    ("step", "output", "words"),
    [
        (VENV, "ensurepip is not available.", "apt install python3-venv"),
        (VENV, "/usr/bin/python3: No module named venv", "apt install python3-venv"),
        (VENV, "Error: [Errno 28] No space left on device", "the disk is full"),
        (PACKAGES, PIP_UNREACHABLE, "the package registry cannot be reached"),
        (
            PACKAGES,
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "not the one that was locked",
        ),
        (PACKAGES, "SSLError(SSLCertVerificationError('[SSL: CERTIFICATE_VERIFY_FAILED]", "PIP_CERT"),
        (PACKAGES, "ERROR: HTTP error 401 Client Error: Unauthorized for url", "user and password"),
        (PACKAGES, "OSError: [Errno 30] Read-only file system: '/x/.venv'", "make this folder writable"),
        (
            PACKAGES,
            "Collecting a\nerror: gcc failed\n  more\n",
            "failed: error: gcc failed (all of it is in .venv/setup.log)",
        ),
        (NPM, NPM_UNREACHABLE, "the package registry cannot be reached"),
        (NPM, "npm error code EINTEGRITY", "not the one that was locked"),
        (BUILD, "✘ [ERROR] Could not resolve 'htmx'\nnpm error code 1\n", "npm error code 1"),
        (STATIC, "", "it said nothing"),
    ],
)
def test_failure_is_one_line_that_says_what_to_do(programs, capsys, step, output, words) -> None:
    programs.failing[step] = output

    code = programs.setup.main(["run"])

    last = capsys.readouterr().err.splitlines()[-1]
    assert code == 1
    assert words in last
    assert "Traceback" not in last


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "The disk is full"), (errno.EROFS, "cannot be written"), (errno.EACCES, "cannot be written")],
)
def test_folder_that_cannot_be_used_is_said_in_one_line(programs, monkeypatch, capsys, number, words) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(number, os.strerror(number), "setup.part")

    monkeypatch.setattr(programs.setup, "remember", refuse)

    assert programs.setup.main(["run"]) == 1
    last = capsys.readouterr().err.splitlines()[-1]
    assert words in last
    assert str(programs.setup.ROOT) in last


def test_interrupted_setup_says_how_to_go_on(programs, monkeypatch, capsys) -> None:
    def interrupt(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(programs.setup, "make_venv", interrupt)

    assert programs.setup.main(["run"]) == 130
    assert capsys.readouterr().err == "Stopped before everything was set up; run the command again to go on.\n"


def test_second_setup_waits_for_the_first(programs, capsys) -> None:
    folder = os.open(programs.setup.ROOT, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    second = threading.Thread(target=programs.setup.main, args=(["run"],))

    second.start()
    second.join(0.3)
    before = list(programs.asked)
    os.close(folder)
    second.join(10)

    assert before == []
    assert programs.asked == FIRST
    assert "waiting for it" in capsys.readouterr().err


def test_old_python_is_told_so_in_one_line(setup, monkeypatch, capsys) -> None:
    monkeypatch.setattr(setup.sys, "version_info", (3, 8, 10, "final", 0))

    assert setup.main(["run"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("Folkmoot needs Python 3.11 or newer, and this is Python 3.8; install a newer one")
    assert said.count("\n") == 1


def test_old_python_can_read_the_script() -> None:
    ast.parse((ROOT / "tools" / "setup.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def find_python(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", ROOT / "tools" / "find-python"],
        env={"PATH": str(folder), **environment},
        capture_output=True,
        text=True,
    )


def pretend(folder: Path, name: str, *, new_enough: bool) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\nexit {0 if new_enough else 1}\n")
    program.chmod(0o755)


@pytest.mark.parametrize(
    ("present", "found"),
    [
        ({"python3": True, "python3.12": True}, "python3"),
        ({"python3": False, "python3.11": True}, "python3.11"),
        ({"python3": False, "python3.14": False}, "python3"),
    ],
)
def test_newest_fitting_python_is_found(tmp_path, present, found) -> None:
    for name, new_enough in present.items():
        pretend(tmp_path, name, new_enough=new_enough)

    assert find_python(tmp_path).stdout == f"{found}\n"


def test_named_python_is_taken(tmp_path) -> None:
    assert find_python(tmp_path, PYTHON=sys.executable).stdout == f"{sys.executable}\n"


def test_no_python_at_all_is_said_in_one_line(tmp_path) -> None:
    ended = find_python(tmp_path)

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("Folkmoot needs Python 3.11 or newer, and there is none here")

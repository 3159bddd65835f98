from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from folkmoot.kit.errors import Refused
from folkmoot.kit.outgoing import Guarded, checked_address, fetch, is_public

LOOPBACK = ipaddress.ip_network("127.0.0.1/32")
HERE = Guarded([LOOPBACK])


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        self.server.answer(self)

    def log_message(self, *args: object) -> None:
        pass


def say(handler: BaseHTTPRequestHandler, status: int = 200, body: bytes = b"", **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def server(answer, host: str = "127.0.0.1") -> Iterator[ThreadingHTTPServer]:
    running = ThreadingHTTPServer((host, 0), Handler)
    running.answer, running.asked = answer, []
    running.address = f"http://{host}:{running.server_port}"
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        running.shutdown()
        running.server_close()
        thread.join()


def refusal(address: str, **given: object) -> Refused:
    with pytest.raises(Refused) as refused:
        fetch(address, **{"most_bytes": 1_000, "guard": HERE, **given})
    return refused.value


PRIVATE = [
    "0.0.0.0", "10.0.0.1", "10.255.255.255", "100.64.0.1", "127.0.0.1", "127.255.0.1", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.168.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.1", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::", "2002:c0a8:1::1",
]  # fmt: skip
PUBLIC = ["1.1.1.1", "8.8.8.8", "93.184.215.14", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1"]


@pytest.mark.parametrize("text", PRIVATE)
def test_address_that_only_we_could_reach_is_not_public(text):
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", PUBLIC)
def test_address_that_everyone_can_reach_is_public(text):
    assert is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("https://example.org/a.ics", "https://example.org/a.ics"),
        (" webcal://example.org/a.ics ", "https://example.org/a.ics"),
        ("HTTP://Example.org:8080", "http://example.org:8080/"),
        ("https://bücher.example/ü?q=ü", "https://xn--bcher-kva.example/%C3%BC?q=%C3%BC"),
        ("https://example.org/a%20b#part", "https://example.org/a%20b"),
        ("http://[::1]:80/x", "http://[::1]:80/x"),
    ],
)
def test_address_is_asked_for_as_it_was_meant(typed, asked):
    assert checked_address(typed) == asked
    assert checked_address(asked) == asked


@pytest.mark.parametrize(
    "typed",
    [
        "", "example.org", "ftp://example.org/", "file:///etc/passwd", "gopher://example.org", "javascript:alert(1)",
        "http://", "https:///path", "http://user:secret@example.org/", "http://user@example.org/", "http://[::1",
        "http://example.org:99999/", "http://example.org:0/", "http://exa mple.org/", "http://example.org/\r\nX: y",
        "http://example.org/\x00", "http://" + "a" * 3000 + ".org/", "//example.org/", "http://.../",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(typed):
    with pytest.raises(Refused) as refused:
        checked_address(typed)

    assert refused.value.code == "bad_address"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]",
     "0.0.0.0", "169.254.169.254", "10.0.0.1", "[fd00::1]"],
)  # fmt: skip
def test_private_address_is_blocked_however_it_is_written(host):
    with server(lambda handler: say(handler, body=b"secret")) as inside:
        refused = refusal(f"http://{host}:{inside.server_port}/", guard=Guarded())

        assert refused.code in ("private_address", "no_such_server")
        assert "secret" not in refused.message
        assert inside.asked == []


def test_control_without_the_guard_the_inside_answers():
    with server(lambda handler: say(handler, body=b"secret")) as inside:
        assert fetch(f"http://2130706433:{inside.server_port}/", most_bytes=100, guard=HERE).content == b"secret"


def test_redirect_to_the_inside_is_blocked_at_the_connection():
    with server(lambda handler: say(handler, body=b"secret"), host="127.0.0.2") as inside:
        with server(lambda handler: say(handler, 302, Location=f"{inside.address}/x")) as outside:
            refused = refusal(outside.address)

        assert refused.code == "private_address"
        assert inside.asked == []


def test_name_that_changes_its_mind_is_asked_once_for_each_connection_and_taken_at_its_word():
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])
    asked = []

    def lookup(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    with server(lambda handler: say(handler, 302, Location="/again", Connection="close")) as outside:
        refused = refusal(f"http://calendar.example:{outside.server_port}/", guard=Guarded([LOOPBACK], lookup))

        assert refused.code == "private_address"
        assert [path for path, _headers in outside.asked] == ["/"]
        assert outside.asked[0][1]["Host"] == f"calendar.example:{outside.server_port}"
    assert asked == ["calendar.example"] * 2


def test_one_private_answer_among_public_ones_is_one_too_many():
    guard = Guarded(lookup=lambda host, port: ["8.8.8.8", "10.0.0.1"])

    with pytest.raises(Refused) as refused:
        guard.allowed("mixed.example", 443)

    assert refused.value.code == "private_address"
    assert Guarded(lookup=lambda host, port: ["8.8.8.8"]).allowed("good.example", 443) == "8.8.8.8"


@pytest.mark.parametrize("problem", [OSError("no"), UnicodeError("label too long")])
def test_name_without_an_answer_is_no_server(problem):
    def lookup(host: str, port: int) -> list[str]:
        raise problem

    with pytest.raises(Refused) as refused:
        Guarded(lookup=lookup).allowed("nowhere.example", 443)

    assert refused.value.code == "no_such_server"


def test_sockets_of_this_machine_are_not_asked():
    with pytest.raises(Refused):
        HERE.connect_unix_socket("/run/something")


def test_document_comes_with_what_tells_its_version():
    with server(lambda handler: say(handler, body=b"BEGIN", ETag='"7"', Last_Modified="Wed, 25 Nov 2026")) as outside:
        found = fetch(outside.address, most_bytes=5, guard=HERE, agent="Folkmoot (test)", accept="text/calendar")

        assert (found.status, found.content, found.etag, found.last_modified) == (
            200, b"BEGIN", '"7"', "Wed, 25 Nov 2026",
        )  # fmt: skip
        headers = outside.asked[0][1]
        assert headers["User-Agent"] == "Folkmoot (test)"
        assert headers["Accept"] == "text/calendar"
        assert "If-None-Match" not in headers


def test_unchanged_document_is_not_sent_again():
    with server(lambda handler: say(handler, 304, ETag='"7"')) as outside:
        found = fetch(outside.address, most_bytes=5, guard=HERE, etag='"7"', last_modified="Wed")

        assert (found.status, found.content) == (304, b"")
        assert outside.asked[0][1]["If-None-Match"] == '"7"'
        assert outside.asked[0][1]["If-Modified-Since"] == "Wed"


def test_redirects_are_followed_but_not_for_ever():
    def on(handler: BaseHTTPRequestHandler) -> None:
        number = int(handler.path.strip("/") or 0)
        if number < 3:
            say(handler, 307, Location=f"/{number + 1}")
        else:
            say(handler, body=b"there")

    with server(on) as outside:
        assert fetch(outside.address, most_bytes=10, guard=HERE).content == b"there"
    with server(lambda handler: say(handler, 301, Location="/round")) as outside:
        assert refusal(outside.address).code == "bad_answer"
        assert len(outside.asked) == 4


@pytest.mark.parametrize("onward", ["file:///etc/passwd", "gopher://127.0.0.1/", "http://user:pass@127.0.0.1/"])
def test_redirect_to_what_is_no_web_address_is_refused(onward):
    with server(lambda handler: say(handler, 302, Location=onward)) as outside:
        assert refusal(outside.address).code == "bad_address"


@pytest.mark.parametrize("status", [204, 401, 403, 404, 410, 500, 503])
def test_any_other_answer_is_told_by_its_number_and_nothing_else(status):
    with server(lambda handler: say(handler, status, body=b"")) as outside:
        refused = refusal(outside.address)

    assert (refused.code, refused.params["status"]) == ("bad_answer", status)


def test_body_beyond_the_limit_is_not_read_to_its_end():
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _piece in range(10_000):
                handler.wfile.write(b"x" * 1024)
        except OSError:
            handler.server.cut = True

    with server(endless) as outside:
        assert refusal(outside.address, most_bytes=10 * 1024).code == "too_large"


def test_body_that_trickles_is_given_up_when_patience_ends():
    def trickle(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _piece in range(100):
            try:
                handler.wfile.write(b"x")
            except OSError:
                return
            if handler.server.done.wait(0.05):
                return

    with server(trickle) as outside:
        outside.done = threading.Event()
        before = time.monotonic()
        assert refusal(outside.address, patience=0.3).code == "too_slow"
        assert time.monotonic() - before < 4
        outside.done.set()


def test_server_that_says_nothing_is_given_up():
    def silent(handler: BaseHTTPRequestHandler) -> None:
        handler.server.done.wait(20)

    with server(silent) as outside:
        outside.done = threading.Event()
        assert refusal(outside.address, patience=0.2).code == "too_slow"
        outside.done.set()


def test_nobody_there_is_said():
    with server(lambda handler: None) as gone:
        address = gone.address

    assert refusal(address).code == "unreachable"


def test_answer_that_is_no_http_is_said():
    def nonsense(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"220 smtp.example ESMTP\r\n")
        handler.close_connection = True

    with server(nonsense) as outside:
        assert refusal(outside.address).code == "unreachable"

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest

from folkmoot.ui.messages import Shown, say, waiting
from tests.ui.conftest import request_for
from tests.ui.hostile import CORPUS, assert_inert, parsed


class UntouchableSession(SessionStore):
    """Fails the test that looks into it."""

    def _get_session(self, no_load: bool = False) -> dict:
        raise AssertionError("the session of a stranger was touched")

    _session = property(_get_session)


def telling() -> HttpRequest:
    request = request_for()
    request.session = SessionStore()
    request.user = AnonymousUser()
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return request


def test_message_is_shown_with_its_way_back() -> None:
    request = telling()

    say(request, "You left the group.", undo="/groups/garden/join/")
    say(request, "It is late.", level="warning")

    assert list(waiting(request)) == [
        Shown("You left the group.", "success", "/groups/garden/join/"),
        Shown("It is late.", "warning", ""),
    ]


def test_undo_leads_nowhere_else() -> None:
    with pytest.raises(ValueError, match="this site"):
        say(telling(), "Done.", undo="//evil.example/")


def test_toast_undoes_by_a_form_with_a_token(draw) -> None:
    request = telling()
    say(request, "You left the group.", undo="/groups/garden/join/")

    markup = parsed(draw("{% waiting_messages %}", request=request))

    assert markup.one("form") == {"method": "post", "action": "/groups/garden/join/"}
    assert markup.one("input")["name"] == "csrfmiddlewaretoken"
    assert markup.all("div")[0]["role"] == "status"


@pytest.mark.parametrize("bad", CORPUS)
def test_message_stays_words(draw, bad) -> None:
    request = telling()
    say(request, bad)

    assert_inert(draw("{% waiting_messages %}", request=request))


def test_session_of_someone_unknown_is_left_alone(draw) -> None:
    request = request_for()
    request.session = UntouchableSession()
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]

    assert draw("{% waiting_messages %}", request=request) == ""


def test_page_without_messages_shows_none(draw) -> None:
    assert draw("{% waiting_messages %}") == ""

"""Two browsers write the same notes; the network is cut in turn and the server killed, and no word is missing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect

from folkmoot.groups.models import Power
from folkmoot.live.actions import let_go_of_notes
from folkmoot.meetings.actions import NotesWords, add_minutes_item, begin_minutes
from folkmoot.meetings.models import MinutesItem
from folkmoot.people.models import Person
from tests.browser.accessibility import assert_accessible
from tests.cli.running import environment, free_port, until
from tests.factories.groups import join
from tests.factories.meetings import held_call, meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite]

ROOT = Path(__file__).resolve().parents[2]


class Web:
    """A web process of its own on the test's database, which can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.folder = folder

    def start(self) -> None:
        command = [sys.executable, "-m", "folkmoot.cli.web", "127.0.0.1", str(self.port), "1", "50"]
        given = environment(
            PORT=str(self.port),
            DATABASE_URL=f"sqlite:///{connection.settings_dict['NAME']}",
            FOLKMOOT_DATA=str(self.folder),
            FOLKMOOT_STATIC=str(self.folder),
            FOLKMOOT_SECRET_KEY=settings.SECRET_KEY,
            DJANGO_SETTINGS_MODULE="tests.browser.served_settings",
            PYTHONPATH=os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        )
        # It ends when what holds its input does.
        self.process = subprocess.Popen(command, env=given, stdin=subprocess.PIPE, start_new_session=True)
        assert until(self.answers)

    def answers(self) -> bool:
        assert self.process.poll() is None
        return any(
            one.laddr.port == self.port and one.status == psutil.CONN_LISTEN
            for child in [psutil.Process(self.process.pid), *psutil.Process(self.process.pid).children(recursive=True)]
            for one in child.net_connections(kind="tcp")
        )

    def kill(self) -> None:
        """As a power cut would: nothing is told to anybody."""
        family = [psutil.Process(self.process.pid), *psutil.Process(self.process.pid).children(recursive=True)]
        for one in family:
            one.send_signal(signal.SIGKILL)
        self.process.wait()
        assert self.process.stdin is not None
        self.process.stdin.close()
        psutil.wait_procs(family[1:])


@pytest.fixture
def web(tmp_path):
    web = Web(tmp_path)
    web.start()
    yield web
    web.kill()


def opened(browser: Browser, web: Web, person: Person, path: str, **given) -> Page:
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    context = browser.new_context(base_url=web.address, reduced_motion="reduce", **given)
    context.set_default_timeout(15_000)
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": web.address}])
    page = context.new_page()
    page.goto(path)
    return page


def says(box: Locator, text: str) -> None:
    """The box says this before long: whoever lost the server comes back after some seconds."""
    expect(box).to_have_value(text, timeout=30_000)


def test_two_browsers_with_cut_networks_and_a_killed_server_have_the_same_text_and_all_of_it(browser, web):
    organisation()
    group = meeting_group()
    ada, ben = (join(PersonFactory(name=name), group, Power.MANAGE) for name in ("Ada Birch", "Ben Cole"))
    minutes = begin_minutes(held_call(group), by=ada)
    item = add_minutes_item(minutes, NotesWords("Lamps", "Lamps:"), by=ada)
    path = f"/meetings/{minutes.pk}/minutes/together/"

    one = opened(browser, web, ada, path, viewport={"width": 1280, "height": 800})
    other = opened(browser, web, ben, path, viewport={"width": 320, "height": 800})
    hers, his = one.get_by_label("Notes on Lamps"), other.get_by_label("Notes on Lamps")
    state = one.locator(".notes-state")
    expect(hers).to_be_editable(timeout=30_000)
    hers.press("Control+End")
    hers.press_sequentially(" Ada-1")
    says(his, "Lamps: Ada-1")
    expect(other.get_by_text("Ada Birch is writing here too.")).to_be_visible()
    expect(other.locator(".notes-caret")).to_have_count(1)
    assert_accessible(other)
    # The caret of somebody else is drawn anew in the frame after the window was made narrow.
    other.wait_for_function("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    # Her network is cut; both write on.
    one.context.set_offline(True)
    expect(state).to_contain_text("Not connected.")
    hers.press_sequentially(" Ada-2")
    his.press("Control+Home")
    his.press_sequentially("Ben-1 ")
    expect(one.get_by_role("status").filter(has_text="kept in this tab")).to_have_count(1, timeout=10_000)
    assert hers.input_value() == "Lamps: Ada-1 Ada-2"
    one.context.set_offline(False)
    says(his, "Ben-1 Lamps: Ada-1 Ada-2")
    says(hers, "Ben-1 Lamps: Ada-1 Ada-2")
    # What is taken back is one's own.
    his.press("Control+z")
    says(hers, "Lamps: Ada-1 Ada-2")
    his.press("Control+Shift+z")
    says(hers, "Ben-1 Lamps: Ada-1 Ada-2")
    expect(state).to_have_text("Saved", timeout=30_000)

    # His is cut and the server dies; she writes on, has no way back, and loads the page anew.
    other.context.set_offline(True)
    his.press_sequentially("Ben-2 ")
    one.evaluate("() => { WebSocket = class extends EventTarget { readyState = 0; close() {} }; }")
    web.kill()
    expect(state).to_contain_text("Not connected.", timeout=30_000)
    hers.press("Control+End")
    hers.press_sequentially(" Ada-3")
    expect(state).to_contain_text("kept in this tab")
    web.start()
    one.on("dialog", lambda dialog: dialog.accept())
    one.reload()
    other.context.set_offline(False)
    whole = "Ben-1 Ben-2 Lamps: Ada-1 Ada-2 Ada-3"
    says(his, whole)
    says(hers, whole)
    expect(state).to_have_text("Saved", timeout=30_000)

    # Words go while her network is cut, and how they came about is forgotten: she brings back her own alone.
    his.press("Control+Home")
    his.press_sequentially("Ben-3 ")
    says(hers, f"Ben-3 {whole}")
    one.context.set_offline(True)
    hers.press("Control+Home")
    hers.press_sequentially("So ")
    hers.press("Control+End")
    hers.press_sequentially(" Ada-4")
    his.fill("Lamps: Ada-1 Ada-2 Ada-3")
    expect(other.locator(".notes-state")).to_have_text("Saved", timeout=30_000)
    let_go_of_notes(minutes.pk)
    one.context.set_offline(False)
    whole = "So Lamps: Ada-1 Ada-2 Ada-3 Ada-4"
    says(hers, whole)
    says(his, whole)
    expect(state).to_have_text("Saved", timeout=30_000)
    one.context.close()
    other.context.close()
    assert until(lambda: MinutesItem.objects.get(pk=item.pk).notes == whole, patience=10)

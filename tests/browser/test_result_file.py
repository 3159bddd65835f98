"""The page of a count, and a result as one file that checks itself in a browser without network."""

from __future__ import annotations

import base64
import json
import time

import pytest

from folkmoot.governance.domain.bundles import as_bytes, verify
from folkmoot.governance.domain.counting.methods import Method, Rules
from folkmoot.governance.domain.counting.written import to_json
from folkmoot.governance.domain.given import Given, count_given
from folkmoot.governance.domain.offline import offline_page
from folkmoot.people.guards import stamp
from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import watch_of
from tests.browser.watching import overflow
from tests.governance.domain.test_bundles import BLT, KEY, committee

pytestmark = pytest.mark.sqlite
SCORED = (Method.SCORE, Method.STAR, Method.YES_NO)


def test_result_file_checks_itself_and_finds_what_was_changed(new_page, tmp_path) -> None:
    given = committee()
    result = count_given(given)[1]
    text = offline_page(given, result, title="The harbour committee", key=KEY)
    forged = to_json(result)
    forged["stages"][1]["totals"]["Cleo"] = "7.00000"
    copies = {
        "right": text,
        "shown otherwise": text.replace("<li data-elected>Cleo</li>", "<li data-elected>Dan</li>"),
        "other record": text.replace(
            base64.b64encode(as_bytes(to_json(result))).decode(), base64.b64encode(as_bytes(forged)).decode()
        ),
    }
    page = new_page()
    watch_of(page).expect_server("file://")  # it is opened from a folder, as people open it

    found = {}
    for name, content in copies.items():
        path = tmp_path / f"{name}.html"
        path.write_text(content, encoding="utf-8")
        page.goto(path.as_uri())
        page.wait_for_selector("#checks[data-found]")
        found[name] = page.locator("#checks li").all_inner_texts()
        if name == "right":
            assert_accessible(page)

    assert len(set(copies.values())) == 3
    assert json.loads(json.dumps(found)) == {
        "right": [
            "✓ All files are as the manifest says.",
            found["right"][1],
            "✓ The table and those elected are as the record says. The story and the chart are not checked.",
            "✓ Each stage follows from the one before.",
        ],
        "shown otherwise": [
            *found["right"][:2],
            "✗ The page names others as elected than the record.",
            found["right"][3],
        ],
        "other record": [
            "✗ result.json was changed: its SHA-256 is not that of the manifest.",
            found["right"][1],
            "✗ The table shows something else for Cleo at stage 2 than the record.",
            "✗ Stage 2 does not keep the number of votes.",
            "✗ Stage 2 gives Cleo other votes than were transferred.",
            "✗ Stage 3 gives Cleo other votes than were transferred.",
        ],
    }
    assert found["right"][1].startswith(("✓ Signed by the key ", "– This browser cannot check"))


def test_result_files_of_all_methods_find_nothing_wrong(new_page, tmp_path) -> None:
    scores = b"Yes,No,Abstain\n1,,\n1,,\n,1,\n"
    elections = [Given(BLT, Rules(method, 1, seed="x")) for method in Method if method not in SCORED]
    elections += [Given(scores, Rules(method, 1, seed="x"), higher_is_better=True) for method in SCORED]
    page = new_page()
    watch_of(page).expect_server("file://")

    found = {}
    for given in elections:
        path = tmp_path / f"{given.rules.method}.html"
        path.write_text(offline_page(given, count_given(given)[1]), encoding="utf-8")
        page.goto(path.as_uri())
        page.wait_for_selector("#checks[data-found]")
        found[given.rules.method] = page.locator("#checks li").all_inner_texts()

    right = [
        "✓ All files are as the manifest says.",
        "– This result is not signed.",
        "✓ The table and those elected are as the record says. The story and the chart are not checked.",
        "✓ Each stage follows from the one before.",
    ]
    assert found == dict.fromkeys(Method, right)


def test_count_page_is_for_everybody(new_page, tmp_path) -> None:
    path = tmp_path / "ballots.blt"
    path.write_bytes(BLT)
    page = new_page(width=320)

    page.goto("/count/")
    page.locator("[name=opened]").evaluate("(field, value) => { field.value = value }", stamp(time.time() - 60))
    page.get_by_label("File of ballots").set_input_files(path)
    page.get_by_role("button", name="Count", exact=True).click()
    page.get_by_role("heading", name="What happened").wait_for()

    assert overflow(page) <= 0
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Bundle to verify").click()
    assert verify(download.value.path().read_bytes()).is_right

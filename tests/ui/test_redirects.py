from __future__ import annotations

from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.ui.redirects import is_local, local_next

STRAY = (
    "//evil.example",
    "///evil.example",
    "////evil.example/x",
    "/\\evil.example",
    "\\evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https://evil.example",
    "HTTPS://evil.example/",
    "http://localhost@evil.example/",
    "http://[evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "./groups/",
    "?next=/",
    "#top",
    "",
    " ",
    " /groups/",
    "/ /evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    "/groups/\r\nLocation: https://evil.example",
    "/groups/?q=\r\nSet-Cookie: a=b",
    "/%0d%0aLocation: https://evil.example",
    "/%2f/evil.example",
    "/%2Fevil.example",
    "/%5cevil.example",
    "/groups/..//evil.example",
    "/.//evil.example",
    "/groups//evil.example",
    "/\uff0fevil.example",
    "\uff0f\uff0fevil.example",
    "/\u2215evil.example",
    "/\u2044evil.example",
    "/\uff3cevil.example",
    "https\uff1a//evil.example",
    "/\u3000/evil.example",
    "/\u200b/evil.example",
    "/\u2028/evil.example",
    "/\xa0/evil.example",
    "/\x00/evil.example",
    "/\x85/evil.example",
    "/\ufeff/evil.example",
    "/" + "a" * 3000,
)
LOCAL = (
    "/",
    "/groups/",
    "/groups/garden/?view=source&q=a%20b#L12",
    "/groups/?next=https://elsewhere.example/",
    "/groups/caf%C3%A9/",
    "/groups/café/",
    "/groups/garden/charter/#clause-1.1",
    "/~someone/a:b@c/",
)


@pytest.mark.parametrize("url", STRAY)
def test_address_that_leads_or_may_lead_elsewhere_is_not_followed(url) -> None:
    assert not is_local(url)
    assert local_next(RequestFactory().post("/x/", {"next": url}), "/default/") == "/default/"
    assert local_next(RequestFactory().get("/x/", {"next": url}), "/default/") == "/default/"


@pytest.mark.parametrize("url", LOCAL)
def test_address_on_this_site_is_followed(url) -> None:
    assert is_local(url)

    target = local_next(RequestFactory().get("/x/", {"next": url}), "/default/")

    assert target.isascii()
    assert target == quote(url, safe="/#%[]=:;$&()+,!?*@'~")


def test_form_counts_more_than_the_address() -> None:
    request = RequestFactory().post("/x/?next=/address/", {"next": "/form/"})

    assert local_next(request, "/") == "/form/"


def test_default_is_taken_where_nothing_is_asked_for() -> None:
    assert local_next(RequestFactory().get("/x/"), "/default/") == "/default/"


@given(st.text(alphabet=st.sampled_from("/\\:@?#%25fFcC0aAdD.\t\r\n evil\uff0f\u2215\u3000"), max_size=30))
def test_whatever_passes_stays_on_the_site_as_browsers_join_it(url) -> None:
    if is_local(url):
        # Browsers read backslashes as slashes and drop tabs and line ends.
        read = url.replace("\\", "/").translate({9: None, 10: None, 13: None})
        assert urlsplit(urljoin("https://here.example/page/", read)).netloc == "here.example"

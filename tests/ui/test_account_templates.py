"""The pages of allauth that only appear in the middle of something, and the pieces its other pages are made of."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.template import Origin, RequestContext, Template, engines
from django.template.loader import render_to_string

from tests.ui.conftest import request_for
from tests.ui.hostile import CORPUS, assert_inert, parsed

pytestmark = [pytest.mark.urls("tests.ui.addresses"), pytest.mark.django_db]


class Code(forms.Form):
    code = forms.CharField(label="Code")


class Key(forms.Form):
    credential = forms.CharField(widget=forms.HiddenInput)


CASES: list[tuple[str, dict[str, Any], str]] = [
    ("account/signup_closed.html", {}, "No new accounts at present"),
    ("account/password_set.html", {"form": Code()}, "Keep the new password"),
    ("account/password_reset_from_key.html", {"form": Code(), "action_url": "/x/"}, "A new password"),
    ("account/password_reset_from_key.html", {"token_fail": True}, "This link no longer works"),
    ("account/password_reset_from_key_done.html", {}, "Your password is changed"),
    (
        "account/reauthenticate.html",
        {"form": Code(), "reauthentication_alternatives": [{"url": "/key/", "description": "Use a key"}]},
        "Is it you?",
    ),
    (
        "account/confirm_email_verification_code.html",
        {
            "verify_form": Code(),
            "change_form": Code(prefix="change"),
            "can_change": True,
            "can_resend": True,
            "email": "a@b.c",
        },
        "Send a new code",
    ),
    (
        "mfa/index.html",
        {
            "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
            "is_mfa_enabled": True,
            "authenticators": {
                "totp": object(),
                "webauthn": [1, 2],
                "recovery_codes": SimpleNamespace(generate_codes=lambda: ["a", "b"], get_unused_codes=lambda: ["b"]),
            },
        },
        "1 code of 2 is left",
    ),
    ("mfa/authenticate.html", {"form": Code(), "MFA_SUPPORTED_TYPES": []}, "Second step"),
    (
        "mfa/authenticate.html",
        {"form": Code(), "webauthn_form": Key(), "MFA_SUPPORTED_TYPES": ["webauthn"], "js_data": {}},
        "Use a passkey or key",
    ),
    ("ui/page.html", {"title": "Simple page", "eyebrow": "Small line", "body": "Words"}, "Simple page"),
]


@pytest.mark.parametrize(("template", "context", "words"), CASES)
def test_page_in_the_middle_of_something_looks_like_ours(template, context, words) -> None:
    page = render_to_string(template, context, request_for())

    assert words in parsed(page).text
    assert 'class="skip-link"' in page
    assert [tag for tag, _attrs in parsed(page).tags if tag == "h1"] == ["h1"]


ELEMENTS = {
    "alert": "{% element alert %}{% slot message %}{{ bad }}{% endslot %}{% endelement %}",
    "badge": '{% element badge tags="success" title=bad %}{{ bad }}{% endelement %}',
    "link": '{% element button href=bad id=bad tags="outline" %}{{ bad }}{% endelement %}',
    "button": '{% element button name=bad value=bad form=bad tags="danger,tool" %}{{ bad }}{% endelement %}',
    "button group": "{% element button_group %}{{ bad }}{% endelement %}",
    "details": "{% element details open=True %}{% slot summary %}{{ bad }}{% endslot %}"
    "{% slot body %}{{ bad }}{% endslot %}{% endelement %}",
    "field": '{% element field id=bad name=bad type="text" value=bad errors=errors %}'
    "{% slot label %}{{ bad }}{% endslot %}{% slot help_text %}{{ bad }}{% endslot %}{% endelement %}",
    "textarea": '{% element field id=bad type="textarea" rows=3 readonly=True %}{% slot label %}{{ bad }}{% endslot %}'
    "{% slot value %}{{ bad }}{% endslot %}{% endelement %}",
    "checkbox": '{% element field id=bad type="checkbox" name=bad value=bad checked=True %}'
    "{% slot label %}{{ bad }}{% endslot %}{% endelement %}",
    "fields": "{% element fields form=form %}{% endelement %}",
    "form": '{% element form method="post" action=bad id=bad %}{% slot body %}{{ bad }}{% endslot %}'
    "{% slot actions %}{{ bad }}{% endslot %}{% endelement %}",
    "headings": "{% element h1 %}{{ bad }}{% endelement %}{% element h2 %}{{ bad }}{% endelement %}",
    "paragraph": "{% element p %}{{ bad }}{% endelement %}{% element hr %}{% endelement %}",
    "panel": "{% element panel %}{% slot title %}{{ bad }}{% endslot %}{% slot body %}{{ bad }}{% endslot %}"
    "{% slot actions %}{{ bad }}{% endslot %}{% endelement %}",
    "table": "{% element table %}{% element thead %}{% element th %}{{ bad }}{% endelement %}{% endelement %}"
    "{% element tbody %}{% element tr %}{% element td %}{{ bad }}{% endelement %}"
    "{% endelement %}{% endelement %}{% endelement %}",
}


def drawn(source: str, **values: Any) -> str:
    """A piece of template with allauth's elements, which want to know in which file they stand."""
    origin = Origin("memory", template_name="piece.html")
    template = Template("{% load allauth %}" + source, origin=origin, engine=engines["django"].engine)
    return template.render(RequestContext(request_for(), values))


@pytest.mark.parametrize("bad", CORPUS[:5])
@pytest.mark.parametrize("source", ELEMENTS.values(), ids=ELEMENTS)
def test_element_draws_hostile_words_as_words(source, bad) -> None:
    html = drawn(source, bad=bad, errors=[bad], form=Code({"code": ""}))

    assert html.strip()
    assert_inert(html)


def test_element_field_is_bound_to_its_words() -> None:
    markup = parsed(drawn(ELEMENTS["field"], bad="x", errors=["wrong"]))

    assert markup.one("label")["for"] == markup.one("input")["id"]
    assert markup.one("input")["aria-describedby"] == "x_hint x_error_1"
    assert markup.one("input")["aria-invalid"] == "true"


def test_picture_of_an_app_code_is_described() -> None:
    html = drawn('{% element img src="data:x" alt="secret" tags="mfa,totp,qr" %}{% endelement %}')

    assert parsed(html).one("img") == {
        "class": "qr",
        "src": "data:x",
        "alt": "A QR code for your authenticator app",
    }

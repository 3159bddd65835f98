from __future__ import annotations

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from folkmoot.kit.errors import Refused
from folkmoot.ui.middleware import RefuseControlBytes

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@csrf_exempt
def echo(request: HttpRequest) -> HttpResponse:
    """What arrived."""
    files = {name: file.read().decode("latin-1") for name, file in request.FILES.items()}
    return JsonResponse({"post": dict(request.POST.lists()), "files": files, "get": dict(request.GET.lists())})


@csrf_exempt
def echo_json(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"got": json.loads(request.body)})


def refuse(request: HttpRequest, code: str) -> HttpResponse:
    raise Refused(str(_("The roll is <frozen>.")), code=code)


@require_POST
def only_post(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


urlpatterns = [
    path("echo/", echo),
    path("echo/<path:rest>", lambda request, rest: HttpResponse(rest)),
    path("json/", echo_json),
    path("refuse/<str:code>/", refuse),
    path("only-post/", only_post),
    path("", include("folkmoot.ui.urls")),
    path("accounts/", include("allauth.urls")),
]
handler400 = "folkmoot.ui.views.bad_request"


def wsgi(path_bytes: bytes = b"/echo/", query: str = "", **headers: str) -> HttpResponse:
    """Through the middleware alone, with bytes as a server would hand them over."""
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path_bytes.decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "wsgi.input": BytesIO(),
        "wsgi.url_scheme": "http",
        **headers,
    }
    return RefuseControlBytes(lambda request: HttpResponse("passed"))(WSGIRequest(environ))


@pytest.mark.parametrize(
    "raw", [b"/a\x00b", b"/\x1f", b"/a\r\nb", b"/\x7f", b"/\xff", b"/\xed\xa0\x80", b"/\xc0\xaf", b"/caf\xe9"]
)
def test_path_of_bytes_that_are_no_text_is_refused(raw) -> None:
    response = wsgi(raw)

    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("raw", [b"/", b"/groups/caf\xc3\xa9/", "/群组/".encode()])
def test_path_of_text_passes(raw) -> None:
    assert wsgi(raw).content == b"passed"


@pytest.mark.parametrize(
    "query", ["q=%00", "q=a%00b", "%00=1", "q=%1b", "q=%ff", "q=%ED%A0%80", "q=\x00", "q=%c0%af", "q=\xff", "q=%7F"]
)
def test_query_of_bytes_that_are_no_text_is_refused(query) -> None:
    assert wsgi(query=query).status_code == 400


@pytest.mark.parametrize(
    "query", ["", "q=caf%C3%A9", "q=a+b%20c", "q=line%0D%0Aline%09tab", "q=%", "q=%zz", "q=100%25"]
)
def test_query_of_text_passes(query) -> None:
    assert wsgi(query=query).content == b"passed"


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_USER_AGENT": "a\x00b"},
        {"HTTP_COOKIE": "zone=\x01"},
        {"HTTP_X_ANY": "a\r\nb"},
        {"HTTP_X_ANY": "\xff"},
        {"HTTP_X_ANY": "\ud800"},
        {"CONTENT_TYPE": "text/plain\x7f"},
        {"CONTENT_TYPE": "application/x-www-form-urlencoded; charset=utf-7"},
        {"CONTENT_TYPE": "multipart/form-data; boundary=x; charset=zlib"},
        {"CONTENT_TYPE": "text/plain; charset=unicode_escape"},
    ],
)
def test_header_that_cannot_be_used_is_refused(headers) -> None:
    assert wsgi(**headers).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_USER_AGENT": "Mozilla/5.0\t(any)"},
        {"HTTP_X_NAME": "café".encode().decode("latin-1")},
        {"CONTENT_TYPE": 'text/html; charset="UTF-8"'},
    ],
)
def test_header_of_text_passes(headers) -> None:
    assert wsgi(**headers).content == b"passed"


@pytest.mark.parametrize("body", ["a=%00", "%00=a", "a=b&c=x%00y", "a=\x00", "a=%ff", "a=%ED%A0%80", "a=%1b"])
def test_form_with_unusable_bytes_is_refused(client: Client, body) -> None:
    response = client.post("/echo/", body, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 400


def test_form_of_text_arrives_whole(client: Client) -> None:
    response = client.post("/echo/?q=1", {"words": "Zeile\r\n\tZeile – café \U0001f333", "again": ["1", "2"]})

    assert response.json()["post"] == {"words": ["Zeile\r\n\tZeile – café \U0001f333"], "again": ["1", "2"]}


@pytest.mark.parametrize("fields", [{"a": "x\x00y"}, {"x\x00y": "a"}])
def test_multipart_field_with_nul_is_refused(client: Client, fields) -> None:
    assert client.post("/echo/", fields).status_code == 400


def test_uploaded_file_may_hold_any_bytes_and_arrives_whole(client: Client, settings) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100_000
    content = bytes(range(256)) * 4_000  # larger than what is kept in memory

    response = client.post("/echo/", {"file": SimpleUploadedFile("x.bin", content), "a": "b"})

    assert response.json()["files"]["file"].encode("latin-1") == content
    assert response.json()["post"] == {"a": ["b"]}


@pytest.mark.parametrize(
    "body",
    [
        rb'{"a": "\u0000"}',
        rb'{"\u0000": 1}',
        rb'[[["x\u0000"]]]',
        rb'{"a": "\ud800"}',
        rb'{"a": "\udfffx"}',
        rb'{"a": "\\\u0000"}',
        b'{"a": "\x00"}',
        b'{"a": "\xff"}',
        '{"a": 1}'.encode("utf-16"),
        b'{"a": "\\u0000"',
        b"[" * 100_000 + b'"\\u0000"' + b"]" * 100_000,
    ],
)
def test_json_with_unusable_text_is_refused(client: Client, body) -> None:
    assert client.post("/json/", body, content_type="application/json").status_code == 400


@pytest.mark.parametrize(
    "value", ["plain", "a \\u0000 in words", "\U0001f333 tree", "line\nline", {"deep": [1, None, "x"]}]
)
def test_json_of_text_arrives_whole(client: Client, value) -> None:
    response = client.post("/json/", json.dumps({"a": value}), content_type="application/json")

    assert response.json() == {"got": {"a": value}}


def test_form_beyond_the_limit_is_answered_in_words(client: Client, settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    response = client.post("/echo/", "a=" + "b" * 2000, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 413
    assert "more than fits" in response.content.decode()


@pytest.mark.parametrize(
    ("code", "status"),
    [("not_found", 404), ("forbidden", 403), ("invalid", 400), ("roll_frozen", 409), ("zone_unknown", 409)],
)
def test_refusal_becomes_a_page_with_its_status(client: Client, code, status) -> None:
    response = client.get(f"/refuse/{code}/")

    page = response.content.decode()
    assert response.status_code == status
    assert "<frozen>" not in page
    # A page that tells what is missing would tell that it exists.
    assert ("The roll is &lt;frozen&gt;." in page) == (status != 404)


def test_refusal_of_a_fragment_is_a_toast(client: Client) -> None:
    response = client.get("/refuse/roll_frozen/", headers={"HX-Request": "true"})

    assert response.status_code == 409
    assert response["HX-Retarget"] == ".messages"
    assert "<html" not in response.content.decode()
    assert "The roll is &lt;frozen&gt;." in response.content.decode()


def test_other_method_is_answered_in_words(client: Client) -> None:
    response = client.get("/only-post/")

    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "used in another way" in response.content.decode()


def test_form_without_token_is_answered_in_words() -> None:
    response = Client(enforce_csrf_checks=True).post("/only-post/", {"a": "b"})

    assert response.status_code == 403
    assert "open for too long" in response.content.decode()

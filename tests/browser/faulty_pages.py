"""Pages that do what no page of ours may do, to see that the harness notices."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

SOUND = (
    '<!doctype html><html lang="en"><head><title>A page</title></head>'
    "<body><main><h1>A page</h1>{}</main></body></html>"
)
FAULTS = {
    "sound": "<p>Nothing is wrong here.</p>",
    "inline-script": "<script>document.title = 'changed'</script>",
    "inline-style": '<p style="color: red">Red</p>',
    "elsewhere": '<img src="http://elsewhere.invalid/pixel.gif" alt="">',
    "missing-file": '<img src="/missing.gif" alt="">',
    "unnamed-button": "<button></button>",
    "pale": '<link rel="stylesheet" href="/faulty/pale.css"><p class="pale">Hard to read</p>',
    "wide": '<link rel="stylesheet" href="/faulty/pale.css"><p class="wide">A very wide line</p>',
    "script-error": '<script src="/faulty/error.js"></script>',
}
FILES = {
    "pale.css": (".pale { color: #ddd; background: #fff } .wide { width: 2000px }", "text/css"),
    "error.js": ("undefinedFunction()", "text/javascript"),
}


def faulty_page(request: HttpRequest, fault: str) -> HttpResponse:
    return HttpResponse(SOUND.format(FAULTS[fault]))


def faulty_file(request: HttpRequest, name: str) -> HttpResponse:
    content, kind = FILES[name]
    return HttpResponse(content, content_type=kind)


urlpatterns = [
    path("faulty/<slug:fault>/", faulty_page),
    path("faulty/<str:name>", faulty_file),
]

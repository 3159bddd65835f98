"""Text that tries to become markup."""

from __future__ import annotations

from html.parser import HTMLParser

CORPUS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "<svg/onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<style>*{background:url(//evil.example)}</style>",
    "<!--<img src='--><img src=x onerror=alert(1)//'>",
    "<math><mtext></p><script>alert(1)</script>",
    "{{ constructor }}{% now 'Y' %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202e<b>txt",
)

# What no component ever draws, or only with our own words in it.
FORBIDDEN_TAGS = {"script", "iframe", "math", "style", "img", "object", "embed", "b"}


class Markup(HTMLParser):
    """Collects the tags and attributes that a browser would make of a text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]

    def one(self, tag: str) -> dict[str, str | None]:
        (found,) = self.all(tag)
        return found


def parsed(html: str) -> Markup:
    markup = Markup()
    markup.feed(html)
    markup.close()
    return markup


def assert_inert(html: str) -> None:
    """Fail if a text out of the corpus became a tag, an event handler or a style."""
    for tag, attrs in parsed(html).tags:
        assert tag not in FORBIDDEN_TAGS, (tag, html)
        for name in attrs:
            assert not name.startswith("on"), (name, html)
            assert name not in {"style", "srcdoc"}, (name, html)

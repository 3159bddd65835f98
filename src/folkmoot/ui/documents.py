"""Documents to keep and to print: a page of our own made into a tagged PDF.

Nothing is fetched while one is made: its styles and fonts lie in this package, and every other address in it is only
ever a link.
"""

from __future__ import annotations

import io
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _
from PIL import ImageFile

from folkmoot.kit.errors import Refused

_STATIC: Final = Path(__file__).parent / "static" / "ui"
_STYLES: Final = _STATIC / "document.css"


@lru_cache(maxsize=1)
def pdf_can_be_made() -> bool:
    """Whether this machine has Pango, the system's library that sets the text."""
    try:
        import_module("weasyprint")
    except OSError:
        return False
    # It tells Pillow, for the whole process, to take pictures that end too early: what people hand in would pass too.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return True


def make_pdf(html: str) -> bytes:
    """A document as PDF/UA: tagged, with the language and the title of the HTML, page numbers and spelled links.

    `html` is a whole page. Its `<meta name=author>`, `keywords`
    and `description` become the metadata, so that what is not to be known must not stand there either. The same HTML
    makes the same bytes. Refused `no_pdf` where Pango is missing.
    """
    if not pdf_can_be_made():
        raise Refused(
            _("PDF files cannot be made here, since the system library Pango is missing. Print the page instead."),
            code="no_pdf",
        )
    weasyprint: Any = import_module("weasyprint")
    out = io.BytesIO()
    page = weasyprint.HTML(string=html, base_url=_STATIC.as_uri() + "/", url_fetcher=_fetcher())
    page.write_pdf(
        out,
        stylesheets=[weasyprint.CSS(filename=str(_STYLES), url_fetcher=_fetcher())],
        pdf_variant="pdf/ua-1",
        # Else a random one, and the same document would be another file each time.
        pdf_identifier=b"folkmoot",
    )
    return out.getvalue()


def _fetcher() -> Any:
    urls: Any = import_module("weasyprint.urls")

    class OwnFilesOnly(urls.URLFetcher):  # type: ignore[misc]
        """Hands out the styles and fonts of this package."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            parts = urlsplit(url)
            path = Path(unquote(parts.path)).resolve()
            if parts.scheme != "file" or not path.is_relative_to(_STATIC):
                raise ValueError(f"a document fetches nothing: {url}")
            return super().fetch(url, headers)

    return OwnFilesOnly(allowed_protocols=["file"], allow_redirects=False)


def pango_words() -> str:
    """What to do where Pango is missing, for whoever runs the machine."""
    return _("Install Pango (Debian: libpango-1.0-0 and libpangoft2-1.0-0), then restart.")

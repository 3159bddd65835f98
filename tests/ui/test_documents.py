"""Documents as PDF: tagged, the same each time, and nothing from outside."""

from __future__ import annotations

import io
import socket

import pytest
from PIL import ImageFile
from pypdf import PdfReader

from folkmoot.kit.errors import Refused
from folkmoot.ui import documents
from tests.pango import need_pango

PAGE = """<!doctype html><html lang="pt"><head><title>Ata – Lanterna</title></head><body>
<h1>Ata</h1><p>Olá, <a href="https://example.org/ata">aqui</a>.</p>
<table><caption>Votos</caption><tr><th scope="col">Sim</th></tr><tr><td>4</td></tr></table>%s</body></html>"""


@pytest.fixture
def pango() -> None:
    need_pango()


@pytest.mark.usefixtures("pango")
def test_document_is_tagged_and_says_its_language_and_title() -> None:
    data = documents.make_pdf(PAGE % "")
    reader = PdfReader(io.BytesIO(data))
    root = reader.trailer["/Root"]

    assert data.startswith(b"%PDF-")
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (pypdf's own kind of boolean)
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "pt"
    assert reader.metadata is not None
    assert reader.metadata.title == "Ata – Lanterna"
    assert reader.metadata.author is None
    words = " ".join(page.extract_text() for page in reader.pages)
    assert "https://example.org/ata" in words
    assert "1 / 1" in words


@pytest.mark.usefixtures("pango")
def test_pictures_that_end_too_early_stay_refused() -> None:
    documents.pdf_can_be_made.cache_clear()
    documents.make_pdf(PAGE % "")

    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


@pytest.mark.usefixtures("pango")
def test_same_document_is_the_same_file() -> None:
    assert documents.make_pdf(PAGE % "") == documents.make_pdf(PAGE % "")


@pytest.mark.usefixtures("pango")
def test_document_fetches_nothing(tmp_path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hush")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        outside = (
            f'<img src="http://127.0.0.1:{port}/x.png" alt="">'
            f'<link rel="attachment" href="{secret.as_uri()}"><object data="{secret.as_uri()}"></object>'
        )

        data = documents.make_pdf(PAGE % outside)

        with pytest.raises(TimeoutError):
            server.accept()
    assert not PdfReader(io.BytesIO(data)).attachments


def test_without_pango_it_is_said_what_to_do_instead(monkeypatch) -> None:
    monkeypatch.setattr(documents, "pdf_can_be_made", lambda: False)

    with pytest.raises(Refused) as refused:
        documents.make_pdf(PAGE % "")

    assert refused.value.code == "no_pdf"
    assert "Pango" in refused.value.message

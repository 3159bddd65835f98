"""Files told from their bytes: what comes in, what does not and why, and accidents by the dozen."""

from __future__ import annotations

import io
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.kit.errors import Refused
from folkmoot.kit.uploads import KINDS, PICTURES, examine
from folkmoot.kit.uploads.kinds import (
    ARCHIVE,
    AVIF,
    DRAWING,
    HEIC,
    MACROS,
    MOVING,
    OLD_OFFICE,
    OTHER_PICTURE,
    PROGRAM,
    UNKNOWN,
    WEB_PAGE,
)
from tests.factories.files import PDF, docx, open_document, picture, zipped

MOST = 1_000_000
HEIC_HEAD = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(64)
AVIF_HEAD = b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00mif1avif" + bytes(64)
MP4_HEAD = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(64)
RAR = b"Rar!\x1a\x07\x01\x00" + bytes(range(64))
ELF = b"\x7fELF\x02\x01\x01" + bytes(64)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
WORD_WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def look(name: str, content: bytes, **options):
    return examine(name, io.BytesIO(content), most_bytes=MOST, **options)


def refusal(name: str, content: bytes, **options) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        look(name, content, **options)
    return caught.value.code, caught.value.message


@pytest.mark.parametrize(
    ("name", "content", "code", "kept_name"),
    [
        ("Agenda.PDF", PDF, "pdf", "Agenda.pdf"),
        ("no ending", PDF, "pdf", "no ending.pdf"),
        ("a.png", picture("PNG"), "png", "a.png"),
        ("a.jpeg", picture("JPEG"), "jpeg", "a.jpg"),
        ("a.webp", picture("WEBP"), "webp", "a.webp"),
        ("moves.gif", picture("GIF"), "png", "moves.png"),
        ("notes.txt", "Grüße\r\n\ta\fb".encode(), "text", "notes.txt"),
        ("notes.md", b"\xef\xbb\xbf# Agenda\n<!-- to do -->", "markdown", "notes.md"),
        ("<b>.md", b"<!-- to do -->\n<p>Hello", "markdown", "-b-.md"),
        ("people.csv", b"name;zone\nAda;UTC", "csv", "people.csv"),
        ("README", b"BMW, MZ and ID3 are how others begin.", "text", "README.txt"),
        ("a.docx", docx(), "docx", "a.docx"),
        ("a.xlsx", docx(main=f"{KINDS['xlsx'].media_type}.main+xml"), "xlsx", "a.xlsx"),
        ("a.pptx", docx(main=f"{KINDS['pptx'].media_type}.main+xml"), "pptx", "a.pptx"),
        ("a.odt", open_document("text"), "odt", "a.odt"),
        ("a.ods", open_document("spreadsheet"), "ods", "a.ods"),
        ("a.odp", open_document("presentation"), "odp", "a.odp"),
    ],
)
def test_examine_takes(name, content, code, kept_name):
    found = look(name, content)

    kept = found.content.read()
    assert (found.kind.code, found.name, found.size) == (code, kept_name, len(kept))
    assert kept == content or code in PICTURES
    assert (found.width, found.height) == ((12, 8) if code in PICTURES else (None, None))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("IMG_1.HEIC", HEIC_HEAD, HEIC),
        ("IMG_1.jpg", HEIC_HEAD, HEIC),
        ("a.avif", AVIF_HEAD, AVIF),
        ("film.mp4", MP4_HEAD, MOVING),
        ("a.bmp", picture("BMP"), OTHER_PICTURE),
        ("a.tiff", picture("TIFF"), OTHER_PICTURE),
        ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", DRAWING),
        ("logo.txt", b"<?xml version='1.0'?>\n<!-- a -->\n<!-- b --><svg onload='x'/>", DRAWING),
        ("page.html", b"<!doctype html><p>Hello", WEB_PAGE),
        ("page.html", b"just text", WEB_PAGE),
        ("page.md", b"\xef\xbb\xbf \n<!DOCTYPE html>\n<p>", WEB_PAGE),
        ("page.txt", b"<!-- x --><script>alert(1)</script>", WEB_PAGE),
        ("feed.csv", b"<?xml version='1.0'?><rss>", WEB_PAGE),
        ("run.txt", b"#!/bin/sh\nrm -rf /", PROGRAM),
        ("run.sh", b"echo hello", PROGRAM),
        ("setup.pdf.exe", b"MZ\x90\x00" + bytes(64), PROGRAM),
        ("setup.pdf", b"MZ\x90\x00" + bytes(64), PROGRAM),
        ("tool", ELF, PROGRAM),
        ("things.zip", zipped({"a.txt": b"a"}), ARCHIVE),
        ("things.docx", zipped({"a.txt": b"a"}), ARCHIVE),
        ("things.docx", zipped({"mimetype": b"application/epub+zip"}, stored="mimetype"), ARCHIVE),
        ("things.pdf", RAR, ARCHIVE),
        ("old.doc", OLE, OLD_OFFICE),
        ("old.docx", OLE, OLD_OFFICE),
        ("a.docm", docx(main=WORD_WITH_MACROS), MACROS),
        ("a.docx", docx(main=WORD_WITH_MACROS), MACROS),
        ("a.docx", docx({"word/vbaProject.bin": b"x"}), MACROS),
        ("a.odt", open_document("text", {"Basic/Standard/Module1.xml": b"x"}), MACROS),
        ("a.bin", bytes(range(256)), UNKNOWN),
    ],
)
def test_examine_refuses_what_is_not_taken_and_says_what_to_do(name, content, words):
    assert refusal(name, content) == ("upload_kind", words)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.png", picture("JPEG"), "By its name this is a PNG picture, but inside it is a JPEG picture. "
         "Please let its name end in .jpg, or save it anew as a PNG picture."),
        ("a.pdf", b"Just a text.", "By its name this is a PDF, but inside it is plain text. "
         "Please let its name end in .txt, or save it anew as a PDF."),
        ("a.txt", PDF, "By its name this is plain text, but inside it is a PDF. "
         "Please let its name end in .pdf, or save it anew as plain text."),
        ("a.docx", open_document("text"), "By its name this is a Word document, but inside it is an OpenDocument text. "
         "Please let its name end in .odt, or save it anew as a Word document."),
        ("a.v2", PDF, "Names that end in “.v2” are not known here. Inside, this file is a PDF: if that is right, "
         "please let its name end in .pdf."),
    ],
)  # fmt: skip
def test_examine_refuses_a_name_that_says_something_else(name, content, words):
    assert refusal(name, content) == ("upload_name", words)


def test_examine_refuses_by_size_before_it_looks_and_says_both_sizes():
    assert refusal("a.txt", b"") == ("upload_empty", "This file is empty.")
    assert refusal("a.zip", bytes(MOST + 1_000_000)) == (
        "upload_too_large",
        "This file has 2 MB; up to 1 MB are taken.",
    )


def test_examine_takes_only_what_a_place_asks_for():
    code, words = refusal("a.pdf", PDF, taken=PICTURES)

    assert (code, look("a.gif", picture("GIF"), taken=PICTURES).kind.code) == ("upload_kind", "png")
    assert words == (
        "This is a PDF, which is not taken here. What is taken: PNG picture, JPEG picture, WebP picture, GIF picture."
    )


@pytest.mark.parametrize("content", ["Grüße".encode("latin-1"), "table\n".encode("utf-16")])
def test_examine_asks_for_utf8(content):
    assert refusal("a.csv", content) == (
        "upload_kind",
        "This text is not written in UTF-8. Please save it as UTF-8, which every editor and spreadsheet offers.",
    )


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script>" + PDF,
        PDF[:-7],
        PDF + b"<script>alert(1)</script>",
        PDF + zipped({"a.txt": b"a"}),
        PDF[:-6] + zipped({"a.txt": b"a"})[:-2] + b"\x06\x00%%EOF\n",
    ],
    ids=["page before it", "cut", "page after it", "ZIP after it", "ZIP that ends as a PDF"],
)
def test_pdf_that_is_something_else_too_is_refused(content):
    assert refusal("a.pdf", content)[0] == "upload_broken"


SEEDS = (PDF, docx(), open_document(), *(picture(form) for form in ("PNG", "JPEG", "WEBP", "GIF")))


@settings(max_examples=150)
@given(
    seed=st.sampled_from(SEEDS),
    name=st.sampled_from(["a", "a.pdf", "a.jpg", "a.docx", "a.txt"]),
    places=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=6),
    cut=st.floats(0.2, 1),
)
def test_accidents_are_taken_or_refused_and_never_break(seed, name, places, cut):
    content = bytearray(seed)
    for place, value in places:
        content[int(place * len(content))] = value

    try:
        found = look(name, bytes(content[: int(cut * len(content))]))
    except Refused as refused:
        assert refused.code.startswith("upload_")
    else:
        assert found.kind.code in KINDS


@settings(max_examples=60)
@given(content=st.binary(min_size=1, max_size=300), name=st.text(max_size=20))
def test_anything_at_all_is_taken_or_refused(content, name):
    try:
        look(name, content)
    except Refused as refused:
        assert refused.code.startswith("upload_")


def test_png_with_damaged_chunks_is_refused():
    whole = picture("PNG")
    bomb_text = b"zTXt" + b"note\x00\x00" + zlib.compress(bytes(3_000_000))
    chunk = (len(bomb_text) - 4).to_bytes(4, "big") + bomb_text + zlib.crc32(bomb_text).to_bytes(4, "big")

    assert refusal("a.png", whole[:-30])[0] == "upload_broken"
    assert refusal("a.png", whole[:33] + chunk + whole[33:])[0] == "upload_broken"

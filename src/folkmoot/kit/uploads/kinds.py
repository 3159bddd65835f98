"""The kinds of files that are taken, and what is said of those that are not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Family(StrEnum):
    """How a kind is checked, and how it is handed out."""

    PICTURE = "picture"
    PDF = "pdf"
    TEXT = "text"
    PACKAGE = "package"
    """A document that is a ZIP inside: OpenDocument or Office Open XML."""


@dataclass(frozen=True)
class Kind:
    """One kind of file. It is kept under the first of its `endings`; `kept_as` is the code of another kind, if any."""

    code: str
    words: str
    media_type: str
    endings: tuple[str, ...]
    family: Family
    article: str = "a"
    kept_as: str = ""

    @property
    def ending(self) -> str:
        return self.endings[0]

    @property
    def one(self) -> str:
        """ "a PDF", "an Excel workbook", "plain text"."""
        return f"{self.article} {self.words}".strip()


_ODF: Final = "application/vnd.oasis.opendocument."
_OOXML: Final = "application/vnd.openxmlformats-officedocument."

KINDS: Final = {
    kind.code: kind
    for kind in (
        Kind("pdf", "PDF", "application/pdf", (".pdf",), Family.PDF),
        Kind("png", "PNG picture", "image/png", (".png",), Family.PICTURE),
        Kind("jpeg", "JPEG picture", "image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"), Family.PICTURE),
        Kind("webp", "WebP picture", "image/webp", (".webp",), Family.PICTURE),
        Kind("gif", "GIF picture", "image/gif", (".gif",), Family.PICTURE, kept_as="png"),
        Kind("text", "plain text", "text/plain", (".txt", ".text"), Family.TEXT, ""),
        Kind("markdown", "Markdown", "text/markdown", (".md", ".markdown"), Family.TEXT, ""),
        Kind("csv", "table (CSV)", "text/csv", (".csv",), Family.TEXT),
        Kind("odt", "OpenDocument text", _ODF + "text", (".odt",), Family.PACKAGE, "an"),
        Kind("ods", "OpenDocument spreadsheet", _ODF + "spreadsheet", (".ods",), Family.PACKAGE, "an"),
        Kind("odp", "OpenDocument slides", _ODF + "presentation", (".odp",), Family.PACKAGE, "an"),
        Kind("docx", "Word document", _OOXML + "wordprocessingml.document", (".docx",), Family.PACKAGE),
        Kind("xlsx", "Excel workbook", _OOXML + "spreadsheetml.sheet", (".xlsx",), Family.PACKAGE, "an"),
        Kind("pptx", "PowerPoint slides", _OOXML + "presentationml.presentation", (".pptx",), Family.PACKAGE),
    )
}
ALL: Final = frozenset(KINDS)
PICTURES: Final = frozenset(code for code, kind in KINDS.items() if kind.family is Family.PICTURE)
OF_ENDING: Final = {ending: kind for kind in KINDS.values() for ending in kind.endings}
_OF_MEDIA_TYPE: Final = {kind.media_type: kind for kind in KINDS.values()}


def kind_of_media_type(media_type: str) -> Kind | None:
    """The kind that is served with a media type; None for one that is not taken any more."""
    return _OF_MEDIA_TYPE.get(media_type)


TAKEN: Final = "PDF, pictures (JPEG, PNG, WebP, GIF), text, Markdown, CSV, OpenDocument, Word, Excel and PowerPoint"
HEIC: Final = (
    "This is a HEIC picture, as iPhones take them, which many programs cannot show. Please hand it in as JPEG: on an "
    "iPhone, choose Settings, Camera, Formats, Most Compatible, or send the picture to yourself by mail first."
)
AVIF: Final = "This is an AVIF picture, which many programs cannot show. Please save it as JPEG or PNG first."
DRAWING: Final = "SVG drawings can hold programs, so they are not taken. Please save it as PNG or PDF."
WEB_PAGE: Final = (
    "Web pages can hold programs, so they are not taken. Please print it to a PDF, or write down its address."
)
ARCHIVE: Final = "Archives are not taken, since nobody sees what is in them. Please hand in the files one by one."
PROGRAM: Final = "Programs and scripts are not taken."
OLD_OFFICE: Final = (
    "This is a document of an old Office format, which can hold programs. Please save it as PDF, .docx, .xlsx or .pptx."
)
MACROS: Final = "This document holds macros, which are programs. Please save it without them, or as PDF."
RICH_TEXT: Final = "Rich Text is not taken. Please save it as PDF, .odt or .docx."
MOVING: Final = (
    "Films and recordings are not taken. Please put them where they can be played, and write down the address."
)
OTHER_PICTURE: Final = "This kind of picture is not taken. Please save it as JPEG or PNG."
UNKNOWN: Final = f"What kind of file this is cannot be told. What is taken: {TAKEN}."

_ENDINGS_REFUSED: Final = (
    (HEIC, "heic heif hif"),
    (AVIF, "avif"),
    (DRAWING, "svg svgz"),
    (WEB_PAGE, "html htm xhtml xht shtml mht mhtml xml xsl xslt"),
    (ARCHIVE, "zip tar gz tgz bz2 xz 7z rar zst jar apk iso dmg cab"),
    (PROGRAM, "exe com bat cmd msi scr ps1 vbs js mjs wasm sh py pl rb php jse hta lnk url desktop app deb rpm dll so"),
    (OLD_OFFICE, "doc dot xls xlt ppt pot pps"),
    (MACROS, "docm dotm xlsm xltm xlsb pptm potm ppsm"),
    (RICH_TEXT, "rtf"),
    (MOVING, "mp4 m4v mov avi mkv webm mp3 m4a wav ogg oga ogv flac aac opus mpg mpeg wmv"),
    (OTHER_PICTURE, "bmp tif tiff psd ico jp2 jxl tga raw cr2 nef dng eps ai"),
)
REFUSED_ENDINGS: Final = {f".{ending}": words for words, endings in _ENDINGS_REFUSED for ending in endings.split()}
"""What is said of a name that ends so, whatever its bytes are."""

REFUSED_TYPES: Final = (
    (("image/heic", "image/heif"), HEIC),
    (("image/avif",), AVIF),
    (("image/",), OTHER_PICTURE),
    (("video/", "audio/"), MOVING),
    (("application/x-msdownload", "application/x-executable", "application/x-sharedlib", "application/wasm"), PROGRAM),
    (("application/msword", "application/vnd.ms-", "application/x-ole"), OLD_OFFICE),
    (("application/zip", "application/x-", "application/gzip", "application/vnd.rar", "application/zstd"), ARCHIVE),
)
"""What is said of bytes of a type whose name begins so; the first that fits."""

"""Files as people hand them in, made small and in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from PIL import Image

from folkmoot.kit.uploads import Examined, examine
from folkmoot.people.actions import take_in
from folkmoot.people.models import Person, Upload
from folkmoot.people.uploads import UPLOAD_KEEPERS, UploadKeeper

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def picture(form: str = "PNG", size: tuple[int, int] = (12, 8), mode: str = "RGB", **saving: Any) -> bytes:
    """A picture whose left half is red, as a file of a form that Pillow writes."""
    drawn = Image.new("RGB", size, "white")
    drawn.paste("red", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    drawn.convert(mode).save(out, form, **saving)
    return out.getvalue()


def zipped(entries: Mapping[str, bytes], stored: str = "") -> bytes:
    """A ZIP; `stored` names the entry that is not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in entries.items():
            package.writestr(name, content, zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def content_types(*types: str) -> bytes:
    """The list of what is in an Office document."""
    return "".join(["<Types>", *(f'<Override ContentType="{each}"/>' for each in types), "</Types>"]).encode()


def docx(more: Mapping[str, bytes] | None = None, main: str = MAIN) -> bytes:
    """An Office document with further entries."""
    return zipped({"[Content_Types].xml": content_types(main), "word/document.xml": b"<w/>", **(more or {})})


def open_document(kind: str = "text", more: Mapping[str, bytes] | None = None) -> bytes:
    """An OpenDocument file with further entries."""
    media_type = f"application/vnd.oasis.opendocument.{kind}".encode()
    return zipped({"mimetype": media_type, "content.xml": b"<office/>", **(more or {})}, stored="mimetype")


def examined(name: str = "Plan.pdf", content: bytes = PDF) -> Examined:
    """A file as an action gets it."""
    return examine(name, io.BytesIO(content), most_bytes=10_000_000)


def upload(by: Person, name: str = "Plan.pdf", content: bytes = PDF) -> Upload:
    """A file that a person handed in, attached to nothing."""
    return take_in(examined(name, content), by=by)


@contextmanager
def kept_by(keeper: UploadKeeper) -> Iterator[None]:
    """With one more room that holds files."""
    before = dict(UPLOAD_KEEPERS._entries)
    UPLOAD_KEEPERS.register("tests.keeper", keeper)
    try:
        yield
    finally:
        UPLOAD_KEEPERS._entries, UPLOAD_KEEPERS._in_order = before, None


def files_on_disk() -> list[str]:
    """What lies in the storage, by paths, also what is unfinished."""
    folder = Path(default_storage.path(""))
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())

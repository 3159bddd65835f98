"""Documents that are ZIPs: bombs, paths that lead elsewhere, links and two things at once are refused unread."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from folkmoot.kit.errors import Refused
from folkmoot.kit.uploads import packages
from folkmoot.kit.uploads.packages import package_kind
from tests.factories.files import content_types, docx, open_document, zipped


def code_of(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        package_kind(io.BytesIO(content))
    return caught.value.code


def with_entry(info: zipfile.ZipInfo, content: bytes = b"x") -> bytes:
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(info, content)
    return out.getvalue()


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("word/link")
    info.external_attr = 0o120777 << 16
    return info


def lying_about_sizes(size: int) -> bytes:
    """A document whose list says that an entry is of this size when unpacked."""
    content = bytearray(docx({"word/big.xml": b"x"}))
    place = content.rfind(b"PK\x01\x02")
    struct.pack_into("<L", content, place + 24, size)
    return bytes(content)


def overlapping() -> bytes:
    """A document whose list names one entry's bytes many times over, as bombs without nesting do."""
    content = docx({"word/big.xml": bytes(20_000_000)})
    end = len(content) - 22
    _mark, _a, _b, _c, count, size, begins, _d = struct.unpack_from("<4s4H2LH", content, end)
    listed = content[begins:end]
    last = listed[listed.rfind(b"PK\x01\x02") :]
    more = b"".join(last.replace(b"word/big.xml", b"word/b%02d.xml" % number) for number in range(60))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count + 60, count + 60, size + len(more), begins, 0)
    return content[:end] + more + tail


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (docx({"word/zeros.xml": bytes(60_000_000)}), "upload_too_large"),
        (lying_about_sizes(4_000_000_000), "upload_too_large"),
        (overlapping(), "upload_too_large"),
        (docx({"../../etc/passwd": b"x"}), "upload_broken"),
        (docx({"/etc/passwd": b"x"}), "upload_broken"),
        (docx({"C:/windows": b"x"}), "upload_broken"),
        (docx({"word\\..\\x": b"x"}), "upload_broken"),
        (docx({"WORD/document.xml": b"x"}), "upload_broken"),
        (with_entry(link()), "upload_broken"),
        (b"GIF89a" + docx(), "upload_broken"),
        (docx() + b"<script>", "upload_broken"),
        (docx()[:-30], "upload_broken"),
        (zipped({}), "upload_kind"),
        (zipped({"[Content_Types].xml": content_types("application/x-other")}), "upload_kind"),
    ],
    ids=[
        "ratio", "total", "overlapping", "path up", "absolute", "drive", "backslash", "twice", "link", "before it",
        "after it", "cut", "empty", "nothing of ours",
    ],
)  # fmt: skip
def test_package_is_refused(content, code):
    assert code_of(content) == code


def test_package_with_a_list_beyond_bounds_is_refused_before_the_list_is_read(monkeypatch):
    content = zipped({f"{number}": b"" for number in range(5_001)})
    long_list = docx({"x" * 60_000: b"", "y" * 60_000: b""})
    monkeypatch.setattr(packages, "MOST_LIST_BYTES", 100_000)
    monkeypatch.setattr(zipfile, "ZipFile", lambda _stream: pytest.fail("The list was read."))

    assert [code_of(content), code_of(long_list)] == ["upload_too_large", "upload_too_large"]


def test_package_of_usual_size_passes_where_the_bombs_do_not():
    """The control: what is refused above is refused for what was done to it."""
    plain = docx({"word/text.xml": b"words " * 200_000})

    kinds = [package_kind(io.BytesIO(each)).code for each in (docx(), plain, with_entry(zipfile.ZipInfo("word/a")))]

    assert kinds == ["docx", "docx", "docx"]
    assert package_kind(io.BytesIO(open_document())).code == "odt"

"""Pictures drawn anew: nothing but what they show is left, upright, within bounds."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo

from folkmoot.kit.errors import Refused
from folkmoot.kit.uploads import KINDS, pictures
from folkmoot.kit.uploads.pictures import redrawn
from tests.factories.files import picture, zipped

SECRET = b"<script>canary</script>"


def drawn(code: str, content: bytes):
    return redrawn(io.BytesIO(content), KINDS[code])


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def exif(**tags: int) -> Image.Exif:
    found = Image.Exif()
    found[0x010F] = SECRET.decode()
    found[0x0112] = tags.get("orientation", 1)
    found.get_ifd(0x8825).update({1: "N", 2: (38.0, 42.0, 0.0), 29: SECRET.decode()})
    return found


def png_head(width: int, height: int) -> bytes:
    """A PNG that promises so many pixels in a few bytes."""
    chunks = b""
    for name, data in (
        (b"IHDR", struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(100_000))),
        (b"IEND", b""),
    ):
        chunks += len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n" + chunks


def webp_head(width: int, height: int) -> bytes:
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + (10).to_bytes(4, "little") + b"\x02\x00\x00\x00" + sides
    return b"RIFF" + len(body).to_bytes(4, "little") + body


@pytest.mark.parametrize(("code", "form"), [("jpeg", "JPEG"), ("png", "PNG"), ("webp", "WEBP")])
def test_picture_loses_place_words_profile_and_what_hangs_on(code, form):
    note = PngInfo()
    note.add_text("Comment", SECRET.decode())
    saving = {"exif": exif(), "icc_profile": b"\0" * 128 + SECRET}
    saving |= {"pnginfo": note} if form == "PNG" else {"comment": SECRET} if form == "JPEG" else {"xmp": SECRET}
    content = picture(form, **saving) + zipped({"a.html": SECRET})

    kept = drawn(code, content)

    assert SECRET in content
    assert SECRET not in kept.content
    assert b"PK\x03\x04" not in kept.content
    with opened(kept.content) as shown:
        assert dict(shown.getexif()) == {}
        assert not {"exif", "icc_profile", "comment", "xmp", "Comment"} & set(shown.info)
        assert (shown.format, shown.size) == (form, (kept.width, kept.height))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_picture_is_kept_upright(orientation):
    """As a viewer that heeds the mark would show it."""
    content = picture("JPEG", (40, 20), exif=exif(orientation=orientation), quality=100)
    with opened(content) as before:
        expected = ImageOps.exif_transpose(before).convert("RGB")

    kept = drawn("jpeg", content)

    with opened(kept.content) as shown:
        corners = [(2, 2), (shown.width - 3, 2), (2, shown.height - 3), (shown.width - 3, shown.height - 3)]
        seen = [shown.convert("RGB").getpixel(corner)[1] > 128 for corner in corners]
        assert shown.size == expected.size
        assert seen == [expected.getpixel(corner)[1] > 128 for corner in corners]


@pytest.mark.parametrize(
    ("form", "mode", "kept_mode"),
    [
        ("PNG", "1", "L"),
        ("PNG", "L", "L"),
        ("PNG", "P", "RGB"),
        ("PNG", "LA", "RGBA"),
        ("PNG", "RGBA", "RGBA"),
        ("JPEG", "L", "L"),
        ("JPEG", "CMYK", "RGB"),
        ("WEBP", "RGBA", "RGB"),
        ("GIF", "P", "RGB"),
    ],
)
def test_picture_of_every_mode_is_kept_as_it_looks(form, mode, kept_mode):
    content = picture(form, mode=mode)

    kept = drawn(form.lower(), content)

    with opened(kept.content) as shown:
        right = shown.convert("RGB").getpixel((9, 4))
        assert shown.mode == kept_mode
        assert all(value > 245 for value in right)


def test_sixteen_bits_of_grey_stay_grey():
    deep = Image.new("I;16", (4, 4), 0x8000)
    out = io.BytesIO()
    deep.save(out, "PNG")

    kept = drawn("png", out.getvalue())

    with opened(kept.content) as shown:
        assert (shown.mode, shown.getpixel((1, 1))) == ("L", 128)


def test_large_picture_is_made_smaller_and_a_moving_one_stands_still():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    moving = io.BytesIO()
    frames[0].save(moving, "GIF", save_all=True, append_images=frames[1:])

    large, still = drawn("jpeg", picture("JPEG", (6400, 100))), drawn("gif", moving.getvalue())

    assert (large.width, large.height) == (3200, 50)
    with opened(still.content) as shown:
        red, _green, blue = shown.convert("RGB").getpixel((0, 0))
        assert (shown.format, getattr(shown, "n_frames", 1), red > 240, blue) == ("PNG", 1, True, 0)


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("png", png_head(30_000, 30_000)),
        ("png", png_head(20_001, 1)),
        ("png", png_head(6_000, 5_000)),
        ("webp", webp_head(16_384, 2_000)),
        ("webp", webp_head(2**24, 2**24)),
        ("gif", b"GIF89a" + struct.pack("<2H", 60_000, 60_000) + b"\x00\x00\x00,"),
    ],
)
def test_bomb_is_refused_by_what_it_promises_before_anything_is_decoded(code, content, monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda _self: pytest.fail("The picture was decoded."))
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda _self: pytest.fail("The picture was decoded."))

    with pytest.raises(Refused) as caught:
        drawn(code, content)

    assert caught.value.code in ("upload_too_large", "upload_broken")


class Decoded(Exception):
    """A picture was to be decoded; its size."""


def test_bomb_is_decoded_without_the_cap(monkeypatch):
    """The control of the test above: it is the cap that refuses, not the picture."""

    def decode(picture):
        raise Decoded(picture.size)

    monkeypatch.setattr(pictures, "MOST_PIXELS", 10**9)
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decode)

    with pytest.raises(Decoded) as decoded:
        drawn("png", png_head(6_000, 5_000))

    assert decoded.value.args == ((6_000, 5_000),)

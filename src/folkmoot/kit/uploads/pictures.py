"""Pictures, decoded within bounds and drawn anew, so that nothing is left of the file but what it shows."""

from __future__ import annotations

import io
import struct
import threading
import zlib
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from PIL import Image

from folkmoot.kit.errors import Refused
from folkmoot.kit.uploads.kinds import KINDS, Kind

MOST_PIXELS: Final = 25_000_000
MOST_PIXELS_OF_PHOTO: Final = 40_000_000
"""JPEGs come larger, from cameras, and are decoded at a smaller scale: each of these takes up to 300 MB."""
LONGEST_SIDE: Final = 20_000
KEPT_SIDE: Final = 3200
"""What is longer is made smaller: still sharp on a large screen and on paper."""
_QUALITY: Final = 88
_ORIENTATION: Final = 0x0112
_TURNS: Final = {
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_270,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_90,),
}
# What the decoders raise for pictures that are cut, damaged or made up.
_UNREADABLE: Final = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    zlib.error,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
)
_TOO_LARGE: Final = (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError)
# One at a time, so that several large pictures at once cannot fill the memory.
_DRAWING: Final = threading.Lock()


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept; sides in pixels."""

    kind: Kind
    content: bytes
    width: int
    height: int


def redrawn(stream: BinaryIO, kind: Kind) -> Picture:
    """The picture that the stream shows, as a file of its own: upright, at most 3200 pixels a side, without metadata.

    Of a moving picture the first frame is kept. Refused `upload_too_large` beyond the bounds, before anything is
    decoded, and `upload_broken` for what cannot be read.
    """
    kept = KINDS[kind.kept_as] if kind.kept_as else kind
    if kind.code == "webp":
        # Its decoder makes room for the whole picture as soon as it is opened.
        _check_size(_webp_size(stream), kind)
    with _DRAWING:
        try:
            shown = _shown(stream, kind)
            content = _written(shown, kept)
        except _TOO_LARGE as problem:
            raise _too_large(kind) from problem
        except _UNREADABLE as problem:
            raise _broken() from problem
    return Picture(kept, content, shown.width, shown.height)


def _broken() -> Refused:
    return Refused("This picture is not whole, or is damaged. Please save or take it anew.", code="upload_broken")


def _too_large(kind: Kind) -> Refused:
    return Refused(
        f"This picture has more than {_most_pixels(kind) // 1_000_000} million pixels. Please make it smaller first.",
        code="upload_too_large",
    )


def _most_pixels(kind: Kind) -> int:
    return MOST_PIXELS_OF_PHOTO if kind.code == "jpeg" else MOST_PIXELS


def _check_size(size: tuple[int, int], kind: Kind) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise _broken()
    if width * height > _most_pixels(kind) or max(size) > LONGEST_SIDE:
        raise _too_large(kind)


def _webp_size(stream: BinaryIO) -> tuple[int, int]:
    """The sides of a WebP by its first chunk (RFC 9649)."""
    stream.seek(0)
    head = stream.read(30)
    chunk = head[12:16]
    if len(head) == 30 and chunk == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if len(head) == 30 and chunk == b"VP8 ":
        return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF
    if len(head) >= 25 and chunk == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    raise _broken()


def _shown(stream: BinaryIO, kind: Kind) -> Image.Image:
    stream.seek(0)
    # Only the decoder of the kind that the bytes say; the others of the library are never asked.
    with Image.open(stream, formats=[kind.code.upper()]) as opened:
        _check_size(opened.size, kind)
        turns = _TURNS.get(_orientation(opened), ())
        opened.draft(None, (KEPT_SIDE, KEPT_SIDE))
        opened.load()
        drawn = _plain(opened)
    for turn in turns:
        drawn = drawn.transpose(turn)
    return drawn


def _orientation(opened: Image.Image) -> int:
    try:
        found: Any = opened.getexif().get(_ORIENTATION, 1)
    except _UNREADABLE:
        # Metadata that cannot be read are dropped like those that can.
        return 1
    return found if isinstance(found, int) else 1


def _plain(opened: Image.Image) -> Image.Image:
    """A new picture in grey, colour, or colour with transparency, without anything that hung on the old one.

    Made smaller before it is copied: a picture may fill a good part of the memory.
    """
    mode = "RGBA" if opened.has_transparency_data else "L" if opened.mode in ("1", "L") else "RGB"
    if opened.mode.startswith("I"):
        mode, opened = "L", opened.convert("I").point(lambda value: value / 256).convert("L")
    if opened.mode != mode:
        opened = opened.convert(mode)
    opened.thumbnail((KEPT_SIDE, KEPT_SIDE), Image.Resampling.LANCZOS)
    drawn = Image.new(mode, opened.size)
    drawn.paste(opened)
    return drawn


def _written(drawn: Image.Image, kept: Kind) -> bytes:
    out = io.BytesIO()
    if kept.code == "jpeg":
        drawn.convert("L" if drawn.mode == "L" else "RGB").save(out, "JPEG", quality=_QUALITY, optimize=True)
    elif kept.code == "webp":
        drawn.save(out, "WEBP", quality=_QUALITY)
    else:
        drawn.save(out, "PNG")
    return out.getvalue()

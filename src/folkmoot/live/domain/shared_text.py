"""A text that several people write at once: a Yjs document with one text in it, held by pycrdt.

The library speaks of places in UTF-8; this module speaks of characters. What it raises on rubbish becomes
`Malformed`, and so does a panic of its own, which is no `Exception`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from pycrdt import Doc, Text, TransactionEvent

from folkmoot.live.domain.edits import edits
from folkmoot.live.domain.wire import Malformed

NAME = "notes"
NOTHING = b"\x00\x00"
"""An update in which nothing is, which is also the whole of an empty document."""


class SharedText:
    """The document, as far as its updates have come. Used by one thread alone."""

    def __init__(self, updates: Iterable[bytes] = ()) -> None:
        self._doc: Doc[Text] = Doc()
        self._text: Text = self._doc.get(NAME, type=Text)
        for one in updates:
            self.apply(one)

    @property
    def text(self) -> str:
        """The words, without what no text may hold and no database keeps."""
        return str(self._text).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")

    @property
    def state(self) -> bytes:
        """What is in it, as a state vector."""
        return self._doc.get_state()

    @property
    def whole(self) -> bytes:
        """All of it as one update, without the words that were taken out."""
        return self._doc.get_update()

    def apply(self, update: bytes) -> bytes:
        """Take an update in; what came of it, as an update. Empty where it brought nothing. Raises `Malformed`."""
        with self._hearing() as came, _readable():
            self._doc.apply_update(update)
        return came[-1] if came else b""

    def since(self, state: bytes) -> bytes:
        """What somebody lacks who has this. Raises `Malformed`."""
        with _readable():
            return self._doc.get_update(state)

    def take_over(self, text: str, *, only_add: bool = False) -> bytes:
        """Write in it what makes its words `text`, where nobody's words are touched that stay; what came of it.

        With `only_add` nothing is taken out.
        """
        now = str(self._text)
        with self._hearing() as came, self._doc.transaction():
            for edit in edits(now, text):
                at = len(now[: edit.at].encode())
                end = at + len(now[edit.at : edit.at + edit.removed].encode())
                if not only_add:
                    if edit.removed:
                        del self._text[at:end]
                    if edit.inserted:
                        self._text.insert(at, edit.inserted)
                elif edit.inserted:
                    self._text.insert(end, f" {edit.inserted}" if edit.removed else edit.inserted)
        return came[-1] if came else b""

    @contextmanager
    def _hearing(self) -> Iterator[list[bytes]]:
        """What comes of the block. A document to which somebody listens is never freed, so it ends with the block."""
        came: list[bytes] = []

        def hear(event: TransactionEvent) -> None:
            if event.update != NOTHING:
                came.append(event.update)

        subscription = self._doc.observe(hear)
        try:
            yield came
        finally:
            self._doc.unobserve(subscription)


def begun_with(text: str) -> bytes:
    """The first update of a document that says this."""
    document = SharedText()
    return document.take_over(text) or NOTHING


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (ValueError, TypeError, RuntimeError, OverflowError, MemoryError) as error:
        raise Malformed(str(error)[:200]) from None
    except BaseException as error:
        # A panic in the library, whose type has no name to import, is about this message alone.
        if type(error).__name__ != "PanicException":
            raise
        raise Malformed("the library gave up on it") from None

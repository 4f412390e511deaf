"""The one way in which reading a file fails."""

from collections.abc import Mapping

_SENTENCES = {
    "empty": "This file is empty.",
    "too_large": "This file is too large: the limit is {limit}.",
    "too_long": "This text is too long: the limit is {limit} characters.",
    "too_many_pages": "This PDF has {pages} pages; the limit is {limit}. Upload only a part of it.",
    "no_pages": "This PDF has no pages.",
    "password": "This PDF is protected by a password. Upload a copy without one.",
    "damaged": "This file is damaged and cannot be opened.",
    "damaged_pdf": "This PDF is damaged and cannot be opened.",
    "damaged_media": "This video or sound file is damaged and cannot be played.",
    "damaged_captions": "These captions cannot be read. Upload them as WebVTT (.vtt) or SubRip (.srt).",
    "damaged_image": "This picture is damaged and cannot be opened.",
    "image_too_large": "This picture has {width} × {height} points; the limit is 40 megapixels.",
    "damaged_page": "This web page cannot be read.",
    "no_moving": "This file holds neither a picture nor sound that can be played.",
    "no_text": "There is no text in this file.",
    "not_text": "This file is not text.",
    "playlist": "This file only points to other files. Upload the video itself.",
    "no_page": "This document has no page {page}.",
    "unknown_kind": "This kind of file cannot be read.",
    "missing": "There is no such file.",
    "too_slow": "Reading this file takes too long.",
    "too_much_memory": "Reading this file takes too much memory.",
    "no_ffmpeg": "Videos cannot be read on this machine: ffmpeg is not installed.",
}


class ExtractionError(Exception):
    """A file that cannot be read: a ``code`` and ``params`` to translate by, and an English ``text``."""

    def __init__(self, code: str, params: Mapping[str, str | int] | None = None) -> None:
        self.code = code
        self.params = dict(params or {})
        self.text = _SENTENCES[code].format(**self.params)
        super().__init__(self.text)

    def as_dict(self) -> dict[str, object]:
        """Return the error as JSON that ``from_dict`` reads back."""
        return {"code": self.code, "params": self.params, "text": self.text}

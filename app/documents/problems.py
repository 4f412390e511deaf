"""What can go wrong with an import, as a code that is stored and a sentence in the reader's language."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l


class ImportProblem(Exception):
    """The import ends here, for a reason that the person who added the material can understand."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code, self.params = code, params


SENTENCES = {
    "stopped": _l("You stopped this import."),
    "gave_up": _l("Reading this failed three times, for a reason on our side. Try again later."),
    "unknown_kind": _l(
        "This kind of file cannot be read. Add Markdown, text, a web page, a PDF, a video or a sound recording."
    ),
    "save_as_pdf": _l(
        "Such a file cannot be read as it is. Save it as a PDF in its own program, and add that."
    ),
    "not_same_medium": _l("A new version must be of the same kind as the one before."),
    "captions_alone": _l("Captions belong to a video. Open the video in the library and add them there."),
    "file_missing": _l("The uploaded file is missing from storage. Add it again."),
    "empty": _l("This file is empty."),
    "too_large": _l("This file is too large: the limit is %(limit)s."),
    "too_long": _l("This text is too long: the limit is %(limit)s characters."),
    "too_many_pages": _l(
        "This PDF has %(pages)s pages; the limit is %(limit)s. Upload the part that the class reads."
    ),
    "no_pages": _l("This PDF has no pages."),
    "password": _l("This PDF is protected by a password. Upload a copy without one."),
    "damaged": _l("This file is damaged and cannot be opened."),
    "no_moving": _l("This file holds neither a picture nor sound that can be played."),
    "missing": _l("The uploaded file is missing from storage. Add it again."),
    "damaged_pdf": _l("This PDF is damaged and cannot be opened."),
    "damaged_media": _l("This video is damaged and cannot be played."),
    "damaged_captions": _l("These captions cannot be read. Upload them as WebVTT (.vtt) or SubRip (.srt)."),
    "damaged_page": _l("This web page cannot be read."),
    "no_text": _l("There is no text in this file."),
    "not_text": _l("This file is not text."),
    "playlist": _l("This file only points to other files. Upload the video itself."),
    "too_slow": _l("Reading this file takes too long."),
    "too_much_memory": _l("Reading this file takes too much memory."),
    "no_ffmpeg": _l("Videos cannot be read on this machine: ffmpeg is not installed."),
    "video_too_long": _l("This video lasts %(hours)s hours; the limit is %(limit)s. Cut it into parts."),
    "video_too_big": _l(
        "The picture of this video is %(width)s × %(height)s points; the limit is 8192 × 4320."
    ),
    "bad_address": _l("This is not an address of a web page. It starts with https:// or http://."),
    "private_address": _l(
        "This address lies inside a private network, so it cannot be fetched. Upload the page."
    ),
    "unknown_host": _l("There is no site %(host)s, or it cannot be found from here."),
    "no_answer": _l("The site %(host)s did not answer. Try again, or save the page and upload it."),
    "refused": _l("The site answered with %(status)s instead of the page. Save the page and upload it."),
    "too_many_redirects": _l("The address leads from one page to the next without end."),
    "page_too_large": _l("The page is larger than %(limit)s. Save the part you need and upload it."),
    "page_too_slow": _l("The page took longer than %(seconds)s seconds. Save it and upload it."),
    "not_a_page": _l("The address leads to %(type)s, which is neither a page nor a PDF."),
}


NOTES = {
    "scripts_removed": _l("Scripts removed from this page: %(count)s."),
    "frames_removed": _l("Frames and embedded objects removed from this page: %(count)s."),
    "pictures_removed": _l("Pictures on other sites, shown by their descriptions: %(count)s."),
    "pages_without_text": _l(
        "These pages have no text (scans): %(pages)s. People can mark areas on them, not words."
    ),
}


def note_sentence(note: dict[str, Any]) -> str:
    """What an import left out, in the language of whoever asks."""
    known = NOTES.get(note["code"])
    return str(known) % note["params"] if known else str(note.get("text", ""))


def sentence(problem: dict[str, Any] | None) -> str | None:
    """One sentence of what is wrong, in the language of whoever asks."""
    if not problem:
        return None
    known = SENTENCES.get(problem["code"])
    if known is None:
        return _("This could not be read.")
    text = str(known)
    return text % problem["params"] if problem["params"] else text

"""What a request brings for the library: a file, typed text, or an address. API and pages share it."""

from typing import TypeVar

from flask import current_app, request
from flask_babel import gettext as _
from pydantic import BaseModel, ValidationError

from app.core.errors import BadRequest, Invalid
from app.core.fields import field_problems

from .schemas import VersionIn
from .uploads import Upload, pasted

M = TypeVar("M", bound=BaseModel)


def uploaded() -> Upload | None:
    """The file of the request, if one was chosen."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return None
    return Upload(file.stream, file.filename, current_app.config["SETTINGS"].max_upload_mb << 20)


def parsed(model: type[M]) -> M:
    """The JSON body as a model; 422 names the fields that need another look."""
    if request.mimetype == "multipart/form-data":
        raise Invalid(_("Choose a file."), "no_file", "/file")
    try:
        return model.model_validate(request.get_json(force=True))
    except ValidationError as error:
        sentence = _("Some fields need another look; nothing was stored.")
        problem = BadRequest(sentence, "invalid", field_problems(error))
        problem.status = 422
        raise problem from error


def corrected() -> Upload:
    """The corrected version: a file, or JSON with its text."""
    file = uploaded()
    if file:
        return file
    draft = parsed(VersionIn)
    return pasted(draft.markdown or draft.text or "", plain=draft.markdown is None)

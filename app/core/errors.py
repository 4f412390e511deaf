"""What can go wrong, in our words; one handler turns it into an answer."""

from collections.abc import Sequence
from typing import NamedTuple


class FieldProblem(NamedTuple):
    """One thing wrong with what was sent: a JSON pointer (RFC 6901) and a sentence."""

    pointer: str
    detail: str


class Problem(Exception):
    """Base of refusals. ``detail`` is a sentence that a person understands."""

    status = 400
    code = "bad_request"

    def __init__(
        self,
        detail: str,
        code: str | None = None,
        errors: Sequence[FieldProblem] = (),
        retry_after: int | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or self.code
        self.errors = list(errors)
        self.retry_after = retry_after


class BadRequest(Problem):
    """What arrived cannot be parsed."""


class Unauthorized(Problem):
    """Nobody is signed in."""

    status, code = 401, "sign_in_first"


class Forbidden(Problem):
    """Known, but not theirs to do."""

    status, code = 403, "forbidden"


class NotFound(Problem):
    """Not there, or not theirs to know of."""

    status, code = 404, "not_found"


class Conflict(Problem):
    """It was right once, but things have moved on."""

    status, code = 409, "conflict"


class TooLarge(Problem):
    """More than we take."""

    status, code = 413, "too_large"


class Invalid(Problem):
    """Understood, but a field is wrong."""

    status, code = 422, "invalid"

    def __init__(self, detail: str, code: str | None = None, pointer: str = "") -> None:
        super().__init__(detail, code, [FieldProblem(pointer, detail)] if pointer else [])


class TooMany(Problem):
    """Too fast; try again in ``retry_after`` seconds."""

    status, code = 429, "too_many"


class Busy(Problem):
    """The server cannot take it now; nothing was changed."""

    status, code = 503, "busy"

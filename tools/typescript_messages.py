"""Finds what TypeScript says to people, for Babel (see babel.cfg).

Babel's own reader of JavaScript loses its place in JSX and in template literals. This one looks for the calls
`t("…")` and `nt("…", "…")` as `app/frontend/messages.mjs` does, so that both sides know the same messages.
"""

import ast
import re
from collections.abc import Iterator
from typing import IO

_STRING = r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
_CALL = re.compile(rf"\b(n?t)\(\s*{_STRING}(?:\s*,\s*{_STRING})?")
_COMMENT_LINE = re.compile(r"^\s*(/?\*|//).*$", re.MULTILINE)

Message = tuple[int, str, str | tuple[str, str], list[str]]


def extract(file: IO[bytes], *_babels: object, **_options: object) -> Iterator[Message]:
    """Yield (line, function, text or (one, many), comments) for each call, as Babel asks of an extractor."""
    code = _COMMENT_LINE.sub("", file.read().decode())
    for found in _CALL.finditer(code):
        function, one, many = found.groups()
        line = code.count("\n", 0, found.start()) + 1
        if function == "nt" and many:
            yield line, "nt", (ast.literal_eval(one), ast.literal_eval(many)), []
        elif function == "t":
            yield line, "t", ast.literal_eval(one), []

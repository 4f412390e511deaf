"""The next page of a list, from a Link header (RFC 8288), read leniently.

Moodle writes typographic quotes and ``&amp;`` into it; others leave the quotes out or send several relations.
"""

import re
from collections.abc import Mapping
from urllib.parse import urljoin

_LINK = re.compile(r"<([^>]*)>([^<]*)")
_NEXT = re.compile(r"""rel\s*=\s*["'“”„]?[^"'“”;,]*\bnext\b""", re.IGNORECASE)


def next_page(headers: Mapping[str, str], url: str) -> str:
    """The address of the next page; empty after the last one."""
    for target, parameters in _LINK.findall(headers.get("link", "")):
        if _NEXT.search(parameters):
            return urljoin(url, target.replace("&amp;", "&").strip())
    return ""

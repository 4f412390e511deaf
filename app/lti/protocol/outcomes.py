"""LTI 1.1 Basic Outcomes: one grade of one person, as XML signed by OAuth 1.0a with the hash of its body.

Source: LTI 1.1 Implementation Guide, chapter 6. A grade there is a share between 0 and 1, without a timestamp.
"""

import math
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from lxml import etree
from oauthlib.oauth1 import Client

from .cartridge import legal
from .grades import Verdict, verdict

NAMESPACE = "http://www.imsglobal.org/services/ltiv1p1/xsd/imsoms_v1p0"
XML = "application/xml"


class Said(NamedTuple):
    """What an LMS answered: ``success``, ``failure``, ``unsupported``, ``processing`` or empty; and a share."""

    outcome: str
    share: float | None = None


def replace_result(sourced_id: str, share: float, words: str = "") -> bytes:
    """Put a share in the place of what is there. ``words`` is an extension that Canvas and others read."""
    request, record = _request("replaceResult", sourced_id)
    result = etree.SubElement(record, "result")
    score = etree.SubElement(result, "resultScore")
    etree.SubElement(score, "language").text = "en"
    etree.SubElement(score, "textString").text = f"{min(max(share, 0.0), 1.0):.6g}"
    if words:
        data = etree.SubElement(result, "resultData")
        etree.SubElement(data, "text").text = legal(words)
    return _bytes(request)


def read_result(sourced_id: str) -> bytes:
    """Ask for the share that is there."""
    return _bytes(_request("readResult", sourced_id)[0])


def _request(deed: str, sourced_id: str) -> tuple[etree._Element, etree._Element]:
    envelope = etree.Element("imsx_POXEnvelopeRequest", xmlns=NAMESPACE)
    header = etree.SubElement(etree.SubElement(envelope, "imsx_POXHeader"), "imsx_POXRequestHeaderInfo")
    etree.SubElement(header, "imsx_version").text = "V1.0"
    etree.SubElement(header, "imsx_messageIdentifier").text = uuid.uuid4().hex
    body = etree.SubElement(etree.SubElement(envelope, "imsx_POXBody"), f"{deed}Request")
    record = etree.SubElement(body, "resultRecord")
    etree.SubElement(etree.SubElement(record, "sourcedGUID"), "sourcedId").text = legal(sourced_id)
    return envelope, record


def _bytes(root: etree._Element) -> bytes:
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return made


def signed(url: str, body: bytes, key: str, secret: str) -> dict[str, str]:
    """Headers of a request, its signature among them; oauthlib adds the hash of the body."""
    client = Client(key, client_secret=secret)
    headers = client.sign(url, "POST", body.decode(), {"Content-Type": XML})[1]
    return {str(name): str(value) for name, value in headers.items()}


def read(body: bytes) -> Said:
    """Read an answer; whatever is no such answer says nothing."""
    try:
        root = etree.fromstring(body, _parser())
    except (etree.XMLSyntaxError, ValueError):
        return Said("")
    return Said(_text(root, "imsx_codeMajor").lower(), _share(_text(root, "textString")))


def _parser() -> etree.XMLParser:
    """One that fetches nothing and lets no entity grow."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _text(root: etree._Element, name: str) -> str:
    """The text of the first element of a name, in whatever namespace."""
    found = root.xpath("string((//*[local-name() = $name])[1])", name=name)
    return str(found).strip()


def _share(text: str) -> float | None:
    try:
        share = float(text)
    except ValueError:
        return None
    return share if math.isfinite(share) and 0 <= share <= 1 else None


def judged(status: int, headers: Mapping[str, str], body: bytes, attempts: int, now: datetime) -> Verdict:
    """What an answer to ``replaceResult`` means."""
    if status == 401:
        return Verdict("refused", "lms_refuses_secret")
    if not 200 <= status < 300:
        return verdict(status, headers, attempts, now)
    said = read(body).outcome
    if said == "success":
        return Verdict("sent")
    if said in ("failure", "unsupported"):
        return Verdict("refused", "lms_refuses_score")
    return verdict(500, headers, attempts, now)

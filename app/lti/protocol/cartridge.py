"""A thin Common Cartridge 1.3: a course's links in one file that every LMS can import.

Source: 1EdTech Common Cartridge 1.3, Thin Common Cartridge profile: a manifest, and one XML file for each link.
The zip's moments are fixed, so that the same links make the same bytes.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

CP = "http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest"
LINK = "http://www.imsglobal.org/xsd/imslticc_v1p3"
BLTI = "http://www.imsglobal.org/xsd/imsbasiclti_v1p0"
LTICM = "http://www.imsglobal.org/xsd/imslticm_v1p0"
LTICP = "http://www.imsglobal.org/xsd/imslticp_v1p0"
MIME = "application/zip"


@dataclass(frozen=True)
class Link:
    """One link: its title, a sentence about it, and the custom parameters by which it is known again."""

    title: str
    text: str
    custom: Mapping[str, str]


def cartridge(title: str, links: Sequence[Link], launch_url: str) -> bytes:
    """The file. Links keep their order."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "imsmanifest.xml", _manifest(title, links))
        for number, link in enumerate(links, 1):
            _add(archive, f"link-{number}.xml", _link(link, launch_url))
    return held.getvalue()


def _add(archive: zipfile.ZipFile, name: str, root: etree._Element) -> None:
    text = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    entry = zipfile.ZipInfo(name, date_time=(2020, 1, 1, 0, 0, 0))
    archive.writestr(entry, text, zipfile.ZIP_DEFLATED)


def _manifest(title: str, links: Sequence[Link]) -> etree._Element:
    root = etree.Element(f"{{{CP}}}manifest", nsmap=_spaces(CP, lomimscc=LOM), identifier="foreword")
    metadata = etree.SubElement(root, f"{{{CP}}}metadata")
    etree.SubElement(metadata, f"{{{CP}}}schema").text = "IMS Thin Common Cartridge"
    etree.SubElement(metadata, f"{{{CP}}}schemaversion").text = "1.3.0"
    place = metadata
    for name in ("lom", "general", "title", "string"):
        place = etree.SubElement(place, f"{{{LOM}}}{name}")
    place.text = legal(title)
    organizations = etree.SubElement(root, f"{{{CP}}}organizations")
    tree = etree.SubElement(
        organizations, f"{{{CP}}}organization", identifier="course", structure="rooted-hierarchy"
    )
    folder = etree.SubElement(tree, f"{{{CP}}}item", identifier="root")
    resources = etree.SubElement(root, f"{{{CP}}}resources")
    for number, link in enumerate(links, 1):
        item = etree.SubElement(
            folder, f"{{{CP}}}item", identifier=f"item-{number}", identifierref=f"link-{number}"
        )
        etree.SubElement(item, f"{{{CP}}}title").text = legal(link.title)
        resource = etree.SubElement(
            resources, f"{{{CP}}}resource", identifier=f"link-{number}", type="imsbasiclti_xmlv1p3"
        )
        etree.SubElement(resource, f"{{{CP}}}file", href=f"link-{number}.xml")
    return root


def _link(link: Link, launch_url: str) -> etree._Element:
    spaces = _spaces(LINK, blti=BLTI, lticm=LTICM, lticp=LTICP)
    root = etree.Element(f"{{{LINK}}}cartridge_basiclti_link", nsmap=spaces)
    etree.SubElement(root, f"{{{BLTI}}}title").text = legal(link.title)
    etree.SubElement(root, f"{{{BLTI}}}description").text = legal(link.text)
    custom = etree.SubElement(root, f"{{{BLTI}}}custom")
    for name, value in link.custom.items():
        etree.SubElement(custom, f"{{{LTICM}}}property", name=name).text = legal(value)
    secure = "secure_launch_url" if launch_url.startswith("https:") else "launch_url"
    etree.SubElement(root, f"{{{BLTI}}}{secure}").text = launch_url
    vendor = etree.SubElement(root, f"{{{BLTI}}}vendor")
    etree.SubElement(vendor, f"{{{LTICP}}}code").text = "foreword"
    etree.SubElement(vendor, f"{{{LTICP}}}name").text = "Foreword"
    return root


def _spaces(usual: str, **others: str) -> dict[str, str]:
    """Namespaces by prefix; the usual one has none, as importers that look for plain names expect."""
    return {None: usual, **others}  # type: ignore[dict-item]  # lxml takes None, its stubs do not know


def legal(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(
        c for c in text if c in "\n\t" or (" " <= c < "\ud800" or "\ue000" <= c < "\ufffe" or c > "\uffff")
    )

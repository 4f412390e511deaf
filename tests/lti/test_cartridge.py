"""The links of a course in one file that an LMS can import."""

import io
import zipfile
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.db import unit_of_work
from app.lti.protocol.cartridge import BLTI, CP, LTICM, Link, cartridge
from tests import factories


def opened(data: bytes) -> dict[str, Xml.Element]:
    """Its XML files, each as every parser reads it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: Xml.fromstring(archive.read(name)) for name in archive.namelist()}


def links_in(files: dict[str, Xml.Element]) -> list[tuple[str, dict[str, str], str]]:
    """Title, custom parameters and address of each link, in order; each reference has to lead somewhere."""
    manifest = files["imsmanifest.xml"]
    assert manifest.findtext(f".//{{{CP}}}schema") == "IMS Thin Common Cartridge"
    assert manifest.findtext(f".//{{{CP}}}schemaversion") == "1.3.0"
    resources = {one.get("identifier"): one for one in manifest.iter(f"{{{CP}}}resource")}
    found = []
    for item in manifest.iter(f"{{{CP}}}item"):
        if not item.get("identifierref"):
            continue
        resource = resources.pop(item.get("identifierref"))
        assert resource.get("type") == "imsbasiclti_xmlv1p3"
        link = files[resource.find(f"{{{CP}}}file").get("href")]
        assert link.tag.endswith("cartridge_basiclti_link")
        title = link.findtext(f"{{{BLTI}}}title")
        assert title == item.findtext(f"{{{CP}}}title")
        custom = {one.get("name"): one.text for one in link.iter(f"{{{LTICM}}}property")}
        address = link.findtext(f"{{{BLTI}}}secure_launch_url") or link.findtext(f"{{{BLTI}}}launch_url")
        order = [part.tag.split("}")[1] for part in link]
        assert order == ["title", "description", "custom", order[3], "vendor"]
        found.append((title, custom, address))
    assert not resources
    return found


def test_a_teacher_downloads_the_links_and_they_open_the_readings(cast):
    with unit_of_work():
        second = factories.assignment(cast.course, cast.document, title="<Reflection> & “more”").id
    answer = cast.teacher.get(f"/courses/{cast.course.id}/lms/cartridge")
    assert answer.headers["Content-Disposition"].endswith('"foreword-links.imscc"')
    found = links_in(opened(answer.get_data()))
    assert {custom["foreword_assignment"] for _title, custom, _at in found} == {cast.assignment.id, second}
    assert "<Reflection> & “more”" in {title for title, _custom, _at in found}
    assert {address for _title, _custom, address in found} == {"http://localhost/lti/launch"}
    assert cast.ana.get(f"/courses/{cast.course.id}/lms/cartridge").status_code == 403
    assert cast.eve.get(f"/courses/{cast.course.id}/lms/cartridge").status_code == 404


@pytest.mark.parametrize("number", [0, 60])
def test_courses_of_any_size(number):
    links = [Link(f"Text {n}", "", {"foreword_assignment": str(n)}) for n in range(number)]
    data = cartridge("Optics", links, "https://f.example/lti/launch")
    assert [custom["foreword_assignment"] for _t, custom, _a in links_in(opened(data))] == [
        str(n) for n in range(number)
    ]
    assert data == cartridge("Optics", links, "https://f.example/lti/launch")


@given(st.text(max_size=60))
def test_whatever_a_title_holds_the_file_can_be_read(title):
    opened(cartridge(title, [Link(title, title, {"a": title})], "https://f.example/lti/launch"))

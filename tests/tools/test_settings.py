"""What starting reads before the application can: the port, `.env`, and where packages come from."""

import subprocess

import pytest


@pytest.fixture
def settings(tool, tmp_path, monkeypatch):
    module = tool("settings")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.delenv("PORT", raising=False)
    return module


def test_the_port_is_8000_unless_said_otherwise(settings, tmp_path, monkeypatch):
    assert settings.port() == 8000
    (tmp_path / ".env").write_text("# PORT=1\nexport PORT='8010'\n")
    assert settings.port() == 8010
    monkeypatch.setenv("PORT", "8020")
    assert settings.port() == 8020


@pytest.mark.parametrize("value", ["many", "0", "65536", "-1", "80.5", " "])
def test_a_port_that_cannot_be_is_named_in_the_sentence(tool, settings, monkeypatch, value):
    monkeypatch.setenv("PORT", value)
    with pytest.raises(tool("console").Stop, match="PORT"):
        settings.port()


LISTED = """\
:env:.find-links='/wheels /more'
global.extra-index-url='https://one.example/simple https://two.example/simple'
global.index-url='https://mirror.example/simple'
global.timeout='60'
"""


@pytest.fixture
def pip_says(tool, monkeypatch):
    module = tool("pip_settings")
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX", "UV_FIND_LINKS", "SSL_CERT_FILE", "UV_INDEX_STRATEGY"):
        monkeypatch.delenv(name, raising=False)

    def answer(listed):
        done = subprocess.CompletedProcess([], 0, stdout=listed)
        monkeypatch.setattr(module.subprocess, "run", lambda *_args, **_options: done)
        return module.uv_environment("python")

    return answer


def test_uv_asks_where_pip_would(pip_says):
    environment = pip_says(LISTED)
    assert environment["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert environment["UV_INDEX"] == "https://one.example/simple https://two.example/simple"
    assert environment["UV_FIND_LINKS"] == "/wheels,/more"
    assert environment["UV_PYTHON_DOWNLOADS"] == "never"


def test_uv_keeps_its_own_settings_where_pip_has_none(pip_says, monkeypatch):
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://own.example/simple")
    assert pip_says(LISTED)["UV_DEFAULT_INDEX"] == "https://own.example/simple"
    assert "UV_INDEX" not in pip_says("")

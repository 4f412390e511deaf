"""What a test run says at its end, and what it makes of failures and of legs that could not run."""

import sys
from contextlib import contextmanager

import pytest

GOOD = [sys.executable, "-c", "pass"]
BAD = [sys.executable, "-c", "import sys; sys.exit('the format is wrong')"]


@pytest.fixture
def legs(tool, tmp_path, monkeypatch):
    module = tool("legs")
    monkeypatch.setattr(module, "REPORTS", tmp_path)
    monkeypatch.delenv("REQUIRE_LEGS", raising=False)
    return module


@pytest.fixture
def nowhere(tool):
    missing = tool("services").Missing

    @contextmanager
    def needs():
        raise missing("nothing answers")
        yield

    return needs


def test_the_last_line_counts(legs, capsys):
    assert legs.run_legs([[legs.Leg("format", [GOOD]), legs.Leg("lint", [GOOD])]]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "2 passed, 0 failed"


def test_a_failure_is_shown_and_later_legs_still_run(legs, capsys):
    assert legs.run_legs([[legs.Leg("format", [BAD])], [legs.Leg("lint", [GOOD])]]) == 1
    output = capsys.readouterr().out
    assert "the format is wrong" in output
    assert output.splitlines()[-1] == "1 passed, 1 failed"


def test_a_leg_that_cannot_run_is_named_with_its_reason(legs, nowhere, capsys):
    assert legs.run_legs([[legs.Leg("redis", [GOOD], needs=nowhere)]]) == 0
    assert "did not run: nothing answers" in capsys.readouterr().out.splitlines()[-2]


@pytest.mark.parametrize("required", ["redis", "postgres, redis", "redsi"])
def test_a_required_leg_that_did_not_run_fails(legs, nowhere, capsys, monkeypatch, required):
    monkeypatch.setenv("REQUIRE_LEGS", required)
    assert legs.run_legs([[legs.Leg("redis", [GOOD], needs=nowhere)]]) == 1
    assert "REQUIRE_LEGS" in capsys.readouterr().out


def test_pytest_counts_each_test(legs, tmp_path, capsys):
    file = tmp_path / "test_three.py"
    file.write_text("def test_a(): pass\ndef test_b(): pass\ndef test_c(): assert 1 == 2\n")
    command = [sys.executable, "-m", "pytest", "-p", "no:playwright", "--rootdir", str(tmp_path), str(file)]
    assert legs.run_legs([[legs.Leg("unit", [command], is_pytest=True)]]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "2 passed, 1 failed"

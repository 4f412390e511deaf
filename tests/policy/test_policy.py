"""The policy keeps its promises, and the expectations notice when it does not."""

from pathlib import Path

from app.core import policy

from .expectations import wrong
from .mutants import mutants


def test_the_policy_answers_as_promised():
    assert list(wrong(policy)) == []


def survives(module) -> bool:
    try:
        return not any(True for _ in wrong(module))
    except Exception:
        return False  # a mutant that breaks is noticed, too


def test_nineteen_of_twenty_mistakes_in_the_policy_are_noticed():
    made = list(mutants(Path(policy.__file__).read_text(encoding="utf-8")))
    survivors = [what for what, module in made if survives(module)]
    assert len(made) > 80
    assert len(survivors) <= len(made) * 0.05, survivors

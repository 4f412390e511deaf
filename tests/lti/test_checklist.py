"""The page about what is proven is made from the tests' markers."""

from .checklist import PAGE, ROWS, page, proofs


def test_the_checklist_is_fresh_and_names_only_real_rows():
    assert set(proofs()) <= set(ROWS)
    assert PAGE.read_text(encoding="utf-8") == page()

"""Which language a text is written in."""


def detect_language(text: str) -> str | None:
    """Return the two-letter code of the language that a text is written in; None for hardly any words."""
    if sum(letter.isalpha() for letter in text[:4_000]) < 60:
        return None
    import py3langid

    code = str(py3langid.classify(text[:4_000])[0])
    # longer codes are those of rare languages, and of what is no language
    return code if len(code) == 2 else None

"""Why a message of a platform is not believed, or cannot be used."""


class LtiProblem(Exception):
    """A refusal: ``code`` picks the sentence for people, ``detail`` is for the log and names no person."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code, self.detail = code, detail

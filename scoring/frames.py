"""What a remark is about, without the turns of phrase that every remark is wrapped in.

“I was really confused about how the ray bends” and “the ray bends, I found that interesting” share a subject;
“I was really confused about” is what they share with all others, and would pull everything together.
"""

import re
from functools import lru_cache

_VERY = (
    r"(?:(?:really|very|quite|most|more|a bit|a little|pretty|so|super|still|also|just|somewhat|kind of) )*"
)
_WHAT = r"(?:(?:part|thing|aspect|concept|idea|topic|section|portion|point|bit)s?)"
_TELLING = (
    r"(?:interesting|confusing|confused|difficult|hard|challenging|unclear|surprising|fascinating|tricky"
    r"|cool|lost|unsure|helpful)"
)
_ABOUT = (
    r"(?: (?:about|by|with|on|of|in|was|is|were|are|that|to me|for me|today|in class"
    r"|in (?:today's )?(?:class|lecture)|the fact that))*"
)
_NOT = r"(?:do not|don't|dont|did not|didn't|didnt|cannot|can't|cant|could not|couldn't)"
_FRAMES = [
    rf"(?:for me,? )?(?:the|one|another) {_VERY}(?:{_TELLING} )?(?:{_WHAT} )?(?:that )?"
    rf"(?:i (?:found|thought) (?:to be )?)?{_VERY}{_TELLING}?(?: {_WHAT})?{_ABOUT} (?:was|is|were|are)\b",
    rf"(?:what|something(?: that)?) (?:i )?(?:found|was|is|thought was|find|think is) {_VERY}{_TELLING}{_ABOUT}",
    rf"i (?:found|find|thought|think)(?: that| it)?\b(?: {_VERY}{_TELLING}{_ABOUT})?",
    rf"i(?: am|'m|m| was| got| feel| felt) {_VERY}{_TELLING}{_ABOUT}",
    rf"it (?:was|is) {_VERY}{_TELLING}{_ABOUT}",
    rf"i {_NOT} {_VERY}(?:understand|get|see|follow|grasp|know)\b(?: (?:about|that))?",
    r"i (?:really )?(?:liked?|enjoyed?|loved?|learned|wonder(?:ed)?|want(?:ed)? to know)\b(?: (?:about|that))?",
    r"(?:can|could) (?:someone|anyone|anybody|somebody|you|we) (?:please )?"
    r"(?:explain|clarify|tell me|help me(?: understand)?|go over)\b",
    rf"(?:was|is|were|are)? ?(?:the )?{_VERY}{_TELLING}(?: to me| for me)?(?=[.!,;]|$)",
]
_FRAME = re.compile(rf"(?<![\w'])(?:{'|'.join(_FRAMES)})(?![\w'])")
_LEAST = 3  # letters of a subject


@lru_cache(maxsize=20_000)
def without_frame(text: str) -> str:
    """The text without its frame, one line; the text itself where nothing would be left of it."""
    line = " ".join(text.replace("’", "'").split())[:4000]
    bare = " ".join(_FRAME.sub(" ", line.lower()).split()).strip(" ,.;:!-")
    return bare if sum(character.isalpha() for character in bare) >= _LEAST else line

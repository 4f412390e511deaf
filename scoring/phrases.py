"""Ways of saying it: closed lists of English turns of phrase, each one regular expression.

Matched on lower-case text with straight apostrophes, which may be missing ("dont").
"""

import re
from functools import cache

PHRASES: dict[str, tuple[str, ...]] = {
    "cause": (
        "because", "becuase", "bc", "cuz", "due to", "so that", "therefore", "thus", "hence", "as a result", "leads? to",
        "led to", "results? in", "that's why", "thats why", "which is why", "causes?", "caused by", "the reason",
        "since (?:it|the|they|we|a|an|there|this|that|you|each|both|no)", "consequently", "which makes?", "which means?",
        "so (?:the|it|they|we|if|a|when|that) ",
    ),
    "contrast": (
        "but", "however", "although", "though", "even though", "whereas", "instead", "on the other hand", "despite",
        "rather than", "unlike", "yet", "contradicts?", "contrary", "in contrast", "except", "still,", "differs? from",
    ),
    "example": (
        "for example", "for instance", "such as", "e\\.g", "like when", "like how", "an example of", "in my (?:own |home )?"
        "(?:experience|country|town|job|family|village)", "reminds? me of", "just like", "imagine", "suppose", "say that",
        "when i (?:was|tried|did|worked|used|saw|played|cook)", "once i",
    ),
    "comparison": (
        "similar(?:ly)?(?: to)?", "compared? (?:to|with)", "same as", "different (?:from|than|to)", "difference between",
        "relat(?:es?|ed|ion|ionship) (?:to|with|between)", "connect(?:s|ed|ion)?", "analog(?:y|ous)", "parallels?", "more \\w+ than",
        "less \\w+ than", "\\w+er than", "as \\w+ as", "versus", "vs",
    ),
    "inference": (
        "impl(?:y|ies|ied)", "suggests?", "this means", "that means", "meaning that", "would (?:be|have|mean|not|need|make|also)", "wouldn't",
        "could (?:be|also|have|mean)", "must (?:be|have)", "so basically", "it follows", "in other words", "assum(?:es?|ing|ption)",
        "evidence", "predicts?", "expect(?:s|ed)?", "conclu(?:de|des|sion)", "depends? on", "shouldn't it", "only (?:if|when|works)",
    ),
    "condition": ("if", "unless", "whether", "what happens (?:if|when)", "what if", "in case", "as long as", "provided that", "when"),
    "hedge": ("maybe", "perhaps", "probably", "might", "possibly", "i think", "i guess", "seems?", "i believe", "not sure", "i suppose"),
    "lost": (
        "(?:do|did|does|can|could|am|was|is|are|still|really) ?(?:not|n't|nt) (?:\\w+ )?(?:understand|get|follow|see|grasp|sure|clear|figure|know|remember)",
        "(?:don't|dont|didn't|didnt|can't|cant|couldn't|doesn't|not|never|cannot) (?:\\w+ )?(?:understand|get (?:it|this|that|the|how|why|what|where)|"
        "follow|grasp|figure|make sense|sure|clear|know (?:how|why|what|where|when|if|which)|see (?:how|why|where|what))",
        "confus(?:ed|ing|es|e|ion)", "(?:i'm|im|am|i am|got|was|completely|totally|still|bit|little) lost", "lost me", "unclear", "unsure",
        "stuck", "no idea", "no clue", "makes? no sense", "struggl(?:e|ed|es|ing)", "hard (?:to understand|time|for me)", "difficult to (?:understand|follow|grasp|see)",
        "trouble", "puzzl(?:ed|ing)", "lose (?:me|track)", "went over my head", "clueless", "where does .{1,40} come from",
        "where did .{1,40} come from", "i keep getting", "why is(?:n't| it not)", "how come", "help me", "need (?:some )?help", "i thought .{3,90}\\bbut",
        "what does .{1,60} (?:mean|stand for)", "what (?:is|are) meant", "supposed to", "not working", "doesn't work", "can't open",
        "(?:it )?seems? (?:to contradict|contradictory|impossible|wrong)", "contradicts?", "doesn't that (?:mean|contradict)",
        "read (?:it|this|that)[^.]{0,30}(?:times|twice|again and)", "jumps? from", "out of nowhere", "i get .{1,30} but not",
    ),
    "resolved": (
        "now i (?:understand|get|see)", "(?:makes?|made|making) (?:perfect |more |a lot of |total |much more |so much )?sense(?: now| to me|$|\\.)", "used to (?:be|find|get) (?:\\w+ )?confus",
        "was confused (?:\\w+ ){0,4}(?:but|until|before)", "(?:not|wasn't|isn't|nothing|never|no longer|don't find|didn't find) (?:\\w+ ){0,3}confus(?:ing|ed)",
        "(?:i|finally|fully|really) (?:finally |now |fully |completely )?(?:understood|understand|got it|get it)(?! (?:why not|nothing))", "clear(?:ed|s)? (?:it|this|that|things|everything) up",
        "cleared up", "very clear", "crystal clear", "so clear", "clearly explained", "everything (?:was|is|made|makes) (?:\\w+ )?(?:clear|sense)", "no (?:more )?(?:questions|confusion)",
        "nothing (?:was|is|seemed|to be)", "figured it out", "solved it", "clicked", "aha", "easy to (?:understand|follow)",
    ),
    "curious": (
        "i wonder", "wondering", "curious", "makes me wonder", "would be (?:interesting|cool|fun|great|nice) to", "interested (?:in|to)",
        "i'd love to (?:know|see|learn|read)", "i would love to", "want to (?:learn|know|read|see|explore) more", "i like to know", "fascinat(?:ed|ing|es)",
        "has anyone (?:ever )?(?:tried|looked|read)", "could we also", "would (?:this|it|that) also", "intrigu(?:ed|ing|es)", "looking forward",
    ),
    "rhetorical": (
        "who knew", "who would have thought", "who wouldn't", "isn't (?:it|that|this) (?:\\w+ )?(?:amazing|cool|great|beautiful|crazy|obvious|funny|lovely|wonderful|neat)", "how (?:cool|great|amazing|awesome|crazy|beautiful|neat) is",
        "right \\?", "right\\?", "what more (?:can|could)", "why not\\?", "don't (?:we|you) all", "who cares", "who doesn't", "how could anyone", "am i right", "what a ",
        "what would we do without", "do we really need",
    ),
    "request": (
        "please", "pls", "can (?:any|some)(?:one|body)", "could (?:any|some)(?:one|body)", "does any(?:one|body)", "can you", "could you", "would you", "any(?:one|body) (?:know|else|have|mind|can|help)",
        "some(?:one|body) (?:explain|help|tell)", "help", "let me know", "i would like to know", "tell me", "is there (?:a|any|some)", "are there any", "where can (?:i|we)", "how (?:do|can|to|would|should) (?:i|we|you)?",
    ),
    "indirect": (
        "(?:i|we) (?:wonder|don't know|do not know|want to know|would like to know|need to know|can't tell|cannot tell)", "(?:not|un)\\s?(?:sure|clear|certain|convinced) (?:how|why|what|when|where|if|whether|about|which|that)",
        "i'm asking", "my question", "question (?:is|about|for)", "the part i .{0,30}(?:why|how|where)", "i'd like someone to", "explain (?:how|why|what|where|when)", "understand (?:how|why|what|where|when)",
        "(?:see|get|know|grasp|follow|figure out|tell|remember) (?:how|why|what|where|when|which|whether)", "trying to (?:figure|work|see|find)", "confused (?:about|by|as|on|how|why|with)",
    ),
    "how_or_why": (
        "(?:interesting|surpris\\w+|fascinat\\w+|interested|confus\\w+|learned|learning|like[ds]?|noticed|see|understand|sure|wonder) (?:\\w+ ){0,3}(?:how|why|that|what|when|where|whether|because)",
        "how (?:\\w+ ){1,4}\\w+", "why (?:\\w+ ){1,4}\\w+", "the fact that", "the way (?:that|the|we|it|they)",
    ),
    "detail": ("between", "from .{2,40} to", "specifically", "especially", "in particular", "of the", "in the", "using", "based on", "when (?:we|the|you|it)", "by \\w+ing", "to \\w+ the", "each", "per", "during", "through"),
    "empty": (
        "n/?a", "none", "nothing(?: much| really| at all)?", "no", "idk", "i don'?t know", "nope", "not (?:really|much|applicable)", "(?:i )?(?:can'?t|don'?t) think of anything", "no(?:thing)? (?:confus|comment|question)",
        "everything (?:was|made|is|seemed|seems)", "all (?:was |is )?(?:good|clear)", "no confusion", "don'?t have (?:any|a)",
    ),
    "agreeing": ("i agree", "agreed", "same(?: here)?", "me too", "good (?:point|question|idea)", "great (?:point|question)", "exactly", "well said", "yes+", "true", "this", "totally", "\\+1", "i have the same", "so true", "100%"),
    "praising": ("thank(?:s| you)\\w*", "thx", "great", "awesome", "amazing", "cool", "nice", "love", "best", "excellent", "wow", "wonderful", "lol", "haha\\w*", "fantastic", "brilliant", "good (?:job|work|lecture|class|video)", "beautiful"),
    "greeting": ("hi", "hello", "hey", "welcome", "good (?:morning|evening|luck)", "my name is", "i'?m from", "greetings", "nice to meet", "greet"),
    "evaluating": ("interesting", "confusing", "fun", "cool", "helpful", "useful", "important", "good", "bad", "hard", "easy", "nice", "great", "difficult", "boring", "enjoy(?:ed)?", "liked?", "loved?"),
    "answering": ("the answer is", "you (?:can|should|need|have to|could)", "your", "try", "it means", "actually", "that's because", "it stands for", "basically", "refer to", "see the", "check", "here is", "as far as i know"),
    "logistics": ("assignment", "homework", "deadline", "due", "exam", "quiz", "grade", "project", "group", "team", "canvas", "syllabus", "zoom", "download", "link", "upload", "certificate", "schedule"),
    "doubting": ("is (?:this|that|it) (?:correct|right|true)", "correct me", "am i (?:missing|wrong|correct|right)", "shouldn't", "isn't (?:it|that|this|the|there)", "why not", "but why", "but how", "but what", "mistake", "typo", "error", "wrong", "should(?:n't)? (?:it|this|that|the \\w+) (?:not )?be", "what about"),
}  # fmt: skip

_ASKING_START = re.compile(
    r"^(?:(?:so|and|but|ok|okay|hi|hello|sir|also|well|um|sorry|then|in that case|professor)[, ]+){0,3}"
    r"(?:why|how|what|what's|whats|when|where|which|who|whose|is|are|does|do|did|can|could|would|should|will|was|were|has|have|"
    r"isn't|aren't|doesn't|don't|didn't|can't|couldn't|wouldn't|shouldn't|am i|any(?:one|body))\b"
)


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The regular expression of one concept of PHRASES."""
    return re.compile("|".join(rf"(?<![\w']){p}(?![\w'])" if p[-1].isalnum() else rf"(?<![\w']){p}" for p in PHRASES[name]))


def count(name: str, lower: str) -> int:
    """How often a concept is said in a lower-case text."""
    return sum(1 for _ in pattern(name).finditer(lower))


def starts_like_a_question(sentence: str) -> bool:
    """Whether a lower-case sentence begins the way English questions do."""
    return bool(_ASKING_START.match(sentence.strip(" \t\"'*-–—(,")))

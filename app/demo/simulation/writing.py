"""Invented readings and remarks from a seeded grammar: plausible enough to be rated, and nobody's words."""

from random import Random

from .subjects import Subject

SENTENCES = (
    "When {measure} rises, {measure2} usually falls, and {thing} is the reason.",
    "It is tempting to say that {thing} causes {thing2}, but the order in time is the opposite.",
    "{place}, {measure} depends on {thing} far more than on {thing2}.",
    "{person} noticed first that {measure} stays the same even if {thing} is taken away.",
    "What looks like an effect of {thing} is in fact an effect of {measure}.",
    "Suppose that {measure} doubles: then {thing} has to change as well, or {measure2} would double too.",
    "Nothing in this argument requires {thing}; it is enough that {measure} differs {place}.",
    "One can see this {place}, where {thing} meets {thing2}.",
    "For a long time {person} believed that {thing} alone decided about {measure}.",
    "It follows that {measure} and {measure2} cannot both grow without limit.",
    "In other words, {thing} limits {measure}, and {thing2} only sets the pace.",
    "The exception is found {place}: there {measure} grows although {thing} is missing.",
)
HEADINGS = (
    "What {thing} does",
    "Why {measure} matters",
    "Seen {place}",
    "The mistake of {person}",
    "From {thing} to {thing2}",
)
SHALLOW = ("interesting", "I agree with this.", "good to know", "nice example", "ok", "this is important")
SOLID = (
    "So the main point here is that {measure} depends on {thing}.",
    "I had always thought that {thing} was the cause, the text says it is {measure}.",
    "This reminds me of what we said about {thing2} last week.",
    "The part about {measure} {place} is clear to me now.",
)
THOUGHTFUL = (
    "If {measure} really depends on {thing}, then without {thing} it should stay constant. We could test that "
    "{place}, because there {thing2} plays no part, and if it still changes the text must be wrong.",
    "I am not convinced: that {measure} and {measure2} move together does not show which one drives the other. "
    "Both could follow from {thing}, and then changing {measure} alone would do nothing.",
    "For me the sentence works only if {thing} comes first. {place} it is the other way round, so perhaps the "
    "author means a tendency and not a rule, which would also explain the exception further down.",
)
QUESTIONS = (
    "Why does {measure} fall when {thing} is there? I don't understand the step.",
    "I'm confused: is {thing} the cause or the effect here?",
    "How can {measure} stay the same if {measure2} changes? That seems to contradict the line before.",
    "What would happen {place} without {thing}? I can't see it from the text.",
    "I get lost at {measure}. Does it mean the same as {measure2}?",
)
REPLIES = (
    "I think it is because {thing} limits {measure}, so {measure2} has nothing to grow from.",
    "I had the same question. Maybe look at what happens {place}: there you can see it without {thing2}.",
    "Not sure, but the next paragraph says that {thing} only sets the pace.",
    "Yes, and the other way round it would not work, since {measure} cannot be negative.",
    "me too",
)


class Writer:
    """Writes about one subject. The same seed writes the same words."""

    def __init__(self, random: Random, subject: Subject) -> None:
        self.random, self.subject = random, subject

    def title(self) -> str:
        """A title for a reading."""
        return f"{self.subject.name}: {self._filled(self.random.choice(HEADINGS))}"

    def reading(self, sections: int = 5) -> str:
        """A reading in Markdown, of about 150 words a section."""
        return "\n\n".join(self._section() for _ in range(sections))

    def remark(self, asks: bool) -> str:
        """An annotation's words: a question, or a remark at any level of quality."""
        if asks:
            return self._filled(self.random.choice(QUESTIONS))
        kinds = self.random.choices((SHALLOW, SOLID, THOUGHTFUL), weights=(2, 5, 3))[0]
        return self._filled(self.random.choice(kinds))

    def reply(self) -> str:
        """A reply's words."""
        return self._filled(self.random.choice(REPLIES))

    def _section(self) -> str:
        heading = self._filled(self.random.choice(HEADINGS))
        paragraphs = (" ".join(self._sentence() for _ in range(self.random.randint(3, 5))) for _ in range(3))
        return f"## {heading}\n\n" + "\n\n".join(paragraphs)

    def _sentence(self) -> str:
        return self._filled(self.random.choice(SENTENCES))

    def _filled(self, pattern: str) -> str:
        thing, thing2 = self.random.sample(self.subject.things, 2)
        measure, measure2 = self.random.sample(self.subject.measures, 2)
        words = pattern.format(
            thing=thing,
            thing2=thing2,
            measure=measure,
            measure2=measure2,
            place=self.random.choice(self.subject.places),
            person=self.random.choice(self.subject.people),
        )
        return words[0].upper() + words[1:]

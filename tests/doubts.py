"""What students did not understand, for tests in which one can see what belongs together."""

LEAF = [
    "Why does light split the water and not the carbon dioxide?",
    "I don't understand where the oxygen from the water goes.",
    "How can light split water, what part of the leaf does it?",
    "I'm confused about the splitting of water by light.",
    "I don't get why water has to be split at all in the leaf.",
    "what happens to the oxygen after the water is split",
    "Does the leaf split water at night without light? I'm lost.",
    "I can't follow the step from light to split water.",
]

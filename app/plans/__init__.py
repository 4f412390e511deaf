"""From the confusion report to the group space: plans of a lesson, groups, votes in class, and what came of it."""

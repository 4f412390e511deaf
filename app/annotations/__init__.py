"""Annotations, endorsements, marks, flags, drafts."""

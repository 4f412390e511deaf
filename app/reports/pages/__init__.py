"""The confusion report as pages: one screen first, everything else one click deeper."""

from . import own, report, showing, topics

BLUEPRINTS = [report.pages, topics.pages, showing.pages, own.pages]

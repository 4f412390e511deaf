"""The pages of courses."""

from . import course, groups, joining, members, people, school_help, way_in

BLUEPRINTS = [
    joining.pages,
    course.pages,
    people.pages,
    members.pages,
    way_in.pages,
    groups.pages,
    school_help.pages,
]

"""A language that nobody speaks: every sentence of the interface, accented, so that what is not translated shows.

It lives under the code of a language that is not offered, so that months and weekdays differ from English too.
"""

import re
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = "fi"
GERMAN = Path(__file__).parents[2] / "app/translations/de/LC_MESSAGES/messages.po"
_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀćđéƒǵħíĵķĺḿńóṕʠŕśťúṽŵẋýźÁɃĆĐÉƑǴĦÍĴĶĹḾŃÓṔɊŔŚŤÚṼŴẊÝŹ",
)
_KEPT = re.compile(r"(%\(\w+\)[sd]|%%)")


def pseudo(text: str) -> str:
    """“Send %(n)s” as “Śéńđ %(n)s”: no letter of English is left, and placeholders stay."""
    parts = _KEPT.split(text)
    return "".join(part if _KEPT.fullmatch(part) else part.translate(_ACCENTED) for part in parts)


def german() -> Catalog:
    """The German catalogue, as it is in the repository."""
    with GERMAN.open("rb") as file:
        return read_po(file, locale="de")


def write_pseudo(folder: Path) -> None:
    """Compile the pseudo language's catalogue below ``folder``, from the words that German translates."""
    made = Catalog(locale=LOCALE)
    for message in german():
        if message.id:
            said = pseudo(message.id) if isinstance(message.id, str) else tuple(map(pseudo, message.id))
            made.add(message.id, said)
    target = folder / LOCALE / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, made)


def date_words() -> set[str]:
    """Months and weekdays of the pseudo language, which come from Babel and not from the catalogue."""
    locale = Locale(LOCALE)
    named = [*locale.months.values(), *locale.days.values()]
    words = {word for widths in named for names in widths.values() for word in names.values()}
    return {part for word in words for part in re.findall(r"[A-Za-z]+", word)} | {"klo"}

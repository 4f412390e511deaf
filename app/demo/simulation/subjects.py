"""The words that invented readings are made of."""

from typing import NamedTuple


class Subject(NamedTuple):
    """What a subject talks about. ``things`` do something to each other; ``measures`` can rise and fall."""

    name: str
    things: tuple[str, ...]
    measures: tuple[str, ...]
    places: tuple[str, ...]
    people: tuple[str, ...]


SUBJECTS = (
    Subject(
        "Light and sound",
        ("the wave", "the lens", "a narrow slit", "the mirror", "the air column", "the string", "the prism"),
        (
            "the frequency",
            "the wavelength",
            "the speed",
            "the amplitude",
            "the angle of incidence",
            "the focal length",
        ),
        ("at the surface", "in the glass", "near the focus", "inside the tube", "behind the slit"),
        ("the physicist", "the instrument maker", "the engineer"),
    ),
    Subject(
        "The living cell",
        (
            "the membrane",
            "an enzyme",
            "the nucleus",
            "a protein",
            "the mitochondrion",
            "the vacuole",
            "the ribosome",
        ),
        (
            "the concentration",
            "the pressure",
            "the rate of the reaction",
            "the temperature",
            "the amount of sugar",
        ),
        ("inside the cell", "at the membrane", "in the cytoplasm", "between two cells", "in the leaf"),
        ("the biologist", "the physician", "the gardener"),
    ),
    Subject(
        "A town and its market",
        (
            "the guild",
            "the council",
            "the harvest",
            "a tax on salt",
            "the new bridge",
            "the river trade",
            "the mint",
        ),
        ("the price of bread", "the wage", "the number of inhabitants", "the debt", "the rent", "the toll"),
        (
            "at the gate",
            "on the market square",
            "in the countryside",
            "beyond the river",
            "in the council hall",
        ),
        ("the chronicler", "the merchant", "the tax collector"),
    ),
    Subject(
        "Weather and climate",
        (
            "the warm front",
            "the ocean current",
            "a layer of cold air",
            "the glacier",
            "the forest",
            "the monsoon",
        ),
        (
            "the humidity",
            "the air pressure",
            "the rainfall",
            "the wind speed",
            "the mean temperature",
            "the cloud cover",
        ),
        ("over the ocean", "in the valley", "at the coast", "above the city", "near the equator"),
        ("the geographer", "the sailor", "the forecaster"),
    ),
)

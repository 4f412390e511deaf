"""What must be known of a picture before it is shown: that it is one, and its size."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from PIL import Image

from annotators.errors import ExtractionError

MOST_POINTS = 40_000_000
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")


@dataclass(frozen=True)
class ExtractedImage:
    """A picture: its size in points, as one sees it."""

    width: int
    height: int
    format: str
    medium: Literal["image"] = "image"

    def as_dict(self) -> dict[str, object]:
        """Return the picture's facts as plain JSON."""
        return asdict(self)


def extract(path: Path) -> ExtractedImage:
    """Read a picture's size and check its data; raises ExtractionError."""
    try:
        with Image.open(path, formats=_FORMATS) as image:
            width, height = image.size
            if width * height > MOST_POINTS:
                raise ExtractionError("image_too_large", {"width": width, "height": height})
            turned = image.getexif().get(0x0112) in {5, 6, 7, 8}
            kind = str(image.format).lower()
            image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ExtractionError("damaged_image") from error
    return ExtractedImage(*((height, width) if turned else (width, height)), kind)

"""Draw the demo's video: frames from Chromium, put together by ffmpeg. Run it when its captions change.

    .venv/bin/python tools/demo_video/make.py [FILE]

The captions beside the video are its script: the words in the picture are read from them. The fonts are
those of the front end, so that must have been built once.
"""

import base64
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from annotators.video.captions import extract  # noqa: E402  # found only once the root is on the path

MATERIAL = ROOT / "app" / "demo" / "material"
CAPTIONS = MATERIAL / "why-light-bends.vtt"
SECONDS = 106
FRAMES_A_SECOND = 12
CHROMIUM = "/usr/bin/chromium"


def frames(page: Page) -> Iterator[bytes]:
    """Every frame as JPEG."""
    for number in range(SECONDS * FRAMES_A_SECOND):
        at = number / FRAMES_A_SECOND
        data: str = page.evaluate("at => (drawAt(at), canvas.toDataURL('image/jpeg', .95))", at)
        yield base64.b64decode(data.partition(",")[2])


def open_page(playwright: Any) -> Page:
    """The drawing, with its fonts loaded and its words set."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    page: Page = browser.new_page()
    page.goto((Path(__file__).parent / "page.html").as_uri())
    page.evaluate(
        "Promise.all(['Source Serif 4', 'Source Sans 3'].map(f => document.fonts.load(`33px '${f}'`)))"
    )
    cues = [{"start": c.start, "end": c.end, "text": c.text} for c in extract(CAPTIONS.read_bytes()).cues]
    page.evaluate("cues => setCues(cues)", cues)
    return page


def encoder(target: Path) -> "subprocess.Popen[bytes]":
    """H.264 and a silent AAC track: some players hide their clock when there is no sound at all."""
    pictures = ["-f", "image2pipe", "-c:v", "mjpeg", "-framerate", str(FRAMES_A_SECOND), "-i", "-"]
    silence = ["-f", "lavfi", "-i", "anullsrc=r=44100:cl=mono"]
    video = [
        "-c:v",
        "libx264",
        "-preset",
        "slow",
        "-crf",
        "25",
        "-tune",
        "animation",
        "-pix_fmt",
        "yuv420p",
        "-g",
        "48",
    ]
    rest = ["-c:a", "aac", "-b:a", "24k", "-shortest", "-movflags", "+faststart", "-map_metadata", "-1"]
    command = ["ffmpeg", "-y", "-loglevel", "error", *pictures, *silence, *video, *rest, str(target)]
    return subprocess.Popen(command, stdin=subprocess.PIPE)


def main() -> int:
    """Make the file."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else MATERIAL / "why-light-bends.mp4"
    ffmpeg = encoder(target)
    assert ffmpeg.stdin is not None
    with sync_playwright() as playwright:
        for frame in frames(open_page(playwright)):
            ffmpeg.stdin.write(frame)
    ffmpeg.stdin.close()
    return ffmpeg.wait()


if __name__ == "__main__":
    sys.exit(main())

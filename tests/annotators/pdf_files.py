"""Small PDFs, written by hand so that every number in them is known."""

from pathlib import Path

WIDTH, HEIGHT = 600, 800


def write_pdf(path: Path, pages: list[str], *, rotate: int = 0, outline: str = "") -> Path:
    """Write a PDF whose pages show these lines in Helvetica 20, the first line 100 points below the top."""
    objects = ["<< /Type /Catalog /Pages 2 0 R" + (" /Outlines 4 0 R >>" if outline else " >>")]
    first = 6
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    objects.append("<< /Type /Outlines /First 5 0 R /Last 5 0 R /Count 1 >>")
    objects.append(f"<< /Title ({outline}) /Parent 4 0 R /Dest [{first} 0 R /Fit] >>")
    for at, text in enumerate(pages):
        lines = " T* ".join(f"({line}) Tj" for line in text.split("\n")) if text else ""
        stream = f"BT /F1 20 Tf 30 TL 60 {HEIGHT - 100} Td {lines} ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {rotate} "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {first + 2 * at + 1} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    body = "%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    path.write_bytes((body + table + trailer).encode("cp1252"))
    return path

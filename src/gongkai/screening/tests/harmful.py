"""PDF files that are made to loop, swell, hide or break, built byte by byte."""

from __future__ import annotations

import zlib

MEGABYTE = 1024 * 1024


def raw(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1, with a true table."""
    out = b"%PDF-1.7\n"
    places = []
    for number, item in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return out + b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, start)


def stream(data: bytes, more: bytes = b"", packed: bool = False) -> bytes:
    data = zlib.compress(data, 9) if packed else data
    packing = b"/Filter /FlateDecode " if packed else b""
    return b"<< %s%s/Length %d >>\nstream\n%s\nendstream" % (packing, more, len(data), data)


CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
TREE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
FONT = b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"


def page(
    content: bytes, *, sheet: bytes = b"[0 0 595 842]", more: bytes = b"", packed: bool = False, resources: bytes = FONT
) -> bytes:
    one = b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R /Resources %s %s >>" % (sheet, resources, more)
    return raw(CATALOGUE, TREE, one, stream(content, packed=packed))


TEXT = b"BT /F 12 Tf 72 700 Td (Tel 13800138000 plain words) Tj ET"


def honest() -> bytes:
    return page(TEXT)


def content_bomb() -> bytes:
    """Two kilobytes that unpack to a hundred megabytes of operators."""
    return page(b"q Q " * (25 * MEGABYTE), packed=True)


def many_rectangles() -> bytes:
    return page(b"0 0 10 10 re f\n" * 500_000 + TEXT, packed=True)


def giant_sheet() -> bytes:
    return page(TEXT, sheet=b"[0 0 200000 200000]")


def no_sheet() -> bytes:
    return page(TEXT, sheet=b"[0 0 0 0]")


def sheet_of_nonsense() -> bytes:
    return page(TEXT, sheet=b"[(a) /B null true]")


def far_away_words() -> bytes:
    return page(b"BT /F 12 Tf 99999999 -99999999 Td (Tel 13800138000) Tj ET")


def pages_in_a_circle() -> bytes:
    return raw(CATALOGUE, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>")


def form_in_itself() -> bytes:
    """A drawing that draws itself."""
    one = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"
    form = stream(
        b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> "
    )
    return raw(CATALOGUE, TREE, one, stream(b"/X Do"), form)


def forms_that_double() -> bytes:
    """Thirty drawings, each of which draws the next one twice."""
    one = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"
    forms = [
        stream(
            b"/X Do /X Do",
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >> " % (6 + number),
        )
        for number in range(30)
    ]
    last = stream(TEXT, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] ")
    return raw(CATALOGUE, TREE, one, stream(b"/X Do"), *forms, last)


def deep_arrays() -> bytes:
    return raw(
        CATALOGUE,
        TREE,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /X %s%s >>" % (b"[" * 100_000, b"]" * 100_000),
    )


def picture_bomb() -> bytes:
    """A picture of 20,000 by 20,000 points in a few kilobytes."""
    one = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"
    more = b"/Type /XObject /Subtype /Image /Width 20000 /Height 20000 /BitsPerComponent 8 /ColorSpace /DeviceGray "
    return raw(
        CATALOGUE, TREE, one, stream(b"q 500 0 0 500 0 0 cm /X Do Q"), stream(b"\0" * 400 * MEGABYTE, more, packed=True)
    )


def broken_table() -> bytes:
    return honest().replace(b"00000 n", b"99999 n").replace(b"startxref\n", b"startxref\n9")


def table_that_points_at_itself() -> bytes:
    data = honest()
    place = data.rindex(b"xref\n0")
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % place)


def attributes_of_nonsense() -> bytes:
    return page(TEXT, more=b"/Annots [1 null (x) << /Subtype 7 /Contents 3 /A [] >>] /Rotate (x) /CropBox 5")


def notes_in_a_circle() -> bytes:
    note = b"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (Tel 13900139000) /Popup 5 0 R /Parent 5 0 R >>"
    one = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources %s /Annots [5 0 R 5 0 R] >>"
        % FONT
    )
    return raw(CATALOGUE, TREE, one, stream(TEXT), note)


def names_in_a_circle() -> bytes:
    one = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources %s >>" % FONT
    catalogue = b"<< /Type /Catalog /Pages 2 0 R /Names << /Dests 5 0 R >> /AcroForm << /Fields [6 0 R] >> >>"
    field = b"<< /FT /Tx /T (a) /V (Tel 13700137000) /Kids [6 0 R] >>"
    return raw(catalogue, TREE, one, stream(TEXT), b"<< /Kids [5 0 R 5 0 R] >>", field)


def wrong_unicode() -> bytes:
    """A font that gives every letter half of a pair."""
    table = stream(b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <00> <FF> <D800> endbfrange")
    font = b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 5 0 R >> >> >>"
    one = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources %s >>" % font
    return raw(CATALOGUE, TREE, one, stream(TEXT), table)


def turned_by_nonsense() -> bytes:
    return page(TEXT, more=b"/Rotate 37 /UserUnit 99999")


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"3 0 R" for _ in range(count))
    one = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources %s >>" % FONT
    return raw(CATALOGUE, b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count), one, stream(TEXT))

"""Speed of every letter, made and shown, against a bare canvas of the same marks; and two hundred in a row."""

from __future__ import annotations

import gc
import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import perf_counter

import pypdfium2
from bench import embedded_fonts, medians, report, sample
from PIL import Image
from pypdfium2.raw import FPDF_PAGEOBJ_PATH
from reportlab.pdfgen.canvas import Canvas

from lkip_desktop.cycle_data import Snapshot

SCREEN = 96 / 72
MANY = 200


@dataclass(frozen=True)
class Marks:
    """What stands on a page: its size, its strings with place and type size, and how many lines and boxes."""

    size: tuple[float, float]
    strings: list[tuple[str, float, float, float]]
    paths: int


def letters() -> dict[str, float]:
    """Each letter's ratio to its bare canvas, and how two hundred of them grow."""
    from lkip_desktop.documents.catalog import make
    from lkip_desktop.documents.letter_facts import subjects
    from lkip_desktop.documents.letter_kinds import LETTERS

    snapshot = _snapshot()
    faces = embedded_fonts()
    figures: dict[str, float] = {}
    for letter in LETTERS:
        one = replace(snapshot, subject=next(iter(subjects(letter.id, snapshot)), ""))
        marks = list(_marks(make(letter.id, one).data))
        ours, bare = _maker(letter.id, one), _bare(marks, faces)
        made, plain, shown, plain_shown = medians(15, ours, bare, _shown(ours), _shown(bare))
        against = f"a bare canvas of its {sum(len(m.strings) for m in marks)} strings"
        figures[f"made_{letter.id}"] = report(letter.title, made, plain, against, "(no aim; told beside)")
        figures[f"shown_{letter.id}"] = report(
            f"{letter.title}, shown", shown, plain_shown, f"{against}, shown", "<= 2x"
        )
    return {**figures, **_with_a_logo(snapshot), **_in_a_row(_maker("cover-letter", snapshot))}


def _with_a_logo(snapshot: Snapshot) -> dict[str, float]:
    """What an office's own scan in the letterhead costs; the sample's letterhead has none."""
    scan = io.BytesIO()
    Image.effect_noise((15, 18), 60).resize((1500, 1800)).quantize(6).convert("RGBA").save(scan, "PNG")
    scanned = replace(snapshot, logo=scan.getvalue())
    with_it, without = medians(15, _maker("cover-letter", scanned), _maker("cover-letter", snapshot))
    against = "itself without one"
    return {"logo": report("Surat Pengantar with a scanned logo", with_it, without, against, "(no aim; told beside)")}


def _snapshot() -> Snapshot:
    from db.files import CycleFiles
    from lkip_desktop import office
    from lkip_desktop.ports import SystemClock

    with tempfile.TemporaryDirectory() as folder:
        cycle, opening = office.open_cycle(CycleFiles(), sample(Path(folder), 10), SystemClock())
        assert cycle is not None, opening.message
        snapshot = office.snapshot(cycle, date(2027, 2, 26))
        cycle.close()
    return snapshot


def _maker(kind: str, snapshot: Snapshot) -> Callable[[], bytes]:
    from lkip_desktop.documents.catalog import make

    return lambda: make(kind, snapshot).data


def _marks(data: bytes) -> list[Marks]:
    found = []
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        boxes = [text.get_rect(i) for i in range(text.count_rects())]
        strings = [(text.get_text_bounded(*box), box[0], box[1], box[3] - box[1]) for box in boxes]
        paths = sum(1 for _ in page.get_objects(filter=[FPDF_PAGEOBJ_PATH]))
        found.append(Marks(page.get_size(), strings, paths))
    return found


def _bare(marks: list[Marks], faces: list[str]) -> Callable[[], bytes]:
    def draw() -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, invariant=1)
        for page in marks:
            canvas.setPageSize(page.size)
            for index, (text, x, y, size) in enumerate(page.strings):
                canvas.setFont(faces[index % 2], max(size, 6))
                canvas.drawString(x, y, text)
            for index in range(page.paths):
                canvas.line(85, 100 + index, 500, 100 + index)
            canvas.showPage()
        canvas.save()
        return out.getvalue()

    return draw


def _shown(maker: Callable[[], bytes]) -> Callable[[], object]:
    """The file made and its first page painted for the screen, as the preview does."""

    def show() -> object:
        document = pypdfium2.PdfDocument(maker())
        picture = document[0].render(scale=SCREEN)
        document.close()
        return picture

    return show


def _in_a_row(maker: Callable[[], bytes]) -> dict[str, float]:
    """Whether the last of two hundred letters takes as long as the first, and what memory stays behind."""
    maker()
    before, begun = _memory(), perf_counter()
    for _ in range(MANY // 2):
        maker()
    half, between = perf_counter(), _memory()
    for _ in range(MANY // 2):
        maker()
    growth = report(
        f"the second {MANY // 2} letters in a row", perf_counter() - half, half - begun, "the first", "~ 1x"
    )
    after = _memory()
    print(f"memory: {before:.1f} MB before, {between:.1f} MB after {MANY // 2}, {after:.1f} MB after {MANY}, aim: flat")
    return {"row_growth": growth, "row_memory_mb": round(after - between, 2)}


def _memory() -> float:
    """What the process holds now, in MB."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1e6

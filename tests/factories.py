"""SOPs for tests: the office's ten steps without its forms, and random ones."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from lkip_desktop.sop.model import Actor, Cover, Duration, Edge, Shape, Sop, Step, TimeUnit, Wording

ACTORS = (
    ("inspektur", "Inspektur", "Inspektur"),
    ("sekretaris", "Sekretaris", "Sekretaris"),
    ("analis", "Analis Perencana", "Analisis Perencana"),
    ("tim", "Tim Penyusun", "Tim Penyusun"),
    ("staf", "Staf Sekretariat", "Staff Sekretariat"),
    ("setda", "Bag. Organisasi Setda", "Bag. Organisasi Setda"),
)
DRAFT = "Draf Dokumen LKIP Inspektorat Kab. Serang"
# id, title, activity, actor, shape, requirement, amount, unit, output, receiver, edges (target, label)
TEN = (
    ("perintah", "Perintah penyusunan", "Memerintahkan penyusunan LKIP Inspektorat Kab. Serang",
     "inspektur", "start", "Disposisi Surat", 15, "menit", "Disposisi Surat", "", (("format", ""),)),
    ("format", "Format pengumpulan data",
     "Membuat, menyampaikan, dan menghimpun format pengumpulan data dan informasi kinerja dari masing-masing "
     "Irban Wilayah dan Sekretariat",
     "analis", "process", "Draf format penyusunan LKIP Inspektorat Kab. Serang", 1, "hari",
     "Format Penyusunan LKIP Inspektorat Kab. Serang", "", (("data", ""),)),
    ("data", "Analisis data kinerja", "Menganalisa dan mengevaluasi data dan informasi kinerja yang terkumpul",
     "tim", "process", "Format Penyusunan LKIP Inspektorat Kab. Serang", 4, "hari",
     "Data dan Informasi Kinerja Inspektorat Kab. Serang", "", (("draf", ""),)),
    ("draf", "Draf dokumen LKIP", "Membuat draf dokumen LKIP Inspektorat Kab. Serang",
     "tim", "process", "Data dan Informasi kinerja Inspektorat Kab. Serang", 2, "hari", DRAFT, "",
     (("rapat", ""),)),
    ("rapat", "Rapat finalisasi",
     "Menyelenggarakan rapat finalisasi LKIP dan menyampaikan hasil rapat kepada Sekretaris",
     "tim", "process", DRAFT, 1, "hari", f"{DRAFT} dan Laporan Hasil Rapat", "", (("koreksi", ""),)),
    ("koreksi", "Koreksi draf LKIP",
     "Mengoreksi draf dokumen LKIP Inspektorat Kab. Serang dan menyampaikan kepada Inspektur untuk memintakan "
     "persetujuan",
     "sekretaris", "decision", f"{DRAFT} dan Laporan Hasil Rapat", 1, "hari", f"{DRAFT} yang telah terkoreksi", "",
     (("tanda_tangan", "ya"), ("draf", "tidak"))),
    ("tanda_tangan", "Penandatanganan",
     "Menandatangani dokumen LKIP Inspektorat Kab. Serang kemudian meneruskan ke Analis Perencana",
     "inspektur", "decision", f"{DRAFT} yang telah terkoreksi", 1, "jam", f"{DRAFT} yang telah ditandatangani", "",
     (("pengantar", "ya"), ("koreksi", "tidak"))),
    ("pengantar", "Surat pengantar",
     "Menyiapkan Surat Pengantar pengiriman sekaligus penomoran surat, kemudian diserahkan ke staf untuk dikirimkan "
     "ke alamat yang dituju",
     "analis", "process", "Konsep Surat Pengantar", 15, "menit", "Surat Pengantar", "", (("kirim", ""),)),
    ("kirim", "Penggandaan, pengiriman, arsip",
     "Menggandakan, mengantar surat, dan mengarsipkan dokumen LKIP Inspektorat Kab. Serang",
     "staf", "process", "Surat Pengantar dan Dokumen LKIP", 1, "jam", "Dokumen LKIP telah dikirim dan diarsipkan",
     "", (("serah", ""),)),
    ("serah", "Penyerahan dokumen", "Menyerahkan Dokumen LKIP",
     "staf", "end", "Surat Pengantar dan Dokumen LKIP", 1, "jam",
     "Dokumen LKIP telah diterima dan dibuktikan dengan tanda terima penyerahan LKIP dari Inspektorat ke "
     "Bag. Organisasi Setda", "setda", ()),
)  # fmt: skip
COVER = Cover(
    government="PEMERINTAH KABUPATEN SERANG",
    unit="INSPEKTORAT KABUPATEN SERANG",
    number="700230/Insp/2025",
    created="17 Juli 2020",
    revised="05 Mei 2025",
    effective="05 Mei 2025",
    approved_position="Inspektur",
    approved_name="Drs. Rudy Suhartanto, M.Si",
    approved_nip="19670612 198603 1 003",
    name=Wording(
        "PENYUSUNAN LAPORAN KINERJA INSTANSI PEMERINTA (LKIP)",
        "PENYUSUNAN LAPORAN KINERJA INSTANSI PEMERINTAH (LKIP)",
    ),
    closing_place_date="Serang, 05 Mei 2025",
    closing_position="Inspektur Kab. Serang",
)


def wording(text: str) -> Wording:
    """The same text as issued and clean."""
    return Wording(text, text)


def make_step(number: int, row: tuple, **changes: object) -> Step:
    """A step from a row of TEN, with any of its fields changed."""
    key, title, activity, actor, shape, requirement, amount, unit, output, receiver, edges = row
    facts: dict = {
        "id": key,
        "number": number,
        "title": title,
        "activity": wording(activity),
        "actor": actor,
        "shape": Shape(shape),
        "requirement": wording(requirement),
        "duration": Duration(amount, TimeUnit(unit)),
        "output": wording(output),
        "receiver": receiver,
        "edges": tuple(Edge(target, label) for target, label in edges),
    }
    return Step(**(facts | changes))


def make_sop(steps: Sequence[Step] | None = None, actors: int = len(ACTORS)) -> Sop:
    """The office's ten steps, or other steps among the first `actors` actors."""
    if steps is None:
        steps = [make_step(n, row) for n, row in enumerate(TEN, start=1)]
    return Sop(
        id="lkip-uji",
        cover=COVER,
        lists=(),
        actors=tuple(_actor(i) for i in range(actors)),
        steps=tuple(steps),
        records=(),
        total_days=10,
    )


def _actor(index: int) -> Actor:
    if index < len(ACTORS):
        return Actor(*ACTORS[index])
    return Actor(f"pelaksana{index}", f"Pelaksana {index}", f"Pelaksana {index}")


def long_sop(count: int) -> Sop:
    """`count` steps that walk to and fro between six actors, every fifth a decision that returns two rows up."""
    steps = []
    for i in range(count):
        edges = (Edge(f"s{i + 1}"),) if i + 1 < count else ()
        shape = Shape.START if i == 0 else Shape.PROCESS if edges else Shape.END
        if i % 5 == 4 and edges:
            shape, edges = Shape.DECISION, (Edge(f"s{i + 1}", "ya"), Edge(f"s{i - 2}", "tidak"))
        steps.append(make_step(i + 1, TEN[i % 10], id=f"s{i}", shape=shape, edges=edges, receiver=""))
    return make_sop(steps)


LABELS = st.sampled_from(["ya", "tidak", "setuju dengan catatan", "x"])


@st.composite
def sops(draw: st.DrawFn) -> Sop:
    """Random SOPs: 3–30 steps, 1–10 actors, decisions with up to four arrows to any row, receivers."""
    count, actors = draw(st.integers(3, 30)), draw(st.integers(1, 10))
    names = [_actor(i).id for i in range(actors)]
    steps = []
    for i in range(count):
        shape = Shape.START if i == 0 else Shape.END if i == count - 1 else Shape.PROCESS
        edges: tuple[Edge, ...] = () if shape is Shape.END else (Edge(f"s{i + 1}"),)
        if shape is Shape.PROCESS and draw(st.integers(0, 2)) == 0:
            shape = Shape.DECISION
            labels = draw(st.lists(LABELS, min_size=2, max_size=4, unique=True))
            edges = tuple(Edge(f"s{draw(st.integers(0, count - 1))}", label) for label in labels)
        elif edges and draw(st.integers(0, 4)) == 0:
            edges = (Edge(f"s{draw(st.integers(0, count - 1))}"),)
        receiver = draw(st.sampled_from(names)) if draw(st.integers(0, 5)) == 0 else ""
        row = TEN[draw(st.integers(0, 9))]
        actor = draw(st.sampled_from(names))
        steps.append(make_step(i + 1, row, id=f"s{i}", shape=shape, actor=actor, edges=edges, receiver=receiver))
    return make_sop(steps, actors)

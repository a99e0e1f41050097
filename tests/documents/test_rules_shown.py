"""The office's rules change report, workbook and CSV alike; the numbers are worked out by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents.catalog import make
from lkip_desktop.documents.report import Note, Paragraph
from lkip_desktop.documents.report_build import report
from lkip_desktop.documents.workbook_read import read_workbook
from tests.documents.builders import rows, snapshot

RULES = {
    "rule_minimise": "target ÷ realisasi",
    "rule_cap": "120 %",
    "rule_rounding": "potong",
    "rule_efficiency": "rumus PMK 22/2021",
    **rows("rule_scale", [{"least": "0", "label": "Perlu Upaya"}, {"least": "98,4", "label": "Baik"}]),
}
# 3,05 ÷ 3,10; 3 ÷ 3; 86,50 ÷ 85; 74,20 ÷ 80; 20 ÷ 24; 79,40 ÷ 80,50; 87,20 ÷ 85: cut off behind the second decimal.
ACHIEVED = ["98,38", "100,00", "101,76", "92,75", "83,33", "98,63", "102,58"]
# (98,38710 + 100 + 101,76471 + 92,75 + 83,33333 + 98,63354 + 102,58824) ÷ 7 = 96,77956
MEAN = "96,77"


def measured() -> Snapshot:
    return snapshot(**RULES)


def test_the_csv_has_them() -> None:
    found = list(csv.DictReader(io.StringIO(make("achievement", measured(), ending="csv").data.decode("utf-8"))))
    assert [row["capaian"] for row in found] == ACHIEVED
    assert [row["predikat"] for row in found][:3] == ["Perlu Upaya", "Baik", "Baik"]


def test_the_workbook_has_them() -> None:
    data, printed = read_workbook("a.xlsx", make("achievement", measured(), ending="xlsx").data)
    assert [row[6].text for row in data.rows[1:]] == ACHIEVED
    texts = [[cell.text for cell in row if cell.text] for row in printed.rows]
    assert next(row for row in texts if row[:1] == ["Rata-rata capaian"])[1:3] == [MEAN, "Perlu Upaya"]


def test_the_report_says_them() -> None:
    said = [part.text for part in report(measured()).parts() if isinstance(part, Paragraph)]
    method = next(text for text in said if "Predikat ditentukan" in text)
    assert "paling tinggi 120 %. Angka capaian ditampilkan tanpa pembulatan" in method
    assert "skala yang ditetapkan Inspektorat Kabupaten Serang" in method
    assert "Menteri Dalam Negeri" not in method
    assert any(f"Rata-rata capaian indikator kinerja tahun 2026 sebesar {MEAN} %" in text for text in said)
    assert not any("96,78" in text for text in said)
    # (17.642.231.445 × 0,9677956 − 16.609.250.000) ÷ (17.642.231.445 × 0,9677956) = 2,7225 %; 50 + 2,7225 ÷ 20 × 50
    efficiency = next(text for text in said if "menghasilkan efisiensi" in text)
    assert f"sebesar {MEAN} % dan serapan anggaran 94,14 % menghasilkan efisiensi 2,72 %" in efficiency
    assert "dinilai efisien (nilai efisiensi 56,80)" in efficiency


def test_a_scale_with_the_limits_of_the_regulation_names_it() -> None:
    labels = ("Sangat Kurang", "Kurang", "Cukup", "Baik", "Sangat Baik")
    own = [{"least": least, "label": label} for least, label in zip(("0", "51", "66", "76", "91"), labels, strict=True)]
    found = snapshot(**rows("rule_scale", own))
    said = [part.text for part in report(found).parts() if isinstance(part, Paragraph)]
    assert any("Peraturan Menteri Dalam Negeri Nomor 86 Tahun 2017" in text for text in said)


def measuring(grades: Sequence[Mapping[str, str]] = (), **typed: str) -> Snapshot:
    entry = {"objective": "S", "name": "Temuan material", "unit": "temuan", "direction": "turun", **typed}
    return snapshot(**rows("indicators", [entry]), **rows("rule_grades", grades))


def test_an_achievement_that_the_office_set_is_told_with_its_grounds() -> None:
    typed = {"target": "0", "actual": "2", "manual": "50"}
    grounds = "Dua temuan dari empat objek."
    said = [part.text for part in report(measuring(**typed, manual_note=grounds)).parts() if isinstance(part, Note)]
    told = "Temuan material: capaian ditetapkan 50,00 % karena target 0 terlampaui sehingga capaian perlu dinilai"
    assert sum(f"{told} tersendiri. Dasar penetapan: Dua temuan dari empat objek." in text for text in said) == 2
    said = [part.text for part in report(measuring(**typed)).parts() if isinstance(part, Note)]
    assert sum(text.endswith("perlu dinilai tersendiri.") for text in said) == 2


def method(found: Snapshot) -> str:
    said = [part.text for part in report(found).parts() if isinstance(part, Paragraph)]
    start = next(place for place, text in enumerate(said) if text.startswith("Untuk indikator yang makin kecil"))
    return "\n".join(said[start + 1 : start + 3])


def test_the_method_tells_of_achievements_that_no_formula_gives() -> None:
    assert "Target 0 yang terpenuhi dinilai 100 %." in method(measuring(target="0", actual="0"))
    assert "Target 0" not in method(measuring(target="0", actual="2"))
    assert "realisasi yang sama dengan target dinilai 100 %." in method(measuring(target="WTP", actual="WTP"))
    grades = [{"label": "Predikat A", "number": "6"}, {"label": "BB", "number": "5,50"}]
    found = measuring(grades, target="A", actual="BB", direction="naik")
    assert "ditetapkan Inspektorat Kabupaten Serang: Predikat A = 6; BB = 5,50." in method(found)
    assert method(measuring(target="20", actual="24")).startswith("Capaian setiap indikator")

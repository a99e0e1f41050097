"""Two versions of a report side by side."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path

import docx
import pytest

from lkip_desktop.documents.catalog import make
from lkip_desktop.documents.docx_compare import Difference, Kind, compare, document_lines
from lkip_desktop.errors import UserError
from tests.documents.builders import logo_png, rich_snapshot, snapshot


def report(**values: str) -> bytes:
    return make("report", snapshot(**values)).data


def test_equal_versions_do_not_differ() -> None:
    assert compare(report(), report()) == ()


def test_a_changed_paragraph_stands_beside_the_old_one() -> None:
    old = report(report_issues="Isu pertama tentang tindak lanjut temuan.")
    new = report(report_issues="Isu pertama tentang tindak lanjut hasil temuan.\nIsu kedua yang baru.")
    assert compare(old, new) == (
        Difference(
            Kind.PARAGRAPH,
            "C. Isu Strategis",
            "Isu pertama tentang tindak lanjut temuan.",
            "Isu pertama tentang tindak lanjut hasil temuan.",
        ),
        Difference(Kind.PARAGRAPH, "C. Isu Strategis", "", "Isu kedua yang baru."),
    )


def test_a_changed_figure_is_a_row_of_its_tables_and_its_charts() -> None:
    found = compare(report(), report(**{"indicators/r4/actual": "75,00"}))
    kinds = {difference.kind for difference in found}
    assert kinds >= {Kind.TABLE, Kind.FIGURE}
    rows = [difference for difference in found if difference.kind is Kind.TABLE]
    assert all("75,00" in row.new or "%" in row.new for row in rows)


def test_another_picture_is_noticed() -> None:
    def with_logo(logo: bytes | None) -> bytes:
        return make("report", snapshot(logo=logo)).data

    (difference,) = [d for d in compare(with_logo(None), with_logo(logo_png())) if d.kind is Kind.FIGURE]
    assert difference.old == ""


def test_a_version_that_libreoffice_saved_has_the_same_charts(tmp_path: Path) -> None:
    path = tmp_path / "laporan.docx"
    path.write_bytes(report())
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "lain"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert compare(path.read_bytes(), (tmp_path / "lain" / "laporan.docx").read_bytes()) == ()


def test_lists_of_contents_are_not_compared() -> None:
    lines = document_lines(make("report", rich_snapshot()).data)
    assert not [line for line in lines if line.heading in ("DAFTAR ISI", "DAFTAR TABEL") and line.text != line.heading]
    assert sum(line.text == "B. Realisasi Anggaran" for line in lines) == 1


def test_what_is_no_document_gives_a_sentence() -> None:
    out = BytesIO()
    docx.Document().save(out)
    assert compare(out.getvalue(), out.getvalue()) == ()
    with pytest.raises(UserError):
        compare(out.getvalue(), b"PK\x03\x04bukan")


def test_rows_of_a_long_table_stand_beside_each_other_when_every_figure_changed() -> None:
    def table(first: int) -> str:
        names = ("Reviu", "Audit", "Evaluasi", "Pemantauan", "Asistensi")
        rows = (f"| Kegiatan {names[n % 5]} bidang {chr(65 + n)} | {first + n} |" for n in range(50))
        return "\n".join(("Tabel: Kegiatan", "| Uraian | Jumlah |", *rows))

    found = compare(report(report_issues=table(1000)), report(report_issues=table(2000)))
    assert len(found) == 50
    assert {(one.kind, one.old.replace("| 1", "| 2") == one.new) for one in found} == {(Kind.TABLE, True)}

"""Backup, restore and rescue as a technician types them."""

from __future__ import annotations

from pathlib import Path

from tests.db.support import worked_on
from tests.test_cli import run


def test_backup_restore_and_rescue(tmp_path: Path) -> None:
    path = worked_on(tmp_path / "LKIP-2026.lkip")
    (tmp_path / "stick").mkdir()
    made = Path(run("backup", path, "--to", tmp_path / "stick").strip())
    assert made.parent == tmp_path / "Cadangan" / "LKIP-2026"
    assert (tmp_path / "stick" / "Cadangan" / "LKIP-2026" / made.name).exists()
    assert "Tempat kedua tidak ada" in run("backup", path, "--to", tmp_path / "lain", status=1)
    run("restore", made, tmp_path / "pulih.lkip")
    assert run("check", tmp_path / "pulih.lkip") == "Berkas utuh.\n"
    assert "sudah ada" in run("restore", made, tmp_path / "pulih.lkip", status=1)
    path.write_bytes(bytes(4096) + path.read_bytes()[4096:])
    assert "bukan berkas siklus" in run("check", path, status=1)
    assert "diselamatkan ke “baru.lkip”" in run("rescue", path, tmp_path / "baru.lkip")
    assert run("check", tmp_path / "baru.lkip") == "Berkas utuh.\n"
    assert "Tidak ada yang dapat diselamatkan" in run("rescue", tmp_path / "stick", tmp_path / "x.lkip", status=1)

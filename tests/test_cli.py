"""The command line as a technician types it: a real process, real files, and one sentence when something is wrong."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lkip_desktop.commands.tools import user_name

ROOT = Path(__file__).parent.parent
TRACE = "Traceback"


def run(*arguments: str | Path, status: int = 0) -> str:
    """What the command prints; on status 1 the one sentence on standard error."""
    command = [sys.executable, "-m", "lkip_desktop", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == status, done.stderr or done.stdout
    assert TRACE not in done.stderr
    if status:
        lines = done.stderr.strip().splitlines()
        assert len(lines) == 1, done.stderr
        return lines[0]
    return done.stdout


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "LKIP-2026.lkip"
    run("new", path, "--year", "2026", "--sample", "--until-step", "6")
    return path


def test_status_tells_where_the_cycle_stands(sample: Path) -> None:
    facts = json.loads(run("status", sample, "--json"))
    assert (facts["year"], facts["step"], facts["steps"], facts["actor"]) == (2026, 6, 10, "Sekretaris")
    assert facts["decisions"] == ["ya", "tidak"]
    assert [r["id"] for r in facts["records"]][:2] == ["surat_edaran", "sk_tim"]
    assert facts["closed"] is False
    text = run("status", sample)
    assert "Langkah 6 dari 10: giliran Sekretaris" in text


def test_a_sample_cycle_goes_through_every_step_with_two_returns(tmp_path: Path) -> None:
    path = tmp_path / "Siklus #1 & 100%.lkip"
    run("new", path, "--year", "2026", "--sample")
    steps = []
    acts = [[]] * 5 + [["--decision", "tidak", "--reason", "Perbaiki Bab III"]] + [[]] * 2
    acts += [["--decision", "ya"], ["--decision", "tidak", "--reason", "Tanggal keliru"], *[["--decision", "ya"]] * 2]
    for act in [*acts, [], [], []]:
        steps.append(json.loads(run("status", path, "--json"))["step"])
        run("complete", path, *act)
    assert steps == [1, 2, 3, 4, 5, 6, 4, 5, 6, 7, 6, 7, 8, 9, 10]
    facts = json.loads(run("status", path, "--json"))
    assert facts["closed"] is True
    assert all(record["present"] for record in facts["records"])
    assert run("check", path) == "Berkas utuh.\n"
    assert "sudah ditutup" in run("complete", path, status=1)


def test_a_sample_that_does_not_fit_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "siklus.lkip"
    eleven = ROOT / "tests" / "data" / "sop-sebelas.toml"
    assert "tidak cocok" in run(
        "new", path, "--year", "2026", "--sample", "--until-step", "4", "--sop", eleven, status=1
    )
    assert list(tmp_path.iterdir()) == []
    run("new", path, "--year", "2026")
    before = path.read_bytes()
    given = ("new", path, "--year", "2026", "--sample", "--until-step", "4", "--sop", eleven, "--force")
    assert "tidak cocok" in run(*given, status=1)
    assert path.read_bytes() == before


def test_refusals_name_what_is_missing(tmp_path: Path, sample: Path) -> None:
    path = tmp_path / "kosong.lkip"
    run("new", path, "--year", "2026")
    assert "Belum diisi: Nomor surat" in run("complete", path, status=1)
    assert "tidak memerlukan keputusan" in run("complete", path, "--decision", "ya", status=1)
    before = sample.read_bytes()
    assert "Ya atau Tidak" in run("complete", sample, status=1)
    assert "alasan" in run("complete", sample, "--decision", "tidak", status=1)
    assert sample.read_bytes() == before


def test_existing_files_are_kept_without_force(sample: Path, tmp_path: Path) -> None:
    before = sample.read_bytes()
    assert "sudah ada" in run("new", sample, "--year", "2027", status=1)
    out = tmp_path / "surat.pdf"
    out.write_bytes(b"milik orang")
    assert "sudah ada" in run("export", sample, "cover-letter", out, status=1)
    assert out.read_bytes() == b"milik orang"
    run("export", sample, "cover-letter", out, "--force")
    assert out.read_bytes().startswith(b"%PDF-")
    assert sample.read_bytes() == before


@pytest.mark.parametrize("to", ["same", "link", "hard link", "other", "renamed"])
def test_a_document_never_takes_the_place_of_a_cycle(tmp_path: Path, sample: Path, to: str) -> None:
    cycle = Path(shutil.copyfile(sample, tmp_path / ("siklus.dat" if to == "renamed" else "LKIP.lkip")))
    out = tmp_path / {"same": "LKIP.lkip", "renamed": "siklus.dat", "link": "tautan.pdf"}.get(to, "lain.lkip")
    if to == "link":
        out.symlink_to(cycle)
    elif to == "hard link":
        out = tmp_path / "lain.pdf"
        os.link(cycle, out)
    elif to == "other":
        shutil.copyfile(sample, out)
    assert "tidak pernah ditimpa" in run("export", cycle, "cover-letter", out, "--force", status=1)
    assert cycle.read_bytes() == out.read_bytes() == sample.read_bytes()


def test_places_where_no_document_can_be_are_said(tmp_path: Path, sample: Path) -> None:
    assert "adalah folder" in run("export", sample, "cover-letter", tmp_path, "--force", status=1)
    assert "lebih pendek" in run("export", sample, "cover-letter", tmp_path / ("x" * 300), status=1)
    assert "Periksa foldernya" in run("export", sample, "cover-letter", tmp_path / "hilang" / "x.pdf", status=1)
    assert "terlalu panjang" in run("new", tmp_path / ("x" * 300), "--year", "2026", "--sample", status=1)
    assert list(tmp_path.iterdir()) == []


def test_output_that_nobody_can_take_ends_in_one_sentence(sample: Path) -> None:
    command = [sys.executable, "-u", "-m", "lkip_desktop", "status", str(sample)]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines() == ["Perintah sudah selesai, tetapi keluarannya tidak dapat ditulis (disk penuh)."]


def test_an_account_without_a_name_has_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 54321)
    assert user_name() == "pengguna 54321"


def test_an_output_that_knows_no_such_letter_still_gets_the_text(tmp_path: Path) -> None:
    path = tmp_path / "siklus.lkip"
    run("new", path, "--year", "2026", "--sop", ROOT / "tests" / "data" / "sop-sebelas.toml")
    command = [sys.executable, "-m", "lkip_desktop", "status", str(path), "--json"]
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=ascii_only)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_listed_kind_exports(sample: Path, tmp_path: Path) -> None:
    kinds = [line.split("\t") for line in run("export", "--list").splitlines()]
    assert {kind for kind, *_ in kinds} >= {
        "report", "cover-letter", "disposition", "receipt", "flowchart", "status-sheet",
    }  # fmt: skip
    for kind, extension, _title in kinds:
        out = tmp_path / f"{kind}.{extension.lstrip('.')}"
        run("export", sample, kind, out)
        assert extension == "csv" or out.read_bytes()[:4] in (b"%PDF", b"PK\x03\x04")


def test_plan_meets_the_facts_of_the_calendar() -> None:
    facts = dict(line.split("\t")[:2] for line in run("plan", "--deadline", "2027-02-28").splitlines())
    assert facts["effective_deadline"] == "2027-02-26"
    assert facts["latest_start"] == "2027-02-15"
    assert facts["end"] == "2027-02-26"
    facts = dict(line.split("\t")[:2] for line in run("plan", "--deadline", "2026-02-27").splitlines())
    assert facts["latest_start"] == "2026-02-12"
    late = run("plan", "--deadline", "2027-02-26", "--start", "2027-02-16")
    assert "late\tya" in late


def test_a_second_sop_runs_without_a_line_of_code(tmp_path: Path) -> None:
    path = tmp_path / "lain.lkip"
    run("new", path, "--year", "2026", "--sop", ROOT / "tests" / "data" / "sop-sebelas.toml")
    facts = json.loads(run("status", path, "--json"))
    assert (facts["sop"], facts["steps"], facts["actor"]) == ("sop-sebelas", 11, "Kepala Dinas")


BAD = [
    (["status", "tidak-ada.lkip"], "tidak ditemukan"),
    (["status", "{folder}"], "folder"),
    (["check", "{zero}"], "kosong|0 byte"),
    (["complete", "{text}"], "bukan berkas siklus|bukan berkas"),
    (["export", "{text}", "cover-letter", "{out}"], "bukan"),
    (["export", "{text}", "puisi", "{out}"], "tidak dikenal"),
    (["export"], "export --list"),
    (["new", "{out}", "--year", "1"], "Tahun 1 tidak dapat dipakai"),
    (["new", "{out}", "--year", "1", "--sample"], "Tahun 1"),
    (["new", "{out}", "--year", "abc"], "tidak dapat dipahami"),
    (["new", "{out}", "--year", "2026", "--sample", "--until-step", "99"], "Langkah 99 tidak ada"),
    (["new", "{out}", "--year", "2026", "--until-step", "2"], "--sample"),
    (["new", "{out}", "--year", "2026", "--sample", "--until-step", "0"], "Langkah 0 tidak ada"),
    (["new", "{out}", "--year", "2026", "--sop", "{text}"], "TOML"),
    (["plan", "--deadline", "30-02-2027"], "bukan tanggal"),
    (["plan", "--deadline", "0001-01-01"], "Tahun 1"),
    (["plan", "--deadline", "9999-12-31"], "Tahun 9999"),
    (["sop-check", "{text}"], "TOML"),
    (["sop-check", "{folder}"], "tidak dapat dibaca"),
    (["entah"], "tidak dapat dipahami"),
    ([], "tidak dapat dipahami"),
]


@pytest.mark.parametrize(("arguments", "words"), BAD, ids=[" ".join(a) or "nothing" for a, _ in BAD])
def test_bad_input_gets_one_sentence(tmp_path: Path, arguments: list[str], words: str) -> None:
    zero, text = tmp_path / "nol.lkip", tmp_path / "teks.lkip"
    zero.write_bytes(b"")
    text.write_text("halo, ini bukan siklus", encoding="utf-8")
    places = {"folder": tmp_path, "zero": zero, "text": text, "out": tmp_path / "keluar.lkip"}
    assert re.search(words, run(*[a.format(**places) for a in arguments], status=1))
    assert zero.read_bytes() == b""
    assert text.read_text(encoding="utf-8") == "halo, ini bukan siklus"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["nol.lkip", "teks.lkip"]


def test_a_name_with_the_ending_of_another_format_is_not_written(sample: Path, tmp_path: Path) -> None:
    said = run("export", sample, "completeness", tmp_path / "periksa.docx", status=1)
    assert said == "Pemeriksaan Kelengkapan tidak ditulis sebagai .docx, tetapi .pdf atau .xlsx atau .csv."
    assert "tetapi .docx" in run("export", sample, "report", tmp_path / "laporan.pdf", status=1)
    for name in ("capaian.txt", "capaian.csv.bak", "LKIP v1.2"):
        assert "tetapi .pdf atau .xlsx atau .csv" in run("export", sample, "achievement", tmp_path / name, status=1)
    assert not list(tmp_path.iterdir())
    run("export", sample, "completeness", tmp_path / "tanpa ending")
    assert (tmp_path / "tanpa ending").read_bytes().startswith(b"%PDF-")


def test_a_letter_is_issued_registered_exported_and_signed(tmp_path: Path) -> None:
    path = tmp_path / "LKIP-2026.lkip"
    run("new", path, "--year", "2026", "--sample", "--until-step", "8")
    number = "000.8.6.3/031/Insp/2027"
    said = run("issue", path, "cover-letter", "--date", "2027-02-15", "--number", number).splitlines()
    assert said[-1].split("\t")[:2] == [number, "2027-02-15"]
    assert "memerlukan alasan" in run("issue", path, "cover-letter", status=1)
    assert "bukan jenis surat" in run("issue", path, "flowchart", status=1)
    assert "tidak ada dalam profil" in run("issue", path, "cover-letter", "--signer", "Siapa", status=1)
    assert number in run("register", path)
    for ending in ("pdf", "xlsx", "csv"):
        run("register", path, tmp_path / f"register.{ending}", "--year", "2027")
        assert (tmp_path / f"register.{ending}").stat().st_size > 100
    assert ".pdf, .xlsx" in run("register", path, tmp_path / "register.doc", status=1)
    out, again = tmp_path / "surat.pdf", tmp_path / "lagi.pdf"
    run("export", path, "cover-letter", out)
    run("export", path, "cover-letter", again)
    assert out.read_bytes() == again.read_bytes()
    run("export", path, "data-request", tmp_path / "semua.pdf")
    run("issue", path, "data-request", "--subject", "r2")
    assert "per penerima (r2)" in run("export", path, "data-request", tmp_path / "semua-lagi.pdf", status=1)
    run("export", path, "data-request", tmp_path / "satu.pdf", "--subject", "r2")
    assert "belum diterbitkan" in run("signed", path, "invitation", out, status=1)
    assert run("signed", path, "cover-letter", out) == "Isinya sama dengan surat yang diterbitkan.\n"
    assert run("register", path).strip().endswith("Bertanda tangan")
    assert run("check", path) == "Berkas utuh.\n"

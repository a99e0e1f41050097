"""Help that needs no network: the step's own words, the keys, and what this program is."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from lkip_desktop import __version__
from lkip_desktop.sop.model import Sop, Step
from ui.menus import MENUS
from ui.tokens import GRID

OTHER_KEYS = (
    ("Ctrl+Z", "Urungkan di dalam isian"),
    ("Tab, Shift+Tab", "Ke isian berikutnya atau sebelumnya"),
    ("Panah", "Berpindah di bagan alir dan tabel"),
    ("Enter", "Buka yang dipilih"),
    ("F6", "Berpindah antara bagan alir dan panel langkah"),
    ("Esc", "Tutup dialog tanpa mengubah apa pun"),
)

START = """
<h2>Cara kerja</h2>
<p>Satu siklus LKIP adalah satu berkas <b>.lkip</b>. Di dalamnya ada isian, lampiran, dokumen, dan riwayat.</p>
<ol>
<li>Buka siklus dari Beranda, atau buat yang baru.</li>
<li>Bagan alir menunjukkan langkah yang sedang berjalan dan giliran siapa. Klik langkah untuk melihat isinya.</li>
<li>Isi yang diminta pada panel di sebelah kanan. Isian tersimpan sendiri.</li>
<li>Tekan tombol utama pada panel bila langkah selesai. Bila ada yang kurang, program menunjukkan tempatnya.</li>
</ol>
"""


def step_help(sop: Sop, step: Step) -> str:
    """A step in the SOP's words, as HTML."""
    rows = (
        ("Pelaksana", sop.actor_names[step.actor]),
        ("Persyaratan", step.requirement.clean),
        ("Waktu", str(step.duration)),
        ("Output", step.output.clean),
    )
    facts = "".join(f"<tr><td><b>{name}</b>&nbsp;&nbsp;</td><td>{escape(text)}</td></tr>" for name, text in rows)
    exits = "".join(f"<li>{escape(_exit(sop, step, edge.label, edge.target))}</li>" for edge in step.edges)
    return (
        f"<h2>Langkah {step.number}: {escape(step.title)}</h2><p>{escape(step.activity.clean)}.</p>"
        f"<p>{escape(step.help)}</p><table cellpadding='3'>{facts}</table><h3>Sesudahnya</h3><ul>{exits}</ul>"
    )


def _exit(sop: Sop, step: Step, label: str, target: str) -> str:
    decision = f"{label.capitalize()}: " if label else ""
    if not target:
        return f"{decision}siklus selesai."
    after = sop.by_id[target]
    how = "kembali" if after.number <= step.number else "lanjut"
    return f"{decision}{how} ke langkah {after.number}, {after.title} ({sop.actor_names[after.actor]})."


def keys_help() -> str:
    """All keys of the menus and the rest, as HTML."""
    commands = [command for _, entries in MENUS for command in entries if command.key]
    pairs = [(command.key, command.words.replace("&", "").rstrip("…")) for command in commands]
    rows = "".join(
        f"<tr><td><b>{escape(key)}</b>&nbsp;&nbsp;&nbsp;</td><td>{escape(words)}</td></tr>"
        for key, words in [*pairs, *OTHER_KEYS]
    )
    return f"<h2>Pintasan papan ketik</h2><table cellpadding='3'>{rows}</table>"


def about_text() -> str:
    return (
        f"<h2>LKIP Desktop {__version__}</h2>"
        "<p>Menjalankan SOP penyusunan Laporan Kinerja Instansi Pemerintah, langkah demi langkah, sampai laporan "
        "ditandatangani, dikirim, dan diterima.</p>"
        "<p>Semua data ada dalam berkas siklus di PC ini; program tidak memakai jaringan.</p>"
        f"<p>Lisensi MIT. Dibuat dengan Qt {qVersion()} (LGPL), huruf Open Sans (Apache 2.0) dan "
        "Liberation Sans (OFL).</p>"
    )


class HelpDialog(QDialog):
    """Text to read, which scrolls, and one button to close."""

    def __init__(self, title: str, html: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(GRID * 75, GRID * 60)
        self.text = QTextBrowser()
        self.text.setProperty("role", "paper")
        self.text.document().setDocumentMargin(GRID * 2)
        self.text.setHtml(html)
        self.text.setAccessibleName(title)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID * 2)
        column.addWidget(self.text)
        column.addWidget(buttons)

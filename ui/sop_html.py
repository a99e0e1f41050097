"""The issued SOP as HTML that Qt's text documents can set: cover block, lists, steps, records."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from lkip_desktop.sop.model import Sop, Wording
from ui.tokens import TYPE, Tokens


def sop_html(sop: Sop, tokens: Tokens, *, issued: bool) -> str:
    """The whole SOP, in the issued wording (errors included) or the clean one."""

    def said(wording: Wording) -> str:
        return escape(wording.issued if issued else wording.clean)

    lists = "".join(
        f"<h3>{escape(part.title)}</h3>{_numbered(said(item) for item in part.items)}" for part in sop.lists
    )
    records = _numbered(said(record.text) for record in sop.records)
    closing = "<br>".join(
        escape(line)
        for line in (
            sop.cover.closing_place_date,
            sop.cover.closing_position,
            "",
            "",
            sop.cover.approved_name,
            f"NIP {sop.cover.approved_nip}",
        )
    )
    return (
        f"<html><head><style>{_style(tokens)}</style></head><body>{_cover(sop, said(sop.cover.name))}{lists}"
        f"<h3>Langkah</h3>{_steps(sop, issued=issued)}<p class='note'>Total waktu: {sop.total_days} hari</p>"
        f"<h3>Pencatatan dan Pendataan</h3>{records}"
        f"<table width='100%'><tr><td width='60%'></td><td>{closing}</td></tr></table></body></html>"
    )


def _style(tokens: Tokens) -> str:
    return (
        f"body {{ color: {tokens.text}; }} h2 {{ font-size: {TYPE.title}px; }} h3 {{ font-size: {TYPE.lead}px; }}"
        f" p.note {{ color: {tokens.muted}; }} td.name {{ color: {tokens.muted}; }} li {{ margin-bottom: 4px; }}"
        f" table.lined {{ border-collapse: collapse; border-color: {tokens.outline}; border-style: solid; }}"
        f" table.lined td, table.lined th {{ border: 1px solid {tokens.outline}; padding: 5px; vertical-align: top; }}"
        f" table.lined th {{ background-color: {tokens.panel}; font-weight: 600; }}"
    )


def _cover(sop: Sop, name: str) -> str:
    cover = sop.cover
    rows = (
        ("Nomor SOP", cover.number),
        ("Tanggal pembuatan", cover.created),
        ("Tanggal revisi", cover.revised),
        ("Tanggal efektif", cover.effective),
        ("Disahkan oleh", f"{cover.approved_position}, {cover.approved_name}, NIP {cover.approved_nip}"),
    )
    issuer = f"<b>{escape(cover.government)}</b><br>{escape(cover.unit)}"
    first = f"<td width='36%' rowspan='{len(rows) + 1}' align='center'><br><br>{issuer}</td>"
    lines = [f"<td class='name' width='22%'>{key}</td><td>{escape(value)}</td>" for key, value in rows]
    lines.append(f"<td class='name'>Nama SOP</td><td><b>{name}</b></td>")
    body = "".join(f"<tr>{first if number == 0 else ''}{line}</tr>" for number, line in enumerate(lines))
    return f"<table class='lined' width='100%' cellspacing='0'>{body}</table>"


def _numbered(items: Iterable[str]) -> str:
    """A list; what the clean wording leaves out has no number."""
    return "<ol>" + "".join(f"<li>{item}</li>" for item in items if item) + "</ol>"


def _steps(sop: Sop, *, issued: bool) -> str:
    heads = ("No", "Kegiatan", "Pelaksana", "Persyaratan/kelengkapan", "Waktu", "Output")
    actors = {actor.id: actor.issued if issued else actor.name for actor in sop.actors}
    rows = []
    for step in sop.steps:
        texts = [part.issued if issued else part.clean for part in (step.activity, step.requirement, step.output)]
        cells = (str(step.number), texts[0], actors[step.actor], texts[1], str(step.duration), texts[2])
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    head = "<tr>" + "".join(f"<th align='left'>{name}</th>" for name in heads) + "</tr>"
    return f"<table class='lined' width='100%' cellspacing='0'>{head}{''.join(rows)}</table>"

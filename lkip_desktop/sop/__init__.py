"""The SOP as data: model, strict loader, consistency check and the geometry of its flowchart."""

"""Rules of printing: papers and printers, what fits where, pages, offsets. No Qt, no printer is spoken to here."""

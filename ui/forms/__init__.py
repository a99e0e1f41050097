"""Forms made from the SOP's fields: editors by kind, tables, attachments."""

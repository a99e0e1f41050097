"""The room where the report is put together: its parts as a tree, and the text of one of them."""

"""What people see: PySide6 widgets. Speaks to lkip_desktop only."""

"""Does the whole job unseen: drives the real window through all ten steps and leaves what comes of it in build/demo."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform in ("win32", "darwin")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> None:
    from walkthrough import DEADLINE, Clerk, OfficeClock, hush_unseen_screen, open_window, rest, whole_cycle
    from watchdog import Watchdog, report

    from lkip_desktop import office
    from lkip_desktop.documents.catalog import KINDS, make
    from lkip_desktop.files import write_atomically
    from ui import theme
    from ui.app import build_application
    from ui.tokens import LIGHT

    out = ROOT / "build" / "demo"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    hush_unseen_screen()
    app = build_application(sys.argv[:1])
    theme.apply(app, LIGHT)
    clock = OfficeClock()
    window = open_window(out, clock)
    window.show()
    desk = tempfile.TemporaryDirectory(prefix="lkip-demo-")
    clerk = Clerk(window, clock, Path(desk.name))
    watchdog = Watchdog(ROOT)
    clerk.begin(out / "LKIP-2026.lkip")

    def look(name: str) -> None:
        rest(300)
        window.grab().save(str(out / f"langkah-{name}.png"))
        watchdog.forget()
        watchdog.phase = f"after {name}"
        print(f"  {name}", flush=True)

    print(f"Driving the window through the cycle (deadline {DEADLINE}):")
    whole_cycle(clerk, look)
    look("99-selesai")
    watchdog.stop()
    snapshot = office.snapshot(clerk.work.session.cycle, clerk.today())
    for kind in KINDS:
        made = make(kind, snapshot)
        write_atomically(out / made.name, made.data)
    window.close()
    (out / "settings.ini").unlink(missing_ok=True)
    desk.cleanup()
    print(report(watchdog.stalls))
    print("Left in build/demo:")
    for path in sorted(out.iterdir()):
        print(f"  {path.name}  {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

"""A print queue of the tests' own: a CUPS server in a folder, whose printer writes what it gets to a file."""

from __future__ import annotations

import ctypes
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

CUPSD = "/usr/sbin/cupsd"
NAME = "TU"
F4_NAME = "F4"

# A printer that takes PDF and has A4 and Letter but no F4; it also takes sizes of the user's own.
PPD = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "UJI.PPD"
*Product: "(Uji)"
*Manufacturer: "Uji"
*ModelName: "Printer Uji"
*ShortNickName: "Printer Uji"
*NickName: "Printer Uji"
*PSVersion: "(3010) 0"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*FileSystem: False
*Throughput: "1"
*TTRasterizer: Type42
*cupsVersion: 2.2
*cupsFilter: "application/vnd.cups-pdf 0 -"
*OpenUI *PageSize/Media Size: PickOne
*OrderDependency: 10 AnySetup *PageSize
*DefaultPageSize: A4
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageSize Letter/US Letter: "<</PageSize[612 792]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*OrderDependency: 10 AnySetup *PageRegion
*DefaultPageRegion: A4
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageRegion Letter/US Letter: "<</PageSize[612 792]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "12 12 583 830"
*ImageableArea Letter/US Letter: "12 12 600 780"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*PaperDimension Letter/US Letter: "612 792"
*VariablePaperSize: True
*MaxMediaWidth: 2000
*MaxMediaHeight: 2000
*HWMargins: 12 12 12 12
*CustomPageSize True: "pop pop pop <</PageSize[5 -2 roll]>>setpagedevice"
*ParamCustomPageSize Width: 1 points 36 2000
*ParamCustomPageSize Height: 2 points 36 2000
*ParamCustomPageSize WidthOffset: 3 points 0 0
*ParamCustomPageSize HeightOffset: 4 points 0 0
*ParamCustomPageSize Orientation: 5 int 0 0
*DefaultFont: Courier
*Font Courier: Standard "(1.0)" Standard ROM
"""

# A PostScript printer with F4 in both readings, two trays, both sides and grey, and no sizes of the user's own.
PPD_F4 = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "UJI4.PPD"
*Product: "(Uji F4)"
*Manufacturer: "Uji"
*ModelName: "Printer F4"
*ShortNickName: "Printer F4"
*NickName: "Printer F4"
*PSVersion: "(3010) 0"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*FileSystem: False
*Throughput: "1"
*TTRasterizer: Type42
*cupsVersion: 2.2
*OpenUI *PageSize/Media Size: PickOne
*OrderDependency: 10 AnySetup *PageSize
*DefaultPageSize: A4
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageSize F4/F4 215 x 330 mm: "<</PageSize[609.45 935.43]>>setpagedevice"
*PageSize Folio/Folio 210 x 330 mm: "<</PageSize[595.28 935.43]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*OrderDependency: 10 AnySetup *PageRegion
*DefaultPageRegion: A4
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageRegion F4/F4 215 x 330 mm: "<</PageSize[609.45 935.43]>>setpagedevice"
*PageRegion Folio/Folio 210 x 330 mm: "<</PageSize[595.28 935.43]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "12 12 583 830"
*ImageableArea F4/F4: "12 12 597 923"
*ImageableArea Folio/Folio: "12 12 583 923"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*PaperDimension F4/F4: "609.45 935.43"
*PaperDimension Folio/Folio: "595.28 935.43"
*OpenUI *InputSlot/Media Source: PickOne
*OrderDependency: 20 AnySetup *InputSlot
*DefaultInputSlot: Auto
*InputSlot Auto/Automatic: "<</MediaPosition 9>>setpagedevice"
*InputSlot Tray1/Tray 1: "<</MediaPosition 0>>setpagedevice"
*InputSlot Tray2/Tray 2: "<</MediaPosition 1>>setpagedevice"
*CloseUI: *InputSlot
*OpenUI *Duplex/Duplex: PickOne
*OrderDependency: 30 AnySetup *Duplex
*DefaultDuplex: None
*Duplex None/Off: "<</Duplex false>>setpagedevice"
*Duplex DuplexNoTumble/Long Edge: "<</Duplex true/Tumble false>>setpagedevice"
*Duplex DuplexTumble/Short Edge: "<</Duplex true/Tumble true>>setpagedevice"
*CloseUI: *Duplex
*OpenUI *ColorModel/Color Mode: PickOne
*OrderDependency: 40 AnySetup *ColorModel
*DefaultColorModel: RGB
*ColorModel Gray/Grayscale: "<</ProcessColorModel/DeviceGray>>setpagedevice"
*ColorModel RGB/Color: "<</ProcessColorModel/DeviceRGB>>setpagedevice"
*CloseUI: *ColorModel
*DefaultFont: Courier
*Font Courier: Standard "(1.0)" Standard ROM
"""

FILES_CONF = """FileDevice Yes
Sandboxing Relaxed
ServerRoot {home}
StateDir {home}/state
CacheDir {home}/cache
RequestRoot {home}/spool
TempDir {home}/spool/tmp
AccessLog {home}/log
ErrorLog {home}/log
PageLog {home}/log
SystemGroup root
"""

CUPSD_CONF = """LogLevel warn
Listen {socket}
Browsing No
DefaultAuthType None
<Location />
  Allow all
</Location>
<Location /admin>
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
"""


@dataclass(frozen=True)
class Queue:
    """A running queue. `name` is the printer's; what it printed last lies in `file`."""

    name: str
    socket: Path
    file: Path

    def printed(self, seconds: float = 30) -> bytes:
        """What the next job brought, once the queue is empty again. Raises AssertionError when nothing came."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.file.exists() and not self._waiting():
                data = self.file.read_bytes()
                self.file.unlink()
                return data
            time.sleep(0.05)
        raise AssertionError(f"nothing was printed in {seconds} s")

    def stop(self) -> None:
        """As when the printer is switched off: jobs wait."""
        self.run("cupsdisable", self.name)

    def resume(self) -> None:
        self.run("cupsenable", self.name)

    def reject(self) -> None:
        """As when the queue takes no jobs."""
        self.run("cupsreject", self.name)

    def accept(self) -> None:
        self.run("cupsaccept", self.name)

    def refuse_everybody(self) -> None:
        """As when the administrator lets nobody print."""
        self.run("lpadmin", "-p", self.name, "-u", "allow:kepala-gudang")

    def allow_everybody(self) -> None:
        self.run("lpadmin", "-p", self.name, "-u", "allow:all")

    def remove(self) -> None:
        """As when somebody takes the printer out of the system, with the jobs that wait for it."""
        self.run("lpadmin", "-x", self.name)

    def add(self, name: str = F4_NAME, ppd: str = PPD_F4) -> Queue:
        """Another printer on the same server."""
        made = Queue(name, self.socket, self.file.with_name(f"printed-{name}"))
        description = made.file.with_suffix(".ppd")
        description.write_text(ppd)
        made.run("lpadmin", "-p", name, "-v", f"file://{made.file}", "-P", str(description), "-E")
        return made

    def run(self, *command: str) -> str:
        # The administrator's programs are not on everybody's path.
        path = f"{os.environ.get('PATH', os.defpath)}{os.pathsep}/usr/sbin"
        environment = {**os.environ, "PATH": path, "CUPS_SERVER": str(self.socket), "LC_ALL": "C"}
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    def _waiting(self) -> bool:
        return bool(self.run("lpstat", "-o").strip())


@contextmanager
def queue() -> Iterator[Queue]:
    """Start a server with one printer, and make it the one that this process and its children see."""
    # A socket's path may have 107 characters at most, so not below pytest's own long folder.
    with TemporaryDirectory(prefix="cups-") as folder:
        home = Path(folder)
        made = Queue(NAME, home / "sock", home / "printed")
        server = _start(home, made)
        before = os.environ.get("CUPS_SERVER")
        try:
            _point_to(str(made.socket))
            yield made
        finally:
            _point_to(before)
            server.terminate()
            server.wait(10)


def _start(home: Path, made: Queue) -> subprocess.Popen[bytes]:
    for part in ("state/certs", "cache", "spool/tmp", "ppd"):
        (home / part).mkdir(parents=True)
    (home / "cups-files.conf").write_text(FILES_CONF.format(home=home))
    (home / "cupsd.conf").write_text(CUPSD_CONF.format(socket=made.socket))
    (home / "uji.ppd").write_text(PPD)
    server = subprocess.Popen(
        [CUPSD, "-f", "-c", str(home / "cupsd.conf"), "-s", str(home / "cups-files.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            assert server.poll() is None, (
                (home / "log").read_text() if (home / "log").exists() else "cupsd did not start"
            )
            if made.socket.exists():
                break
            time.sleep(0.05)
        made.run("lpadmin", "-p", NAME, "-v", f"file://{made.file}", "-P", str(home / "uji.ppd"), "-E")
        made.run("lpadmin", "-d", NAME)
    except BaseException:
        server.terminate()
        server.wait(10)
        raise
    return server


def _point_to(server: str | None) -> None:
    """Environment for children and new threads; libcups has asked it already in this thread, so tell it too."""
    if server is None:
        os.environ.pop("CUPS_SERVER", None)
    else:
        os.environ["CUPS_SERVER"] = server
    ctypes.CDLL("libcups.so.2").cupsSetServer(server.encode() if server else None)

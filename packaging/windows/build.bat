@echo off
rem Builds the Windows program and its installer on a Windows PC. Needs Python 3.12 (64 bit) from python.org, and NSIS 3.
rem Afterwards: dist\lkip-desktop (the program) and dist\LKIP-Desktop-<version>-setup.exe (the installer).
setlocal
cd /d "%~dp0..\.."
where py >nul 2>nul || (
  echo Python tidak ditemukan. Pasang Python 3.12 64 bit dari python.org, lalu ulangi.
  exit /b 1
)
py -3.12 -c "import struct, sys; sys.exit(struct.calcsize('P') != 8)" || (
  echo Diperlukan Python 3.12 64 bit dari python.org.
  exit /b 1
)
where makensis >nul 2>nul || if not exist "%ProgramFiles(x86)%\NSIS\makensis.exe" (
  echo NSIS tidak ditemukan. Pasang NSIS 3, lalu ulangi.
  exit /b 1
)
py -3.12 scripts\bootstrap.py package-windows %*
exit /b %errorlevel%

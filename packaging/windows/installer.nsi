Target amd64-unicode
; The installer: for one person, without an administrator. scripts/package.py calls makensis with
;   VERSION NUMBERS  the version, also as four numbers      PROGRAM  the built folder      SIZE_KB  its size
;   ICONS            folder of the two .ico files           OUT      where the installer goes
; Silent, for many PCs: LKIP-Desktop-…-setup.exe /S [/D=folder]. Exit status: 0 done, 2 this Windows is too old
; or a file could not be written (an older version then stays whole), 3 the program still runs.

SetCompressor /SOLID lzma
ManifestDPIAware true
ManifestSupportedOS all
RequestExecutionLevel user
Name "LKIP Desktop"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\LKIP Desktop"
InstallDirRegKey HKCU "Software\LKIP Desktop" "Folder"
BrandingText "LKIP Desktop ${VERSION}"
; NSIS's own Indonesian is rough, and names buttons by their English words.
Caption "Memasang LKIP Desktop"
UninstallCaption "Menghapus LKIP Desktop"
InstallButtonText "&Pasang"
; A file that cannot be written ends the installation, also a silent one: half a program must not look like a whole one.
AllowSkipFiles off
!define CANNOT_WRITE "Berkas ini tidak dapat ditulis:$\r$\n$\r$\n$0$\r$\n$\r$\nCoba lagi (Retry) setelah penyebabnya diatasi, atau batalkan (Cancel) pemasangan."
FileErrorText "${CANNOT_WRITE}" "${CANNOT_WRITE}"
VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=1057 "ProductName" "LKIP Desktop"
VIAddVersionKey /LANG=1057 "FileDescription" "Pemasang LKIP Desktop"
VIAddVersionKey /LANG=1057 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1057 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1057 "LegalCopyright" "Lisensi MIT"

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include x64.nsh

!define PROGRAM_FILE "lkip-desktop.exe"
!define TYPE "LKIPDesktop.Siklus"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\LKIP Desktop"
!define OLDEST_BUILD 17763
!define PATIENCE 30 ; seconds that a silent installation waits for the program to be closed

!define MUI_ICON "${ICONS}\lkip-desktop.ico"
!define MUI_UNICON "${ICONS}\lkip-desktop.ico"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "Memasang LKIP Desktop ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "LKIP Desktop menuntun penyusunan LKIP langkah demi langkah menurut SOP.$\r$\n$\r$\nDiperlukan Windows 10 versi 1809 atau yang lebih baru, 64 bit. Program dipasang untuk Anda saja, tanpa hak administrator.$\r$\n$\r$\nBila LKIP Desktop sedang terbuka, tutup dahulu. Berkas siklus dan pengaturan Anda tidak diubah."
!define MUI_ABORTWARNING_TEXT "Batalkan pemasangan LKIP Desktop?"
!insertmacro MUI_PAGE_WELCOME

!define MUI_PAGE_HEADER_TEXT "Folder program"
!define MUI_PAGE_HEADER_SUBTEXT "Folder ini hanya untuk program; berkas siklus disimpan di folder lain."
!define MUI_DIRECTORYPAGE_TEXT_TOP "LKIP Desktop dipasang di folder berikut. Tekan Cari untuk memilih folder lain, lalu Pasang."
!define MUI_DIRECTORYPAGE_TEXT_DESTINATION "Folder"
!insertmacro MUI_PAGE_DIRECTORY

!define MUI_PAGE_HEADER_TEXT "Memasang"
!define MUI_PAGE_HEADER_SUBTEXT "LKIP Desktop sedang dipasang."
!define MUI_INSTFILESPAGE_FINISHHEADER_TEXT "Pemasangan selesai"
!define MUI_INSTFILESPAGE_FINISHHEADER_SUBTEXT "LKIP Desktop siap dipakai."
!define MUI_INSTFILESPAGE_ABORTHEADER_TEXT "Pemasangan dibatalkan"
!define MUI_INSTFILESPAGE_ABORTHEADER_SUBTEXT "Sebabnya tertulis di bawah ini."
!insertmacro MUI_PAGE_INSTFILES

!define MUI_FINISHPAGE_TITLE "LKIP Desktop ${VERSION} terpasang"
!define MUI_FINISHPAGE_TEXT "Ikonnya ada di menu Mulai dan di desktop. Berkas .lkip dibuka dengan klik ganda."
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM_FILE}"
!define MUI_FINISHPAGE_RUN_TEXT "Jalankan LKIP Desktop"
!insertmacro MUI_PAGE_FINISH

!define MUI_PAGE_HEADER_TEXT "Menghapus LKIP Desktop"
!define MUI_PAGE_HEADER_SUBTEXT "Berkas siklus (.lkip) dan cadangannya tidak dihapus."
!define MUI_UNCONFIRMPAGE_TEXT_TOP "Program di folder berikut akan dihapus dari komputer ini. Tekan Hapus untuk memulai."
!define MUI_UNCONFIRMPAGE_TEXT_LOCATION "Folder"
!insertmacro MUI_UNPAGE_CONFIRM

!define MUI_PAGE_HEADER_TEXT "Menghapus LKIP Desktop"
!define MUI_PAGE_HEADER_SUBTEXT "LKIP Desktop sedang dihapus."
!define MUI_INSTFILESPAGE_FINISHHEADER_TEXT "Penghapusan selesai"
!define MUI_INSTFILESPAGE_FINISHHEADER_SUBTEXT "LKIP Desktop sudah dihapus dari komputer ini."
; Unlike the others, this text is not forgotten after its page; its second line stays the same.
!undef MUI_INSTFILESPAGE_ABORTHEADER_TEXT
!define MUI_INSTFILESPAGE_ABORTHEADER_TEXT "Penghapusan dibatalkan"
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Indonesian"

Var Waited

; Puts the program's name into $1 when its file is there and cannot be written.
!macro FindRunning FILE
  ${If} ${FileExists} "$INSTDIR\${FILE}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${FILE}" a
    ${If} ${Errors}
      StrCpy $1 "${FILE}"
    ${Else}
      FileClose $0
    ${EndIf}
  ${EndIf}
!macroend

; Ends with status 3 when a program of this folder is still running. A running program's file cannot be written.
!macro RequireClosed UN
  Function ${UN}RequireClosed
    StrCpy $Waited 0
    again:
    StrCpy $1 ""
    !insertmacro FindRunning "${PROGRAM_FILE}"
    !insertmacro FindRunning "lkip.exe"
    ${If} $1 == ""
      Return
    ${EndIf}
    ${If} ${Silent}
      IntOp $Waited $Waited + 1
      ${If} $Waited < ${PATIENCE}
        Sleep 1000
        Goto again
      ${EndIf}
    ${Else}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "LKIP Desktop sedang berjalan.$\r$\n$\r$\nTutup jendelanya (isian tersimpan sendiri), lalu pilih Coba lagi (Retry)." IDRETRY again
    ${EndIf}
    SetErrorLevel 3
    Abort "LKIP Desktop masih berjalan. Tidak ada yang diubah."
  FunctionEnd
!macroend
!insertmacro RequireClosed ""
!insertmacro RequireClosed "un."

!macro PutInPlace FILE
  Delete "$INSTDIR\${FILE}"
  Rename "$INSTDIR\_baru\${FILE}" "$INSTDIR\${FILE}"
!macroend

Function .onInit
  SetShellVarContext current
  ${IfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "LKIP Desktop memerlukan Windows 64 bit. Tidak ada yang dipasang." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    MessageBox MB_OK|MB_ICONSTOP "LKIP Desktop memerlukan Windows 10 versi 1809 atau yang lebih baru. Komputer ini memakai Windows yang lebih lama. Tidak ada yang dipasang." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
FunctionEnd

; Puts the copied program in the old one's place: renames alone, which a full disk does not stop.
Function ChangeOver
  RMDir /r "$INSTDIR\_lama"
  ${If} ${FileExists} "$INSTDIR\_internal\*.*"
    ClearErrors
    Rename "$INSTDIR\_internal" "$INSTDIR\_lama"
    ${If} ${Errors}
      SetErrorLevel 3
      Abort "Program yang lama masih dipakai program lain. Tidak ada yang diubah; mulai ulang komputer, lalu pasang lagi."
    ${EndIf}
  ${EndIf}
  Rename "$INSTDIR\_baru\_internal" "$INSTDIR\_internal"
  !insertmacro PutInPlace "${PROGRAM_FILE}"
  !insertmacro PutInPlace "lkip.exe"
  RMDir /r "$INSTDIR\_lama"
  RMDir "$INSTDIR\_baru"
FunctionEnd

Function .onInstFailed
  SetOutPath "$INSTDIR"
  RMDir /r "$INSTDIR\_baru"
FunctionEnd

Section "LKIP Desktop"
  SetShellVarContext current
  Call RequireClosed
  ; The new program is copied beside the old one, which stays whole until every file is there.
  RMDir /r "$INSTDIR\_baru"
  SetOutPath "$INSTDIR\_baru"
  File /r "${PROGRAM}\*"
  SetOutPath "$INSTDIR"
  File "${ICONS}\lkip-desktop.ico"
  File "${ICONS}\lkip-document.ico"
  WriteUninstaller "$INSTDIR\hapus.exe"
  Call ChangeOver

  CreateShortCut "$SMPROGRAMS\LKIP Desktop.lnk" "$INSTDIR\${PROGRAM_FILE}" "" "$INSTDIR\lkip-desktop.ico"
  CreateShortCut "$DESKTOP\LKIP Desktop.lnk" "$INSTDIR\${PROGRAM_FILE}" "" "$INSTDIR\lkip-desktop.ico"

  WriteRegStr HKCU "Software\LKIP Desktop" "Folder" "$INSTDIR"
  WriteRegStr HKCU "Software\Classes\.lkip" "" "${TYPE}"
  WriteRegStr HKCU "Software\Classes\.lkip" "Content Type" "application/x-lkip"
  WriteRegStr HKCU "Software\Classes\.lkip\OpenWithProgids" "${TYPE}" ""
  WriteRegStr HKCU "Software\Classes\${TYPE}" "" "Siklus LKIP"
  WriteRegStr HKCU "Software\Classes\${TYPE}\DefaultIcon" "" "$INSTDIR\lkip-document.ico"
  WriteRegStr HKCU "Software\Classes\${TYPE}\shell\open\command" "" '"$INSTDIR\${PROGRAM_FILE}" "%1"'
  WriteRegStr HKCU "Software\Classes\Applications\${PROGRAM_FILE}\shell\open\command" "" '"$INSTDIR\${PROGRAM_FILE}" "%1"'
  WriteRegStr HKCU "Software\Classes\Applications\${PROGRAM_FILE}\SupportedTypes" ".lkip" ""

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "LKIP Desktop"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "LKIP Desktop"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\lkip-desktop.ico"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\hapus.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\hapus.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${RefreshShellIcons}
SectionEnd

Section "Uninstall"
  SetShellVarContext current
  Call un.RequireClosed
  ; Only what was installed: a folder that somebody keeps cycles in stays.
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${PROGRAM_FILE}"
  Delete "$INSTDIR\lkip.exe"
  Delete "$INSTDIR\lkip-desktop.ico"
  Delete "$INSTDIR\lkip-document.ico"
  Delete "$INSTDIR\hapus.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\LKIP Desktop.lnk"
  Delete "$DESKTOP\LKIP Desktop.lnk"

  ReadRegStr $0 HKCU "Software\Classes\.lkip" ""
  ${If} $0 == "${TYPE}"
    DeleteRegValue HKCU "Software\Classes\.lkip" ""
    DeleteRegValue HKCU "Software\Classes\.lkip" "Content Type"
  ${EndIf}
  DeleteRegValue HKCU "Software\Classes\.lkip\OpenWithProgids" "${TYPE}"
  DeleteRegKey /ifempty HKCU "Software\Classes\.lkip\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "Software\Classes\.lkip"
  DeleteRegKey HKCU "Software\Classes\${TYPE}"
  DeleteRegKey HKCU "Software\Classes\Applications\${PROGRAM_FILE}"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\LKIP Desktop"
  ${RefreshShellIcons}

  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "Hapus juga pengaturan program di komputer ini (folder kerja, nama, daftar berkas terakhir, log)?$\r$\n$\r$\nBerkas siklus (.lkip) dan cadangannya tidak dihapus." /SD IDNO IDNO keep
  Delete "$APPDATA\LKIP Desktop\LKIP Desktop.ini"
  Delete "$APPDATA\LKIP Desktop\isian-awal.json"
  RMDir "$APPDATA\LKIP Desktop"
  RMDir /r "$LOCALAPPDATA\LKIP Desktop\LKIP Desktop"
  RMDir "$LOCALAPPDATA\LKIP Desktop"
  keep:
SectionEnd

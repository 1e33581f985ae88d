# Doorplate's part of electron-builder's NSIS script, for the installer and the uninstaller alike.
#
# A supervisor (Start-Doorplate.ps1) starts the panel again when it ends. So that it does not do that while files are
# exchanged, a mark is set before the panel is ended and taken away when the new files lie in their place:
# Software\Doorplate, value InstallingSince, a FILETIME in UTC as decimal text. A mark that was left behind counts for
# fifteen minutes, or until the tablet is started again. The uninstaller adds the value Removed and leaves the mark.
#
# The registry and not a file: any account may plant links in ProgramData, and the system's account would follow them.

!define DOORPLATE_KEY "Software\Doorplate"

!macro doorplateWrite NAME VALUE
  # The uninstaller ends the panel before it knows for whom it was installed. Without rights one of the two fails.
  WriteRegStr HKCU "${DOORPLATE_KEY}" "${NAME}" "${VALUE}"
  WriteRegStr HKLM "${DOORPLATE_KEY}" "${NAME}" "${VALUE}"
  ClearErrors
!macroend

!macro doorplateForget NAME
  DeleteRegValue HKCU "${DOORPLATE_KEY}" "${NAME}"
  DeleteRegValue HKLM "${DOORPLATE_KEY}" "${NAME}"
  ClearErrors
!macroend

# Instead of electron-builder's own search, which asks a person, and which without PowerShell sees only processes of the
# account it runs under: an update that comes from device management runs under the system's.
!macro customCheckAppRunning
  Push $0
  Push $1
  Push $2
  System::Call 'kernel32::GetSystemTimeAsFileTime(*l .r0)'
  !insertmacro doorplateWrite "InstallingSince" "$0"
  # The system's own, not the one for 32-bit programs such as this: that need not see a 64-bit panel.
  StrCpy $2 "$WINDIR\Sysnative\taskkill.exe"
  ${IfNot} ${FileExists} $2
    StrCpy $2 "$SYSDIR\taskkill.exe"
  ${EndIf}
  # What is started here must not stand in the program's folder, which could then not be removed.
  Push $OUTDIR
  SetOutPath $SYSDIR
  StrCpy $1 0
  ${Do}
    # A supervisor that looked for the mark just before it was set has started the panel by then.
    Sleep 1000
    # 0 tells that something was ended, 128 that nothing was left to end.
    nsExec::Exec '"$2" /F /IM "${APP_EXECUTABLE_FILENAME}"'
    Pop $0
    IntOp $1 $1 + 1
    ${If} $1 >= 15
      StrCpy $0 "given up"
    ${EndIf}
  ${LoopUntil} $0 != 0
  Pop $0
  SetOutPath $0
  Pop $2
  Pop $1
  Pop $0
!macroend

# When the older program cannot be taken away, electron-builder's own answer is a box that waits for a person, silent or not.
!macro doorplateGiveUp
  ${IfNot} ${Errors}
  ${AndIf} $R0 != 0
    !insertmacro doorplateForget "InstallingSince"
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(uninstallFailed): $R0" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
!macroend

!macro customUnInstallCheck
  !insertmacro doorplateGiveUp
!macroend

!macro customUnInstallCheckCurrentUser
  !insertmacro doorplateGiveUp
!macroend

!macro customInstall
  !insertmacro doorplateForget "Removed"
  !insertmacro doorplateForget "InstallingSince"
  # electron-builder keeps a copy of the installer for its updater, which this app does not have.
  ${If} $installMode == "all"
    SetShellVarContext current
  ${EndIf}
  Delete "$LOCALAPPDATA\${APP_INSTALLER_STORE_FILE}"
  ClearErrors
  ${If} $installMode == "all"
    SetShellVarContext all
  ${EndIf}
!macroend

!macro customUnInstall
  ${IfNot} ${isUpdated}
    !insertmacro doorplateWrite "Removed" "1"
  ${EndIf}
!macroend

#Requires -RunAsAdministrator
#Requires -PSEdition Desktop
<#
.SYNOPSIS
  Makes Doorplate the shell of the panel's account (Windows Enterprise, Education, IoT Enterprise): no taskbar, no desktop.
.DESCRIPTION
  Shell Launcher acts on exit codes: 0 restarts the shell, 1 the device, 2 shuts down, 3 does nothing.
  Doorplate's 0 (an admin left the kiosk) and 11 (the command line is wrong) get 3; everything else gets 0.
  After "nothing" the screen stays empty; Ctrl+Alt+Del opens Task Manager or signs the account out.
.EXAMPLE
  .\Install-ShellLauncher.ps1 -User Doorplate -Path 'C:\Users\Doorplate\AppData\Local\Programs\Doorplate\Doorplate.exe'
.EXAMPLE
  .\Install-ShellLauncher.ps1 -User Doorplate -Remove
#>
[CmdletBinding()]
param(
  # The local account that logs on by itself and shows the panel.
  [Parameter(Mandatory)] [string] $User,
  [string] $Path,
  [switch] $Remove
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$restartShell = 0
$doNothing = 3
$namespace = 'root\standardcimv2\embedded'
$account = New-Object System.Security.Principal.NTAccount($User)
$sid = $account.Translate([System.Security.Principal.SecurityIdentifier]).Value

$feature = Get-WindowsOptionalFeature -Online -FeatureName 'Client-EmbeddedShellLauncher' -ErrorAction SilentlyContinue
if (-not $feature) { throw 'This edition of Windows has no Shell Launcher. Use Install-LogonTask.ps1 instead.' }
if ($feature.State -ne 'Enabled') {
  Enable-WindowsOptionalFeature -Online -FeatureName 'Client-EmbeddedShellLauncher' -All -NoRestart | Out-Null
}
$launcher = [wmiclass] "\\localhost\${namespace}:WESL_UserSetting"

function Remove-CustomShell {
  # WMI objects to removing what is not there.
  try { $launcher.RemoveCustomShell($sid) | Out-Null } catch { Write-Verbose $_ }
}

if ($Remove) {
  Remove-CustomShell
  [Environment]::SetEnvironmentVariable('DOORPLATE_SUPERVISED', $null, 'Machine')
  Write-Output "$User has the usual desktop from the next logon on."
  return
}

if (-not $Path) { throw 'Name the program with -Path.' }
if (-not (Test-Path -LiteralPath $Path -PathType Leaf)) { throw "There is no $Path." }
# Every other account keeps its desktop, whatever happens to the panel.
$launcher.SetDefaultShell('explorer.exe', $restartShell) | Out-Null
Remove-CustomShell
$launcher.SetCustomShell($sid, "`"$Path`"", @(0, 10, 11, 12), @($doNothing, $restartShell, $doNothing, $restartShell), $restartShell) | Out-Null
$launcher.SetEnabled($true) | Out-Null
# Tells Doorplate that someone starts it again, so that it may ask for a fresh process at night.
[Environment]::SetEnvironmentVariable('DOORPLATE_SUPERVISED', '1', 'Machine')
Write-Output "Doorplate is the shell of $User from the next logon on."

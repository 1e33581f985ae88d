#Requires -RunAsAdministrator
#Requires -PSEdition Desktop
<#
.SYNOPSIS
  Makes Doorplate the shell of the panel's account (Windows Enterprise, Education, IoT Enterprise): no taskbar, no desktop.
.DESCRIPTION
  The shell is Start-Doorplate.ps1, which starts the panel again, watches it, and waits while an installer exchanges files.
  Shell Launcher acts on the exit codes of that script: 0 (an admin left the kiosk, or Doorplate was uninstalled) and
  11 (the command line is wrong) do nothing; everything else starts it again.
  After "nothing" the screen stays empty; Ctrl+Alt+Del opens Task Manager or signs the account out.
.EXAMPLE
  & 'C:\Program Files\Doorplate\resources\kiosk\Install-ShellLauncher.ps1' -User Doorplate
.EXAMPLE
  & 'C:\Program Files\Doorplate\resources\kiosk\Install-ShellLauncher.ps1' -User Doorplate -Remove
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
  Write-Output "$User has the usual desktop from the next logon on."
  return
}

# Installed, this script lies in resources\kiosk. As a default above, its folder would be empty under powershell -File.
if (-not $Path) { $Path = Join-Path $PSScriptRoot '..\..\Doorplate.exe' }
if (-not (Test-Path -LiteralPath $Path -PathType Leaf)) { throw "There is no $Path. Name the program with -Path." }
$program = (Resolve-Path -LiteralPath $Path).Path
$script = Join-Path (Split-Path $program) 'resources\kiosk\Start-Doorplate.ps1'
if (-not (Test-Path -LiteralPath $script -PathType Leaf)) { throw "There is no $script." }
# The shipped script is not signed: this one file is allowed, not every script of the machine.
$shell = "$env:SystemRoot\System32\WindowsPowerShell\v1.0\powershell.exe"
$shell += " -NoProfile -WindowStyle Hidden -ExecutionPolicy Bypass -File `"$script`""
# Every other account keeps its desktop, whatever happens to the panel.
$launcher.SetDefaultShell('explorer.exe', $restartShell) | Out-Null
Remove-CustomShell
$launcher.SetCustomShell($sid, $shell, @(0, 11), @($doNothing, $doNothing), $restartShell) | Out-Null
$launcher.SetEnabled($true) | Out-Null
Write-Output "Doorplate is the shell of $User from the next logon on."

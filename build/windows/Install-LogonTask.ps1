#Requires -RunAsAdministrator
<#
.SYNOPSIS
  Starts Doorplate whenever the panel's account logs on; for editions of Windows without Shell Launcher (Pro).
.EXAMPLE
  & 'C:\Program Files\Doorplate\resources\kiosk\Install-LogonTask.ps1' -User Doorplate
.EXAMPLE
  & 'C:\Program Files\Doorplate\resources\kiosk\Install-LogonTask.ps1' -User Doorplate -Remove
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
$name = 'Doorplate'

if ($Remove) {
  Unregister-ScheduledTask -TaskName $name -Confirm:$false
  return
}

$script = Join-Path $PSScriptRoot 'Start-Doorplate.ps1'
# The shipped script is not signed: this one file is allowed, not every script of the machine.
$command = "-NoProfile -WindowStyle Hidden -ExecutionPolicy Bypass -File `"$script`""
if ($Path) { $command += " -Path `"$Path`"" }

$action = New-ScheduledTaskAction -Execute "$env:SystemRoot\System32\WindowsPowerShell\v1.0\powershell.exe" -Argument $command
$atLogon = New-ScheduledTaskTrigger -AtLogOn -User $User
$principal = New-ScheduledTaskPrincipal -UserId $User -LogonType Interactive -RunLevel Limited
$settings = New-ScheduledTaskSettingsSet -MultipleInstances IgnoreNew -ExecutionTimeLimit ([TimeSpan]::Zero) `
  -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -RestartCount 255 -RestartInterval (New-TimeSpan -Minutes 1)
Register-ScheduledTask -TaskName $name -Action $action -Trigger $atLogon -Principal $principal -Settings $settings -Force | Out-Null
Write-Output "Doorplate starts when $User logs on."

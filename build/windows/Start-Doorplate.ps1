<#
.SYNOPSIS
  Starts Doorplate and starts it again as its exit codes ask. The logon task runs it, and Shell Launcher as the shell.
.DESCRIPTION
  0  an admin left the kiosk              -> stays down
  11 the command line is wrong            -> stays down
  10 a fresh process is wanted            -> starts again at once
  12 another Doorplate still runs         -> starts again, slower every time
  13 the panel's folder cannot be written -> starts again, slower every time
  anything else is a crash                -> starts again, slower every time
  A panel whose page has not answered for five minutes is ended and started again.
  While an installer exchanges files it waits; after the program was uninstalled it ends, with 0.
#>
[CmdletBinding()]
param(
  [string] $Path,
  [string] $UserData = (Join-Path $env:APPDATA 'Doorplate'),
  [string[]] $Arguments = @()
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# What an exit code asks for.
function Get-Wish([int] $Code) {
  switch ($Code) {
    0 { 'leave' }
    11 { 'leave' }
    10 { 'now' }
    default { 'later' }
  }
}

# Whether an installer is at work. A broken one must not leave the door dark: its mark counts for fifteen minutes, not over
# a start of the system, and not from the future.
function Test-Hold([double] $AgeMinutes, [double] $UptimeMinutes) {
  $AgeMinutes -gt -1 -and $AgeMinutes -lt 15 -and $AgeMinutes -lt $UptimeMinutes
}

# What to do before a start. A program that is missing may come back: an installer that failed is tried again.
function Get-Turn([bool] $IsThere, [bool] $IsRemoved, [bool] $IsHeld) {
  if (-not $IsThere -and $IsRemoved) { return 'leave' }
  if ($IsHeld -or -not $IsThere) { return 'wait' }
  return 'start'
}

# What the installer wrote (build/windows/installer.nsh), for this account or for all.
function Get-Mark([string] $Name) {
  foreach ($hive in 'HKCU:', 'HKLM:') {
    $key = Get-Item -LiteralPath "$hive\Software\Doorplate" -ErrorAction SilentlyContinue
    $value = if ($key) { $key.GetValue($Name) }
    # A value that is not there would count as one that is.
    if ($null -ne $value) { $value }
  }
}

function Test-Held {
  $uptimeMinutes = [Diagnostics.Stopwatch]::GetTimestamp() / [Diagnostics.Stopwatch]::Frequency / 60
  foreach ($mark in @(Get-Mark 'InstallingSince')) {
    $since = 0L
    if (-not [long]::TryParse("$mark", [ref] $since)) { continue }
    $ageMinutes = ([DateTime]::UtcNow.ToFileTimeUtc() - $since) / [TimeSpan]::TicksPerMinute
    if (Test-Hold $ageMinutes $uptimeMinutes) { return $true }
  }
  return $false
}

# Installed, this script lies in resources\kiosk. As a default above, its folder would be empty under powershell -File.
if (-not $Path) { $Path = Join-Path $PSScriptRoot '..\..\Doorplate.exe' }
$Path = [IO.Path]::GetFullPath($Path)
$heartbeat = Join-Path $UserData 'run\heartbeat'
$maxSilence = [TimeSpan]::FromMinutes(5)
$env:DOORPLATE_SUPERVISED = '1'
$pauseSeconds = 2

while ($true) {
  $isThere = Test-Path -LiteralPath $Path -PathType Leaf
  $isRemoved = @(Get-Mark 'Removed').Count -gt 0
  $turn = Get-Turn $isThere $isRemoved (Test-Held)
  if ($turn -eq 'leave') { exit 0 }
  if ($turn -eq 'wait') {
    if (-not $isThere) { Write-Warning "There is no $Path. Name the program with -Path, or install it." }
    Start-Sleep -Seconds 5
    continue
  }
  $startedAt = [DateTime]::UtcNow
  $options = @("--user-data=`"$UserData`"") + $Arguments
  try {
    $process = Start-Process -FilePath $Path -ArgumentList $options -PassThru
  } catch {
    # A file that is not whole yet, or a program that a policy forbids.
    Write-Warning "Doorplate does not start: $_"
    Start-Sleep -Seconds 5
    continue
  }
  # Without this handle Windows PowerShell forgets the exit code.
  $null = $process.Handle
  while (-not $process.WaitForExit(30000)) {
    $lastSign = $startedAt
    $file = Get-Item -LiteralPath $heartbeat -ErrorAction SilentlyContinue
    if ($file -and $file.LastWriteTimeUtc -gt $lastSign) { $lastSign = $file.LastWriteTimeUtc }
    if (([DateTime]::UtcNow - $lastSign) -gt $maxSilence) {
      Write-Warning 'The panel does not answer; it is started again.'
      # The whole tree: the pages live in processes of their own.
      & "$env:SystemRoot\System32\taskkill.exe" /PID $process.Id /T /F | Out-Null
    }
  }
  $code = $process.ExitCode
  Write-Output "Doorplate ended with $code"
  $wish = Get-Wish $code
  if ($wish -eq 'leave') { exit $code }
  if ($wish -eq 'now' -or ([DateTime]::UtcNow - $startedAt).TotalMinutes -ge 10) { $pauseSeconds = 2 }
  Start-Sleep -Seconds $pauseSeconds
  $pauseSeconds = [Math]::Min($pauseSeconds * 2, 120)
}

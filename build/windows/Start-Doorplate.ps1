<#
.SYNOPSIS
  Starts Doorplate and starts it again as its exit codes ask; for editions of Windows without Shell Launcher.
.DESCRIPTION
  0  an admin left the kiosk       -> stays down
  11 the command line is wrong     -> stays down
  10 a fresh process is wanted     -> starts again at once
  12 another Doorplate still runs  -> tries again
  anything else                    -> starts again, slower after every fall
  A panel whose page has not answered for five minutes is ended and started again.
#>
[CmdletBinding()]
param(
  [string] $Path = (Join-Path $env:LOCALAPPDATA 'Programs\Doorplate\Doorplate.exe'),
  [string] $UserData = (Join-Path $env:APPDATA 'Doorplate'),
  [string[]] $Arguments = @()
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

if (-not (Test-Path -LiteralPath $Path -PathType Leaf)) { throw "There is no $Path. Name the program with -Path." }
$heartbeat = Join-Path $UserData 'run\heartbeat'
$maxSilence = [TimeSpan]::FromMinutes(5)
$env:DOORPLATE_SUPERVISED = '1'
$pauseSeconds = 2

while ($true) {
  $startedAt = [DateTime]::UtcNow
  $options = @("--user-data=`"$UserData`"") + $Arguments
  $process = Start-Process -FilePath $Path -ArgumentList $options -PassThru
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
  if ($code -eq 0 -or $code -eq 11) { exit $code }
  if ($code -eq 10 -or ([DateTime]::UtcNow - $startedAt).TotalMinutes -ge 10) { $pauseSeconds = 2 }
  Start-Sleep -Seconds $pauseSeconds
  $pauseSeconds = [Math]::Min($pauseSeconds * 2, 120)
}

#Requires -RunAsAdministrator
<#
.SYNOPSIS
Installs CallMyWay for one office as a Windows service, or brings an installed one up to date.
.DESCRIPTION
The program is copied to a folder of its own. The service runs as its virtual account, which may write to the data folder
and to nothing else of the machine. The office's settings are in appsettings.Production.json beside the program, which an
upgrade keeps; see docs/service.md.
.PARAMETER From
The folder that "dotnet publish CallMyWay.LocalHost -r win-x64" has written.
.PARAMETER Program
Where the program goes.
.PARAMETER Data
The data folder.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $From,
    [string] $Program = (Join-Path $env:ProgramFiles 'CallMyWay'),
    [string] $Data = (Join-Path $env:ProgramData 'CallMyWay')
)
$ErrorActionPreference = 'Stop'
$name = 'CallMyWay'
$exe = Join-Path $Program 'CallMyWay.LocalHost.exe'

if (-not (Test-Path (Join-Path $From 'CallMyWay.LocalHost.exe'))) {
    throw "$From has no CallMyWay.LocalHost.exe. Run first: dotnet publish CallMyWay.LocalHost -c Release -r win-x64 --no-self-contained -o $From"
}

$service = Get-Service $name -ErrorAction SilentlyContinue
if ($service) {
    Stop-Service $name
    $service.WaitForStatus('Stopped', '00:01:00')
}

# The office's own settings are kept.
New-Item -ItemType Directory -Force $Program, $Data | Out-Null
Get-ChildItem $From | Where-Object Name -ne 'appsettings.Production.json' |
    Copy-Item -Destination $Program -Recurse -Force

$command = "`"$exe`" --demo false --DataPath `"$Data`" --LogFiles:Folder `"$(Join-Path $Data 'logs')`""
if ($service) {
    # Not by sc.exe: Windows PowerShell 5.1 takes the quotes out of a program's arguments.
    $changed = Get-CimInstance Win32_Service -Filter "Name='$name'" |
        Invoke-CimMethod -MethodName Change -Arguments @{ PathName = $command }
    if ($changed.ReturnValue -ne 0) { throw "The service's command could not be set (code $($changed.ReturnValue))." }
} else {
    New-Service -Name $name -BinaryPathName $command -DisplayName 'CallMyWay' -StartupType Automatic `
        -Description "The office's calls on its agents' screens." | Out-Null
    & sc.exe config $name obj= "NT SERVICE\$name" | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "sc.exe could not set up the service (exit code $LASTEXITCODE)." }
}

# Started again after 5 seconds whenever it ends by itself; the count begins anew each day.
& sc.exe failure $name reset= 86400 actions= restart/5000/restart/5000/restart/60000 | Out-Null

# Customers' data: for the service and for administrators alone, without what is inherited from above.
& icacls.exe $Data /inheritance:r /grant:r "NT SERVICE\${name}:(OI)(CI)M" '*S-1-5-32-544:(OI)(CI)F' '*S-1-5-18:(OI)(CI)F' | Out-Null
if ($LASTEXITCODE -ne 0) { throw "icacls.exe could not limit $Data (exit code $LASTEXITCODE)." }

# The operator's password and the webhook's keys: everybody may read the programs' folder, and not this file.
$settings = Join-Path $Program 'appsettings.Production.json'
if (-not (Test-Path $settings)) { Set-Content $settings '{}' -Encoding ASCII }
& icacls.exe $settings /inheritance:r /grant:r "NT SERVICE\${name}:R" '*S-1-5-32-544:F' '*S-1-5-18:F' | Out-Null
if ($LASTEXITCODE -ne 0) { throw "icacls.exe could not limit $settings (exit code $LASTEXITCODE)." }

Start-Service $name
Write-Host 'CallMyWay runs. A service has no window, so that the link for the first administrator is not shown. To get it,'
Write-Host 'stop the service and start the program once by hand:'
Write-Host "  & '$exe' --demo false --DataPath '$Data'"

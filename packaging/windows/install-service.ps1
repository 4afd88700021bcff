#Requires -RunAsAdministrator
<#
.SYNOPSIS
Installs CallMyWay for one office as a Windows service, brings an installed one up to date, or removes it.
.DESCRIPTION
The program is copied to a folder of its own. The service runs as its virtual account, which may write to the data folder
and to nothing else of the machine. The office's settings are in appsettings.Production.json beside the program, which an
upgrade keeps; see docs/service.md. Where it was broken off it can be run again.
.PARAMETER From
The folder that "dotnet publish CallMyWay.LocalHost -r win-x64" has written.
.PARAMETER Program
Where the program goes. An upgrade that does not name it takes the folder of the service.
.PARAMETER Data
The data folder. An upgrade that does not name it takes the folder of the service.
.PARAMETER Remove
Stops and removes the service. The program, its settings and the data stay.
#>
[CmdletBinding(DefaultParameterSetName = 'Install')]
param(
    [Parameter(Mandatory, ParameterSetName = 'Install')] [string] $From,
    [Parameter(ParameterSetName = 'Install')] [string] $Program = (Join-Path $env:ProgramFiles 'CallMyWay'),
    [Parameter(ParameterSetName = 'Install')] [string] $Data = (Join-Path $env:ProgramData 'CallMyWay'),
    [Parameter(Mandatory, ParameterSetName = 'Remove')] [switch] $Remove
)
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$name = 'CallMyWay'
$account = "NT SERVICE\$name"
$administrators = '*S-1-5-32-544'
$system = '*S-1-5-18'

# A whole path without a separator at its end: that would escape the quote behind it in the service's command.
function Get-Folder([string] $Path) {
    $whole = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path).TrimEnd('\', '/')
    if ($whole -eq '' -or $whole.EndsWith(':')) { throw "$Path is a whole disk. Name a folder of its own." }
    $whole
}

function Invoke-Program([string] $What, [string] $Exe, [string[]] $Arguments) {
    $said = & $Exe @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$What (exit code $LASTEXITCODE): $said" }
}

# Whoever made it before the installation owns it, and may give themselves any right to it again. A right that they gave
# themselves before would stay beside those that are granted here.
function Limit-Rights([string] $Path, [string[]] $Rights) {
    Invoke-Program "$Path could not be given to the administrators" icacls.exe $Path, /setowner, $administrators
    Invoke-Program "The rights to $Path could not be taken back" icacls.exe $Path, /reset
    Invoke-Program "$Path could not be limited" icacls.exe (@($Path, '/inheritance:r', '/grant:r') + $Rights)
}

# The service has ended before its process has, which still holds the program's files.
function Stop-Whole {
    $process = Get-CimInstance Win32_Service -Filter "Name='$name'" | Select-Object -ExpandProperty ProcessId
    Stop-Service $name
    $service.WaitForStatus('Stopped', '00:01:00')
    if ($process) { Wait-Process -Id $process -Timeout 60 -ErrorAction SilentlyContinue }
}

$service = Get-Service $name -ErrorAction SilentlyContinue

if ($Remove) {
    if (-not $service) { throw "There is no service $name." }
    Stop-Whole
    Invoke-Program "The service could not be removed" sc.exe delete, $name
    Write-Host "The service is removed. The program, its settings and the data are where they were."
    return
}

# An upgrade goes to where the service is: with the defaults, one of other folders would become a new and empty office.
if ($service -and -not ($PSBoundParameters.ContainsKey('Program') -and $PSBoundParameters.ContainsKey('Data'))) {
    $now = Get-CimInstance Win32_Service -Filter "Name='$name'" | Select-Object -ExpandProperty PathName
    $known = '^(?:"(?<exe>[^"]+)"|(?<exe>\S+))\s.*--DataPath[ =](?:"(?<data>[^"]+)"|(?<data>\S+))'
    if ($now -notmatch $known -or -not [IO.Path]::IsPathRooted($Matches.exe) -or -not [IO.Path]::IsPathRooted($Matches.data)) {
        throw "The command of the service does not tell its folders. Name both by -Program and -Data."
    }
    if (-not $PSBoundParameters.ContainsKey('Program')) { $Program = [IO.Path]::GetDirectoryName($Matches.exe) }
    if (-not $PSBoundParameters.ContainsKey('Data')) { $Data = $Matches.data }
}

$From = Get-Folder $From
$Program = Get-Folder $Program
$Data = Get-Folder $Data
$exe = Join-Path $Program 'CallMyWay.LocalHost.exe'

if (-not (Test-Path -LiteralPath (Join-Path $From 'CallMyWay.LocalHost.exe'))) {
    throw "$From has no CallMyWay.LocalHost.exe. Run first: dotnet publish CallMyWay.LocalHost -c Release -r win-x64 --no-self-contained -o `"$From`""
}
if ($From -eq $Program) { throw "$From is where the program goes. Name the folder that dotnet publish has written." }
if ($Data -eq $Program -or $Data.StartsWith($Program + [IO.Path]::DirectorySeparatorChar, 'OrdinalIgnoreCase')) {
    throw "The data folder $Data is in the program's. Name one outside of $Program."
}

if ($service) { Stop-Whole }

# The office's own settings are kept.
New-Item -ItemType Directory -Force -Path $Program, $Data | Out-Null
Get-ChildItem -LiteralPath $From -Force | Where-Object Name -ne 'appsettings.Production.json' |
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
}

# Until here a new service is the machine's own account, which may do everything. So each run sets it.
Invoke-Program "The service could not be given its account" sc.exe config, $name, obj=, $account

# Started again after 5 seconds whenever it ends by itself; the count begins anew each day.
Invoke-Program "The service could not be told to start again" sc.exe `
    failure, $name, reset=, 86400, actions=, restart/5000/restart/5000/restart/60000

# Customers' data: for the service and for administrators alone, without what is inherited from above.
Limit-Rights $Data "${account}:(OI)(CI)M", "${administrators}:(OI)(CI)F", "${system}:(OI)(CI)F"

# The program is what the service runs: on a disk where everybody may write, somebody could put another in its place.
Limit-Rights $Program "${account}:(OI)(CI)RX", "${administrators}:(OI)(CI)F", "${system}:(OI)(CI)F"

# The operator's password and the webhook's keys.
$settings = Join-Path $Program 'appsettings.Production.json'
if (-not (Test-Path -LiteralPath $settings)) { Set-Content -LiteralPath $settings '{}' -Encoding ASCII }
Limit-Rights $settings "${account}:R", "${administrators}:F", "${system}:F"

$byHand = "  & '$($exe.Replace("'", "''"))' --demo false --DataPath '$($Data.Replace("'", "''"))'"
try {
    Start-Service $name
} catch {
    throw "The service did not start: $($_.Exception.Message) To see why, start the program once by hand:`n$byHand"
}
Write-Host 'CallMyWay runs. A service has no window, so that the link for the first administrator is not shown. To get it,'
Write-Host 'stop the service and start the program once by hand:'
Write-Host $byHand

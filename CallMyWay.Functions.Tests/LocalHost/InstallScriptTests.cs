using System.Diagnostics;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Functions.Tests.Samples;

namespace CallMyWay.Functions.Tests.LocalHost;

/// <summary>
/// What the script for a Windows service would do, with stand-ins for Windows that write down what they are asked.
/// Programs get their arguments as Windows PowerShell 5.1 passes them. It needs PowerShell: other machines skip it.
/// </summary>
public sealed class InstallScriptTests : IDisposable
{
    private static readonly string Script = Path.Combine(
        Repository.Folder, "packaging", "windows", "install-service.ps1");

    private readonly string _folder = TestFolder.Create("callmyway-install ");

    public InstallScriptTests()
    {
        Directory.CreateDirectory(From);
        File.WriteAllText(Path.Combine(From, "CallMyWay.LocalHost.exe"), "new");
        Directory.CreateDirectory(Path.Combine(From, "wwwroot"));
        File.WriteAllText(Path.Combine(From, "wwwroot", "index.html"), "new");
        File.WriteAllText(Path.Combine(From, "appsettings.Production.json"), "not the office's");
    }

    private string From => Path.Combine(_folder, "a program");

    private string Program => Path.Combine(_folder, "Program Files", "CallMyWay");

    private string Data => Path.Combine(_folder, "ProgramData", "CallMyWay");

    private string Exe => Path.Combine(Program, "CallMyWay.LocalHost.exe");

    private string Settings => Path.Combine(Program, "appsettings.Production.json");

    private string Command =>
        $"\"{Exe}\" --demo false --DataPath \"{Data}\" --LogFiles:Folder \"{Path.Combine(Data, "logs")}\"";

    /// <summary>Each run does this, so that one that was broken off is made good by the next.</summary>
    private string[] Rights =>
    [
        @"sc.exe|config|CallMyWay|obj=|NT SERVICE\CallMyWay",
        "sc.exe|failure|CallMyWay|reset=|86400|actions=|restart/5000/restart/5000/restart/60000",
        .. Limited(Data, "(OI)(CI)", "M"),
        .. Limited(Program, "(OI)(CI)", "RX"),
        .. Limited(Settings, "", "R"),
    ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task It_Installs_Brings_Up_To_Date_And_Removes()
    {
        var (code, output, log) = await RunAsync($"-From '{From}'");

        code.ShouldBe(0, output);
        log.ShouldBe([$"New-Service|CallMyWay|Automatic|{Command}", .. Rights, "Start-Service|CallMyWay"]);
        (await File.ReadAllTextAsync(Path.Combine(Program, "wwwroot", "index.html"))).ShouldBe("new");
        (await File.ReadAllTextAsync(Settings)).Trim().ShouldBe("{}");
        output.ShouldContain($"& '{Exe}' --demo false --DataPath '{Data}'");

        await File.WriteAllTextAsync(Settings, """{"urls":"http://127.0.0.1:8080"}""");
        await File.WriteAllTextAsync(Path.Combine(From, "wwwroot", "index.html"), "newer");
        (code, output, log) = await RunAsync($"-From '{From}/'");

        code.ShouldBe(0, output);
        log.ShouldBe(
            ["Stop-Service|CallMyWay", "Wait-Process|4711", $"Change|{Command}", .. Rights, "Start-Service|CallMyWay"]);
        (await File.ReadAllTextAsync(Path.Combine(Program, "wwwroot", "index.html"))).ShouldBe("newer");
        (await File.ReadAllTextAsync(Settings)).ShouldContain("8080", Case.Sensitive, "the office's settings are kept");

        (code, output, log) = await RunAsync("-Remove");

        code.ShouldBe(0, output);
        log.ShouldBe(["Stop-Service|CallMyWay", "Wait-Process|4711", "sc.exe|delete|CallMyWay"]);
        (File.Exists(Settings), Directory.Exists(Data)).ShouldBe((true, true));
        (code, output, log) = await RunAsync("-Remove");
        (code, log.Count).ShouldBe((1, 0));
        output.ShouldContain("There is no service CallMyWay.");
    }

    [SkippableFact]
    public async Task Other_Folders_Are_Named_With_Or_Without_A_Separator_At_Their_End()
    {
        var (program, data) = (Path.Combine(_folder, "the office's [1]"), Path.Combine(_folder, "its data"));

        var (code, output, log) = await RunAsync(
            $"-From '{From}' -Program '{program.Replace("'", "''", StringComparison.Ordinal)}/' -Data '{data}/'");

        code.ShouldBe(0, output);
        log[0].ShouldEndWith(
            $"|\"{program}/CallMyWay.LocalHost.exe\" --demo false --DataPath \"{data}\" --LogFiles:Folder \"{data}/logs\"");
        log.ShouldContain(line => line.StartsWith($"icacls.exe|{data}|", StringComparison.Ordinal));
        File.Exists(Path.Combine(program, "wwwroot", "index.html")).ShouldBeTrue();
        output.ShouldContain(
            $"& '{program.Replace("'", "''", StringComparison.Ordinal)}/CallMyWay.LocalHost.exe' --demo false");
    }

    [SkippableFact]
    public async Task An_Upgrade_Goes_To_The_Folders_Of_The_Service_Unless_Others_Are_Named()
    {
        var (program, data) = (Path.Combine(_folder, "the office [1]"), Path.Combine(_folder, "its data"));
        var (code, output, installed) = await RunAsync($"-From '{From}' -Program '{program}' -Data '{data}'");
        code.ShouldBe(0, output);
        await File.WriteAllTextAsync(Path.Combine(From, "wwwroot", "index.html"), "newer");

        (code, output, var log) = await RunAsync($"-From '{From}'");

        code.ShouldBe(0, output);
        log.ShouldContain(installed[0].Replace("New-Service|CallMyWay|Automatic|", "Change|", StringComparison.Ordinal));
        (await File.ReadAllTextAsync(Path.Combine(program, "wwwroot", "index.html"))).ShouldBe("newer");
        (Directory.Exists(Program), Directory.Exists(Data)).ShouldBe((false, false));

        (code, output, log) = await RunAsync($"-From '{From}' -Data '{data}-2'");

        code.ShouldBe(0, output);
        log.ShouldContain(line => line.StartsWith($"Change|\"{program}", StringComparison.Ordinal)
            && line.Contains($"--DataPath \"{data}-2\"", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("/opt/program/CallMyWay.LocalHost.exe --demo false")]
    [InlineData("CallMyWay.LocalHost.exe --DataPath data")]
    public async Task An_Upgrade_Of_A_Service_Whose_Folders_Nobody_Can_Tell_Changes_Nothing(string command)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "service"), command);

        var (code, output, log) = await RunAsync($"-From '{From}'");

        (code, log.Count).ShouldBe((1, 0), output);
        output.ShouldContain("Name both by -Program and -Data.");
        (code, output, log) = await RunAsync($"-From '{From}' -Program '{Program}' -Data '{Data}'");
        code.ShouldBe(0, output);
        log.ShouldContain($"Change|{Command}");
    }

    [SkippableTheory]
    [InlineData("-From '{0}/none'", "has no CallMyWay.LocalHost.exe. Run first: dotnet publish")]
    [InlineData("-From '{0}/a program' -Program '{0}/a program'", "is where the program goes")]
    [InlineData("-From '{0}/a program' -Program '{0}/p' -Data '{0}/p/data'", "is in the program's")]
    [InlineData("-From '{0}/a program' -Data '/'", "is a whole disk")]
    [InlineData("-From '{0}/a program' -Remove", "Parameter set cannot be resolved")]
    [InlineData("-From '{0}/a program' -Port 8080", "'Port'")]
    public async Task A_Wrong_Argument_Changes_Nothing(string arguments, string said)
    {
        var (code, output, log) = await RunAsync(arguments.Replace("{0}", _folder, StringComparison.Ordinal));

        (code, log.Count).ShouldBe((1, 0), output);
        output.ShouldContain(said);
        (Directory.Exists(Program), Directory.Exists(Data)).ShouldBe((false, false));
    }

    [SkippableTheory]
    [InlineData("sc.exe-config", "could not be given its account (exit code 5)")]
    [InlineData("sc.exe-failure", "could not be told to start again (exit code 5)")]
    [InlineData("icacls.exe-/setowner", "could not be given to the administrators (exit code 5)")]
    [InlineData("icacls.exe-/reset", "could not be taken back (exit code 5)")]
    [InlineData("icacls.exe-/inheritance:r", "could not be limited (exit code 5)")]
    [InlineData("Start-Service", "The service did not start")]
    public async Task What_Fails_Is_Said_And_A_Service_Without_Its_Rights_Is_Not_Started(string fails, string said)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, $"fails-{fails.Replace('/', '-')}"), "");

        var (code, output, log) = await RunAsync($"-From '{From}'");

        code.ShouldBe(1, output);
        output.ShouldContain(said);
        log.ShouldNotContain("Start-Service|CallMyWay");
    }

    /// <summary>Whoever made it before is not its owner any more, and has no right left.</summary>
    private static string[] Limited(string path, string handedDown, string right) =>
    [
        $"icacls.exe|{path}|/setowner|*S-1-5-32-544",
        $"icacls.exe|{path}|/reset",
        $@"icacls.exe|{path}|/inheritance:r|/grant:r|NT SERVICE\CallMyWay:{handedDown}{right}"
            + $"|*S-1-5-32-544:{handedDown}F|*S-1-5-18:{handedDown}F",
    ];

    private async Task<(int Code, string Output, IReadOnlyList<string> Log)> RunAsync(string arguments)
    {
        Skip.If(OperatingSystem.IsWindows(), "The stand-ins are shell scripts; on Windows the real programs would run.");
        var pwsh = Programs.Needed("pwsh");
        var log = Path.Combine(_folder, "log");
        File.Delete(log);
        foreach (var (program, verb) in new[] { ("sc.exe", "$1"), ("icacls.exe", "$2") })
        {
            PutProgram(program, $$"""
                #!/bin/sh
                fails="$STATE/fails-{{program}}-$(printf %s "{{verb}}" | tr / -)"
                { printf '%s' {{program}}; printf '|%s' "$@"; echo; } >> "$STATE/log"
                [ "$1" = delete ] && rm "$STATE/service"
                [ ! -e "$fails" ] || { echo Denied.; exit 5; }
                """);
        }

        var harness = Path.Combine(_folder, "harness.ps1");
        // PowerShell breaks the lines of an error that nobody catches.
        await File.WriteAllTextAsync(
            harness,
            $"{Windows}try {{ & '{Script}' {arguments} }} catch {{ \"$($_.Exception.Message)\"; exit 1 }}\n");
        var start = new ProcessStartInfo(pwsh, ["-NoProfile", "-NonInteractive", "-File", harness])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["STATE"] = _folder;
        start.Environment["PATH"] = $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["ProgramFiles"] = Path.GetDirectoryName(Program);
        start.Environment["ProgramData"] = Path.GetDirectoryName(Data);
        start.Environment["NO_COLOR"] = "1";
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(output), File.Exists(log) ? await File.ReadAllLinesAsync(log) : []);
    }

    private void PutProgram(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text.ReplaceLineEndings("\n") + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Stands in for the commands of Windows. A file <c>fails-…</c> makes one fail.</summary>
    private const string Windows = """
        Set-StrictMode -Version Latest
        $ErrorActionPreference = 'Stop'
        $PSNativeCommandArgumentPassing = 'Legacy'
        function Write-Down { Add-Content -LiteralPath "$env:STATE/log" ($args -join '|') }
        function Test-Fails([string] $What) { Test-Path -LiteralPath "$env:STATE/fails-$What" }
        function Get-Service {
            [CmdletBinding()] param($Name)
            if (-not (Test-Path -LiteralPath "$env:STATE/service")) { Write-Error "No service $Name."; return }
            $service = [pscustomobject]@{ Name = $Name }
            Add-Member -InputObject $service -PassThru ScriptMethod WaitForStatus { param($status, $time) }
        }
        function New-Service {
            [CmdletBinding()] param($Name, $BinaryPathName, $DisplayName, $StartupType, $Description)
            Set-Content -LiteralPath "$env:STATE/service" $BinaryPathName
            Write-Down New-Service $Name $StartupType $BinaryPathName
        }
        function Start-Service([string] $Name) {
            if (Test-Fails Start-Service) { throw 'Failed to start.' }
            Write-Down Start-Service $Name
        }
        function Stop-Service([string] $Name) { Write-Down Stop-Service $Name }
        function Wait-Process { [CmdletBinding()] param($Id, $Timeout) Write-Down Wait-Process $Id }
        function Get-CimInstance {
            [CmdletBinding()] param([Parameter(Position = 0)] $ClassName, $Filter)
            [pscustomobject]@{ ProcessId = 4711; PathName = Get-Content -LiteralPath "$env:STATE/service" }
        }
        function Invoke-CimMethod {
            [CmdletBinding()] param([Parameter(ValueFromPipeline)] $InputObject, $MethodName, $Arguments)
            process {
                Set-Content -LiteralPath "$env:STATE/service" $Arguments.PathName
                Write-Down $MethodName $Arguments.PathName
                [pscustomobject]@{ ReturnValue = 0 }
            }
        }

        """;
}

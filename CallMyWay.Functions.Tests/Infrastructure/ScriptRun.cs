using System.Diagnostics;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// Runs a shell script of the repository with stand-ins for az, azd and sleep. The stand-in for az answers by a test's
/// case patterns, and ends each line as on Windows. If bash or a tool of the scripts is missing, the test is skipped.
/// </summary>
internal sealed class ScriptRun : IDisposable
{
    private static readonly string[] Tools = ["bash", "curl", "jq", "script"];

    private readonly string _folder = Directory.CreateTempSubdirectory("callmyway-script-").FullName;

    /// <param name="az">Cases such as <c>"ad app list "*) say one ;;</c>; any other command prints nothing.</param>
    public ScriptRun(string az = "")
    {
        var missing = Tools.Where(tool => !IsThere(tool)).ToList();
        Skip.If(OperatingSystem.IsWindows() || missing.Count > 0, $"The scripts need {string.Join(", ", missing)}.");
        Put("az", $$"""
            say() { printf '%s\r\n' "$@"; }
            # once NAME: true the first time only.
            once() { [ ! -e "$STATE/$1" ] && touch "$STATE/$1"; }
            echo "az $*" >> "$STATE/log"
            case "$*" in
            {{az}}
            "account show --query id "*) say subscription-1 ;;
            "account show --query tenantId "*) say tenant-1 ;;
            "group exists "*) say true ;;
            "functionapp show "*) say /subscriptions/subscription-1/sites/func-1 ;;
            esac
            """);
        Put("azd", """echo "azd $*" >> "$STATE/log" """);
        Put("sleep", """echo "sleep $*" >> "$STATE/log" """);
    }

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal)
    {
        ["AZURE_ENV_NAME"] = "office",
        ["AZURE_SUBSCRIPTION_ID"] = "subscription-1",
    };

    /// <summary>The commands that the stand-ins received, in order.</summary>
    public IReadOnlyList<string> Log => File.Exists(LogFile) ? File.ReadAllLines(LogFile) : [];

    /// <summary>The content of a file that a stand-in wrote.</summary>
    public string Read(string file) => File.ReadAllText(Path.Combine(_folder, file));

    private string LogFile => Path.Combine(_folder, "log");

    /// <param name="script">The script's path in the repository, and its arguments.</param>
    /// <param name="typed">The input at a terminal; null for no terminal.</param>
    public async Task<(int Code, string Output)> RunAsync(string script, string? typed = null)
    {
        var command = $"{Repository.Folder}/{script}";
        var start = new ProcessStartInfo("bash", typed is null ? ["-c", command] : ["-c", "exec script -qec \"$0\" /dev/null", command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["STATE"] = _folder;
        start.Environment["PATH"] = $"{_folder}:{System.Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(typed);
        process.StandardInput.Close();
        var output = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(output));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static bool IsThere(string tool) =>
        (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, tool)));

    /// <summary>Makes a stand-in for a program, as a shell script.</summary>
    public void Put(string tool, string text)
    {
        var file = Path.Combine(_folder, tool);
        File.WriteAllText(file, $"#!/usr/bin/env bash\n{text}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }
}

/// <summary>The folder that the tests were built in.</summary>
internal static class Repository
{
    public static string Folder { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "azure.yaml")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no azure.yaml above {AppContext.BaseDirectory}.");
    }
}

using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>
/// The Bicep CLI, and stubs for the modules of the public registry. A stub accepts any parameter and gives any output,
/// so that the templates can be checked where the registry can't be reached.
/// </summary>
internal static partial class Bicep
{
    /// <summary>The setting that says where the CLI is; <c>.ci/run</c> gives it.</summary>
    public const string Setting = "CALLMYWAY_BICEP";

    public static readonly Uri Registry = new("https://mcr.microsoft.com/v2/");

    private static readonly string? Command = Environment.GetEnvironmentVariable(Setting);

    /// <summary>Why nothing can be checked here; null if it can.</summary>
    public static string? WhyNot { get; } = File.Exists(Command) ? null
        : $"The Bicep CLI is not there: .ci/run brings that for Linux on x64. Else set {Setting} to the path of one.";

    public static async Task<bool> CanReachTheRegistryAsync()
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        try
        {
            using var answer = await client.GetAsync(Registry, HttpCompletionOption.ResponseHeadersRead);
            return true;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The references to registry modules in the files of this folder.</summary>
    public static IReadOnlyCollection<string> ModulesOfTheRegistry(string folder) =>
    [
        .. from file in Files(folder)
           from Match module in RegistryModule().Matches(File.ReadAllText(file))
           select module.Groups["reference"].Value,
    ];

    /// <summary>Writes stubs into a folder, and makes its files use them.</summary>
    public static void PutStubs(string folder)
    {
        var stubs = Directory.CreateDirectory(Path.Combine(folder, "stubs")).FullName;
        // The linter skips the stubs.
        const string Silent = """{ "analyzers": { "core": { "enabled": false } } }""";
        File.WriteAllText(Path.Combine(stubs, "bicepconfig.json"), Silent);
        foreach (var file in Files(folder).ToList())
        {
            var text = File.ReadAllText(file);
            File.WriteAllText(file, RegistryModule().Replace(text, module =>
            {
                var stub = Path.Combine(
                    stubs, $"{Path.GetFileNameWithoutExtension(file)}-{module.Groups["name"].Value}.bicep");
                File.WriteAllText(stub, Stub(module, text));
                var reference = Path.GetRelativePath(Path.GetDirectoryName(file)!, stub).Replace('\\', '/');
                return module.Value.Replace(module.Groups["reference"].Value, reference, StringComparison.Ordinal);
            }));
        }
    }

    /// <summary>The CLI's messages about all files of this folder, line by line; empty if all is well.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(string folder, string command, params string[] options)
    {
        var (exitCode, output, errors) = await StartAsync(folder, [command, "--pattern", "**/*.bicep", .. options]);
        const StringSplitOptions Tidy = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        var lines = (output + errors).Split('\n', Tidy);
        return exitCode == 0 || lines.Length > 0
            ? lines
            : [$"bicep {command} ended with {exitCode} and said nothing."];
    }

    /// <summary>The value of a variable that follows from the others of these declarations alone.</summary>
    public static async Task<JsonElement> EvaluateAsync(string folder, string declarations, string name)
    {
        const string File = "value.bicepparam";
        await System.IO.File.WriteAllTextAsync(
            Path.Combine(folder, File), $"using none\n{declarations}\nparam value = {name}\n");
        var (exitCode, output, errors) = await StartAsync(folder, ["build-params", File, "--stdout"]);
        exitCode.ShouldBe(0, errors);
        var parameters = JsonSerializer.Deserialize<JsonElement>(output).GetProperty("parametersJson").GetString()!;
        return JsonSerializer.Deserialize<JsonElement>(parameters)
            .GetProperty("parameters").GetProperty("value").GetProperty("value");
    }

    private static async Task<(int ExitCode, string Output, string Errors)> StartAsync(
        string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Command!, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, texts[0], texts[1]);
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*.bicep", SearchOption.AllDirectories);

    private static string Stub(Match module, string file)
    {
        var parameters = module.Groups["given"].Captures.Select(given => given.Value).Distinct();
        var outputs = Regex.Matches(file, $@"\b{module.Groups["name"].Value}(\[[^\]]*\])?\??\.outputs\.(?<output>\w+)")
            .Select(output => output.Groups["output"].Value)
            .Distinct();
        return string.Join('\n',
        [
            .. parameters.Select(name => $"param {name} any = any(null)"),
            .. outputs.Select(name => $"output {name} any = any(null)"),
        ]);
    }

    // A module ends with a brace or bracket at the beginning of a line. "given" holds all property names, including the
    // parameters.
    [GeneratedRegex(
        @"^module (?<name>\w+) '(?<reference>br[/:][^']+)' = (((?<given>\w+):(?=\s))|.)*?^[}\]]",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex RegistryModule();
}

using System.Diagnostics;
using System.Text.RegularExpressions;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Samples;

/// <summary>A server of <c>samples</c>, as a program of its own.</summary>
internal sealed partial class SampleServer : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private SampleServer(Process process, Uri address, string secret, string endpointId)
    {
        (_process, Secret, EndpointId) = (process, secret, endpointId);
        Client = new HttpClient { BaseAddress = address };
    }

    public HttpClient Client { get; }

    /// <summary>That of its event endpoint.</summary>
    public string Secret { get; }

    public string EndpointId { get; }

    /// <summary>Where it takes events.</summary>
    public string Receiver => new Uri(Client.BaseAddress!, "/callmyway").ToString();

    public static async Task<SampleServer> StartAsync(string sample, string url, string key, string secret, string endpointId)
    {
        var start = sample == "node"
            ? new ProcessStartInfo(Programs.Needed("node"), [SourceTree.PathOf("samples", "node", "server.mjs")])
            : new ProcessStartInfo(
                HostProcess.Dotnet,
                ["exec", Path.Combine(AppContext.BaseDirectory, "CallMyWay.Samples.AspNetCore.dll"), "--urls", "http://127.0.0.1:0"]);
        start.RedirectStandardOutput = true;
        start.UseShellExecute = false;
        foreach (var (name, value) in new[]
        {
            ("PORT", "0"), ("CALLMYWAY_URL", url), ("CALLMYWAY_KEY", key), ("CALLMYWAY_SECRET", secret),
            ("CallMyWay__Url", url), ("CallMyWay__Key", key), ("CallMyWay__Secret", secret),
        })
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start).ShouldNotBeNull();
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Longest) is { } line)
        {
            if (Listening().Match(line) is { Success: true } said)
            {
                // It must not wait for a reader of what it prints.
                _ = process.StandardOutput.ReadToEndAsync();
                return new SampleServer(process, new Uri(said.Groups["address"].Value), secret, endpointId);
            }
        }

        throw new InvalidOperationException($"The sample {sample} did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"istening on:? (?<address>http\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Listening();
}

/// <summary>Programs of the machine that some tests need.</summary>
internal static class Programs
{
    /// <summary>Its name; where it is missing, the test is skipped.</summary>
    public static string Needed(string program)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder =>
            File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")));
        Skip.If(!found, $"There is no {program} on this machine.");
        return program;
    }
}

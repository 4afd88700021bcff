using System.Diagnostics;
using CallMyWay.LocalHost;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// A demo host in a process of its own, for tests that kill it or start it in an unusual way. It has no simulator.
/// </summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly Process _process;

    private HostProcess(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>The dotnet program.</summary>
    public static string Dotnet =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    public int Id => _process.Id;

    public Uri Address { get; }

    /// <summary>What the operator's notifications are posted to.</summary>
    public Uri Webhook => new(Address, "/api/webhooks/callmyway/demo-key-0000000000000000");

    /// <param name="before">A program that runs the host, with its arguments; empty to run the host itself.</param>
    /// <param name="settings">The host's settings, including the data folder.</param>
    public static async Task<HostProcess> StartAsync(string[] before, string[] settings)
    {
        string[] all = [.. before, Dotnet, "exec", typeof(LocalHostApp).Assembly.Location, "--urls", "http://127.0.0.1:0", "--Demo:Simulator", "false", "--Demo:Contacts", "7", .. settings];
        var process = Process.Start(
            new ProcessStartInfo(all[0], all[1..]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        const string Told = "CallMyWay is at ";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Told, StringComparison.Ordinal))
            {
                // Its output must be read, or it would block.
                _ = process.StandardOutput.ReadToEndAsync();
                return new HostProcess(process, new Uri(line[Told.Length..]));
            }
        }

        process.Dispose();
        throw new InvalidOperationException("The host ended before it told its address.");
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }
}

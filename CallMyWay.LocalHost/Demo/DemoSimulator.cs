using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Operator;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace CallMyWay.LocalHost.Demo;

/// <summary>
/// Runs the demo's operator: the simulator in a process of its own, which starts once this host answers, and ends with
/// it. If this process is killed, the simulator's standard input closes, and it ends too.
/// </summary>
internal sealed partial class DemoSimulator(
    IConfiguration settings,
    IOptions<CallMyWayOptions> callMyWay,
    IOptions<WebhookOptions> webhook,
    IServer server,
    ILogger<DemoSimulator> logger) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan ToStart = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ToEnd = TimeSpan.FromSeconds(5);

    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(10) };

    private Process? _process;

    /// <summary>The simulator's address; null if the settings name another operator.</summary>
    public string? Address => settings.GetValue(DemoDefaults.RunSimulator, true) && settings[DemoDefaults.OwnSimulator] == "true"
        ? callMyWay.Value.BaseUrl.ToString().TrimEnd('/')
        : null;

    /// <summary>The simulator's process, for tests.</summary>
    internal int? ProcessId => _process?.Id;

    /// <summary>An address on this machine with a port that was free a moment ago.</summary>
    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    /// <summary>
    /// Asks the simulator to place a call. If the simulator is still starting, waits for it. Null if it can't be
    /// reached.
    /// </summary>
    public Task<HttpResponseMessage?> PlaceAsync(SimulatedCallRequest call, CancellationToken cancellationToken) =>
        PostAsync("/simulator/calls", call, cancellationToken);

    /// <summary>The same for calls of the past. When it answers, all of them are over.</summary>
    public Task<HttpResponseMessage?> PlaceAsync(
        IReadOnlyList<SimulatedCallRequest> calls, CancellationToken cancellationToken) =>
        PostAsync("/simulator/calls/batch?wait=true", new { calls }, cancellationToken);

    private async Task<HttpResponseMessage?> PostAsync<T>(string path, T body, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await _client.PostAsJsonAsync(new Uri(callMyWay.Value.BaseUrl, path), body, cancellationToken);
            }
            catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConnectionError && IsStarting)
            {
                // The simulator does not listen yet, so nothing was sent.
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                return null;
            }
        }
    }

    private bool IsStarting => _process is { HasExited: false } process && DateTime.Now - process.StartTime < ToStart;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (Address is { } address)
        {
            Start(address);
        }

        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (_process is not { HasExited: false } process)
        {
            return;
        }

        process.StandardInput.Close();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(ToEnd);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _client.Dispose();
        if (Interlocked.Exchange(ref _process, null) is not { } process)
        {
            return;
        }

        using (process)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private void Start(string urls)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "simulator", "CallMyWay.Simulator.dll");
        if (!File.Exists(program))
        {
            Log.Missing(logger, program);
            return;
        }

        var start = Command(program);
        start.ArgumentList.Add("--urls");
        start.ArgumentList.Add(urls);
        start.ArgumentList.Add("--exit-with-parent");
        start.ArgumentList.Add("true");
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        // Passed in the environment: everyone on the machine can read a command line.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        // This host reads the operator's times in its account's zone.
        start.Environment["TimeZone"] = callMyWay.Value.Accounts[0].TimeZone;
        if (webhook.Value.Keys is [var key, ..] && server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address)
        {
            start.Environment["Webhook"] = $"{ToLoopback(address)}/api/webhooks/callmyway/{key}";
        }

        try
        {
            _process = Process.Start(start);
            _process!.OutputDataReceived += static (_, _) => { };
            _process.BeginOutputReadLine();
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException)
        {
            Log.NotStarted(logger, exception);
        }
    }

    // The simulator runs with the same .NET runtime as this process. A self-contained copy has no runtime to share;
    // then the simulator's own executable is used.
    private static ProcessStartInfo Command(string program)
    {
        var isWindows = OperatingSystem.IsWindows();
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", isWindows ? "dotnet.exe" : "dotnet"));
        return File.Exists(dotnet)
            ? new ProcessStartInfo(dotnet, ["exec", program])
            : new ProcessStartInfo(Path.ChangeExtension(program, isWindows ? ".exe" : null));
    }

    private static string ToLoopback(string address) => address
        .Replace("[::]", "localhost", StringComparison.Ordinal)
        .Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)
        .TrimEnd('/');

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The demo has no operator: the simulator is not at {Program}. Build it with the host: dotnet build CallMyWay.LocalHost")]
        public static partial void Missing(ILogger logger, string program);

        [LoggerMessage(LogLevel.Warning, "The demo has no operator: the simulator could not be started.")]
        public static partial void NotStarted(ILogger logger, Exception exception);
    }
}

/// <summary>A request to the simulator for a call.</summary>
internal sealed record SimulatedCallRequest(
    string? From, string To, string Type, bool Private, int RingSeconds, int TalkSeconds, bool Answered)
{
    /// <summary>The call's id; null for one that the simulator makes.</summary>
    public string? CallId { get; init; }

    /// <summary>When it begins, in ISO 8601; null for now.</summary>
    public string? At { get; init; }

    /// <summary>False for a call that only the records tell of.</summary>
    public bool Notify { get; init; } = true;
}

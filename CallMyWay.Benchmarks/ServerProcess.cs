using System.Diagnostics;

namespace CallMyWay.Benchmarks;

/// <summary>
/// A server in a process of its own, which runs this same program. It takes commands on its standard input, and ends
/// when that closes.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>The prefix of answers. Other lines are the server's log.</summary>
    public const string Answer = "> ";

    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    public Uri Address { get; private set; } = null!;

    public int Id => _process.Id;

    /// <summary>In MB.</summary>
    public double WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1048576.0;
        }
    }

    /// <summary>The processor time that it has used: it tells slow code from a machine that others are using.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<ServerProcess> StartAsync(params string[] args)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(dotnet, [typeof(ServerProcess).Assembly.Location, "serve", .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        // The service and the container set the same (packaging). A value that is set already stays.
        start.Environment.TryAdd("DOTNET_GCgen0size", "2000000");
        var server = new ServerProcess(Process.Start(start)!);
        server.Address = new Uri(await server.AnswerAsync());
        return server;
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public async Task<string> AskAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        return await AnswerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        // What is left in the queue does not matter: the data folder is deleted too.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await _process.StandardOutput.ReadToEndAsync(patience.Token);
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task<string> AnswerAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Answer, StringComparison.Ordinal))
            {
                return line[Answer.Length..];
            }

            await Console.Error.WriteLineAsync(line);
        }

        throw new InvalidOperationException("The server ended.");
    }
}

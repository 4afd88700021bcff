using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CallMyWay.Benchmarks;

/// <summary>
/// How soon a started host answers, and how much memory it uses: idle, and after work with many contacts.
/// </summary>
internal static class StartBenchmark
{
    public static async Task RunAsync(bool quick, string[] args)
    {
        var program = args is [var given, ..]
            ? Path.GetFullPath(given)
            : Path.Combine(AppContext.BaseDirectory, "CallMyWay.LocalHost.dll");
        Report.Title("From the start of the process to the first 200 of /api/health");
        var times = new List<double>();
        for (var run = 0; run < (quick ? 1 : 5); run++)
        {
            using var empty = new TemporaryFolder();
            await using var host = await Host.StartAsync(program, empty.Path);
            times.Add(host.ReadyAfter.TotalSeconds);
            if (run == 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(quick ? 5 : 20));
                Report.Target("resident memory, idle", host.WorkingSet, "MB", 150, atLeast: false);
            }
        }

        Report.Target($"empty data folder, longest of {times.Count}", times.Max(), "s", 3, atLeast: false);
        Report.Line("  median", Report.Median(times), "s");

        var contacts = ContactFile.Size(quick);
        var folder = await ContactFile.EnsureAsync(contacts);
        times.Clear();
        for (var run = 0; run < (quick ? 1 : 3); run++)
        {
            await using var host = await Host.StartAsync(program, folder);
            times.Add(host.ReadyAfter.TotalSeconds);
        }

        Report.Target($"{contacts:N0} contacts, longest of {times.Count}", times.Max(), "s", 3, atLeast: false);
        await MemoryAsync(quick, folder, contacts);
    }

    private static async Task MemoryAsync(bool quick, string folder, int contacts)
    {
        const int agents = 200;
        var calls = quick ? 1_000 : 20_000;
        var run = HttpLoad.NewRun();
        Report.Title($"Memory with {contacts:N0} contacts");
        await using var server = await ServerProcess.StartAsync("host", folder);
        Report.Line("resident after the start", server.WorkingSet, "MB");
        await server.AskAsync($"agents {agents}");
        using (var load = new HttpLoad(
            server.Address, new Notification(ends: false, run), connections: 32, agents, contacts, calls))
        {
            load.Start();
            await load.WhenSentAsync();
        }

        await server.AskAsync("search 500 jose rod");
        await server.AskAsync($"match {contacts} 20000 1");
        await server.AskAsync("drained");
        var busy = server.WorkingSet;
        await Task.Delay(TimeSpan.FromSeconds(quick ? 2 : 20));
        Report.Line("resident 20 s later", server.WorkingSet, "MB");
        Report.Target("resident after 20,000 calls at once, searches and matches", busy, "MB", 300, atLeast: false);
        await HttpLoad.EndAsync(server, agents, contacts, run, calls);
    }

    /// <summary>The published program, with usual settings.</summary>
    private sealed class Host : IAsyncDisposable
    {
        private readonly Process _process;

        private Host(Process process) => _process = process;

        public TimeSpan ReadyAfter { get; private init; }

        public double WorkingSet
        {
            get
            {
                _process.Refresh();
                return _process.WorkingSet64 / 1048576.0;
            }
        }

        public static async Task<Host> StartAsync(string program, string folder)
        {
            var address = FreeAddress();
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
            var time = Stopwatch.StartNew();
            var process = Process.Start(new ProcessStartInfo(
                Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
                [program, "--demo", "false", "--urls", address.ToString(), "--DataPath", folder])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
            while (true)
            {
                try
                {
                    using var response = await client.GetAsync(new Uri(address, "/api/health"));
                    if (response.IsSuccessStatusCode)
                    {
                        return new Host(process) { ReadyAfter = time.Elapsed };
                    }
                }
                catch (HttpRequestException) when (!process.HasExited)
                {
                    // Not yet.
                }

                await Task.Delay(5);
            }
        }

        public async ValueTask DisposeAsync()
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        private static Uri FreeAddress()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        }
    }
}

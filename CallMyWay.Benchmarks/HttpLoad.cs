using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace CallMyWay.Benchmarks;

/// <summary>
/// Posts notifications over keep-alive connections, each when the one before is answered. It uses plain sockets, as the
/// load runs on the same processors as the measured host and must cost little.
/// </summary>
internal sealed class HttpLoad : IDisposable
{
    private static int s_run = (int)(DateTimeOffset.UtcNow.ToUnixTimeSeconds() % 9000);

    private readonly Connection[] _connections;
    private readonly CancellationTokenSource _stop = new();
    private readonly long _last;
    private Task[] _running = [];
    private long _next;
    private long _since;

    public HttpLoad(Uri server, Notification body, int connections, int agents, int contacts, long calls = long.MaxValue, string path = Servers.WebhookPath)
    {
        _last = calls;
        _connections =
            [.. Enumerable.Range(0, connections).Select(_ => new Connection(server, path, body, agents, contacts))];
    }

    /// <summary>A number for call ids that no other run has.</summary>
    public static int NewRun() => ++s_run;

    public static Notification NewBody() => new(ends: false, NewRun());

    /// <summary>
    /// Ends the calls of a run, and waits until the host has processed that. The folder of many contacts is kept, and
    /// no office has thousands of calls that go on.
    /// </summary>
    public static async Task EndAsync(ServerProcess server, int agents, int contacts, int run, int calls)
    {
        using var load = new HttpLoad(
            server.Address, new Notification(ends: true, run), connections: 8, agents, contacts, calls);
        load.Start();
        await load.WhenSentAsync();
        await server.AskAsync("drained");
    }

    /// <summary>Sends for this time, and measures after the warm-up.</summary>
    public async Task<(double PerSecond, Latencies Latencies)> MeasureAsync(TimeSpan warmUp, TimeSpan duration)
    {
        Start();
        await Task.Delay(warmUp);
        Reset();
        await Task.Delay(duration);
        var (perSecond, latencies) = Take();
        await StopAsync();
        return (perSecond, latencies);
    }

    public void Start() => _running = [.. _connections.Select(connection => Task.Run(() => SendAsync(connection)))];

    /// <summary>
    /// Sends so many in a second. A latency is counted from when the request was due: what waits for a slow answer
    /// before it is late too.
    /// </summary>
    public void Start(double perSecond)
    {
        var every = TimeSpan.FromSeconds(_connections.Length / perSecond);
        _running =
        [
            .. _connections.Select((connection, index) =>
                Task.Run(() => SendAsync(connection, every, every * index / _connections.Length))),
        ];
    }

    public void Reset()
    {
        _since = Stopwatch.GetTimestamp();
        foreach (var connection in _connections)
        {
            connection.Latencies = new Latencies();
        }
    }

    public (double PerSecond, Latencies Latencies) Take()
    {
        var seconds = Stopwatch.GetElapsedTime(_since).TotalSeconds;
        var all = Latencies.Sum(_connections.Select(connection => connection.Latencies));
        return (all.Count / seconds, all);
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
    }

    /// <summary>Waits until all calls have been sent.</summary>
    public Task WhenSentAsync() => Task.WhenAll(_running);

    public void Dispose()
    {
        _stop.Dispose();
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }
    }

    private async Task SendAsync(Connection connection)
    {
        while (!_stop.IsCancellationRequested && Interlocked.Increment(ref _next) is var call && call <= _last)
        {
            var start = Stopwatch.GetTimestamp();
            await connection.PostAsync(call);
            connection.Latencies.Add(start);
        }
    }

    private async Task SendAsync(Connection connection, TimeSpan every, TimeSpan first)
    {
        var due = Stopwatch.GetTimestamp() + (long)(first.TotalSeconds * Stopwatch.Frequency);
        while (!_stop.IsCancellationRequested && Interlocked.Increment(ref _next) is var call && call <= _last)
        {
            var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait);
            }

            // A timer can be late, which is not the server's.
            var start = Math.Max(due, wait > TimeSpan.Zero ? Stopwatch.GetTimestamp() : due);
            await connection.PostAsync(call);
            connection.Latencies.Add(start);
            due += (long)(every.TotalSeconds * Stopwatch.Frequency);
        }
    }

    private sealed class Connection : IDisposable
    {
        private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly Notification _body;
        private readonly int _agents;
        private readonly int _contacts;
        private readonly byte[] _request;
        private readonly int _head;
        private readonly byte[] _response = new byte[4096];

        public Connection(Uri server, string path, Notification body, int agents, int contacts)
        {
            (_body, _agents, _contacts) = (body, agents, contacts);
            var head = Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $"POST {path} HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"));
            _head = head.Length;
            _request = [.. head, .. new byte[body.Length]];
            _socket.Connect(server.Host, server.Port);
        }

        public Latencies Latencies { get; set; } = new();

        public async ValueTask PostAsync(long call)
        {
            _body.Write(_request.AsSpan(_head), call, _agents, _contacts);
            await _socket.SendAsync(_request);
            var length = 0;
            do
            {
                var read = await _socket.ReceiveAsync(_response.AsMemory(length));
                length += read;
                if (read == 0)
                {
                    throw new IOException("The server closed the connection.");
                }
            }
            while (!IsWhole(_response.AsSpan(0, length)));

            if (!_response.AsSpan(0, length).StartsWith("HTTP/1.1 200"u8))
            {
                throw new IOException(
                    $"The server answered: {Encoding.UTF8.GetString(_response.AsSpan(0, Math.Min(length, 400)))}");
            }
        }

        public void Dispose() => _socket.Dispose();

        private static bool IsWhole(ReadOnlySpan<byte> response)
        {
            var head = response.IndexOf("\r\n\r\n"u8);
            if (head < 0)
            {
                return false;
            }

            var at = response[..head].IndexOf("Content-Length: "u8);
            if (at < 0)
            {
                return response.EndsWith("0\r\n\r\n"u8);
            }

            var length = 0;
            for (at += 16; response[at] is >= (byte)'0' and <= (byte)'9'; at++)
            {
                length = (length * 10) + response[at] - '0';
            }

            return response.Length >= head + 4 + length;
        }
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using CallMyWay.Functions.Adapters;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>However a storage account fails, the caller who stores a message gets an error soon.</summary>
public sealed class AzureStorageDownTests
{
    private static readonly string[] Kinds =
        ["hangs", "hangs in the answer", "closes", "500", "503", "refuses", "has no address"];

    // Each request has five seconds; a busy machine gets more here. Without a limit it would be 24 or 80 seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_Failure_To_Store_A_Message_Or_A_Row_Is_Reported_Within_Seconds() => await Task.WhenAll(Kinds.Select(async kind =>
    {
        await using var account = FailingAccount.Start(kind);
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddAzureStorage(new ConfigurationBuilder().AddInMemoryCollection(
                [new(AzureStorageOptions.Section, account.ConnectionString)]).Build())
            .BuildServiceProvider();
        var table = services.GetRequiredService<ITables>()[StorageNames.RefusedEvents];

        await Task.WhenAll(
            ShouldFailAsync(
                services.GetRequiredService<IQueue>().SendAsync(StorageNames.CallEvents, "{}", null, default).AsTask(),
                $"send: {kind}"),
            ShouldFailAsync(table.InsertAsync(new Row("p", "k"), default).AsTask(), $"insert: {kind}"),
            ShouldFailAsync(table.UpsertAsync(new Row("p", "k"), default).AsTask(), $"upsert: {kind}"),
            ShouldFailAsync(table.DeleteAsync("p", "k", null, default).AsTask(), $"delete: {kind}"),
            ShouldFailAsync(table.GetAsync("p", "k", default).AsTask(), $"get: {kind}"));
    }));

    [Fact]
    public async Task If_The_Caller_Cancels_First_The_Account_Is_Not_Blamed()
    {
        await using var account = FailingAccount.Start("hangs");
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddAzureStorage(new ConfigurationBuilder().AddInMemoryCollection(
                [new(AzureStorageOptions.Section, account.ConnectionString)]).Build())
            .BuildServiceProvider();
        using var caller = new CancellationTokenSource();
        var sending = services.GetRequiredService<IQueue>().SendAsync(StorageNames.CallEvents, "{}", null, caller.Token)
            .AsTask();

        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(sending);
    }

    private static async Task ShouldFailAsync(Task request, string what)
    {
        var failure = await Should.ThrowAsync<StorageException>(() => request.WaitAsync(Patience), what);
        failure.IsUnavailable.ShouldBeTrue(what);
    }

    /// <summary>A storage account with real sockets, whose service fails in one of the <see cref="Kinds"/>.</summary>
    private sealed class FailingAccount : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        private readonly CancellationTokenSource _stop = new();

        private readonly string _kind;

        private readonly Task _serving;

        private FailingAccount(string kind)
        {
            _kind = kind;
            _listener.Start();
            // No resolver knows a name under .invalid (RFC 6761).
            var address = kind == "has no address" ? "http://storage.invalid" : $"http://{_listener.LocalEndpoint}";
            ConnectionString =
                $"AccountName=failing;AccountKey=a2V5;QueueEndpoint={address}/failing;TableEndpoint={address}/failing;";
            if (kind == "refuses")
            {
                _listener.Stop();
                _serving = Task.CompletedTask;
                return;
            }

            _serving = ServeAsync();
        }

        public string ConnectionString { get; }

        public static FailingAccount Start(string kind) => new(kind);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _listener.Dispose();
            _stop.Dispose();
        }

        private async Task ServeAsync()
        {
            var answering = new List<Task>();
            while (!_stop.IsCancellationRequested)
            {
                answering.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }

            await Task.WhenAll(answering);
        }

        private async Task AnswerAsync(TcpClient client)
        {
            using (client)
            {
                var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[64 * 1024], _stop.Token);
                var answer = _kind switch
                {
                    "500" => "HTTP/1.1 500 Internal Server Error\r\nx-ms-error-code: InternalError\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                    "503" => "HTTP/1.1 503 Server Busy\r\nx-ms-error-code: ServerBusy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                    "hangs in the answer" =>
                        "HTTP/1.1 201 Created\r\nContent-Type: application/xml\r\nContent-Length: 400\r\n\r\n<",
                    _ => "",
                };
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), _stop.Token);
                if (_kind.StartsWith("hangs", StringComparison.Ordinal))
                {
                    await Task.Delay(Timeout.Infinite, _stop.Token);
                }
            }
        }
    }
}

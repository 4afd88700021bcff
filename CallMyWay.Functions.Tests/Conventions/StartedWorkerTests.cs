using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>
/// The published worker starts under a Functions host, tells it its functions, and answers a request that the host
/// forwards.
/// </summary>
public sealed class StartedWorkerTests : IAsyncLifetime
{
    // The fields of StreamingMessage in FunctionRpc.proto.
    private const int StartStream = 20;
    private const int InitRequest = 17;
    private const int InitResponse = 16;
    private const int MetadataRequest = 29;
    private const int MetadataResponse = 30;
    private const int LoadRequest = 8;
    private const int LoadResponse = 9;
    private const int InvocationRequest = 4;
    private const int InvocationResponse = 5;

    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private WorkerChannel _channel = null!;

    private Process? _worker;

    public async Task InitializeAsync() => _channel = await WorkerChannel.StartAsync();

    [SkippableFact]
    public async Task The_Worker_Starts_Tells_Its_Functions_And_Answers()
    {
        Skip.If(PublishedWorker.WhyNot is not null, PublishedWorker.WhyNot);
        TestStorage.Azurite.SkipWhereMissing();
        _worker = Start(await Azurite.ConnectionStringAsync("worker"));
        using var limit = new CancellationTokenSource(Longest);

        (await _channel.ReceiveAsync(StartStream, limit.Token)).Text(2).ShouldBe("worker-1");

        _channel.Send(InitRequest, ProtoWriter.Message((1, "4.1047.0")));
        var started = await _channel.ReceiveAsync(InitResponse, limit.Token);
        ShouldBeSuccess(started.Message(3));
        var address = started.Messages(2).Single(capability => capability.Text(1) == "HttpUri").Text(2);

        _channel.Send(MetadataRequest, ProtoWriter.Message((1, PublishedWorker.PathOf(""))));
        var functions = (await _channel.ReceiveAsync(MetadataResponse, limit.Token)).Messages(1).ToList();
        functions.Select(function => function.Text(4))
            .ShouldBe(FunctionMethods.All.Select(function => function.Name), ignoreOrder: true);

        _channel.Send(LoadRequest, ProtoWriter.Message((1, "health"), (2, Metadata("Health"))));
        ShouldBeSuccess((await _channel.ReceiveAsync(LoadResponse, limit.Token)).Message(2));

        // The host sends the invocation on the channel, and the request to the worker's address. A header joins them.
        var trace = ProtoWriter.Message((1, Trace));
        _channel.Send(InvocationRequest, ProtoWriter.Message((1, "one"), (2, "health"), (5, trace)));
        await ListeningAsync(new Uri(address));
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/health");
        request.Headers.Add("x-ms-invocation-id", "one");
        using var answer = await client.SendAsync(request, limit.Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        ShouldBeSuccess((await _channel.ReceiveAsync(InvocationResponse, limit.Token)).Message(3));
    }

    public async Task DisposeAsync()
    {
        await _channel.DisposeAsync();
        _worker?.Kill(entireProcessTree: true);
        _worker?.Dispose();
    }

    // The worker tells its address a moment before it listens there.
    private static Task ListeningAsync(Uri address) => Eventually.TrueAsync(async () =>
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    });

    private Process Start(string storage) => Process.Start(new ProcessStartInfo(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        [
            PublishedWorker.PathOf("CallMyWay.Functions.dll"),
            "--functions-uri", _channel.Address,
            "--functions-worker-id", "worker-1",
            "--functions-request-id", "start",
            "--functions-grpc-max-message-length", "2147483647",
        ])
    {
        UseShellExecute = false,
        WorkingDirectory = PublishedWorker.PathOf(""),
        Environment =
        {
            ["FUNCTIONS_APPLICATION_DIRECTORY"] = PublishedWorker.PathOf(""),
            ["AzureWebJobsStorage"] = storage,
            // Nothing listens there: nothing is sent to it until a call comes in.
            ["AzureSignalRConnectionString"] = "Endpoint=http://localhost;Port=9;AccessKey=bm8ta2V5;Version=1.0;",
            ["Webhook__Keys__0"] = "0123456789012345678901",
        },
    })!;

    /// <summary>The host's message about a function to load, with the content of functions.metadata.</summary>
    private static byte[] Metadata(string name)
    {
        var functions = PublishedWorker.Read("functions.metadata").EnumerateArray();
        var function = functions.Single(one => Text(one, "name") == name);
        var bindings = function.GetProperty("bindings").EnumerateArray().Select(binding =>
            (6, (object)ProtoWriter.Message((1, Text(binding, "name")), (2, Kind(binding)))));
        var (script, entryPoint) = (Text(function, "scriptFile"), Text(function, "entryPoint"));
        return ProtoWriter.Message([(4, name), (2, script), (3, entryPoint), .. bindings]);
    }

    private static byte[] Kind(JsonElement binding) =>
        ProtoWriter.Message((2, Text(binding, "type")), (3, Text(binding, "direction") == "In" ? 0 : 1));

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    private static void ShouldBeSuccess(ProtoMessage? result) =>
        result.ShouldNotBeNull().Number(4).ShouldBe(1UL, result.Message(2)?.Text(2) ?? result.Text(1));
}

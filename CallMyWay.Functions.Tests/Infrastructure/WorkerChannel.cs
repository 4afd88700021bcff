using System.Buffers.Binary;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// The Functions host's end of the channel to its worker: a real gRPC stream over HTTP/2. Messages are read and written
/// by the field numbers of FunctionRpc.proto in https://github.com/Azure/azure-functions-language-worker-protobuf.
/// </summary>
internal sealed class WorkerChannel : IAsyncDisposable
{
    private readonly WebApplication _app;

    private readonly Channel<ProtoMessage> _heard = Channel.CreateUnbounded<ProtoMessage>();

    private readonly Channel<byte[]> _said = Channel.CreateUnbounded<byte[]>();

    private WorkerChannel(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public static async Task<WorkerChannel> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(server =>
            server.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        var channel = new WorkerChannel(app);
        app.MapPost("/AzureFunctionsRpcMessages.FunctionRpc/EventStream", channel.TalkAsync);
        await app.StartAsync();
        return channel;
    }

    /// <summary>Sends a message of this kind to the worker.</summary>
    public void Send(int kind, byte[] content) =>
        _said.Writer.TryWrite(ProtoWriter.Message((1, Guid.NewGuid().ToString()), (kind, content)));

    /// <summary>The worker's next message of this kind. Others, such as logs, are skipped.</summary>
    public async Task<ProtoMessage> ReceiveAsync(int kind, CancellationToken cancellationToken)
    {
        while (true)
        {
            var message = await _heard.Reader.ReadAsync(cancellationToken);
            if (message.Message(kind) is { } content)
            {
                return content;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _said.Writer.TryComplete();
        await _app.DisposeAsync();
    }

    private async Task TalkAsync(HttpContext http)
    {
        http.Response.ContentType = "application/grpc";
        await http.Response.StartAsync(http.RequestAborted);
        var broken = http.RequestAborted;
        await Task.WhenAny(HearAsync(http.Request.Body, broken), SayAsync(http.Response.Body, broken));
        _heard.Writer.TryComplete();
    }

    // A message on the wire: a byte for compression, four bytes with the length, and the content.
    private async Task HearAsync(Stream from, CancellationToken cancellationToken)
    {
        var prefix = new byte[5];
        while (await from.ReadAtLeastAsync(prefix, 5, throwOnEndOfStream: false, cancellationToken) == 5)
        {
            var message = new byte[BinaryPrimitives.ReadInt32BigEndian(prefix.AsSpan(1))];
            await from.ReadExactlyAsync(message, cancellationToken);
            _heard.Writer.TryWrite(new ProtoMessage(message));
        }
    }

    private async Task SayAsync(Stream to, CancellationToken cancellationToken)
    {
        await foreach (var message in _said.Reader.ReadAllAsync(cancellationToken))
        {
            var prefix = new byte[5];
            BinaryPrimitives.WriteInt32BigEndian(prefix.AsSpan(1), message.Length);
            await to.WriteAsync(prefix, cancellationToken);
            await to.WriteAsync(message, cancellationToken);
            await to.FlushAsync(cancellationToken);
        }
    }
}

using System.Net.Security;
using System.Net.Sockets;

namespace CallMyWay.Functions.Operator;

/// <summary>
/// Writes one request to the operator on one connection, however that ends. Where the server closes without a byte of
/// an answer, .NET by itself sends a GET again, on up to three further connections. The server may have read each of
/// them, and each could be a call.
/// </summary>
/// <param name="beforeSending">
/// Asked before anything of the request is written. Where it says false, or fails, nothing is.
/// </param>
internal sealed class SentOnce(Func<Task<bool>> beforeSending)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private int _isTaken;

    private volatile bool _mayBeSent;

    private volatile bool _isRepeatRefused;

    /// <summary>False where surely nothing of the request has left.</summary>
    public bool MayBeSent => _mayBeSent;

    /// <summary>True where the server closed without an answer, and .NET wanted to send the request again.</summary>
    public bool IsRepeatRefused => _isRepeatRefused;

    /// <summary>
    /// The client for the one request, with a connection of its own: where several requests wait for one, nobody could
    /// say which of them was sent. It is none of the factory's clients, which write each address to the log.
    /// </summary>
    /// <param name="baseUrl">The operator.</param>
    /// <param name="tls">Whose certificates are trusted; null for the machine's rules.</param>
    public HttpClient NewClient(Uri baseUrl, SslClientAuthenticationOptions? tls) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = ConnectTimeout,
        ActivityHeadersPropagator = null,
        SslOptions = tls ?? new(),
        ConnectCallback = ConnectAsync,
        PlaintextStreamFilter = TakeAsync,
    })
    {
        BaseAddress = baseUrl,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        if (_mayBeSent)
        {
            throw RefuseRepeat();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // The connection stands, with TLS where that is asked for, and the request is written next.
    private async ValueTask<Stream> TakeAsync(
        SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellationToken)
    {
        // A proxy is asked for the way to the operator; the request itself comes after that.
        if (context.InitialRequestMessage.Method == HttpMethod.Connect)
        {
            return context.PlaintextStream;
        }

        if (Interlocked.Exchange(ref _isTaken, 1) != 0)
        {
            throw RefuseRepeat();
        }

        if (!await beforeSending())
        {
            throw new OperationCanceledException("The request is not to be sent any more.");
        }

        _mayBeSent = true;
        return context.PlaintextStream;
    }

    private IOException RefuseRepeat()
    {
        _isRepeatRefused = true;
        return new IOException("The request was written to a connection already, and is not sent again.");
    }
}

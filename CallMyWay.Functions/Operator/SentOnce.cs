using System.Net.Security;
using System.Net.Sockets;

namespace CallMyWay.Functions.Operator;

/// <summary>
/// Writes one request to the operator on one connection, whatever happens. If a server closes the connection without
/// any byte of an answer, .NET sends a GET again by itself, on up to three more connections. The server may have read
/// each of them, and each could be a call.
/// </summary>
/// <param name="beforeSending">
/// Called before anything of the request is written. If it returns false or throws, nothing is written.
/// </param>
internal sealed class SentOnce(Func<Task<bool>> beforeSending)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private int _isTaken;

    private volatile bool _mayBeSent;

    private volatile bool _isRepeatRefused;

    /// <summary>False if certainly nothing of the request was sent.</summary>
    public bool MayBeSent => _mayBeSent;

    /// <summary>True if the server closed without an answer, and .NET tried to send the request again.</summary>
    public bool IsRepeatRefused => _isRepeatRefused;

    /// <summary>
    /// Makes a client for the one request, with its own connection. On a shared connection nobody could say which of
    /// several waiting requests was sent. It does not come from IHttpClientFactory, whose clients log each address.
    /// </summary>
    /// <param name="baseUrl">The operator.</param>
    /// <param name="tls">The certificates to trust; null for the machine's rules.</param>
    /// <param name="network">What takes the request in place of the network; null for the network.</param>
    public HttpClient NewClient(Uri baseUrl, SslClientAuthenticationOptions? tls, HttpMessageHandler? network) =>
        new(network is null ? Sockets(tls) : new Before(this, network), disposeHandler: network is null)
        {
            BaseAddress = baseUrl,
            Timeout = Timeout.InfiniteTimeSpan,
        };

    private SocketsHttpHandler Sockets(SslClientAuthenticationOptions? tls) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = ConnectTimeout,
        ActivityHeadersPropagator = null,
        SslOptions = tls ?? new(),
        ConnectCallback = ConnectAsync,
        PlaintextStreamFilter = TakeAsync,
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

    // The connection is open, including TLS if it is used. The request is written next.
    private async ValueTask<Stream> TakeAsync(
        SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellationToken)
    {
        // CONNECT asks a proxy for a tunnel to the operator. The request itself comes later.
        if (context.InitialRequestMessage.Method == HttpMethod.Connect)
        {
            return context.PlaintextStream;
        }

        await TakeAsync();
        return context.PlaintextStream;
    }

    private async Task TakeAsync()
    {
        if (Interlocked.Exchange(ref _isTaken, 1) != 0)
        {
            throw RefuseRepeat();
        }

        if (!await beforeSending())
        {
            throw new OperationCanceledException("The request must not be sent any more.");
        }

        _mayBeSent = true;
    }

    private IOException RefuseRepeat()
    {
        _isRepeatRefused = true;
        return new IOException("The request was already written to a connection, and must not be sent again.");
    }

    /// <summary>Does before another handler what is done before anything is written to the network.</summary>
    private sealed class Before(SentOnce once, HttpMessageHandler network) : DelegatingHandler(network)
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await once.TakeAsync();
            return await base.SendAsync(request, cancellationToken);
        }
    }
}

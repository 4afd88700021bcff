using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// A bare socket in place of the operator. It handles each connection as the test says, and counts requests. With TLS
/// it has its own certificate, which only <see cref="Trust"/> trusts.
/// </summary>
internal sealed class RawOperator : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    private readonly Func<RawConnection, Task> _serve;

    private readonly X509Certificate2? _certificate;

    private readonly ConcurrentBag<Task> _connections = [];

    private readonly CancellationTokenSource _stop = new();

    private readonly Task _accepting;

    private int _requests;

    /// <param name="isTls">True for https.</param>
    /// <param name="serve">Handles a connection, once TLS is established.</param>
    public RawOperator(bool isTls, Func<RawConnection, Task> serve)
    {
        _serve = serve;
        _certificate = isTls ? NewCertificate() : null;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address =>
        new($"{(_certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public int Connections => _connections.Count;

    /// <summary>How many requests came, on all connections.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Trusts this server's certificate and no other.</summary>
    public SslClientAuthenticationOptions Trust => new()
    {
        RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate?.GetCertHashString() == _certificate?.Thumbprint,
    };

    /// <summary>Waits until all connections have ended, so that nothing more can arrive.</summary>
    public Task OverAsync() => Task.WhenAll(_connections).WaitAsync(TimeSpan.FromSeconds(60));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await OverAsync();
        _stop.Dispose();
        _certificate?.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                // Registered before it is served, as the client may finish first.
                var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _connections.Add(over.Task);
                _ = ServeAsync(socket, over);
            }
        }
        catch (Exception exception) when (
            _stop.IsCancellationRequested && exception is (OperationCanceledException or SocketException))
        {
            // The test is over. A listener that is stopped while a cancelled accept ends makes a SocketException of it.
        }
    }

    private async Task ServeAsync(Socket socket, TaskCompletionSource over)
    {
        using var ended = socket;
        try
        {
            await using Stream plain = new NetworkStream(socket);
            await using var stream = _certificate is null ? plain : await SecureAsync(plain);
            await _serve(new RawConnection(socket, stream, () => Interlocked.Increment(ref _requests), _stop.Token));
        }
        catch (Exception exception) when (exception
            is IOException or SocketException or OperationCanceledException or ObjectDisposedException or AuthenticationException)
        {
            // The client disconnected, or the test broke the connection off.
        }
        finally
        {
            over.SetResult();
        }
    }

    private async Task<SslStream> SecureAsync(Stream plain)
    {
        var secure = new SslStream(plain);
        await secure.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
        return secure;
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        // Windows can't use a certificate whose key exists only in memory.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}

/// <summary>A connection to <see cref="RawOperator"/>.</summary>
internal sealed class RawConnection(Socket socket, Stream stream, Action counted, CancellationToken stop)
{
    private readonly byte[] _head = new byte[16 * 1024];

    private int _length;

    /// <summary>Reads the head of a request, and counts it; false where the client closed before.</summary>
    public async Task<bool> ReadRequestAsync()
    {
        while (true)
        {
            var end = _head.AsSpan(0, _length).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                counted();
                _length -= end + 4;
                _head.AsSpan(end + 4, _length).CopyTo(_head);
                return true;
            }

            var read = await stream.ReadAsync(_head.AsMemory(_length), stop);
            if (read == 0)
            {
                return false;
            }

            _length += read;
        }
    }

    /// <summary>Reads everything else until the client closes.</summary>
    public async Task ReadToEndAsync()
    {
        while (await ReadRequestAsync())
        {
        }
    }

    public async Task WriteAsync(string text)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), stop);
        await stream.FlushAsync(stop);
    }

    /// <summary>Ends sending with a FIN alone; with TLS, without a close_notify.</summary>
    public void Fin() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>Ends sending as TLS does: with a close_notify and a FIN.</summary>
    public async Task CloseNotifyAsync()
    {
        if (stream is SslStream secure)
        {
            await secure.ShutdownAsync();
        }

        Fin();
    }

    /// <summary>Breaks the connection off with an RST.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }
}

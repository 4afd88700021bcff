using System.Net;
using System.Net.Sockets;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Operator;

/// <summary>
/// A click is one request on the network, however its connection ends. The client is the one that the hosts use.
/// </summary>
public sealed class SentOnceTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK";

    private static readonly Dictionary<string, (Func<RawConnection, Task> Serve, ClickResult Result)> Ends = new(StringComparer.Ordinal)
    {
        ["FIN before the request is read"] = (connection => EndAsync(connection, null, isRead: false), ClickResult.Unknown),
        ["FIN after the request"] = (connection => EndAsync(connection, null), ClickResult.Unknown),
        ["close_notify after the request"] = (
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.CloseNotifyAsync();
                await connection.ReadToEndAsync();
            },
            ClickResult.Unknown),
        ["RST after the request"] = (
            async connection =>
            {
                await connection.ReadRequestAsync();
                connection.Reset();
            },
            ClickResult.Unknown),
        ["FIN in the status line"] = (connection => EndAsync(connection, "HTTP/1.1 20"), ClickResult.Unknown),
        ["FIN behind the status line"] = (connection => EndAsync(connection, "HTTP/1.1 200 OK\r\n"), ClickResult.Unknown),
        ["FIN in the headers"] = (connection => EndAsync(connection, "HTTP/1.1 200 OK\r\nContent-Le"), ClickResult.Unknown),
        ["FIN before the body"] = (connection => EndAsync(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"), ClickResult.Unknown),
        ["FIN in the body"] = (connection => EndAsync(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nO"), ClickResult.Unknown),
        ["FIN in a chunk"] = (connection => EndAsync(connection, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nO"), ClickResult.Unknown),
        ["FIN at the end of a body without a length"] = (connection => EndAsync(connection, "HTTP/1.0 200 OK\r\n\r\nOK"), ClickResult.Accepted),
        ["FIN after 100"] = (connection => EndAsync(connection, "HTTP/1.1 100 Continue\r\n\r\n"), ClickResult.Unknown),
        ["FIN after 103"] = (connection => EndAsync(connection, "HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n"), ClickResult.Unknown),
        ["an answer after 100, 102 and 103"] = (
            connection => EndAsync(connection, $"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n{Ok}"), ClickResult.Accepted),
        ["101"] = (connection => EndAsync(connection, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n"), ClickResult.Unknown),
        ["an answer, and a connection that stays open"] = (connection => EndAsync(connection, Ok, isOpen: true), ClickResult.Accepted),
        ["no HTTP"] = (connection => EndAsync(connection, "SSH-2.0-OpenSSH_9.6\r\n"), ClickResult.Unknown),
        ["a redirect"] = (connection => EndAsync(connection, "HTTP/1.1 307 Temporary Redirect\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n", isOpen: true), ClickResult.Refused),
        ["a question for a password"] = (
            connection => EndAsync(connection, "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Negotiate\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n", isOpen: true), ClickResult.Refused),
        ["408"] = (connection => EndAsync(connection, "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"), ClickResult.Unknown),
        ["425"] = (connection => EndAsync(connection, "HTTP/1.1 425 Too Early\r\nContent-Length: 0\r\n\r\n", isOpen: true), ClickResult.Refused),
        ["503"] = (connection => EndAsync(connection, "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n", isOpen: true), ClickResult.Unknown),
    };

    public static IEnumerable<object[]> All =>
        from end in Ends.Keys from isTls in new[] { false, true } select new object[] { end, isTls };

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_Click_Is_One_Request_However_The_Connection_Ends(string end, bool isTls)
    {
        var (serve, result) = Ends[end];
        await using var raw = new RawOperator(isTls, serve);
        var asked = 0;

        // The second click uses no connection of the first.
        for (var click = 1; click <= 2; click++)
        {
            var answer = await ClickAsync(raw, () =>
            {
                raw.Requests.ShouldBe(click - 1, "it is asked before anything is sent");
                asked++;
                return Task.FromResult(true);
            });

            answer.Result.ShouldBe(result);
            answer.IsSurelyNoCall.ShouldBe(result == ClickResult.Refused && answer.Status >= 400);
            await raw.OverAsync();
            (raw.Requests, raw.Connections, asked).ShouldBe((click, click, click));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_Click_That_Can_Not_Be_Marked_Sends_Nothing(bool isTls)
    {
        await using var raw = new RawOperator(isTls, connection => EndAsync(connection, Ok));

        (await ClickAsync(raw, () => Task.FromResult(false))).Result.ShouldBe(ClickResult.NotSent);
        (await ClickAsync(raw, () => throw new InvalidOperationException("The storage is down, say.")))
            .Result.ShouldBe(ClickResult.NotSent);

        await raw.OverAsync();
        (raw.Requests, raw.Connections).ShouldBe((0, 2));
    }

    [Fact]
    public async Task Nothing_Is_Sent_To_An_Operator_With_An_Untrusted_Certificate()
    {
        await using var raw = new RawOperator(isTls: true, connection => EndAsync(connection, Ok));
        await using var services = Services(raw.Address);

        var answer = await services.GetRequiredService<CallMyWayClient>()
            .ClickToDialAsync("8000001", "40001001", "88881234", MayBeSent);

        (answer.Result, raw.Requests).ShouldBe((ClickResult.NotSent, 0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_Is_Sent_If_The_Operator_Breaks_Off_The_Handshake(bool isReset)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync();
        await using var services = Services(new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));

        var answer = await services.GetRequiredService<CallMyWayClient>()
            .ClickToDialAsync("8000001", "40001001", "88881234", MayBeSent);

        answer.Result.ShouldBe(ClickResult.NotSent);
        await serving;

        async Task ServeAsync()
        {
            using var socket = await listener.AcceptSocketAsync();
            await socket.ReceiveAsync(new byte[4096]);
            socket.LingerState = new LingerOption(isReset, 0);
        }
    }

    private static Task<bool> MayBeSent() => Task.FromResult(true);

    private static async Task<ClickAnswer> ClickAsync(RawOperator raw, Func<Task<bool>> beforeSending)
    {
        await using var services = Services(raw.Address, raw);
        return await services.GetRequiredService<CallMyWayClient>()
            .ClickToDialAsync("8000001", "40001001", "88881234", beforeSending);
    }

    private static ServiceProvider Services(Uri address, RawOperator? trusted = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["CallMyWay:BaseUrl"] = address.ToString(),
                ["CallMyWay:Accounts:0:Username"] = "8000001",
                ["CallMyWay:Accounts:0:Password"] = "secret",
            })
            .Build();
        var services = new ServiceCollection().AddLogging().AddCallMyWay(configuration);
        if (trusted is not null)
        {
            services.AddSingleton(trusted.Trust);
        }

        return services.BuildServiceProvider();
    }

    /// <summary>
    /// Reads the request, answers with <paramref name="said"/>, and ends its side of the connection unless it must stay
    /// open. Everything else that the client sends is counted.
    /// </summary>
    private static async Task EndAsync(RawConnection connection, string? said, bool isRead = true, bool isOpen = false)
    {
        if (isRead)
        {
            await connection.ReadRequestAsync();
        }

        if (said is not null)
        {
            await connection.WriteAsync(said);
        }

        if (!isOpen)
        {
            connection.Fin();
        }

        await connection.ReadToEndAsync();
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.Screens;
using CallMyWay.LocalHost.SignIn;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CallMyWay.Functions.Tests.LocalHost;

public abstract class ScreenTests(TestStorage storage) : IAsyncLifetime
{
    private const string Negotiate = "/negotiate?negotiateVersion=1";

    private static readonly PopUp Call = new()
    {
        CallId = "c1",
        Account = "8000001",
        AgentId = "ana",
        Direction = Functions.Calls.CallDirection.In,
        Number = new("+50688881234", "8888 1234", Functions.Numbers.PhoneNumberKind.Number),
        StartedAt = DateTimeOffset.UnixEpoch,
        State = Functions.Calls.CallState.Ringing,
        Match = Functions.Contacts.MatchKind.None,
        Candidates = [],
    };

    private TestHost _host = null!;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    public async Task InitializeAsync() => _host = await TestHost.StartAsync(storage, new() { Time = _time });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableTheory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task A_Message_Reaches_The_Agents_Screens_And_Nobody_Elses(HttpTransportType transport)
    {
        await using var ana = await ScreenAsync("ana", transport);
        await using var second = await ScreenAsync("ana", transport);
        await using var luis = await ScreenAsync("luis", transport);
        var screens = _host.Get<IScreens>();

        await screens.SendAsync("ana", ScreenMessage.PopUp, Call, default);
        await screens.SendAsync("luis", ScreenMessage.PopUpClosed, Call with { AgentId = "luis" }, default);

        foreach (var screen in new[] { ana, second })
        {
            var (name, popUp) = await screen.NextAsync();
            name.ShouldBe("popUp");
            popUp.GetProperty("callId").GetString().ShouldBe("c1");
            popUp.GetProperty("direction").GetString().ShouldBe("in");
        }

        (await luis.NextAsync()).Name.ShouldBe("popUpClosed");
    }

    [SkippableFact]
    public async Task A_Notification_Of_The_Operator_Becomes_A_Pop_Up_On_The_Screen()
    {
        await using var ana = await ScreenAsync("ana");

        using var ack = await _host.Anonymous().PostAsJsonAsync(_host.Webhook, new
        {
            action = "callStart",
            data = new { callid = "op.1", account_id = "8000001", endpoint_id = "1001", ani = "88881234", dnis = "40001001", detect_time = TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica")).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), type = "in" },
        });

        ack.StatusCode.ShouldBe(HttpStatusCode.OK);
        var (name, popUp) = await ana.NextAsync();
        name.ShouldBe("popUp");
        popUp.GetProperty("candidates")[0].GetProperty("name").GetString().ShouldBe("José Rodríguez Solís");
    }

    [SkippableFact]
    public async Task Behind_A_Proxy_Screens_Connect_To_The_Address_That_The_Browser_Uses()
    {
        using var client = await _host.SignInAsync("ana");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/pop-ups/negotiate");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var response = await client.SendAsync(request);

        var connection = await response.Content.ReadFromJsonAsync<JsonElement>();
        connection.GetProperty("url").GetString().ShouldBe($"https://{_host.Address.Authority}/hubs/pop-ups");
    }

    [SkippableFact]
    public async Task The_Hub_Lets_Nobody_In_Without_A_Fresh_Token()
    {
        var ana = await _host.SignInAsync("ana");
        (await NegotiateAtHubAsync(_host.Anonymous(), null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await NegotiateAtHubAsync(ana, null)).ShouldBe(HttpStatusCode.Unauthorized, "the cookie alone must not do");
        (await NegotiateAtHubAsync(_host.Anonymous(), "made-up")).ShouldBe(HttpStatusCode.Unauthorized);

        var account = (await _host.Get<LocalAccounts>().FindAsync("ana", default))!;
        var tokens = _host.Get<ScreenTokens>();
        (await NegotiateAtHubAsync(_host.Anonymous(), tokens.Create(Session.New(account with { Stamp = "of another password" })))).ShouldBe(HttpStatusCode.Unauthorized);
        (await NegotiateAtHubAsync(_host.Anonymous(), tokens.Create(Session.New(account)))).ShouldBe(HttpStatusCode.OK);
    }

    [SkippableTheory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task A_Connected_Screen_Stays_Connected_After_Its_Tokens_Minute(HttpTransportType transport)
    {
        await using var ana = await ScreenAsync("ana", transport);
        _time.Advance(TimeSpan.FromMinutes(61));

        // With long polling, each message needs another request.
        for (var i = 0; i < 3; i++)
        {
            var popUp = Call with { CallId = $"c{i}" };
            await _host.Get<IScreens>().SendAsync("ana", ScreenMessage.PopUpChanged, popUp, default);
            (await ana.NextAsync()).PopUp.GetProperty("callId").GetString().ShouldBe($"c{i}");
        }

        // Without WebSockets, each message from a screen is a request of its own.
        (await Should.ThrowAsync<HubException>(() => ana.AskAsync())).Message.ShouldContain("Method does not exist");
    }

    [SkippableTheory]
    [InlineData(HttpTransportType.WebSockets, 60)]
    [InlineData(HttpTransportType.ServerSentEvents, 60)]
    [InlineData(HttpTransportType.LongPolling, 60)]
    [InlineData(HttpTransportType.WebSockets, -24 * 3600)]
    public async Task A_Token_Opens_A_Connection_For_A_Minute_Whatever_The_Address_Says(
        HttpTransportType transport, int seconds)
    {
        await using var ana = await ScreenAsync("ana");
        var account = (await _host.Get<LocalAccounts>().FindAsync("ana", default))!;
        var token = _host.Get<ScreenTokens>().Create(Session.New(account));
        (await StatusAtHubAsync(HttpMethod.Post, Negotiate, token)).ShouldBe(HttpStatusCode.OK);

        _time.AdjustTime(_time.GetUtcNow().AddSeconds(seconds));

        foreach (var query in new[] { "", "&id=invented", "&id=", "&id", "&ID=invented" })
        {
            var answers = new[]
            {
                await StatusAtHubAsync(HttpMethod.Post, Negotiate + query, token),
                await StatusAtHubAsync(HttpMethod.Get, $"?x=1{query}", token),
                await StatusAtHubAsync(HttpMethod.Post, $"?x=1{query}", token),
            };
            answers.ShouldAllBe(answer => answer == HttpStatusCode.Unauthorized, query);
        }

        foreach (var id in new[] { "", "?id=invented" })
        {
            await using var late = new Screen(new HubConnectionBuilder()
                .WithUrl(new Uri(_host.Address, ScreenHub.Path + id), transport, options =>
                {
                    options.AccessTokenProvider = () => Task.FromResult<string?>(token);
                    options.SkipNegotiation = transport == HttpTransportType.WebSockets;
                })
                .Build());
            (await Should.ThrowAsync<Exception>(late.StartAsync)).Message.ShouldContain("401");
        }
    }

    [SkippableFact]
    public async Task An_Expired_Token_Is_Accepted_For_Its_Open_Connection_Only()
    {
        var accounts = _host.Get<LocalAccounts>();
        var session = Session.New((await accounts.FindAsync("ana", default))!);
        var token = _host.Get<ScreenTokens>().Create(session);
        var other = _host.Get<ScreenTokens>().Create(Session.New((await accounts.FindAsync("ana", default))!));
        var key = new TaskCompletionSource<string>();
        await using var screen = new Screen(new HubConnectionBuilder()
            .WithUrl(new Uri(_host.Address, ScreenHub.Path), HttpTransportType.LongPolling, options =>
            {
                options.AccessTokenProvider = () => Task.FromResult<string?>(token);
                options.HttpMessageHandlerFactory = inner => new Watcher(inner, request =>
                {
                    if (request.Method == HttpMethod.Get)
                    {
                        key.TrySetResult(request.RequestUri!.Query);
                    }
                });
            })
            .Build());
        await screen.StartAsync();
        var query = await key.Task;
        _time.Advance(TimeSpan.FromMinutes(2));

        (await StatusAtHubAsync(HttpMethod.Post, query, other)).ShouldBe(HttpStatusCode.Unauthorized);
        var again = $"{Negotiate}&{query[1..]}";
        (await StatusAtHubAsync(HttpMethod.Post, again, token)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAtHubAsync(HttpMethod.Post, query, token)).ShouldBe(HttpStatusCode.OK);

        await screen.DisposeAsync();
        await Eventually.TrueAsync(async () =>
            await StatusAtHubAsync(HttpMethod.Post, query, token) == HttpStatusCode.Unauthorized);
    }

    [SkippableFact]
    public async Task Requests_To_The_Hub_Without_A_Sign_In_Write_Nothing_To_The_Log()
    {
        var before = _host.Log.Entries(LogLevel.Information).Count();
        foreach (var path in new[] { "", Negotiate, "/negotiate?negotiateVersion=x", "?id=invented", "/", "/nothing" })
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete })
            {
                await StatusAtHubAsync(method, path, null);
                await StatusAtHubAsync(method, path, "made-up");
            }
        }

        _host.Log.Entries(LogLevel.Information).Skip(before).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task The_Token_Opens_The_Hub_And_Nothing_Else()
    {
        var account = (await _host.Get<LocalAccounts>().FindAsync("ana", default))!;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        request.Headers.Authorization = new("Bearer", _host.Get<ScreenTokens>().Create(Session.New(account)));

        (await _host.Anonymous().SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [SkippableFact]
    public async Task Signing_Out_Disconnects_The_Screens_Of_That_Session_Alone()
    {
        var browser = await _host.SignInAsync("ana");
        await using var here = await ScreenAsync(browser);
        await using var elsewhere = await ScreenAsync("ana");

        await browser.DeleteAsync("/api/session");

        await here.Closed;
        await _host.Get<IScreens>().SendAsync("ana", ScreenMessage.PopUpChanged, Call, default);
        (await elsewhere.NextAsync()).Name.ShouldBe("popUpChanged");
    }

    [SkippableFact]
    public async Task Deleting_The_Account_Disconnects_The_Agents_Screens()
    {
        await using var ana = await ScreenAsync("ana");
        var accounts = _host.Get<LocalAccounts>();
        await accounts.DeleteAsync((await accounts.FindAsync("ana", default)).ShouldNotBeNull(), default);
        _host.Get<Sessions>().Forget("ana");

        await _host.Get<SessionWatch>().CheckAsync(default);

        await ana.Closed;
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_New_Password_Disconnects_The_Agents_Screens_At_Once_And_No_Others(bool byAdministrator)
    {
        // The clock stands still, so that the sessions' check each minute plays no part.
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await TestHost.StartAsync(storage, new() { Time = time });
        var browser = await host.SignInAsync("ana");
        await using var ana = await ScreenAsync(host, browser);
        await using var luis = await ScreenAsync(host, await host.SignInAsync("luis"));
        using var admin = await host.SignInAsync("admin");

        var change = new { current = "demo", password = "another password" };
        var (status, _) = byAdministrator
            ? await admin.SendJsonAsync(HttpMethod.Put, "/api/agents/ana/password", new { change.password })
            : await browser.SendJsonAsync(HttpMethod.Post, "/api/session/password", change);

        status.ShouldBe(204);
        await ana.Closed;
        var his = Call with { AgentId = "luis" };
        await host.Get<IScreens>().SendAsync("luis", ScreenMessage.PopUpChanged, his, default);
        (await luis.NextAsync()).Name.ShouldBe("popUpChanged");
    }

    [SkippableFact]
    public async Task A_Password_By_An_Invitation_Disconnects_The_Agents_Screens_At_Once()
    {
        // The clock stands still, so that the sessions' check each minute plays no part.
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await TestHost.StartAsync(storage, new() { Time = time });
        await using var ana = await ScreenAsync(host, await host.SignInAsync("ana"));
        using var admin = await host.SignInAsync("admin");
        using var invited = host.Browser();
        var (_, invite) = await admin.AskAsync(HttpMethod.Post, "/api/agents/ana/invite");
        var token = new Uri(invite.Text("url")!).Fragment[1..];

        var (status, _) = await invited.AskAsync(
            HttpMethod.Post, "/api/invited/password", new { token, password = "una frase larga" });

        status.ShouldBe(HttpStatusCode.NoContent);
        await ana.Closed;
    }

    [SkippableTheory]
    [InlineData("removed")]
    [InlineData("another person")]
    [InlineData("promoted")]
    public async Task The_Screens_Of_An_Agent_Who_Is_Removed_Or_Replaced_Are_Disconnected_At_Once_And_No_Others(
        string change)
    {
        // The clock stands still, so that the sessions' check each minute plays no part.
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await TestHost.StartAsync(storage, new() { Time = time });
        using var admin = await host.SignInAsync("admin");
        await PutAsync("nora", "agent");
        (await admin.SendJsonAsync(HttpMethod.Put, "/api/agents/nora/password", new { password = "una frase larga" }))
            .Status.ShouldBe(204);
        var browser = await host.SignInAsync("nora", "una frase larga");
        await using var nora = await ScreenAsync(host, browser);
        await using var luis = await ScreenAsync(host, await host.SignInAsync("luis"));

        if (change == "removed")
        {
            (await admin.SendJsonAsync(HttpMethod.Delete, "/api/agents/nora", null)).Status.ShouldBe(204);
        }
        else
        {
            await PutAsync(change == "promoted" ? "nora" : "otra", change == "promoted" ? "supervisor" : "agent");
        }

        await nora.Closed;
        (await browser.GetAsync("/api/me")).StatusCode.ShouldBe(
            change == "removed" ? HttpStatusCode.Unauthorized : HttpStatusCode.OK);
        var his = Call with { AgentId = "luis" };
        await host.Get<IScreens>().SendAsync("luis", ScreenMessage.PopUpChanged, his, default);
        (await luis.NextAsync()).Name.ShouldBe("popUpChanged");

        async Task PutAsync(string signInName, string role) =>
            (await admin.SendJsonAsync(
                HttpMethod.Put, "/api/agents/nora", new { name = "Nora", signInName, roles = new[] { role } }))
            .Status.ShouldBeOneOf(200, 201);
    }

    [SkippableFact]
    public async Task A_Screen_That_Does_Not_Read_Is_Disconnected_And_Delays_No_Other()
    {
        await using var ana = await ScreenAsync("ana");
        using var stalled = await StalledScreenAsync("ana");
        var connections = _host.Get<ScreenConnections>();
        await Eventually.TrueAsync(
            () => Task.FromResult(connections.Count == 2), () => $"2 screens, of which there are {connections.Count}");
        var lengthy = Call with
        {
            Candidates = [new("k1", new string('x', 20_000), Functions.Contacts.MatchReason.MainNumber)]
        };
        var screens = _host.Get<IScreens>();

        // Some megabytes fit in the sockets' buffers before anybody could notice.
        for (var sent = 0; connections.Count == 2 && sent < 10_000; sent++)
        {
            var send = screens.SendAsync("ana", ScreenMessage.PopUpChanged, lengthy, default);
            send.IsCompleted.ShouldBeTrue("it waits for no screen");
            (await ana.NextAsync()).Name.ShouldBe("popUpChanged");
        }

        connections.Count.ShouldBe(1);
        _host.Log.Entries(LogLevel.Warning)
            .Count(entry => entry.Contains("A screen of ana does not read", StringComparison.Ordinal)).ShouldBe(1);
    }

    // A client that connects and never reads.
    private async Task<ClientWebSocket> StalledScreenAsync(string agent)
    {
        var account = (await _host.Get<LocalAccounts>().FindAsync(agent, default))!;
        var token = _host.Get<ScreenTokens>().Create(Session.New(account));
        var socket = new ClientWebSocket();
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                var tcp = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
                await tcp.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(tcp, ownsSocket: true);
            },
        });
        await socket.ConnectAsync(
            new Uri($"ws://{_host.Address.Authority}{ScreenHub.Path}?access_token={Uri.EscapeDataString(token)}"),
            invoker,
            default);
        await socket.SendAsync(
            Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e"),
            WebSocketMessageType.Text,
            true,
            default);
        return socket;
    }

    private async Task<Screen> ScreenAsync(string agent, HttpTransportType transport = HttpTransportType.WebSockets) =>
        await ScreenAsync(await _host.SignInAsync(agent), transport);

    // As the console does: the client opens /api/pop-ups with the cookie, and is sent on to the hub with a token.
    private Task<Screen> ScreenAsync(HttpClient browser, HttpTransportType transport = HttpTransportType.WebSockets) =>
        ScreenAsync(_host, browser, transport);

    private static async Task<Screen> ScreenAsync(
        TestHost host, HttpClient browser, HttpTransportType transport = HttpTransportType.WebSockets)
    {
        var address = new Uri(host.Address, "/api/pop-ups");
        var screen = new Screen(new HubConnectionBuilder()
            .WithUrl(address, transport, options => options.Cookies = host.CookiesOf(browser))
            .Build());
        await screen.StartAsync();
        // The server answers the handshake first, and then adds the connection to the agent's screens. It runs what the
        // client asks for only after that.
        await Should.ThrowAsync<HubException>(screen.AskAsync);
        return screen;
    }

    private static async Task<HttpStatusCode> NegotiateAtHubAsync(HttpClient client, string? token)
    {
        using var response = await client.PostAsync($"/hubs/pop-ups/negotiate?negotiateVersion=1{(token is null ? "" : $"&access_token={Uri.EscapeDataString(token)}")}", null);
        return response.StatusCode;
    }

    private async Task<HttpStatusCode> StatusAtHubAsync(HttpMethod method, string rest, string? token)
    {
        using var request = new HttpRequestMessage(method, ScreenHub.Path + rest);
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        using var response = await _host.Anonymous().SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>Shows each request before it is sent.</summary>
    private sealed class Watcher(HttpMessageHandler inner, Action<HttpRequestMessage> see) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            see(request);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Screen : IAsyncDisposable
    {
        private readonly HubConnection _connection;

        private readonly Channel<(string Name, JsonElement PopUp)> _messages =
            Channel.CreateUnbounded<(string, JsonElement)>();

        private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Screen(HubConnection connection)
        {
            _connection = connection;
            foreach (var name in new[] { "popUp", "popUpChanged", "popUpClosed" })
            {
                connection.On<JsonElement>(name, popUp => _messages.Writer.TryWrite((name, popUp)));
            }

            connection.Closed += _ =>
            {
                _closed.TrySetResult();
                return Task.CompletedTask;
            };
        }

        // Long enough for any machine: it only keeps a missing message from blocking the run.
        private static readonly TimeSpan Never = TimeSpan.FromSeconds(30);

        public Task Closed => _closed.Task.WaitAsync(Never);

        public Task StartAsync() => _connection.StartAsync();

        /// <summary>Calls a method that the hub does not have. The hub answers that.</summary>
        public Task AskAsync() => _connection.InvokeAsync("Nothing").WaitAsync(Never);

        public async Task<(string Name, JsonElement PopUp)> NextAsync() =>
            await _messages.Reader.ReadAsync().AsTask().WaitAsync(Never);

        public ValueTask DisposeAsync() => _connection.DisposeAsync();
    }
}

public sealed class ScreenTestsOnSqlite() : ScreenTests(TestStorage.Sqlite);

public sealed class ScreenTestsOnAzurite() : ScreenTests(TestStorage.AzuriteInTheLongRun);

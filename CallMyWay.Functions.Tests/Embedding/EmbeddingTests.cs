using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.Embedding;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Embedding;

/// <summary>API keys, embed tokens and origins, through the whole host.</summary>
public abstract class EmbeddingTests(DemoHost host)
{
    private const string Crm = "https://crm.example.com";

    private HttpClient Admin => host.Admin;

    [SkippableFact]
    public async Task A_Key_Is_Shown_Once_And_Ends_When_It_Is_Deleted()
    {
        var (keyId, key) = await KeyAsync("Ventas", "contacts");
        var listed = (await Admin.ItemsAsync("/api/api-keys")).Single(each => each.Text("keyId") == keyId);
        listed.GetRawText().ShouldNotContain(key[^20..]);
        listed.Text("name").ShouldBe("Ventas");

        (await SendAsync("GET", "/api/contacts?take=1", key: key)).Status.ShouldBe(HttpStatusCode.OK);
        (await Admin.ItemsAsync("/api/api-keys")).Single(each => each.Text("keyId") == keyId)
            .TryGetProperty("usedAt", out _).ShouldBeTrue();

        (await Admin.AskAsync(HttpMethod.Delete, $"/api/api-keys/{keyId}")).Status.ShouldBe(HttpStatusCode.NoContent);
        var (status, problem, _) = await SendAsync("GET", "/api/contacts?take=1", key: key);
        (status, problem.Text("type")).ShouldBe((HttpStatusCode.Unauthorized, "urn:callmyway:api-key-unknown"));
        (await Admin.AskAsync(HttpMethod.Delete, $"/api/api-keys/{keyId}")).Status.ShouldBe(HttpStatusCode.NotFound);
        var secret = key[^20..];
        host.Host.Log.Entries().ShouldNotContain(entry => entry.Contains(secret, StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_Key_Does_What_Its_Scope_Is_For_And_Nothing_Else()
    {
        var (_, contacts) = await KeyAsync("Contactos", "contacts");
        var (_, calls) = await KeyAsync("Llamadas", "calls", "status");

        (await SendAsync("POST", "/api/contacts", new { name = "Rita Mora Solís", numbers = new[] { "8712-0001" } }, key: contacts))
            .Status.ShouldBe(HttpStatusCode.Created);
        (await SendAsync("GET", "/api/calls", key: contacts)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync("GET", "/api/calls", key: calls)).Status.ShouldBe(HttpStatusCode.OK);
        (await SendAsync("GET", "/api/status", key: calls)).Status.ShouldBe(HttpStatusCode.OK);
        (await SendAsync("GET", "/api/contacts", key: calls)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync("GET", "/api/agents", key: calls)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync("POST", "/api/embed-tokens", new { agentId = "ana" }, key: calls))
            .Status.ShouldBe(HttpStatusCode.Forbidden);
        // The audit says which key it was.
        (await Admin.ItemsAsync("/api/audit?what=contact.created")).ShouldContain(
            entry => entry.Text("who")!.StartsWith("api-key.", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData(null, "contacts", "name")]
    [InlineData("", "contacts", "name")]
    [InlineData("Ventas", null, "scopes")]
    public async Task A_Key_Without_A_Name_Or_A_Scope_Is_Refused(string? name, string? scope, string field)
    {
        var (status, problem) = await Admin.AskAsync(
            HttpMethod.Post, "/api/api-keys", new { name, scopes = scope is null ? [] : new[] { scope } });

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [SkippableFact]
    public async Task An_Agent_Works_In_A_Page_Of_A_Listed_Origin()
    {
        var token = await TokenAsync("ana");
        await ListAsync(Crm);

        var (status, me, headers) = await SendAsync("GET", "/api/me", token: token, origin: Crm);
        (status, me.Text("id")).ShouldBe((HttpStatusCode.OK, "ana"));
        headers.GetValues("Access-Control-Allow-Origin").ShouldHaveSingleItem().ShouldBe(Crm);
        headers.GetValues("Access-Control-Expose-Headers").Single().ShouldContain("ETag");
        headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
        headers.Vary.ShouldContain("Origin");
        // No cookie is sent by itself, so no further proof is asked for.
        (await SendAsync("PUT", "/api/me/presence", new { paused = false }, token: token, origin: Crm))
            .Status.ShouldBe(HttpStatusCode.OK);
        // What supervisors and administrators do is not an agent's.
        (await SendAsync("GET", "/api/agents", token: token, origin: Crm)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [SkippableFact]
    public async Task A_Page_Of_Another_Origin_Is_Refused_And_Can_Read_Nothing()
    {
        var token = await TokenAsync("ana");
        await ListAsync(Crm);
        const string other = "https://evil.example.com";

        var (status, problem, headers) = await SendAsync("GET", "/api/me", token: token, origin: other);
        (status, problem.Text("type")).ShouldBe((HttpStatusCode.Forbidden, "urn:callmyway:origin-not-allowed"));
        problem.Text("detail")!.ShouldContain(other);
        headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        (await PreflightAsync(other)).Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        (await PreflightAsync(Crm)).GetValues("Access-Control-Allow-Headers").Single()
            .ShouldContain(HeaderCredentials.TokenHeader);
        // A page of our own, such as the one in a frame, needs no entry.
        (await SendAsync("GET", "/api/me", token: token, origin: host.Host.Address.GetLeftPart(UriPartial.Authority)))
            .Status.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableFact]
    public async Task A_Sign_Out_Everywhere_And_A_New_Password_End_The_Tokens_Too()
    {
        (await Admin.AskAsync(HttpMethod.Put, "/api/agents/vera", new { name = "Vera", roles = new[] { "agent" } }))
            .Status.ShouldBe(HttpStatusCode.Created);
        (string Way, Func<Task<HttpStatusCode>> End)[] ways =
        [
            ("new password", async () => (await Admin.AskAsync(
                HttpMethod.Put, "/api/agents/vera/password", new { password = "una frase larga" })).Status),
            ("by an administrator", async () =>
                (await Admin.AskAsync(HttpMethod.Post, "/api/agents/vera/sign-out")).Status),
            ("by oneself", async () =>
            {
                using var vera = await host.Host.SignInAsync("vera", "una frase larga");
                return (await vera.AskAsync(HttpMethod.Delete, "/api/me/sessions")).Status;
            }),
            ("by an invitation", async () =>
            {
                var (_, invite) = await Admin.AskAsync(HttpMethod.Post, "/api/agents/vera/invite");
                using var vera = host.Host.Browser();
                var token = new Uri(invite.Text("url")!).Fragment[1..];
                return (await vera.AskAsync(
                    HttpMethod.Post, "/api/invited/password", new { token, password = "otra frase larga" })).Status;
            }),
        ];
        var other = await TokenAsync("luis");
        foreach (var (way, end) in ways)
        {
            var token = await TokenAsync("vera");
            (await SendAsync("GET", "/api/me", token: token)).Status.ShouldBe(HttpStatusCode.OK, way);
            (await end()).ShouldBe(HttpStatusCode.NoContent, way);
            (await ReasonAsync(token)).ShouldBe("urn:callmyway:embed-token-revoked", way);
        }

        (await SendAsync("GET", "/api/me", token: other)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableFact]
    public async Task A_Forged_A_Revoked_And_A_Deleted_Key_s_Token_Are_Refused_Each_With_Its_Reason()
    {
        var (keyId, key) = await KeyAsync("Fichas", "embed");
        var (_, first, _) = await SendAsync("POST", "/api/embed-tokens", new { agentId = "luis" }, key: key);
        var (_, second, _) = await SendAsync("POST", "/api/embed-tokens", new { agentId = "luis" }, key: key);
        var token = first.Text("token")!;

        (await ReasonAsync("anything")).ShouldBe("urn:callmyway:embed-token-unknown");
        (await ReasonAsync(token[..^4] + "AAAA")).ShouldBe("urn:callmyway:embed-token-unknown");
        (await ReasonAsync(key)).ShouldBe("urn:callmyway:embed-token-unknown");

        (await SendAsync("GET", "/api/me", token: token)).Status.ShouldBe(HttpStatusCode.OK);
        var (_, other) = await KeyAsync("Otra", "embed");
        (await SendAsync("DELETE", $"/api/embed-tokens/{first.Text("tokenId")}", key: other))
            .Status.ShouldBe(HttpStatusCode.NotFound, "a token is its own key's");
        (await SendAsync("DELETE", $"/api/embed-tokens/{first.Text("tokenId")}", key: key))
            .Status.ShouldBe(HttpStatusCode.NoContent);
        (await ReasonAsync(token)).ShouldBe("urn:callmyway:embed-token-revoked");

        (await Admin.AskAsync(HttpMethod.Delete, $"/api/api-keys/{keyId}")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await ReasonAsync(second.Text("token")!)).ShouldBe("urn:callmyway:embed-token-revoked");
        (await SendAsync("POST", "/api/embed-tokens", new { agentId = "nobody" }, key: other))
            .Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [SkippableFact]
    public async Task Whoever_Signs_In_Is_Told_That_A_Route_Is_For_Keys_And_A_Key_What_It_Left_Out()
    {
        foreach (var (path, scope) in new[] { ("/api/embed-tokens", "embed"), ("/api/external-contacts", "contacts") })
        {
            var (status, problem) = await Admin.AskAsync(HttpMethod.Post, path, new { });
            (status, problem.Text("detail")).ShouldBe((
                HttpStatusCode.Forbidden,
                $"Esto lo hace otro sistema, con una clave (X-CallMyWay-Key) que tenga el permiso «{scope}»."));
        }

        var (_, key) = await KeyAsync("Fichas", "embed");
        var (_, empty, _) = await SendAsync("POST", "/api/embed-tokens", new { }, key: key);
        empty.GetProperty("errors").GetProperty("agentId")[0].GetString().ShouldBe("Indique el código del agente.");
    }

    [SkippableFact]
    public async Task A_Token_Counts_More_Than_A_Cookie()
    {
        var token = await TokenAsync("luis");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        request.Headers.Add(HeaderCredentials.TokenHeader, token);

        using var answer = await Admin.SendAsync(request);

        (await answer.Content.ReadFromJsonAsync<JsonElement>()).Text("id").ShouldBe("luis");
    }

    [SkippableFact]
    public async Task A_Screen_In_Another_Page_Is_Told_Of_A_Call()
    {
        await using var screen = await TestScreen.OpenAsync(host.Host, await TokenAsync("ana"));

        var callId = await host.Host.RingAsync(host.Ana, "8713-0001");

        (await screen.NextAsync()).PopUp.Text("callId").ShouldBe(callId);
        await host.Host.RingAsync(host.Ana, "8713-0001", action: "callEnd", callId: callId);
    }

    [SkippableTheory]
    [InlineData("sofia")]
    [InlineData("admin")]
    public async Task A_Screen_In_Another_Page_Is_Told_Nothing_Of_Others_Calls_Whoever_Its_Agent_Is(string overseer)
    {
        var browser = overseer == "admin" ? Admin : host.Sofia;
        await using var console = await TestScreen.OpenAsync(host.Host, browser);
        await using var embedded = await TestScreen.OpenAsync(host.Host, await TokenAsync(overseer));
        (await browser.AskAsync(HttpMethod.Get, "/api/wallboard?live=true")).Status.ShouldBe(HttpStatusCode.OK);

        var callId = await host.Host.RingAsync(host.Ana, "8713-0002");

        while ((await console.NextListedAsync()).Text("callId") != callId)
        {
        }

        await console.NextBoardAsync();
        // What is for the agent comes, and in order: all that was sent before has come by then.
        await host.Host.Get<IScreens>().SendAsync(
            overseer, ScreenMessage.CampaignRest, new CampaignRest(DateTimeOffset.UtcNow, "Pausa", "Pause"), default);
        await embedded.NextRestAsync();
        (embedded.ListedCount, embedded.BoardCount).ShouldBe((0, 0));
        await host.Host.RingAsync(host.Ana, "8713-0002", action: "callEnd", callId: callId);
    }

    [SkippableTheory]
    [InlineData("http://crm.example.com")]
    [InlineData("https://crm.example.com/page")]
    [InlineData("https://*.example.com")]
    [InlineData("null")]
    [InlineData("*")]
    public async Task What_Is_No_Origin_Is_Refused(string origin)
    {
        var (status, problem) = await Admin.AskAsync(HttpMethod.Put, "/api/embed-origins", new { origins = new[] { origin } });

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.GetProperty("errors").GetProperty("origins")[0].GetString()!.ShouldContain(origin);
    }

    [SkippableFact]
    public async Task Of_Two_Administrators_The_Second_Hears_That_The_Origins_Have_Changed()
    {
        await ListAsync(Crm);
        var read = (await Admin.ReadAsync("/api/embed-origins"))!.Value.Text("etag")!;
        await ListAsync(Crm, "https://second.example.com");

        var third = new { origins = new[] { "https://third.example.com" } };
        (await Admin.AskAsync(HttpMethod.Put, "/api/embed-origins", third, read))
            .Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        // Whoever found none writes the first ones, and not over those of another.
        using var first = new HttpRequestMessage(HttpMethod.Put, "/api/embed-origins")
        {
            Content = JsonContent.Create(third),
        };
        first.Headers.TryAddWithoutValidation("If-None-Match", "*");
        (await Admin.SendAsync(first)).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
    }

    private async Task<string?> ReasonAsync(string token)
    {
        var (status, problem, _) = await SendAsync("GET", "/api/me", token: token);
        status.ShouldBe(HttpStatusCode.Unauthorized);
        return problem.Text("type");
    }

    private async Task ListAsync(params string[] origins) =>
        (await Admin.AskAsync(HttpMethod.Put, "/api/embed-origins", new { origins })).Status.ShouldBe(HttpStatusCode.OK);

    private async Task<(string KeyId, string Key)> KeyAsync(string name, params string[] scopes)
    {
        var (status, key) = await Admin.AskAsync(HttpMethod.Post, "/api/api-keys", new { name, scopes });
        status.ShouldBe(HttpStatusCode.Created, key.ToString());
        return (key.Text("keyId")!, key.Text("key")!);
    }

    private async Task<string> TokenAsync(string agentId)
    {
        var (_, key) = await KeyAsync("Fichas", "embed");
        var (status, token, _) = await SendAsync("POST", "/api/embed-tokens", new { agentId }, key: key);
        status.ShouldBe(HttpStatusCode.Created, token.ToString());
        (token.GetProperty("expiresAt").GetDateTimeOffset() - DateTimeOffset.UtcNow).TotalMinutes.ShouldBeInRange(13, 15);
        return token.Text("token")!;
    }

    private async Task<HttpResponseHeaders> PreflightAsync(string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/me");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "GET");
        request.Headers.Add("Access-Control-Request-Headers", HeaderCredentials.TokenHeader);
        using var answer = await host.Nobody.SendAsync(request);
        return answer.Headers;
    }

    private async Task<(HttpStatusCode Status, JsonElement Body, HttpResponseHeaders Headers)> SendAsync(
        string method, string path, object? body = null, string? key = null, string? token = null, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path);
        request.Content = body is null ? null : JsonContent.Create(body);
        foreach (var (name, value) in new[] { (HeaderCredentials.KeyHeader, key), (HeaderCredentials.TokenHeader, token), ("Origin", origin) })
        {
            if (value is not null)
            {
                request.Headers.Add(name, value);
            }
        }

        using var answer = await host.Nobody.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text), answer.Headers);
    }
}

/// <summary>What ends with the time, and what is counted.</summary>
public sealed class EmbedLimitTests : IAsyncLifetime
{
    private readonly SetClock _clock = new(DateTimeOffset.UtcNow);

    private readonly Negotiations _screens = new();

    private TestHost _host = null!;

    private HttpClient _admin = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(TestStorage.Sqlite, new()
        {
            Time = _clock,
            Services = services => services.AddSingleton<IScreens>(_screens),
        });
        _admin = await _host.SignInAsync("admin");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_Token_Ends_After_A_Quarter_Of_An_Hour_And_When_The_Clock_Is_Set_Back()
    {
        var token = await TokenAsync("ana");
        (await StatusAsync(token)).ShouldBe((HttpStatusCode.OK, null));

        // Another instance's clock is a little behind.
        _clock.Now -= TimeSpan.FromSeconds(5);
        (await StatusAsync(token)).ShouldBe((HttpStatusCode.OK, null));

        _clock.Now += TimeSpan.FromMinutes(16);
        (await StatusAsync(token)).ShouldBe((HttpStatusCode.Unauthorized, "urn:callmyway:embed-token-expired"));
        _clock.Now -= TimeSpan.FromHours(1);
        (await StatusAsync(token)).ShouldBe((HttpStatusCode.Unauthorized, "urn:callmyway:embed-token-expired"));
    }

    [Fact]
    public async Task A_Screen_s_Connection_Is_Asked_For_Until_The_Token_Ends()
    {
        var madeAt = _clock.Now;
        using var page = _host.Anonymous();
        page.DefaultRequestHeaders.Add(HeaderCredentials.TokenHeader, await TokenAsync("ana"));
        using var console = await _host.SignInAsync("ana");
        _clock.Now += TimeSpan.FromMinutes(4);

        (await page.AskAsync(HttpMethod.Post, "/api/pop-ups/negotiate")).Status.ShouldBe(HttpStatusCode.OK);
        (await console.AskAsync(HttpMethod.Post, "/api/pop-ups/negotiate")).Status.ShouldBe(HttpStatusCode.OK);

        _screens.Ends.ShouldBe([madeAt + EmbedTokenStore.Lasts, null]);
    }

    [Theory]
    [InlineData(null, 900.0)]
    [InlineData(3600.0, 900.0)]
    [InlineData(900.0, 900.0)]
    [InlineData(660.0, 660.0)]
    [InlineData(0.5, 0.5)]
    [InlineData(-1.0, 0.0)]
    public void A_Connection_s_Token_Lasts_No_Longer_Than_What_It_Was_Asked_For_With(double? endsIn, double lasts)
    {
        var now = DateTimeOffset.UnixEpoch;

        ScreenTokenLifetime.Of(endsIn is { } seconds ? now.AddSeconds(seconds) : null, now)
            .ShouldBe(TimeSpan.FromSeconds(lasts));
    }

    [Fact]
    public async Task The_Console_s_Own_Origin_Needs_No_Entry()
    {
        await using var host = await TestHost.StartAsync(
            TestStorage.Sqlite, new() { Settings = ["--Embedding:OwnOrigins:0", "https://console.example.com"] });
        using var admin = await host.SignInAsync("admin");
        var token = await TokenAsync("ana", host, admin);
        using var page = host.Anonymous();
        page.DefaultRequestHeaders.Add(HeaderCredentials.TokenHeader, token);
        page.DefaultRequestHeaders.Add("Origin", "https://console.example.com");

        (await page.AskAsync(HttpMethod.Get, "/api/me")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(null, "https://crm.example.com,https://otro.example.com")]
    [InlineData("", "https://crm.example.com,https://otro.example.com")]
    [InlineData("https://CRM.example.com/, https://third.example.com", "https://otro.example.com")]
    public async Task An_Origin_That_The_Deployment_Lacks_Is_Named(string? deployed, string missing)
    {
        string[] settings = ["--Embedding:OwnOrigins:0", "https://console.example.com"];
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new()
        {
            Settings = deployed is null ? settings : [.. settings, "--Embedding:DeployedOrigins", deployed],
        });
        using var admin = await host.SignInAsync("admin");

        var (_, saved) = await admin.AskAsync(HttpMethod.Put, "/api/embed-origins", new
        {
            origins = new[] { "https://crm.example.com", "https://otro.example.com", "https://console.example.com" },
        });

        Missing(saved).ShouldBe(missing);
        Missing((await admin.ReadAsync("/api/embed-origins"))!.Value).ShouldBe(missing);
        // LocalHost alone decides which origins are answered.
        Missing((await _admin.ReadAsync("/api/embed-origins"))!.Value).ShouldBe("");

        static string Missing(JsonElement view) =>
            string.Join(',', view.GetProperty("missing").EnumerateArray().Select(each => each.GetString()));
    }

    [Fact]
    public async Task A_Deleted_Agent_s_Token_Ends_And_A_New_Agent_Of_The_Same_Id_Has_No_Use_Of_It()
    {
        var agent = new { name = "Temporal", signInName = "temporal", roles = new[] { "agent" } };
        (await _admin.AskAsync(HttpMethod.Put, "/api/agents/temporal", agent)).Status.ShouldBe(HttpStatusCode.Created);
        var token = await TokenAsync("temporal");
        (await StatusAsync(token)).Status.ShouldBe(HttpStatusCode.OK);

        (await _admin.AskAsync(HttpMethod.Delete, "/api/agents/temporal")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await StatusAsync(token)).ShouldBe((HttpStatusCode.Unauthorized, "urn:callmyway:embed-token-revoked"));
        (await _admin.AskAsync(HttpMethod.Put, "/api/agents/temporal", agent)).Status.ShouldBe(HttpStatusCode.Created);
        (await StatusAsync(token)).ShouldBe((HttpStatusCode.Unauthorized, "urn:callmyway:embed-token-revoked"));
    }

    [Fact]
    public async Task A_Key_That_Asks_Too_Often_Hears_When_To_Try_Again()
    {
        var (_, made) = await _admin.AskAsync(HttpMethod.Post, "/api/api-keys", new { name = "Rápida", scopes = new[] { "contacts" } });
        using var client = _host.Anonymous();
        client.DefaultRequestHeaders.Add(HeaderCredentials.KeyHeader, made.Text("key"));

        var answers = await Task.WhenAll(Enumerable.Range(0, KeyRates.PerMinute + 100)
            .Select(_ => client.GetAsync("/api/agents")));

        answers[0].Headers.Contains("RateLimit").ShouldBeTrue();
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        refused.ShouldNotBeEmpty();
        refused.ShouldAllBe(answer => answer.Headers.RetryAfter != null);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Forbidden).ShouldBeGreaterThanOrEqualTo(KeyRates.PerMinute);
    }

    /// <summary>The channel as a service of its own, which is asked for connections and sends nothing.</summary>
    private sealed class Negotiations : IScreens
    {
        public List<DateTimeOffset?> Ends { get; } = [];

        public Task SendAsync(string agentId, ScreenMessage message, PopUp popUp, CancellationToken cancellationToken) =>
            Task.CompletedTask;

        public Task SendAsync(
            string agentId, ScreenMessage message, object content, CancellationToken cancellationToken) =>
            Task.CompletedTask;

        public ValueTask<ScreenConnection> NegotiateAsync(
            string agentId, DateTimeOffset? endsAt, CancellationToken cancellationToken)
        {
            Ends.Add(endsAt);
            return new(new ScreenConnection("https://screens.example.com/client", "token"));
        }
    }

    private Task<string> TokenAsync(string agentId) => TokenAsync(agentId, _host, _admin);

    private static async Task<string> TokenAsync(string agentId, TestHost host, HttpClient admin)
    {
        var (_, key) = await admin.AskAsync(HttpMethod.Post, "/api/api-keys", new { name = "Fichas", scopes = new[] { "embed" } });
        using var client = host.Anonymous();
        client.DefaultRequestHeaders.Add(HeaderCredentials.KeyHeader, key.Text("key"));
        var (status, token) = await client.AskAsync(HttpMethod.Post, "/api/embed-tokens", new { agentId });
        status.ShouldBe(HttpStatusCode.Created);
        return token.Text("token")!;
    }

    private async Task<(HttpStatusCode Status, string? Type)> StatusAsync(string token)
    {
        using var client = _host.Anonymous();
        client.DefaultRequestHeaders.Add(HeaderCredentials.TokenHeader, token);
        var (status, body) = await client.AskAsync(HttpMethod.Get, "/api/me");
        return (status, body.Text("type"));
    }
}

public sealed class EmbeddingTestsOnSqlite(DemoHost host) : EmbeddingTests(host), IClassFixture<DemoHost>;

public sealed class EmbeddingTestsOnAzurite(DemoHostOnAzuriteInTheLongRun host)
    : EmbeddingTests(host), IClassFixture<DemoHostOnAzuriteInTheLongRun>;

/// <summary>How an origin is written, without a host.</summary>
public sealed class EmbedOriginTests
{
    [Theory]
    [InlineData("https://CRM.example.com", "https://crm.example.com")]
    [InlineData(" https://crm.example.com:443/", "https://crm.example.com")]
    [InlineData("https://crm.example.com:8443", "https://crm.example.com:8443")]
    [InlineData("https://ñandú.com", "https://xn--and-6ma2c.com")]
    [InlineData("https://Ñandú.com:8443", "https://xn--and-6ma2c.com:8443")]
    [InlineData("https://пример.рф", "https://xn--e1afmkfd.xn--p1ai")]
    [InlineData("https://１.example.com", "https://1.example.com")]
    [InlineData("https://xn--and-6ma2c.com", "https://xn--and-6ma2c.com")]
    [InlineData("http://[::1]:3000", "http://[::1]:3000")]
    [InlineData("http://127.0.0.1:3000", "http://127.0.0.1:3000")]
    public void It_Is_As_Browsers_Write_It(string written, string origin) =>
        EmbedOriginStore.Read(written).ShouldBe(origin);

    [Fact]
    public async Task One_That_An_Earlier_Release_Has_Stored_Is_Too()
    {
        await using var features = await Features.StartAsync();
        var store = features.Get<EmbedOriginStore>();
        await store.PutAsync(
            new EmbedOrigins { Origins = ["https://crm.example.com", "https://ñandú.com"] }, CancellationToken.None);

        (await store.GetAsync(CancellationToken.None)).Origins
            .ShouldBe(["https://crm.example.com", "https://xn--and-6ma2c.com"]);
        (await store.HasAsync("https://xn--and-6ma2c.com", CancellationToken.None)).ShouldBeTrue();
    }
}

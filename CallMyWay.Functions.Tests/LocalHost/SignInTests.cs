using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Embedding;
using CallMyWay.Functions.EntraId;
using CallMyWay.Functions.Presence;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.EntraId;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.SignIn;

namespace CallMyWay.Functions.Tests.LocalHost;

public abstract class SignInTests(TestStorage storage) : IAsyncLifetime
{
    private readonly MachineClock _time = new(DateTimeOffset.UtcNow);

    private TestHost _host = null!;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync(storage, new() { Time = _time });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task A_Copy_Of_The_Cookie_Is_Refused_After_The_Sign_Out()
    {
        using var client = await _host.SignInAsync("ana");
        using var other = await _host.SignInAsync("ana");
        using var copy = _host.Anonymous();
        copy.DefaultRequestHeaders.Add("Cookie", _host.CookiesOf(client).GetCookieHeader(_host.Address));
        (await copy.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await client.DeleteAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await copy.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await other.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableFact]
    public async Task A_Right_Password_Opens_A_Session_And_Signing_Out_Ends_It()
    {
        var ana = await _host.SignInAsync("ana");
        (await ana.GetFromJsonAsync<JsonElement>("/api/me")).GetProperty("id").GetString().ShouldBe("ana");

        (await ana.DeleteAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await ana.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    // A campaign dials for whoever counts as online, and nobody would be there to talk.
    [SkippableTheory]
    [InlineData("at the desk")]
    [InlineData("everywhere")]
    [InlineData("by an administrator")]
    [InlineData("by a new password")]
    public async Task Who_Is_Signed_Out_Is_Offline_At_Once_Though_Colleagues_Have_Screens(string way)
    {
        using var ana = await _host.SignInAsync("ana");
        using var luis = await _host.SignInAsync("luis");
        using var admin = await _host.SignInAsync("admin");
        await using var screen = await TestScreen.OpenAsync(_host, luis);
        await ana.ReadAsync("/api/pop-ups");
        await luis.ReadAsync("/api/pop-ups");
        (await HasLeftAsync("ana")).ShouldBeFalse();

        var (status, _) = way switch
        {
            "at the desk" => await ana.AskAsync(HttpMethod.Delete, "/api/session"),
            "everywhere" => await ana.AskAsync(HttpMethod.Delete, "/api/me/sessions"),
            "by an administrator" => await admin.AskAsync(HttpMethod.Post, "/api/agents/ana/sign-out"),
            _ => await admin.AskAsync(HttpMethod.Put, "/api/agents/ana/password", new { password = "una frase larga" }),
        };

        status.ShouldBe(HttpStatusCode.NoContent);
        (await HasLeftAsync("ana")).ShouldBeTrue();
        (await HasLeftAsync("luis")).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task Who_Signs_Out_At_One_Desk_And_Has_A_Screen_At_Another_Stays_Online()
    {
        using var desk = await _host.SignInAsync("ana");
        using var other = await _host.SignInAsync("ana");
        await using var screen = await TestScreen.OpenAsync(_host, other);
        await other.ReadAsync("/api/pop-ups");

        (await desk.DeleteAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await HasLeftAsync("ana")).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task The_Cookies_Are_Strict_And_Http_Only()
    {
        using var response = await TrySignInAsync("ana", "demo");

        var cookies = response.Headers.GetValues("Set-Cookie").Select(cookie => cookie.ToLowerInvariant()).ToList();
        cookies.Count(cookie => cookie.StartsWith("cmw-session=", StringComparison.Ordinal)).ShouldBe(1);
        cookies.ShouldAllBe(cookie => cookie.Contains("samesite=strict") && cookie.Contains("httponly"));
        cookies.ShouldAllBe(cookie => !cookie.Contains("domain="));
    }

    [SkippableFact]
    public async Task Under_Https_A_Cookie_That_A_Sibling_Site_Could_Set_Counts_For_Nothing()
    {
        const string Prefixed = "__Host-cmw-session=";
        var own = await SignInByHttpsAsync("ana");
        var foreign = (await SignInByHttpsAsync("luis")).Replace("__Host-", "", StringComparison.Ordinal);

        (await MeAsync($"{own}; {foreign}")).ShouldBe("ana");
        (await MeAsync($"{foreign}; {own}")).ShouldBe("ana");
        (await MeAsync(foreign)).ShouldBeNull();

        // One that began without https is taken off by the next sign-in, and does not come back with its end.
        await SignInByHttpsAsync("luis", before: "cmw-session=a");
        await SignOutByHttpsAsync($"{own}; {foreign}");

        async Task<string> SignInByHttpsAsync(string agent, string? before = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/session")
            {
                Content = JsonContent.Create(new { agent, password = "demo" }),
                Headers = { { "X-Forwarded-Proto", "https" } },
            };
            if (before is not null)
            {
                request.Headers.Add("Cookie", before);
            }

            using var response = await _host.Anonymous().SendAsync(request);
            response.Headers.GetValues("Set-Cookie")
                .Any(cookie => cookie.StartsWith("cmw-session=; expires=Thu, 01 Jan 1970", StringComparison.Ordinal))
                .ShouldBe(before is not null);
            var cookie = response.Headers.GetValues("Set-Cookie")
                .Single(cookie => cookie.StartsWith(Prefixed, StringComparison.Ordinal));
            cookie.ShouldContain("; path=/;");
            cookie.ShouldContain("; secure;");
            cookie.ShouldNotContain("domain=", Case.Insensitive);
            return cookie.Split(';')[0];
        }

        async Task SignOutByHttpsAsync(string cookies)
        {
            using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/session")
            {
                Headers = { { "X-Forwarded-Proto", "https" }, { "X-Requested-With", "tests" }, { "Cookie", cookies } },
            };
            using var response = await _host.Anonymous().SendAsync(request);
            response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
            foreach (var name in new[] { "cmw-session", "__Host-cmw-session" })
            {
                response.Headers.GetValues("Set-Cookie").ShouldContain(cookie =>
                    cookie.StartsWith($"{name}=; expires=Thu, 01 Jan 1970", StringComparison.Ordinal), name);
            }
        }

        async Task<string?> MeAsync(string cookies)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me")
            {
                Headers = { { "X-Forwarded-Proto", "https" }, { "Cookie", cookies } },
            };
            using var response = await _host.Anonymous().SendAsync(request);
            return response.IsSuccessStatusCode
                ? (await response.Content.ReadFromJsonAsync<JsonElement>()).Text("id")
                : null;
        }
    }

    [SkippableTheory]
    [InlineData("ana", "wrong")]
    [InlineData("nobody", "demo")]
    [InlineData("x' OR 1=1 --", "demo")]
    public async Task Wrong_Name_And_Wrong_Password_Are_Answered_Alike(string agent, string password)
    {
        using var response = await TrySignInAsync(agent, password);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("title").GetString()
            .ShouldBe("No se pudo iniciar sesión");
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [SkippableFact]
    public async Task An_Unknown_Account_Costs_A_Hash_Like_A_Known_One()
    {
        // The test compares the work and not the time: the dummy hash has the same format and number of rounds.
        var accounts = _host.Get<LocalAccounts>();
        (await accounts.VerifyAsync(null, "demo", default)).ShouldBeFalse();

        var account = (await accounts.FindAsync("ana", default)).ShouldNotBeNull();
        accounts.Nobody.PasswordHash.Length.ShouldBe(account.PasswordHash.Length);
        Convert.FromBase64String(accounts.Nobody.PasswordHash)[..13]
            .ShouldBe(Convert.FromBase64String(account.PasswordHash)[..13]);
    }

    [SkippableFact]
    public async Task A_Changing_Request_Needs_The_Header_That_Another_Site_Cannot_Send()
    {
        var ana = await _host.SignInAsync("ana");
        ana.DefaultRequestHeaders.Remove("X-Requested-With");

        using var refused = await ana.PostAsJsonAsync("/api/demo/calls", new { });
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("X-Requested-With");
        (await ana.DeleteAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await ana.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableTheory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_Request_That_Comes_From_Another_Site_By_The_Browsers_Headers_Is_Refused(string header, string value)
    {
        var ana = await _host.SignInAsync("ana");
        ana.DefaultRequestHeaders.Add(header, value);

        (await ana.PostAsJsonAsync("/api/demo/calls", new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await ana.PostAsJsonAsync("/api/session", new { agent = "ana", password = "demo" }))
            .StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [SkippableTheory]
    [InlineData("False")]
    [InlineData("True")]
    public async Task The_Header_Of_Azures_Authentication_Is_Ignored_Here(string isOn)
    {
        await using var host = await TestHost.StartAsync(
            storage, new() { Settings = [$"--{PlatformAuthentication.Switch}", isOn] });
        var client = host.Browser();
        client.DefaultRequestHeaders.Add(PlatformPrincipal.Header, PlatformHeader.OfToken("admin", ("roles", "Admin")));

        (await client.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await client.GetAsync("/api/agents")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [SkippableFact]
    public async Task A_Form_Of_Another_Site_Cannot_Sign_In()
    {
        using var content = new StringContent("""{"agent":"ana","password":"demo"}""", Encoding.UTF8, "text/plain");

        (await _host.Anonymous().PostAsync("/api/session", content))
            .StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [SkippableFact]
    public async Task A_Deleted_Agent_Is_Out_Within_A_Minute_And_A_New_One_With_The_Same_Id_Does_Not_Inherit_The_Password()
    {
        var ana = await _host.SignInAsync("ana");
        var agents = _host.Get<AgentStore>();
        var row = (await agents.GetAsync("ana", default)).ShouldNotBeNull();
        await agents.DeleteAsync(row, null, default);

        _time.Advance(TimeSpan.FromMinutes(1));
        (await ana.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        await _host.Get<SessionWatch>().CheckAsync(default);
        await agents.PutAsync(row with { ETag = null }, default);
        (await TrySignInAsync("ana", "demo")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [SkippableFact]
    public async Task A_New_Agent_With_A_Deleted_Agents_Id_Inherits_Neither_Password_Nor_Session()
    {
        var before = await _host.SignInAsync("ana");
        var agents = _host.Get<AgentStore>();
        var row = (await agents.GetAsync("ana", default)).ShouldNotBeNull();
        await agents.DeleteAsync(row, null, default);
        await agents.PutAsync(row with { ETag = null }, default);

        (await TrySignInAsync("ana", "demo")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using (var watching = await _host.SignInAsync("admin"))
        {
            (await watching.ItemsAsync("/api/agent-accounts")).Single(item => item.Text("agentId") == "ana")
                .Text("state").ShouldBe("none");
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        (await before.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var admin = await _host.SignInAsync("admin");
        (await admin.PutAsJsonAsync("/api/agents/ana/password", new { password = "una frase larga" }))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await _host.Get<SessionWatch>().CheckAsync(default);
        await _host.SignInAsync("ana", "una frase larga");
    }

    [SkippableFact]
    public async Task A_Password_That_Is_Set_While_The_Account_Before_It_Is_Deleted_Stays()
    {
        var (accounts, agents) = (_host.Get<LocalAccounts>(), _host.Get<AgentStore>());
        var found = (await accounts.FindAsync("ana", default)).ShouldNotBeNull();
        await accounts.SetPasswordAsync((await agents.GetAsync("ana", default))!, "una frase larga", default);

        await accounts.DeleteAsync(found, default);

        await _host.SignInAsync("ana", "una frase larga");
    }

    [SkippableFact]
    public async Task A_Change_Of_The_Agent_Leaves_The_Password_As_It_Was()
    {
        var agents = _host.Get<AgentStore>();
        await agents.PutAsync((await agents.GetAsync("ana", default))! with { Name = "Ana", ETag = null }, default);
        await agents.PutAsync((await agents.GetAsync("ana", default))! with { Team = "ventas" }, default);

        await _host.SignInAsync("ana");
    }

    [SkippableFact]
    public async Task Agents_And_Accounts_Without_A_Creation_Mark_Can_Still_Sign_In()
    {
        // Stopped, as it would see one of the two without and the other still with its mark.
        await _host.Get<SessionWatch>().StopAsync(default);
        await ForgetCreationAsync("agents", "agent");
        await ForgetCreationAsync(LocalAccounts.Table, "account");
        await _host.SignInAsync("ana");

        var agents = _host.Get<AgentStore>();
        await agents.PutAsync((await agents.GetAsync("ana", default))! with { Name = "Ana" }, default);
        await _host.SignInAsync("ana");

        var row = (await agents.GetAsync("ana", default)).ShouldNotBeNull();
        await agents.DeleteAsync(row, null, default);
        await agents.PutAsync(row with { ETag = null }, default);
        (await TrySignInAsync("ana", "demo")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        async Task ForgetCreationAsync(string table, string partition)
        {
            var stored = (await _host.Get<ITables>()[table].GetAsync(partition, "ana", default)).ShouldNotBeNull();
            stored.Text("creation").ShouldNotBeNull();
            await _host.Get<ITables>()[table].UpsertAsync(stored.Set("creation", (string?)null), default);
        }
    }

    [SkippableFact]
    public async Task A_Session_That_Ends_While_It_Is_Being_Read_Stays_Ended()
    {
        var accounts = _host.Get<LocalAccounts>();
        var tables = new HeldTables(_host.Get<ITables>());
        var sessions = new Sessions(accounts, _host.Get<AgentStore>(), _host.Get<HeaderCredentials>(), tables, _time);
        var session = Session.New((await accounts.FindAsync("ana", default)).ShouldNotBeNull());

        var reading = FindUserAsync();
        await tables.HasRead;
        await sessions.EndAsync(session, default);
        tables.Release();
        await reading;

        (await FindUserAsync()).ShouldBeNull();

        Task<ClaimsPrincipal?> FindUserAsync() =>
            sessions.FindUserAsync(session.AgentId, session.Stamp, session.Id, default).AsTask();
    }

    [SkippableFact]
    public async Task Changed_Roles_Take_Effect_Within_A_Minute()
    {
        var sofia = await _host.SignInAsync("sofia");
        (await sofia.GetAsync("/api/agents")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var agents = _host.Get<AgentStore>();
        await agents.PutAsync((await agents.GetAsync("sofia", default))! with { Roles = [Role.Admin] }, default);

        _time.Advance(TimeSpan.FromMinutes(1));

        (await sofia.GetAsync("/api/agents")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableFact]
    public async Task A_Demoted_Administrator_Loses_The_Role_Within_A_Minute_Even_If_The_Clock_Is_Set_Back_By_A_Day()
    {
        var admin = await _host.SignInAsync("admin");
        (await admin.GetAsync("/api/agents")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var agents = _host.Get<AgentStore>();
        await agents.PutAsync((await agents.GetAsync("admin", default))! with { Roles = [Role.Agent] }, default);

        _time.SetBy(TimeSpan.FromDays(-1));
        _time.Advance(TimeSpan.FromMinutes(1));

        (await admin.GetAsync("/api/agents")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [SkippableFact]
    public async Task A_Password_That_An_Administrator_Sets_Ends_The_Agents_Sessions()
    {
        var ana = await _host.SignInAsync("ana");
        var admin = await _host.SignInAsync("admin");

        (await ana.PutAsJsonAsync("/api/agents/ana/password", new { password = "una frase larga" }))
            .StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await admin.PutAsJsonAsync("/api/agents/ana/password", new { password = "corta" }))
            .StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await admin.PutAsJsonAsync("/api/agents/nobody/password", new { password = "una frase larga" }))
            .StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await admin.PutAsJsonAsync("/api/agents/ana/password", new { password = "una frase larga" }))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await ana.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await _host.SignInAsync("ana", "una frase larga");
    }

    [SkippableFact]
    public async Task An_Agent_Who_Changes_Their_Password_Stays_Signed_In_Only_Here()
    {
        var here = await _host.SignInAsync("ana");
        var elsewhere = await _host.SignInAsync("ana");

        (await here.PostAsJsonAsync("/api/session/password", new { current = "wrong", password = "una frase larga" }))
            .StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await here.PostAsJsonAsync("/api/session/password", new { current = "demo", password = "una frase larga" }))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await here.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await elsewhere.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [SkippableFact]
    public async Task Who_Has_An_Id_That_Is_Another_s_Sign_In_Name_Changes_Their_Own_Password()
    {
        var agents = _host.Get<AgentStore>();
        var ana = (await agents.GetAsync("ana", default)).ShouldNotBeNull();
        await agents.PutAsync(ana with { SignInName = "ventas" }, default);
        var other = (await agents.PutAsync(
            ana with { AgentId = "ventas", SignInName = "otra", ETag = null }, default)).Agent.ShouldNotBeNull();
        await _host.Get<LocalAccounts>().SetPasswordAsync(other, "la de antes", default);
        var client = await _host.SignInAsync("otra", "la de antes");

        for (var i = 0; i < 5; i++)
        {
            using var wrong = await client.PostAsJsonAsync(
                "/api/session/password", new { current = "no es", password = "una frase larga" });
            wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        using var ventas = await TrySignInAsync("ventas", "demo");
        ventas.StatusCode.ShouldBe(HttpStatusCode.NoContent, "those were not Ana's tries");
        _time.Advance(TimeSpan.FromMinutes(1));
        using var changed = await client.PostAsJsonAsync(
            "/api/session/password", new { current = "la de antes", password = "una frase larga" });
        changed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await _host.SignInAsync("otra", "una frase larga");
    }

    [SkippableFact]
    public async Task A_Session_Slides_And_Ends_Twelve_Hours_After_Its_Last_Use()
    {
        var ana = await _host.SignInAsync("ana");
        _time.Advance(TimeSpan.FromHours(8));
        (await ana.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        _time.Advance(TimeSpan.FromHours(8));
        (await ana.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.OK);

        _time.Advance(TimeSpan.FromHours(12.1));

        (await ana.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task<bool> HasLeftAsync(string agentId) =>
        (await _host.Get<PresenceStore>().ListBeatsAsync(default))[agentId].HasLeft;

    private Task<HttpResponseMessage> TrySignInAsync(string agent, string password) =>
        _host.Anonymous().PostAsJsonAsync("/api/session", new { agent, password });

    /// <summary>The host's tables, which hold back the answer of a query after it was read.</summary>
    private sealed class HeldTables(ITables tables) : ITables
    {
        private readonly TaskCompletionSource _hasRead = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task HasRead => _hasRead.Task;

        public ITable this[string name] => new HeldTable(tables[name], this);

        public void Release() => _released.SetResult();

        private sealed class HeldTable(ITable table, HeldTables held) : ITable
        {
            public async ValueTask<RowPage> QueryAsync(RowRange range, CancellationToken cancellationToken)
            {
                var page = await table.QueryAsync(range, cancellationToken);
                held._hasRead.TrySetResult();
                await held._released.Task;
                return page;
            }

            public ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancellationToken) =>
                table.GetAsync(partition, key, cancellationToken);

            public ValueTask<string?> InsertAsync(Row row, CancellationToken cancellationToken) =>
                table.InsertAsync(row, cancellationToken);

            public ValueTask<string?> ReplaceAsync(Row row, CancellationToken cancellationToken) =>
                table.ReplaceAsync(row, cancellationToken);

            public ValueTask<string> UpsertAsync(Row row, CancellationToken cancellationToken) =>
                table.UpsertAsync(row, cancellationToken);

            public ValueTask<bool> DeleteAsync(
                string partition,
                string key,
                string? etag,
                CancellationToken cancellationToken) => table.DeleteAsync(partition, key, etag, cancellationToken);

            public ValueTask<IReadOnlyList<Row>> ScanAsync(
                RowKey? after,
                int take,
                CancellationToken cancellationToken) => table.ScanAsync(after, take, cancellationToken);

            public ValueTask<bool> BatchAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken) =>
                table.BatchAsync(changes, cancellationToken);
        }
    }
}

public sealed class SignInTestsOnSqlite() : SignInTests(TestStorage.Sqlite);

public sealed class SignInTestsOnAzurite() : SignInTests(TestStorage.AzuriteInTheLongRun);

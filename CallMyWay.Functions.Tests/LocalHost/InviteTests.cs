using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.SignIn;

namespace CallMyWay.Functions.Tests.LocalHost;

/// <summary>Invitations, locks and sessions of the people, as an administrator keeps them on this host.</summary>
public sealed class InviteTests : IAsyncLifetime
{
    private const string Password = "mi clave nueva";

    private readonly MachineClock _time = new(DateTimeOffset.UtcNow);

    private TestHost _host = null!;

    private HttpClient _admin = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(TestStorage.Sqlite, new() { Time = _time });
        _admin = await _host.SignInAsync("admin");
        await PutMartaAsync();
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task An_Invited_Person_Sets_A_Password_Once_And_Is_Signed_In()
    {
        (await AccountAsync()).Text("state").ShouldBe("none");
        var token = await InviteAsync();
        var invited = await AccountAsync();
        invited.Text("state").ShouldBe("invited");
        invited.GetProperty("inviteExpiresAt").GetDateTimeOffset()
            .ShouldBe(_time.GetUtcNow().AddDays(7), TimeSpan.FromMinutes(1));
        using var marta = _host.Browser();
        var (status, greeted) = await marta.AskAsync(HttpMethod.Post, "/api/invited", new { token });
        status.ShouldBe(HttpStatusCode.OK);
        greeted.Text("name").ShouldBe("Marta Soto");
        greeted.Text("signInName").ShouldBe("marta.soto");

        var (refused, problem) = await AcceptAsync(marta, token, "corta");
        refused.ShouldBe(HttpStatusCode.BadRequest);
        problem.Errors().ShouldBe(["password"]);
        (await AcceptAsync(marta, token, Password)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await marta.GetFromJsonAsync<JsonElement>("/api/me")).Text("id").ShouldBe("marta");
        using var again = await _host.SignInAsync("marta.soto", Password);

        (await AcceptAsync(_host.Browser(), token, "otra clave larga")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var active = await AccountAsync();
        active.Text("state").ShouldBe("active");
        active.GetProperty("lastSignInAt").GetDateTimeOffset().ShouldBe(_time.GetUtcNow(), TimeSpan.FromMinutes(1));
        active.Text("inviteExpiresAt").ShouldBeNull();
        (await StoredAsync()).ShouldNotContain(token);
    }

    [Fact]
    public async Task An_Invitation_Ends_By_A_Newer_One_By_A_Password_By_Time_And_With_Its_Agent()
    {
        var first = await InviteAsync();
        var second = await InviteAsync();
        await RefusedAsync(first);
        (await _admin.AskAsync(HttpMethod.Put, "/api/agents/marta/password", new { password = Password }))
            .Status.ShouldBe(HttpStatusCode.NoContent);
        await RefusedAsync(second);

        // A reset: the password stays until the new one is set, which ends the sessions of the old one.
        var reset = await InviteAsync();
        using var marta = await _host.SignInAsync("marta", Password);
        (await marta.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var elsewhere = _host.Browser();
        (await AcceptAsync(elsewhere, reset, "otra clave larga")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await marta.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var late = await InviteAsync();
        _time.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));
        await RefusedAsync(late);

        _admin = await _host.SignInAsync("admin");
        var ofAnother = await InviteAsync();
        (await _admin.AskAsync(HttpMethod.Delete, "/api/agents/marta")).Status.ShouldBe(HttpStatusCode.NoContent);
        await RefusedAsync(ofAnother);
        await PutMartaAsync();
        await RefusedAsync(ofAnother);
        foreach (var token in new[] { "", ".", "marta.", "marta.x", "a/b.c", new string('x', 400) })
        {
            await RefusedAsync(token);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_Invitation_Ends_Where_Its_Maker_Is_No_Administrator_Any_More(bool isRemoved)
    {
        string[] administrator = ["admin"];
        await PutAsync("bruno", administrator);
        (await _admin.AskAsync(HttpMethod.Put, "/api/agents/bruno/password", new { password = Password }))
            .Status.ShouldBe(HttpStatusCode.NoContent);
        using var bruno = await _host.SignInAsync("bruno", Password);
        using var ana = await _host.SignInAsync("ana");
        var token = await InviteAsync("ana", bruno);
        (await AccountAsync("ana")).Text("inviteExpiresAt").ShouldNotBeNull();

        if (isRemoved)
        {
            (await _admin.AskAsync(HttpMethod.Delete, "/api/agents/bruno")).Status.ShouldBe(HttpStatusCode.NoContent);
            await RefusedAsync(token);
            await PutAsync("bruno", administrator);
        }
        else
        {
            await PutAsync("bruno", ["supervisor"]);
        }

        await RefusedAsync(token);
        (await AccountAsync("ana")).Text("inviteExpiresAt").ShouldBeNull();
        (await ana.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.OK);

        async Task PutAsync(string agentId, string[] roles)
        {
            var (_, before) = await _admin.AskAsync(HttpMethod.Get, $"/api/agents/{agentId}");
            var (status, _) = await _admin.AskAsync(
                HttpMethod.Put, $"/api/agents/{agentId}", new { name = "Bruno Mora", roles }, before.Text("etag"));
            status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Created);
        }
    }

    [Fact]
    public async Task An_Invitation_Of_An_Agent_Whose_Id_Has_Dots_Works_Too()
    {
        var eva = new { name = "Eva Mora", roles = new[] { "agent" } };
        (await _admin.AskAsync(HttpMethod.Put, "/api/agents/eva.mora.2", eva)).Status.ShouldBe(HttpStatusCode.Created);
        using var browser = _host.Browser();

        (await AcceptAsync(browser, await InviteAsync("eva.mora.2", _admin), Password)).Status
            .ShouldBe(HttpStatusCode.NoContent);

        (await browser.GetFromJsonAsync<JsonElement>("/api/me")).Text("id").ShouldBe("eva.mora.2");
    }

    [Fact]
    public async Task A_Link_Whose_Password_Could_Not_Be_Stored_Works_Again()
    {
        var gate = new StorageGate();
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new() { Services = gate.Before });
        using var admin = await host.SignInAsync("admin");
        var token = await InviteAsync("ana", admin);
        using var ana = host.Browser();
        gate.Fail("upsert accounts ana");
        using (var refused = await ana.PostAsJsonAsync("/api/invited/password", new { token, password = Password }))
        {
            refused.IsSuccessStatusCode.ShouldBeFalse();
        }

        gate.Open();

        (await AcceptAsync(ana, token, Password)).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task The_End_Of_All_Sessions_Ends_An_Invitation_Too()
    {
        var token = await InviteAsync("ana", _admin);
        (await _admin.AskAsync(HttpMethod.Post, "/api/agents/ana/sign-out")).Status.ShouldBe(HttpStatusCode.NoContent);
        await RefusedAsync(token);
    }

    [Fact]
    public async Task An_Administrator_Who_Forgot_The_Password_Gets_A_Link_By_A_Command()
    {
        var folder = _host.DataPath;
        var (code, _, told) = await CommandAsync(folder, "--agent", "admin");
        code.ShouldBe(1);
        told.ShouldContain("host", customMessage: "the host runs on the folder");
        var copy = Directory.CreateTempSubdirectory("callmyway-invite-").FullName;
        try
        {
            await using (var before = await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = copy }))
            {
            }

            foreach (var agent in new[] { "ana", "nadie" })
            {
                (code, var output, told) = await CommandAsync(copy, "--agent", agent);
                (code, output).ShouldBe((1, ""));
                told.ShouldContain("There are: admin.");
            }

            (code, var said, _) = await CommandAsync(copy, "--agent", "admin", "--url", "https://cmw.example.com/");
            code.ShouldBe(0);
            var url = new Uri(said.Split('\n', StringSplitOptions.TrimEntries).Single(line => line.StartsWith("https", StringComparison.Ordinal)));
            url.GetLeftPart(UriPartial.Path).ShouldBe("https://cmw.example.com/invite");

            await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = copy });
            using var browser = host.Browser();
            (await AcceptAsync(browser, url.Fragment[1..], Password)).Status.ShouldBe(HttpStatusCode.NoContent);
            using var admin = await host.SignInAsync("admin", Password);
            (await admin.ItemsAsync("/api/audit?what=agent.invited")).ShouldHaveSingleItem().Text("id").ShouldBe("admin");
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }

        static async Task<(int Code, string Output, string Error)> CommandAsync(string folder, params string[] arguments)
        {
            var (output, error) = (new StringWriter(), new StringWriter());
            var code = await InviteCommand.RunAsync(["--DataPath", folder, .. arguments], output, error);
            return (code, output.ToString(), error.ToString());
        }
    }

    [Fact]
    public async Task All_Sessions_End_By_An_Administrator_Or_By_Oneself_And_The_Password_Stays()
    {
        using var desk = await _host.SignInAsync("ana");
        using var phone = await _host.SignInAsync("ana");
        (await AccountAsync("luis")).Text("lastSignInAt").ShouldBeNull();
        using var luis = await _host.SignInAsync("luis");
        (await AccountAsync("luis")).GetProperty("lastSignInAt").GetDateTimeOffset()
            .ShouldBe(_time.GetUtcNow(), TimeSpan.FromMinutes(1));
        (await _admin.AskAsync(HttpMethod.Post, "/api/agents/ana/sign-out")).Status.ShouldBe(HttpStatusCode.NoContent);
        foreach (var client in new[] { desk, phone })
        {
            (await client.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        (await luis.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var again = await _host.SignInAsync("ana");
        using var other = await _host.SignInAsync("ana");
        (await again.AskAsync(HttpMethod.Delete, "/api/me/sessions")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await again.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await other.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await _admin.AskAsync(HttpMethod.Post, "/api/agents/nobody/sign-out")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_Lock_Is_Shown_And_Lifted()
    {
        for (var i = 0; i < 5; i++)
        {
            (await TryAsync("wrong")).ShouldBe(HttpStatusCode.Unauthorized);
        }

        (await TryAsync("demo")).ShouldBe(HttpStatusCode.TooManyRequests);
        for (var i = 0; i < 5; i++)
        {
            await TryAsync("wrong", "ana-maria");
        }

        (await AccountAsync("ana")).GetProperty("lockedUntil").GetDateTimeOffset()
            .ShouldBeInRange(_time.GetUtcNow(), _time.GetUtcNow().AddSeconds(15));
        (await AccountAsync("luis")).Text("lockedUntil").ShouldBeNull();

        (await _admin.AskAsync(HttpMethod.Post, "/api/agents/ana/unlock")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await AccountAsync("ana")).Text("lockedUntil").ShouldBeNull();
        (await TryAsync("demo")).ShouldBe(HttpStatusCode.NoContent);
        (await TryAsync("demo", "ana-maria")).ShouldBe(HttpStatusCode.TooManyRequests, "it is another account");

        async Task<HttpStatusCode> TryAsync(string password, string agent = "ana")
        {
            using var nobody = _host.Browser();
            using var answer = await nobody.PostAsJsonAsync("/api/session", new { agent, password });
            return answer.StatusCode;
        }
    }

    private async Task PutMartaAsync() =>
        (await _admin.AskAsync(HttpMethod.Put, "/api/agents/marta", new { name = "Marta Soto", signInName = "marta.soto", roles = new[] { "agent" } }))
            .Status.ShouldBe(HttpStatusCode.Created);

    private Task<string> InviteAsync() => InviteAsync("marta", _admin);

    private static async Task<string> InviteAsync(string agentId, HttpClient administrator)
    {
        var (status, invite) = await administrator.AskAsync(HttpMethod.Post, $"/api/agents/{agentId}/invite");
        status.ShouldBe(HttpStatusCode.OK);
        var url = new Uri(invite.Text("url")!);
        url.AbsolutePath.ShouldBe("/invite");
        return url.Fragment[1..];
    }

    private static Task<(HttpStatusCode Status, JsonElement Body)> AcceptAsync(
        HttpClient client, string token, string password) =>
        client.AskAsync(HttpMethod.Post, "/api/invited/password", new { token, password });

    private async Task RefusedAsync(string token)
    {
        using var client = _host.Browser();
        (await client.AskAsync(HttpMethod.Post, "/api/invited", new { token })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await AcceptAsync(client, token, "otra clave larga")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<JsonElement> AccountAsync(string agentId = "marta") =>
        (await _admin.ItemsAsync("/api/agent-accounts")).Single(item => item.Text("agentId") == agentId);

    private async Task<string> StoredAsync()
    {
        var rows = await _host.Get<ITables>()["accounts"].ScanAsync(null, 1000, CancellationToken.None);
        return string.Join('\n', rows.SelectMany(row => row.Columns.Values));
    }
}

using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Presence;

/// <summary>Agents pause and come back, and an administrator says for which reasons.</summary>
public abstract class PresenceTests(DemoHost host)
{
    [SkippableFact]
    public async Task A_Pause_Lasts_Over_Reloads_And_Beats_Until_The_Agent_Is_Back()
    {
        var paused = await PutAsync(host.Ana, new { paused = true, reason = "almuerzo" });
        await host.Ana.ReadAsync("/api/pop-ups");
        var me = (await host.Ana.ReadAsync("/api/me")).ShouldNotBeNull().GetProperty("presence");
        var again = await PutAsync(host.Ana, new { paused = true, reason = "almuerzo" });
        var back = await PutAsync(host.Ana, new { paused = false });

        (paused.GetProperty("paused").GetBoolean(), paused.Text("reason")).ShouldBe((true, "almuerzo"));
        me.GetRawText().ShouldBe(paused.GetRawText());
        // A request that is repeated begins no new pause.
        again.GetRawText().ShouldBe(paused.GetRawText());
        (back.GetProperty("paused").GetBoolean(), back.Text("reason"), back.Text("since")).ShouldBe((false, null, null));
    }

    [SkippableFact]
    public async Task A_Pause_Is_Told_To_The_Agents_Other_Screens_Once_And_To_Nobody_Else()
    {
        await using var other = await TestHost.StartAsync(host.Storage);
        using var ana = await other.SignInAsync("ana");
        using var luis = await other.SignInAsync("luis");
        await using var ofAna = await TestScreen.OpenAsync(other, ana);
        await using var ofLuis = await TestScreen.OpenAsync(other, luis);

        await PutAsync(luis, new { paused = true, reason = "reunion" });
        var paused = await PutAsync(ana, new { paused = true, reason = "almuerzo" });
        await PutAsync(ana, new { paused = true, reason = "almuerzo" });
        await PutAsync(ana, new { paused = false });

        (await ofAna.NextPresenceAsync()).GetRawText().ShouldBe(paused.GetRawText());
        (await ofAna.NextPresenceAsync()).GetProperty("paused").GetBoolean().ShouldBeFalse();
        (await ofLuis.NextPresenceAsync()).Text("reason").ShouldBe("reunion");
    }

    [SkippableFact]
    public async Task A_Pause_Can_Change_Its_Reason_And_Needs_None()
    {
        (await PutAsync(host.Luis, new { paused = true })).Text("reason").ShouldBeNull();
        // By its name in either language too.
        (await PutAsync(host.Luis, new { paused = true, reason = "Reunión" })).Text("reason").ShouldBe("reunion");
        (await PutAsync(host.Luis, new { paused = true, reason = "lunch" })).Text("reason").ShouldBe("almuerzo");
        await PutAsync(host.Luis, new { paused = false });
    }

    [SkippableTheory]
    [InlineData("{}", "paused")]
    [InlineData("""{"paused":true,"reason":"siesta"}""", "reason")]
    [InlineData("""{"reason":"almuerzo"}""", "paused")]
    public async Task What_Is_No_Pause_Is_Refused_In_Plain_Words(string body, string field)
    {
        var (status, problem) = await host.Ana.AskAsync(HttpMethod.Put, "/api/me/presence", body);

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.Errors().ShouldBe([field]);
    }

    [SkippableFact]
    public async Task An_Administrator_Replaces_The_Reasons_And_What_Is_Inactive_Can_T_Be_Chosen()
    {
        await using var other = await TestHost.StartAsync(host.Storage);
        using var admin = await other.SignInAsync("admin");
        using var ana = await other.SignInAsync("ana");
        var first = (await ana.ReadAsync("/api/pause-reasons")).ShouldNotBeNull();
        first.GetProperty("items").EnumerateArray().Select(reason => reason.Text("es"))
            .ShouldBe(["Almuerzo", "Pausa", "Reunión", "Capacitación"]);

        object[] items = [new { code = "medico", es = "Médico", en = "Doctor" }, new { code = "pausa", es = "Pausa", en = "Break", active = false }];
        var (status, stored) = await admin.AskAsync(HttpMethod.Put, "/api/pause-reasons", new { items });

        status.ShouldBe(HttpStatusCode.OK);
        (await ana.AskAsync(HttpMethod.Put, "/api/me/presence", new { paused = true, reason = "medico" })).Status
            .ShouldBe(HttpStatusCode.OK);
        foreach (var gone in new[] { "pausa", "almuerzo" })
        {
            (await ana.AskAsync(HttpMethod.Put, "/api/me/presence", new { paused = true, reason = gone })).Status
                .ShouldBe(HttpStatusCode.BadRequest, gone);
        }

        (await admin.AskAsync(HttpMethod.Put, "/api/pause-reasons", new { items = items.Take(1) }, "\"other\"")).Status
            .ShouldBe(HttpStatusCode.PreconditionFailed);
        (await admin.AskAsync(HttpMethod.Put, "/api/pause-reasons", new { items }, $"\"{stored.Text("etag")}\"")).Status
            .ShouldBe(HttpStatusCode.OK);
    }

    [SkippableTheory]
    [InlineData("""{"items":[]}""", "items")]
    [InlineData("""{"items":[{"code":"Á","es":"a","en":"b"}]}""", "items[0].code")]
    [InlineData("""{"items":[{"code":"a","es":"","en":"b"}]}""", "items[0].es")]
    [InlineData("""{"items":[{"code":"a","es":"a","en":"b"},{"code":"a","es":"a","en":"b"}]}""", "items[1].code")]
    [InlineData("""{"items":[null]}""", "items[0].code", "items[0].es", "items[0].en")]
    public async Task Reasons_That_Can_T_Be_Are_Refused_By_Field(string body, params string[] fields)
    {
        var (status, problem) = await host.Admin.AskAsync(HttpMethod.Put, "/api/pause-reasons", body);

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.Errors().ShouldBe(fields);
    }

    private static async Task<JsonElement> PutAsync(HttpClient agent, object presence)
    {
        var (status, answer) = await agent.AskAsync(HttpMethod.Put, "/api/me/presence", presence);
        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        return answer;
    }
}

public sealed class PresenceTestsOnSqlite(DemoHost host) : PresenceTests(host), IClassFixture<DemoHost>;

public sealed class PresenceTestsOnAzurite(DemoHostOnAzuriteInTheLongRun host)
    : PresenceTests(host), IClassFixture<DemoHostOnAzuriteInTheLongRun>;

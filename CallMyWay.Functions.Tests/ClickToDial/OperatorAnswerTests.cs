using System.Net;
using System.Net.Http.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.ClickToDial;

/// <summary>The requests to the operator, and the effect of its answers.</summary>
public abstract class OperatorAnswerTests(TestStorage storage) : IAsyncLifetime
{
    private ScriptedOperator _operator = null!;

    public async Task InitializeAsync() => _operator = await ScriptedOperator.StartAsync();

    public async Task DisposeAsync() => await _operator.DisposeAsync();

    [SkippableFact]
    public async Task A_200_That_Reads_Like_A_Refusal_Frees_The_Agent_And_Its_Call_Is_Still_Found()
    {
        await using var host = await StartAsync();
        using var ana = await host.SignInAsync("ana");
        _operator.Answer = (200, """{"error":"saldo insuficiente"}""");

        var (status, refused) = await ClickDesk.ClickAsync(ana, new { contactId = "demo-01" });
        (status, refused.Text("state"), refused.Text("problem"))
            .ShouldBe((HttpStatusCode.Accepted, "refused", "operatorRefused"));
        (await ClickDesk.ClickAsync(ana, new { number = "88881239" })).Status.ShouldBe(HttpStatusCode.Accepted);

        // The operator had inserted it.
        await NotifyAsync(host, "callStart");
        var ringing = await ClickDesk.DialAsync(ana, refused.Text("dialId")!, "ringing");
        (ringing.Text("callId"), ringing.Text("problem")).ShouldBe(("inserted", null));
        (await ana.ReadAsync("/api/calls/inserted")).ShouldNotBeNull().Text("contactId").ShouldBe("demo-01");
        var (busy, problem) = await ClickDesk.ClickAsync(ana, new { number = "88881239" });
        (busy, problem.Text("callId")).ShouldBe((HttpStatusCode.Conflict, "inserted"));

        await NotifyAsync(host, "callEnd");
        await ClickDesk.DialAsync(ana, refused.Text("dialId")!, "ended");
    }

    [SkippableFact]
    public async Task A_Call_After_A_Refusal_With_A_4xx_Status_Is_A_Call_By_Itself()
    {
        await using var host = await StartAsync();
        using var ana = await host.SignInAsync("ana");
        _operator.Answer = (409, "ERROR");

        var (_, refused) = await ClickDesk.ClickAsync(ana, new { contactId = "demo-01" });
        refused.Text("state").ShouldBe("refused");

        await NotifyAsync(host, "callStart");
        await Eventually.TrueAsync(async () => await ana.ReadAsync("/api/calls/inserted") is not null);
        (await ana.ReadAsync("/api/calls/inserted")).ShouldNotBeNull().Text("dialId").ShouldBeNull();
        (await ana.ReadAsync($"/api/dials/{refused.Text("dialId")}")).ShouldNotBeNull().Text("state")
            .ShouldBe("refused");
    }

    [SkippableTheory]
    [InlineData("national", "88881234")]
    [InlineData("e164", "+50688881234")]
    public async Task The_Agents_Phone_Is_Sent_As_It_Was_Written(string dialFormat, string contact)
    {
        await using var host = await StartAsync("--CallMyWay:Accounts:0:DialFormat", dialFormat);
        using var ana = await host.SignInAsync("ana");
        using var admin = await host.SignInAsync("admin");
        // Usernames of eight digits look like numbers.
        var phones = new[] { ("80000012", "80000012"), ("8000001", "8000001"), ("ana.zoiper", "ana.zoiper"), ("4000-1001", "40001001"), ("+506 4000-1001", "+50640001001"), ("(506) 4000 1001", "50640001001") };

        foreach (var (phone, _) in phones)
        {
            await admin.AskAsync(HttpMethod.Put, "/api/mappings/1001", new { agentId = "ana", phone, primary = true });
            (await ClickDesk.ClickAsync(ana, new { number = "8888-1234", endpointId = "1001", force = true }))
                .Body.Text("state").ShouldBe("placed");
        }

        await ClickDesk.ClickAsync(
            ana, new { number = "8888-1234", endpointId = "1001", order = "contactFirst", force = true });
        _operator.Asked.ShouldBe([.. phones.Select(phone => (phone.Item2, contact)), (contact, phones[^1].Item2)]);
    }

    private Task<TestHost> StartAsync(params string[] settings) =>
        TestHost.StartAsync(
            storage, new() { Settings = ["--CallMyWay:BaseUrl", _operator.Address.ToString(), .. settings] });

    private static async Task NotifyAsync(TestHost host, string action)
    {
        using var nobody = host.Anonymous();
        using var response = await nobody.PostAsJsonAsync(
            host.Webhook, DemoHost.Notification(action, "inserted", ("type", "out"), ("ani", "40001001"), ("dnis", "88881234"), ("detect_time", DemoHost.OperatorTime(DateTimeOffset.UtcNow))));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}

public sealed class OperatorAnswerTestsOnSqlite() : OperatorAnswerTests(TestStorage.Sqlite);

public sealed class OperatorAnswerTestsOnAzurite() : OperatorAnswerTests(TestStorage.AzuriteInTheLongRun);

using System.Net;
using System.Net.Http.Json;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.ClickToDial;

/// <summary>Which calls count as the call of a dial, and for how long they keep the agent busy.</summary>
public abstract class DialLegTests(TestStorage storage) : IAsyncLifetime
{
    private const string Other = "8000002";

    private readonly SetClock _clock = new(new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero));

    private ScriptedOperator _operator = null!;

    private TestHost _host = null!;

    private HttpClient _ana = null!;

    private HttpClient _webhook = null!;

    public async Task InitializeAsync()
    {
        storage.SkipWhereMissing();
        _operator = await ScriptedOperator.StartAsync();
        _host = await TestHost.StartAsync(storage, new()
        {
            Time = _clock,
            Settings =
            [
                "--CallMyWay:BaseUrl", _operator.Address.ToString(),
                "--CallMyWay:Accounts:0:Username", DemoHost.Account, "--CallMyWay:Accounts:0:Password", "first",
                "--CallMyWay:Accounts:1:Username", Other, "--CallMyWay:Accounts:1:Password", "second",
            ],
        });
        _ana = await _host.SignInAsync("ana");
        _webhook = _host.Anonymous();
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _operator.DisposeAsync();
    }

    [SkippableFact]
    public async Task A_Call_Of_Another_Account_On_The_Same_Endpoint_Is_No_Leg()
    {
        var dialId = await DialAsync("first");

        await NotifyAsync("callStart", "of-another", Other);
        await NotifyAsync("callStart", "of-the-dial", DemoHost.Account);

        (await CallAsync("of-another")).Text("dialId").ShouldBeNull();
        (await CallAsync("of-the-dial")).Text("dialId").ShouldBe(dialId);
    }

    [SkippableFact]
    public async Task A_Call_Of_Another_Account_With_The_Id_Of_A_Leg_Is_Another_Call()
    {
        var dialId = await DialAsync("first");
        await NotifyAsync("callStart", "same-id", DemoHost.Account);
        await CallAsync("same-id");

        await NotifyAsync("callStart", "same-id", Other);

        (await CallAsync("same-id", Other)).Text("dialId").ShouldBeNull();
        (await CallAsync("same-id", DemoHost.Account)).Text("dialId").ShouldBe(dialId);
    }

    [SkippableFact]
    public async Task A_Dialled_Call_Without_An_End_Keeps_The_Agent_Busy_For_Four_Hours()
    {
        await DialAsync("first");
        await NotifyAsync("callStart", "without-end", DemoHost.Account);
        await CallAsync("without-end");
        // So many calls since then that the dialled one is no longer among the agent's newest.
        _clock.Now += TimeSpan.FromMinutes(30);
        foreach (var i in Enumerable.Range(0, 12))
        {
            await NotifyAsync(
                "callEnd", $"later-{i}", DemoHost.Account, ("type", "in"), ("ani", "87124455"), ("dnis", "40001001"));
            await CallAsync($"later-{i}");
        }

        _clock.Now += TimeSpan.FromMinutes(209);
        var (held, busy) = await ClickDesk.ClickAsync(_ana, new { number = "88881235" }, "too early");
        (held, busy.Text("callId")).ShouldBe((HttpStatusCode.Conflict, "without-end"));

        _clock.Now += TimeSpan.FromMinutes(2);
        (await ClickDesk.ClickAsync(_ana, new { number = "88881235" }, "free"))
            .Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [SkippableFact]
    public async Task A_Repeated_Click_Whose_Call_Has_Begun_Is_Not_Sent_Again_Although_Its_Dial_Is_Lost()
    {
        var dialId = await DialAsync("first");
        await NotifyAsync("callStart", "heard", DemoHost.Account);
        await NotifyAsync("callEnd", "heard", DemoHost.Account);
        await ClickDesk.DialAsync(_ana, dialId, "ended");
        var dials = _host.Get<ITables>()[StorageNames.Dials];
        (await dials.DeleteAsync("agent~ana", $"dial~{dialId}", null, CancellationToken.None)).ShouldBeTrue();

        (await DialAsync("first", "ended")).ShouldBe(dialId);

        _operator.Asked.ShouldHaveSingleItem();
        (await _ana.ReadAsync($"/api/dials/{dialId}")).ShouldNotBeNull().Text("callId").ShouldBe("heard");
    }

    private async Task<string> DialAsync(string key, string state = "placed")
    {
        var (status, dial) = await ClickDesk.ClickAsync(_ana, new { number = "88881234" }, key);
        (status, dial.Text("state")).ShouldBe((HttpStatusCode.Accepted, state), dial.ToString());
        return dial.Text("dialId")!;
    }

    private async Task NotifyAsync(
        string action, string callId, string account, params (string Field, object? Value)[] data)
    {
        var now = DemoHost.OperatorTime(_clock.Now);
        (string, object?)[] outgoing = [("type", "out"), ("ani", "40001001"), ("dnis", "88881234")];
        var notification = DemoHost.Notification(
            action,
            callId,
            [("account_id", account), ("detect_time", now), ("disconnect_time", action == "callEnd" ? now : ""), .. outgoing, .. data]);
        using var response = await _webhook.PostAsJsonAsync(_host.Webhook, notification);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<System.Text.Json.JsonElement> CallAsync(string callId, string account = "")
    {
        var path = $"/api/calls/{callId}?account={account}";
        await Eventually.TrueAsync(async () => await _ana.ReadAsync(path) is not null, () => callId);
        return (await _ana.ReadAsync(path))!.Value;
    }
}

public sealed class DialLegTestsOnSqlite() : DialLegTests(TestStorage.Sqlite);

public sealed class DialLegTestsOnAzurite() : DialLegTests(TestStorage.AzuriteInTheLongRun);

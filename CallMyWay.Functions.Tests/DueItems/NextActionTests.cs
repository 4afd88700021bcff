using System.Text.Json.Nodes;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Functions.WrapUps;

namespace CallMyWay.Functions.Tests.DueItems;

/// <summary>What is to be done next of a call, as its row of the history shows it without reading more.</summary>
public abstract class NextActionTests(TestStorage storage) : IAsyncLifetime
{
    private SetClock _clock = null!;

    private TestHost _host = null!;

    private HttpClient _ana = null!;

    public async Task InitializeAsync()
    {
        // Noon in Costa Rica, so that an hour more or less stays within the day.
        _clock = new SetClock(new DateTimeOffset(DateTimeOffset.UtcNow.UtcDateTime.Date.AddHours(18), TimeSpan.Zero));
        _host = await TestHost.StartAsync(storage, new() { Time = _clock });
        _ana = await _host.SignInAsync("ana");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task It_Is_The_Earliest_That_Is_Open_And_Goes_With_Each_Change()
    {
        var callId = await _host.RingAsync(_ana, "88881234");
        (await NextAsync(callId)).ShouldBeNull();
        var etag = await SendAsync(callId, new
        {
            outcome = "promise-to-pay",
            followUp = new { dueAt = Day(5), note = "Confirmar" },
            promise = new { amount = 500, currency = "CRC", dueAt = Day(2) },
        });

        var next = (await NextAsync(callId)).ShouldNotBeNull();
        ((string?)next["kind"], (DateTimeOffset)next["dueAt"]!, (decimal)next["amount"]!, (string?)next["currency"])
            .ShouldBe(("promise", Day(2), 500m, "CRC"));
        ((string?)next["state"], (string?)next["agentId"], next["note"]).ShouldBe(("open", "ana", null));
        (await FollowUpsOpenAsync()).ShouldBe([callId]);
        _clock.Now = Day(3);
        _ana.Dispose();
        _ana = await _host.SignInAsync("ana");
        ((string?)(await NextAsync(callId))!["state"]).ShouldBe("broken", "nobody has said so yet");

        var promise = (await _ana.GetItemsAsync("/api/promises")).ShouldHaveSingleItem();
        (await _ana.SendJsonAsync(HttpMethod.Put, $"/api/promises/{promise["promiseId"]}", new { state = "kept" }))
            .Status.ShouldBe(200);
        next = (await NextAsync(callId)).ShouldNotBeNull();
        ((string?)next["kind"], (string?)next["note"], next["state"]).ShouldBe(("followUp", "Confirmar", null));
        (await _ana.SendJsonAsync(HttpMethod.Put, $"/api/promises/{promise["promiseId"]}", new { state = "open" }))
            .Status.ShouldBe(200);
        ((string?)(await NextAsync(callId))!["kind"]).ShouldBe("promise");

        var followUp = (await _ana.GetItemsAsync("/api/follow-ups")).ShouldHaveSingleItem();
        (await _ana.SendJsonAsync(HttpMethod.Post, $"/api/follow-ups/{followUp["followUpId"]}/done", null))
            .Status.ShouldBe(204);
        (await FollowUpsOpenAsync()).ShouldBeEmpty();
        await SendAsync(callId, new { outcome = "attended" }, etag);
        (await NextAsync(callId)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task What_Is_Undone_Is_Not_To_Be_Done_And_What_Comes_Back_Is()
    {
        var callId = await _host.RingAsync(_ana, "88881234");
        var first = await SendAsync(callId, FollowUp("uno", 1));
        var second = await SendAsync(callId, FollowUp("dos", 2), first);
        ((string?)(await NextAsync(callId))!["note"]).ShouldBe("dos");

        (await UndoAsync(callId, second)).ShouldBe(200);

        ((string?)(await NextAsync(callId))!["note"]).ShouldBe("uno");
        (await FollowUpsOpenAsync()).ShouldBe([callId]);
    }

    [SkippableFact]
    public async Task What_A_Process_Left_That_Ended_In_Between_Is_Put_Right_By_The_Repair_And_By_An_Upgrade()
    {
        var (lost, left) = (await _host.RingAsync(_ana, "88881234"), await _host.RingAsync(_ana, "22110011"));
        foreach (var callId in new[] { lost, left })
        {
            await SendAsync(callId, FollowUp("Llamar", 1));
        }

        await ForgetAsync(lost);
        using var admin = await _host.SignInAsync("admin");
        (await admin.SendJsonAsync(HttpMethod.Post, "/api/index-repairs", null)).Status.ShouldBe(200);
        ((string?)(await NextAsync(lost))!["note"]).ShouldBe("Llamar");

        // As an earlier release has left it.
        await ForgetAsync(left);
        await _host.Get<ITables>()[StorageNames.Sweeps].DeleteAsync("upgrade", "nextactions", null, default);
        var upgrade = _host.Get<IEnumerable<IUpgrade>>().OfType<EarlierNextActions>().Single();
        (await upgrade.RunAsync(_ => Task.FromResult(true), default)).ShouldBeTrue();
        ((string?)(await NextAsync(left))!["note"]).ShouldBe("Llamar");
        (await FollowUpsOpenAsync()).Order().ShouldBe(new[] { left, lost }.Order());
    }

    private static object FollowUp(string note, int days) =>
        new { outcome = "call-back", followUp = new { dueAt = DateTimeOffset.UtcNow.AddDays(days), note } };

    private static DateTimeOffset Day(int days) => new DateTimeOffset(DateTimeOffset.UtcNow.UtcDateTime.Date.AddHours(18), TimeSpan.Zero)
        .AddDays(days);

    private async Task ForgetAsync(string callId) =>
        (await _host.Get<CallWriter>().ChangeAsync(
            token => _host.Get<CallStore>().GetAsync(new CallKey(callId, DemoHost.Account), token),
            call => call.Facts with { NextActions = null },
            default)).ShouldNotBeNull().NextAction.ShouldBeNull();

    private async Task<string> SendAsync(string callId, object wrapUp, string? etag = null)
    {
        var (status, body) = await _ana.SendJsonAsync(HttpMethod.Put, $"/api/calls/{callId}/wrap-up", wrapUp, etag);
        status.ShouldBe(200, body?.ToJsonString());
        return (string)body!["etag"]!;
    }

    private async Task<int> UndoAsync(string callId, string etag) =>
        (await _ana.SendJsonAsync(HttpMethod.Post, $"/api/calls/{callId}/wrap-up/undo", null, etag)).Status;

    /// <summary>As the list has it, which is what the call itself has.</summary>
    private async Task<JsonNode?> NextAsync(string callId)
    {
        var listed = (await _ana.GetItemsAsync("/api/calls")).Single(call => (string?)call["callId"] == callId);
        var call = await _ana.GetObjectAsync($"/api/calls/{callId}");
        (listed["nextAction"]?.ToJsonString()).ShouldBe(call["nextAction"]?.ToJsonString());
        return listed["nextAction"];
    }

    private async Task<IReadOnlyList<string>> FollowUpsOpenAsync() =>
        [.. (await _ana.GetItemsAsync("/api/calls?followUp=open")).Select(call => (string)call["callId"]!)];
}

public sealed class NextActionTestsOnSqlite() : NextActionTests(TestStorage.Sqlite);

public sealed class NextActionTestsOnAzurite() : NextActionTests(TestStorage.AzuriteInTheLongRun);

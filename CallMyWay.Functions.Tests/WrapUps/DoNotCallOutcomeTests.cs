using System.Text.Json.Nodes;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.WrapUps;

/// <summary>An outcome that means that nobody is to call puts the call's number on that list.</summary>
public abstract class DoNotCallOutcomeTests(TestStorage storage) : IAsyncLifetime
{
    private readonly StorageGate _gate = new();

    private TestHost _host = null!;

    private HttpClient _ana = null!;

    private HttpClient _sofia = null!;

    private int _numbers;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(storage, new() { Services = _gate.Before });
        _ana = await _host.SignInAsync("ana");
        _sofia = await _host.SignInAsync("sofia");
    }

    public async Task DisposeAsync()
    {
        _gate.Open();
        await _host.DisposeAsync();
    }

    [SkippableFact]
    public async Task It_Is_Put_There_When_It_Is_Sent_With_The_Call_And_Goes_With_A_Correction()
    {
        const string jose = "88881234";
        var callId = await EndedAsync(jose);
        await PutAsync(callId, new { outcome = "do-not-call" }, "?draft=true");
        (await EntryAsync(jose)).ShouldBeNull("a draft says nothing yet");

        await SaveAsync(callId, "do-not-call");

        var entry = (await EntryAsync(jose)).ShouldNotBeNull();
        (Text("source"), Text("callId"), Text("account"), Text("contactId"), Text("addedBy"), Text("reason"))
            .ShouldBe(("outcome", callId, "8000001", "demo-01", "ana", "Pidió no ser llamado"));
        (await _ana.GetItemsAsync($"/api/do-not-call-check?number={jose}")).ShouldHaveSingleItem();
        _sofia.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        ((string?)(await EntryAsync(jose))!["reason"]).ShouldBe("Asked not to be called");

        await SaveAsync(callId, "attended");
        (await EntryAsync(jose)).ShouldBeNull();

        string? Text(string name) => (string?)entry[name];
    }

    [SkippableFact]
    public async Task An_Undo_Takes_It_Off_And_The_Undo_Of_A_Correction_Puts_It_Back()
    {
        var (number, callId) = await CallAsync();
        var etag = await SaveAsync(callId, "do-not-call");
        (await UndoAsync(callId, etag)).ShouldBe(200);
        (await EntryAsync(number)).ShouldBeNull();

        await SaveAsync(callId, "do-not-call");
        var corrected = await SaveAsync(callId, "attended");
        (await EntryAsync(number)).ShouldBeNull();
        (await UndoAsync(callId, corrected)).ShouldBe(200);
        ((string?)(await EntryAsync(number))!["callId"]).ShouldBe(callId);
        (await UndoAsync(callId, corrected)).ShouldBe(200, "repeated");
        (await EntryAsync(number)).ShouldNotBeNull();
    }

    [SkippableFact]
    public async Task What_Another_Call_Or_A_Person_Asked_For_Stays()
    {
        var (number, first) = await CallAsync();
        var second = await EndedAsync(number);
        await SaveAsync(first, "do-not-call");
        await SaveAsync(second, "do-not-call");

        await SaveAsync(first, "attended");
        ((string?)(await EntryAsync(number))!["callId"]).ShouldBe(second, "the second call asked too");

        (await _sofia.SendJsonAsync(HttpMethod.Post, "/api/do-not-call", new { number, reason = "Carta" })).Status.ShouldBe(200);
        await SaveAsync(second, "attended");
        var left = (await EntryAsync(number)).ShouldNotBeNull();
        ((string?)left["source"], (string?)left["reason"]).ShouldBe(("person", "Carta"));
        (await _sofia.GetItemsAsync("/api/do-not-call?take=500"))
            .Where(item => (string?)item["number"] == $"+506{number}").ShouldHaveSingleItem();
    }

    [SkippableFact]
    public async Task What_Was_Taken_Off_By_Hand_Does_Not_Come_Back_With_Another_Correction()
    {
        var (number, callId) = await CallAsync();
        await SaveAsync(callId, "do-not-call");
        (await _sofia.SendJsonAsync(HttpMethod.Delete, $"/api/do-not-call/{number}", null)).Status.ShouldBe(204);

        await SaveAsync(callId, "do-not-call");
        await SaveAsync(callId, "do-not-call", "con una nota");

        (await EntryAsync(number)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task What_A_Wrap_Up_Asked_For_Does_Not_Change_With_What_Its_Outcome_Means()
    {
        var (number, callId) = await CallAsync();
        await SaveAsync(callId, "do-not-call");
        var (unlisted, other) = await CallAsync();
        await SaveAsync(other, "attended");
        using var admin = await _host.SignInAsync("admin");
        object[] items =
        [
            new { code = "do-not-call", es = "Pidió no ser llamado", en = "Asked not to be called", active = false, means = "nothing" },
            new { code = "stop", es = "No llamar", en = "Do not call", means = "doNotCall" },
            new { code = "attended", es = "Atendido", en = "Attended", means = "nothing" },
        ];
        (await admin.SendJsonAsync(HttpMethod.Put, "/api/outcomes", new { items })).Status.ShouldBe(200);

        await SaveAsync(callId, "do-not-call", "con una nota");
        (await EntryAsync(number)).ShouldNotBeNull("it is the same outcome");
        var corrected = await SaveAsync(callId, "attended");
        (await EntryAsync(number)).ShouldBeNull();
        (await UndoAsync(callId, corrected)).ShouldBe(200);
        ((string?)(await EntryAsync(number))!["callId"]).ShouldBe(callId, "what stands now asks for it");
        (await _ana.GetObjectAsync($"/api/calls/{callId}"))["wrapUp"]!["doNotCall"]!.GetValue<bool>().ShouldBeTrue();

        await SaveAsync(callId, "stop");
        (await EntryAsync(number)).ShouldNotBeNull();
        await SaveAsync(callId, "attended");
        (await EntryAsync(number)).ShouldBeNull();

        var saved = await SaveAsync(other, "stop");
        (await UndoAsync(other, saved)).ShouldBe(200);
        (await EntryAsync(unlisted)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task A_Caller_Without_A_Number_Is_On_No_List()
    {
        var callId = await EndedAsync("anonymous");

        await SaveAsync(callId, "do-not-call");

        (await _sofia.GetItemsAsync("/api/do-not-call?take=500")).ShouldNotContain(
            item => (string?)item["callId"] == callId);
    }

    [SkippableFact]
    public async Task A_Save_That_Breaks_Off_Anywhere_Never_Leaves_The_Outcome_Without_The_List()
    {
        await BrokenOffAsync(
            async (number, callId, _) =>
            {
                await PutAsync(callId, new { outcome = "do-not-call" });
                _gate.Open();
                var stands = (await _ana.GetObjectAsync($"/api/calls/{callId}"))["wrapUp"];
                if (stands is not null)
                {
                    (await EntryAsync(number)).ShouldNotBeNull("the outcome stands");
                }

                await SaveAsync(callId, "do-not-call");
                ((string?)(await EntryAsync(number))!["callId"]).ShouldBe(callId);
            });
    }

    [SkippableFact]
    public async Task A_Correction_And_An_Undo_That_Break_Off_Are_Finished_By_Their_Repetition()
    {
        await BrokenOffAsync(
            async (number, callId, _) =>
            {
                await PutAsync(callId, new { outcome = "attended" });
                _gate.Open();
                await SaveAsync(callId, "attended");
                (await EntryAsync(number)).ShouldBeNull();
            },
            "do-not-call");
        await BrokenOffAsync(
            async (number, callId, etag) =>
            {
                await UndoAsync(callId, etag!);
                _gate.Open();
                (await UndoAsync(callId, etag!)).ShouldBe(200);
                (await EntryAsync(number)).ShouldBeNull();
            },
            "do-not-call");
    }

    [SkippableFact]
    public async Task Of_Two_Saves_At_Once_The_List_Says_What_The_Outcome_Says()
    {
        for (var round = 0; round < 8; round++)
        {
            var (number, callId) = await CallAsync();
            var etag = await SaveAsync(callId, round % 2 == 0 ? "no-answer" : "do-not-call");

            await Task.WhenAll(new[] { "do-not-call", "attended" }.Select(outcome => _ana.SendJsonAsync(
                HttpMethod.Put, $"/api/calls/{callId}/wrap-up", new { outcome, notes = "a la vez" }, etag)));

            var stands = (string?)(await _ana.GetObjectAsync($"/api/calls/{callId}"))["outcome"];
            (await EntryAsync(number) is not null).ShouldBe(stands == "do-not-call", stands);
        }
    }

    /// <summary>Lets each write of a step fail in turn, until it needs no more.</summary>
    private async Task BrokenOffAsync(Func<string, string, string?, Task> step, string? outcomeBefore = null)
    {
        var writes = 0;
        for (var isCut = true; isCut; writes++)
        {
            var (number, callId) = await CallAsync();
            var etag = outcomeBefore is null ? null : await SaveAsync(callId, outcomeBefore);
            var wasCut = _gate.FailAtWrite(writes);
            await step(number, callId, etag);
            isCut = wasCut();
        }

        writes.ShouldBeGreaterThan(4);
    }

    private async Task<(string Number, string CallId)> CallAsync()
    {
        var number = $"7200{++_numbers:D4}";
        return (number, await EndedAsync(number));
    }

    private async Task<string> EndedAsync(string number)
    {
        var callId = await _host.RingAsync(_ana, number, connected: true);
        return await _host.RingAsync(_ana, number, action: "callEnd", callId: callId, connected: true);
    }

    private async Task<JsonNode?> EntryAsync(string number) =>
        (await _sofia.GetItemsAsync($"/api/do-not-call?number={number}")).SingleOrDefault();

    private async Task<string> SaveAsync(string callId, string outcome, string? notes = null)
    {
        var (status, saved) = await PutAsync(callId, new { outcome, notes });
        status.ShouldBe(200);
        return (string)saved!["etag"]!;
    }

    private Task<(int Status, JsonObject? Body)> PutAsync(string callId, object wrapUp, string query = "") =>
        _ana.SendJsonAsync(HttpMethod.Put, $"/api/calls/{callId}/wrap-up{query}", wrapUp);

    private async Task<int> UndoAsync(string callId, string etag) =>
        (await _ana.SendJsonAsync(HttpMethod.Post, $"/api/calls/{callId}/wrap-up/undo", null, etag)).Status;
}

public sealed class DoNotCallOutcomeTestsOnSqlite() : DoNotCallOutcomeTests(TestStorage.Sqlite);

public sealed class DoNotCallOutcomeTestsOnAzurite() : DoNotCallOutcomeTests(TestStorage.AzuriteInTheLongRun);

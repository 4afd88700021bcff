using System.Text.Json.Nodes;
using CallMyWay.Functions.FollowUps;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.WrapUps;

/// <summary>For a minute after a save, the version before can be brought back.</summary>
public abstract class UndoTests(TestStorage storage) : IAsyncLifetime
{
    private const string Jose = "demo-01";

    private const string JosesNumber = "88881234";

    private readonly StorageGate _gate = new();

    private SetClock _clock = null!;

    private TestHost _host = null!;

    private HttpClient _ana = null!;

    public async Task InitializeAsync()
    {
        // Noon in Costa Rica, so that an hour more or less stays within the day.
        _clock = new SetClock(new DateTimeOffset(DateTimeOffset.UtcNow.UtcDateTime.Date.AddHours(18), TimeSpan.Zero));
        _host = await TestHost.StartAsync(storage, new() { Time = _clock, Services = _gate.Before });
        _ana = await _host.SignInAsync("ana");
    }

    public async Task DisposeAsync()
    {
        _gate.Open();
        await _host.DisposeAsync();
    }

    [SkippableFact]
    public async Task The_First_Save_Is_Undone_And_The_Call_Is_Without_An_Outcome_Again()
    {
        var callId = await EndedAsync();
        var etag = await SaveAsync(callId, Full("uno", 100));
        (await _ana.GetItemsAsync("/api/pop-ups")).ShouldBeEmpty();

        var (status, answer) = await UndoAsync(callId, etag);

        status.ShouldBe(200);
        (answer!["wrapUp"], answer["outcome"]).ShouldBe((null, null));
        await NothingIsLeftAsync(callId);
        var open = (await _ana.GetItemsAsync("/api/pop-ups")).ShouldHaveSingleItem();
        ((string?)open["callId"]).ShouldBe(callId, "its pop-up is open again");
        (await WorkAsync()).ShouldBe([("undocumented", callId)]);

        (await UndoAsync(callId, etag)).Status.ShouldBe(200, "the answer may have been lost");
        await NothingIsLeftAsync(callId);

        // What is saved after it stays, whoever repeats the request.
        var again = await SaveAsync(callId, Full("otra vez", 200));
        (await UndoAsync(callId, etag)).Status.ShouldBe(412);
        ((decimal)(await _ana.GetItemsAsync("/api/promises")).ShouldHaveSingleItem()["amount"]!).ShouldBe(200m);
        (await VersionsAsync(callId)).ShouldBe([(1, true), (2, false)], "the history forgets none");
        (await UndoAsync(callId, again)).Status.ShouldBe(200);
        await NothingIsLeftAsync(callId);
    }

    [SkippableFact]
    public async Task A_Correction_Does_Not_Change_When_The_First_Was_Sent()
    {
        var callId = await EndedAsync();
        await PutAsync(callId, new { notes = "a medias" }, "?draft=true");
        _clock.Now += TimeSpan.FromMinutes(5);
        var sentAt = _clock.Now;
        await SaveAsync(callId, new { outcome = "attended", notes = "uno" });
        _clock.Now += TimeSpan.FromHours(1);

        await SaveAsync(callId, new { outcome = "attended", notes = "dos" });

        var wrapUp = (await _ana.GetObjectAsync($"/api/calls/{callId}"))["wrapUp"]!;
        ((DateTimeOffset)wrapUp["sentAt"]!, (DateTimeOffset)wrapUp["updatedAt"]!).ShouldBe((sentAt, _clock.Now));
    }

    [SkippableFact]
    public async Task A_Draft_Before_The_Save_Comes_Back()
    {
        var callId = await EndedAsync();
        await PutAsync(callId, new { notes = "a medias" }, "?draft=true");
        var etag = await SaveAsync(callId, new { outcome = "attended", notes = "a medias" });

        var (status, answer) = await UndoAsync(callId, etag);

        status.ShouldBe(200);
        ((bool)answer!["wrapUp"]!["draft"]!, (string?)answer["wrapUp"]!["notes"]).ShouldBe((true, "a medias"));
        (await WorkAsync()).ShouldBe([("draft", callId)]);
        // It goes on from there.
        var back = (string?)answer["wrapUp"]!["etag"];
        (await _ana.SendJsonAsync(
            HttpMethod.Put, $"/api/calls/{callId}/wrap-up?draft=true", new { notes = "más" }, back)).Status.ShouldBe(200);
        (await SaveAsync(callId, new { outcome = "attended", notes = "más" })).ShouldNotBeNull();
    }

    [SkippableFact]
    public async Task The_Version_Before_Comes_Back_With_Its_Charge_And_With_What_Was_Done_And_Decided()
    {
        var callId = await EndedAsync();
        await SaveAsync(callId, Full("uno", 100));
        var promiseId = (string)(await _ana.GetItemsAsync("/api/promises")).Single()["promiseId"]!;
        var followUpId = (string)(await _ana.GetItemsAsync("/api/follow-ups")).Single()["followUpId"]!;
        (await _ana.SendJsonAsync(HttpMethod.Put, $"/api/promises/{promiseId}", new { state = "kept" }))
            .Status.ShouldBe(200);
        (await _ana.SendJsonAsync(HttpMethod.Post, $"/api/follow-ups/{followUpId}/done", null)).Status.ShouldBe(204);
        _clock.Now += TimeSpan.FromHours(1);
        var etag = await SaveAsync(callId, Full("dos", 300) with { outcome = "call-back" });
        (await _ana.GetItemsAsync("/api/promises")).Count.ShouldBe(1);

        var (status, answer) = await UndoAsync(callId, etag);

        status.ShouldBe(200);
        ((string?)answer!["outcome"], (string?)answer["wrapUp"]!["charge"]!["concept"]).ShouldBe(("promise-to-pay", "uno"));
        (await CallAsync(callId, "outcome")).ShouldBe("promise-to-pay");
        (await _ana.GetItemsAsync("/api/calls?outcome=promise-to-pay")).ShouldHaveSingleItem();
        (await _ana.GetItemsAsync("/api/calls?outcome=call-back")).ShouldBeEmpty();
        (await _ana.GetItemsAsync("/api/follow-ups")).ShouldBeEmpty("it was done");
        (await _ana.GetItemsAsync($"/api/promises?contact={Jose}")).ShouldBeEmpty("it was kept");
        (await _ana.GetItemsAsync("/api/pop-ups")).ShouldBeEmpty("the first save had closed it");
        (await _ana.SendJsonAsync(HttpMethod.Put, $"/api/promises/{promiseId}", new { state = "kept" }))
            .Body!["paidAmount"]!.GetValue<decimal>().ShouldBe(100m);
        (await UndoAsync(callId, (string?)answer["wrapUp"]!["etag"])).Status.ShouldBe(409, "one step back is all");
    }

    [SkippableFact]
    public async Task What_Is_Decided_In_The_Minute_Stays_Where_Both_Versions_Ask_For_It()
    {
        var callId = await EndedAsync();
        await SaveAsync(callId, Full("uno", 100));
        var etag = await SaveAsync(callId, Full("uno", 100) with { notes = "corregida" });
        var promiseId = (string)(await _ana.GetItemsAsync("/api/promises")).Single()["promiseId"]!;
        (await _ana.SendJsonAsync(HttpMethod.Put, $"/api/promises/{promiseId}", new { state = "broken" }))
            .Status.ShouldBe(200);

        (await UndoAsync(callId, etag)).Status.ShouldBe(200);

        (await _ana.GetItemsAsync("/api/promises")).ShouldBeEmpty();
        (await CallAsync(callId, "notes")).ShouldBe("notas");
    }

    [SkippableFact]
    public async Task It_Takes_The_Version_And_A_Minute_At_Most()
    {
        var callId = await EndedAsync();
        var path = $"/api/calls/{callId}/wrap-up/undo";
        var first = await SaveAsync(callId, new { outcome = "attended" });
        foreach (var none in new[] { null, "*" })
        {
            (await _ana.SendJsonAsync(HttpMethod.Post, path, null, none)).Status.ShouldBe(428);
        }

        var second = await SaveAsync(callId, new { outcome = "no-answer" });
        var (changed, problem) = await UndoAsync(callId, first);
        (changed, (string?)problem!["title"]).ShouldBe((412, "Ya no se puede deshacer"));
        (await _ana.SendJsonAsync(HttpMethod.Post, "/api/calls/nothing/wrap-up/undo", null, second)).Status.ShouldBe(404);

        _clock.Now += TimeSpan.FromSeconds(61);
        var (late, why) = await UndoAsync(callId, second);
        late.ShouldBe(409);
        ((string?)why!["detail"]).ShouldStartWith("Pasó más de un minuto");
        (await CallAsync(callId, "outcome")).ShouldBe("no-answer");

        // A request that says the same gives no new minute.
        (await PutAsync(callId, new { outcome = "no-answer" })).Status.ShouldBe(200);
        (await UndoAsync(callId, second)).Status.ShouldBe(409);

        var draft = (string?)(await PutAsync(await EndedAsync(), new { notes = "x" }, "?draft=true")).Body!["etag"];
        var drafted = (await WorkAsync()).Single(entry => entry.Kind == "draft").CallId;
        (await UndoAsync(drafted, draft)).Status.ShouldBe(409, "a draft is not saved");
    }

    [SkippableFact]
    public async Task Only_Who_Saved_It_Or_Oversees_Them_Can_Undo_It()
    {
        using var luis = await _host.SignInAsync("luis");
        using var sofia = await _host.SignInAsync("sofia");
        var callId = await EndedAsync();
        var etag = await SaveAsync(callId, new { outcome = "attended" });
        (await UndoAsync(callId, etag, luis)).Status.ShouldBe(404, "it is not Luis's call");

        var (_, hers) = await sofia.SendJsonAsync(
            HttpMethod.Put, $"/api/calls/{callId}/wrap-up", new { outcome = "no-answer" }, etag);
        (await UndoAsync(callId, etag)).Status.ShouldBe(412, "Sofía has changed it");
        var (refused, why) = await UndoAsync(callId, (string?)hers!["etag"]);
        (refused, (string?)why!["detail"]).ShouldBe((409, "Lo guardó otra persona."));

        (await UndoAsync(callId, (string?)hers["etag"], sofia)).Status.ShouldBe(200);
        (await CallAsync(callId, "outcome")).ShouldBe("attended");
        var again = await SaveAsync(callId, new { outcome = "no-answer" });
        (await UndoAsync(callId, again, sofia)).Status.ShouldBe(200, "a supervisor may change it as well");
        (await CallAsync(callId, "outcome")).ShouldBe("attended");
        var logged = _host.Log.Entries().Where(entry => entry.Contains("undid", StringComparison.Ordinal)).ToList();
        logged.Select(entry => entry.Trim()).ShouldBe(Enumerable.Repeat("sofia undid the wrap-up of a call.", 2));
    }

    [SkippableFact]
    public async Task A_Saved_Call_Stays_On_The_Screen_Until_It_Ends()
    {
        await using var screen = await TestScreen.OpenAsync(_host, _ana);
        var callId = await _host.RingAsync(_ana, JosesNumber, connected: true);
        await SaveAsync(callId, new { outcome = "attended" });
        (await _ana.GetItemsAsync("/api/pop-ups")).ShouldHaveSingleItem();
        (await CallAsync(callId, "outcome")).ShouldBe("attended");

        await _host.RingAsync(_ana, JosesNumber, action: "callEnd", callId: callId, connected: true);

        while (await screen.NextOfAsync(callId) is not { Name: "popUpClosed" })
        {
            // Its changes come first.
        }

        (await _ana.GetItemsAsync("/api/pop-ups")).ShouldBeEmpty();
        (await CallAsync(callId, "outcome")).ShouldBe("attended");

        // One whose outcome was taken back stays after its end.
        var other = await _host.RingAsync(_ana, JosesNumber, connected: true);
        (await UndoAsync(other, await SaveAsync(other, new { outcome = "attended" }))).Status.ShouldBe(200);
        await _host.RingAsync(_ana, JosesNumber, action: "callEnd", callId: other, connected: true);
        ((string?)(await _ana.GetItemsAsync("/api/pop-ups")).ShouldHaveSingleItem()["callId"]).ShouldBe(other);
    }

    [SkippableFact]
    public async Task A_Wrong_Number_That_Is_Undone_Is_Learned_Again()
    {
        const string unknown = "60607999";
        var first = await _host.RingAsync(_ana, unknown);
        (await _ana.SendJsonAsync(HttpMethod.Put, $"/api/calls/{first}/contact", new { contactId = Jose }))
            .Status.ShouldBe(200);
        var second = await _host.RingAsync(_ana, unknown);
        var etag = await SaveAsync(second, new { outcome = "wrong-number" });

        (await UndoAsync(second, etag)).Status.ShouldBe(200);

        var third = await _host.RingAsync(_ana, unknown);
        var offered = (await _ana.GetObjectAsync($"/api/calls/{third}"))["candidates"]!.AsArray().Single()!;
        ((string?)offered["contactId"], (string?)offered["reason"]).ShouldBe((Jose, "chosenBefore"));
    }

    [SkippableFact]
    public async Task An_Undo_That_Breaks_Off_Anywhere_Is_Finished_By_Its_Repetition()
    {
        var writes = 0;
        for (var isCut = true; isCut; writes++)
        {
            foreach (var hadOne in new[] { false, true })
            {
                var callId = await EndedAsync();
                if (hadOne)
                {
                    await SaveAsync(callId, Full("uno", 100));
                }

                var etag = await SaveAsync(callId, Full("dos", 300) with { outcome = "call-back" });
                var wasCut = _gate.FailAtWrite(writes);
                var (status, _) = await UndoAsync(callId, etag);
                isCut = wasCut();
                (status == 200).ShouldBe(!isCut, $"write {writes}: {status}");
                _gate.Open();

                (await UndoAsync(callId, etag)).Status.ShouldBe(200, $"after write {writes}");

                if (!hadOne)
                {
                    await NothingIsLeftAsync(callId);
                    (await _ana.GetItemsAsync("/api/pop-ups")).ShouldHaveSingleItem();
                    await SaveAsync(callId, new { outcome = "attended" });
                    continue;
                }

                (await CallAsync(callId, "outcome")).ShouldBe("promise-to-pay");
                foreach (var list in new[] { "", $"?contact={Jose}" })
                {
                    ((decimal)(await _ana.GetItemsAsync($"/api/promises{list}")).ShouldHaveSingleItem()["amount"]!)
                        .ShouldBe(100m);
                    ((string?)(await _ana.GetItemsAsync($"/api/follow-ups{list}")).ShouldHaveSingleItem()["note"])
                        .ShouldBe("uno");
                }

                await SaveAsync(callId, new { outcome = "attended" });
            }
        }

        // The rows of two items and their lists, the wrap-up, the call's rows and the pop-up's.
        writes.ShouldBeGreaterThan(8);
    }

    [SkippableFact]
    public async Task Of_An_Undo_And_A_Save_At_Once_One_Stands_Whole()
    {
        for (var round = 0; round < 10; round++)
        {
            var callId = await EndedAsync();
            var etag = await SaveAsync(callId, Full("uno", 100));

            var answers = await Task.WhenAll(
                UndoAsync(callId, etag),
                _ana.SendJsonAsync(HttpMethod.Put, $"/api/calls/{callId}/wrap-up", Full("dos", 300), etag));

            answers.Count(answer => answer.Status == 200).ShouldBe(1);
            answers.Single(answer => answer.Status != 200).Status.ShouldBe(412);
            if (answers[0].Status == 200)
            {
                await NothingIsLeftAsync(callId);
                continue;
            }

            ((decimal)(await _ana.GetItemsAsync("/api/promises")).ShouldHaveSingleItem()["amount"]!).ShouldBe(300m);
            (await CallAsync(callId, "outcome")).ShouldBe("promise-to-pay");
            await SaveAsync(callId, new { outcome = "attended" });
        }
    }

    [SkippableFact]
    public async Task A_Correction_That_Breaks_Off_Anywhere_Takes_No_Promise_From_What_Stands()
    {
        var writes = 0;
        for (var isCut = true; isCut; writes++)
        {
            var callId = await EndedAsync();
            await SaveAsync(callId, Full("uno", 100));
            var promiseId = (string)(await _ana.GetItemsAsync("/api/promises")).Single()["promiseId"]!;
            var paid = new { state = "partly", amount = 40 };
            (await _ana.SendJsonAsync(HttpMethod.Put, $"/api/promises/{promiseId}", paid)).Status.ShouldBe(200);
            var wasCut = _gate.FailAtWrite(writes);
            var (status, _) = await PutAsync(callId, new { outcome = "attended" });
            isCut = wasCut();
            (status == 200).ShouldBe(!isCut, $"write {writes}: {status}");
            _gate.Open();

            if ((await _ana.GetObjectAsync($"/api/calls/{callId}"))["wrapUp"]!["promise"] is not null)
            {
                (await PromiseAsync(promiseId)).ShouldNotBeNull($"write {writes}").PaidAmount.ShouldBe(40m);
                (await _ana.GetItemsAsync("/api/follow-ups")).ShouldHaveSingleItem();
            }

            // Whoever repeats it finishes it.
            (await PutAsync(callId, new { outcome = "attended" })).Status.ShouldBe(200);
            (await PromiseAsync(promiseId)).ShouldBeNull($"write {writes}");
            (await _ana.GetItemsAsync("/api/follow-ups")).ShouldBeEmpty();
            (await _ana.GetObjectAsync($"/api/calls/{callId}"))["nextActions"].ShouldBeNull();
        }

        writes.ShouldBeGreaterThan(6);
    }

    [SkippableFact]
    public async Task An_Undo_That_Breaks_Off_Anywhere_And_Is_Not_Repeated_Takes_No_Promise_From_What_Stands()
    {
        var writes = 0;
        for (var isCut = true; isCut; writes++)
        {
            var callId = await EndedAsync();
            var etag = await SaveAsync(callId, Full("uno", 100));
            var promiseId = (string)(await _ana.GetItemsAsync("/api/promises")).Single()["promiseId"]!;
            var wasCut = _gate.FailAtWrite(writes);
            await UndoAsync(callId, etag);
            isCut = wasCut();
            _gate.Open();
            _clock.Now += TimeSpan.FromMinutes(2);

            if ((await _ana.GetObjectAsync($"/api/calls/{callId}"))["wrapUp"] is not null)
            {
                (await PromiseAsync(promiseId)).ShouldNotBeNull($"write {writes}");
                (await _ana.GetItemsAsync("/api/follow-ups")).ShouldHaveSingleItem();
                (await UndoAsync(callId, etag)).Status.ShouldBe(409);
                await SaveAsync(callId, new { outcome = "attended" });
                continue;
            }

            // Once it is undone, it can be repeated at any time.
            (await UndoAsync(callId, etag)).Status.ShouldBe(200);
            await NothingIsLeftAsync(callId);
            await SaveAsync(callId, new { outcome = "attended" });
        }

        writes.ShouldBeGreaterThan(6);
    }

    [SkippableTheory]
    [InlineData(true), InlineData(false)]
    public async Task A_Correction_That_Is_Refused_Leaves_What_Was_Done_And_Paid(bool hasPromise)
    {
        using var sofia = await _host.SignInAsync("sofia");
        var callId = await EndedAsync();
        var etag = await SaveAsync(callId, Full("uno", 100));
        var promiseId = (string)(await _ana.GetItemsAsync("/api/promises")).Single()["promiseId"]!;
        var followUpId = (string)(await _ana.GetItemsAsync("/api/follow-ups")).Single()["followUpId"]!;
        (await _ana.SendJsonAsync(HttpMethod.Put, $"/api/promises/{promiseId}", new { state = "kept" }))
            .Status.ShouldBe(200);
        (await _ana.SendJsonAsync(HttpMethod.Post, $"/api/follow-ups/{followUpId}/done", null)).Status.ShouldBe(204);

        // Ana's own correction is about to be stored when Sofía's begins, and is stored before hers.
        var (isHers, isStored) = (new TaskCompletionSource(), new TaskCompletionSource());
        Task<(int Status, JsonObject? Body)>? hers = null;
        var saves = 0;
        _gate.Before($"replace {StorageNames.WrapUps}", () =>
        {
            if (Interlocked.Increment(ref saves) > 1)
            {
                isHers.TrySetResult();
                return isStored.Task;
            }

            hers = sofia.SendJsonAsync(
                HttpMethod.Put,
                $"/api/calls/{callId}/wrap-up",
                hasPromise ? Full("dos", 300) : new { outcome = "attended" },
                etag);
            return isHers.Task;
        });
        (await PutAsync(callId, Full("uno", 100) with { notes = "corregida" })).Status.ShouldBe(200);
        isStored.SetResult();
        (await hers.ShouldNotBeNull()).Status.ShouldBe(412);

        var promise = (await PromiseAsync(promiseId)).ShouldNotBeNull();
        (promise.State, promise.Amount, promise.PaidAmount, promise.DoneAt is null)
            .ShouldBe((PromiseState.Kept, 100m, 100m, false));
        var followUp = (await _host.Get<FollowUpStore>().GetAsync(followUpId, default)).ShouldNotBeNull();
        (followUp.Note, followUp.DoneAt is null).ShouldBe(("uno", false));
    }

    private async Task<PromiseToPay?> PromiseAsync(string promiseId) =>
        await _host.Get<PromiseStore>().GetAsync(promiseId, default);

    private Sent Full(string word, decimal amount) => new(
        "promise-to-pay",
        "notas",
        new { dueAt = _clock.Now.AddDays(2), note = word },
        new { amount, currency = "CRC", dueAt = _clock.Now.AddDays(3) },
        new { amount = 10, currency = "CRC", concept = word });

    private async Task<string> EndedAsync()
    {
        var callId = await _host.RingAsync(_ana, JosesNumber, connected: true);
        return await _host.RingAsync(_ana, JosesNumber, action: "callEnd", callId: callId, connected: true);
    }

    private async Task<string> SaveAsync(string callId, object wrapUp)
    {
        var (status, saved) = await PutAsync(callId, wrapUp);
        status.ShouldBe(200);
        return (string)saved!["etag"]!;
    }

    private Task<(int Status, JsonObject? Body)> PutAsync(string callId, object wrapUp, string query = "") =>
        _ana.SendJsonAsync(HttpMethod.Put, $"/api/calls/{callId}/wrap-up{query}", wrapUp);

    private Task<(int Status, JsonObject? Body)> UndoAsync(string callId, string? etag, HttpClient? by = null) =>
        (by ?? _ana).SendJsonAsync(HttpMethod.Post, $"/api/calls/{callId}/wrap-up/undo", null, etag);

    /// <summary>The call's outcome, or a text of its wrap-up.</summary>
    private async Task<string?> CallAsync(string callId, string field)
    {
        var call = await _ana.GetObjectAsync($"/api/calls/{callId}");
        return (string?)(field == "outcome" ? call : call["wrapUp"])?[field];
    }

    /// <summary>The versions in the call's history, and whether each was taken back.</summary>
    private async Task<IReadOnlyList<(int Version, bool IsUndone)>> VersionsAsync(string callId) =>
    [
        .. (await _ana.GetObjectAsync($"/api/calls/{callId}"))["history"]!.AsArray()
            .Where(entry => (string?)entry!["kind"] == "wrapUp")
            .Select(entry => ((int)entry!["version"]!, (bool?)entry["undone"] == true)),
    ];

    private async Task NothingIsLeftAsync(string callId)
    {
        var call = await _ana.GetObjectAsync($"/api/calls/{callId}");
        (call["outcome"], call["wrapUp"], call["wrapUps"]).ShouldBe((null, null, null));
        foreach (var list in new[] { "follow-ups", "promises", $"follow-ups?contact={Jose}", $"promises?contact={Jose}" })
        {
            (await _ana.GetItemsAsync($"/api/{list}")).ShouldBeEmpty(list);
        }

        (await _ana.GetItemsAsync("/api/calls?outcome=promise-to-pay")).ShouldBeEmpty();
        (await _ana.GetItemsAsync($"/api/contacts/{Jose}/calls")).ShouldAllBe(
            each => (string?)each["callId"] != callId || each["outcome"] == null);
    }

    private async Task<IReadOnlyList<(string Kind, string CallId)>> WorkAsync() =>
    [
        .. (await _ana.GetItemsAsync("/api/work-list"))
            .Select(entry => ((string)entry["kind"]!, (string)entry["callId"]!)),
    ];

    private sealed record Sent(string outcome, string notes, object followUp, object promise, object charge);
}

public sealed class UndoTestsOnSqlite() : UndoTests(TestStorage.Sqlite);

public sealed class UndoTestsOnAzurite() : UndoTests(TestStorage.AzuriteInTheLongRun);

using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Retention;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Time.Testing;

namespace CallMyWay.Functions.Tests.Retention;

/// <summary>Old calls go as the rules say, through the whole host.</summary>
public abstract class RetentionTests(TestStorage storage)
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [SkippableFact]
    public async Task By_Default_Everything_Is_Kept()
    {
        await using var desk = await OfficeDesk.StartAsync(storage);
        var old = await desk.CallAsync("viejo-7731", 4000);

        await desk.NightAsync();

        var rules = await desk.Admin.ReadAsync("/api/retention");
        rules!.Value.GetProperty("callDays").ValueKind.ShouldBe(JsonValueKind.Null);
        rules.Value.TryGetProperty("lastRun", out _).ShouldBeFalse();
        // A body that names something else is no rule.
        var (status, problem) = await desk.Admin.SendJsonAsync(HttpMethod.Put, "/api/retention", new { days = 365 });
        (status, problem!["errors"]!["callDays"] is null).ShouldBe((400, false));
        (await desk.Admin.ReadAsync($"/api/calls/{old}")).ShouldNotBeNull();
    }

    [SkippableFact]
    public async Task A_Removed_Call_Leaves_Nothing_And_A_Younger_One_Stays_As_It_Is()
    {
        await using var desk = await OfficeDesk.StartAsync(storage);
        var (old, young) = (await desk.CallAsync("viejo-7731", 400), await desk.CallAsync("joven-7732", 100));
        await desk.WrapUpAsync(old);
        await desk.WrapUpAsync(young);
        await desk.RulesAsync(new { callDays = 365, callAction = "remove" });

        await desk.NightAsync();

        (await desk.Admin.ReadAsync($"/api/calls/{old}")).ShouldBeNull();
        var kept = (await desk.Admin.ReadAsync($"/api/calls/{young}")).ShouldNotBeNull();
        kept.GetProperty("wrapUp").Text("notes").ShouldBe("Llamó por el recibo de 88881234");
        (await desk.RowsAsync()).Where(row => row.Contains(old, StringComparison.Ordinal)).ShouldBeEmpty();
        (await desk.Admin.ItemsAsync($"/api/calls?from={Now.AddDays(-500):yyyy-MM-dd}&take=50"))
            .ShouldHaveSingleItem().Text("callId").ShouldBe(young);
        var run = (await desk.Admin.ReadAsync("/api/retention"))!.Value.GetProperty("lastRun");
        (run.Text("state"), run.GetProperty("calls").GetInt64(), run.GetProperty("changed").GetInt64())
            .ShouldBe(("done", 1, 1));
        var erased = (await desk.Admin.ItemsAsync("/api/audit?what=calls.erased")).ShouldHaveSingleItem();
        (erased.Text("who"), erased.Text("id"), erased.GetProperty("after").Text("stage"))
            .ShouldBe((null, "retention", "remove"));
    }

    [SkippableFact]
    public async Task An_Anonymous_Call_Keeps_Its_Outcome_And_No_Row_Names_The_Contact_Or_The_Number()
    {
        await using var desk = await OfficeDesk.StartAsync(storage);
        var old = await desk.CallAsync("viejo-7731", 400);
        await desk.WrapUpAsync(old);
        var before = (await desk.Admin.ReadAsync($"/api/calls/{old}")).ShouldNotBeNull();
        before.Text("contactName").ShouldNotBeNull();
        await desk.RulesAsync(new { callDays = 365, callAction = "anonymize" });

        await desk.NightAsync();

        var left = (await desk.Admin.ReadAsync($"/api/calls/{old}")).ShouldNotBeNull();
        foreach (var field in new[] { "startedAt", "connectedAt", "endedAt", "agentId", "outcome", "direction" })
        {
            left.Text(field).ShouldBe(before.Text(field), field);
        }

        left.GetProperty("cost").GetDecimal().ShouldBe(before.GetProperty("cost").GetDecimal());
        left.Text("anonymizedAt").ShouldNotBeNull();
        left.GetProperty("number").Text("kind").ShouldBe("private");
        left.GetProperty("wrapUp").TryGetProperty("notes", out _).ShouldBeFalse();
        left.GetProperty("wrapUp").GetProperty("promise").GetProperty("amount").GetDecimal().ShouldBe(5000);
        var number = before.GetProperty("number");
        string[] gone = [number.Text("e164")![^8..], number.Text("display")!, before.Text("contactId")!];
        (await desk.RowsAsync()).Where(row => row.Contains(old, StringComparison.Ordinal)
            && gone.Any(text => row.Contains(text, StringComparison.Ordinal))).ShouldBeEmpty();
        (await desk.Admin.ItemsAsync($"/api/contacts/{before.Text("contactId")}/calls")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Raw_Events_Go_And_The_Call_Stays_The_Same()
    {
        await using var desk = await OfficeDesk.StartAsync(storage);
        var old = await desk.NotifiedAsync("viejo-7731", 60);
        var before = (await desk.Admin.ReadAsync($"/api/calls/{old}")).ShouldNotBeNull();
        before.GetProperty("timeline").GetArrayLength().ShouldBe(2);
        await desk.RulesAsync(new { eventDays = 31 });

        await desk.NightAsync();

        var left = (await desk.Admin.ReadAsync($"/api/calls/{old}")).ShouldNotBeNull();
        left.GetProperty("timeline").GetArrayLength().ShouldBe(0);
        foreach (var field in new[] { "startedAt", "connectedAt", "endedAt", "agentId", "contactName", "durationSeconds" })
        {
            Shown(left, field).ShouldBe(Shown(before, field), field);
        }
    }

    private static string? Shown(JsonElement call, string field) =>
        call.TryGetProperty(field, out var value) ? value.ToString() : null;

    [SkippableFact]
    public async Task A_Backfill_Does_Not_Bring_Back_What_Was_Removed()
    {
        await using var desk = await OfficeDesk.StartAsync(storage);
        var old = await desk.CallAsync("viejo-7731", 400);
        await desk.RulesAsync(new { callDays = 365, callAction = "remove" });
        await desk.NightAsync();

        await desk.CallAsync("viejo-7731", 400);

        (await desk.Admin.ReadAsync($"/api/calls/{old}")).ShouldBeNull();
    }

    [SkippableFact]
    public async Task A_Call_Of_Which_A_Part_Is_Gone_Is_Removed_By_The_Next_Run()
    {
        await using var desk = await OfficeDesk.StartAsync(storage);
        var old = await desk.CallAsync("viejo-7731", 400);
        await desk.WrapUpAsync(old);
        var calls = desk.Host.Get<CallStore>();
        // A process that ended between two steps.
        var call = (await calls.GetAsync(new CallKey(old, DemoHost.Account), default)).ShouldNotBeNull();
        await desk.Host.Get<CallIndex>().RemoveAllButOneAsync(call, default);
        (await calls.DeleteAsync(call, default)).ShouldBeTrue();
        await desk.RulesAsync(new { callDays = 365, callAction = "remove" });

        await desk.NightAsync();

        (await desk.RowsAsync()).Where(row => row.StartsWith($"{StorageNames.CallIndex} ", StringComparison.Ordinal)
            && row.Contains(old, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_First_Rule_Waits_For_The_Next_Night_Even_Where_The_Host_Starts_Anew()
    {
        await using var desk = await OfficeDesk.StartAsync(storage);
        var old = await desk.CallAsync("viejo-7731", 400);
        var day = new DateTimeOffset(Now.UtcDateTime.Date.AddDays(-1), TimeSpan.Zero);
        var clock = new FakeTimeProvider(day.AddHours(NightlyJobs.Hour));
        var rules = new RetentionStore(desk.Host.Get<ITables>(), clock);
        // The night begins without rules.
        await desk.NightAsync(clock, rules);
        clock.SetUtcNow(day.AddHours(15));
        await rules.PutAsync(
            new RetentionRules { CallDays = 31, CallAction = RetentionAction.Remove }, default);

        clock.SetUtcNow(day.AddHours(15).AddMinutes(1));
        await desk.NightAsync(clock, rules);
        (await desk.Admin.ReadAsync($"/api/calls/{old}")).ShouldNotBeNull();
        (await desk.Admin.ReadAsync("/api/retention"))!.Value.TryGetProperty("lastRun", out _).ShouldBeFalse();

        clock.SetUtcNow(day.AddDays(1).AddHours(NightlyJobs.Hour));
        await desk.NightAsync(clock, rules);
        (await desk.Admin.ReadAsync($"/api/calls/{old}")).ShouldBeNull();
    }

    [SkippableFact]
    public async Task Rules_That_A_Clock_Ahead_Has_Stored_Count_From_The_First_Night_On()
    {
        await using var desk = await OfficeDesk.StartAsync(storage);
        var old = await desk.CallAsync("viejo-7731", 400);
        var day = new DateTimeOffset(Now.UtcDateTime.Date.AddDays(-1), TimeSpan.Zero);
        await new RetentionStore(desk.Host.Get<ITables>(), new FakeTimeProvider(day.AddDays(30))).PutAsync(
            new RetentionRules { CallDays = 31, CallAction = RetentionAction.Remove }, default);

        var clock = new FakeTimeProvider(day.AddHours(NightlyJobs.Hour));
        await desk.NightAsync(clock, new RetentionStore(desk.Host.Get<ITables>(), clock));

        (await desk.Admin.ReadAsync($"/api/calls/{old}")).ShouldBeNull();
    }

    [SkippableFact]
    public async Task Looser_Rules_That_Are_Sent_Again_Go_Back_To_What_They_Ask_For()
    {
        await using var desk = await OfficeDesk.StartAsync(storage);
        var progress = desk.Host.Get<RetentionProgress>();
        var rules = new { callDays = 365, callAction = "remove" };
        await desk.RulesAsync(rules);
        // A process ended after it had stored them: stricter ones were there before.
        await progress.PutAsync(RetentionStage.Remove, Now.AddDays(-100), default);

        await desk.RulesAsync(rules);

        (await progress.GetAsync(RetentionStage.Remove, default)).ShouldNotBeNull().ShouldBeLessThan(Now.AddDays(-364));
    }

    [SkippableFact]
    public async Task Bad_Rules_Are_Refused_And_Only_An_Administrator_Writes_Them()
    {
        await using var desk = await OfficeDesk.StartAsync(storage);
        foreach (var (body, field) in new (object, string)[]
        {
            (new { callDays = 30, callAction = "remove" }, "callDays"),
            (new { callDays = 400 }, "callAction"),
            (new { callDays = 400, callAction = "forget" }, "callAction"),
            (new { eventDays = 1 }, "eventDays"),
        })
        {
            var (status, answer) = await desk.Admin.AskAsync(HttpMethod.Put, "/api/retention", body);
            status.ShouldBe(HttpStatusCode.BadRequest);
            answer.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(field);
        }

        (await desk.Ana.AskAsync(HttpMethod.Put, "/api/retention", new { eventDays = 90 })).Status
            .ShouldBe(HttpStatusCode.Forbidden);
        (await desk.Ana.ReadAsync("/api/retention")).ShouldNotBeNull();
    }

    /// <summary>A demo host with calls of other years, and its administrator.</summary>
    private sealed class OfficeDesk(TestHost host, HttpClient admin, HttpClient ana) : IAsyncDisposable
    {
        public TestHost Host { get; } = host;

        public HttpClient Admin { get; } = admin;

        public HttpClient Ana { get; } = ana;

        public static async Task<OfficeDesk> StartAsync(TestStorage storage)
        {
            var host = await TestHost.StartAsync(storage);
            return new OfficeDesk(host, await host.SignInAsync("admin"), await host.SignInAsync("ana"));
        }

        /// <summary>A call of José Rodríguez Solís with ana, known by its record.</summary>
        public async Task<string> CallAsync(string callId, int days)
        {
            var account = Host.Get<Accounts>().Home;
            var began = TimeZoneInfo.ConvertTime(Now.AddDays(-days), account.TimeZone).DateTime;
            await Host.Get<RecordIntake>().TakeAsync(
                account,
                [
                    new CallRecord
                    {
                        RecordId = callId,
                        Ani = "88881234",
                        Dnis = "1001",
                        DnisUser = "1001",
                        DetectTime = began,
                        ConnectTime = began.AddSeconds(5),
                        Duration = 60,
                        Cost = 12.5m,
                    },
                ],
                Now,
                failed => throw new InvalidOperationException(failed.RecordId),
                _ => { },
                default);
            return callId;
        }

        /// <summary>The same, notified when it came.</summary>
        public async Task<string> NotifiedAsync(string callId, int days)
        {
            var account = Host.Get<Accounts>().Home;
            var at = Now.AddDays(-days);
            var facts = CallFacts.Begin(callId, account, Fact(CallAction.Start, 0))
                .With(Fact(CallAction.Start, 0)).With(Fact(CallAction.End, 65));
            var call = CallDerivation.Derive(facts);
            (await Host.Get<CallWriter>().Begin().SaveAsync(call, null, [], default)).ShouldNotBeNull();
            return callId;

            NotificationFact Fact(CallAction action, int seconds) => new()
            {
                At = at.AddSeconds(seconds),
                Mark = $"{action}",
                CallId = callId,
                Action = action,
                EndpointId = "1001",
                Ani = "88881234",
                Dnis = "1001",
                DetectedAt = at,
                ConnectedAt = at.AddSeconds(5),
                DisconnectedAt = action == CallAction.End ? at.AddSeconds(65) : null,
                Type = CallDirection.In,
                Agents = [new CallAgent("ana", "1001")],
                Number = new("+50688881234", "8888-1234", Functions.Numbers.PhoneNumberKind.Number),
                Match = new(Functions.Contacts.MatchKind.None, [], null),
            };
        }

        public async Task WrapUpAsync(string callId)
        {
            var (status, answer) = await Ana.AskAsync(HttpMethod.Put, $"/api/calls/{callId}/wrap-up", new
            {
                outcome = "promise-to-pay",
                notes = "Llamó por el recibo de 88881234",
                promise = new { amount = 5000, currency = "CRC", dueAt = Now.AddDays(3) },
                followUp = new { dueAt = Now.AddDays(2), note = "Volver a llamar al 88881234" },
            });
            status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        }

        public async Task RulesAsync(object rules)
        {
            var (status, answer) = await Admin.AskAsync(HttpMethod.Put, "/api/retention", rules);
            status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        }

        /// <summary>The schedule at night, and the run that it begins.</summary>
        public Task NightAsync() => NightAsync(
            new FakeTimeProvider(
                new DateTimeOffset(Now.UtcDateTime.Date.AddHours(NightlyJobs.Hour + 24), TimeSpan.Zero)),
            Host.Get<RetentionStore>());

        /// <summary>The schedule of a process that has just started, and the run that it begins.</summary>
        public async Task NightAsync(TimeProvider clock, RetentionStore rules)
        {
            var schedule = new RetentionSchedule(
                rules,
                Host.Get<RetentionProgress>(),
                new NightlyJobs(Host.Get<JobStore>(), Host.Get<JobQueue>(), clock),
                clock);
            await schedule.RunDueAsync(default);
            await Eventually.TrueAsync(async () => (await Host.Get<JobStore>().ListAsync(
                RetentionJob.Name, new PageRequest(10, null), default)).Items.All(job => job.IsOver));
        }

        /// <summary>All that is stored, but for the operator's records, which name nobody.</summary>
        public async Task<IReadOnlyList<string>> RowsAsync()
        {
            var rows = new List<string>();
            foreach (var table in StorageNames.Tables.Except([StorageNames.CallRecords]))
            {
                RowKey? after = null;
                while (await Host.Get<ITables>()[table].ScanAsync(after, 1000, default) is { Count: > 0 } page)
                {
                    rows.AddRange(page.Select(row =>
                        $"{table} {row.Partition} {row.Key} {string.Join(' ', row.Columns.Select(column => $"{column}"))}"));
                    after = RowKey.Of(page[^1]);
                }
            }

            return rows;
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}

public sealed class RetentionTestsOnSqlite() : RetentionTests(TestStorage.Sqlite);

public sealed class RetentionTestsOnAzurite() : RetentionTests(TestStorage.AzuriteInTheLongRun);

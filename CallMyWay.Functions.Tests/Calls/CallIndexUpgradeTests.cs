using CallMyWay.Functions.Adapters;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallMyWay.Functions.Tests.Calls;

/// <summary>Calls of releases that had a partition for each day, and index rows that only named their call.</summary>
public sealed class CallIndexUpgradeTests : IAsyncLifetime
{
    // More than a page.
    private const int Count = 230;

    private const int Recent = 190;

    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly VisibleCalls North = VisibleCalls.OfTeam("boss", "north");

    private Features _features = null!;

    private ITable Index => _features.Get<ITables>()[StorageNames.CallIndex];

    public async Task InitializeAsync()
    {
        _features = await Features.StartAsync();
        var start = Payload.Text("call-start-in.json");
        await _features.ProcessAsync(start);
        await _features.ProcessAsync(start.Replace("callStart", "callEnd", StringComparison.Ordinal));
        var facts = (await _features.CallAsync()).ShouldNotBeNull().Facts;
        await _features.Get<ITables>()[StorageNames.Calls].DeleteAsync("c-1001", "8000001", null, None);
        foreach (var row in await Index.ScanAsync(null, 1000, None))
        {
            await Index.DeleteAsync(row.Partition, row.Key, null, None);
        }

        for (var i = 0; i < Count; i++)
        {
            // Some of before the days that are gone through one by one.
            var ago = TimeSpan.FromMinutes(i) + TimeSpan.FromDays(i >= Recent ? 100 : 0);
            var old = facts with { CallId = $"old-{i:D3}", IndexedAt = facts.IndexedAt - ago };
            await StoreAsync(CallDerivation.Derive(i == 7
                ? old.With(new AgentDecision(DecisionKind.OutcomeRecorded, old.IndexedAt, "ana", Outcome: "paid"))
                : old));
        }

        var ana = (await _features.Get<AgentStore>().GetAsync("ana", None)).ShouldNotBeNull();
        await _features.Get<AgentStore>().PutAsync(ana with { Team = "north" }, None);
    }

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task Each_Call_Is_In_The_Lists_Of_This_Release()
    {
        (await CountAsync(North)).ShouldBe(0);

        (await RunAsync()).ShouldBeTrue();

        await ShouldBeDoneAsync();
        _features.Meter.Reset();
        (await RunAsync()).ShouldBeTrue();
        _features.Meter.Operations.ShouldBe(
            ["query callindex", "get sweeps"], "that nothing is left costs one query and one read");
    }

    [Fact]
    public async Task The_Newest_Day_Comes_First()
    {
        var pages = 0;
        (await _features.Get<CallIndexUpgrade>().RunAsync(_ => Task.FromResult(pages++ < 1), None)).ShouldBeFalse();

        (await CountAsync(North)).ShouldBe(Recent);
        (await Index.ReadAsync(new RowRange(DayOf(_features.Clock.Now)), None)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(900)]
    public async Task Where_It_Was_Broken_Off_It_Goes_On(int writes)
    {
        _features.Meter.CrashAfter(writes);
        // A crash is no error of the storage: it is taken for one of the call.
        await Should.ThrowAsync<CrashException>(async () =>
        {
            await RunAsync();
            throw new CrashException();
        });
        _features.Meter.Recover();

        await RunAsync();

        await ShouldBeDoneAsync();
    }

    [Fact]
    public async Task Where_The_Storage_Fails_Nothing_Is_Given_Up()
    {
        _features.Gate.Fail("replace calls", andAllAfter: true);
        await Should.ThrowAsync<StorageException>(RunAsync);
        _features.Gate.Open();

        await RunAsync();

        await ShouldBeDoneAsync();
    }

    [Fact]
    public async Task A_Call_That_Can_Not_Be_Read_Keeps_Nobody_From_The_Others()
    {
        await _features.Get<ITables>()[StorageNames.Calls]
            .UpsertAsync(new Row("old-003", "8000001").Set("json", "{\"callId\":1}"), None);
        await _features.Get<ITables>()[StorageNames.Agents]
            .UpsertAsync(new Row("agent", "later").Set("json", "{\"agentId\":1}"), None);

        (await RunAsync()).ShouldBeTrue();

        (await CountAsync(North)).ShouldBe(Count - 1);
    }

    [Fact]
    public async Task A_Call_That_Changes_Meanwhile_Keeps_Its_Change_And_Its_Team()
    {
        var held = _features.Gate.Hold("replace calls");
        var upgrade = Task.Run(RunAsync);
        await held.Reached;
        for (var i = 0; i < Count; i++)
        {
            var (callId, contactId) = ($"old-{i:D3}", $"tied-{i}");
            var decision = new AgentDecision(
                DecisionKind.ContactChosen,
                _features.Clock.Now,
                "ana",
                new Candidate(contactId, contactId, MatchReason.Chosen));
            await _features.Get<CallWriter>().ChangeAsync(
                _ => _features.CallAsync(callId), call => call.Facts.With(decision), None);
        }

        held.Release();
        await upgrade;

        for (var i = 0; i < Count; i++)
        {
            var (callId, contactId) = ($"old-{i:D3}", $"tied-{i}");
            var page = await _features.ListAsync(North, filter => AllTime(filter) with { ContactId = contactId });
            page.Items.ShouldHaveSingleItem().CallId.ShouldBe(callId);
        }

        await ShouldBeDoneAsync();
        // The team is a fact: what comes later does not lose it.
        await _features.Get<CallWriter>().ChangeAsync(
            _ => _features.CallAsync("old-000"),
            call => call.Facts.With(new AgentDecision(DecisionKind.Acknowledged, _features.Clock.Now, "ana")),
            None);
        (await _features.CallAsync("old-000")).ShouldNotBeNull().Agents.ShouldHaveSingleItem().Team.ShouldBe("north");
    }

    [Fact]
    public async Task What_An_Instance_Of_The_Release_Before_Writes_Meanwhile_Is_Found_By_The_Next_Run()
    {
        await RunAsync();
        var facts = (await _features.CallAsync("old-000")).ShouldNotBeNull().Facts;
        await StoreAsync(CallDerivation.Derive(facts with { CallId = "late" }));

        await RunAsync();

        (await _features.ListAsync(North)).Items.ShouldContain(call => call.CallId == "late");
    }

    [Fact]
    public async Task A_Call_That_Was_Derived_By_Earlier_Rules_Is_In_The_Lists_By_Those_Of_Now()
    {
        await RunAsync();
        var start = Payload.Text("call-start-in.json").Replace("c-1001", "goes-on", StringComparison.Ordinal);
        await _features.ProcessAsync(start);
        var call = (await _features.CallAsync("goes-on")).ShouldNotBeNull();
        var tables = _features.Get<ITables>();
        // Those rules took it for missed.
        var earlier = call with { Form = 0, State = CallState.Ended, EndedAt = call.StartedAt };
        await tables[StorageNames.Calls].UpsertAsync(CallStore.ToRow(earlier with { ETag = null }), None);
        await Index.DeleteAsync("live", CallIndex.KeyOf(call), null, None);
        foreach (var partition in CallIndexRows.TemporaryOf(call).Where(each => each != "live"))
        {
            await Index.UpsertAsync(CallIndex.ToRow(partition, call), None);
        }

        (await ListedAsync(filter => filter with { IsLive = true })).ShouldBeEmpty();
        await tables[StorageNames.Sweeps].DeleteAsync("upgrade", StorageNames.Calls, null, None);

        (await RunAsync()).ShouldBeTrue();

        (await ListedAsync(filter => filter with { IsLive = true })).ShouldBe(["goes-on"]);
        foreach (var partition in CallIndexRows.TemporaryOf(call).Where(each => each != "live"))
        {
            (await Index.GetAsync(partition, CallIndex.KeyOf(call), None)).ShouldBeNull(partition);
        }

        var after = (await _features.CallAsync("goes-on")).ShouldNotBeNull();
        (after.IsOfEarlierRelease, after.State).ShouldBe((false, call.State));
        _features.Meter.Reset();
        await RunAsync();
        _features.Meter.Operations.ShouldBe(["query callindex", "get sweeps"], "it is done once");
        (await CountAsync(North)).ShouldBe(Count + 1);

        async Task<IEnumerable<string>> ListedAsync(Func<CallFilter, CallFilter> narrow) =>
            (await _features.ListAsync(VisibleCalls.All("admin"), narrow)).Items.Select(listed => listed.CallId);
    }

    [Fact]
    public async Task A_Change_Of_A_Call_That_Was_Derived_By_Earlier_Rules_Writes_All_Its_Index_Rows()
    {
        await RunAsync();
        await _features.ProcessAsync(
            Payload.Text("call-start-in.json").Replace("c-1001", "goes-on", StringComparison.Ordinal));
        var call = (await _features.CallAsync("goes-on")).ShouldNotBeNull();
        await _features.Get<ITables>()[StorageNames.Calls].UpsertAsync(
            CallStore.ToRow(call with { Form = 0, State = CallState.Ended, ETag = null }), None);
        await Index.DeleteAsync("live", CallIndex.KeyOf(call), null, None);

        await _features.Get<CallWriter>().ChangeAsync(
            _ => _features.CallAsync("goes-on"),
            found => found.Facts.With(new AgentDecision(DecisionKind.Acknowledged, _features.Clock.Now, "ana")),
            None);

        (await Index.GetAsync("live", CallIndex.KeyOf(call), None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task One_Instance_At_A_Time_Does_It_In_The_Background()
    {
        var (one, other) = (Background(), Background());
        var held = _features.Gate.Hold("replace calls");
        var first = Task.Run(() => one.TryAsync(None));
        await held.Reached;

        (await other.TryAsync(None)).ShouldBeFalse("another has the lease");
        _features.Clock.Now += TimeSpan.FromMinutes(3);
        // That one has not been heard of for minutes.
        (await other.TryAsync(None)).ShouldBeTrue();
        held.Release();
        await first;

        await ShouldBeDoneAsync();
        (await one.TryAsync(None)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_Background_Tries_Again_After_Any_Failure()
    {
        var background = Background();
        _features.Gate.Fail("replace calls");
        (await background.TryAsync(None)).ShouldBeFalse();
        _features.Clock.Now += TimeSpan.FromMinutes(3);

        (await background.TryAsync(None)).ShouldBeTrue();

        await ShouldBeDoneAsync();
    }

    private UpgradeInBackground Background() => new(
        [_features.Get<CallIndexUpgrade>()],
        _features.Get<ITables>(),
        _features.Clock,
        NullLogger<UpgradeInBackground>.Instance);

    private Task<bool> RunAsync() => _features.Get<CallIndexUpgrade>().RunAsync(_ => Task.FromResult(true), None);

    private async Task StoreAsync(Call call)
    {
        foreach (var partition in new[] { DayOf(call.IndexedAt), "agent~ana" })
        {
            await Index.UpsertAsync(CallIndex.ToRow(partition, call), None);
        }

        (await _features.Get<CallStore>().SaveAsync(call, None)).ShouldNotBeNull();
    }

    private static string DayOf(DateTimeOffset time) => $"day~{time:yyyyMMdd}";

    private async Task ShouldBeDoneAsync()
    {
        (await CountAsync(North)).ShouldBe(Count);
        (await CountAsync(VisibleCalls.All("admin"))).ShouldBe(Count);
        (await CountAsync(VisibleCalls.Own("ana"))).ShouldBe(Count);
        (await CountAsync(North, filter => filter with { IsMissed = true })).ShouldBe(Count);
        (await _features.ListAsync(North, filter => filter with { Outcome = "paid" }))
            .Items.ShouldHaveSingleItem().CallId.ShouldBe("old-007");
        (await Index.ScanAsync(new RowKey("day~", "0"), 1, None)).ShouldHaveSingleItem().Partition.ShouldBe("missed");
    }

    private static CallFilter AllTime(CallFilter filter) => filter with { From = filter.To.AddDays(-110) };

    private async Task<int> CountAsync(VisibleCalls visible, Func<CallFilter, CallFilter>? narrow = null) =>
        (await _features.ListAsync(visible, filter => AllTime(narrow?.Invoke(filter) ?? filter), take: 500)).Items.Count;
}

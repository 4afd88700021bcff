using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CallMyWay.Functions.Tests.PopUps;

/// <summary>Whose lists are told of a call, of what, and how often.</summary>
public sealed class TeamScreensTests : IAsyncLifetime
{
    private Features _features = null!;

    private RecordedScreens Screens => _features.Screens;

    public async Task InitializeAsync()
    {
        _features = await Features.StartAsync();
        var agents = _features.Get<AgentStore>();
        await PutAsync(agents, "ana", "collections", Role.Agent);
        await PutAsync(agents, "luis", "sales", Role.Agent);
        await PutAsync(agents, "sofia", "collections", Role.Supervisor);
        await PutAsync(agents, "saul", "sales", Role.Supervisor);
        await PutAsync(agents, "everywhere", null, Role.Supervisor);
        await PutAsync(agents, "admin", "sales", Role.Admin);
        await PutAsync(agents, "colleague", "collections", Role.Agent);
        await _features.Get<AgentDirectory>().ReadAsync(CancellationToken.None);
    }

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task A_Call_Is_Told_To_Its_Team_s_Supervisor_And_To_Those_Who_See_All()
    {
        await _features.ProcessAsync(Ring("c1", "ep-1"));
        await ToldAsync(3);

        Screens.Told.Select(told => told.AgentId).ShouldBe(["sofia", "everywhere", "admin"], ignoreOrder: true);
        var call = Screens.Told.First(told => told.AgentId == "sofia").Calls.ShouldHaveSingleItem();
        (call.CallId, call.AgentId, call.AgentName, call.State)
            .ShouldBe(("c1", "ana", "Name of ana", CallState.Ringing));
    }

    [Fact]
    public async Task A_Call_Of_Nobody_Is_Told_To_Every_Supervisor()
    {
        await _features.ProcessAsync(Ring("c1", "ep-of-nobody"));
        await ToldAsync(4);

        Screens.Told.Select(told => told.AgentId)
            .ShouldBe(["everywhere", "admin", "saul", "sofia"], ignoreOrder: true);
        Screens.Told[0].Calls.ShouldHaveSingleItem().AgentId.ShouldBeNull();
    }

    [Fact]
    public async Task A_Call_That_Rings_In_Another_Team_Too_Is_Told_There_From_Then_On()
    {
        await _features.ProcessAsync(Ring("c1", "ep-1"));
        await ToldAsync(3);

        await _features.ProcessAsync(Ring("c1", "ep-2"));
        await ToldAsync(4);

        // For all others it looks as before.
        Screens.Told[3].AgentId.ShouldBe("saul");
    }

    [Fact]
    public async Task Who_Saw_A_Call_Of_Nobody_Is_Told_When_An_Agent_Of_Another_Team_Joins()
    {
        await _features.ProcessAsync(Ring("c1", "ep-of-nobody"));
        await ToldAsync(4);
        Screens.ForgetTold();

        await _features.ProcessAsync(Ring("c1", "ep-1"));
        await ToldAsync(4);

        var told = Screens.Told.ToDictionary(each => each.AgentId, each => each.Calls.ShouldHaveSingleItem());
        told.Keys.ShouldBe(["everywhere", "admin", "saul", "sofia"], ignoreOrder: true);
        // Saúl's team has no part in it: he is told that it goes, and not whose it is.
        (told["saul"].Gone, told["saul"].AgentId, told["saul"].Revision).ShouldBe((true, null, 2));
        foreach (var other in new[] { "everywhere", "admin", "sofia" })
        {
            (told[other].Gone, told[other].AgentId).ShouldBe((false, "ana"), other);
        }

        // He is told once.
        Screens.ForgetTold();
        await _features.ProcessAsync(Ring("c1", "ep-1", "callEnd"));
        await ToldAsync(3);
        Screens.Told.ShouldNotContain(each => each.AgentId == "saul");
    }

    [Fact]
    public async Task What_No_List_Shows_Is_Not_Told()
    {
        await _features.ProcessAsync(Ring("c1", "ep-1"));
        await ToldAsync(3);
        await _features.ProcessAsync(
            Ring("c1", "ep-1").Replace("\"type\"", "\"duration\":\"3\",\"type\"", StringComparison.Ordinal));
        await _features.ProcessAsync(Ring("c2", "ep-1"));
        await ToldAsync(6);

        Screens.Told.Skip(3).SelectMany(told => told.Calls).ShouldAllBe(call => call.CallId == "c2");
    }

    [Fact]
    public async Task A_Message_That_Comes_Again_Tells_The_Lists_Again()
    {
        var message = _features.Message(Ring("c1", "ep-1"));
        await _features.DeliverAsync(message);
        await ToldAsync(3);

        await _features.DeliverAsync(message);

        await ToldAsync(6);
    }

    [Fact]
    public async Task An_Agent_Who_Is_Done_With_The_Pop_Up_Is_Told_How_The_Call_Goes_On()
    {
        await _features.ProcessAsync(Ring("c1", "ep-1"));
        await ToldAsync(3);
        var call = (await _features.CallAsync("c1")).ShouldNotBeNull();
        await _features.DecideAsync(call, new AgentDecision(DecisionKind.Acknowledged, _features.Clock.Now, "ana"));

        await _features.ProcessAsync(Ring("c1", "ep-1", "callEnd"));
        await ToldAsync(7);

        Screens.Sent.Select(sent => sent.Message).ShouldBe([ScreenMessage.PopUp]);
        Screens.Told.Single(told => told.AgentId == "ana").Calls.ShouldHaveSingleItem().State.ShouldBe(CallState.Ended);
    }

    [Fact]
    public async Task A_Role_And_A_Team_That_Another_Process_Took_Away_Count_For_Thirty_Seconds_And_No_Longer()
    {
        var another = new AgentStore(_features.Get<ITables>(), _features.Clock);
        await PutAsync(another, "sofia", "sales", Role.Supervisor);
        await PutAsync(another, "everywhere", null, Role.Agent);
        await another.DeleteAsync((await another.GetAsync("admin", default)).ShouldNotBeNull(), null, default);
        _features.Clock.Now += AgentDirectory.Recheck;

        await _features.ProcessAsync(Ring("c1", "ep-1"));
        await _features.ProcessAsync(Ring("c2", "ep-2"));
        await Eventually.TrueAsync(
            () => Task.FromResult(Screens.Told.SelectMany(told => told.Calls).Any(call => call.CallId == "c2")));

        Screens.Told.ShouldAllBe(told => told.AgentId == "sofia" || told.AgentId == "saul");
        Screens.Told.SelectMany(told => told.Calls).ShouldAllBe(call => call.CallId == "c2");
    }

    [Fact]
    public async Task Lists_That_Hang_Hold_Up_Neither_The_Notification_Nor_The_Pop_Up()
    {
        var hanging = new TaskCompletionSource();
        Screens.PassOf = _ => hanging.Task;

        // Each of them would wait for a send that never ends.
        for (var i = 0; i < 20; i++)
        {
            await _features.ProcessAsync(Ring($"c{i}", "ep-1")).WaitAsync(TimeSpan.FromSeconds(60));
        }

        Screens.Sent.Count(sent => sent.AgentId == "ana").ShouldBe(20);
        Screens.Told.ShouldBeEmpty();
        hanging.SetResult();
        await Eventually.TrueAsync(() => Task.FromResult(ToldTo("sofia").Count() == 20));
    }

    [Fact]
    public async Task One_Viewer_s_Failing_Screens_Take_Nothing_From_The_Others()
    {
        Screens.PassOf = agentId => agentId == "everywhere"
            ? Task.FromException(new InvalidOperationException("Broken."))
            : Task.CompletedTask;

        await _features.ProcessAsync(Ring("c1", "ep-1"));
        await ToldAsync(2);
        Screens.PassOf = _ => Task.CompletedTask;
        await _features.ProcessAsync(Ring("c2", "ep-1"));
        await ToldAsync(5);

        Screens.Told.Take(2).Select(told => told.AgentId).ShouldBe(["sofia", "admin"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_Burst_Is_One_Message_A_Second_With_Each_Call_As_It_Stands_Then()
    {
        var time = new FakeTimeProvider();
        using var teams = Of(time);
        await _features.ProcessAsync(Ring("c", "ep-1"));
        await ToldAsync(3);
        var call = (await _features.CallAsync("c")).ShouldNotBeNull();
        Screens.ForgetTold();

        teams.Tell(call, null);
        await ToldAsync(3);
        for (var i = 0; i < 30; i++)
        {
            teams.Tell(call with { CallId = $"burst-{i % 10}", Outcome = $"outcome-{i}" }, null);
        }

        Screens.Told.Count.ShouldBe(3);
        // Who waits for the second is asleep by now, or is about to be.
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TeamScreens.Pace);
            return Task.FromResult(Screens.Told.Count > 3);
        });
        await ToldAsync(6);

        var calls = Screens.Told.Last(told => told.AgentId == "sofia").Calls;
        calls.Select(each => each.Outcome)
            .ShouldBe(Enumerable.Range(20, 10).Select(i => $"outcome-{i}"), ignoreOrder: true);
    }

    [Fact]
    public async Task A_Message_Carries_No_More_Calls_Than_A_Screen_Draws_At_Once()
    {
        var time = new FakeTimeProvider();
        using var teams = Of(time);
        await _features.ProcessAsync(Ring("c", "ep-1"));
        await ToldAsync(3);
        var call = (await _features.CallAsync("c")).ShouldNotBeNull();
        Screens.ForgetTold();
        var holding = new TaskCompletionSource();
        Screens.PassOf = _ => holding.Task;

        teams.Tell(call, null);
        for (var i = 0; i < (2 * TeamScreens.MostInOne) + 1; i++)
        {
            teams.Tell(call with { CallId = $"burst-{i}" }, null);
        }

        holding.SetResult();
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TeamScreens.Pace);
            return Task.FromResult(
                ToldTo("sofia").Select(each => each.CallId).Distinct().Count() == (2 * TeamScreens.MostInOne) + 2);
        });
        Screens.Told.Max(each => each.Calls.Count).ShouldBe(TeamScreens.MostInOne);
    }

    [Fact]
    public async Task Of_Two_Versions_That_Wait_The_One_That_Has_Heard_More_Is_Told()
    {
        var time = new FakeTimeProvider();
        using var teams = Of(time);
        await _features.ProcessAsync(Ring("c", "ep-1"));
        var early = (await _features.CallAsync("c")).ShouldNotBeNull();
        await _features.ProcessAsync(Ring("c", "ep-1", "callEnd"));
        var late = (await _features.CallAsync("c")).ShouldNotBeNull();
        var holding = new TaskCompletionSource();
        Screens.PassOf = _ => holding.Task;
        teams.Tell(early with { CallId = "first" }, null);

        teams.Tell(late with { CallId = "both" }, early);
        teams.Tell(early with { CallId = "both" }, null);

        holding.SetResult();
        IReadOnlyList<ListedCall> Both() => [.. ToldTo("sofia").Where(each => each.CallId == "both")];
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TeamScreens.Pace);
            return Task.FromResult(Both().Count > 0);
        });
        Both()[^1].State.ShouldBe(CallState.Ended);
    }

    [Fact]
    public async Task Of_Two_Changes_That_Wait_The_First_Is_Told_Though_The_Second_Shows_Nothing_New()
    {
        var time = new FakeTimeProvider();
        using var teams = Of(time);
        await _features.ProcessAsync(Ring("c", "ep-1"));
        var early = (await _features.CallAsync("c")).ShouldNotBeNull() with { CallId = "both" };
        await _features.ProcessAsync(Ring("c", "ep-1", "callEnd"));
        var late = (await _features.CallAsync("c")).ShouldNotBeNull() with { CallId = "both" };
        var holding = new TaskCompletionSource();
        Screens.PassOf = _ => holding.Task;
        teams.Tell(early with { CallId = "first" }, null);

        teams.Tell(late, early);
        teams.Tell(late, late);

        holding.SetResult();
        IReadOnlyList<ListedCall> Both() => [.. ToldTo("sofia").Where(each => each.CallId == "both")];
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TeamScreens.Pace);
            return Task.FromResult(Both().Count > 0);
        });
        Both()[^1].State.ShouldBe(CallState.Ended);
    }

    [Fact]
    public async Task Calls_Of_Half_A_Minute_Cost_One_Scan_Of_The_Agents_However_Many_They_Are()
    {
        _features.Clock.Now += AgentDirectory.Recheck;
        _features.Meter.Reset();
        for (var i = 0; i < 20; i++)
        {
            await _features.ProcessAsync(Ring($"c{i}", "ep-1"));
        }

        await Eventually.TrueAsync(() => Task.FromResult(ToldTo("sofia").Count() == 20));
        _features.Meter.Operations.Where(operation => operation.EndsWith(" agents", StringComparison.Ordinal))
            .ShouldBe(["query agents"]);
    }

    private TeamScreens Of(TimeProvider time) => new(
        _features.Get<ScreensCircuit>(),
        _features.Get<PopUpStore>(),
        _features.Get<AgentDirectory>(),
        [],
        time,
        NullLogger<TeamScreens>.Instance);

    private IEnumerable<ListedCall> ToldTo(string agentId) =>
        Screens.Told.Where(told => told.AgentId == agentId).SelectMany(told => told.Calls);

    private Task ToldAsync(int messages) => Eventually.TrueAsync(
        () => Task.FromResult(Screens.Told.Count >= messages),
        () => $"{messages} messages, of which there are {Screens.Told.Count}");

    private static string Ring(string callId, string endpoint, string action = "callStart") =>
        $$$"""
        {"action":"{{{action}}}","data":{"callid":"{{{callId}}}","account_id":"8000001","endpoint_id":"{{{endpoint}}}",
        "ani":"88887777","dnis":"40001000","type":"in","detect_time":"2026-03-02 09:15:00"}}
        """;

    private static Task<PutAgentResult> PutAsync(AgentStore agents, string agentId, string? team, Role role) => agents.PutAsync(
        new Agent { AgentId = agentId, Name = $"Name of {agentId}", SignInName = agentId, Roles = [role], Team = team },
        CancellationToken.None);
}

using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Presence;
using CallMyWay.Functions.Supervision;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Supervision;

/// <summary>Whose wallboards are told of what, by which process, and until when.</summary>
public sealed class WallboardScreensTests : IAsyncLifetime
{
    private Features _features = null!;

    private RecordedScreens Screens => _features.Screens;

    public async Task InitializeAsync()
    {
        _features = await Features.StartAsync();
        await PutAsync("boss", null, Role.Supervisor);
        await PutAsync("saul", "ventas", Role.Supervisor);
        await PutAsync("ana", "cobros", Role.Agent);
        await PutAsync("luis", "ventas", Role.Agent);
        await _features.Get<AgentDirectory>().ReadAsync(default);
    }

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task A_Wallboard_That_Another_Process_Was_Asked_For_Is_Told_Too()
    {
        await AnotherProcess().WatchAsync("boss", null, default);
        _features.Clock.Now += Watchers.Recheck;

        await _features.ProcessAsync(Ring("c1", "ep-1"));
        await ToldAsync("boss", 1);

        var told = To("boss")[0];
        told.Agents.ShouldNotBeNull().ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                agent => agent.AgentId.ShouldBe("ana"),
                agent => agent.State.ShouldBe(AgentStateKind.Ringing));
        told.Calls.ShouldNotBeNull().ShouldHaveSingleItem().CallId.ShouldBe("c1");
    }

    [Fact]
    public async Task A_Page_That_Says_Nothing_More_Is_Told_Nothing_More_And_Costs_Nothing_More()
    {
        await _features.Get<Watchers>().WatchAsync("boss", null, default);
        await _features.ProcessAsync(Ring("c1", "ep-1"));
        await ToldAsync("boss", 1);

        _features.Clock.Now += Watchers.Lasts;
        // The loop ends where it finds nobody.
        await Eventually.TrueAsync(() => Task.FromResult(_features.Get<Watchers>().IsNobody()));
        await Task.Delay(WallboardScreens.Pace * 1.5);
        var before = To("boss").Count;
        _features.Meter.Reset();
        await _features.ProcessAsync(Ring("c2", "ep-1"));
        await Task.Delay(WallboardScreens.Pace * 1.5);

        To("boss").Count.ShouldBe(before);
        _features.Meter.Operations.ShouldNotContain("query presence");
    }

    [Fact]
    public async Task Only_The_Teams_In_View_Are_Told()
    {
        await _features.Get<Watchers>().WatchAsync("boss", "ventas", default);
        await _features.Get<Watchers>().WatchAsync("saul", null, default);

        await _features.ProcessAsync(Ring("c1", "ep-1"));
        await _features.ProcessAsync(Ring("c2", "ep-2"));
        await ToldAsync("boss", 1);
        await ToldAsync("saul", 1);
        await Task.Delay(WallboardScreens.Pace * 1.5);

        foreach (var supervisor in new[] { "boss", "saul" })
        {
            To(supervisor).SelectMany(each => each.Agents ?? []).ShouldAllBe(agent => agent.AgentId == "luis");
            To(supervisor).SelectMany(each => each.Calls ?? []).ShouldAllBe(call => call.CallId == "c2");
        }
    }

    [Fact]
    public async Task What_A_Look_Finds_Between_The_Storing_And_The_Telling_Is_Told()
    {
        await _features.Get<AgentPresence>().BeatAsync("luis", default);
        var pause = new Pause("luis", true, "pausa", _features.Clock.Now);
        await _features.Get<PresenceStore>().PutPauseAsync(pause, default);
        await _features.Get<Watchers>().WatchAsync("boss", null, default);
        // The first look at the floor: it finds the pause, and tells the call.
        await _features.ProcessAsync(Ring("c1", "ep-1"));
        await ToldAsync("boss", 1);
        To("boss").SelectMany(each => each.Agents ?? []).ShouldNotContain(agent => agent.AgentId == "luis");

        _features.Get<WallboardScreens>().TellPause(pause);
        await ToldAsync("boss", 2);

        To("boss")[1].Agents.ShouldNotBeNull().ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                agent => agent.AgentId.ShouldBe("luis"),
                agent => agent.State.ShouldBe(AgentStateKind.Paused));
        // Told once, it is told again only where it changes.
        _features.Get<WallboardScreens>().TellPause(pause);
        await Task.Delay(WallboardScreens.Pace * 2.5);
        To("boss").Count.ShouldBe(2);
    }

    [Fact]
    public async Task Who_Goes_Silent_Is_Told_To_Be_Offline_By_The_Time_Alone()
    {
        await _features.Get<AgentPresence>().BeatAsync("ana", default);
        await _features.Get<Watchers>().WatchAsync("boss", null, default);
        _features.Get<WallboardScreens>().Start();
        await _features.Get<AgentPresence>().SetAsync("luis", true, "pausa", default);
        await _features.Get<AgentPresence>().BeatAsync("luis", default);
        await ToldAsync("boss", 1);

        _features.Clock.Now += TimeSpan.FromSeconds(100);
        await _features.Get<Watchers>().WatchAsync("boss", null, default);
        await _features.Get<AgentPresence>().BeatAsync("luis", default);
        _features.Clock.Now += TimeSpan.FromSeconds(60);

        await Eventually.TrueAsync(() => Task.FromResult(To("boss").SelectMany(each => each.Agents ?? [])
            .Any(agent => agent is { AgentId: "ana", State: AgentStateKind.Offline })));
        To("boss").SelectMany(each => each.Agents ?? [])
            .ShouldNotContain(agent => agent.AgentId == "luis" && agent.State == AgentStateKind.Offline);
    }

    [Fact]
    public async Task One_Supervisor_s_Failing_Screens_Take_Nothing_From_The_Others()
    {
        Screens.PassOf = agentId => agentId == "saul"
            ? Task.FromException(new InvalidOperationException("Broken."))
            : Task.CompletedTask;
        await _features.Get<Watchers>().WatchAsync("saul", null, default);
        await _features.Get<Watchers>().WatchAsync("boss", null, default);

        await _features.ProcessAsync(Ring("c1", "ep-2"));
        await ToldAsync("boss", 1);
        await _features.ProcessAsync(Ring("c2", "ep-2"));
        await ToldAsync("boss", 2);

        To("saul").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_Call_Of_Nobody_Is_Gone_From_A_Team_s_Wallboard_Once_Another_Team_s_Agent_Has_It()
    {
        await _features.Get<Watchers>().WatchAsync("saul", null, default);
        await _features.ProcessAsync(Ring("c1", "ep-of-nobody"));
        await ToldAsync("saul", 1);
        To("saul")[0].Calls.ShouldNotBeNull().ShouldHaveSingleItem().Queued.ShouldBeTrue();

        await _features.ProcessAsync(Ring("c1", "ep-1"));
        await ToldAsync("saul", 2);

        var gone = To("saul")[1];
        gone.GoneCalls.ShouldNotBeNull().ShouldHaveSingleItem().CallId.ShouldBe("c1");
        (gone.Calls, gone.Agents).ShouldBe((null, null));
    }

    [Fact]
    public async Task The_Missed_Calls_Of_Today_Are_Those_Of_The_Day_Of_The_Office()
    {
        // Nine in the morning in Costa Rica, and eight in the evening: by then it is tomorrow in UTC.
        await _features.ProcessAsync(Ring("c1", "ep-1"));
        _features.Clock.Now += TimeSpan.FromHours(11);
        await _features.Get<Watchers>().WatchAsync("boss", null, default);

        await _features.ProcessAsync(End("c1", "ep-1"));
        await ToldAsync("boss", 1);

        To("boss").SelectMany(each => each.Missed ?? []).ShouldHaveSingleItem().CallId.ShouldBe("c1");
        (await _features.Get<Wallboard>().ReadAsync(new BoardScope(VisibleCalls.All("boss"), null), default))
            .Missed.ShouldHaveSingleItem().CallId.ShouldBe("c1");
    }

    [Fact]
    public async Task A_Supervisor_Of_A_Team_Counts_No_Missed_Calls_Of_Another()
    {
        for (var i = 0; i <= Wallboard.MostMissed; i++)
        {
            await _features.ProcessAsync(Ring($"missed-{i}", "ep-2"));
            await _features.ProcessAsync(End($"missed-{i}", "ep-2"));
        }

        var visible = VisibleCalls.OfTeam("saul", "ventas");

        (await MissedAsync(null)).ShouldBe((Wallboard.MostMissed, Wallboard.MostMissed + 1));
        (await MissedAsync("ventas")).ShouldBe((Wallboard.MostMissed, Wallboard.MostMissed + 1));
        (await MissedAsync("cobros")).ShouldBe((0, 0));

        async Task<(int Listed, int Open)> MissedAsync(string? team)
        {
            var board = await _features.Get<Wallboard>().ReadAsync(new BoardScope(visible, team), default);
            return (board.Missed.Count, board.Counts.MissedOpen);
        }
    }

    private Watchers AnotherProcess() => new(_features.Get<PresenceStore>(), _features.Clock);

    private IReadOnlyList<WallboardChanged> To(string agentId) =>
        [.. Screens.Boards.Where(board => board.AgentId == agentId).Select(board => board.Changes)];

    private Task ToldAsync(string agentId, int messages) => Eventually.TrueAsync(
        () => Task.FromResult(To(agentId).Count >= messages),
        () => $"{messages} messages to {agentId}, of which there are {To(agentId).Count}");

    private Task<PutAgentResult> PutAsync(string agentId, string? team, Role role) => _features.Get<AgentStore>().PutAsync(
        new Agent { AgentId = agentId, Name = agentId, SignInName = agentId, Roles = [role], Team = team }, default);

    private static string End(string callId, string endpoint) =>
        Ring(callId, endpoint).Replace("callStart", "callEnd", StringComparison.Ordinal);

    private static string Ring(string callId, string endpoint) =>
        $$$"""
        {"action":"callStart","data":{"callid":"{{{callId}}}","account_id":"8000001","endpoint_id":"{{{endpoint}}}",
        "ani":"88887777","dnis":"40001000","type":"in","detect_time":"2026-03-02 09:15:00"}}
        """;
}

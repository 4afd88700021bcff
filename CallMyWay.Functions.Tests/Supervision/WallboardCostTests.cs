using System.Diagnostics;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Presence;
using CallMyWay.Functions.Supervision;
using CallMyWay.Functions.Tests.Infrastructure;
using Xunit.Abstractions;

namespace CallMyWay.Functions.Tests.Supervision;

/// <summary>What the wallboard costs in storage operations, with very many agents, calls and supervisors.</summary>
public sealed class WallboardCostTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Agents = 2_000;

    private const int Supervisors = 40;

    private Features _features = null!;

    public async Task InitializeAsync()
    {
        _features = await Features.StartAsync();
        var agents = _features.Get<AgentStore>();
        foreach (var some in Enumerable.Range(0, Agents).Chunk(200))
        {
            await Task.WhenAll(some.Select(i => PutAgentAsync(agents, i)));
        }

        _features.Clock.Now += AgentDirectory.Recheck;
        await _features.Get<AgentDirectory>().ReadAsync(default);
    }

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task Forty_Supervisors_Over_Two_Thousand_Agents_Share_One_Reading_A_Second()
    {
        var store = _features.Get<PresenceStore>();
        await Task.WhenAll(Enumerable.Range(0, Agents).Select(i => Task.Run(
            () => store.PutBeatAsync($"agent-{i}", _features.Clock.Now, default))));
        for (var i = 0; i < 30; i++)
        {
            await _features.ProcessAsync(Ring($"live-{i}", $"nobodys-{i}"));
        }

        var first = await CostAsync();
        var second = await CostAsync();
        // A day's calls are in no partition that is read, and the last of them is known.
        for (var i = 0; i < 60; i++)
        {
            await _features.ProcessAsync(Ring($"day-{i}", "ep-1", connected: true));
            await _features.ProcessAsync(Ring($"day-{i}", "ep-1", connected: true, action: "callEnd"));
        }

        var third = await CostAsync();
        var fourth = await CostAsync();

        // Two pages of beats, one of pauses and one of talks; the calls that go on, the missed ones
        // that are to be returned, and those that were.
        string[] queries = ["query callindex ×3", "query presence ×4"];
        first.ShouldBe(["get calls ×30", .. queries]);
        second.ShouldBe(queries);
        third.ShouldBe(queries);
        fourth.ShouldBe(queries);
        // What the index rows don't tell is read after a while, and the last call, whose wrap-up goes on.
        _features.Clock.Now += LiveCalls.Recheck;
        (await CostAsync()).ShouldBe(["get calls ×31", .. queries]);
    }

    [Fact]
    public async Task Who_Answers_A_Call_That_Another_Phone_Had_Answered_Stays_In_It()
    {
        var supervisor = new BoardScope(VisibleCalls.All("boss"), null);
        var board = _features.Get<Wallboard>();
        await _features.Get<AgentPresence>().BeatAsync("ana", default);
        // A queue's phone is nobody's. It answers, and rings the agent.
        await _features.ProcessAsync(Ring("queued", "nobodys", connected: true));
        await _features.ProcessAsync(Ring("queued", "ep-1"));
        (await StateAsync(board, supervisor, "ana")).ShouldBe(AgentStateKind.Ringing);

        await _features.ProcessAsync(Ring("queued", "ep-1", connected: true));

        for (var i = 0; i < 3; i++)
        {
            _features.Clock.Now += Floor.Shared;
            (await StateAsync(board, supervisor, "ana")).ShouldBe(AgentStateKind.InCall);
        }
    }

    [Fact]
    public async Task Missed_Calls_That_Are_Dismissed_Take_Nobodys_Place()
    {
        for (var i = 0; i < Wallboard.MostMissed + 10; i++)
        {
            await _features.ProcessAsync(Ring($"missed-{i}", "ep-1"));
            await _features.ProcessAsync(Ring($"missed-{i}", "ep-1", action: "callEnd"));
        }

        var before = await _features.Get<Wallboard>().ReadAsync(new BoardScope(VisibleCalls.All("boss"), null), default);
        before.Missed.Count.ShouldBe(Wallboard.MostMissed);
        before.Counts.MissedOpen.ShouldBe(Wallboard.MostMissed + 10);
        foreach (var missed in before.Missed)
        {
            (await _features.Get<CallWriter>().ChangeAsync(
                token => _features.Get<CallStore>().GetAsync(new CallKey(missed.CallId, missed.Account), token),
                call => call.Facts.With(
                    new AgentDecision(DecisionKind.DismissedForAll, _features.Clock.Now, "boss")),
                default)).ShouldNotBeNull();
        }

        _features.Clock.Now += TimeSpan.FromMinutes(1);
        var after = await _features.Get<Wallboard>().ReadAsync(new BoardScope(VisibleCalls.All("boss"), null), default);

        (after.Missed.Count, after.Counts.MissedOpen).ShouldBe((10, 10));
    }

    [Fact]
    public async Task Missed_Calls_That_Were_Returned_Hide_None_That_Is_To_Be_Returned()
    {
        // Of calls of one second the first by their ids count as the newest: this one is the oldest.
        await MissAsync("waits", "88881111");
        for (var i = 0; i < Wallboard.MostMissed; i++)
        {
            _features.Clock.Now += TimeSpan.FromSeconds(1);
            await MissAsync($"returned-{i}", "88887777");
            (await _features.Get<CallWriter>().ChangeAsync(
                token => _features.Get<CallStore>().GetAsync(new CallKey($"returned-{i}", "8000001"), token),
                call => call.Facts with
                {
                    Returned = new ReturnedCall("back", "8000001", _features.Clock.Now, "ana", 60),
                },
                default)).ShouldNotBeNull();
        }

        var board = await _features.Get<Wallboard>().ReadAsync(new BoardScope(VisibleCalls.All("boss"), null), default);

        (board.Missed.Count, board.Missed[0].CallId, board.Counts.MissedOpen)
            .ShouldBe((Wallboard.MostMissed, "waits", 1));

        async Task MissAsync(string callId, string ani)
        {
            await _features.ProcessAsync(Ring(callId, "ep-1", ani: ani));
            await _features.ProcessAsync(Ring(callId, "ep-1", action: "callEnd", ani: ani));
        }
    }

    [Fact]
    public async Task Each_Agent_Is_Told_By_The_Time_Alone_And_A_Clock_That_Is_Set_Back_Shows_Nobody_For_Hours()
    {
        var supervisor = new BoardScope(VisibleCalls.All("boss"), null);
        var board = _features.Get<Wallboard>();
        await _features.Get<AgentPresence>().BeatAsync("agent-1", default);
        (await StateAsync(board, supervisor)).ShouldBe(AgentStateKind.Free);

        // Nobody says anything any more.
        _features.Clock.Now += AgentState.OnlineFor;
        (await StateAsync(board, supervisor)).ShouldBe(AgentStateKind.Offline);

        await _features.Get<AgentPresence>().BeatAsync("agent-1", default);
        _features.Clock.Now -= TimeSpan.FromHours(1);
        _features.Clock.Now += TimeSpan.FromSeconds(1);
        (await StateAsync(board, supervisor)).ShouldBe(AgentStateKind.Offline);
        // The next beat tells the right time.
        _features.Clock.Now += AgentPresence.Spacing;
        await _features.Get<AgentPresence>().BeatAsync("agent-1", default);
        (await StateAsync(board, supervisor)).ShouldBe(AgentStateKind.Free);
    }

    private static async Task<AgentStateKind> StateAsync(
        Wallboard board, BoardScope scope, string agentId = "agent-1") =>
        (await board.ReadAsync(scope, default)).Agents.Single(agent => agent.AgentId == agentId).State;

    /// <summary>What it costs where forty supervisors ask at once, a minute after the last time.</summary>
    private async Task<IReadOnlyList<string>> CostAsync()
    {
        _features.Clock.Now += Floor.Shared;
        await _features.Get<AgentDirectory>().ReadAsync(default);
        _features.Meter.Reset();
        var board = _features.Get<Wallboard>();
        var started = Stopwatch.GetTimestamp();
        var views = await Task.WhenAll(Enumerable.Range(0, Supervisors).Select(i =>
            board.ReadAsync(new BoardScope(VisibleCalls.All($"boss-{i}"), null), default)));
        var took = Stopwatch.GetElapsedTime(started);
        views.ShouldAllBe(view => view.Agents.Count == Agents + 2);
        var cost = _features.Meter.Operations.CountBy(operation => operation)
            .Select(same => $"{same.Key} ×{same.Value}").Order(StringComparer.Ordinal).ToList();
        output.WriteLine($"{took.TotalMilliseconds:0} ms for {Supervisors}: {string.Join(", ", cost)}");
        return cost;
    }

    private static string Ring(
        string callId,
        string endpoint,
        bool connected = false,
        string action = "callStart",
        string ani = "88887777") =>
        $$$"""
        {"action":"{{{action}}}","data":{"callid":"{{{callId}}}","account_id":"8000001","endpoint_id":"{{{endpoint}}}",
        "ani":"{{{ani}}}","dnis":"40001000","type":"in","detect_time":"2026-03-02 09:15:00",
        "connect_time":"{{{(connected ? "2026-03-02 09:15:10" : "")}}}"}}
        """;

    private static Task<PutAgentResult> PutAgentAsync(AgentStore agents, int i) => agents.PutAsync(
        new Agent
        {
            AgentId = $"agent-{i}",
            Name = $"Agent {i}",
            SignInName = $"agent-{i}",
            Roles = [Role.Agent],
            Team = $"team-{i % Supervisors}",
        },
        CancellationToken.None);
}

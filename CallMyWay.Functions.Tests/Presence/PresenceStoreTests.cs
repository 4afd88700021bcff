using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Presence;
using CallMyWay.Functions.Supervision;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Presence;

/// <summary>What the beats and pauses of agents write, and what of it is removed.</summary>
public sealed class PresenceStoreTests
{
    [Fact]
    public async Task A_Beat_Is_One_Write_And_No_Reading_And_Two_Tabs_Are_One()
    {
        await using var features = await Features.StartAsync();
        var presence = features.Get<AgentPresence>();
        features.Meter.Reset();

        await presence.BeatAsync("ana", default);
        await presence.BeatAsync("ana", default);
        features.Clock.Now += TimeSpan.FromMinutes(1);
        await presence.BeatAsync("ana", default);

        features.Meter.Operations.ShouldBe(["upsert presence", "upsert presence"]);
        (await features.Get<PresenceStore>().ListBeatsAsync(default))["ana"].At.ShouldBe(features.Clock.Now);
    }

    [Fact]
    public async Task Who_Has_Left_Is_Offline_Until_A_Screen_Of_Theirs_Is_There_Again()
    {
        await using var features = await Features.StartAsync();
        var presence = features.Get<AgentPresence>();
        await presence.BeatAsync("ana", default);
        (await StateAsync()).ShouldBe(AgentStateKind.Free);

        await presence.LeaveAsync("ana");
        (await StateAsync()).ShouldBe(AgentStateKind.Offline);
        // Also to who reads the tables.
        (await features.Get<PresenceStore>().ListBeatsAsync(default))["ana"].HasLeft.ShouldBeTrue();

        await presence.BeatAsync("ana", default);
        (await StateAsync()).ShouldBe(AgentStateKind.Free);
        (await features.Get<PresenceStore>().ListBeatsAsync(default))["ana"].HasLeft.ShouldBeFalse();

        async Task<AgentStateKind> StateAsync() =>
            (await features.Get<Floor>().ReadAsync(TimeSpan.FromHours(1), default)).States["ana"].Kind;
    }

    [Fact]
    public async Task Whose_Sessions_Others_End_Was_Last_There_When_A_Screen_Was()
    {
        await using var features = await Features.StartAsync();
        var presence = features.Get<AgentPresence>();
        var lastThere = features.Clock.Now;
        await presence.BeatAsync("ana", default);
        features.Clock.Now += TimeSpan.FromHours(3);

        await presence.CloseAsync("ana");
        await presence.CloseAsync("luis");

        var beats = await features.Get<PresenceStore>().ListBeatsAsync(default);
        beats["ana"].ShouldBe(new ScreenBeat(lastThere) { HasLeft = true });
        // Of somebody who never had a screen there is no such time.
        beats.ContainsKey("luis").ShouldBeFalse();
    }

    [Fact]
    public async Task A_Pause_That_Nobody_Ended_Yesterday_Begins_Anew_With_The_Same_Reason()
    {
        await using var features = await Features.StartAsync();
        var presence = features.Get<AgentPresence>();
        var first = await presence.SetAsync("ana", true, "almuerzo", default);
        features.Clock.Now += TimeSpan.FromHours(1);
        (await presence.SetAsync("ana", true, "almuerzo", default)).Since.ShouldBe(first.Since);

        features.Clock.Now += TimeSpan.FromHours(23);
        var now = await presence.SetAsync("ana", true, "almuerzo", default);

        (now.Since, now.IsOnAt(features.Clock.Now)).ShouldBe((features.Clock.Now, true));
        (await features.Get<PresenceStore>().GetPauseAsync("ana", default)).ShouldBe(now);
    }

    [Fact]
    public async Task A_Talk_That_Is_Known_By_Its_Record_Alone_Does_Not_Take_The_Place_Of_A_Later_One()
    {
        await using var features = await Features.StartAsync();
        var store = features.Get<PresenceStore>();
        await features.ProcessAsync("""
            {"action":"callEnd","data":{"callid":"later","account_id":"8000001","endpoint_id":"ep-1","ani":"88887777",
            "dnis":"40001000","type":"in","detect_time":"2026-03-02 08:58:00","connect_time":"2026-03-02 08:58:10",
            "disconnect_time":"2026-03-02 09:00:00"}}
            """);
        var agentId = (await store.ListTalksAsync(default)).ShouldHaveSingleItem().AgentId;

        await TakeAsync("before", minutesAgo: 10);
        (await store.ListTalksAsync(default)).ShouldHaveSingleItem().Call.CallId.ShouldBe("later");

        await TakeAsync("after", minutesAgo: 3);
        var last = (await store.ListTalksAsync(default)).ShouldHaveSingleItem();
        (last.AgentId, last.Call.CallId).ShouldBe((agentId, "after"));

        async Task TakeAsync(string id, int minutesAgo)
        {
            features.Clock.Now += TimeSpan.FromMinutes(5);
            var account = features.Get<Accounts>().Home;
            var began = account.LocalTime(features.Clock.Now.AddMinutes(-minutesAgo));
            var taken = await features.Get<RecordIntake>().TakeAsync(
                account,
                [
                    new()
                    {
                        RecordId = id,
                        DnisUser = "ep-1",
                        Ani = "22223333",
                        Dnis = "40001000",
                        DetectTime = began,
                        ConnectTime = began,
                        Duration = 120,
                    },
                ],
                features.Clock.Now,
                failed => throw new InvalidOperationException(failed.RecordId),
                _ => { },
                CancellationToken.None);
            taken.Added.ShouldBe(1);
        }
    }

    [Fact]
    public async Task Of_A_Deleted_Agent_Nothing_Is_Left()
    {
        await using var features = await Features.StartAsync();
        var store = features.Get<PresenceStore>();
        await features.Get<AgentPresence>().BeatAsync("ana", default);
        await features.Get<AgentPresence>().SetAsync("ana", true, null, default);

        await store.ForgetAsync("ana", default);

        (await store.ListBeatsAsync(default)).ShouldBeEmpty();
        (await store.ListPausesAsync(default)).ShouldBeEmpty();
    }
}

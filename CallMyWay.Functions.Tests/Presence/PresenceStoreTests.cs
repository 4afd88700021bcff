using CallMyWay.Functions.Presence;
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
        (await features.Get<PresenceStore>().ListBeatsAsync(default))["ana"].ShouldBe(features.Clock.Now);
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

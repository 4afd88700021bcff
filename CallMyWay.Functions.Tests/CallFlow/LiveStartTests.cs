using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.CallFlow;

/// <summary>The start of a call that the list of calls that go on has, among the call's notifications.</summary>
public sealed class LiveStartTests : IAsyncLifetime
{
    private static readonly string Start = Payload.Text("call-start-in.json");

    private Features _features = null!;

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task It_Opens_The_Pop_Up_And_A_Notification_That_Says_The_Same_Is_News_All_The_Same()
    {
        await _features.DeliverAsync(Live(Start));

        var live = (await _features.CallAsync()).ShouldNotBeNull();
        (live.State, live.Sources).ShouldSatisfyAllConditions(
            each => each.State.ShouldBe(CallState.Ringing), each => each.Sources.ShouldBe([CallSource.Live]));
        (await _features.OpenAsync("ana")).ShouldHaveSingleItem().CallId.ShouldBe("c-1001");

        await _features.ProcessAsync(Start);

        var notified = (await _features.CallAsync()).ShouldNotBeNull();
        notified.Sources.ShouldBe([CallSource.Webhook]);
        notified.Phones.ShouldHaveSingleItem().IsOver.ShouldBeFalse();
        (await _features.OpenAsync("ana")).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_Call_That_Is_Known_By_Then_Stays_As_It_Is(bool isByList)
    {
        if (isByList)
        {
            await _features.DeliverAsync(Live(Start));
        }
        else
        {
            await _features.ProcessAsync(Start);
        }

        var before = (await _features.CallAsync()).ShouldNotBeNull();
        _features.Clock.Now += TimeSpan.FromMinutes(1);

        await _features.DeliverAsync(Live(Start));
        await _features.DeliverAsync(Live(Start.Replace("1970-01-01 00:00:00", "2026-03-02 09:15:08")));

        (await _features.CallAsync()).ShouldNotBeNull().ETag.ShouldBe(before.ETag);
    }

    [Fact]
    public async Task Wherever_The_Process_Ends_The_Message_That_Comes_Again_Shows_The_Call()
    {
        var isDone = false;
        for (var writes = 0; !isDone; writes++)
        {
            var callId = $"c-{writes}";
            _features.Clock.Now += TimeSpan.FromSeconds(1);
            var message = Live(Start.Replace("c-1001", callId));
            _features.Meter.CrashAfter(writes);
            try
            {
                await _features.DeliverAsync(message);
                isDone = true;
            }
            catch (CrashException)
            {
                // Nothing cleans up what is left.
            }

            _features.Meter.Recover();
            await _features.DeliverAsync(message);

            var call = (await _features.CallAsync(callId)).ShouldNotBeNull();
            (call.Agents.ShouldHaveSingleItem().AgentId, call.Timeline.Count).ShouldBe(("ana", 1));
            _features.Screens.Sent.ShouldContain(sent => sent.AgentId == "ana" && sent.PopUp.CallId == callId);
            writes.ShouldBeLessThan(30);
        }
    }

    [Fact]
    public async Task What_Is_Known_Of_Its_Source_Outlasts_The_Notification_Itself()
    {
        await _features.DeliverAsync(Live(Start));
        var facts = (await _features.CallAsync()).ShouldNotBeNull().Facts;
        var told = HeardLeg.Of(facts.Notifications[0]);
        var notified = HeardLeg.Of(facts.Notifications[0] with { IsLive = null });

        told.And(told).IsOfLiveAlone.ShouldBe(true);
        told.And(notified).IsOfLiveAlone.ShouldBeNull();
        notified.And(told).IsOfLiveAlone.ShouldBeNull();
    }

    private string Live(string body) =>
        new QueuedCallEvent(_features.Clock.GetUtcNow(), body) { IsLive = true }.ToMessage();
}

using CallMyWay.Functions.Api;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Notifications;

/// <summary>Which refused notifications the nightly sweep finds.</summary>
public sealed class RefusedEventSweepTests
{
    [Fact]
    public async Task What_Is_Older_Than_The_Rule_Goes_And_The_Rest_Of_Its_Month_Stays()
    {
        await using var features = await Features.StartAsync();
        await features.Get<RetentionStore>().PutAsync(new RetentionRules { EventDays = 40 }, default);
        var began = new DateTimeOffset(2026, 2, 27, 23, 0, 0, TimeSpan.Zero);
        features.Clock.Now = began;
        foreach (var reason in new[] { "last month", "older", "kept" })
        {
            await KeepAsync(reason);
            features.Clock.Now += TimeSpan.FromDays(3);
        }

        features.Clock.Now = new DateTimeOffset(2026, 4, 13, 0, 0, 0, TimeSpan.Zero);
        (await BodiesAsync()).ShouldBe(["kept", "older", "last month"]);

        await features.SweepAsync<RefusedEventSweep>();

        (await BodiesAsync()).ShouldBe(["kept"]);

        async Task KeepAsync(string reason) => await features.Get<RefusedEventStore>().KeepAsync(
            new QueuedCallEvent(features.Clock.Now, reason), reason, default);

        async Task<IEnumerable<string?>> BodiesAsync() => (await features.Get<RefusedEventStore>().ListAsync(
            began, features.Clock.Now, new PageRequest(10, null), default)).Items.Select(refused => refused.Body);
    }
}

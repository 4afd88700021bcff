using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Storage;
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
        features.Clock.Now = new DateTimeOffset(2026, 2, 27, 23, 0, 0, TimeSpan.Zero);
        foreach (var reason in new[] { "last month", "older", "kept" })
        {
            await KeepAsync(reason);
            features.Clock.Now += TimeSpan.FromDays(3);
        }

        var now = new DateTimeOffset(2026, 4, 13, 0, 0, 0, TimeSpan.Zero);

        (await FindAsync(now)).ShouldBe(["last month", "older"], ignoreOrder: true);

        async Task KeepAsync(string reason) => await features.Get<RefusedEventStore>().KeepAsync(
            new QueuedCallEvent(features.Clock.Now, reason), reason, default);

        async Task<IReadOnlyList<string>> FindAsync(DateTimeOffset at)
        {
            var sweep = features.GetAll<ISweep>().OfType<RefusedEventSweep>().Single();
            var table = features.Get<ITables>()[StorageNames.RefusedEvents];
            var found = new List<string>();
            foreach (var range in await sweep.RangesAsync(at, default))
            {
                found.AddRange((await table.ReadAsync(range.Rows, default)).Where(range.IsOver)
                    .Select(row => row.Text("body")!));
            }

            return found;
        }
    }
}

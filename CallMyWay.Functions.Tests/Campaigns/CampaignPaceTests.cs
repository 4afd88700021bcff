using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Campaigns;

/// <summary>The pace over three instances that share one storage.</summary>
public abstract class CampaignPaceTests(TestStorage storage)
{
    [SkippableFact]
    public async Task Three_Instances_Together_Never_Dial_More_In_A_Minute_Than_Was_Agreed()
    {
        storage.SkipWhereMissing();
        await using var host = await TestHost.StartAsync(storage);
        var tables = host.Get<ITables>();
        var clock = new SetClock(new DateTimeOffset(2026, 3, 2, 18, 0, 59, TimeSpan.Zero));
        var instances = Enumerable.Range(0, 3).Select(_ => new CampaignPace(tables, clock)).ToList();
        var taken = new List<DateTimeOffset>();

        // Over the turn of the clock's minute, and a clock that is set back in between.
        foreach (var seconds in new[] { 0, 2, 30, 31, -3600, 1, 40, 23, 1 })
        {
            clock.Now += TimeSpan.FromSeconds(seconds);
            var results = await Task.WhenAll(instances.SelectMany(
                (pace, i) => Enumerable.Range(0, 6).Select(k => pace.TryTakeAsync(k % 2 == 0 ? "a" : "b", 7, 10))));
            taken.AddRange(results.Where(isTaken => isTaken).Select(_ => clock.Now));
        }

        // Times before the clock was set back are an hour ahead of it: they don't count with those behind.
        var (before, after) = (taken.Where(at => at.Hour == 18).ToList(), taken.Where(at => at.Hour == 17).ToList());
        (before.Count, after.Count).ShouldBe((20, 10));
        foreach (var part in new[] { before, after })
        {
            part.ShouldAllBe(at => part.Count(other => other >= at && other < at.AddMinutes(1)) <= 10);
        }
    }
}

public sealed class CampaignPaceTestsOnSqlite() : CampaignPaceTests(TestStorage.Sqlite);

public sealed class CampaignPaceTestsOnAzurite() : CampaignPaceTests(TestStorage.Azurite);

using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.ClickToDial;

public sealed class DialTotalsTests
{
    [Fact]
    public async Task Counting_Continues_From_The_Totals_Of_An_Earlier_Release()
    {
        await using var features = await Features.StartAsync();
        var dials = features.Get<ITables>()[StorageNames.Dials];
        foreach (var (day, count) in new[] { ("20260301", 7), ("20260302", 3) })
        {
            var earlier = new DialCount(day, [.. Enumerable.Repeat(0, 23), count]);
            await dials.UpsertAsync(DialTotals.Stored.ToRow("total", day, earlier, null), CancellationToken.None);
        }

        var (found, etag) = await new DialTotals(features.Get<ITables>()).GetAsync(CancellationToken.None);

        (found.Day, found.Hours[23], etag).ShouldBe(("20260302", 3, null));
    }
}

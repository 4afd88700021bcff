using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Sweeping;

/// <summary>How old rows are deleted: in batches, continuing where a run stopped.</summary>
public sealed class SweeperTests : IAsyncLifetime
{
    private Features _features = null!;

    private Sweeper Sweeper => _features.Get<Sweeper>();

    private ITable PopUps => _features.Get<ITables>()[StorageNames.PopUps];

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task A_Hundred_Rows_Are_One_Operation()
    {
        await AddOldAsync("ana", 250);
        await AddOldAsync("luis", 30);
        _features.Meter.Reset();

        (await SweepAsync()).ShouldBeTrue();

        OperationsOnPopUps()
            .ShouldBe(["query popups", "batch popups", "batch popups", "batch popups", "query popups", "batch popups"]);
        (await LeftAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_Run_Goes_On_Where_The_Last_One_Stopped_And_A_Finished_Round_Rests_Until_The_Next_Day()
    {
        await AddOldAsync("ana", 2200);
        await AddOldAsync("luis", 30);

        // With no time, a run does one page.
        var runs = 1;
        while (!await Sweeper.RunAsync(TimeSpan.Zero, CancellationToken.None))
        {
            runs++;
            _features.Meter.Reset();
        }

        // A partition is looked at by each: of the times of screens there is one for each day, of events for each week,
        // of the calls to persons there are sixteen.
        runs.ShouldBeInRange(5, 100);
        (await LeftAsync()).ShouldBe(0);

        await AddOldAsync("ana", 1);
        _features.Meter.Reset();
        (await SweepAsync()).ShouldBeTrue();
        _features.Meter.Operations.ShouldBe(["get sweeps"]);
        _features.Clock.Now += TimeSpan.FromDays(1);
        (await SweepAsync()).ShouldBeTrue();
        (await LeftAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_Row_That_Can_Not_Be_Read_Is_Kept_And_All_Others_Are_Swept()
    {
        var dials = _features.Get<ITables>()[StorageNames.Dials];
        var unreadable = new Row(Keys.Join("agent", "ana"), Keys.Join("dial", "later"))
            .Set("json", "{\"state\":\"later\"}");
        await dials.UpsertAsync(unreadable, CancellationToken.None);
        // Pop-ups are swept after dials.
        await AddOldAsync("ana", 1);

        (await SweepAsync()).ShouldBeTrue();

        (await LeftAsync()).ShouldBe(0);
        (await dials.GetAsync(unreadable.Partition, unreadable.Key, CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Rows_That_Were_Skipped_Are_Not_Read_Again_After_A_Crash()
    {
        await AddOldAsync("ana", 150);
        await AddOldAsync("luis", 150);
        // Two batches for ana, the position, and one batch for luis.
        _features.Meter.CrashAfter(await WritesBeforePopUpsAsync() + 4);
        await Should.ThrowAsync<CrashException>(() => SweepAsync());
        _features.Meter.Recover();
        (await LeftAsync()).ShouldBe(50);
        _features.Meter.Reset();

        (await SweepAsync()).ShouldBeTrue();

        OperationsOnPopUps().ShouldBe(["query popups", "batch popups"]);
        (await LeftAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_Row_That_Has_Changed_Since_It_Was_Read_Stays_And_The_Others_Go()
    {
        await AddOldAsync("ana", 3);
        var rows = await RowsAsync("ana");
        await PopUps.UpsertAsync(new Row("ana", rows[1].Key).Set("changed", true), CancellationToken.None);

        (await PopUps.DeleteUnchangedAsync(rows, CancellationToken.None)).ShouldBe(2);

        (await RowsAsync("ana")).ShouldHaveSingleItem().Key.ShouldBe(rows[1].Key);
    }

    // Each earlier range stores its position.
    private async Task<int> WritesBeforePopUpsAsync()
    {
        var ranges = 0;
        var earlier = _features.GetAll<ISweep>()
            .Where(sweep => string.CompareOrdinal(sweep.Table, StorageNames.PopUps) < 0);
        foreach (var sweep in earlier)
        {
            ranges += (await sweep.RangesAsync(_features.Clock.Now, CancellationToken.None)).Count;
        }

        return ranges;
    }

    private async Task AddOldAsync(string agentId, int count)
    {
        var old = _features.Clock.Now.AddDays(-1);
        var rows = Enumerable.Range(0, count)
            .Select(i => new Row(agentId, Keys.Join(Keys.NewestFirst(old.AddSeconds(-i)), "old")));
        foreach (var some in rows.Chunk(RowChange.MaxBatchCount))
        {
            (await PopUps.BatchAsync([.. some.Select(RowChange.Upsert)], CancellationToken.None)).ShouldBeTrue();
        }
    }

    private Task<bool> SweepAsync() => Sweeper.RunAsync(TimeSpan.FromMinutes(4), CancellationToken.None);

    private IEnumerable<string> OperationsOnPopUps() =>
        _features.Meter.Operations.Where(operation => operation.EndsWith(" popups", StringComparison.Ordinal));

    private ValueTask<IReadOnlyList<Row>> RowsAsync(string agentId) =>
        PopUps.ReadAsync(new RowRange(agentId), CancellationToken.None);

    private async Task<int> LeftAsync() => (await RowsAsync("ana")).Count + (await RowsAsync("luis")).Count;
}

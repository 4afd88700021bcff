using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.Reports;

/// <summary>Cards that a screen has told of in one request, as they are stored.</summary>
public sealed record ScreenTimeList(IReadOnlyList<PaintedCard> Cards);

/// <summary>A card that an agent's screen has painted.</summary>
public sealed record ScreenTime(string AgentId, PaintedCard Card);

/// <summary>
/// How long it took until calls were on the screens: a row for each request that told of some. Partition: the day, in the
/// first account's zone, on which it was told. Key: the agent, the time, and a mark of the request's own.
/// </summary>
public sealed class ScreenTimes(ITables tables, Accounts accounts, TimeProvider clock) : IPaintedNews, ISweep
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private const string AgentColumn = "agent";

    private const string Form = "yyyyMMdd";

    /// <summary>How many days back the sweep looks: it may not have run for a while.</summary>
    private const int SweptDays = 30;

    private static readonly StoredJson<ScreenTimeList> Stored = new(ReportsJson.Default);

    private readonly ITable _table = tables[StorageNames.ScreenTimes];

    public string Table => StorageNames.ScreenTimes;

    /// <summary>The day on which something is told at this time.</summary>
    public DateOnly DayOf(DateTimeOffset time) => accounts.Home.TimeZone.DayOf(time);

    /// <summary>Stores them by one write.</summary>
    public async Task NoteAsync(
        string agentId, IReadOnlyList<PaintedCard> cards, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var key = Keys.Join(Keys.Encode(agentId), TicksOf(now), Guid.NewGuid().ToString("N")[..8]);
        await _table.UpsertAsync(
            Stored.ToRow(PartitionOf(DayOf(now)), key, new ScreenTimeList(cards)).Set(AgentColumn, agentId),
            cancellationToken);
    }

    /// <summary>
    /// What the agent's screens told of in this time, by a query for each day. A screen tells of a card up to some
    /// minutes after it was painted.
    /// </summary>
    public async Task<IReadOnlyList<ScreenTime>> ListAsync(
        string agentId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var days = Enumerable.Range(0, DayOf(to).DayNumber - DayOf(from).DayNumber + 1).Select(DayOf(from).AddDays);
        var found = await AtOnce.DoAsync(days, day => ReadAsync(
            new RowRange(PartitionOf(day))
            {
                From = Keys.Join(Keys.Encode(agentId), TicksOf(from)),
                Before = Keys.AfterPrefix(Keys.Join(Keys.Encode(agentId), TicksOf(to))),
            },
            cancellationToken));
        return [.. found.SelectMany(day => day)];
    }

    /// <summary>What all screens told of on a day, by a query for each thousand requests.</summary>
    public Task<IReadOnlyList<ScreenTime>> ReadAsync(DateOnly day, CancellationToken cancellationToken) =>
        ReadAsync(new RowRange(PartitionOf(day)), cancellationToken);

    public Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = DayOf(now - KeptFor).AddDays(-1);
        return Task.FromResult<IReadOnlyList<SweepRange>>(
        [
            .. Enumerable.Range(0, SweptDays).Select(days => PartitionOf(last.AddDays(days + 1 - SweptDays)))
                .Select(partition => new SweepRange(new RowRange(partition), _ => true)),
        ]);
    }

    private async Task<IReadOnlyList<ScreenTime>> ReadAsync(RowRange range, CancellationToken cancellationToken)
    {
        var times = new List<ScreenTime>();
        await foreach (var row in _table.ReadAllAsync(range, cancellationToken))
        {
            times.AddRange(Stored.FromRow(row).Cards.Select(card => new ScreenTime(row.Text(AgentColumn)!, card)));
        }

        return times;
    }

    private static string PartitionOf(DateOnly day) => day.ToString(Form, CultureInfo.InvariantCulture);

    private static string TicksOf(DateTimeOffset time) => time.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);
}

using System.Globalization;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Reports;

/// <summary>
/// The figures of periods. Partitions <c>hour</c>, <c>day</c> and <c>month</c> have a row for each, with its totals. The
/// other parts of an hour are in the same row, as long as they are short. Those of days and months are in the partition
/// <c>parts</c>, so that a list of days reads the totals alone. The row names the version of its parts. They are written
/// before it, and those of earlier versions are deleted after it: a reader sees one version or the other.
/// </summary>
public sealed class PeriodStore(ITables tables)
{
    private const string PartsPartition = "parts";

    private const string StatePartition = "state";

    private const string StateKey = "calls";

    /// <summary>How many characters a row's cells are at most. A character takes two bytes of its mebibyte.</summary>
    private const int MaxWeight = 300_000;

    /// <summary>How often a reader begins anew whose parts were replaced meanwhile.</summary>
    private const int MaxTries = 5;

    private static readonly IReadOnlyList<PeriodPart> Parts =
        [PeriodPart.Detail, PeriodPart.Contacts, PeriodPart.TeamContacts];

    private static readonly StoredJson<PeriodHead> Stored = new(ReportsJson.Default);

    private static readonly StoredJson<FiguresState> StoredState = new(ReportsJson.Default);

    private static readonly StoredJson<CellList> StoredCells = new(ReportsJson.Default);

    private static readonly Dictionary<PeriodPart, StoredJson<CellList>> Within = Parts.ToDictionary(
        part => part, part => new StoredJson<CellList>(ReportsJson.Default, NameOf(part)));

    private readonly ITable _table = tables[StorageNames.Reports];

    public async ValueTask<StoredPeriod?> GetAsync(Period period, CancellationToken cancellationToken) =>
        Read(period.Length, await _table.GetAsync(period.Partition, period.Key, cancellationToken));

    /// <summary>Those of these periods that there are, in the same order; null for the others.</summary>
    public async ValueTask<IReadOnlyList<StoredPeriod?>> GetManyAsync(
        IReadOnlyList<Period> periods, CancellationToken cancellationToken)
    {
        var rows = await _table.GetManyAsync(
            [.. periods.Select(period => (period.Partition, period.Key))], cancellationToken);
        return [.. rows.Zip(periods, (row, period) => Read(period.Length, row))];
    }

    /// <summary>The periods from the first to the last that there are, by one query for each thousand.</summary>
    public async Task<IReadOnlyList<StoredPeriod>> ListAsync(
        Period first, Period last, CancellationToken cancellationToken)
    {
        var periods = new List<StoredPeriod>();
        var range = new RowRange(first.Partition) { From = first.Key, Before = Keys.AfterPrefix(last.Key) };
        await foreach (var row in _table.ReadAllAsync(range, cancellationToken))
        {
            periods.Add(Read(first.Length, row)!);
        }

        return periods;
    }

    /// <summary>The cells of a part of each of these periods.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<Cell>>> ReadAsync(
        IReadOnlyList<StoredPeriod> periods, PeriodPart part, CancellationToken cancellationToken) =>
        await AtOnce.DoAsync(periods, period => ReadAsync(period, part, cancellationToken));

    /// <summary>
    /// Stores what was worked out, over the version that was read before that began. False where another was faster:
    /// then it is to be worked out once more.
    /// </summary>
    public async Task<bool> SaveAsync(
        Period period,
        StoredPeriod? before,
        PeriodFigures figures,
        DateTimeOffset workedOutAt,
        TimeSpan took,
        CancellationToken cancellationToken)
    {
        var head = new PeriodHead(
            workedOutAt,
            took,
            (before?.Head.Version ?? 0) + 1,
            Guid.NewGuid().ToString("N")[..8],
            new Dictionary<PeriodPart, int>(),
            [.. figures.CellsOf(PeriodPart.Totals)])
        {
            HasLostCalls = before?.Head.HasLostCalls,
        };
        var chunks = Parts.ToDictionary(part => part, part => Chunk(figures.CellsOf(part)).ToList());
        var isWithin = period.Length == PeriodLength.Hour
            && chunks.Values.Sum(all => all.Sum(chunk => chunk.Cells.Sum(cell => cell.Weight))) <= MaxWeight;
        if (!isWithin)
        {
            head = head with { Chunks = chunks.ToDictionary(part => part.Key, part => part.Value.Count) };
            var rows = chunks.SelectMany(part => part.Value.Index().Select(chunk => StoredCells.ToRow(
                PartsPartition, KeyOf(period, head, part.Key, chunk.Index), chunk.Item)));
            await _table.UpsertManyAsync(rows, cancellationToken);
        }

        var row = Stored.ToRow(period.Partition, period.Key, head, before?.ETag);
        if (isWithin)
        {
            foreach (var (part, all) in chunks)
            {
                Within[part].Put(row, new CellList([.. all.SelectMany(chunk => chunk.Cells)]));
            }
        }

        var etag = before is null
            ? await _table.InsertAsync(row, cancellationToken)
            : await _table.ReplaceAsync(row, cancellationToken);
        if (etag is null)
        {
            return false;
        }

        if (!isWithin || before?.Head.Chunks.Count > 0)
        {
            await RemoveEarlierAsync(period, head, cancellationToken);
        }

        return true;
    }

    /// <summary>
    /// Notes that a call of the hour is about to be removed. Who has read the hour before works it out once more, with
    /// this in mind. An hour that was never worked out has no figures to keep.
    /// </summary>
    public async Task NoteLostCallsAsync(Period hour, CancellationToken cancellationToken)
    {
        bool isNoted;
        do
        {
            isNoted = await GetAsync(hour, cancellationToken) is not { Head.HasLostCalls: not true } stored
                || await _table.ReplaceAsync(
                    Stored.Put(stored.Row, stored.Head with { HasLostCalls = true }), cancellationToken) is not null;
        }
        while (!isNoted);
    }

    /// <summary>Which calls have been counted; null where that has not begun.</summary>
    public async ValueTask<FiguresState?> GetStateAsync(CancellationToken cancellationToken) =>
        StoredState.FromRow(await _table.GetAsync(StatePartition, StateKey, cancellationToken));

    public async Task PutStateAsync(FiguresState state, CancellationToken cancellationToken) =>
        await _table.UpsertAsync(StoredState.ToRow(StatePartition, StateKey, state), cancellationToken);

    private async Task<IReadOnlyList<Cell>> ReadAsync(
        StoredPeriod period, PeriodPart part, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (part == PeriodPart.Totals)
            {
                return period.Head.Totals;
            }

            if (Within[part].IsIn(period.Row))
            {
                return Within[part].FromRow(period.Row).Cells;
            }

            var (latest, count) = (period, period.Head.Chunks.GetValueOrDefault(part));
            var rows = await _table.GetManyAsync(
                [.. Enumerable.Range(0, count).Select(
                    chunk => (PartsPartition, KeyOf(latest.Period, latest.Head, part, chunk)))],
                cancellationToken);
            if (!rows.Contains(null))
            {
                return [.. rows.SelectMany(row => StoredCells.FromRow(row)!.Cells)];
            }

            // It was worked out anew since its row was read, and the parts of that version are deleted.
            period = await GetAsync(period.Period, cancellationToken)
                ?? throw new InvalidDataException("The row of a period with figures was deleted.");
        }

        throw new StorageException($"The figures changed under each of {MaxTries} readings.");
    }

    // Others may be about to store a later version than this one: those stay.
    private async Task RemoveEarlierAsync(Period period, PeriodHead head, CancellationToken cancellationToken)
    {
        var range = new RowRange(PartsPartition)
        {
            From = Keys.Join(NameOf(period), ""),
            Before = Keys.Join(NameOf(period), VersionOf(head.Version)),
        };
        var rows = new List<Row>();
        await foreach (var row in _table.ReadAllAsync(range, cancellationToken))
        {
            rows.Add(new Row(row.Partition, row.Key, row.ETag));
        }

        await _table.DeleteUnchangedAsync(rows, cancellationToken);
    }

    private static IEnumerable<CellList> Chunk(IEnumerable<Cell> cells)
    {
        var (some, weight) = (new List<Cell>(), 0);
        foreach (var cell in cells)
        {
            if (weight + cell.Weight > MaxWeight)
            {
                yield return new CellList(some);
                (some, weight) = ([], 0);
            }

            some.Add(cell);
            weight += cell.Weight;
        }

        if (some.Count > 0)
        {
            yield return new CellList(some);
        }
    }

    private static StoredPeriod? Read(PeriodLength length, Row? row) =>
        row is null ? null : new StoredPeriod(Period.Read(length, row.Key), Stored.FromRow(row), row);

    private static string KeyOf(Period period, PeriodHead head, PeriodPart part, int chunk) => Keys.Join(
        NameOf(period),
        VersionOf(head.Version),
        head.Stamp,
        NameOf(part),
        chunk.ToString("0000", CultureInfo.InvariantCulture));

    private static string NameOf(Period period) => Keys.Join(period.Partition, period.Key);

    private static string NameOf(PeriodPart part) => part switch
    {
        PeriodPart.Detail => "detail",
        PeriodPart.Contacts => "contacts",
        _ => "teamcontacts",
    };

    private static string VersionOf(long version) => version.ToString("D12", CultureInfo.InvariantCulture);
}

/// <summary>A period as its row has it.</summary>
public sealed record StoredPeriod(Period Period, PeriodHead Head, Row Row)
{
    /// <summary>The row's version.</summary>
    public string ETag => Row.ETag!;
}

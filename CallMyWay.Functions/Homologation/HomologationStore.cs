using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Homologation;

/// <summary>
/// The runs, the newest first: a row for each run, and behind it one for each of its cases that was touched. So a run is
/// read by one query, whatever is known of it.
/// </summary>
public sealed class HomologationStore(ITables tables)
{
    /// <summary>So many runs are read at once: a storage answers 1000 rows.</summary>
    public const int MostRuns = 10;

    internal const string Partition = "run";

    private const int MaxAttempts = 20;

    private static readonly StoredJson<Run> Runs = new(HomologationJson.Default, "run");

    private static readonly StoredJson<CaseResult> Cases = new(HomologationJson.Default, "case");

    private readonly ITable _table = tables[StorageNames.Homologation];

    public async Task<Run> InsertAsync(Run run, CancellationToken cancellationToken) =>
        run with
        {
            ETag = await _table.InsertAsync(Runs.ToRow(Partition, KeyOf(run.RunId)!, run), cancellationToken)
                ?? throw new InvalidOperationException("A new run has the id of another."),
        };

    /// <summary>The run; null where there is none of this id.</summary>
    public async Task<RunState?> GetAsync(string runId, CancellationToken cancellationToken)
    {
        if (KeyOf(runId) is not { } key)
        {
            return null;
        }

        var rows = await _table.ReadAsync(
            new RowRange(Partition) { From = key, Before = Keys.AfterPrefix(key) }, cancellationToken);
        return Group(rows).FirstOrDefault();
    }

    /// <summary>A page of the runs, the newest first. With an account it can be short.</summary>
    public async Task<Page<RunState>> ListAsync(
        string? account, PageRequest page, CancellationToken cancellationToken)
    {
        var take = Math.Min(page.Take, MostRuns);
        var rows = await _table.ReadAsync(
            new RowRange(Partition)
            {
                // The cases of the last run of the page before come first. They belong to no run that is read.
                From = page.After?.From,
                Take = Math.Min(RowRange.MaxTake, (take + 2) * (Catalogue.All.Count + 1)),
            },
            cancellationToken);
        var all = Group(rows).ToList();
        var shown = all.Take(take).ToList();
        return new Page<RunState>(
            [.. shown.Where(run => account is null || run.Run.Account == account)],
            all.Count > take ? new PageToken(Partition, KeyOf(shown[^1].Run.RunId)!).ToString() : null);
    }

    /// <summary>
    /// Changes what is known of a case, whoever else does so at the same time. The run's row is written with it in one
    /// operation, so that its version is another one after each change of any of its cases.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="code">The case.</param>
    /// <param name="change">From what was known; null where there is nothing to say.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <param name="version">The version of the run that the change is meant for; null for any.</param>
    public async Task<CaseChange> ChangeAsync(
        string runId,
        string code,
        Func<CaseResult, CaseResult?> change,
        CancellationToken cancellationToken,
        string? version = null)
    {
        var runKey = KeyOf(runId)!;
        var key = Keys.Join(runKey, code);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var rows = await _table.GetManyAsync([(Partition, runKey), (Partition, key)], cancellationToken);
            if (rows[0] is not { } runRow || (version is not null && version != runRow.ETag))
            {
                return new CaseChange(null, IsOfVersion: false);
            }

            if (change(Cases.FromRow(rows[1]) ?? new CaseResult()) is not { } after)
            {
                return new CaseChange(null, IsOfVersion: true);
            }

            var next = Cases.ToRow(Partition, key, after, rows[1]?.ETag);
            if (await _table.BatchAsync(
                [RowChange.Replace(runRow), rows[1] is null ? RowChange.Insert(next) : RowChange.Replace(next)],
                cancellationToken))
            {
                return new CaseChange(after, IsOfVersion: true);
            }
        }

        throw new InvalidOperationException($"Others changed it first at each of {MaxAttempts} attempts.");
    }

    // A run's cases stand behind it, as their keys begin with its own.
    private static IEnumerable<RunState> Group(IEnumerable<Row> rows)
    {
        Run? run = null;
        var cases = new Dictionary<string, CaseResult>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (Runs.IsIn(row))
            {
                if (run is not null)
                {
                    yield return new RunState(run, cases);
                }

                run = Runs.FromRow(row) with { ETag = row.ETag };
                cases = new Dictionary<string, CaseResult>(StringComparer.Ordinal);
            }
            else
            {
                cases[row.Key[(row.Key.LastIndexOf(Keys.Separator) + 1)..]] = Cases.FromRow(row);
            }
        }

        if (run is not null)
        {
            yield return new RunState(run, cases);
        }
    }

    // The first 48 bits of the id are the time: milliseconds since 1970.
    private static string? KeyOf(string runId) =>
        Guid.TryParseExact(runId, "N", out var id) && id.Version == 7
        && long.Parse(runId.AsSpan(0, 12), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is var milliseconds
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? Keys.Join(Keys.NewestFirst(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)), id.ToString("N"))
            : null;
}

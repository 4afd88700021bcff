using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Jobs;

/// <summary>
/// The jobs, one row each: the partition is the kind, the key sorts the newest first. The partition <c>open</c> names
/// those that are not over. Its row is written before the job's and deleted after the job is over, so that no job is
/// left out.
/// </summary>
public sealed class JobStore(ITables tables)
{
    private const string OpenPartition = "open";

    private const string KindColumn = "kind";

    private const string CreatedColumn = "createdAt";

    private static readonly StoredJson<Job> Stored = new(JobsJson.Default);

    private readonly ITable _table = tables[StorageNames.Jobs];

    /// <summary>The job; null where there is none of this kind and id.</summary>
    public async ValueTask<Job?> GetAsync(string kind, string jobId, CancellationToken cancellationToken) =>
        KeyOf(jobId) is { } key && await _table.GetAsync(PartitionOf(kind), key, cancellationToken) is { } row
            ? Read(row)
            : null;

    /// <summary>A page of the jobs of a kind, the newest first.</summary>
    public async Task<Page<Job>> ListAsync(string kind, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await _table.ReadAsync(
            new RowRange(PartitionOf(kind)) { From = page.After?.From, Take = page.Take + 1 }, cancellationToken);
        var last = rows.Count > page.Take ? rows[page.Take - 1] : null;
        return new Page<Job>(
            [.. rows.Take(page.Take).Select(row => Read(row))],
            last is null ? null : new PageToken(last.Partition, last.Key).ToString());
    }

    internal async Task<Job> InsertAsync(Job job, CancellationToken cancellationToken)
    {
        await _table.UpsertAsync(
            new Row(OpenPartition, job.JobId).Set(KindColumn, job.Kind).Set(CreatedColumn, job.CreatedAt),
            cancellationToken);
        var etag = await _table.InsertAsync(
            Stored.ToRow(PartitionOf(job.Kind), KeyOf(job.JobId)!, job), cancellationToken);
        return job with { ETag = etag ?? throw new InvalidOperationException("A new job has the id of another.") };
    }

    /// <summary>Stores the job over the version that was read; null where it has changed.</summary>
    internal async Task<Job?> ReplaceAsync(Job job, CancellationToken cancellationToken) =>
        await _table.ReplaceAsync(
            Stored.ToRow(PartitionOf(job.Kind), KeyOf(job.JobId)!, job, job.ETag), cancellationToken) is { } etag
            ? job with { ETag = etag }
            : null;

    /// <summary>The jobs that are not over, as far as is known, and when each was created.</summary>
    internal async IAsyncEnumerable<(string Kind, string JobId, DateTimeOffset CreatedAt)> ListOpenAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.ReadAllAsync(new RowRange(OpenPartition), cancellationToken))
        {
            yield return (row.Text(KindColumn)!, row.Key, row.Time(CreatedColumn)!.Value);
        }
    }

    /// <summary>Takes a job off those that are not over.</summary>
    internal async Task CloseAsync(string jobId, CancellationToken cancellationToken) =>
        await _table.DeleteAsync(OpenPartition, jobId, null, cancellationToken);

    internal static string PartitionOf(string kind) => Keys.Join("kind", Keys.Encode(kind));

    /// <summary>False for a row that only names a job.</summary>
    internal static bool IsJob(Row row) => row.Partition != OpenPartition;

    internal static Job Read(Row row) => Stored.FromRow(row) with { ETag = row.ETag };

    // The first 48 bits of the id are the time: milliseconds since 1970.
    private static string? KeyOf(string jobId) =>
        Guid.TryParseExact(jobId, "N", out var id) && id.Version == 7
        && long.Parse(jobId.AsSpan(0, 12), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is var milliseconds
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? Keys.Join(Keys.NewestFirst(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)), jobId)
            : null;
}

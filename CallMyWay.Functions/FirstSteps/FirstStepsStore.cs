using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.FirstSteps;

/// <summary>What an administrator has decided of the first steps: one row.</summary>
public sealed class FirstStepsStore(ITables tables)
{
    private const string Partition = "rules";

    private const string Key = "first-steps";

    private const int MaxAttempts = 20;

    private static readonly StoredJson<FirstStepsChoice> Stored = new(FirstStepsJson.Default);

    private readonly ITable _table = tables[StorageNames.Outcomes];

    public async ValueTask<FirstStepsChoice> GetAsync(CancellationToken cancellationToken) =>
        await _table.GetAsync(Partition, Key, cancellationToken) is { } row
            ? Stored.FromRow(row) with { ETag = row.ETag }
            : new FirstStepsChoice();

    /// <summary>Changes it, whoever else does so at the same time.</summary>
    /// <param name="change">What becomes of it; it may be called again.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<FirstStepsChoice> ChangeAsync(
        Func<FirstStepsChoice, FirstStepsChoice> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var before = await GetAsync(cancellationToken);
            var after = change(before);
            var row = Stored.ToRow(Partition, Key, after, before.ETag);
            var etag = before.ETag is null
                ? await _table.InsertAsync(row, cancellationToken)
                : await _table.ReplaceAsync(row, cancellationToken);
            if (etag is not null)
            {
                return after with { ETag = etag };
            }
        }

        throw new InvalidOperationException($"Others changed it first at each of {MaxAttempts} attempts.");
    }
}

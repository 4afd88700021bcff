using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.Retention;

/// <summary>Until when calls were dealt with: rows of the table <c>sweeps</c>.</summary>
public sealed class RetentionProgress(ITables tables)
{
    private const string AtColumn = "at";

    private readonly ITable _table = tables[StorageNames.Sweeps];

    /// <summary>Calls that began before this have been through the stage.</summary>
    public async ValueTask<DateTimeOffset?> GetAsync(RetentionStage stage, CancellationToken cancellationToken) =>
        (await _table.GetAsync(RetentionStore.Partition, KeyOf(stage), cancellationToken))?.Time(AtColumn);

    public async Task PutAsync(RetentionStage stage, DateTimeOffset before, CancellationToken cancellationToken) =>
        await _table.UpsertAsync(
            new Row(RetentionStore.Partition, KeyOf(stage)).Set(AtColumn, before), cancellationToken);

    /// <summary>
    /// Goes back to what looser rules ask for: calls between, which a backfill can bring back now, are gone over again
    /// where the rules become stricter once more.
    /// </summary>
    public async Task LoosenAsync(RetentionRules rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var stage in Enum.GetValues<RetentionStage>())
        {
            var end = RetentionSpan.EndOf(stage, rules, now);
            if (await GetAsync(stage, cancellationToken) is not { } reached || reached <= end)
            {
                continue;
            }

            if (end is { } before)
            {
                await PutAsync(stage, before, cancellationToken);
            }
            else
            {
                await _table.DeleteAsync(RetentionStore.Partition, KeyOf(stage), null, cancellationToken);
            }
        }
    }

    private static string KeyOf(RetentionStage stage) => Keys.Join("reached", stage.ToString());
}

using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Presence;

/// <summary>
/// The reasons for a pause: one row, as they are read and written together. Until an administrator writes them, there
/// are those of most offices.
/// </summary>
public sealed class PauseReasonStore(ITables tables)
{
    internal const string Partition = "reasons";

    private const string Key = "all";

    private static readonly IReadOnlyList<PauseReason> AtFirst =
    [
        new("almuerzo", "Almuerzo", "Lunch"),
        new("pausa", "Pausa", "Break"),
        new("reunion", "Reunión", "Meeting"),
        new("capacitacion", "Capacitación", "Training"),
    ];

    private static readonly StoredJson<PauseReasonList> Stored = new(PresenceJson.Default);

    private readonly ITable _table = tables[StorageNames.Presence];

    public async ValueTask<PauseReasonList> GetAsync(CancellationToken cancellationToken) =>
        await _table.GetAsync(Partition, Key, cancellationToken) is { } row
            ? Stored.FromRow(row) with { ETag = row.ETag }
            : new PauseReasonList(AtFirst, null);

    /// <summary>
    /// Stores the list over the given version (<see cref="TableExtensions.PutAsync"/>). Null if the list has changed.
    /// </summary>
    public async Task<PauseReasonList?> PutAsync(PauseReasonList reasons, CancellationToken cancellationToken)
    {
        var row = Stored.ToRow(Partition, Key, reasons with { ETag = null }, reasons.ETag);
        var etag = await _table.PutAsync(row, cancellationToken);
        return etag is null ? null : reasons with { ETag = etag };
    }
}

using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Contacts;

/// <summary>
/// The contacts' own fields: one row, as they are read and written together. Until an administrator writes them, there
/// are those of the setting <c>Contacts:Fields</c>.
/// </summary>
public sealed class ContactFieldStore
{
    /// <summary>What is read often is at most so old.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromSeconds(30);

    private const string Partition = "rules";

    private const string Key = "contact-fields";

    private static readonly StoredJson<ContactFieldList> Stored = new(ContactsJson.Default);

    private readonly ITable _table;

    private readonly IOptions<ContactFieldsOptions> _options;

    private readonly RecentReading<ContactFieldList> _recent;

    public ContactFieldStore(ITables tables, IOptions<ContactFieldsOptions> options, TimeProvider clock)
    {
        _table = tables[StorageNames.Outcomes];
        _options = options;
        _recent = new RecentReading<ContactFieldList>(ReadAsync, Recheck, clock);
    }

    public ValueTask<ContactFieldList> GetAsync(CancellationToken cancellationToken) =>
        _recent.ReadAsync(cancellationToken);

    /// <summary>
    /// The fields for what is asked often: from a reading that is at most <see cref="Recheck"/> old. What this process
    /// changes shows at once.
    /// </summary>
    public ValueTask<ContactFieldList> GetRecentAsync(CancellationToken cancellationToken) =>
        _recent.GetAsync(cancellationToken);

    /// <summary>
    /// Stores the list over the given version (<see cref="TableExtensions.PutAsync"/>). Null if the list has changed.
    /// </summary>
    public async Task<ContactFieldList?> PutAsync(ContactFieldList fields, CancellationToken cancellationToken)
    {
        var row = Stored.ToRow(Partition, Key, fields with { ETag = null }, fields.ETag);
        var etag = await _recent.ForgetAfterAsync(_table.PutAsync(row, cancellationToken));
        return etag is null ? null : fields with { ETag = etag };
    }

    private async ValueTask<ContactFieldList> ReadAsync(CancellationToken cancellationToken) =>
        await _table.GetAsync(Partition, Key, cancellationToken) is { } row
            ? Stored.FromRow(row) with { ETag = row.ETag }
            : new ContactFieldList([.. _options.Value.Fields.Select(field => field.ToDefinition())], null);
}

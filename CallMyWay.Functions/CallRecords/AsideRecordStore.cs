using System.Security.Cryptography;
using System.Text;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.CallRecords;

/// <summary>A record that can't be a call's, as it is kept.</summary>
/// <param name="Account">The account's username.</param>
/// <param name="FirstAt">When it was read first.</param>
/// <param name="RecordId">Its id; null where it has none.</param>
/// <param name="Field">The field that is wrong.</param>
/// <param name="ReasonEs">Why, in Spanish.</param>
/// <param name="ReasonEn">Why, in English.</param>
/// <param name="Raw">The record as it came.</param>
public sealed record KeptAsideRecord(
    string Account,
    DateTimeOffset FirstAt,
    string? RecordId,
    string Field,
    string ReasonEs,
    string ReasonEn,
    string Raw);

/// <summary>
/// The records that can't be a call's, for the administrator. Partition: the account. Key: a hash of the record, so that
/// one that comes again with each pull is one.
/// </summary>
public sealed class AsideRecordStore(ITables tables)
{
    private static readonly StoredJson<KeptAsideRecord> Stored = new(CallRecordsJson.Default);

    private readonly ITable _table = tables[StorageNames.AsideRecords];

    /// <summary>Keeps the records that are not kept yet.</summary>
    public Task KeepAsync(
        Account account, IEnumerable<AsideRecord> records, DateTimeOffset now, CancellationToken cancellationToken) =>
        AtOnce.DoAsync(
            records.DistinctBy(record => record.Raw),
            record => _table.InsertAsync(
                Stored.ToRow(
                    Keys.Encode(account.Username),
                    KeyOf(record.Raw),
                    new KeptAsideRecord(
                        account.Username,
                        now,
                        record.RecordId,
                        record.Field,
                        record.Reason.Es,
                        record.Reason.En,
                        record.Raw)),
                cancellationToken).AsTask());

    /// <summary>The account's records, the last that was kept first.</summary>
    public async Task<IReadOnlyList<KeptAsideRecord>> ListAsync(string account, CancellationToken cancellationToken)
    {
        var records = new List<KeptAsideRecord>();
        await foreach (var row in _table.ReadAllAsync(new RowRange(Keys.Encode(account)), cancellationToken))
        {
            records.Add(Read(row));
        }

        return [.. records.OrderByDescending(record => record.FirstAt)];
    }

    internal static KeptAsideRecord Read(Row row) => Stored.FromRow(row);

    /// <summary>By what a record is known when it comes again.</summary>
    internal static string KeyOf(string raw) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(raw)).AsSpan(0, 16));
}

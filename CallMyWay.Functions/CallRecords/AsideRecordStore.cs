using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using CallMyWay.Functions.Calls;
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
/// <param name="Whole">As in <see cref="AsideRecord.Whole"/>; null in what earlier releases kept.</param>
public sealed record KeptAsideRecord(
    string Account,
    DateTimeOffset FirstAt,
    string? RecordId,
    string Field,
    string ReasonEs,
    string ReasonEn,
    string Raw,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Whole = null);

/// <summary>
/// The records that can't be a call's, for the administrator. Partition: the account. Key: a hash of the record, so that
/// one that comes again with each pull is one. It goes once the operator has mended the record.
/// </summary>
public sealed class AsideRecordStore(ITables tables, TimeProvider clock)
{
    /// <summary>
    /// For so long a process knows which are kept. What another one keeps meanwhile, and the operator mends, is noticed
    /// when the record's day is read again.
    /// </summary>
    internal static readonly TimeSpan Remembers = TimeSpan.FromMinutes(10);

    private static readonly StoredJson<KeptAsideRecord> Stored = new(CallRecordsJson.Default);

    private readonly ITable _table = tables[StorageNames.AsideRecords];

    private readonly ConcurrentDictionary<string, KeptNames> _kept = new(StringComparer.Ordinal);

    /// <summary>Keeps the records that are not kept yet.</summary>
    public async Task KeepAsync(
        Account account, IEnumerable<AsideRecord> records, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var etags = await AtOnce.DoAsync(
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
                        record.Raw,
                        record.Whole)),
                cancellationToken).AsTask());
        if (etags.Any(etag => etag is not null))
        {
            _kept.TryRemove(account.Username, out _);
        }
    }

    /// <summary>
    /// Removes those that the operator has mended. To be called after the records are stored: where the process ends
    /// before it, they come again. It costs a query in ten minutes, and another one where there is something to remove.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="stored">Records that were stored now.</param>
    /// <param name="bad">Those that came with them and were set aside: each part of a call has its record.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task SettleAsync(
        Account account,
        IReadOnlyList<CallRecord> stored,
        IReadOnlyList<AsideRecord> bad,
        CancellationToken cancellationToken)
    {
        if (stored.Count == 0)
        {
            return;
        }

        var since = MarkedAt.Now(clock);
        if (!(_kept.TryGetValue(account.Username, out var kept) && kept.Since.IsWithin(Remembers, since, clock)))
        {
            var names = (await ListAsync(account.Username, cancellationToken)).Select(NameOf);
            kept = new KeptNames(names.OfType<string>().ToHashSet(StringComparer.Ordinal), since);
            _kept[account.Username] = kept;
        }

        if (kept.Names.Count == 0)
        {
            return;
        }

        var mended = stored.SelectMany(record => NamesOf(record)).Where(kept.Names.Contains)
            .Except(
                bad.Select(record => NameOf(record.Whole, record.RecordId, record.Raw)).OfType<string>(),
                StringComparer.Ordinal)
            .ToHashSet(StringComparer.Ordinal);
        if (mended.Count == 0)
        {
            return;
        }

        var rows = new List<Row>();
        await foreach (var row in _table.ReadAllAsync(
            new RowRange(Keys.Encode(account.Username)), cancellationToken))
        {
            var record = Read(row);
            if (NameOf(record) is { } name && mended.Contains(name))
            {
                rows.Add(row);
            }
        }

        await _table.DeleteUnchangedAsync(rows, cancellationToken);
        _kept.TryRemove(account.Username, out _);
    }

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

    private static string? NameOf(KeptAsideRecord record) => NameOf(record.Whole, record.RecordId, record.Raw);

    /// <summary>
    /// By what the mended record is known; null where nothing tells it. Of one that is whole it is not the id alone: each
    /// part of a call has a record with it.
    /// </summary>
    private static string? NameOf(string? whole, string? recordId, string raw) =>
        whole is not null ? OfIdentity(whole)
        : recordId ?? (CallRecordReader.IdentityWithoutId(raw) is { } identity ? OfIdentity(identity) : null);

    private static IEnumerable<string> NamesOf(CallRecord record) =>
    [
        record.RecordId,
        OfIdentity(record.Identity()),
        OfIdentity((record with { RecordId = "" }).Identity()),
    ];

    // No id has a blank at its beginning.
    private static string OfIdentity(string identity) => $" {identity}";

    /// <summary>By what an account's records are known once they are mended, and since when we know them.</summary>
    private sealed record KeptNames(IReadOnlySet<string> Names, MarkedAt Since);
}

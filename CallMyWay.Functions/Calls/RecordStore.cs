using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// The operator's records by their time, the newest first: one row for each record that stands, with what a statement
/// adds up. The whole record is a fact of its call. Partition: the account. Key: when the call was detected, the
/// record's id, and a hash of its phones. It is the same where the record is joined with another call, so that the
/// record counts once. The row is written before the call, and one that leads nowhere is written again with the record.
/// </summary>
public sealed class RecordStore(ITables tables)
{
    private const string CallIdColumn = "callId";

    private const string ConnectedColumn = "connected";

    private const string SecondsColumn = "seconds";

    private const string CostColumn = "cost";

    private const string FeeColumn = "fee";

    private const string RateColumn = "rate";

    private const string PatternColumn = "pattern";

    private const string RouteColumn = "route";

    private const string RecordIdColumn = "recordId";

    private const string ReceivedColumn = "received";

    private const string FormerCostColumn = "formerCost";

    private const string FormerFeeColumn = "formerFee";

    private readonly ITable _table = tables[StorageNames.CallRecords];

    /// <summary>The row of a record, to be written before its call.</summary>
    /// <param name="call">Its call.</param>
    /// <param name="fact">The record.</param>
    /// <param name="former">What an invoice may have instead (<see cref="FormerOf"/>).</param>
    public static IndexRow RowOf(CallKey call, RecordFact fact, RecordFact? former = null) => new(
        StorageNames.CallRecords,
        new Row(Keys.Encode(call.Account), KeyOf(fact))
            .Set(CallIdColumn, call.CallId)
            .Set(ConnectedColumn, fact.ConnectedAt)
            .Set(SecondsColumn, fact.Duration)
            .Set(CostColumn, Text(fact.Cost))
            .Set(FeeColumn, Text(fact.AccessFee))
            .Set(RateColumn, Text(fact.Rate))
            .Set(PatternColumn, fact.RoutePattern)
            .Set(RouteColumn, fact.RouteName)
            .Set(RecordIdColumn, fact.RecordId)
            .Set(ReceivedColumn, fact.At)
            .Set(FormerCostColumn, Text(former?.Cost))
            .Set(FormerFeeColumn, Text(former?.AccessFee)));

    /// <summary>
    /// The record that an invoice may have instead of this one: of those that it corrects the last that came before the
    /// end of its month, else the first that is known. Null where it corrects none.
    /// </summary>
    /// <param name="account">Its account.</param>
    /// <param name="fact">The record.</param>
    /// <param name="known">The records of its call, in their order.</param>
    public static RecordFact? FormerOf(Account account, RecordFact fact, IEnumerable<RecordFact> known)
    {
        var day = DayOf(account, fact);
        var monthsEnd = account.TimeZone.StartOf(new DateOnly(day.Year, day.Month, 1).AddMonths(1));
        List<RecordFact> earlier =
            [.. known.Where(each => each.Part == fact.Part && RecordFact.Compare(each, fact) != 0)];
        return earlier.LastOrDefault(each => each.At < monthsEnd) ?? earlier.FirstOrDefault();
    }

    /// <summary>The day that a record counts for, in its account's zone.</summary>
    public static DateOnly DayOf(Account account, RecordFact fact) => account.TimeZone.DayOf(TimeOf(fact));

    /// <summary>True where a row of the record that was corrected stands beside that of the correction.</summary>
    public async Task<bool> IsLeftAsync(
        CallKey call, RecordFact former, RecordFact now, CancellationToken cancellationToken)
    {
        foreach (var key in FormerKeys(former, now))
        {
            if (await _table.GetAsync(Keys.Encode(call.Account), key, cancellationToken) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Removes the row of a record that was corrected, where the correction stands under another time.
    /// </summary>
    public async Task RemoveAsync(CallKey call, RecordFact former, RecordFact now, CancellationToken cancellationToken)
    {
        foreach (var key in FormerKeys(former, now))
        {
            await _table.DeleteAsync(Keys.Encode(call.Account), key, null, cancellationToken);
        }
    }

    /// <summary>The account's records of calls that were detected in this time, the newest first.</summary>
    public async IAsyncEnumerable<PricedRecord> ReadAsync(
        string account,
        DateTimeOffset from,
        DateTimeOffset until,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var range = new RowRange(Keys.Encode(account))
        {
            From = Keys.NewestFirst(until.AddTicks(-1)),
            Before = Keys.AfterPrefix(Keys.NewestFirst(from)),
        };
        await foreach (var row in _table.ReadAllAsync(range, cancellationToken))
        {
            yield return new PricedRecord(
                new CallKey(row.Text(CallIdColumn)!, account),
                Keys.TimeOf(row.Key)!.Value,
                row.Time(ConnectedColumn),
                (int?)row.Number(SecondsColumn),
                Money(row.Text(CostColumn)),
                Money(row.Text(FeeColumn)),
                Money(row.Text(RateColumn)),
                row.Text(PatternColumn),
                row.Text(RouteColumn))
            {
                RecordId = row.Text(RecordIdColumn),
                ReceivedAt = row.Time(ReceivedColumn),
                FormerCost = Money(row.Text(FormerCostColumn)),
                FormerFee = Money(row.Text(FormerFeeColumn)),
            };
        }
    }

    private static DateTimeOffset TimeOf(RecordFact fact) => fact.DetectedAt ?? fact.ConnectedAt ?? fact.At;

    // An earlier release hashed the call too that a record was joined with.
    private static IEnumerable<string> FormerKeys(RecordFact former, RecordFact now)
    {
        string[] keys = former.RecordId is null ? [KeyOf(former)] : [KeyOf(former), KeyOf(former, former.Part)];
        return keys.Distinct(StringComparer.Ordinal).Where(key => key != KeyOf(now));
    }

    private static string KeyOf(RecordFact fact) =>
        KeyOf(fact, (fact.RecordId is { } id ? fact with { CallId = id } : fact).Part);

    // Two phones that ring at once can each have a record under one id.
    private static string KeyOf(RecordFact fact, string part) => Keys.Join(
        Keys.NewestFirst(TimeOf(fact)),
        Keys.Encode(fact.RecordId ?? fact.CallId),
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(part)).AsSpan(0, 4)));

    private static string? Text(decimal? money) => money?.ToString(CultureInfo.InvariantCulture);

    private static decimal? Money(string? text) =>
        text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>What a statement adds up of a record. Money is in the account's currency.</summary>
/// <param name="Call">The call that it is of.</param>
/// <param name="DetectedAt">When the operator detected it.</param>
/// <param name="ConnectedAt">Null where it did not connect.</param>
/// <param name="Seconds">How long they talked.</param>
/// <param name="Cost">What the operator charges for it.</param>
/// <param name="AccessFee">What the operator charges for access.</param>
/// <param name="Rate">By the minute.</param>
/// <param name="RoutePattern">The dialling pattern that the rate belongs to.</param>
/// <param name="RouteName">The destination, of an outgoing call.</param>
public sealed record PricedRecord(
    CallKey Call,
    DateTimeOffset DetectedAt,
    DateTimeOffset? ConnectedAt,
    int? Seconds,
    decimal? Cost,
    decimal? AccessFee,
    decimal? Rate,
    string? RoutePattern,
    string? RouteName)
{
    /// <summary>The record's own id, where it is not the call's.</summary>
    public string? RecordId { get; init; }

    /// <summary>When it was received; null where that was not kept.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>What the record said that an invoice may have instead; null where it is the first.</summary>
    public decimal? FormerCost { get; init; }

    public decimal? FormerFee { get; init; }
}

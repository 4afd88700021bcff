using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace CallMyWay.Functions.Operator;

/// <summary>Which records a request asks for.</summary>
public sealed record RecordsQuery
{
    /// <summary>True for the calls that go on, at the path of the settings.</summary>
    public bool IsLive { get; private init; }

    /// <summary>The account's local time; null for the last 24 hours.</summary>
    public DateTime? From { get; private init; }

    public DateTime? To { get; private init; }

    /// <summary>How many records to pass over (<c>ini</c>).</summary>
    public int Skip { get; private init; }

    /// <summary>How many to answer (<c>cant</c>).</summary>
    public int Take { get; private init; }

    /// <summary>The last 24 hours, in one answer.</summary>
    public static RecordsQuery Recent { get; } = new();

    /// <summary>The calls that go on.</summary>
    public static RecordsQuery Live { get; } = new() { IsLive = true };

    /// <summary>
    /// A page of a range of time. Where the zone sets its clock back or ahead near one of its ends, the range is an hour
    /// longer there: of a local time that comes twice, both are in it.
    /// </summary>
    public static RecordsQuery Range(Account account, DateTimeOffset from, DateTimeOffset to, int skip, int take)
    {
        var zone = account.TimeZone;
        return new RecordsQuery
        {
            From = WholeSecond(account.LocalTime(from - (IsNearChange(zone, from) ? Hour : TimeSpan.Zero))),
            To = WholeSecond(account.LocalTime(to + (IsNearChange(zone, to) ? Hour : TimeSpan.Zero))).AddSeconds(1),
            Skip = skip,
            Take = take,
        };
    }

    /// <summary>Exactly this range of the account's local time: to find out what the operator makes of its ends.</summary>
    public static RecordsQuery Exactly(DateTime from, DateTime to, int skip, int take) =>
        new() { From = WholeSecond(from), To = WholeSecond(to), Skip = skip, Take = take };

    /// <summary>The query behind the user name and the password.</summary>
    internal string ToText() => IsLive ? ""
        : From is null ? "&recent=1"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"&dateStart={Text(From.Value)}&dateEnd={Text(To!.Value)}&ini={Skip}&cant={Take}");

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static bool IsNearChange(TimeZoneInfo zone, DateTimeOffset time) =>
        zone.GetUtcOffset(time - (2 * Hour)) != zone.GetUtcOffset(time + (2 * Hour));

    private static DateTime WholeSecond(DateTime time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    private static string Text(DateTime time) =>
        Uri.EscapeDataString(time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
}

/// <summary>What came of a request for records.</summary>
public enum RecordsResult
{
    /// <summary>A list of records was read; it may be empty.</summary>
    Read,

    /// <summary>The operator refuses: the password, the address from which we ask, or the query.</summary>
    Refused,

    /// <summary>The operator answered with something that is no list of records.</summary>
    Unreadable,

    /// <summary>The operator answered with an error of its own.</summary>
    Failed,

    /// <summary>The answer is larger than we read: ask for fewer records.</summary>
    TooLarge,

    /// <summary>The request was sent, and no whole answer came in time.</summary>
    NoAnswer,

    /// <summary>The operator could not be reached: nothing was sent.</summary>
    NotSent,

    /// <summary>The account's turn had passed before the request could be sent: nothing was sent.</summary>
    TooLate,
}

/// <summary>The operator's answer to a request for records.</summary>
/// <param name="Result">What came of it.</param>
/// <param name="Status">The HTTP status; 0 where there was no answer.</param>
/// <param name="Text">Of anything but a list, its form and the beginning of its text, without the password.</param>
/// <param name="Reading">The records, where a list was read.</param>
public sealed record RecordsAnswer(RecordsResult Result, int Status, string Text, RecordsReading? Reading)
{
    /// <summary>True where the operator may have counted the request.</summary>
    public bool MayBeSent => Result is not (RecordsResult.NotSent or RecordsResult.TooLate);

    /// <summary>Of a list, the beginning of its text, without the password; null for anything else.</summary>
    internal Lazy<string>? Beginning { get; init; }

    /// <summary>False where a list's bytes are not UTF-8.</summary>
    internal bool IsUtf8 { get; init; } = true;

    /// <summary>True where a list's bytes are the same in all encodings.</summary>
    internal bool IsAscii { get; init; }

    internal static RecordsAnswer Of(RawAnswer raw, Func<byte[], string> shown)
    {
        if (raw.Body is not { } body)
        {
            return new RecordsAnswer(
                raw.MayBeSent ? RecordsResult.NoAnswer : RecordsResult.NotSent, 0, raw.Failure ?? "", null);
        }

        if (raw.Status is < 200 or >= 300)
        {
            return new RecordsAnswer(
                raw.Status is >= 400 and < 500 and not 408 and not 429 ? RecordsResult.Refused : RecordsResult.Failed,
                raw.Status,
                shown(body),
                null);
        }

        if (!raw.IsWhole)
        {
            return new RecordsAnswer(RecordsResult.TooLarge, raw.Status, "", null);
        }

        var reading = CallRecordReader.Read(body);
        return reading.Form switch
        {
            RecordsForm.Records => new RecordsAnswer(RecordsResult.Read, raw.Status, "", reading)
            {
                // Only the homologation wants it.
                Beginning = new Lazy<string>(() => shown(body)),
                IsUtf8 = Utf8.IsValid(body),
                IsAscii = Ascii.IsValid(body),
            },
            RecordsForm.Refusal => new RecordsAnswer(RecordsResult.Refused, raw.Status, shown(body), null),
            var form => new RecordsAnswer(RecordsResult.Unreadable, raw.Status, $"{form}: {shown(body)}", null),
        };
    }
}

/// <summary>An answer as it came.</summary>
/// <param name="MayBeSent">False if certainly nothing of the request was sent.</param>
/// <param name="Status">0 where there was no answer.</param>
/// <param name="Body">Null where there was no whole answer in time.</param>
/// <param name="IsWhole">False where the body is longer than was read.</param>
/// <param name="Failure">Why there is none, without any address.</param>
internal sealed record RawAnswer(bool MayBeSent, int Status, byte[]? Body, bool IsWhole, string? Failure);

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Operator;

/// <summary>
/// A call record (CDR) of the operator (its document, section 3), read tolerantly. Times are the account's local ones.
/// A record names neither a direction nor an agent nor an end: those follow from the mappings, and from the connect
/// time plus the duration.
/// </summary>
public sealed record CallRecord
{
    /// <summary>The length of a hash, in hexadecimal digits.</summary>
    public const int HashLength = 16;

    /// <summary>The record's <c>callid</c>, as received.</summary>
    public required string RecordId { get; init; }

    /// <summary>The caller, as received.</summary>
    public string Ani { get; init; } = "";

    /// <summary>The called number, as received.</summary>
    public string Dnis { get; init; } = "";

    public DateTime? DetectTime { get; init; }

    /// <summary>Null where the call did not connect.</summary>
    public DateTime? ConnectTime { get; init; }

    /// <summary>In seconds. Of a call that goes on it is always 0.</summary>
    public int? Duration { get; init; }

    /// <summary>The CallMyWay user that called.</summary>
    public string? AniUser { get; init; }

    /// <summary>The CallMyWay user that was called.</summary>
    public string? DnisUser { get; init; }

    /// <summary>In the account's currency, as are <see cref="AccessFee"/> and <see cref="Rate"/>.</summary>
    public decimal? Cost { get; init; }

    public decimal? AccessFee { get; init; }

    /// <summary>By the minute.</summary>
    public decimal? Rate { get; init; }

    public string? RoutePattern { get; init; }

    /// <summary>The name of the destination, of an outgoing call.</summary>
    public string? RouteName { get; init; }

    /// <summary>The fields that the document does not name, as text; null where there are none.</summary>
    public IReadOnlyDictionary<string, string>? Other { get; init; }

    /// <summary>When the call began, or the first that is known of it.</summary>
    public DateTime BeganAt => DetectTime ?? ConnectTime
        ?? throw new InvalidOperationException("A record without times is set aside.");

    /// <summary>
    /// A hash of what tells it from the operator's other records, and what no correction changes. Its id alone does not:
    /// each leg of a call, and each phone that it rang at, can have a record under the call's id.
    /// </summary>
    public string Identity() => Hash(string.Create(
        CultureInfo.InvariantCulture, $"{RecordId}|{Ani}|{Dnis}|{DetectTime ?? ConnectTime:s}|{AniUser}|{DnisUser}"));

    /// <summary>A hash of what the record says, by which a repetition is known.</summary>
    public string Mark()
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{RecordId}|{Ani}|{Dnis}|{DetectTime:s}|{ConnectTime:s}|{Duration}|{AniUser}|{DnisUser}|{Cost}|{AccessFee}|{Rate}|{RoutePattern}|{RouteName}");
        foreach (var (name, value) in Other ?? new Dictionary<string, string>())
        {
            text += $"|{name}={value}";
        }

        return Hash(text);
    }

    /// <summary>
    /// What the record says (<see cref="Mark"/>), and then which record it is (<see cref="Identity"/>): a half of
    /// either hash.
    /// </summary>
    public string SeenMark() => Mark()[..(HashLength / 2)] + Identity()[..(HashLength / 2)];

    internal static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, HashLength / 2));
}

/// <summary>A record that can't be a call's, with the reason. It is kept for the administrator.</summary>
/// <param name="RecordId">Its <c>callid</c>; null where it has none.</param>
/// <param name="Field">The field that is wrong.</param>
/// <param name="Reason">Why, in plain words.</param>
/// <param name="Raw">The record as it came, cut where it is very long.</param>
/// <param name="Whole">
/// The identity of a record that can be a call's and could not be stored; null where something is wrong with it.
/// </param>
public sealed record AsideRecord(string? RecordId, string Field, Phrase Reason, string Raw, string? Whole = null)
{
    /// <summary>A hash of it, by which a repetition is known.</summary>
    public string Identity() => CallRecord.Hash(Raw);
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CallMyWay.Functions.Calls;

/// <summary>What a notification of the operator tells of.</summary>
public enum CallAction
{
    Start,
    End,
}

/// <summary>
/// A notification of the operator (its document, section 2), read tolerantly. Times are the account's local ones; those
/// that are empty, zero, 1970-01-01 or absurd are null.
/// </summary>
public sealed record CallEvent
{
    public required CallAction Action { get; init; }

    public required string CallId { get; init; }

    /// <summary>Empty where the operator sent none.</summary>
    public required string AccountId { get; init; }

    public string? EndpointId { get; init; }

    /// <summary>The caller, as received.</summary>
    public string Ani { get; init; } = "";

    /// <summary>The called number, as received.</summary>
    public string Dnis { get; init; } = "";

    public DateTime? DetectTime { get; init; }

    public DateTime? ConnectTime { get; init; }

    public DateTime? DisconnectTime { get; init; }

    /// <summary>As reported, taken for seconds: the document leaves its unit open.</summary>
    public int? Duration { get; init; }

    /// <summary>Null where the operator sent none that the document names.</summary>
    public CallDirection? Type { get; init; }

    /// <summary>In the account's currency.</summary>
    public decimal? Cost { get; init; }

    /// <summary>
    /// True where it was not notified: the operator's list of calls that go on has the call, whose start was lost.
    /// </summary>
    public bool IsLive { get; init; }

    // A notification is asked for its mark several times. Of its own, only the id of its call is changed meanwhile,
    // which is no part of the mark.
    private string? KnownMark { get; init; }

    /// <summary>The same with its <see cref="Mark"/> at hand. Nothing but the id of its call is to be changed then.</summary>
    internal CallEvent Marked() => this with { KnownMark = Mark() };

    /// <summary>
    /// A hash of what the operator said, not of how: a notification that is sent again is the same in JSON and in the
    /// document's form.
    /// </summary>
    public string Mark()
    {
        if (KnownMark is { } known)
        {
            return known;
        }

        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{Action}|{EndpointId}|{Ani}|{Dnis}|{DetectTime:s}|{ConnectTime:s}|{DisconnectTime:s}|{Duration}|{Type}|{Cost}");
        // A notification that says the same is still news: it was notified.
        text += IsLive ? "|live" : "";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }
}

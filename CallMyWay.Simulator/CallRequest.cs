using System.Globalization;

namespace CallMyWay.Simulator;

/// <summary>A call to simulate: the body of <c>POST /simulator/calls</c>.</summary>
public sealed record CallRequest
{
    public const int LongestSeconds = 86_400;

    // The longest wait of a timer.
    private const int LongestWaitDays = 30;

    /// <summary>
    /// Who calls: a number; for outgoing and internal calls a phone of the account. If it is missing, the caller is
    /// private.
    /// </summary>
    public string? From { get; init; }

    public string? To { get; init; }

    /// <c>in</c>, <c>out</c> or <c>internal</c>. If it is missing, it follows from which side is a phone of the
    /// account.
    public CallType? Type { get; init; }

    public int RingSeconds { get; init; } = 5;

    public int TalkSeconds { get; init; } = 20;

    public bool Answered { get; init; } = true;

    public string? CallId { get; init; }

    /// <summary>The phone that rings or calls, if it is not <see cref="To"/> or <see cref="From"/>.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The phones of a ring group.</summary>
    public IReadOnlyList<string>? Endpoints { get; init; }

    /// <summary>The phone of a ring group that answers; by default the first.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>The phone that an incoming call is handed over to.</summary>
    public string? TransferTo { get; init; }

    /// <summary>
    /// When the first phone leaves, after it has answered; by default in the middle of the conversation.
    /// </summary>
    public int? TransferAfterSeconds { get; init; }

    /// <summary>The account of the phones, by its username; by default it follows from the phones.</summary>
    public string? Account { get; init; }

    /// <summary>The caller hides the number.</summary>
    public bool Private { get; init; }

    /// <summary>
    /// When the call begins: ISO 8601 with an offset, or <c>yyyy-MM-dd HH:mm:ss</c> in the account's zone. A time in
    /// the past is not waited for, so a call of yesterday is over at once.
    /// </summary>
    public string? At { get; init; }

    /// <summary>False for a call that appears only in the records.</summary>
    public bool Notify { get; init; } = true;

    internal IEnumerable<(string Field, string Message)> Failures(Lines lines, DateTimeOffset now)
    {
        foreach (var (name, text) in Texts())
        {
            if (text is { Length: > 200 })
            {
                yield return (name, "must have at most 200 characters.");
            }
        }

        if (RingSeconds is < 0 or > LongestSeconds)
        {
            yield return ("ringSeconds", $"must be between 0 and {LongestSeconds}.");
        }

        if (TalkSeconds is < 0 or > LongestSeconds)
        {
            yield return ("talkSeconds", $"must be between 0 and {LongestSeconds}.");
        }

        if (Endpoint is not null && Endpoints is not null)
        {
            yield return ("endpoints", "is given beside endpoint: give one of the two.");
        }

        if (Endpoints is { } group && (group.Count is 0 or > 100 || group.Any(string.IsNullOrWhiteSpace)))
        {
            yield return ("endpoints", "must name 1 to 100 phones.");
        }

        if (AnsweredBy is not null && Endpoints?.Contains(AnsweredBy, StringComparer.Ordinal) != true)
        {
            yield return ("answeredBy", "must be one of endpoints.");
        }

        if (TransferAfterSeconds is { } after && (after < 0 || after > TalkSeconds))
        {
            yield return ("transferAfterSeconds", "must be between 0 and talkSeconds.");
        }

        if (TransferTo is not null && (!Answered || Type is CallType.Out or CallType.Internal))
        {
            yield return ("transferTo", "is for incoming calls that are answered.");
        }

        if (string.IsNullOrWhiteSpace(To) && Endpoint is null && Endpoints is null)
        {
            yield return ("to", "is missing: the number or phone that is called.");
        }

        if (string.IsNullOrWhiteSpace(To) && Type is CallType.Out or CallType.Internal)
        {
            yield return ("to", "is missing: the number or phone that is called.");
        }

        if (string.IsNullOrWhiteSpace(From) && Endpoint is null && Type is CallType.Out or CallType.Internal)
        {
            yield return ("from", "is missing: the phone that calls.");
        }

        if (Account is not null && lines.Account(Account) is null)
        {
            yield return ("account", "is none of the simulator's accounts.");
        }

        if (At is not null && (!TryReadStart(TimeZoneInfo.Utc, out var at) || at > now.AddDays(LongestWaitDays)))
        {
            yield return ("at", $"must be an ISO 8601 time with an offset, or yyyy-MM-dd HH:mm:ss in the account's zone, and at most {LongestWaitDays} days ahead.");
        }
    }

    internal bool TryReadStart(TimeZoneInfo zone, out DateTimeOffset at)
    {
        if (Operator.TryTime(At, zone, out at))
        {
            return true;
        }

        return At is not null && At.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(
                At, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at) && at.Year > 1900;
    }

    private IEnumerable<(string, string?)> Texts() =>
        [("from", From), ("to", To), ("callId", CallId), ("endpoint", Endpoint), ("transferTo", TransferTo),
            .. (Endpoints ?? []).Select(text => ("endpoints", (string?)text))];
}

namespace CallMyWay.Functions.Outgoing;

/// <summary>A secret that was replaced, and until when it signs beside those that came after it.</summary>
public sealed record EarlierSecret(string Secret, DateTimeOffset Until)
{
    /// <summary>How many sign beside the newest at most.</summary>
    public const int Most = 3;

    /// <summary>Those that sign at that time, the newest first.</summary>
    /// <param name="previous">The one before the newest; null where there was none.</param>
    /// <param name="until">Until when it signs.</param>
    /// <param name="further">Those before it; null for none, as in rows of earlier releases.</param>
    /// <param name="now">The time.</param>
    internal static IEnumerable<EarlierSecret> At(
        string? previous, DateTimeOffset? until, IReadOnlyList<EarlierSecret>? further, DateTimeOffset now)
    {
        IEnumerable<EarlierSecret> first = previous is not null && until is { } end ? [new(previous, end)] : [];
        return first.Concat(further ?? []).Where(secret => secret.Until > now);
    }
}

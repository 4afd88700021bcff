namespace CallMyWay.Functions.Calls;

/// <summary>What a call left to be done by a time: a follow-up, or to see whether a promise was kept.</summary>
/// <param name="Id">The follow-up's, or the promise's.</param>
/// <param name="AgentId">Whose it is.</param>
public sealed record NextAction(string Id, NextActionKind Kind, DateTimeOffset DueAt, string AgentId)
{
    private const int LongestNote = 200;

    /// <summary>The follow-up's, or its beginning.</summary>
    public string? Note { get; init; }

    /// <summary>What was promised, in <see cref="Currency"/>.</summary>
    public decimal? Amount { get; init; }

    /// <summary>By ISO 4217.</summary>
    public string? Currency { get; init; }

    /// <summary>A note as lists show it.</summary>
    public static string? Shortened(string? note) => note is null || note.Length <= LongestNote ? note
        // Not in the middle of a character of two.
        : note[..(char.IsHighSurrogate(note[LongestNote - 1]) ? LongestNote - 1 : LongestNote)];
}

/// <summary>What was agreed to happen next.</summary>
public enum NextActionKind
{
    FollowUp,
    Promise,
}

namespace CallMyWay.Functions.WrapUps;

/// <summary>A version of a wrap-up that was sent, as a call's history shows it.</summary>
/// <param name="Version">The first is 1.</param>
/// <param name="At">When it was sent.</param>
/// <param name="AgentId">Who sent it.</param>
/// <param name="Outcome">Its code.</param>
/// <param name="Notes">What was written.</param>
public sealed record SentVersion(int Version, DateTimeOffset At, string AgentId, string? Outcome, string? Notes)
{
    /// <summary>How many are kept.</summary>
    public const int Most = 10;

    /// <summary>True where it was taken back.</summary>
    public bool? Undone { get; init; }

    /// <summary>True where it asked that the number be not called any more.</summary>
    public bool? DoNotCall { get; init; }

    /// <summary>The versions with one more.</summary>
    internal static IReadOnlyList<SentVersion> Append(IReadOnlyList<SentVersion>? before, WrapUp sent) =>
    [
        .. (before ?? []).TakeLast(Most - 1),
        new SentVersion((before?[^1].Version ?? 0) + 1, sent.UpdatedAt, sent.AgentId, sent.Outcome, sent.Notes)
        {
            DoNotCall = sent.DoNotCall,
        },
    ];
}

/// <summary>As they stand in the row of their wrap-up.</summary>
internal sealed record SentVersions(IReadOnlyList<SentVersion> Versions);

namespace CallMyWay.Functions.Calls;

/// <summary>What became of a call, or of one leg of it.</summary>
internal readonly record struct CallConclusion
{
    public CallState State { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? ConnectedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public bool IsEndTold { get; init; }

    public int? DurationSeconds { get; init; }

    public decimal? Cost { get; init; }
}

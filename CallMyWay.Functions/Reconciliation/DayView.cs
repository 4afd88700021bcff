namespace CallMyWay.Functions.Reconciliation;

/// <summary>A day of an account: what a month shows of it, and for one day its odd calls.</summary>
public sealed record DayView
{
    public required DateOnly Date { get; init; }

    public required string Account { get; init; }

    /// <summary>
    /// <c>green</c>: each call has its notifications and its record, and both say the same. <c>healed</c>: something
    /// was missing or differed, and the record stands. <c>open</c>: somebody has to look. <c>pending</c>: it is not worked
    /// out yet, or is being worked out.
    /// </summary>
    public required DayState State { get; init; }

    /// <summary>
    /// True where the day is before the reconciliation began for the account: it stays <c>pending</c> until somebody has
    /// it worked out. Null for any other day.
    /// </summary>
    public bool? Unscheduled { get; init; }

    /// <summary>All calls of the day: the next four together.</summary>
    public required int Total { get; init; }

    public required int Matched { get; init; }

    /// <summary>Calls that have no record.</summary>
    public required int WebhookOnly { get; init; }

    /// <summary>Calls that have nothing but their record, which filled them in.</summary>
    public required int RecordOnly { get; init; }

    /// <summary>Calls of which notifications and record say something else; the record stands.</summary>
    public required int Differing { get; init; }

    /// <summary>Calls that were put right.</summary>
    public required int Healed { get; init; }

    /// <summary>Records of the day that could not be read: see <c>GET /api/aside-records</c>.</summary>
    public required int Aside { get; init; }

    /// <summary>Why the operator could not be asked.</summary>
    public string? Error { get; init; }

    public DateTimeOffset? WorkedOutAt { get; init; }

    /// <summary>The odd calls, those that are not put right first, at most 500; only for one day.</summary>
    public IReadOnlyList<Mismatch>? Calls { get; init; }

    /// <summary>How many more odd calls there are; only for one day.</summary>
    public int? MoreCalls { get; init; }

    /// <summary>The day as the API shows it.</summary>
    /// <param name="day">The day, as it counts now.</param>
    /// <param name="isExpected">False for one that nobody and nothing works out.</param>
    /// <param name="language">Of what is said in words.</param>
    /// <param name="hasCalls">True for a single day, which is shown with its odd calls.</param>
    public static DayView Of(DayReconciliation day, bool isExpected, string language, bool hasCalls) => new()
    {
        Date = day.Date,
        Account = day.Account,
        State = day.State,
        Unscheduled = isExpected ? null : true,
        Total = day.Matched + day.WebhookOnly + day.RecordOnly + day.Differing,
        Matched = day.Matched,
        WebhookOnly = day.WebhookOnly,
        RecordOnly = day.RecordOnly,
        Differing = day.Differing,
        Healed = day.Healed,
        Aside = day.Aside,
        Error = day.Error?.In(language),
        WorkedOutAt = day.WorkedOutAt,
        Calls = hasCalls ? day.Mismatches : null,
        MoreCalls = hasCalls ? day.MoreMismatches : null,
    };
}

namespace CallMyWay.Functions.FirstSteps;

/// <summary>A step from an empty installation to the first call on a screen, in the order of the list.</summary>
public enum FirstStep
{
    /// <summary>The operator answers each account of the settings.</summary>
    Account,

    /// <summary>A notification has come.</summary>
    Webhook,

    /// <summary>Somebody besides the first administrator can sign in.</summary>
    People,

    /// <summary>A phone is somebody's.</summary>
    Phones,

    /// <summary>There is a contact.</summary>
    Contacts,

    /// <summary>A call has reached an agent since a phone is somebody's.</summary>
    Call,
}

/// <summary>How far a step is.</summary>
public enum FirstStepState
{
    Open,
    Done,

    /// <summary>An administrator goes without it.</summary>
    Skipped,
}

/// <summary>What an administrator has decided of the steps, and what can't be worked out any more.</summary>
public sealed record FirstStepsChoice
{
    /// <summary>True where the list is no more where an administrator lands.</summary>
    public bool Hidden { get; init; }

    public IReadOnlyList<FirstStep> Skipped { get; init; } = [];

    /// <summary>Since when a phone is somebody's: earlier calls have come to their agent later, on no screen.</summary>
    public DateTimeOffset? PhonesSince { get; init; }

    /// <summary>The row's version; null where there is no row yet. It is not stored in the record.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? ETag { get; init; }
}

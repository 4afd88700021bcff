namespace CallMyWay.Functions.Outcomes;

/// <summary>A possible result of a call (a disposition), as an administrator defines it.</summary>
/// <param name="Code">
/// Small letters, digits and dashes. Calls store it, so a code that was used should be made inactive, not removed.
/// </param>
/// <param name="Active">False if agents can no longer choose it.</param>
public sealed record Outcome(string Code, string Es, string En, OutcomeRequires Requires, bool Active = true);

/// <summary>The fields that an agent must fill in for an outcome.</summary>
public sealed record OutcomeRequires(
    bool Note = false, bool FollowUp = false, bool Charge = false, bool Promise = false);

/// <summary>All outcomes in the order in which agents see them, with the list's version.</summary>
/// <param name="Fields">
/// The office's own fields of the wrap-up. Set only when the list is read; it is not stored in the record.
/// </param>
public sealed record OutcomeList(
    IReadOnlyList<Outcome> Items,
    [property: System.Text.Json.Serialization.JsonPropertyName("etag")] string? ETag,
    IReadOnlyList<WrapUpField>? Fields = null);

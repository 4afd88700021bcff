namespace CallMyWay.Functions.Outcomes;

/// <summary>What can come of a call (a disposition), as an administrator words it.</summary>
/// <param name="Code">
/// Small letters, digits and dashes; kept with the call, so a code that was used is rather made inactive than removed.
/// </param>
/// <param name="Active">False where agents no longer choose it.</param>
public sealed record Outcome(string Code, string Es, string En, OutcomeRequires Requires, bool Active = true);

/// <summary>What an agent must fill in with an outcome.</summary>
public sealed record OutcomeRequires(
    bool Note = false, bool FollowUp = false, bool Charge = false, bool Promise = false);

/// <summary>All outcomes, in the order in which agents see them, and the version of the list.</summary>
public sealed record OutcomeList(
    IReadOnlyList<Outcome> Items, [property: System.Text.Json.Serialization.JsonPropertyName("etag")] string? ETag);

using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Desk;

/// <summary>A page of the history.</summary>
/// <param name="Items">The calls, the newest first.</param>
/// <param name="Next">The token of the next page; null at the end.</param>
/// <param name="Previous">The token of the page that led here; null on the first page, and where none is known.</param>
public sealed record CallListPage(
    IReadOnlyList<CallView> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Previous)
{
    /// <summary>
    /// Until when it has looked, where it has fewer calls than asked and there may be more: <c>next</c> goes on.
    /// </summary>
    public DateTimeOffset? LookedUntil { get; init; }
}

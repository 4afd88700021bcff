using CallMyWay.Functions.FollowUps;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.WrapUps;

/// <summary>A version of a wrap-up, as its row holds it.</summary>
/// <param name="Row">The row.</param>
/// <param name="Owner">The agent whose own it is; null for the shared one.</param>
/// <param name="WrapUp">Null where the first was undone: there is none now.</param>
/// <param name="Replaced">What comes back where this version is undone; null where it can't be.</param>
/// <param name="Undone">The version that was undone and whose place this one took.</param>
public sealed record WrapUpVersion(
    Row Row, string? Owner, WrapUp? WrapUp, Replaced? Replaced, Undone? Undone);

/// <summary>
/// What a wrap-up replaced when it was sent. The follow-up and the promise are kept as they stood, also what was
/// already done.
/// </summary>
/// <param name="WrapUp">The version before, a draft or sent; null for none.</param>
public sealed record Replaced(WrapUp? WrapUp, FollowUp? FollowUp, PromiseToPay? Promise)
{
    /// <summary>As it is stored: the versions of rows that are replaced mean nothing any more.</summary>
    internal Replaced WithoutVersions() => new(
        WrapUp is null ? null : WrapUp with { ETag = null },
        FollowUp is null ? null : FollowUp with { ETag = null },
        Promise is null ? null : Promise with { ETag = null });
}

/// <summary>A version that was undone: by this a repeated request is known, and finishes what the first began.</summary>
/// <param name="ETag">Its etag.</param>
/// <param name="AgentId">Who had saved it.</param>
/// <param name="SavedAt">When.</param>
/// <param name="Outcome">The outcome that it had.</param>
/// <param name="DoNotCall">Its <see cref="WrapUp.DoNotCall"/>.</param>
public sealed record Undone(
    string ETag, string AgentId, DateTimeOffset SavedAt, string? Outcome, bool? DoNotCall = null);

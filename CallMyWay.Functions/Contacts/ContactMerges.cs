using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Contacts;

/// <summary>
/// Makes one contact of two, and two of them again. No call is written again: the merged contact's row leads to the
/// kept one, and the kept one names all that were merged into it, so that lists by contact ask for each of them.
/// </summary>
/// <remarks>
/// Nothing spans the rows of two contacts, so a merge writes one after the other, each only as it was read:
/// <list type="number">
/// <item>The merged contact's row announces the merge, with the kept one as it was.</item>
/// <item>The kept one gets numbers and fields, and names the other one.</item>
/// <item>Rows of contacts that were merged into the other one before lead to the kept one.</item>
/// <item>The other one's row leads to the kept one; its index rows go.</item>
/// </list>
/// Where a process ends in between, both are found, at worst one beside the other, and a repeated request goes on. An
/// undo goes the other way round: the row leads nowhere again, and then the kept one loses what it got. Of two that are
/// merged into each other at once, each announces itself before it reads the other again: at least one sees the
/// announcement, and gives up.
/// </remarks>
public sealed class ContactMerges(
    ContactStore contacts, IEnumerable<ICallCounts> counts, PhoneNumberParser numbers, TimeProvider clock)
{
    private const int MostTries = 8;

    /// <summary>An announcement that is older was left by a process that ended.</summary>
    private static readonly TimeSpan Announced = TimeSpan.FromMinutes(1);

    /// <param name="keepId">The contact that stays.</param>
    /// <param name="mergeId">The one that becomes a part of it.</param>
    /// <param name="keepVersion">The version that the caller has seen; null for any.</param>
    /// <param name="mergeVersion">The same of the other one.</param>
    /// <param name="agentId">Who merges them.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<MergeResult> MergeAsync(
        string keepId,
        string mergeId,
        string? keepVersion,
        string? mergeVersion,
        string agentId,
        CancellationToken cancellationToken)
    {
        if (keepId == mergeId)
        {
            return new(MergeOutcome.Same);
        }

        for (var i = 0; i < MostTries; i++)
        {
            var keep = await contacts.ReadAsync(keepId, cancellationToken);
            var merge = await contacts.ReadAsync(mergeId, cancellationToken);
            if (keep is null || merge is null)
            {
                return new(keep is null ? MergeOutcome.NoKept : MergeOutcome.NoMerged);
            }

            if (merge.Merge is { PointsTo: { } at } done)
            {
                return at == keepId
                    ? new(MergeOutcome.Merged) { Merge = done, Kept = keep, Merged = merge, IsRepeated = true }
                    : new(MergeOutcome.MergedElsewhere) { OtherId = at };
            }

            if (keep.Merge?.PointsTo is { } elsewhere)
            {
                return new(MergeOutcome.KeptElsewhere) { OtherId = elsewhere };
            }

            var isNamed = keep.Ids.Contains(mergeId, StringComparer.Ordinal);
            if (isNamed && merge.Merge is { UndoneAt: not null } undone)
            {
                // Its undo has not come to its end.
                await UndoAsync(undone.MergeId, cancellationToken);
                continue;
            }

            if (isNamed && merge.Merge?.Into == keepId)
            {
                if (await FinishAsync(keep, merge) is { } finished)
                {
                    return finished;
                }

                continue;
            }

            if (await RefuseAsync(keep, merge, keepVersion, mergeVersion, cancellationToken) is { } refusal)
            {
                return refusal;
            }

            await BeginAsync(keep, merge, agentId);
        }

        return new(MergeOutcome.Changed);
    }

    /// <summary>Takes a merge back. What somebody has changed since stays.</summary>
    public async Task<UndoResult> UndoAsync(string mergeId, CancellationToken cancellationToken)
    {
        bool? isRepeated = null;
        for (var i = 0; i < MostTries; i++)
        {
            if (await FindAsync(mergeId, cancellationToken) is not { Merge: { } merge } merged)
            {
                return new(UndoOutcome.NotFound);
            }

            isRepeated ??= merge.UndoneAt is not null;

            var kept = await contacts.ReadAsync(merge.Into, cancellationToken);
            if (merge.UndoneAt is null)
            {
                if (merge.DeletedAt is not null)
                {
                    return new(UndoOutcome.NotFound);
                }

                if (clock.GetUtcNow() > merge.UndoableUntil)
                {
                    return new(UndoOutcome.TooLate);
                }

                if (merge.PointsTo is { } later && later != merge.Into)
                {
                    return new(UndoOutcome.MergedLater) { OtherId = later };
                }

                var left = kept is null || !kept.Ids.Contains(merged.ContactId, StringComparer.Ordinal)
                    ? []
                    : (await TakeBackAsync(kept, merge, merged)).NotTakenBack;
                // First: nobody is to be called too often, wherever the process ends.
                foreach (var each in counts)
                {
                    await each.CountForAsync(merge.Into, merged.ContactId, cancellationToken);
                }

                merge = merge with { PointsTo = null, UndoneAt = clock.GetUtcNow(), NotTakenBack = left };
                if (await contacts.WriteAsync(merged with { Merge = merge }, merged) is not { } stored)
                {
                    continue;
                }

                merged = stored;
            }

            if (await SeparateAsync(kept, merged, merge) is { } result)
            {
                return result with { IsRepeated = isRepeated.Value };
            }
        }

        return new(UndoOutcome.Changed);
    }

    /// <summary>The merged contact of a merge, with this merge beside it; null for none.</summary>
    public async Task<Contact?> FindAsync(string mergeId, CancellationToken cancellationToken) =>
        mergeId.LastIndexOf(Keys.Separator) is > 0 and var end
        && await contacts.ReadAsync(mergeId[..end], cancellationToken) is { } merged && merged.Merge?.MergeId == mergeId
            ? merged
            : null;

    /// <summary>What one contact of two holds.</summary>
    public Contact Join(Contact keep, Contact merge) => ContactJoin.Of(keep, merge, numbers);

    /// <summary>
    /// The merges into this contact that stand, and those that were begun and did not come to their end; the newest
    /// first.
    /// </summary>
    public async Task<IReadOnlyList<(Contact Merged, ContactMerge Merge)>> ListAsync(
        Contact kept, CancellationToken cancellationToken)
    {
        var merged = await contacts.ReadManyAsync(kept.Merged ?? [], cancellationToken);
        return
        [
            .. merged
                .Where(contact => contact.Merge is { UndoneAt: null, DeletedAt: null } merge
                    && (merge.PointsTo ?? merge.Into) == kept.ContactId)
                .Select(contact => (contact, contact.Merge!))
                .OrderByDescending(each => each.Item2.At),
        ];
    }

    private async Task<MergeResult?> RefuseAsync(
        Contact keep,
        Contact merge,
        string? keepVersion,
        string? mergeVersion,
        CancellationToken cancellationToken)
    {
        // Announced, and named by the other one: that merge is to be finished, by repeating it.
        foreach (var (contact, outcome) in new[]
        {
            (keep, MergeOutcome.KeptElsewhere),
            (merge, MergeOutcome.MergedElsewhere),
        })
        {
            if (contact.Merge is { IsUnderWay: true } begun && (contact == keep || begun.Into != keep.ContactId)
                && await contacts.ReadAsync(begun.Into, cancellationToken) is { } into
                && into.Ids.Contains(contact.ContactId, StringComparer.Ordinal))
            {
                return new(outcome) { OtherId = begun.Into };
            }
        }

        var isAnnounced = merge.Merge is { IsUnderWay: true } announced && announced.Into == keep.ContactId;
        if (keep.Merge is { IsUnderWay: true } other && clock.GetUtcNow() - other.At < Announced)
        {
            if (isAnnounced)
            {
                await contacts.WriteAsync(merge with { Merge = null }, merge);
            }

            return new(MergeOutcome.Busy);
        }

        if ((keepVersion is not null && keepVersion != keep.ETag)
            || (mergeVersion is not null && mergeVersion != merge.ETag
                && !(isAnnounced && merge.Merge!.Version == mergeVersion)))
        {
            return new(MergeOutcome.Changed);
        }

        var joined = ContactJoin.Of(keep, merge, numbers);
        return joined.Ids.Count > ContactMerge.MostContacts ? new(MergeOutcome.TooManyContacts)
            : ContactInput.IsTooLong(joined) ? new(MergeOutcome.TooLong)
            : null;
    }

    // Steps 1 and 2. Where something has changed meanwhile, the caller looks again.
    private async Task BeginAsync(Contact keep, Contact merge, string agentId)
    {
        var now = clock.GetUtcNow();
        var before = merge.Merge is { IsUnderWay: true } begun && begun.Into == keep.ContactId ? begun : null;
        var announcement = new ContactMerge
        {
            MergeId = before?.MergeId ?? Keys.Join(merge.ContactId, Guid.CreateVersion7(now).ToString("N")),
            Into = keep.ContactId,
            At = now,
            By = agentId,
            Before = keep with { ETag = null, Phones = null },
            Version = before?.Version ?? merge.ETag,
        };
        if (await contacts.WriteAsync(merge with { Merge = announcement }, merge) is { } announced
            && await contacts.ReadAsync(keep.ContactId, CancellationToken.None) is { } again && again.ETag == keep.ETag)
        {
            await JoinAsync(keep, announced);
        }
    }

    // Steps 3 and 4.
    private async Task<MergeResult?> FinishAsync(Contact keep, Contact merge)
    {
        // The other one may have been changed since the kept one got what it had.
        if (await JoinAsync(keep, merge) is not { } kept)
        {
            return null;
        }

        foreach (var id in merge.Merged ?? [])
        {
            await contacts.PointAsync(id, merge.ContactId, kept.ContactId);
        }

        var pointer = merge with { Merge = merge.Merge! with { PointsTo = kept.ContactId } };
        return await contacts.WriteAsync(pointer, merge) is { } stored
            ? new(MergeOutcome.Merged) { Merge = stored.Merge, Kept = kept, Merged = stored }
            : null;
    }

    private async Task<Contact?> JoinAsync(Contact keep, Contact merge)
    {
        var joined = ContactJoin.Of(keep, merge, numbers);
        if (joined.SaysTheSame(keep) && joined.Ids.Count == keep.Ids.Count)
        {
            return keep;
        }

        return await contacts.WriteAsync(
            joined with
            {
                UpdatedAt = clock.GetUtcNow(),
                // Of a process that ended.
                Merge = keep.Merge is { IsUnderWay: true } ? null : keep.Merge,
            },
            keep);
    }

    private async Task<(Contact Contact, IReadOnlyList<string> NotTakenBack)> TakeBackAsync(
        Contact kept, ContactMerge merge, Contact merged)
    {
        var others = await contacts.ReadManyAsync(
            kept.Ids.Skip(1).Except(merged.Ids, StringComparer.Ordinal), CancellationToken.None);
        return ContactJoin.TakeBack(kept, merge.Before, merged, others, numbers);
    }

    private async Task<UndoResult?> SeparateAsync(Contact? kept, Contact merged, ContactMerge merge)
    {
        foreach (var id in merged.Merged ?? [])
        {
            await contacts.PointAsync(id, merge.Into, merged.ContactId);
        }

        if (kept is not null && kept.Ids.Contains(merged.ContactId, StringComparer.Ordinal))
        {
            var (alone, _) = await TakeBackAsync(kept, merge, merged);
            kept = await contacts.WriteAsync(alone with { UpdatedAt = clock.GetUtcNow() }, kept);
            if (kept is null)
            {
                return null;
            }
        }

        return new(UndoOutcome.Undone) { Merge = merge, Kept = kept, Merged = merged };
    }
}

/// <summary>What became of a merge.</summary>
public enum MergeOutcome
{
    Merged,

    /// <summary>Both are one contact already: it was asked for a merge with itself.</summary>
    Same,

    /// <summary>The contact that is to stay is not there.</summary>
    NoKept,

    /// <summary>The contact that is to be merged is not there.</summary>
    NoMerged,

    /// <summary>The contact that is to stay has been merged into another one.</summary>
    KeptElsewhere,

    /// <summary>The contact that is to be merged has been merged into another one.</summary>
    MergedElsewhere,

    /// <summary>One of them has changed since the caller read it, or changes all the time.</summary>
    Changed,

    /// <summary>The one that is to stay is being merged in this moment.</summary>
    Busy,

    /// <summary>Too many contacts would be one.</summary>
    TooManyContacts,

    /// <summary>One contact does not hold so many numbers or fields.</summary>
    TooLong,
}

/// <param name="Outcome">What became of it.</param>
public sealed record MergeResult(MergeOutcome Outcome)
{
    public ContactMerge? Merge { get; init; }

    public Contact? Kept { get; init; }

    public Contact? Merged { get; init; }

    /// <summary>True where they had been merged before.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>The contact that one of them has been merged into.</summary>
    public string? OtherId { get; init; }
}

/// <summary>What became of an undo.</summary>
public enum UndoOutcome
{
    Undone,

    /// <summary>
    /// There is no such merge, or it was undone and they were merged again, or the merged contact was deleted since.
    /// </summary>
    NotFound,

    /// <summary>It was more than a day ago.</summary>
    TooLate,

    /// <summary>The kept contact was merged into another one since: that is to be undone first.</summary>
    MergedLater,

    /// <summary>One of them changes all the time.</summary>
    Changed,
}

/// <param name="Outcome">What became of it.</param>
public sealed record UndoResult(UndoOutcome Outcome)
{
    public ContactMerge? Merge { get; init; }

    /// <summary>The kept contact; null if it was deleted.</summary>
    public Contact? Kept { get; init; }

    public Contact? Merged { get; init; }

    /// <summary>True where it had been undone before.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>The contact that the kept one has been merged into.</summary>
    public string? OtherId { get; init; }
}

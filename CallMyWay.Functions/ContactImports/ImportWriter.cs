using System.Collections.Concurrent;
using CallMyWay.Functions.Contacts;

namespace CallMyWay.Functions.ContactImports;

/// <summary>
/// Does what the journal of a slice says, and takes it back. Both can be repeated: what was done by a try that ended
/// half-way is told by what is stored.
/// </summary>
public sealed class ImportWriter(
    ContactStore contacts, ImportStore store, ImportDecisions decisions, TimeProvider clock)
{
    /// <summary>How many contacts are changed at once: each takes several requests.</summary>
    private const int AtOnceMost = 4;

    /// <summary>Stores the contacts of a slice. Returns what became of the rows.</summary>
    /// <param name="importId">The import.</param>
    /// <param name="work">Its rules.</param>
    /// <param name="slice">Which slice.</param>
    /// <param name="journal">What is to become of its rows, which is stored.</param>
    /// <param name="rows">The rows; read only where a contact was changed by somebody else meanwhile.</param>
    /// <param name="isRepeated">True where an earlier try may have done some of it.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<SliceJournal> ApplyAsync(
        string importId,
        ImportWork work,
        int slice,
        SliceJournal journal,
        Func<Task<FileSlice>> rows,
        bool isRepeated,
        CancellationToken cancellationToken)
    {
        var added = journal.Results.Where(result => result is { Before: null, After: not null })
            .Select(result => result.After!).ToList();
        if (isRepeated)
        {
            // One that was stored may have been changed since.
            var there = (await contacts.ReadManyAsync(added.Select(contact => contact.ContactId), cancellationToken))
                .Select(contact => contact.ContactId).ToHashSet(StringComparer.Ordinal);
            added.RemoveAll(contact => there.Contains(contact.ContactId));
        }

        await contacts.CreateManyAsync(added, cancellationToken);
        var results = journal.Results.ToArray();
        var conflicts = new ConcurrentQueue<int>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, results.Length).Where(i => results[i].Before is not null),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnceMost, CancellationToken = cancellationToken },
            async (i, token) =>
            {
                if (!await ReplaceAsync(results[i], token))
                {
                    conflicts.Enqueue(i);
                }
            });
        foreach (var i in conflicts)
        {
            do
            {
                results[i] = await AgainAsync(work, await rows(), results, results[i], cancellationToken);
                await store.PutJournalAsync(importId, slice, new SliceJournal(results), cancellationToken);
            }
            while (!await ReplaceAsync(results[i], cancellationToken));
        }

        return new SliceJournal(results);
    }

    /// <summary>
    /// Takes back what a slice did: its contacts go, and those that it changed are as before, but for those that
    /// somebody has changed since.
    /// </summary>
    public async Task<UndoneSlice> TakeBackAsync(SliceJournal journal, CancellationToken cancellationToken)
    {
        var did = journal.Results.Where(result => result.After is not null).ToList();
        var found = (await contacts.ReadManyAsync(did.Select(result => result.After!.ContactId), cancellationToken))
            .ToDictionary(contact => contact.ContactId, StringComparer.Ordinal);
        var (undone, kept) = (0, 0);
        var toDelete = new List<Contact>();
        foreach (var result in did)
        {
            var after = result.After!;
            if (!found.TryGetValue(after.ContactId, out var current))
            {
                // Deleted by somebody, or by an earlier try, which may have left its index rows.
                if (result.Before is null)
                {
                    toDelete.Add(after);
                }

                _ = result.Before is null ? undone++ : kept++;
            }
            else if (result.Before is { } before)
            {
                var isDone = IsAs(current, before)
                    || (IsAs(current, after) && await contacts.ReplaceAsync(
                        before with { ETag = current.ETag }, current, cancellationToken) is not null);
                _ = isDone ? undone++ : kept++;
            }
            else if (IsAs(current, after) && current.ETag is not null)
            {
                toDelete.Add(current);
            }
            else
            {
                kept++;
            }
        }

        var deleted = await contacts.DeleteManyAsync(toDelete, cancellationToken);
        var present = toDelete.Where(contact => found.ContainsKey(contact.ContactId)).ToList();
        var gone = present.Count(contact => deleted.Contains(contact.ContactId));
        return new UndoneSlice(undone + gone, kept + present.Count - gone);
    }

    // A merge is a change too: neither of the two goes.
    private static bool IsAs(Contact current, Contact stored) =>
        current.UpdatedAt == stored.UpdatedAt && current.SaysTheSame(stored)
        && current.Merge?.PointsTo is null
        && (current.Merged ?? []).SequenceEqual(stored.Merged ?? [], StringComparer.Ordinal);

    /// <summary>False where somebody else has changed the contact.</summary>
    private async Task<bool> ReplaceAsync(RowResult result, CancellationToken cancellationToken) =>
        result is not { Before: { } before, After: { } after }
        // One that the slice before stores had no version when this was decided.
        || (before.ETag is not null
            && await contacts.ReplaceAsync(after with { ETag = before.ETag }, before, cancellationToken) is not null)
        // An earlier try did it.
        || (await contacts.GetAsync(after.ContactId, cancellationToken) is { } current && IsAs(current, after));

    /// <summary>Decides anew on a contact that somebody has changed: all rows of the slice that are of it.</summary>
    private async Task<RowResult> AgainAsync(
        ImportWork work,
        FileSlice rows,
        IReadOnlyList<RowResult> results,
        RowResult result,
        CancellationToken cancellationToken)
    {
        var contactId = result.After!.ContactId;
        var current = await contacts.GetAsync(contactId, cancellationToken);
        var after = current;
        foreach (var row in rows.Rows.Where(row => results.Any(
            its => its.Row == row.Row && (its.Into == contactId || its.Row == result.Row))))
        {
            after = after is null
                ? null
                : await decisions.AgainAsync(work, row, after, clock.GetUtcNow(), cancellationToken) ?? after;
        }

        return after is null || ReferenceEquals(after, current)
            ? result with { Outcome = RowOutcome.Skipped, Before = null, After = null }
            : result with { Before = current, After = after with { ETag = null } };
    }
}

/// <summary>What became of an undo: how many contacts are as before, and how many somebody has changed since.</summary>
public sealed record UndoneSlice(int Undone, int Kept);

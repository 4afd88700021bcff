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

    /// <summary>
    /// Stores the contacts of some slices. Where somebody has changed one of them meanwhile, its result is decided anew.
    /// </summary>
    public async Task ApplyAsync(
        string importId, ImportWork work, SlicesToStore slices, CancellationToken cancellationToken)
    {
        var results = slices.Results;
        var added = results.Where(result => result is { Before: null, After: not null })
            .Select(result => result.After!).ToList();
        if (slices.AreRepeated)
        {
            // One that was stored may have been changed since.
            var there = (await contacts.ReadManyAsync(added.Select(contact => contact.ContactId), cancellationToken))
                .Select(contact => contact.ContactId).ToHashSet(StringComparer.Ordinal);
            added.RemoveAll(contact => there.Contains(contact.ContactId));
        }

        await contacts.CreateManyAsync(added, cancellationToken);
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
                var rows = await RowsOfAsync(importId, slices, cancellationToken);
                results[i] = await AgainAsync(work, rows, results, results[i], cancellationToken);
                var slice = slices.SliceOf(i);
                await store.PutJournalAsync(importId, slice, slices.JournalOf(slice), cancellationToken);
            }
            while (!await ReplaceAsync(results[i], cancellationToken));
        }
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

    /// <summary>The rows of the slices, as far as they are still stored.</summary>
    private async Task<IReadOnlyList<FileRow>> RowsOfAsync(
        string importId, SlicesToStore slices, CancellationToken cancellationToken)
    {
        var rows = new List<FileRow>();
        for (var slice = slices.First; slice < slices.End; slice++)
        {
            rows.AddRange((await store.GetSliceAsync(importId, slice, cancellationToken))?.Rows ?? []);
        }

        return rows;
    }

    /// <summary>Decides anew on a contact that somebody has changed: all rows of the slices that are of it.</summary>
    private async Task<RowResult> AgainAsync(
        ImportWork work,
        IReadOnlyList<FileRow> rows,
        IReadOnlyList<RowResult> results,
        RowResult result,
        CancellationToken cancellationToken)
    {
        var contactId = result.After!.ContactId;
        var current = await contacts.GetAsync(contactId, cancellationToken);
        var after = current;
        foreach (var row in rows.Where(row => results.Any(
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

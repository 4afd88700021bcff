using System.Security.Cryptography;
using System.Text;
using CallMyWay.Functions.Contacts;

namespace CallMyWay.Functions.ExternalContacts;

/// <summary>
/// Stores the contacts that another application keeps. Our id follows from its own: whatever is sent again finds the same
/// contact, also after a crash, and needs no index.
/// </summary>
/// <remarks>
/// A contact that an agent has merged into another one stays merged: what is sent then fills what the other lacks, adds
/// its numbers, and overwrites nothing that others have written. Into a contact that others were merged with, what is
/// sent comes first, and what they brought stays behind it.
/// </remarks>
public sealed class ContactPush(
    ContactStore contacts, IContactNews news, Numbers.PhoneNumberParser numbers, TimeProvider clock)
{
    private const int MostTries = 5;

    /// <summary>Our id of a contact of another application.</summary>
    public static string IdOf(string source, string id) =>
        $"x{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{source.ToLowerInvariant()}\n{id}")))[..31]}";

    /// <summary>Stores or deletes a contact, which was checked.</summary>
    /// <param name="input">The contact as the application keeps it.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <param name="isShown">
    /// True for a contact that the caller sees on the card: where nothing of it has changed, no card is asked. Null where
    /// the caller sees none.
    /// </param>
    /// <param name="tell">
    /// Told in the place of the open calls, as they are told: for who stores several contacts of one number, of which a
    /// call is not to see the first one alone.
    /// </param>
    /// <returns>What became of it; null where others changed it again and again meanwhile.</returns>
    public async Task<(PushOutcome Outcome, Contact? Before, Contact? After)?> ApplyAsync(
        ExternalContactInput input,
        CancellationToken cancellationToken,
        Predicate<Contact>? isShown = null,
        Func<Contact, Contact?, Task>? tell = null)
    {
        tell ??= news.StoredAsync;
        var contactId = IdOf(input.Source!, input.Id!);
        for (var i = 0; i < MostTries; i++)
        {
            var before = await contacts.GetAsync(contactId, cancellationToken);
            if (input.Deleted == true)
            {
                if (await DeleteAsync(before, contactId, cancellationToken) is { } outcome)
                {
                    return (outcome, before, null);
                }

                continue;
            }

            if (before is null)
            {
                var now = clock.GetUtcNow();
                if (await contacts.CreateAsync(input.ToContact(contactId, now, now), cancellationToken) is { } created)
                {
                    await tell(created, null);
                    return (PushOutcome.Created, null, created);
                }

                continue;
            }

            if (before.ContactId != contactId && !await AddToMergedAsync(input, contactId, cancellationToken))
            {
                continue;
            }

            var after = await ChangedAsync(input, before, contactId, cancellationToken);
            if (after.SaysTheSame(before))
            {
                // An earlier try may have ended between the storing and the telling.
                if (isShown?.Invoke(before) != true)
                {
                    await tell(before, null);
                }

                return (PushOutcome.Unchanged, before, before);
            }

            if (await contacts.ReplaceAsync(after, before, cancellationToken) is { } replaced)
            {
                await tell(replaced, before);
                return (PushOutcome.Changed, before, replaced);
            }
        }

        return null;
    }

    private async Task<Contact> ChangedAsync(
        ExternalContactInput input, Contact before, string contactId, CancellationToken cancellationToken)
    {
        var sent = input.Over(before).ToContact(before.ContactId, before.CreatedAt, clock.GetUtcNow());
        if (IsAlone(before, contactId))
        {
            return sent with { Merged = before.Merged, ETag = before.ETag };
        }

        var joined = before.ContactId == contactId
            ? await WithMergedAsync(sent, before, cancellationToken)
            : ContactJoin.Of(before, sent, numbers) with
            {
                External = before.External ?? sent.External,
                UpdatedAt = sent.UpdatedAt,
            };
        return ContactInput.CheckSize(joined) is null
            ? joined with { Merged = before.Merged, ETag = before.ETag }
            : before;
    }

    /// <summary>
    /// Adds what is sent to the row of the merged contact as it is added to the kept one, which an undo takes it from.
    /// </summary>
    /// <returns>False where others have changed it meanwhile.</returns>
    private async Task<bool> AddToMergedAsync(
        ExternalContactInput input, string contactId, CancellationToken cancellationToken)
    {
        if (await contacts.ReadAsync(contactId, cancellationToken) is not { Merge: { PointsTo: not null } merge } merged)
        {
            return false;
        }

        var sent = input.ToContact(contactId, merged.CreatedAt, clock.GetUtcNow());
        var joined = ContactJoin.Of(merged, sent, numbers) with
        {
            External = sent.External,
            Merged = merged.Merged,
            UpdatedAt = sent.UpdatedAt,
            // The application has it again.
            Merge = merge with { DeletedAt = null },
        };
        return (joined.SaysTheSame(merged) && merge.DeletedAt is null) || ContactInput.IsTooLong(joined)
            || await contacts.WriteAsync(joined, merged) is not null;
    }

    private async Task<Contact> WithMergedAsync(Contact sent, Contact before, CancellationToken cancellationToken)
    {
        var merged = await contacts.ReadManyAsync(before.Merged ?? [], cancellationToken);
        var joined = merged.Aggregate(sent, (kept, other) => ContactJoin.Of(kept, other, numbers));
        // What earlier releases were sent of a merged one since the merge stands in the kept one alone.
        return merged.Any(other => other.External is not null) ? ContactJoin.Of(joined, before, numbers) : joined;
    }

    /// <summary>
    /// A contact that others were merged with is not deleted: it only is the application's no more, where it was. One
    /// that was merged into it does not come back.
    /// </summary>
    /// <returns>What became of it; null where others have changed it meanwhile.</returns>
    private async Task<PushOutcome?> DeleteAsync(
        Contact? before, string contactId, CancellationToken cancellationToken)
    {
        if (before is null)
        {
            return PushOutcome.Unchanged;
        }

        if (IsAlone(before, contactId))
        {
            if (!await contacts.DeleteAsync(before, before.ETag, cancellationToken))
            {
                return null;
            }

            await news.DeletedAsync(before);
            return PushOutcome.Deleted;
        }

        var isTied = IsTied(before, contactId);
        if (isTied && await contacts.ReplaceAsync(
            before with { External = null, UpdatedAt = clock.GetUtcNow() }, before, cancellationToken) is null)
        {
            return null;
        }

        var known = isTied ? PushOutcome.Deleted : PushOutcome.Unchanged;
        if (before.ContactId == contactId)
        {
            return known;
        }

        if (await contacts.ReadAsync(contactId, cancellationToken) is not { Merge: { PointsTo: not null } merge } merged)
        {
            return null;
        }

        if (merge.DeletedAt is not null)
        {
            return known;
        }

        merge = merge with { DeletedAt = clock.GetUtcNow() };
        return await contacts.WriteAsync(merged with { Merge = merge }, merged) is null ? null : PushOutcome.Deleted;
    }

    // Not merged with any other, in whatever way.
    private static bool IsAlone(Contact contact, string contactId) =>
        contact.ContactId == contactId && contact.Merged is null or { Count: 0 };

    private static bool IsTied(Contact contact, string contactId) =>
        contact.External is { } external && IdOf(external.Source, external.Id) == contactId;
}

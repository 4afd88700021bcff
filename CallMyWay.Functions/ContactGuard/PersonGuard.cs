using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.DoNotCall;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.ContactGuard;

/// <summary>
/// Tells whether a person may be called now, and counts the calls to each. It says no where the rules, the list or the
/// count can't be read.
/// </summary>
/// <remarks>
/// A person is a number and, where it is known, the contact whose number it is: so calls to the contact's other numbers
/// count as well. A number that several contacts share counts by itself.
/// </remarks>
public sealed class PersonGuard(
    GuardStore store,
    DoNotCallStore doNotCall,
    GuardZones zones,
    ContactMatcher matcher,
    Accounts accounts,
    PhoneNumberParser numbers,
    TimeProvider clock)
{
    /// <summary>The person with this number, and the rules as they are now.</summary>
    /// <param name="number">A whole number.</param>
    /// <param name="clicked">The contact that was clicked; null where only a number was.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async ValueTask<GuardedPerson> FindAsync(
        PhoneNumber number, Contact? clicked, CancellationToken cancellationToken)
    {
        var rules = await store.GetRulesAsync(cancellationToken);
        var contact = clicked;
        if (contact is null && rules.HasLimits)
        {
            var owners = await matcher.FindAsync(number, cancellationToken);
            contact = owners.Where(match => match.IsCertain).ToList() is [var only] ? only.Contact : null;
        }

        return new GuardedPerson(rules, number.E164!, contact?.Ids ?? []);
    }

    /// <summary>What the rules say of a call to this person at this time. It counts nothing.</summary>
    public async ValueTask<GuardVerdict> CheckAsync(
        GuardedPerson person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await FindOnListAsync(person.E164, cancellationToken) is { } listed)
        {
            return listed;
        }

        var counted = new List<CountedDial>();
        foreach (var key in person.Rules.HasLimits ? KeysOf(person.E164, person.ContactIds) : [])
        {
            counted.AddRange((await store.GetCallsAsync(key, cancellationToken)).Calls.Calls);
        }

        return CheckOf(person.Rules, person.E164)
            .Of(now, [.. counted.DistinctBy(dial => dial.DialId).Select(dial => dial.At)]);
    }

    /// <summary>The same of a person whose contact is known (<see cref="Contact.Ids"/>), or who is nobody's.</summary>
    public async ValueTask<GuardVerdict> CheckAsync(
        string e164, IReadOnlyList<string> contactIds, DateTimeOffset now, CancellationToken cancellationToken) =>
        await CheckAsync(
            new GuardedPerson(await store.GetRulesAsync(cancellationToken), e164, contactIds), now, cancellationToken);

    /// <summary>
    /// Checks once more, and counts the dial, in the instant before the operator is asked. A dial that was counted
    /// already is allowed again. Nothing is counted unless it is allowed.
    /// </summary>
    public async Task<GuardVerdict> ReserveAsync(string dialId, string e164, string? contactId)
    {
        try
        {
            return await TryReserveAsync(dialId, e164, contactId);
        }
        catch (StorageException)
        {
            // The adapter has logged why. What was counted stays so: that is the safe side.
            return new GuardVerdict(GuardReason.Unreadable, GuardPhrases.Unreadable, null);
        }
    }

    /// <summary>Takes back what <see cref="ReserveAsync"/> counted: there was surely no call.</summary>
    public async Task ReleaseAsync(string dialId, string e164, string? contactId)
    {
        foreach (var key in KeysOf(e164, IdsOf(contactId)))
        {
            while (true)
            {
                var (before, etag) = await store.GetCallsAsync(key, CancellationToken.None);
                if (before.Calls.All(call => call.DialId != dialId)
                    || await store.SaveCallsAsync(
                        key, new CalledPerson([.. before.Calls.Where(call => call.DialId != dialId)]), etag))
                {
                    break;
                }
            }
        }
    }

    private async Task<GuardVerdict> TryReserveAsync(string dialId, string e164, string? contactId)
    {
        if (await FindOnListAsync(e164, CancellationToken.None) is { } listed)
        {
            return listed;
        }

        var check = CheckOf(await store.GetRulesAsync(CancellationToken.None), e164);
        var counted = new List<string>();
        foreach (var key in KeysOf(e164, IdsOf(contactId)))
        {
            while (true)
            {
                var (before, etag) = await store.GetCallsAsync(key, CancellationToken.None);
                if (before.Calls.Any(call => call.DialId == dialId))
                {
                    break;
                }

                var now = clock.GetUtcNow();
                var verdict = check.Of(now, [.. before.Calls.Select(call => call.At)]);
                if (!verdict.Allowed)
                {
                    await (counted.Count > 0 ? ReleaseAsync(dialId, e164, contactId) : Task.CompletedTask);
                    return verdict;
                }

                var calls = before.Calls.Where(call => call.At > now - GuardCheck.Week);
                if (await store.SaveCallsAsync(key, new CalledPerson([.. calls, new CountedDial(dialId, now)]), etag))
                {
                    counted.Add(key);
                    break;
                }
            }
        }

        return GuardVerdict.Yes;
    }

    private async ValueTask<GuardVerdict?> FindOnListAsync(string e164, CancellationToken cancellationToken) =>
        await doNotCall.FindAsync(e164, cancellationToken) is { First: var first }
            ? new GuardVerdict(
                GuardReason.DoNotCall, GuardPhrases.DoNotCall(first.Why, first.AddedAt, accounts.Home.TimeZone), null)
            : null;

    private GuardCheck CheckOf(GuardRules rules, string e164) => new(
        rules,
        zones.Of(e164),
        e164.StartsWith(numbers.HomePrefix, StringComparison.Ordinal),
        accounts.Home.TimeZone);

    // A dial counts under the id that the contact has now. What counted under the ids of contacts that were merged into
    // it since was read with the check: nothing is added there any more.
    private static IReadOnlyList<string> IdsOf(string? contactId) => contactId is null ? [] : [contactId];

    private static IEnumerable<string> KeysOf(string e164, IReadOnlyList<string> contactIds) =>
        [GuardStore.KeyOfNumber(e164), .. contactIds.Select(GuardStore.KeyOfContact)];
}

/// <summary>A person who is to be called.</summary>
/// <param name="Rules">The rules as they were read for it.</param>
/// <param name="E164">The number.</param>
/// <param name="ContactIds">
/// Whose number it is, and the contacts that were merged into that one. Empty where it is not clear whose, or makes no
/// difference.
/// </param>
public sealed record GuardedPerson(GuardRules Rules, string E164, IReadOnlyList<string> ContactIds)
{
    /// <summary>Whose number it is; null where that is not clear, or makes no difference.</summary>
    public string? ContactId => ContactIds.FirstOrDefault();
}

using CallMyWay.Functions.Api;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.DiallingRules;
using CallMyWay.Functions.DoNotCall;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.Campaigns;

/// <summary>A part of a list, with what has been found of each.</summary>
/// <param name="Entries">In the order of the list, with neither campaign nor place.</param>
/// <param name="NextPage">Of a search, the page behind; null at the end.</param>
internal sealed record ReadPart(IReadOnlyList<CampaignEntry> Entries, string? NextPage);

/// <summary>Makes entries of contacts and numbers, and says of each who can't be called and why.</summary>
public sealed class ListReader(
    ContactStore contacts,
    ContactSearch search,
    DialRulesStore dialRules,
    DoNotCallStore doNotCall,
    MappingStore mappings,
    PhoneNumberParser numbers)
{
    /// <summary>What holds for a whole list, read once for some of its parts.</summary>
    internal async Task<ListRules> ReadRulesAsync(CancellationToken cancellationToken)
    {
        var phones = await mappings.ListAsync(cancellationToken);
        return new ListRules(
            await dialRules.GetAsync(cancellationToken),
            phones.Select(phone => numbers.Parse(phone.Phone).E164).OfType<string>()
                .ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>The contacts with these ids, in their order.</summary>
    internal async Task<ReadPart> ReadIdsAsync(
        IReadOnlyList<string> ids, ListRules rules, CancellationToken cancellationToken)
    {
        var known = await contacts.FollowManyAsync(
            ids.Where(Storage.Keys.IsValid).Distinct(StringComparer.Ordinal), cancellationToken);
        var entries = ids.Select(id => known.GetValueOrDefault(id) is { } contact
            ? OfContact(contact, rules)
            : Refused(RefusalReason.UnknownContact, new NumberView(null, "", PhoneNumberKind.Invalid)) with
            {
                ContactId = id,
            });
        return new ReadPart(await WithoutListedAsync([.. entries], cancellationToken), null);
    }

    /// <summary>The contacts of a page of a search; of all, where the query is empty.</summary>
    internal async Task<ReadPart> ReadPageAsync(
        string query, string? page, int take, ListRules rules, CancellationToken cancellationToken)
    {
        var request = new PageRequest(take, page is not null && PageToken.TryParse(page, out var after) ? after : null);
        var found = query.Length == 0
            ? await search.ListAsync(request, cancellationToken)
            : await search.SearchAsync(query, request, cancellationToken);
        // The way back is nobody's here, and grows with each page.
        var next = found.Next is not null && PageToken.TryParse(found.Next, out var token)
            ? (token! with { Back = [] }).ToString()
            : null;
        return new ReadPart(
            await WithoutListedAsync(
                [.. found.Items.Select(contact => OfContact(contact, rules))], cancellationToken),
            next);
    }

    internal async Task<ReadPart> ReadNumbersAsync(
        IReadOnlyList<string> texts, ListRules rules, CancellationToken cancellationToken) => new(
            await WithoutListedAsync([.. texts.Select(text => OfNumber(text, rules))], cancellationToken), null);

    private CampaignEntry OfContact(Contact contact, ListRules rules)
    {
        // The same number as a click on the contact would call.
        var (written, number) = contact.Numbers
            .Select(text => (Text: text, Number: numbers.Parse(text)))
            .FirstOrDefault(each => each.Number is { Kind: PhoneNumberKind.Number, E164: not null });
        var entry = number is null || !OneNumber.IsAlone(written, number)
            ? Refused(RefusalReason.NoNumber, new NumberView(
                null, contact.Numbers is [var first, ..] ? Short(first) : "", PhoneNumberKind.Invalid))
            : Of(number, rules);
        return entry with { ContactId = contact.ContactId, Name = contact.Title };
    }

    private CampaignEntry OfNumber(string text, ListRules rules)
    {
        var number = numbers.Parse(text);
        return number is { Kind: PhoneNumberKind.Number, E164: not null } && OneNumber.IsAlone(text, number)
            ? Of(number, rules) with { IsNumberAlone = true }
            : Refused(RefusalReason.Invalid, new NumberView(null, Short(text), PhoneNumberKind.Invalid));
    }

    private CampaignEntry Of(PhoneNumber number, ListRules rules) =>
        rules.Phones.Contains(number.E164!) ? Refused(RefusalReason.OwnPhone, numbers.View(number))
        : !rules.Dial.Allow(number.E164!) ? Refused(RefusalReason.Foreign, numbers.View(number))
        : new CampaignEntry
        {
            CampaignId = "",
            EntryId = "",
            Number = numbers.View(number),
            State = EntryState.Waiting,
        };

    private async Task<IReadOnlyList<CampaignEntry>> WithoutListedAsync(
        IReadOnlyList<CampaignEntry> entries, CancellationToken cancellationToken)
    {
        var wanted = entries.Where(entry => entry.State != EntryState.Refused).Select(entry => entry.Number.E164!);
        var listed = (await doNotCall.FindManyAsync(wanted, cancellationToken)).Select(entry => entry.Number)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. entries.Select(entry => entry.Number.E164 is { } number && listed.Contains(number)
                ? entry.RefusedAs(RefusalReason.DoNotCall)
                : entry),
        ];
    }

    private static CampaignEntry Refused(RefusalReason reason, NumberView number) => new CampaignEntry
    {
        CampaignId = "",
        EntryId = "",
        Number = number,
        State = EntryState.Waiting,
    }.RefusedAs(reason);

    private static string Short(string text) => text.Length <= 60 ? text : text[..60];
}

/// <summary>What decides of a number whether it is called.</summary>
/// <param name="Dial">The dial rules.</param>
/// <param name="Phones">The numbers of the office's own phones.</param>
internal sealed record ListRules(DialRules Dial, IReadOnlySet<string> Phones);

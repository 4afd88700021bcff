using System.Globalization;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Contacts;

/// <summary>Which contact an agent chose for a number that several have, or none.</summary>
public sealed class ContactChoices(ITables tables, PhoneNumberParser numbers)
{
    private readonly ITable _numbers = tables[StorageNames.ContactNumbers];

    /// <summary>
    /// Remembers the contact that an agent chose for a number. It need not be a number of the contact.
    /// </summary>
    public async Task RememberAsync(
        PhoneNumber number, string contactId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        number = numbers.AsWhole(number);
        // What several strangers may send alike is nobody's.
        if (number.MatchKey.Length > 0 && !number.NeedsMapping)
        {
            await _numbers.UpsertAsync(
                new Row(number.MatchKey, ContactIndex.ChoiceKey(number))
                    .Set(ContactIndex.ContactIdColumn, contactId)
                    .Set(ContactIndex.ChosenForColumn, number.E164 ?? number.Received)
                    .Set(ContactIndex.ChosenAtColumn, at.ToString("O", CultureInfo.InvariantCulture)),
                cancellationToken);
        }
    }

    /// <summary>
    /// Forgets the contact that was chosen for a number until then. A request can be repeated late: what was chosen
    /// after it stays.
    /// </summary>
    public async Task ForgetAsync(PhoneNumber number, DateTimeOffset until, CancellationToken cancellationToken)
    {
        number = numbers.AsWhole(number);
        if (number.MatchKey.Length == 0)
        {
            return;
        }

        var key = ContactIndex.ChoiceKey(number);
        while (await _numbers.GetAsync(number.MatchKey, key, cancellationToken) is { } row
            && !(ChosenAt(row) > until)
            && !await _numbers.DeleteAsync(number.MatchKey, key, row.ETag, cancellationToken))
        {
            // It was chosen again in this moment.
        }
    }

    /// <summary>Forgets that the contact was chosen for numbers which have left the file.</summary>
    internal async Task ForgetLeftAsync(Contact before, Contact after, CancellationToken cancellationToken)
    {
        List<PhoneNumber> kept = [.. after.Numbers.SelectMany(numbers.ParseAll)];
        List<PhoneNumber> left =
        [
            .. before.Numbers.SelectMany(numbers.ParseAll)
                .Where(number => !kept.Exists(other => other.MatchKey == number.MatchKey && other.E164 == number.E164)),
        ];
        foreach (var numberKey in left.SelectMany(numbers.KeysOf).Distinct())
        {
            foreach (var row in await _numbers.ReadAsync(ContactIndex.Choices(numberKey), cancellationToken))
            {
                if (IsOf(row, before) && IsOfOne(row, left, kept))
                {
                    // If somebody chooses in this moment, that choice stays.
                    await _numbers.DeleteAsync(row.Partition, row.Key, row.ETag, cancellationToken);
                }
            }
        }
    }

    /// <summary>Forgets that the contact was chosen for its numbers, and who created it: its name stands there.</summary>
    internal async Task ForgetAllAsync(Contact contact, CancellationToken cancellationToken)
    {
        foreach (var numberKey in contact.Numbers.SelectMany(numbers.ParseAll).SelectMany(numbers.KeysOf).Distinct())
        {
            foreach (var row in await _numbers.ReadAsync(ContactIndex.ChoicesAndClaims(numberKey), cancellationToken))
            {
                if (IsOf(row, contact))
                {
                    await _numbers.DeleteAsync(row.Partition, row.Key, row.ETag, cancellationToken);
                }
            }
        }
    }

    /// <summary>When it was chosen; null for a choice of an earlier release, which has no time.</summary>
    internal static DateTimeOffset? ChosenAt(Row row) =>
        DateTimeOffset.TryParse(
            row.Text(ContactIndex.ChosenAtColumn), CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? at
            : null;

    private static bool IsOf(Row row, Contact contact) =>
        contact.Ids.Contains(row.Text(ContactIndex.ContactIdColumn), StringComparer.Ordinal);

    // Of whole numbers that end alike, each has a choice of its own.
    private bool IsOfOne(Row choice, List<PhoneNumber> left, List<PhoneNumber> kept)
    {
        if (choice.Text(ContactIndex.ChosenForColumn) is not { } text)
        {
            return left.Exists(number => ContactIndex.ChoiceKey(number) == choice.Key)
                || !kept.SelectMany(numbers.KeysOf).Contains(choice.Partition);
        }

        var chosenFor = numbers.Parse(text);
        return Best(left) is var match && match != NumberMatch.None && match > Best(kept);

        NumberMatch Best(List<PhoneNumber> some) =>
            some.Select(number => numbers.Compare(number, chosenFor)).DefaultIfEmpty().Max();
    }
}

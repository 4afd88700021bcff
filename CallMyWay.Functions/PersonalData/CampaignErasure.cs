using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.PersonalData;

/// <summary>
/// In a campaign's list the person becomes nobody: their place, the attempts and what the calls cost stay, for the
/// figures. Of a list that is still being built the details are masked, so that it has no number to call.
/// </summary>
public sealed class CampaignErasure(EntryStore entries, MaskedRows others) : IErasedRows
{
    public IReadOnlyList<string> Tables { get; } = [StorageNames.Campaigns];

    public async Task<RowErasure> EraseAsync(
        string table, Row row, PersonText person, CancellationToken cancellationToken)
    {
        if (EntryStore.EntryOf(row) is not { } entry)
        {
            return await others.EraseAsync(table, row, person, cancellationToken);
        }

        // Who has the same number in their own file is somebody else.
        var isTheirs = entry.ContactId is { } contactId
            ? person.Person.ContactIds.Contains(contactId)
            : person.IsOwn(entry.Number.E164 ?? entry.Number.Display);
        if (!isTheirs)
        {
            return RowErasure.Kept;
        }

        return entry.State == EntryState.Dialling || !await entries.EraseAsync(entry, cancellationToken)
            ? RowErasure.Later
            : RowErasure.Erased;
    }
}

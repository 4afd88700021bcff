using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.PersonalData;

/// <summary>
/// The person's places in the lists of campaigns: name, number and contact go, and nobody calls. State, times and cost
/// stay, as they are in the campaign's figures.
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

        var isTheirs = entry.ContactId is { } contactId
            ? person.Person.ContactIds.Contains(contactId)
            : person.IsOwn(entry.Number.E164 ?? entry.Number.Display);
        if (!isTheirs)
        {
            return await others.EraseAsync(table, row, person, cancellationToken);
        }

        if (entry.State is EntryState.Dialling or EntryState.Unknown && entry.LookAt is not null)
        {
            return RowErasure.Later;
        }

        var nameless = entry with
        {
            ContactId = null,
            Name = null,
            Number = new NumberView(null, "", PhoneNumberKind.Private),
        };
        var after = entry.State is EntryState.Waiting or EntryState.Held or EntryState.Offered
            ? nameless.RefusedAs(RefusalReason.Erased) with { LookAt = null }
            : nameless;
        return await entries.EraseAsync(entry, after, cancellationToken) ? RowErasure.Erased : RowErasure.Later;
    }
}

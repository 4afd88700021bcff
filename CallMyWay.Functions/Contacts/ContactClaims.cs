using System.Globalization;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Contacts;

/// <summary>Somebody is about to create a contact for the caller of a call.</summary>
/// <param name="ContactId">The id that the contact is to have.</param>
/// <param name="Document">What tells two people of one name apart; empty where it was not written.</param>
/// <param name="Call">The call, by a text that no other call has.</param>
public sealed record ContactClaim(
    string ContactId, string Name, string Document, string Call, string AgentId, DateTimeOffset At)
{
    /// <summary>How long another's creation counts as one that happens at once.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(1);

    /// <summary>
    /// True where both create the same contact: with the same name, whatever its accents and capitals, or two agents
    /// who have the same call. Whoever corrects what they sent for a call before wants another contact.
    /// </summary>
    public bool IsSameAs(ContactClaim other) =>
        (At - other.At).Duration() < Lately
        && (Call == other.Call
            ? AgentId != other.AgentId
            : Folded(Name) == Folded(other.Name) && MayBeOne(Document, other.Document));

    /// <summary>True unless both documents are known and differ: then two people have the same name.</summary>
    public static bool MayBeOne(string? document, string? other) =>
        IdentityDocument.Plain(document) is var one && IdentityDocument.Plain(other) is var another
        && (one.Length == 0 || another.Length == 0 || one == another);

    /// <summary>The name as it is compared.</summary>
    public static string Folded(string? name) => string.Join(' ', SearchText.Words(name ?? ""));
}

/// <summary>
/// Sees to it that agents who create the same unknown caller at once make one contact. Who creates one for a number
/// first writes a row under that number: inserted if absent, or replaced if unchanged. Whoever finds the row of the
/// same contact takes its id, under which one of them creates the contact. See
/// docs/decisions/0017-one-contact-of-a-caller.md.
/// </summary>
public sealed class ContactClaims(ITables tables)
{
    private const string NameColumn = "name";

    private const string DocumentColumn = "document";

    private const string CallColumn = "call";

    private const string AgentColumn = "agent";

    private readonly ITable _numbers = tables[StorageNames.ContactNumbers];

    /// <summary>
    /// The id under which the contact is to be created: the claim's own, or that of another's creation.
    /// </summary>
    public async Task<string> ClaimAsync(PhoneNumber number, ContactClaim claim, CancellationToken cancellationToken)
    {
        var row = new Row(number.MatchKey, ContactIndex.ClaimKey(number))
            .Set(ContactIndex.ContactIdColumn, claim.ContactId)
            .Set(NameColumn, claim.Name)
            .Set(DocumentColumn, claim.Document)
            .Set(CallColumn, claim.Call)
            .Set(AgentColumn, claim.AgentId)
            .Set(ContactIndex.ChosenAtColumn, claim.At.ToString("O", CultureInfo.InvariantCulture));
        while (await _numbers.InsertAsync(row, cancellationToken) is null)
        {
            if (await _numbers.GetAsync(row.Partition, row.Key, cancellationToken) is not { } found)
            {
                continue;
            }

            var other = Read(found);
            if (other.ContactId == claim.ContactId || other.IsSameAs(claim))
            {
                return other.ContactId;
            }

            if (await _numbers.ReplaceAsync(row.WithETag(found.ETag!), cancellationToken) is not null)
            {
                break;
            }
        }

        return claim.ContactId;
    }

    private static ContactClaim Read(Row row) => new(
        row.Text(ContactIndex.ContactIdColumn)!,
        row.Text(NameColumn) ?? "",
        row.Text(DocumentColumn) ?? "",
        row.Text(CallColumn) ?? "",
        row.Text(AgentColumn) ?? "",
        DateTimeOffset.Parse(row.Text(ContactIndex.ChosenAtColumn)!, CultureInfo.InvariantCulture));
}

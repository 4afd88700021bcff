using System.Text;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.ContactGuard;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.WrapUps;

namespace CallMyWay.Functions.PersonalData;

/// <summary>Clicks lose whom they called.</summary>
public sealed class DialErasure(DialStore dials) : IErasedRows
{
    public IReadOnlyList<string> Tables { get; } = [StorageNames.Dials];

    public async Task<RowErasure> EraseAsync(
        string table, Row row, PersonText person, CancellationToken cancellationToken) =>
        await dials.EraseAsync(
            row,
            (contactId, number) => contactId is not null
                ? person.Person.ContactIds.Contains(contactId)
                : person.IsOwn(number),
            cancellationToken)
            ? RowErasure.Erased
            : RowErasure.Kept;
}

/// <summary>When the person was called is forgotten.</summary>
public sealed class GuardErasure(GuardStore guard) : IErasedRows
{
    public IReadOnlyList<string> Tables { get; } = [StorageNames.ContactGuard];

    public async Task<RowErasure> EraseAsync(
        string table, Row row, PersonText person, CancellationToken cancellationToken) =>
        await guard.ForgetAsync(row, cancellationToken) ? RowErasure.Erased : RowErasure.Kept;
}

/// <summary>
/// Entries of the audit that tell of the person lose what was before and after. Who did what and when stays.
/// </summary>
public sealed class AuditErasure(AuditStore audit, TimeProvider clock) : IErasedRows
{
    public IReadOnlyList<string> Tables { get; } = [StorageNames.Audit];

    /// <summary>An export's filter can be a name alone, of which no number tells.</summary>
    public bool IsOpaque(Row row) => AuditStore.IsExport(row);

    public async Task<RowErasure> EraseAsync(
        string table, Row row, PersonText person, CancellationToken cancellationToken)
    {
        // Who has the same number in their own file is somebody else: that entry stays.
        var isTheirs = IsTheirs(row, person);
        if (!isTheirs && !IsMentioned(row, person))
        {
            return RowErasure.Kept;
        }

        var id = AuditStore.IdOf(row) is { } known && person.HasDetail(known) ? person.Masked(known) : null;
        return await audit.EraseAsync(row, clock.GetUtcNow(), id, cancellationToken)
            ? RowErasure.Erased
            : RowErasure.Kept;
    }

    public ValueTask<string?> FindAsync(Row row, PersonText person, CancellationToken cancellationToken) =>
        new(IsMentioned(row, person) ? AuditStore.Read(row).After?.ToJsonString() : null);

    /// <summary>True for an entry about one of the person's contacts, or one of their merges.</summary>
    internal static bool IsTheirs(Row row, PersonText person) =>
        AuditStore.IdOf(row) is { } id
        && (person.Person.ContactIds.Contains(id)
            || (id.LastIndexOf(Keys.Separator) is > 0 and var end && person.Person.ContactIds.Contains(id[..end])));

    private static bool IsMentioned(Row row, PersonText person) => row.Columns.Values.OfType<string>().Any(
        text => person.HasId(text) || person.HasDetail(text)
            || (AuditStore.IsExport(row) && person.HasName(text)));
}

/// <summary>
/// What an agent recorded of calls with others: details are masked, and what a wrap-up had replaced, which can name the
/// person, goes.
/// </summary>
public sealed class WrapUpErasure(WrapUpStore wrapUps, MaskedRows others) : IErasedRows
{
    public IReadOnlyList<string> Tables { get; } = [StorageNames.WrapUps];

    public async Task<RowErasure> EraseAsync(
        string table, Row row, PersonText person, CancellationToken cancellationToken)
    {
        if (!row.Columns.Values.OfType<string>().Any(person.HasId))
        {
            return await others.EraseAsync(table, row, person, cancellationToken);
        }

        // The details of the rest are masked when the row is looked at again.
        return await wrapUps.ForgetReplacedAsync(row, cancellationToken)
            ? RowErasure.Later
            : await others.EraseAsync(table, row, person, cancellationToken);
    }
}

/// <summary>Notifications that were refused are kept as they came: those of the person go.</summary>
public sealed class RefusedEventErasure(ITables tables) : IErasedRows
{
    public IReadOnlyList<string> Tables { get; } = [StorageNames.RefusedEvents];

    /// <summary>A body that is no UTF-8 stands in Base64.</summary>
    public bool IsOpaque(Row row) => Bytes(row) is not null;

    public async Task<RowErasure> EraseAsync(
        string table, Row row, PersonText person, CancellationToken cancellationToken) =>
        (person.IsIn(row) || (Bytes(row) is { } text && person.HasDetail(text)))
        && await tables[table].DeleteAsync(row.Partition, row.Key, row.ETag, cancellationToken)
            ? RowErasure.Erased
            : RowErasure.Kept;

    public ValueTask<string?> FindAsync(Row row, PersonText person, CancellationToken cancellationToken) =>
        new(Bytes(row) is { } text && person.HasDetail(text) ? text : null);

    private static string? Bytes(Row row) =>
        row.Text(RefusedEventStore.BytesColumn) is { } base64
            ? Encoding.Latin1.GetString(Convert.FromBase64String(base64))
            : null;
}

/// <summary>Jobs that are over: what they had to do is masked. One that goes on needs it.</summary>
public sealed class JobErasure(MaskedRows others) : IErasedRows
{
    public IReadOnlyList<string> Tables { get; } = [StorageNames.Jobs];

    public async Task<RowErasure> EraseAsync(
        string table, Row row, PersonText person, CancellationToken cancellationToken) =>
        JobStore.IsJob(row) && JobStore.Read(row).IsOver
            ? await others.EraseAsync(table, row, person, cancellationToken)
            : RowErasure.Kept;
}

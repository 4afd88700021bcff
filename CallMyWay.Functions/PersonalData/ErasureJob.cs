using CallMyWay.Functions.Calls;
using CallMyWay.Functions.ContactImports;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.PersonalData;

/// <summary>
/// Erases a person: first the calls, then the contact, then all that is left in any table, by going over all rows; last
/// the messages that were set aside. Each step does again what the one before it may have left half-way. By what the
/// person is known stands in the erasure's own row, as the contact is gone long before the end.
/// </summary>
public sealed class ErasureJob(
    ErasureStore erasures,
    PersonFinder finder,
    ContactStore contacts,
    CallIndex index,
    CallErasure calls,
    ErasedTables erased,
    ITables tables,
    PoisonErasure poison,
    IndexRepair repair,
    ImportTurns imports,
    IQueue storm,
    TimeProvider clock) : IJobKind
{
    public const string Name = "personalDataErasures";

    private const int PageSize = 200;

    /// <summary>How often a row that others change at the same time is tried at once.</summary>
    private const int MostTries = 5;

    /// <summary>A step begins no further page after this.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(10);

    /// <summary>How long is waited for the end of a call, of an import, or of a storm of notifications.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(15);

    /// <summary>
    /// What others had read of the contact before it went is written by then, and found by what follows.
    /// </summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    private static readonly Phrase CallGoesOn = new(
        "Hay una llamada en curso con la persona: se sigue cuando termine.",
        "A call with the person goes on: it continues when that ends.");

    private static readonly Phrase InUse = new(
        "Algunos datos están en uso: se revisan otra vez.", "Some rows are in use: they are looked at again.");

    private static readonly Phrase ImportGoesOn = new(
        "Hay una importación de contactos en curso: se sigue cuando termine.",
        "An import of contacts goes on: it continues when that ends.");

    private static readonly Phrase Merged = new(
        "El contacto se unió con otro mientras se borraba. Pida el borrado desde el contacto que quedó.",
        "The contact was merged into another one meanwhile. Ask for the erasure of the one that was kept.");

    public string Kind => Name;

    public async Task<JobStep> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var work = ErasureWork.Read(job.Payload);
        if (await erasures.GetAsync(work.ErasureId, cancellationToken) is not { } erasure)
        {
            return JobStep.Done(job);
        }

        while (erasure is { Person: { } known } && clock.GetElapsedTime(began) < AtMost)
        {
            if (storm.IsInStorm)
            {
                return JobStep.GoOn(job, Wait);
            }

            var person = new PersonText(known);
            switch (work.Phase)
            {
                case ErasurePhase.Calls:
                    if (await CallsAsync(work, person, cancellationToken) is not var (nextCalls, callCount, goesOn))
                    {
                        work = work.To(ErasurePhase.Contact);
                        break;
                    }

                    (work, job) = (nextCalls, Counted(job, nextCalls, Erased.Calls, callCount));
                    if (goesOn)
                    {
                        return JobStep.TryAgain(job, CallGoesOn, Wait);
                    }

                    break;
                case ErasurePhase.Contact:
                    if (await contacts.GetAsync(known.ContactIds[0], cancellationToken) is not { } contact)
                    {
                        work = work.To(ErasurePhase.Rows);
                        return JobStep.GoOn(Counted(job, work, Erased.Contacts, 0), Settling);
                    }

                    if (!known.ContactIds.Contains(contact.ContactId))
                    {
                        return JobStep.Failed(job, Merged);
                    }

                    var found = await finder.FindAsync(contact, cancellationToken);
                    if (!known.Covers(found))
                    {
                        // Somebody has changed it since: there may be more calls.
                        erasure = await erasures.ReplaceAsync(
                            erasure with { Person = known.And(found) }, cancellationToken)
                            ?? await erasures.GetAsync(work.ErasureId, cancellationToken);
                        work = work.To(ErasurePhase.Calls);
                        break;
                    }

                    if (await contacts.DeleteAsync(contact, contact.ETag, cancellationToken))
                    {
                        work = work.To(ErasurePhase.Rows);
                        return JobStep.GoOn(Counted(job, work, Erased.Contacts, 1), Settling);
                    }

                    break;
                case ErasurePhase.Rows:
                    if (work.Part == erased.Names.Count)
                    {
                        work = work.To(ErasurePhase.Queues);
                        break;
                    }

                    var table = erased.Names[work.Part];
                    if (table == StorageNames.ContactImports && work.After is null
                        && !await imports.AreOverAsync(cancellationToken))
                    {
                        return JobStep.TryAgain(Counted(job, work, table, 0), ImportGoesOn, Wait);
                    }

                    var (nextRows, rowCount, areInUse) = await RowsAsync(work, table, person, cancellationToken);
                    (work, job) = (nextRows, Counted(job, nextRows, table, rowCount));
                    if (areInUse)
                    {
                        return JobStep.TryAgain(job, InUse, Wait);
                    }

                    break;
                case ErasurePhase.Queues:
                    var (messages, isBusy) = await poison.EraseAsync(person, cancellationToken);
                    work = isBusy ? work : work.To(ErasurePhase.End);
                    job = Counted(job, work, Erased.Poison, messages);
                    if (isBusy)
                    {
                        return JobStep.TryAgain(job, InUse, Wait);
                    }

                    break;
                default:
                    return await EndAsync(job, erasure, work, cancellationToken);
            }

            job = job with { Payload = work.ToJson() };
        }

        return erasure is { Person: not null }
            ? JobStep.GoOn(job)
            : JobStep.Done(job with { Payload = work.To(ErasurePhase.End).ToJson() });
    }

    /// <summary>
    /// A page of the calls that the index names; null where there are none left. The last tells whether one of them goes
    /// on: then the page is begun again.
    /// </summary>
    private async Task<(ErasureWork Next, int Erased, bool GoesOn)?> CallsAsync(
        ErasureWork work, PersonText person, CancellationToken cancellationToken)
    {
        var ids = person.Person.ContactIds;
        if (work.Part >= ids.Count + person.Person.MatchKeys.Count)
        {
            return null;
        }

        var (contactId, matchKey) = work.Part < ids.Count
            ? (ids[work.Part], "")
            : (null, person.Person.MatchKeys[work.Part - ids.Count]);
        var page = await index.ReadKeysAsync(contactId, matchKey, work.AfterCall, PageSize, cancellationToken);
        var done = await AtOnce.DoAsync(page, row => calls.EraseAsync(row.Call, person, cancellationToken));
        var count = done.Count(each => each == RowErasure.Erased);
        return done.Contains(RowErasure.Later) ? (work, count, true)
            : page.Count < PageSize ? (work.Following(), count, false)
            : (work with { AfterCall = page[^1].Key }, count, false);
    }

    /// <summary>
    /// A page of a table. The last tells whether rows were in use when the table's end was reached: then it is begun
    /// again.
    /// </summary>
    private async Task<(ErasureWork Next, int Erased, bool AreInUse)> RowsAsync(
        ErasureWork work, string table, PersonText person, CancellationToken cancellationToken)
    {
        var rule = erased.RuleOf(table);
        var page = await tables[table].ScanAsync(work.After, PageSize, cancellationToken);
        var (count, isAgain) = (0, work.IsAgain);
        foreach (var row in page.Where(row => rule.IsOpaque(row) || person.IsIn(row)))
        {
            var outcome = await EraseAsync(rule, table, row, person, cancellationToken);
            count += outcome == RowErasure.Erased ? 1 : 0;
            isAgain |= outcome == RowErasure.Later;
        }

        if (page.Count == PageSize)
        {
            var last = page[^1];
            return (
                work with { AfterPartition = last.Partition, AfterKey = last.Key, IsAgain = isAgain }, count, false);
        }

        return isAgain
            ? (new ErasureWork(work.ErasureId, work.Phase) { Part = work.Part }, count, true)
            : (work.Following(), count, false);
    }

    private async Task<RowErasure> EraseAsync(
        IErasedRows rule, string table, Row row, PersonText person, CancellationToken cancellationToken)
    {
        var outcome = RowErasure.Later;
        var read = row;
        for (var i = 0; i < MostTries && outcome == RowErasure.Later && read is not null; i++)
        {
            if (i > 0)
            {
                read = await tables[table].GetAsync(row.Partition, row.Key, cancellationToken);
                if (read is null || !(rule.IsOpaque(read) || person.IsIn(read)))
                {
                    return RowErasure.Erased;
                }
            }

            outcome = await rule.EraseAsync(table, read, person, cancellationToken);
        }

        return outcome;
    }

    // The row by which the contact is known to be erased goes before what it is erased by: whoever asks again then finds
    // no contact any more.
    private async Task<JobStep> EndAsync(
        Job job, Erasure erasure, ErasureWork work, CancellationToken cancellationToken)
    {
        await repair.ForgetAsync(cancellationToken);
        await erasures.CloseAsync(erasure.Person!.ContactIds, cancellationToken);
        var finished = await erasures.ReplaceAsync(
            erasure with { Person = null, FinishedAt = clock.GetUtcNow(), Counts = job.Counts }, cancellationToken);
        return finished is null ? JobStep.GoOn(job) : JobStep.Done(job with { Payload = work.ToJson() });
    }

    private static Job Counted(Job job, ErasureWork work, string name, int more) => job with
    {
        Payload = work.ToJson(),
        Counts = more == 0 ? job.Counts : new Dictionary<string, long>(job.Counts, StringComparer.Ordinal)
        {
            [name] = job.Count(name) + more,
        },
    };
}

using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.ExternalContacts;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.ContactLookup;

/// <summary>
/// Asks the CRM about a call's number, and stores the contacts that it answers, by which they reach the open cards. It
/// runs beside the call: whatever goes wrong is noted for an administrator, and the call is as it would be without.
/// </summary>
public sealed partial class LookupAsking(
    LookupStore store,
    LookupClient client,
    LookupCircuit circuit,
    LookupReports reports,
    ContactPush push,
    ContactStore contacts,
    ContactFieldStore fields,
    IContactNews news,
    CallsFirst callsFirst,
    TimeProvider clock,
    ILogger<LookupAsking> logger) : IDisposable
{
    /// <summary>More numbers at once are not asked for: a CRM is not to get a storm of calls as one of requests.</summary>
    public const int MostAtOnce = 32;

    /// <summary>Answers are stored one after the other, as the next calls come first.</summary>
    private const int StoredAtOnce = 1;

    /// <summary>So long an answer waits at each step for calls that are on their way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private readonly LookupCache _cache = new(clock);

    private readonly SemaphoreSlim _places = new(MostAtOnce);

    private readonly SemaphoreSlim _storing = new(StoredAtOnce);

    private readonly CancellationTokenSource _stop = new();

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        _places.Dispose();
        _storing.Dispose();
    }

    /// <param name="question">About the call.</param>
    /// <param name="known">Whom the call's card shows; null where it stays with whom it shows.</param>
    internal async Task RunAsync(LookupQuestion question, IReadOnlyList<Candidate>? known)
    {
        try
        {
            var stopping = _stop.Token;
            var settings = (await store.GetRecentAsync(stopping)).Settings;
            if (!settings.IsOn)
            {
                return;
            }

            var isAsker = false;
            var found = await _cache.GetAsync(question.Number, settings.ETag!, () =>
            {
                isAsker = true;
                return FindAsync(settings, question, known, stopping);
            });
            if (!isAsker && known is not null)
            {
                await TellAgainAsync(found ?? [], known, stopping);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The host stops. The next call of the number asks anew.
        }
        catch (Exception exception)
        {
            // Whatever it is, the call has what is known here.
            Log.NotAsked(logger, exception);
        }
    }

    /// <summary>The ids of the contacts that the CRM answered, once they are stored; null where it failed.</summary>
    private async Task<IReadOnlyList<string>?> FindAsync(
        LookupSettings settings,
        LookupQuestion question,
        IReadOnlyList<Candidate>? known,
        CancellationToken stopping)
    {
        if (await AskAsync(settings, question, stopping) is not { } reply)
        {
            return null;
        }

        await _storing.WaitAsync(stopping);
        try
        {
            // What is remembered of the answer goes with the process: the next call of the number asks anew, whatever a
            // power cut has taken. So the disk is left to the calls.
            return await RepeatableWrites.DoAsync(() => StoreAsync(reply, known, stopping));
        }
        finally
        {
            _storing.Release();
        }
    }

    /// <summary>What the CRM answered; null where it failed, and where it is not asked.</summary>
    private async Task<LookupReply?> AskAsync(
        LookupSettings settings, LookupQuestion question, CancellationToken stopping)
    {
        if (!circuit.TryEnter(settings.ETag!))
        {
            return null;
        }

        if (!_places.Wait(0, CancellationToken.None))
        {
            circuit.Left();
            await reports.FailedAsync(LookupError.Overloaded, null, null, null);
            return null;
        }

        try
        {
            var reply = await client.AskAsync(settings, question, stopping);
            if (reply.Error is { } error)
            {
                var pausedUntil = circuit.Failed() ? clock.GetUtcNow() + LookupCircuit.Pause : (DateTimeOffset?)null;
                if (pausedUntil is not null)
                {
                    Log.Paused(logger, error, reply.Status);
                }

                await reports.FailedAsync(error, reply.Status, reply.Field, pausedUntil);
                return null;
            }

            circuit.Succeeded();
            return reply;
        }
        catch
        {
            // A trial without a result would keep all later calls from trying.
            circuit.Left();
            throw;
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<IReadOnlyList<string>?> StoreAsync(
        LookupReply reply, IReadOnlyList<Candidate>? known, CancellationToken stopping)
    {
        var stored = new List<string>();
        var toTell = new List<(Contact Contact, Contact? Before)>();
        try
        {
            var (fitting, leftOut) = reply.Contacts.Any(contact => contact.Fields is { Count: > 0 })
                ? LookupFields.Fit(reply.Contacts, await fields.GetRecentAsync(stopping))
                : (reply.Contacts, null);
            foreach (var contact in fitting)
            {
                await LetCallsPassAsync();
                if (await push.ApplyAsync(contact, stopping, IsShown, TellLater) is not { After: { } after })
                {
                    await TellAsync();
                    await reports.FailedAsync(LookupError.NotStored, null, null, null);
                    return null;
                }

                stored.Add(after.ContactId);
            }

            // Once all are stored: a call that saw the first one alone would be that one's.
            await TellAsync();
            await reports.AnsweredAsync();
            if (leftOut is not null)
            {
                await reports.LeftOutAsync(leftOut);
            }

            return stored;
        }
        catch (StorageException exception)
        {
            Log.NotStored(logger, exception);
            await reports.FailedAsync(LookupError.NotStored, null, null, null);
            return null;
        }

        async Task TellAsync()
        {
            foreach (var (contact, before) in toTell)
            {
                await LetCallsPassAsync();
                await news.StoredAsync(contact, before);
            }
        }

        Task LetCallsPassAsync() => callsFirst.WhenNoneAsync(Patience, stopping);

        Task TellLater(Contact contact, Contact? before)
        {
            toTell.Add((contact, before));
            return Task.CompletedTask;
        }

        // The usual answer: whom the card shows already. A card that stays with whom it shows is asked for nothing.
        bool IsShown(Contact contact) =>
            known is null || known.Any(candidate => candidate.ContactId == contact.ContactId);
    }

    // The call was matched on its own, perhaps before the contacts of an earlier answer were stored.
    private async Task TellAgainAsync(
        IReadOnlyList<string> found, IReadOnlyList<Candidate> known, CancellationToken stopping)
    {
        foreach (var contactId in found.Where(id => known.All(candidate => candidate.ContactId != id)))
        {
            if (await contacts.GetAsync(contactId, stopping) is { } contact
                && known.All(candidate => candidate.ContactId != contact.ContactId))
            {
                await RepeatableWrites.DoAsync(async () =>
                {
                    await news.StoredAsync(contact, null);
                    return true;
                });
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "The CRM did not tell who calls ({Error}, status {Status}), several times in a row. It is not asked for a "
            + "minute; calls show the contacts that are known here.")]
        public static partial void Paused(ILogger logger, LookupError error, int? status);

        [LoggerMessage(
            LogLevel.Warning, "What the CRM told of who calls could not be stored. The next call of the number asks anew.")]
        public static partial void NotStored(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Warning, "The CRM was not asked who calls.")]
        public static partial void NotAsked(ILogger logger, Exception exception);
    }
}

using CallMyWay.Functions.Calls;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.FollowUps;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Reports;
using CallMyWay.Functions.WrapUps;

namespace CallMyWay.Functions.Retention;

/// <summary>
/// Removes a call, or takes out of it who it was with. Each step can be repeated, and the row by which the call is found
/// goes last: a process that ends in between leaves nothing that the next run does not find.
/// </summary>
public sealed class OldCalls(
    CallStore calls,
    CallIndex index,
    CallWriter writer,
    WrapUpStore wrapUps,
    FollowUpStore followUps,
    PromiseStore promises,
    ChangedHours changed,
    PeriodStore periods,
    TimeProvider clock)
{
    /// <summary>Does with a call what the stage asks for. True where something was changed.</summary>
    /// <param name="stage">What is done.</param>
    /// <param name="key">The key of its index rows.</param>
    /// <param name="callKey">The call.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public Task<bool> TreatAsync(
        RetentionStage stage, string key, CallKey callKey, CancellationToken cancellationToken) => stage switch
        {
            RetentionStage.Remove => RemoveAsync(key, callKey, cancellationToken),
            RetentionStage.Anonymize => AnonymizeAsync(key, callKey, cancellationToken),
            _ => ForgetEventsAsync(key, callKey, cancellationToken),
        };

    // A call can be named under another time too, by a row that an attempt has left: it is not the call of that time.
    private async ValueTask<Call?> FindAsync(string key, CallKey callKey, CancellationToken cancellationToken) =>
        await calls.GetAsync(callKey, cancellationToken) is { } call && CallIndex.KeyOf(call) == key ? call : null;

    private async Task<bool> RemoveAsync(string key, CallKey callKey, CancellationToken cancellationToken)
    {
        var isThere = false;
        while (await FindAsync(key, callKey, cancellationToken) is { } call)
        {
            isThere = true;
            // Its figures stay, but for those that name its contact: also where the rule is taken back before the hour
            // is worked out again.
            await periods.NoteLostCallsAsync(Period.OfHour(ChangedHours.HourOf(call)), cancellationToken);
            await changed.MarkAsync(call, cancellationToken);
            await DeleteDueAsync(call, cancellationToken);
            await wrapUps.DeleteAsync(call.Key, cancellationToken);
            await index.RemoveAllButOneAsync(call, cancellationToken);
            if (await calls.DeleteAsync(call, cancellationToken))
            {
                // What was stored in between, such as a draft, has no call any more.
                await DeleteDueAsync(call, cancellationToken);
                await wrapUps.DeleteAsync(call.Key, cancellationToken);
                break;
            }
        }

        await index.RemoveLastAsync(key, cancellationToken);
        return isThere;
    }

    private async Task<bool> AnonymizeAsync(string key, CallKey callKey, CancellationToken cancellationToken)
    {
        if (await FindAsync(key, callKey, cancellationToken) is not { } found)
        {
            return false;
        }

        await DeleteDueAsync(found, cancellationToken);
        await wrapUps.AnonymizeAsync(found.Key, cancellationToken);
        // What is to be removed with it is known from the call as it was: also where a run that was broken off has
        // saved it and no more, the rows of a contact are found by the repair.
        var before = found;
        var saved = await writer.ChangeAsync(
            async token => await calls.GetAsync(callKey, token) is { AnonymizedAt: null } call ? before = call : null,
            call => Personless.Of(call, clock.GetUtcNow()),
            cancellationToken);
        if (saved is not null)
        {
            await index.RemoveFormerAsync(before, saved, cancellationToken);
        }

        return saved is not null;
    }

    private async Task<bool> ForgetEventsAsync(string key, CallKey callKey, CancellationToken cancellationToken) =>
        await writer.ChangeAsync(
            async token => await FindAsync(key, callKey, token) is { } call
                && !ReferenceEquals(call.Facts.WithoutNotifications(), call.Facts) ? call : null,
            call => call.Facts.WithoutNotifications(),
            cancellationToken) is not null;

    private async Task DeleteDueAsync(Call call, CancellationToken cancellationToken)
    {
        IReadOnlyList<string?> owners = [null, .. call.Agents.Select(agent => agent.AgentId)];
        foreach (var id in owners.Select(owner => DueItemId.Of(call.Key, owner)))
        {
            if (await followUps.GetAsync(id, cancellationToken) is { } followUp)
            {
                await followUps.DeleteAsync(followUp, cancellationToken);
            }

            if (await promises.GetAsync(id, cancellationToken) is { } promise)
            {
                await promises.DeleteAsync(promise, cancellationToken);
            }
        }
    }
}

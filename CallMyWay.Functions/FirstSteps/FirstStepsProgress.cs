using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.FirstSteps;

/// <summary>Works out how far an installation is, by what is there.</summary>
public sealed class FirstStepsProgress(
    FirstStepsStore store,
    Accounts accounts,
    AccountTestStore tests,
    RecordPullStore pulls,
    WebhookUse webhook,
    AgentStore agents,
    MappingStore mappings,
    ContactSearch contacts,
    CallIndex index,
    IHostDescription host,
    TimeProvider clock)
{
    /// <summary>So many of the newest calls are looked at for one that reached an agent.</summary>
    private const int Looked = 20;

    private static readonly TimeSpan Back = TimeSpan.FromDays(30);

    /// <summary>
    /// True where an administrator lands on the list: not in the demo, and not once it was hidden or is done. Where it
    /// is neither it is worked out, which costs about a dozen reads.
    /// </summary>
    public async Task<bool> IsLandingAsync(string agentId, CancellationToken cancellationToken)
    {
        if (host.Describe().Demo || (await store.GetAsync(cancellationToken)).Hidden)
        {
            return false;
        }

        var (_, states) = await ReadAsync(agentId, cancellationToken);
        if (states.Values.Contains(FirstStepState.Open))
        {
            return true;
        }

        // What was done once is not asked for again, whatever goes away later.
        await store.ChangeAsync(choice => choice with { Hidden = true }, cancellationToken);
        return false;
    }

    /// <summary>What was decided, and how far each step is.</summary>
    public async Task<(FirstStepsChoice Choice, IReadOnlyDictionary<FirstStep, FirstStepState> States)> ReadAsync(
        string agentId, CancellationToken cancellationToken)
    {
        var choice = await store.GetAsync(cancellationToken);
        var hasPhones = (await mappings.ListAsync(cancellationToken)).Count > 0;
        if (choice.ETag is null || (hasPhones && choice.PhonesSince is null))
        {
            // An office that had its phones before there was this list has had its calls too.
            var now = clock.GetUtcNow();
            DateTimeOffset? since = !hasPhones ? null : choice.ETag is null ? now - Back : now;
            choice = await store.ChangeAsync(
                before => before with { PhonesSince = before.PhonesSince ?? since }, cancellationToken);
        }

        var hasCall = choice.PhonesSince is { } phones && await HasReachedAsync(agentId, phones, cancellationToken);
        var states = new Dictionary<FirstStep, bool>
        {
            [FirstStep.Account] = await AnswersAsync(cancellationToken),
            // A call that a notification has told of may be of an earlier release, which did not note a key's use.
            [FirstStep.Webhook] = hasCall
                || (await webhook.ListAsync(cancellationToken)).Any(key => key.LastUsedAt is not null),
            // An administrator of the directory may have no row of their own.
            [FirstStep.People] = (await agents.ListAsync(cancellationToken)).Any(agent => agent.AgentId != agentId),
            [FirstStep.Phones] = hasPhones,
            [FirstStep.Contacts] =
                (await contacts.ListAsync(new PageRequest(1, null), cancellationToken)).Items.Count > 0,
            [FirstStep.Call] = hasCall,
        };
        return (choice, states.ToDictionary(
            state => state.Key,
            state => state.Value ? FirstStepState.Done
                : choice.Skipped.Contains(state.Key) ? FirstStepState.Skipped
                : FirstStepState.Open));
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        foreach (var account in accounts.All)
        {
            var pull = await pulls.GetAsync(account.Username, cancellationToken);
            if (pull is not { SucceededAt: not null, Failure: null }
                && await tests.GetAsync(account.Username, cancellationToken) is not { Verdict: AccountVerdict.Reached })
            {
                return false;
            }
        }

        return accounts.All.Count > 0;
    }

    private async Task<bool> HasReachedAsync(
        string agentId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var filter = new CallFilter
        {
            Visible = VisibleCalls.All(agentId),
            // The operator's clock may be behind ours.
            From = (since > now - Back ? since : now - Back) - CallFact.ClockTolerance,
            To = CallFilter.EndOf(now),
            Now = now,
        };
        var page = await index.ListAsync(filter, new PageRequest(Looked, null), cancellationToken);
        return page.Items.Any(call => call.Agents.Count > 0
            && call.Sources.Contains(CallSource.Webhook)
            && call.Facts.Timeline.All(fact => fact.At >= since));
    }
}

using CallMyWay.Functions.Api;
using CallMyWay.Functions.ContactGuard;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Campaigns;

/// <summary>
/// Has those whom the contact guard holds looked at again once its rules have changed: an office that opens an hour more
/// calls in it.
/// </summary>
public sealed class HeldEntries(CampaignStore campaigns, EntryStore entries, GuardStore guard, TimeProvider clock)
{
    /// <summary>How many are made due at once. The next look takes those behind them.</summary>
    private const int Most = 200;

    /// <summary>Makes a part of those who are held due; nothing where the rules are those of the last look.</summary>
    public async Task LookAgainAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        var rules = (await guard.GetRulesAsync(cancellationToken)).ETag ?? "";
        var look = campaign.HeldLook?.Rules == rules ? campaign.HeldLook : new HeldLook(rules, null, IsDone: false);
        if (look.IsDone)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var after = look.Next is { } next && PageToken.TryParse(next, out var token) ? token : null;
        var page = await entries.ListAsync(
            campaign.CampaignId, EntryState.Held, new PageRequest(Most, after), cancellationToken);
        // Whom the operator refused waits as long as it was said.
        await AtOnce.DoAsync(
            page.Items.Where(entry => entry.NextAt > now && entry.OperatorRefusals == 0),
            entry => entries.ChangeAsync(
                entry.CampaignId,
                entry.EntryId,
                found => found.State == EntryState.Held && found.Tries == entry.Tries ? found with { NextAt = now } : null,
                cancellationToken));
        // Last: where the process ends before it, these are looked at once more.
        await campaigns.ChangeAsync(
            campaign.CampaignId,
            found => found with { HeldLook = new HeldLook(rules, page.Next, IsDone: page.Next is null) },
            cancellationToken);
    }
}

/// <summary>How far those who are held were looked at again.</summary>
/// <param name="Rules">The version of the guard's rules; empty for those that an office begins with.</param>
/// <param name="Next">Where the look goes on; null for the beginning.</param>
/// <param name="IsDone">True once all were looked at.</param>
public sealed record HeldLook(string Rules, string? Next, bool IsDone);

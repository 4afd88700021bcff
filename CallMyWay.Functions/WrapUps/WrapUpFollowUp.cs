using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.FollowUps;

namespace CallMyWay.Functions.WrapUps;

/// <summary>Keeps a call's follow-up in line with its wrap-up.</summary>
public sealed class WrapUpFollowUp(FollowUpStore followUps, ContactStore contacts)
{
    /// <summary>
    /// Writes the follow-up that the wrap-up asks for. If the wrap-up asks for none, or is a draft, removes the
    /// existing one.
    /// </summary>
    /// <param name="owner">The agent whose own wrap-up it is; null for the shared one.</param>
    public async Task WriteAsync(Call call, string? owner, WrapUp? wrapUp, CancellationToken cancellationToken)
    {
        var id = FollowUpStore.IdOf(call.Key, owner);
        var before = await followUps.GetAsync(id, cancellationToken);
        if (wrapUp is not { Draft: false, FollowUp: { DueAt: { } dueAt } note })
        {
            if (before is not null)
            {
                await followUps.DeleteAsync(before, cancellationToken);
            }

            return;
        }

        if (before is not null && before.DueAt == dueAt && before.Note == note.Note)
        {
            // Only something else was corrected: what was done stays done.
            return;
        }

        var contact = call.ContactId is null ? null : await contacts.GetAsync(call.ContactId, cancellationToken);
        await followUps.PutAsync(
            new FollowUp
            {
                FollowUpId = id,
                AgentId = wrapUp.AgentId,
                CallId = call.CallId,
                Account = call.Account,
                ContactId = contact?.ContactId,
                ContactName = contact?.Title,
                Number = call.AgentOf(wrapUp.AgentId)?.Number ?? call.Number,
                DueAt = dueAt.ToUniversalTime(),
                Note = note.Note,
            },
            cancellationToken);
    }
}

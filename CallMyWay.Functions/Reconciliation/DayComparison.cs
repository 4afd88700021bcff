using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Reconciliation;

/// <summary>Compares what notifications and records told of a day's calls. Pure.</summary>
/// <param name="begunAt">
/// When the operator was first asked for the day: a record that came since then was missing before.
/// </param>
/// <param name="isSameParty">
/// Whether a text of a notification and one of a record name the same phone or number.
/// </param>
public sealed class DayComparison(DateTimeOffset begunAt, Func<string, string, bool> isSameParty)
{
    /// <summary>Lengths that differ by no more are the same: one is rounded, the other cut.</summary>
    public const int SameSeconds = 1;

    /// <summary>The day as it stands.</summary>
    /// <param name="calls">The calls of the day.</param>
    /// <param name="before">The day as it was worked out before: what was put right then stays said.</param>
    /// <param name="joined">The calls that were joined with their record just now, which stood beside them.</param>
    /// <param name="aside">How many records of the day could not be read.</param>
    /// <param name="error">Why the operator could not be asked; null where it could.</param>
    public DayReconciliation Compare(
        IEnumerable<Call> calls, DayReconciliation before, IReadOnlySet<string> joined, int aside, Phrase? error)
    {
        var healedBefore = before.Mismatches.Where(known => known.HealedBy is not null)
            .ToDictionary(known => known.CallId, StringComparer.Ordinal);
        var found = new List<Mismatch>();
        var (count, webhookOnly, recordOnly, differing) = (0, 0, 0, 0);
        foreach (var call in calls.Where(call => !call.IsNoted))
        {
            count++;
            var mismatch = Of(call);
            if (joined.Contains(call.CallId))
            {
                mismatch = (mismatch ?? new Mismatch(call.CallId, MismatchKind.WebhookOnly, call.StartedAt)) with
                {
                    HealedBy = HealedBy.Record,
                };
            }

            mismatch = healedBefore.GetValueOrDefault(call.CallId) is not { } known ? mismatch
                : mismatch is null ? known
                // The record that was missing then has come to stay.
                : call.Facts.Records.Count > 0 ? mismatch with { HealedBy = known.HealedBy }
                : mismatch;
            if (mismatch is null)
            {
                continue;
            }

            found.Add(mismatch);
            webhookOnly += mismatch is { Kind: MismatchKind.WebhookOnly, HealedBy: null } ? 1 : 0;
            recordOnly += mismatch.Kind == MismatchKind.RecordOnly ? 1 : 0;
            differing += mismatch.Kind == MismatchKind.Differing ? 1 : 0;
        }

        var healed = found.Count(mismatch => mismatch.HealedBy is not null);
        return before with
        {
            State = webhookOnly > 0 || aside > 0 || error is not null ? DayState.Open
                : healed > 0 || differing > 0 ? DayState.Healed
                : DayState.Green,
            Matched = count - webhookOnly - recordOnly - differing,
            WebhookOnly = webhookOnly,
            RecordOnly = recordOnly,
            Differing = differing,
            Healed = healed,
            Aside = aside,
            Error = error,
            Mismatches =
            [
                .. found.OrderBy(mismatch => mismatch.HealedBy is not null)
                    .ThenBy(mismatch => mismatch.Kind).ThenBy(mismatch => mismatch.At)
                    .ThenBy(mismatch => mismatch.CallId, StringComparer.Ordinal).Take(DayReconciliation.MaxMismatches),
            ],
            MoreMismatches = Math.Max(0, found.Count - DayReconciliation.MaxMismatches),
        };
    }

    /// <summary>
    /// True for two calls of which one is known by notifications alone and the other by its record alone, and which are
    /// alike.
    /// </summary>
    public bool AreHalves(Call told, Call recorded) =>
        CallTimes.Of(told).MayBe(CallTimes.Of(recorded))
        && isSameParty(told.Ani, recorded.Ani) && isSameParty(told.Dnis, recorded.Dnis);

    /// <summary>True for a call that notifications alone told of.</summary>
    public static bool IsOfWebhookOnly(Call call) => !call.IsNoted && call.Facts.Records.Count == 0;

    /// <summary>
    /// True for a call of which no notification told, and that has its record. The list of calls that go on may have
    /// told of it before.
    /// </summary>
    public static bool IsOfRecordOnly(Call call) =>
        call.Facts.Records.Count > 0 && !call.Sources.Contains(CallSource.Webhook);

    private Mismatch? Of(Call call)
    {
        if (IsOfWebhookOnly(call))
        {
            return new Mismatch(call.CallId, MismatchKind.WebhookOnly, call.StartedAt)
            {
                WebhookSeconds = call.DurationSeconds,
                WebhookCost = call.Cost,
            };
        }

        // What one leg's record says beside another's came with the first of them.
        var healedBy = call.Facts.Records.Min(record => record.At) >= begunAt ? HealedBy.Pull : HealedBy.Record;
        if (IsOfRecordOnly(call))
        {
            return new Mismatch(call.CallId, MismatchKind.RecordOnly, call.StartedAt)
            {
                HealedBy = healedBy,
                RecordSeconds = call.DurationSeconds,
                RecordCost = call.Cost,
            };
        }

        var told = CallDerivation.Derive(call.Facts with { Records = [] });
        List<string> fields = [.. FieldsOf(call, told)];
        var isOpen = told.State != CallState.Ended;
        if (fields.Count == 0 && !isOpen && healedBy == HealedBy.Record)
        {
            return null;
        }

        return new Mismatch(
            call.CallId, fields.Count > 0 ? MismatchKind.Differing : MismatchKind.WebhookOnly, call.StartedAt)
        {
            Fields = isOpen ? [.. fields, Mismatch.End] : fields.Count > 0 ? fields : null,
            HealedBy = isOpen || healedBy == HealedBy.Pull ? healedBy : null,
            WebhookSeconds = told.DurationSeconds,
            RecordSeconds = call.DurationSeconds,
            WebhookCost = told.Cost,
            RecordCost = call.Cost,
        };
    }

    private IEnumerable<string> FieldsOf(Call call, Call told)
    {
        // Without an end notifications say nothing of length and cost.
        if (told.State == CallState.Ended)
        {
            if (Math.Abs((told.DurationSeconds ?? 0) - (call.DurationSeconds ?? 0)) > SameSeconds)
            {
                yield return Mismatch.Duration;
            }

            if (told.Cost is { } cost && call.Cost is { } recorded && cost != recorded)
            {
                yield return Mismatch.Cost;
            }
        }

        if (call.Facts.Standing.Any(record => !HasParties(call.Facts, record)))
        {
            yield return Mismatch.Parties;
        }
    }

    // A call rings at several phones, and one of its notifications names what the record does.
    private bool HasParties(CallFacts facts, RecordFact record)
    {
        var told = facts.Notifications.Where(fact => fact.CallId == record.CallId).ToList();
        return told.Count == 0 || told.Exists(fact =>
            IsSame(fact.Ani, record.Ani)
            && (IsSame(fact.Dnis, record.Dnis) || IsSame(fact.EndpointId ?? "", record.Dnis)));
    }

    private bool IsSame(string told, string recorded) =>
        told.Length == 0 || recorded.Length == 0 || isSameParty(told, recorded);
}

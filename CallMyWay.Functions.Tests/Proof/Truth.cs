using System.Globalization;
using System.Text;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Reconciliation;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.WrapUps;
using CallState = CallMyWay.Functions.Calls.CallState;

namespace CallMyWay.Functions.Tests.Proof;

/// <summary>Compares what is left of a run with what really happened in it.</summary>
internal static class Truth
{
    private static readonly CancellationToken None = CancellationToken.None;

    public static void Compare(ProofRun run)
    {
        ReplayPoison(run);
        Reconcile(run);
        var calls = Calls(run);
        NoAckIsLost(run, calls);
        PopUps(run, calls);
        Clicks(run);
        WrapUps(run, calls);
        Indexes(run, calls);
    }

    // A message that met a fault at each of its tries, and nothing else: whatever fails by itself is found already.
    private static void ReplayPoison(ProofRun run)
    {
        foreach (var queue in StorageNames.Queues)
        {
            PlannedFault.Now(run.Admin.ReplayManyAsync(queue, 1000, None));
        }

        run.Drain("after the poison messages were given back");
        foreach (var queue in StorageNames.Queues)
        {
            var left = PlannedFault.Now(run.Admin.ListPoisonAsync(queue, 10, null, None));
            run.Findings.Check(left.Count == 0, $"{left.Count} messages of {queue} fail without any fault.");
        }
    }

    private static void Reconcile(ProofRun run)
    {
        var date = new DateOnly(2026, 3, 2);
        var answer = run.Done(run.AskAsync(
            "StartReconciliation",
            "admin",
            date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            role: Role.Admin));
        run.Findings.Check(answer.Status == 202, $"The reconciliation was answered with {answer.Status}.");
        run.Drain("after the reconciliation was begun");
        var day = run.Done(run.AnyProcess().Get<DayStore>().GetAsync(Exchange.Account, date, None).AsTask());
        run.Findings.Check(
            day is { State: DayState.Green or DayState.Healed, WebhookOnly: 0, Aside: 0, Error: null },
            $"The day is {day.State}: {day.WebhookOnly} without a record, {day.Aside} records not read,"
            + $" {day.Error?.En} {string.Join(", ", day.Mismatches)}");
    }

    private static Dictionary<string, Call> Calls(ProofRun run)
    {
        var calls = new Dictionary<string, Call>(StringComparer.Ordinal);
        var store = run.AnyProcess().Get<CallStore>();
        foreach (var truth in run.Exchange.Calls)
        {
            foreach (var leg in truth.Legs)
            {
                var call = run.Done(store.GetAsync(new CallKey(leg.CallId, Exchange.Account), None).AsTask());
                if (call is null)
                {
                    run.Findings.Add($"The call {leg.CallId} is lost.");
                    continue;
                }

                calls[leg.CallId] = call;
                run.Findings.Check(call.State == CallState.Ended, $"The call {leg.CallId} is {call.State} and over.");
            }

            if (truth.Legs.Count == 1 && calls.TryGetValue(truth.CallId, out var single))
            {
                var leg = truth.Legs[0];
                run.Findings.Check(
                    single.StartedAt == leg.DetectedAt && single.ConnectedAt == leg.ConnectedAt
                    && (single.DurationSeconds ?? 0) == leg.DurationSeconds,
                    $"The call {leg.CallId} was {leg.DetectedAt} {leg.ConnectedAt} {leg.DurationSeconds} s, and is"
                    + $" {single.StartedAt} {single.ConnectedAt} {single.DurationSeconds} s.");
            }
        }

        return calls;
    }

    private static void NoAckIsLost(ProofRun run, Dictionary<string, Call> calls)
    {
        foreach (var told in run.Exchange.AllTold.Where(told => told.IsAcked))
        {
            var read = CallEventReader.Read(Encoding.UTF8.GetBytes(told.Notification.Body)).Event!;
            if (!calls.TryGetValue(told.Notification.CallId, out var call))
            {
                continue;
            }

            run.Findings.Check(
                call.Facts.Notifications.Any(fact => fact.Mark == read.Mark()),
                $"An acked {told.Notification.Action} of {told.Notification.CallId} is lost.");
            run.Findings.Check(
                Desks.Phones.GetValueOrDefault(told.Notification.EndpointId) is not { } agentId
                || call.AgentOf(agentId) is not null,
                $"The call {told.Notification.CallId} is not its agent's.");
        }
    }

    private static void PopUps(ProofRun run, Dictionary<string, Call> calls)
    {
        var known = calls.Values.Select(call => call.CallId).ToHashSet(StringComparer.Ordinal);
        foreach (var agentId in Desks.Agents)
        {
            var open = run.Done(run.AnyProcess().Get<PopUpStore>()
                .ListAsync(agentId, new PageRequest(500, null), None)).Items;
            run.Findings.Check(
                open.Select(call => call.CallId).Distinct(StringComparer.Ordinal).Count() == open.Count,
                $"{agentId} has a pop-up twice.");
            foreach (var call in open)
            {
                run.Findings.Check(
                    run.Desks.IsOf(agentId, call.CallId) && known.Contains(call.CallId),
                    $"{agentId} has a pop-up of {call.CallId}, which is not theirs.");
            }
        }
    }

    private static void Clicks(ProofRun run)
    {
        foreach (var click in run.Desks.Clicks)
        {
            var times = run.Exchange.Dialled.GetValueOrDefault(click.Number);
            run.Findings.Check(times <= 1, $"The click {click.Key} was sent {times} times.");
            if (click.DialId is null)
            {
                continue;
            }

            var dial = run.Done(run.AnyProcess().Get<DialStore>().GetAsync(click.AgentId, click.DialId, None).AsTask());
            run.Findings.Check(
                dial switch
                {
                    null => false,
                    { State: DialState.Refused, Problem: DialProblem.NotSent } => times == 0,
                    { State: DialState.Placed } => times == 1,
                    _ => true,
                },
                $"The click {click.Key} was sent {times} times, and is {dial?.State} {dial?.Problem}.");
        }
    }

    private static void WrapUps(ProofRun run, Dictionary<string, Call> calls)
    {
        foreach (var recorded in run.Desks.Recorded.Where(recorded => recorded.Saved is not null))
        {
            var call = calls.GetValueOrDefault(recorded.CallId);
            var kept = call is null ? [] : run.Done(run.AnyProcess().Get<WrapUpStore>().ListAsync(call, None).AsTask());
            run.Findings.Check(
                kept.Any(wrapUp => wrapUp.AgentId == recorded.AgentId
                    && (wrapUp.Notes == recorded.Saved || recorded.Unsure.Contains(wrapUp.Notes ?? ""))),
                $"What {recorded.AgentId} recorded of {recorded.CallId} is lost: '{recorded.Saved}'; there is"
                + $" {string.Join(", ", kept.Select(wrapUp => wrapUp.Notes))}.");
        }
    }

    private static void Indexes(ProofRun run, Dictionary<string, Call> calls)
    {
        var process = run.AnyProcess();
        var listed = run.Done(process.Get<CallIndex>()
            .ReadAsync(Exchange.Account, run.Scheduler.Now.AddDays(-1), run.Scheduler.Now.AddDays(1), None))
            .Select(call => call.Key.CallId).ToHashSet(StringComparer.Ordinal);
        foreach (var call in calls.Values)
        {
            run.Findings.Check(listed.Contains(call.CallId), $"No list has the call {call.CallId}.");
        }

        var first = Look();
        run.Findings.Check(
            first.Sum(table => table.Conflicts + table.Unreadable) == 0, "Index rows conflict, or can't be read.");
        // What a process leaves that ends between two writes, readers pass over, and the repair mends.
        run.Findings.Check(
            !run.Weather.IsCalm || first.Sum(table => table.Written + table.Removed + table.LeadNowhere) == 0,
            $"Without any fault the repair finds {Found(first)}.");
        var second = Look();
        run.Findings.Check(
            second.Sum(table => table.Written + table.Removed) == 0,
            $"The repair finds something after itself: {Found(second)}.");

        static string Found(IEnumerable<RepairedTable> tables) => string.Join(
            ", ", tables.Where(table => table.Written + table.Removed + table.LeadNowhere > 0));

        IReadOnlyList<RepairedTable> Look() => run.Done(process.Get<IndexRepair>()
            .RunAsync(null, rows: 100_000, TimeSpan.FromMinutes(5), None)).Items;
    }
}

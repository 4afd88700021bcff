using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.CallRecords;

/// <summary>Pulls an account's records up to now, as far as a run gets. The next run goes on there.</summary>
public sealed partial class RecordPuller(
    RecordPages pages,
    RecordPullStore pulls,
    LiveCalls live,
    CallIndex index,
    TimeProvider clock,
    ILogger<RecordPuller> logger)
{
    /// <summary>A run begins no further request after this.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(45);

    /// <summary>How old the account's records are then.</summary>
    public async Task<TimeSpan> PullAsync(Account account, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var state = await pulls.GetAsync(account.Username, cancellationToken);
        var known = state.Seen.ToSet();
        var goesOn = true;
        while (goesOn && clock.GetElapsedTime(began) < AtMost)
        {
            (var next, goesOn, var marks) = await StepAsync(account, state, known, cancellationToken);
            // After the records are stored: one that is not noted here is taken once more, one that is noted too soon is
            // lost.
            if (marks.Count > 0)
            {
                next = next with { Seen = next.Seen.With(marks) };
                known = next.Seen.ToSet();
            }

            await pulls.PutAsync(next, CancellationToken.None);
            Tell(account, state, next);
            state = next;
        }

        if (live.IsOn && clock.GetElapsedTime(began) < AtMost)
        {
            await AskLiveAsync(account, state, cancellationToken);
        }

        var now = clock.GetUtcNow();
        return now - (state.Watermark ?? state.FailingSince ?? now);
    }

    // After the records, which are stored by then: whatever comes of it is no matter of theirs.
    private async Task AskLiveAsync(Account account, RecordPull state, CancellationToken cancellationToken)
    {
        try
        {
            if (await live.AskAsync(account, cancellationToken) is not { } answer)
            {
                return;
            }

            var next = answer.Result == RecordsResult.Read
                ? state with { LiveFailure = null, LiveFailingSince = null }
                : state with
                {
                    LiveFailure = new PullFailure(answer.Result, answer.Status, answer.Text),
                    LiveFailingSince = state.LiveFailingSince ?? clock.GetUtcNow(),
                };
            if (next != state)
            {
                await pulls.PutAsync(next, CancellationToken.None);
            }

            if (next.LiveFailure is not null && state.LiveFailure?.Result != next.LiveFailure.Result)
            {
                Log.LiveFailing(logger, account.Username, $"{answer.Result}", answer.Status);
            }
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // The next run asks again.
            Log.LiveNotTaken(logger, account.Username, error);
        }
    }

    /// <summary>One request. Whether another one is to follow, and the marks of the records that were taken.</summary>
    private async Task<(RecordPull Next, bool GoesOn, IReadOnlyList<string> Marks)> StepAsync(
        Account account, RecordPull state, IReadOnlySet<string> known, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var size = state.PageSize ?? account.RecordsPage;
        if (state.Progress is not { } progress)
        {
            var begins = state.BeginsAt(
                now, await index.FindOldestLiveAsync(account.Username, now, cancellationToken));
            var longest = begins + RecordPull.LongestRange;
            var until = now + RecordPull.Ahead;
            progress = new RangeProgress(begins, until < longest ? until : longest, state.Largest, size)
            {
                BegunAt = now,
            };
            if (state.Watermark is null || (!state.IsDeepDue(now) && state.IsRecentCheaper(now, begins, size)))
            {
                return await ReadRecentAsync(account, state, progress, known, cancellationToken);
            }
        }

        var page = await pages.ReadNextAsync(account, progress, hasTime: false, known, cancellationToken);
        return page switch
        {
            // Others ask for this account without end. The next run tries again.
            { Answer: null } => (state, false, []),
            { Answer.Result: RecordsResult.Read, Progress.IsStuck: true } =>
                (Failed(state, page.Answer, page.Progress) with { Progress = null }, false, page.Marks),
            { Answer.Result: RecordsResult.Read, IsDone: false } => (
                state.Worked(now) with { Progress = page.Progress, Largest = page.Progress.Largest },
                true,
                page.Marks),
            { Answer.Result: RecordsResult.Read } =>
                (Done(state, page.Progress, now), page.Progress.CompleteUntil < page.Progress.BegunAt, page.Marks),
            { Answer.Result: RecordsResult.TooLarge } when page.Progress.PageSize < progress.PageSize => (
                state.Worked(now) with { Progress = page.Progress, PageSize = page.Progress.PageSize },
                true,
                []),
            _ => (Failed(state, page.Answer) with { Progress = progress }, false, []),
        };
    }

    private static RecordPull Done(RecordPull state, RangeProgress range, DateTimeOffset now) =>
        state.Worked(now) with
        {
            Watermark = range.CompleteUntil,
            SucceededAt = range.CompleteUntil < range.BegunAt ? state.SucceededAt : now,
            DeepAt = range.CompleteUntil - range.From >= RecordPull.DeepReach ? range.BegunAt : state.DeepAt,
            PerDay = state.PerDayBy(range),
            Largest = range.Largest,
            Progress = null,
        };

    private async Task<(RecordPull Next, bool GoesOn, IReadOnlyList<string> Marks)> ReadRecentAsync(
        Account account,
        RecordPull state,
        RangeProgress range,
        IReadOnlySet<string> known,
        CancellationToken cancellationToken)
    {
        var (answer, _, marks) = await pages.ReadRecentAsync(account, known, cancellationToken);
        switch (answer)
        {
            case null:
                return (state, false, []);
            case { Reading: { } reading }:
                var next = state.Worked(range.BegunAt) with { PerDay = reading.Count };
                // As many as this may be as many as the operator gives: the pages tell.
                return IsRound(reading.Count) || (state.Largest > 0 && reading.Count == state.Largest)
                    ? (next with { Progress = range }, true, marks)
                    : (next with
                    {
                        Watermark = range.BegunAt,
                        SucceededAt = range.BegunAt,
                    }, false, marks);
            case { Result: RecordsResult.TooLarge }:
                return (state.Worked(range.BegunAt) with { Progress = range }, true, []);
            default:
                return (Failed(state, answer), false, []);
        }
    }

    private static bool IsRound(int count) => count >= 50 && count % 50 == 0;

    private RecordPull Failed(RecordPull state, RecordsAnswer answer, RangeProgress? stuck = null) =>
        state.Failed(PullFailure.Of(answer, stuck), clock.GetUtcNow());

    // Once when it begins and once when it is over, not each minute.
    private void Tell(Account account, RecordPull before, RecordPull after)
    {
        if (after.Failure is { } failure && before.Failure?.Result != failure.Result)
        {
            Log.Failing(logger, account.Username, failure.Result?.ToString() ?? "", failure.Status);
        }
        else if (after.Failure is null && before.Failure is not null)
        {
            Log.WorksAgain(logger, account.Username);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "The call records of the account {Account} can't be read ({Result}, status {Status})."
                + " They are asked for each minute. GET /api/call-records/state says more.")]
        public static partial void Failing(ILogger logger, string account, string result, int status);

        [LoggerMessage(
            LogLevel.Warning,
            "The list of calls that go on of the account {Account} can't be read ({Result}, status {Status})."
                + " Call records are read all the same. CallMyWay:LiveCallsPath says where it is asked for.")]
        public static partial void LiveFailing(ILogger logger, string account, string result, int status);

        [LoggerMessage(
            LogLevel.Warning,
            "The list of calls that go on of the account {Account} could not be taken. It is asked for again.")]
        public static partial void LiveNotTaken(ILogger logger, string account, Exception error);

        [LoggerMessage(LogLevel.Information, "The call records of the account {Account} can be read again.")]
        public static partial void WorksAgain(ILogger logger, string account);
    }
}

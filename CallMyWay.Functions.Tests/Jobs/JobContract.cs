using CallMyWay.Functions.Api;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Functions.Tests.Simulator;
using CallMyWay.Functions.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallMyWay.Functions.Tests.Jobs;

/// <summary>
/// What jobs guarantee, on each storage: messages that come twice, late or never, and processes that end anywhere. The
/// test delivers the messages itself.
/// </summary>
public abstract class JobContract : IAsyncLifetime
{
    private readonly ManualTime _clock = new(new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero));

    private readonly CountingKind _kind = new();

    private readonly SentMessages _sent = new();

    private IStorageUnderTest _storage = null!;

    private JobStore _jobs = null!;

    private JobQueue _queue = null!;

    private JobRunner _runner = null!;

    protected abstract ValueTask<IStorageUnderTest> OpenAsync();

    public async Task InitializeAsync()
    {
        _storage = await OpenAsync();
        _jobs = new JobStore(new OneTable(_storage.Table));
        _queue = new JobQueue(_jobs, _sent, _clock, NullLogger<JobQueue>.Instance);
        _runner = RunnerBy(_clock);
    }

    public async Task DisposeAsync() => await (_storage?.DisposeAsync() ?? ValueTask.CompletedTask);

    [SkippableFact]
    public async Task A_Job_Goes_Step_By_Step_To_Its_End()
    {
        _kind.Delay = TimeSpan.FromSeconds(7);
        var started = await StartAsync(3);
        (started.State, started.CreatedBy, started.Account).ShouldBe((JobState.Queued, "sofia", "8000001"));

        await DeliverAsync(Sent(null));
        (await JobAsync(started)).ShouldSatisfyAllConditions(
            job => job.State.ShouldBe(JobState.Running),
            job => job.ReachedAt.ShouldBe("1"),
            job => job.HeldUntil.ShouldBeNull());
        await DeliverAsync(Sent(_kind.Delay));
        await DeliverAsync(Sent(_kind.Delay));

        var done = await JobAsync(started);
        (done.State, done.Count("counted"), done.FinishedAt).ShouldBe((JobState.Done, 3, _clock.GetUtcNow()));
        _sent.ShouldBeEmpty();
        (await OpenJobsAsync()).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Message_That_Comes_Twice_Runs_Its_Step_Once()
    {
        var gate = Gate();
        await StartAsync(2);
        var first = Sent(null);

        var running = DeliverAsync(first);
        await gate.Begun;
        await DeliverAsync(first);
        _kind.Runs.ShouldBe(1);
        var again = Sent(JobRunner.Hold);
        again.ShouldBe(first);
        gate.Release();
        await running;

        // What waited for the first run is of a step that is over, and so is the message itself.
        await DeliverAsync(again);
        await DeliverAsync(first);
        _kind.Runs.ShouldBe(1);
        await DeliverAsync(Sent(null));
        _kind.Runs.ShouldBe(2);
    }

    [SkippableFact]
    public async Task Of_Runs_That_Begin_At_Once_One_Gets_The_Step()
    {
        var job = await StartAsync(100);
        for (var step = 1; step <= 5; step++)
        {
            var message = Sent(null);
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => DeliverAsync(message))));

            _kind.Runs.ShouldBe(step);
            (await JobAsync(job)).Count("counted").ShouldBe(step);
            _sent.RemoveOf(step - 1);
        }
    }

    [SkippableFact]
    public async Task After_A_Process_Has_Ended_The_Step_Is_Run_Again_From_The_Stored_Progress()
    {
        var job = await StartAsync(3);
        await DeliverAsync(Sent(null));
        var gate = Gate();
        var second = Sent(null);
        var lost = DeliverToDeadProcessAsync(second);
        await gate.Begun;
        _kind.Before = (_, _) => Task.CompletedTask;

        _clock.Advance(JobRunner.Hold + TimeSpan.FromSeconds(1));
        await DeliverAsync(second);
        (await JobAsync(job)).Count("counted").ShouldBe(2);

        // The first run was not dead, but slow. It stores nothing over the other's progress, and sends nothing.
        gate.Release();
        await lost;
        (await JobAsync(job)).ShouldSatisfyAllConditions(
            now => now.Count("counted").ShouldBe(2),
            now => now.Step.ShouldBe(2));
        await DeliverAsync(Sent(null));
        (await JobAsync(job)).State.ShouldBe(JobState.Done);
        _sent.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Long_Step_Stays_With_Its_Run()
    {
        var gate = Gate();
        var job = await StartAsync(1);
        var message = Sent(null);
        var running = DeliverAsync(message);
        await gate.Begun;
        for (var seconds = 10; seconds <= 80; seconds += 10)
        {
            await _clock.WaitingAsync(2);
            _clock.Advance(TimeSpan.FromSeconds(10));
            await Eventually.TrueAsync(async () =>
                (await JobAsync(job)).HeldUntil == _clock.GetUtcNow() + JobRunner.Hold);
        }

        await DeliverAsync(message);
        _kind.Runs.ShouldBe(1);
        _sent.Clear();
        gate.Release();
        await running;
        (await JobAsync(job)).ShouldSatisfyAllConditions(
            done => done.State.ShouldBe(JobState.Done), done => done.HeldUntil.ShouldBeNull());
    }

    [SkippableFact]
    public async Task A_Run_Whose_Step_Was_Taken_Over_Is_Cancelled()
    {
        var begun = new TaskCompletionSource();
        _kind.Before = async (_, cancellationToken) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        };
        var job = await StartAsync(2);
        var message = Sent(null);
        var clock = new ManualTime(_clock.GetUtcNow());
        var running = RunnerBy(clock).RunAsync(message, default);
        await begun.Task;
        _kind.Before = (_, _) => Task.CompletedTask;
        _clock.Advance(JobRunner.Hold + TimeSpan.FromSeconds(1));
        await DeliverAsync(message);

        await clock.WaitingAsync(2);
        clock.Advance(TimeSpan.FromSeconds(10));
        await running.WaitAsync(TimeSpan.FromSeconds(30));

        (await JobAsync(job)).ShouldSatisfyAllConditions(
            now => now.Step.ShouldBe(1), now => now.Count("counted").ShouldBe(1), now => now.Error.ShouldBeNull());
        Sent(null).Step.ShouldBe(1);
    }

    [SkippableFact]
    public async Task A_Message_That_Was_Never_Sent_Is_Sent_After_Some_Minutes()
    {
        var job = await StartAsync(2);
        var first = Sent(null);
        _sent.IsDown = true;
        await Should.ThrowAsync<StorageException>(() => DeliverAsync(first));
        _sent.IsDown = false;

        // The queue delivers the first message again, whose step is over.
        await DeliverAsync(first);
        _kind.Runs.ShouldBe(1);
        _clock.Advance(JobQueue.Lost);
        await _queue.ResumeAsync(default);
        _sent.ShouldBeEmpty();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _queue.ResumeAsync(default);
        var second = Sent(null);
        await _queue.ResumeAsync(default);
        _sent.ShouldBeEmpty("it has just been sent");

        await DeliverAsync(second);
        (await JobAsync(job)).State.ShouldBe(JobState.Done);
    }

    [SkippableFact]
    public async Task A_Job_Whose_First_Message_The_Queue_Does_Not_Take_Is_Begun_All_The_Same_Once()
    {
        _sent.IsDown = true;
        var job = await StartAsync(1);
        (await JobAsync(job)).State.ShouldBe(JobState.Queued);

        _sent.IsDown = false;
        _clock.Advance(JobQueue.Lost + TimeSpan.FromSeconds(1));
        await _queue.ResumeAsync(default);
        await DeliverAsync(Sent(null));

        (await JobAsync(job)).State.ShouldBe(JobState.Done);
        _kind.Runs.ShouldBe(1);
        await _queue.ResumeAsync(default);
        _sent.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Job_Whose_Caller_Goes_Away_As_It_Is_Sent_Is_Begun_At_Once()
    {
        using var caller = new CancellationTokenSource();
        _sent.BeforeSend = caller.Cancel;

        // Somebody who gets an error asks again, and the work would be done twice.
        var job = await _queue.StartAsync(CountingKind.Name, "1", null, "sofia", caller.Token);

        await DeliverAsync(Sent(null));
        (await JobAsync(job)).State.ShouldBe(JobState.Done);
    }

    [SkippableFact]
    public async Task A_Process_That_Ends_As_It_Stores_A_Job_Leaves_None_That_Nobody_Would_Resume()
    {
        var dying = new JobStore(new OneTable(_storage.Table).EndingAfter(1));

        await Should.ThrowAsync<CrashException>(() =>
            new JobQueue(dying, _sent, _clock, NullLogger<JobQueue>.Instance)
                .StartAsync(CountingKind.Name, "1", null, null, default));

        (await _jobs.ListAsync(CountingKind.Name, new PageRequest(10, null), default)).Items
            .ShouldBeEmpty("a job is in the list of those that are open before it is stored");
    }

    [SkippableFact]
    public async Task A_Step_That_Waits_For_Its_Time_Is_Not_Lost()
    {
        _kind.Delay = TimeSpan.FromMinutes(30);
        await StartAsync(2);
        await DeliverAsync(Sent(null));
        Sent(_kind.Delay);

        _clock.Advance(_kind.Delay + JobQueue.Lost);
        await _queue.ResumeAsync(default);
        _sent.ShouldBeEmpty();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _queue.ResumeAsync(default);

        Sent(null).Step.ShouldBe(1);
    }

    [SkippableFact]
    public async Task A_Step_Is_Held_Also_For_An_Instance_Whose_Clock_Is_A_Little_Behind()
    {
        var job = await StartAsync(2);
        var gate = Gate();
        var first = Sent(null);
        var running = DeliverAsync(first);
        await gate.Begun;
        _kind.Before = (_, _) => Task.CompletedTask;

        _clock.Advance(TimeSpan.FromSeconds(-5));
        await DeliverAsync(first);

        (await JobAsync(job)).Count("counted").ShouldBe(0);
        gate.Release();
        await running;
        (await JobAsync(job)).Count("counted").ShouldBe(1);
    }

    [SkippableFact]
    public async Task A_Clock_That_Was_Set_Back_Stops_No_Job()
    {
        var job = await StartAsync(2);
        var gate = Gate();
        var first = Sent(null);
        var lost = DeliverToDeadProcessAsync(first);
        await gate.Begun;
        _kind.Before = (_, _) => Task.CompletedTask;

        _clock.Advance(TimeSpan.FromDays(-365));
        await _queue.ResumeAsync(default);
        await DeliverAsync(Sent(null));

        (await JobAsync(job)).Count("counted").ShouldBe(1);
        gate.Release();
        await lost;
    }

    [SkippableFact]
    public async Task A_Job_Whose_Creation_Was_Broken_Off_Is_Forgotten()
    {
        await _storage.Table.UpsertAsync(
            new Row("open", Guid.CreateVersion7(_clock.GetUtcNow()).ToString("N"))
                .Set("kind", CountingKind.Name).Set("createdAt", _clock.GetUtcNow()),
            default);

        await _queue.ResumeAsync(default);
        (await OpenJobsAsync()).Count.ShouldBe(1, "it may be stored in a moment");
        _clock.Advance(JobQueue.Lost + TimeSpan.FromSeconds(1));
        await _queue.ResumeAsync(default);

        (await OpenJobsAsync()).ShouldBeEmpty();
        _sent.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Cancelled_Job_Takes_No_Further_Step()
    {
        var job = await StartAsync(3);
        var message = Sent(null);

        (await _queue.CancelAsync(CountingKind.Name, job.JobId, default)).ShouldNotBeNull()
            .State.ShouldBe(JobState.Cancelled);

        await DeliverAsync(message);
        _kind.Runs.ShouldBe(0);
        (await JobAsync(job)).FinishedAt.ShouldBe(_clock.GetUtcNow());
        (await OpenJobsAsync()).ShouldBeEmpty();
        (await _queue.CancelAsync(CountingKind.Name, Guid.CreateVersion7().ToString("N"), default)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task A_Job_That_Is_Cancelled_Within_A_Step_Keeps_The_Progress_Of_That_Step()
    {
        var gate = Gate();
        var job = await StartAsync(3);
        var running = DeliverAsync(Sent(null));
        await gate.Begun;

        await _queue.CancelAsync(CountingKind.Name, job.JobId, default);
        gate.Release();
        await running;

        var cancelled = await JobAsync(job);
        (cancelled.State, cancelled.Count("counted")).ShouldBe((JobState.Cancelled, 1));
        _sent.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Job_That_Is_Cancelled_Within_Its_Last_Try_Has_Not_Failed()
    {
        var job = await StartAsync(1);
        _kind.Before = async (running, _) =>
        {
            if (running.Tries == JobRunner.MaxTries)
            {
                await _queue.CancelAsync(CountingKind.Name, running.JobId, default);
            }

            throw new InvalidOperationException();
        };
        var message = Sent(null);
        foreach (var seconds in new[] { 5, 10, 20, 40 })
        {
            await DeliverAsync(message);
            message = Sent(TimeSpan.FromSeconds(seconds));
        }

        await DeliverAsync(message);

        var cancelled = await JobAsync(job);
        (cancelled.State, cancelled.FinishedAt, cancelled.Holder)
            .ShouldBe((JobState.Cancelled, _clock.GetUtcNow(), null));
        _sent.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Job_That_Is_Over_Stays_As_It_Is()
    {
        var job = await StartAsync(1);
        await DeliverAsync(Sent(null));

        (await _queue.CancelAsync(CountingKind.Name, job.JobId, default)).ShouldNotBeNull()
            .State.ShouldBe(JobState.Done);
    }

    [SkippableFact]
    public async Task A_Step_That_Fails_Is_Tried_Five_Times_And_Then_The_Job_Has_Failed()
    {
        _kind.Before = (_, _) => throw new InvalidOperationException("the password is 1234");
        var job = await StartAsync(1);
        var message = Sent(null);
        foreach (var seconds in new[] { 5, 10, 20, 40 })
        {
            await DeliverAsync(message);
            (await JobAsync(job)).ShouldSatisfyAllConditions(
                now => now.State.ShouldBe(JobState.Running), now => now.Error.ShouldNotBeNull());
            message = Sent(TimeSpan.FromSeconds(seconds));
        }

        await DeliverAsync(message);

        var failed = await JobAsync(job);
        (failed.State, failed.FinishedAt).ShouldBe((JobState.Failed, _clock.GetUtcNow()));
        var error = failed.Error.ShouldNotBeNull();
        error.Es.ShouldContain("InvalidOperationException");
        error.En.ShouldContain("InvalidOperationException");
        (error.Es + error.En).ShouldNotContain("1234");
        _kind.Runs.ShouldBe(5);
        _sent.ShouldBeEmpty();
        (await OpenJobsAsync()).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Step_That_Succeeds_After_Failures_Leaves_No_Error()
    {
        _kind.Before = (job, _) => job.Tries < 3 ? throw new InvalidOperationException() : Task.CompletedTask;
        var job = await StartAsync(2);
        await DeliverAsync(Sent(null));
        await DeliverAsync(Sent(TimeSpan.FromSeconds(5)));
        await DeliverAsync(Sent(TimeSpan.FromSeconds(10)));

        (await JobAsync(job)).ShouldSatisfyAllConditions(
            now => now.Count("counted").ShouldBe(1), now => now.Error.ShouldBeNull(), now => now.Tries.ShouldBe(0));
    }

    [SkippableFact]
    public async Task A_Step_That_Ends_The_Process_Each_Time_Makes_The_Job_Fail()
    {
        var gate = Gate();
        var job = await StartAsync(1);
        var message = Sent(null);
        var lost = new List<Task>();
        for (var i = 0; i < JobRunner.MaxTries; i++)
        {
            lost.Add(DeliverToDeadProcessAsync(message));
            await Eventually.TrueAsync(() => Task.FromResult(_kind.Runs == lost.Count));
            _clock.Advance(JobRunner.Hold + TimeSpan.FromSeconds(1));
        }

        await DeliverAsync(message);

        (await JobAsync(job)).State.ShouldBe(JobState.Failed);
        _kind.Runs.ShouldBe(JobRunner.MaxTries);
        gate.Release();
        await Task.WhenAll(lost);
        (await JobAsync(job)).State.ShouldBe(JobState.Failed);
    }

    [SkippableFact]
    public async Task A_Step_That_Takes_Too_Long_Is_Cancelled_And_Counts_As_Failed()
    {
        var begun = new TaskCompletionSource();
        _kind.Before = async (_, cancellationToken) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        };
        var job = await StartAsync(1);
        var running = DeliverAsync(Sent(null));
        await begun.Task;

        _clock.Advance(JobRunner.Limit);
        await running.WaitAsync(TimeSpan.FromSeconds(30));

        (await JobAsync(job)).ShouldSatisfyAllConditions(
            now => now.Tries.ShouldBe(1), now => now.Error.ShouldNotBeNull(), now => now.HeldUntil.ShouldBeNull());
        Sent(TimeSpan.FromSeconds(5));
    }

    [SkippableFact]
    public async Task A_Host_That_Stops_Gives_The_Step_Back_At_Once()
    {
        using var stopping = new CancellationTokenSource();
        _kind.Before = (_, _) => stopping.CancelAsync();
        var kind = _kind.Before;
        _kind.Before = async (job, cancellationToken) =>
        {
            await kind(job, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        };
        var job = await StartAsync(1);

        await _runner.RunAsync(Sent(null), stopping.Token);

        (await JobAsync(job)).ShouldSatisfyAllConditions(
            now => now.Tries.ShouldBe(0), now => now.Error.ShouldBeNull(), now => now.HeldUntil.ShouldBeNull());
        Sent(null).Step.ShouldBe(0);
    }

    [SkippableFact]
    public async Task A_Job_Of_An_Unknown_Kind_Fails_With_A_Plain_Reason()
    {
        var job = await _queue.StartAsync("of-a-later-release", "", null, null, default);

        await DeliverAsync(Sent(null));

        var failed = (await _jobs.GetAsync(job.Kind, job.JobId, default)).ShouldNotBeNull();
        (failed.State, failed.Error?.En).ShouldBe((JobState.Failed, "This release does not know this kind of work."));
    }

    [SkippableFact]
    public async Task Jobs_Are_Listed_By_Kind_The_Newest_First_In_Pages()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, (await StartAsync(1)).JobId);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await _queue.StartAsync("other", "", null, null, default);

        var first = await _jobs.ListAsync(CountingKind.Name, new PageRequest(3, null), default);
        first.Items.Select(job => job.JobId).ShouldBe(ids[..3]);
        PageToken.TryParse(first.Next.ShouldNotBeNull(), out var after).ShouldBeTrue();
        var last = await _jobs.ListAsync(CountingKind.Name, new PageRequest(3, after), default);
        last.Items.Select(job => job.JobId).ShouldBe(ids[3..]);
        last.Next.ShouldBeNull();
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("nothing")]
    [InlineData("ffffffffffff7fffbfffffffffffffff")]
    [InlineData("0195d2a1c0de4000800000000000abcd")]
    public async Task An_Id_That_Is_None_Finds_Nothing(string jobId) =>
        (await _jobs.GetAsync(CountingKind.Name, jobId, default)).ShouldBeNull();

    private Task<Job> StartAsync(int count) => _queue.StartAsync(
        CountingKind.Name, $"{count}", "8000001", "sofia", default);

    private Task DeliverAsync(JobMessage message) => _runner.RunAsync(message, default);

    /// <summary>Delivers it to a process that does nothing more than its step: no time passes in it.</summary>
    private Task DeliverToDeadProcessAsync(JobMessage message) =>
        RunnerBy(new ManualTime(_clock.GetUtcNow())).RunAsync(message, default);

    private JobRunner RunnerBy(TimeProvider clock) =>
        new(_jobs, _queue, [_kind], clock, NullLogger<JobRunner>.Instance);

    private async Task<Job> JobAsync(Job job) =>
        (await _jobs.GetAsync(job.Kind, job.JobId, default)).ShouldNotBeNull();

    private async Task<IReadOnlyList<Row>> OpenJobsAsync() =>
        await _storage.Table.ReadAsync(new RowRange("open"), default);

    /// <summary>Takes the one message that was sent.</summary>
    private JobMessage Sent(TimeSpan? delay)
    {
        var (message, after) = _sent.ShouldHaveSingleItem();
        after.ShouldBe(delay);
        _sent.Clear();
        return JobMessage.Read(message);
    }

    /// <summary>Holds steps that begin from now on.</summary>
    private (Task Begun, Action Release) Gate()
    {
        var (begun, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        _kind.Before = async (_, _) =>
        {
            begun.TrySetResult();
            await released.Task;
        };
        return (begun.Task, released.SetResult);
    }

    private sealed class SentMessages : List<(string Message, TimeSpan? Delay)>, IQueue
    {
        public bool IsDown { get; set; }

        public Action? BeforeSend { get; set; }

        public ValueTask SendAsync(
            string queue, string message, TimeSpan? delay, CancellationToken cancellationToken)
        {
            queue.ShouldBe(StorageNames.Jobs);
            BeforeSend?.Invoke();
            cancellationToken.ThrowIfCancellationRequested();
            if (IsDown)
            {
                throw new StorageException("The queue is down.");
            }

            lock (this)
            {
                Add((message, delay));
            }

            return ValueTask.CompletedTask;
        }

        /// <summary>Forgets the messages of a step.</summary>
        public void RemoveOf(int step) => RemoveAll(sent => JobMessage.Read(sent.Message).Step == step);
    }
}

public sealed class JobsOnSqlite : JobContract
{
    protected override ValueTask<IStorageUnderTest> OpenAsync() => new(new SqliteStorageUnderTest());
}

public sealed class JobsOnAzurite : JobContract
{
    protected override ValueTask<IStorageUnderTest> OpenAsync() => Azurite.OpenStorageAsync();
}

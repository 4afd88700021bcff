using CallMyWay.Functions.Api;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CallMyWay.Functions.Tests.Jobs;

/// <summary>When the night's work begins, whichever process asks each minute.</summary>
public sealed class NightlyJobsTests : IAsyncLifetime
{
    private const string Kind = "nightly";

    private static readonly DateTimeOffset Day = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly SqliteStorageUnderTest _storage = Open();

    private readonly FakeTimeProvider _clock = new(Day);

    private JobStore _jobs = null!;

    private JobQueue _queue = null!;

    private NightlyJobs _nights = null!;

    public Task InitializeAsync()
    {
        _jobs = new JobStore(new OneTable(_storage.Table));
        _queue = new JobQueue(_jobs, new NoMessages(), _clock, NullLogger<JobQueue>.Instance);
        _nights = Process();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _storage.DisposeAsync();

    [Fact]
    public async Task A_Kind_Begins_Once_A_Night_And_Not_Before_Its_Hour()
    {
        (await BegunAsync(_nights, Day.AddHours(8).AddMinutes(-1))).ShouldBe(0);
        (await BegunAsync(_nights, Day.AddHours(8))).ShouldBe(1);
        await EndAllAsync();
        (await BegunAsync(_nights, Day.AddHours(8).AddMinutes(1))).ShouldBe(1);
        (await BegunAsync(Process(), Day.AddHours(23))).ShouldBe(1, "another process finds that it was begun");
        (await BegunAsync(_nights, Day.AddDays(1).AddHours(7))).ShouldBe(1);
        (await BegunAsync(Process(), Day.AddDays(1).AddHours(8))).ShouldBe(2);
    }

    [Fact]
    public async Task While_The_Work_Of_The_Night_Before_Goes_On_No_Other_Begins()
    {
        await BegunAsync(_nights, Day.AddHours(8));

        (await BegunAsync(_nights, Day.AddDays(1).AddHours(8))).ShouldBe(1);
        (await BegunAsync(Process(), Day.AddDays(1).AddHours(8))).ShouldBe(1);

        await EndAllAsync();
        (await BegunAsync(_nights, Day.AddDays(1).AddHours(9))).ShouldBe(2, "it is begun when that is over");
    }

    [Fact]
    public async Task Where_There_Is_Nothing_To_Do_It_Is_Asked_Once_A_Night()
    {
        var asked = 0;
        foreach (var hours in new[] { 8, 9, 10, 32 })
        {
            _clock.SetUtcNow(Day.AddHours(hours));
            await _nights.BeginDueAsync(Kind, NothingAsync, default);
        }

        asked.ShouldBe(2);
        (await ListAsync()).ShouldBeEmpty();

        Task<string?> NothingAsync(CancellationToken cancellationToken)
        {
            asked++;
            return Task.FromResult<string?>(null);
        }
    }

    private NightlyJobs Process() => new(_jobs, _queue, _clock);

    /// <summary>Asks at a time, and counts the jobs that there are then.</summary>
    private async Task<int> BegunAsync(NightlyJobs process, DateTimeOffset at)
    {
        _clock.SetUtcNow(at);
        await process.BeginDueAsync(Kind, _ => Task.FromResult<string?>("{}"), default);
        return (await ListAsync()).Count;
    }

    private async Task EndAllAsync()
    {
        foreach (var job in await ListAsync())
        {
            await _queue.CancelAsync(Kind, job.JobId, default);
        }
    }

    private async Task<IReadOnlyList<Job>> ListAsync() =>
        (await _jobs.ListAsync(Kind, new PageRequest(100, null), default)).Items;

    private sealed class NoMessages : IQueue
    {
        public ValueTask SendAsync(
            string queue, string message, TimeSpan? delay, CancellationToken cancellationToken) => default;
    }

    private static SqliteStorageUnderTest Open() => new();
}

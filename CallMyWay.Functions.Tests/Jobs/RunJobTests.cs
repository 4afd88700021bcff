using CallMyWay.Functions.Api;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Jobs;

/// <summary>Jobs in a whole host: with its queue, its table and its stop.</summary>
public abstract class RunJobTests(TestStorage storage) : IAsyncLifetime
{
    private readonly CountingKind _kind = new();

    private readonly string _folder = TestFolder.Create("callmyway-jobs-");

    private TestHost? _host;

    public async Task InitializeAsync()
    {
        storage.SkipWhereMissing();
        await StartHostAsync();
    }

    public async Task DisposeAsync()
    {
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(_folder, recursive: true);
    }

    [SkippableFact]
    public async Task A_Job_Sends_Itself_From_Step_To_Step()
    {
        var job = await _host!.Get<JobQueue>().StartAsync(CountingKind.Name, "20", null, null, default);

        await DoneAsync(job);
        _kind.Runs.ShouldBe(20);
    }

    [SkippableFact]
    public async Task A_Job_Goes_On_Where_It_Was_After_The_Host_Was_Stopped()
    {
        var begun = new TaskCompletionSource();
        _kind.Before = async (job, cancellationToken) =>
        {
            if (job.Count("counted") == 3)
            {
                begun.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
        };
        var job = await _host!.Get<JobQueue>().StartAsync(CountingKind.Name, "5", null, null, default);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(60));

        await _host.DisposeAsync();
        _kind.Before = (_, _) => Task.CompletedTask;
        await StartHostAsync();

        await DoneAsync(job);
        _kind.Runs.ShouldBe(6, "the step that was stopped is run again, and no other");
    }

    [SkippableFact]
    public async Task A_Job_Whose_Message_Was_Lost_Is_Resumed_By_The_Clock()
    {
        var created = DateTimeOffset.UtcNow - JobQueue.Lost - TimeSpan.FromSeconds(1);
        var job = await _host!.Get<JobStore>().InsertAsync(
            new Job
            {
                JobId = Guid.CreateVersion7(created).ToString("N"),
                Kind = CountingKind.Name,
                CreatedAt = created,
                MovedAt = created,
                NextAt = created,
                Payload = "2",
            },
            default);

        foreach (var scheduled in _host.App.Services.GetServices<IScheduled>())
        {
            await scheduled.RunDueAsync(default);
        }

        await DoneAsync(job);
        _kind.Runs.ShouldBe(2);
    }

    private async Task StartHostAsync() => _host = await TestHost.StartAsync(storage, new()
    {
        DataPath = _folder,
        Services = services => services.AddSingleton<IJobKind>(_kind),
    });

    private Task DoneAsync(Job job) => Eventually.TrueAsync(async () =>
        (await _host!.Get<JobStore>().GetAsync(job.Kind, job.JobId, default))?.State == JobState.Done);
}

public sealed class RunJobTestsOnSqlite() : RunJobTests(TestStorage.Sqlite);

public sealed class RunJobTestsOnAzurite() : RunJobTests(TestStorage.Azurite);

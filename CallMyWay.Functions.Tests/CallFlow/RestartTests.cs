using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.CallFlow;

/// <summary>Every acked notification becomes a call, whatever happens to the host in between.</summary>
public abstract class RestartTests(TestStorage storage) : IAsyncLifetime
{
    private static readonly int Enough = TestLength.Of(plain: 200, whole: 300);

    private readonly string _folder = Directory.CreateTempSubdirectory("callmyway-restart-").FullName;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [SkippableFact]
    public async Task A_Stop_Under_Load_Loses_No_Acked_Event()
    {
        var host = await TestHost.StartAsync(storage, new() { DataPath = _folder });

        var acked = await PostUntilGoneAsync(host.Webhook, Enough, async () =>
        {
            await host.App.StopAsync();
            await host.DisposeAsync();
        });

        await ShouldAllBeCallsAsync(acked);
    }

    // At its start, SQLite releases the messages that the killed host was processing. On Azure they stay hidden until
    // their visibility time-out, which is set short here.
    [SkippableFact]
    public async Task A_Kill_Under_Load_Loses_No_Acked_Event()
    {
        storage.SkipWhereMissing();
        await using var process = await HostProcess.StartAsync(
            [], ["--DataPath", _folder, "--Queues:Visibility", "00:00:05", .. await storage.SettingsAsync(_folder)]);

        var acked = await PostUntilGoneAsync(process.Webhook, Enough, process.KillAsync);

        await ShouldAllBeCallsAsync(acked);
    }

    private async Task ShouldAllBeCallsAsync(IReadOnlyCollection<string> acked)
    {
        acked.Count.ShouldBeGreaterThanOrEqualTo(Enough);
        await using var host = await TestHost.StartAsync(storage, new() { DataPath = _folder });
        using var admin = await host.SignInAsync("admin");
        string[] missing = [];
        await Eventually.TrueAsync(
            async () =>
            {
                var calls = (await admin.AllItemsAsync("/api/calls")).Select(call => call.Text("callId")).ToHashSet();
                missing = [.. acked.Where(callId => !calls.Contains(callId))];
                return missing.Length == 0;
            },
            () => $"the calls of {missing.Length} of {acked.Count} acked events",
            pause: TimeSpan.FromMilliseconds(500));
    }

    /// <summary>
    /// Posts from several senders until the host no longer answers, and returns the acked ids. <paramref name="stop"/>
    /// is called once there are enough acks.
    /// </summary>
    private static async Task<IReadOnlyCollection<string>> PostUntilGoneAsync(Uri webhook, int enough, Func<Task> stop)
    {
        using var client = new HttpClient();
        var acked = new ConcurrentQueue<string>();
        var isEnough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var senders = Enumerable.Range(0, 8).Select(sender => Task.Run(async () =>
        {
            for (var i = 0; ; i++)
            {
                var callId = $"load-{sender}-{i}";
                try
                {
                    using var content = new ByteArrayContent(
                        JsonSerializer.SerializeToUtf8Bytes(DemoHost.Notification("callStart", callId)));
                    using var response = await client.PostAsync(webhook, content);
                    if (response.StatusCode != HttpStatusCode.OK)
                    {
                        return;
                    }
                }
                catch (HttpRequestException)
                {
                    return;
                }

                acked.Enqueue(callId);
                if (acked.Count >= enough)
                {
                    isEnough.TrySetResult();
                }
            }
        })).ToArray();
        await isEnough.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await stop();
        await Task.WhenAll(senders).WaitAsync(TimeSpan.FromSeconds(60));
        return acked;
    }
}

public sealed class RestartTestsOnSqlite() : RestartTests(TestStorage.Sqlite);

public sealed class RestartTestsOnAzurite() : RestartTests(TestStorage.AzuriteInTheLongRun);

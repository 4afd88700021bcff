using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;
using Xunit.Abstractions;

namespace CallMyWay.Functions.Tests.Events;

/// <summary>No event is lost where the host is killed while it sends them to a receiver that fails now and then.</summary>
public abstract class EventKillTests(TestStorage storage, ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>
    /// Each call sends two events. On Azurite some ten notifications a second are acked beside the work of those
    /// before.
    /// </summary>
    private readonly int _calls = TestLength.Of(plain: 60, whole: storage == TestStorage.Sqlite ? 5000 : 600);

    private readonly string _folder = TestFolder.Create("callmyway-events-");

    private EventReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await EventReceiver.StartAsync();

    public async Task DisposeAsync()
    {
        await _receiver.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [SkippableFact]
    public async Task A_Kill_In_The_Middle_Loses_No_Event_Of_An_Acked_Notification()
    {
        storage.SkipWhereMissing();
        var taken = new ConcurrentDictionary<(string? CallId, string Type), string>();
        var failed = new ConcurrentDictionary<string, bool>();
        var requests = 0;
        var isHalf = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _receiver.Answer = (received, context) =>
        {
            var number = Interlocked.Increment(ref requests);
            if (number == _calls / 2)
            {
                isHalf.TrySetResult();
            }

            // Not twice the same: its third try is half a minute later.
            if (number % 10 == 0 && failed.TryAdd(received.Id, true))
            {
                return EventReceiver.Status(context, 500);
            }

            taken.GetOrAdd((received.CallId, received.Type), received.Id).ShouldBe(received.Id, "the id is stable");
            return EventReceiver.Status(context, 204);
        };
        var acked = new ConcurrentBag<(string CallId, string Type)>();
        await using (var host = await StartAsync())
        {
            await CreateAsync(host);
            var posting = PostAsync(host.Webhook, acked);
            await isHalf.Task.WaitAsync(TimeSpan.FromMinutes(2));
            await host.KillAsync();
            await posting;
        }

        var before = taken.Count;
        await using (var host = await StartAsync())
        {
            await Eventually.TrueAsync(
                () => Task.FromResult(acked.All(each => taken.ContainsKey((each.CallId, each.Type)))),
                () => $"{acked.Count(each => !taken.ContainsKey((each.CallId, each.Type)))} of {acked.Count} events");
        }

        output.WriteLine($"{acked.Count} events, {requests} requests; {before} were taken before the kill.");
        acked.Count.ShouldBeGreaterThan(_calls / 4);
        _receiver.Received.GroupBy(received => (received.CallId, received.Type))
            .ShouldAllBe(same => same.Select(received => received.Id).Distinct().Count() == 1);
    }

    private async Task<HostProcess> StartAsync() => await HostProcess.StartAsync(
        [],
        [
            "--DataPath", _folder, "--Queues:Visibility", "00:00:05", "--CallRecords:Enabled", "true",
            "--Events:AllowPrivateAddresses", "true", .. await storage.SettingsAsync(_folder),
        ]);

    private async Task CreateAsync(HostProcess host)
    {
        using var admin = new HttpClient { BaseAddress = host.Address };
        admin.DefaultRequestHeaders.Add("X-Requested-With", "tests");
        (await admin.PostAsJsonAsync("/api/session", new { agent = "admin", password = "demo" }))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var created = await admin.PostAsJsonAsync(
            "/api/event-endpoints", new { url = _receiver.Url, events = new[] { "call.started", "call.ended" } });
        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await created.Content.ReadFromJsonAsync<JsonElement>()).Text("secret").ShouldNotBeNull();
    }

    /// <summary>Posts calls from several senders until the host is gone, and notes which events have to come.</summary>
    private Task PostAsync(Uri webhook, ConcurrentBag<(string CallId, string Type)> acked) =>
        Task.WhenAll(Enumerable.Range(0, 4).Select(sender => Task.Run(async () =>
        {
            using var client = new HttpClient();
            try
            {
                for (var i = sender; i < _calls; i += 4)
                {
                    foreach (var (action, type) in new[] { ("callStart", "call.started"), ("callEnd", "call.ended") })
                    {
                        var callId = $"kill-{i}";
                        using var answer = await client.PostAsJsonAsync(
                            webhook, DemoHost.Notification(action, callId, ("endpoint_id", $"10{i % 2:D2}")));
                        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
                        acked.Add((callId, type));
                    }
                }
            }
            catch (HttpRequestException)
            {
                // The host is gone: what it had not acked, nobody waits for.
            }
        })));
}

public sealed class EventKillTestsOnSqlite(ITestOutputHelper output) : EventKillTests(TestStorage.Sqlite, output);

[Collection(LoadTestGroup.Name)]
public sealed class EventKillTestsOnAzurite(ITestOutputHelper output)
    : EventKillTests(TestStorage.AzuriteInTheLongRun, output);

using System.Net;
using System.Net.Http.Json;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.PopUps;

/// <summary>If the operator repeats a notification, nothing changes and nothing is sent.</summary>
public abstract class RepeatedEventTests(DemoHost demo, int times)
{
    [SkippableFact]
    public async Task A_Repeated_Notification_Is_Not_Sent_To_The_Screen_Again()
    {
        await using var ana = await demo.ScreenAsync(demo.Ana);
        var body = DemoHost.Notification("callStart", "repeated");
        using var first = await demo.Nobody.PostAsJsonAsync(demo.Host.Webhook, body);
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        var told = new List<(string Name, string? State)>();
        await NextAsync();
        var acked = 0;
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = 16 };
        await Parallel.ForAsync(0, times, atOnce, async (_, cancellation) =>
        {
            using var response = await demo.Nobody.PostAsJsonAsync(demo.Host.Webhook, body, cancellation);
            // Azurite may take longer than the operator waits for its ack, which repeats the notification then too.
            response.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                Interlocked.Increment(ref acked);
            }
        });
        acked.ShouldBeGreaterThan(0);
        var queue = demo.Host.Get<IQueueAdmin>();
        await Eventually.TrueAsync(async () =>
            (await queue.StateAsync(StorageNames.CallEvents, CancellationToken.None)).OldestSince is null);

        // All messages about the call before its end come from the repetitions.
        await demo.EndAsync("repeated");
        do
        {
            await NextAsync();
        }
        while (told[^1].State != "ended");

        told.ShouldBe([("popUp", "ringing"), ("popUpChanged", "ended")]);

        async Task NextAsync()
        {
            var (name, popUp) = await ana.NextOfAsync("repeated");
            told.Add((name, popUp.Text("state")));
        }
    }
}

public sealed class RepeatedEventTestsOnSqlite(DemoHost demo)
    : RepeatedEventTests(demo, times: 1000), IClassFixture<DemoHost>;

public sealed class RepeatedEventTestsOnAzurite(DemoHostOnAzurite demo)
    : RepeatedEventTests(demo, times: 200), IClassFixture<DemoHostOnAzurite>;

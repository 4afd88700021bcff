using System.Net;
using System.Net.Http.Json;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.PopUps;

/// <summary>A notification that the operator sends again and again: nothing new, nothing sent.</summary>
public abstract class RepeatedEventTests(DemoHost demo, int times)
{
    [SkippableFact]
    public async Task However_Often_An_Event_Is_Repeated_The_Screen_Is_Not_Told_Again_And_Again()
    {
        await using var ana = await demo.ScreenAsync(demo.Ana);
        var body = DemoHost.Notification("callStart", "repeated");
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = 16 };
        await Parallel.ForAsync(0, times, atOnce, async (_, cancellation) =>
        {
            using var response = await demo.Nobody.PostAsJsonAsync(demo.Host.Webhook, body, cancellation);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        });
        var queue = demo.Host.Get<IQueueAdmin>();
        await Eventually.TrueAsync(async () =>
            (await queue.StateAsync(StorageNames.CallEvents, CancellationToken.None)).OldestSince is null);

        // What the screen is told of the call before it ends is what the repetitions sent.
        await demo.EndAsync("repeated");
        var told = new List<(string Name, string? State)>();
        do
        {
            var (name, popUp) = await ana.NextOfAsync("repeated");
            told.Add((name, popUp.Text("state")));
        }
        while (told[^1].State != "ended");

        // A message that is delivered once more tells once more: its first delivery may have ended before it told.
        told.Count.ShouldBeLessThanOrEqualTo(3, string.Join(", ", told));
        told.Distinct().ShouldBeSubsetOf([("popUp", "ringing"), ("popUpChanged", "ringing"), ("popUpChanged", "ended")]);
        told.ShouldContain(("popUp", "ringing"));
    }
}

public sealed class RepeatedEventTestsOnSqlite(DemoHost demo)
    : RepeatedEventTests(demo, times: 1000), IClassFixture<DemoHost>;

public sealed class RepeatedEventTestsOnAzurite(DemoHostOnAzurite demo)
    : RepeatedEventTests(demo, times: 200), IClassFixture<DemoHostOnAzurite>;

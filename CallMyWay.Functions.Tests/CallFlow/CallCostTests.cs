using System.Text.RegularExpressions;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Xunit.Abstractions;

namespace CallMyWay.Functions.Tests.CallFlow;

/// <summary>What a call costs on Azure, by the log of the storage: each request is a billed transaction.</summary>
public sealed partial class CallCostTests(ITestOutputHelper output)
{
    private const string CallId = "cost-1";

    private const int Most = 26;

    // LocalHost's own tables are not on Azure.
    private static readonly string[] Ours = [.. StorageNames.Tables, .. StorageNames.Queues];

    [SkippableFact]
    public async Task The_Start_And_The_End_Of_A_Call_Are_At_Most_Twenty_Six_Requests()
    {
        TestStorage.Azurite.SkipWhereMissing();
        var folder = Directory.CreateTempSubdirectory("callmyway-cost-").FullName;
        await using (var host = await TestHost.StartAsync(TestStorage.Azurite, new() { DataPath = folder }))
        {
            using var nobody = host.Anonymous();
            using var ana = await host.SignInAsync("ana");
            await using var screen = await TestScreen.OpenAsync(host, ana);
            var requests = Azurite.WatchRequests(await Azurite.ConnectionStringAsync(folder));

            foreach (var action in new[] { "callStart", "callEnd" })
            {
                using var content = new StringContent(
                    System.Text.Json.JsonSerializer.Serialize(DemoHost.Notification(action, CallId)));
                using var ack = await nobody.PostAsync(host.Webhook, content);
                ack.EnsureSuccessStatusCode();
                (await screen.NextOfAsync(CallId)).PopUp.Text("state")
                    .ShouldBe(action == "callStart" ? "ringing" : "ended");
            }

            // The last that is asked for: each notification is done with.
            await Eventually.TrueAsync(
                () => Task.FromResult(Of(requests).Count(request => request == "DELETE call-events") == 2));
            ShouldBeAtMost(Of(requests));
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>
    /// Of a queue that is empty is asked by the clock, whether there are calls or not. A message that was deleted was
    /// received, by one asking of its own at most.
    /// </summary>
    private void ShouldBeAtMost(IReadOnlyList<string> requests)
    {
        const string Asking = "GET call-events";
        var received = requests.Count(request => request == "DELETE call-events");
        requests.Count(request => request == Asking).ShouldBeGreaterThanOrEqualTo(received);
        // The names for the lists are read by the clock too, for all calls of half a minute.
        const string Names = "GET agents";
        requests.Count(request => request == Names).ShouldBeLessThanOrEqualTo(1);
        var paid = requests.Where(request => request is not (Asking or Names))
            .Concat(Enumerable.Repeat(Asking, received)).Order(StringComparer.Ordinal).ToList();

        output.WriteLine($"{paid.Count} requests: {string.Join(", ", paid.CountBy(request => request).Select(same => $"{same.Key} ×{same.Value}"))}");
        paid.ShouldContain("POST calls");
        paid.Count(request => request == "POST call-events").ShouldBe(2);
        paid.Count.ShouldBeLessThanOrEqualTo(Most);
    }

    /// <summary>Method and table or queue.</summary>
    private static IReadOnlyList<string> Of(IReadOnlyCollection<string> requests) =>
    [
        .. requests.Select(request => Named().Match(request))
            .Where(match => Ours.Contains(match.Groups["name"].Value, StringComparer.Ordinal))
            .Select(match => $"{match.Groups["method"].Value} {match.Groups["name"].Value}"),
    ];

    [GeneratedRegex("^(?<method>[A-Z]+) /[^/]+/(?<name>[a-z-]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Named();
}

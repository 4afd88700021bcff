using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace CallMyWay.Functions.Tests.CallFlow;

/// <summary>What a call costs on Azure, by the log of the storage: each request is a billed transaction.</summary>
public sealed partial class CallCostTests(ITestOutputHelper output)
{
    private const string CallId = "cost-1";

    private const int Most = 26;

    // In each list of missed calls it has a row of its own.
    private const int MostMissed = 27;

    private const int MostWithRecordAndWrapUp = 40;

    // LocalHost's own tables are not on Azure.
    private static readonly string[] Ours = [.. StorageNames.Tables, .. StorageNames.Queues];

    [SkippableTheory]
    [InlineData(true, Most)]
    [InlineData(false, MostMissed)]
    public async Task The_Start_And_The_End_Of_A_Call_Are_At_Most_Twenty_Six_Requests_And_One_More_Where_It_Is_Missed(
        bool isTaken, int most)
    {
        await using var desk = await StartAsync();
        using var ana = await desk.SignInAsync("ana");
        await using var screen = await TestScreen.OpenAsync(desk.Host, ana);
        var requests = await WatchAsync(desk);

        foreach (var action in new[] { "callStart", "callEnd" })
        {
            await NotifyAsync(desk, DemoHost.Notification(
                action,
                CallId,
                isTaken && action == "callEnd"
                    ? [("connect_time", DemoHost.OperatorTime(DateTimeOffset.UtcNow))]
                    : []));
            (await screen.NextOfAsync(CallId)).PopUp.Text("state")
                .ShouldBe(action == "callStart" ? "ringing" : "ended");
        }

        await WhenDoneAsync(requests);
        ShouldBeAtMost(Of(requests), most);
    }

    /// <summary>
    /// What a pull costs that finds nothing new is paid by the clock. What the wrap-up is checked by is read once in
    /// half a minute, for all of them, and the day of the records is marked once in five minutes.
    /// </summary>
    [SkippableFact]
    public async Task A_Call_With_Its_Record_And_Its_Wrap_Up_Is_At_Most_Forty_Requests_And_A_Pull()
    {
        await using var desk = await StartAsync();
        using var ana = await desk.SignInAsync("ana");
        await using var screen = await TestScreen.OpenAsync(desk.Host, ana);
        var (account, now) = (desk.Host.Get<Accounts>().Home, DateTimeOffset.UtcNow);
        await desk.Host.Get<ChangedDays>().MarkAsync(account, [account.TimeZone.DayOf(now)], now, default);
        var requests = await WatchAsync(desk);
        await PullAsync(desk);
        await WhenPulledAsync(requests);
        requests.Clear();
        await PullAsync(desk);
        await WhenPulledAsync(requests);
        var pull = Paid(Of(requests)).Count;
        requests.Clear();

        await desk.PostAsync("calls?wait=true", new { from = "88881234", to = "1001", type = "in", ringSeconds = 0, talkSeconds = 1, callId = CallId });
        await WhenDoneAsync(requests);
        await PullAsync(desk);
        await WhenPulledAsync(requests);
        var (status, body) = await ana.AskAsync(
            HttpMethod.Put, $"/api/calls/{CallId}/wrap-up", new { outcome = "attended", notes = "Paga el viernes." });

        status.ShouldBe(System.Net.HttpStatusCode.OK, body.ToString());
        output.WriteLine($"A pull without news: {pull} requests.");
        ShouldBeAtMost(Of(requests), MostWithRecordAndWrapUp + pull);
        (await ana.ReadAsync($"/api/calls/{CallId}"))!.Value.GetProperty("sources").GetArrayLength().ShouldBe(2);
    }

    private static Task<ClickDesk> StartAsync() => ClickDesk.StartWithAsync(
        TestStorage.Azurite,
        new() { Services = services => services.AddSingleton(CallRecords.RecordDesk.NoPace) },
        ["--QuerySeconds", "0"]);

    private static async Task<ConcurrentQueue<string>> WatchAsync(ClickDesk desk) =>
        (ConcurrentQueue<string>)Azurite.WatchRequests(await Azurite.ConnectionStringAsync(desk.Host.DataPath));

    private static async Task NotifyAsync(ClickDesk desk, object notification)
    {
        using var nobody = desk.Host.Anonymous();
        using var ack = await nobody.PostAsJsonAsync(desk.Host.Webhook, notification);
        ack.EnsureSuccessStatusCode();
    }

    private static Task<TimeSpan> PullAsync(ClickDesk desk) =>
        desk.Host.Get<RecordPuller>().PullAsync(desk.Host.Get<Accounts>().Home, default);

    // The last that is asked for: each notification is done with.
    private static Task WhenDoneAsync(IReadOnlyCollection<string> requests) => Eventually.TrueAsync(
        () => Task.FromResult(Of(requests).Count(request => request == "DELETE call-events") == 2));

    // The last that a pull asks for. The log of the storage comes a little later than its answer.
    private static Task WhenPulledAsync(IReadOnlyCollection<string> requests) => Eventually.TrueAsync(
        () => Task.FromResult(Of(requests).Contains("PUT recordpulls", StringComparer.Ordinal)));

    /// <summary>
    /// Of a queue that is empty is asked by the clock, whether there are calls or not. A message that was deleted was
    /// received, by one asking of its own at most. The names for the lists are read by the clock too, for all calls of
    /// half a minute, and so is who has a wallboard open, who is told of events, whether a CRM is asked, and which
    /// records were set aside; and their hour is marked for the reports once in five minutes. When the webhook's key
    /// was used is written once a minute.
    /// </summary>
    private static List<string> Paid(IReadOnlyList<string> requests)
    {
        const string asking = "GET call-events";
        string[] byTheClock =
        [
            asking, "GET jobs", "GET events-out", "GET campaign-dials", "GET eventendpoints", "GET contactlookup",
            "GET agents", "GET asiderecords", "GET outcomes", "GET presence", "PUT reports", "PUT webhookuse",
        ];
        var received = requests.Count(request => request == "DELETE call-events");
        requests.Count(request => request == asking).ShouldBeGreaterThanOrEqualTo(received);
        // The hour can be over between the two.
        requests.Count(request => request == "PUT reports").ShouldBeLessThanOrEqualTo(2);
        requests.Count(request => request == "PUT webhookuse").ShouldBeLessThanOrEqualTo(2);
        return
        [
            .. requests.Where(request => !byTheClock.Contains(request, StringComparer.Ordinal))
                .Concat(Enumerable.Repeat(asking, received)).Order(StringComparer.Ordinal),
        ];
    }

    private void ShouldBeAtMost(IReadOnlyList<string> requests, int most)
    {
        var paid = Paid(requests);
        output.WriteLine($"{paid.Count} requests: {string.Join(", ", paid.CountBy(request => request).Select(same => $"{same.Key} ×{same.Value}"))}");
        paid.ShouldContain("POST calls");
        paid.Count(request => request == "POST call-events").ShouldBe(2);
        paid.Count.ShouldBeLessThanOrEqualTo(most);
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

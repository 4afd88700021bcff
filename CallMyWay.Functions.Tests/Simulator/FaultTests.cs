using System.Text.Json.Nodes;

namespace CallMyWay.Functions.Tests.Simulator;

public sealed class FaultTests
{
    private static readonly object Batch = new { count = 300, seed = 7, parallel = 16 };

    [Fact]
    public async Task The_Same_Seed_Makes_The_Same_Faults()
    {
        var first = await FaultsAsync(11);
        var again = await FaultsAsync(11);
        var other = await FaultsAsync(12);

        again.ShouldBe(first);
        other.ShouldNotBe(first);
        new[] { "duplicate", "reorder", "drop", "singleQuotes" }.ShouldAllBe(
            fault => first.Any(line => line.Contains(fault, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_Truth_Matches_The_Received_Notifications()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.PostAsync(
            "/simulator/faults", new { duplicate = 0.2, reorder = 0.2, drop = 0.1, delayMs = 3, seed = 5 });
        await simulator.PostAsync("/simulator/calls/batch?wait=true", Batch);

        var truth = (await simulator.TruthAsync()).SelectMany(call => call!["notifications"]!.AsArray()).ToArray();
        var sent = truth.SelectMany(
            notification => notification!["deliveries"]!.AsArray().Select(_ => (string)notification["body"]!));

        simulator.Received.Select(each => each.Body).Order(StringComparer.Ordinal)
            .ShouldBe(sent.Order(StringComparer.Ordinal));
        truth.ShouldAllBe(notification => notification!["faults"]!.AsArray().Any(fault => (string)fault! == "drop") == (notification["deliveries"]!.AsArray().Count == 0));
        truth.Where(notification => notification!["faults"]!.AsArray().Any(fault => (string)fault! == "duplicate"))
            .ShouldAllBe(notification => notification!["deliveries"]!.AsArray().Count == 2);
        truth.SelectMany(notification => notification!["deliveries"]!.AsArray())
            .ShouldAllBe(delivery => (bool)delivery!["acked"]!);
    }

    [Fact]
    public async Task Without_Reordering_Each_Call_Tells_Its_Start_Before_Its_End()
    {
        await using var simulator = await RunningSimulator.StartAsync();

        await simulator.PostAsync("/simulator/calls/batch?wait=true", Batch);

        var calls = simulator.Notifications.GroupBy(
            each => (string)each["data"]!["callid"]!,
            each => (string)each["action"]!,
            StringComparer.Ordinal).ToArray();
        calls.Length.ShouldBe(300);
        calls.ShouldAllBe(actions => actions.SequenceEqual(new[] { "callStart", "callEnd" }));
    }

    [Fact]
    public async Task With_Reordering_The_End_Comes_First()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.PostAsync("/simulator/faults", new { reorder = true });

        await simulator.PlayAsync(new { from = "88887777", to = "1001", ringSeconds = 0, talkSeconds = 0 });

        simulator.Notifications.Select(each => (string)each["action"]!).ShouldBe(["callEnd", "callStart"]);
    }

    [Fact]
    public async Task Faults_Are_Shown_And_Cleared()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.PostAsync("/simulator/faults", new { drop = true, seed = 3 });
        await simulator.PlayAsync(new { from = "88887777", to = "1001", ringSeconds = 0, talkSeconds = 0 });

        var shown = JsonNode.Parse(await simulator.Http.GetStringAsync("/simulator/faults"))!;
        ((double)shown["drop"]!, (long)shown["seed"]!).ShouldBe((1.0, 3L));
        simulator.Received.ShouldBeEmpty();

        await simulator.PostAsync("/simulator/faults", new { });
        await simulator.PlayAsync(new { from = "88887777", to = "1001", ringSeconds = 0, talkSeconds = 0 });
        simulator.Received.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_Webhook_That_Does_Not_Answer_Holds_Up_No_Other_Call()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        using var release = new ManualResetEventSlim();
        simulator.Answer = count =>
        {
            if (count == 1)
            {
                release.Wait(TimeSpan.FromSeconds(30));
            }

            return (200, """{"ack":"ok"}""");
        };

        await simulator.PostAsync(
            "/simulator/calls",
            new { callId = "stuck", from = "88887777", to = "1001", ringSeconds = 0, talkSeconds = 0 });
        while (simulator.Received.IsEmpty)
        {
            await Task.Yield();
        }

        await simulator.PlayAsync(new { from = "88887777", to = "1002", ringSeconds = 0, talkSeconds = 0 });
        simulator.Received.Count.ShouldBe(3);
        release.Set();
        await simulator.SettledAsync();
        simulator.Received.Count.ShouldBe(4);
    }

    private static async Task<string[]> FaultsAsync(int seed)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.PostAsync(
            "/simulator/faults", new { duplicate = 0.1, reorder = 0.1, drop = 0.1, singleQuotes = 0.1, seed });
        await simulator.PostAsync("/simulator/calls/batch?wait=true", Batch);
        return [.. (await simulator.TruthAsync()).Select(call =>
            $"{call!["number"]} {call["legs"]![0]!["ani"]} {string.Join('|', call["notifications"]!.AsArray().Select(each => each!["faults"]!.ToJsonString()))}")];
    }
}

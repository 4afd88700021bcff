using System.Collections.Concurrent;
using CallMyWay.Functions.Tests.Infrastructure;
using Xunit.Abstractions;

namespace CallMyWay.Functions.Tests.PopUps;

/// <summary>
/// Many calls from a seed, to agents with two screens each. Their notifications come twice and in the wrong order. The
/// operator's truth says who must see what.
/// </summary>
public abstract class ManyCallsTests(ITestOutputHelper output, TestStorage storage, int count, int perSecond)
{
    private const int Seed = 20_261_123;

    private static readonly IReadOnlyDictionary<string, string> AgentOf = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["1001"] = "ana",
        ["1004"] = "ana",
        ["1002"] = "luis",
        ["1003"] = "sofia",
    };

    [SkippableFact]
    public async Task No_Pop_Up_Is_Missing_Doubled_Or_On_The_Wrong_Screen()
    {
        await using var desk = await ClickDesk.StartAsync(storage);
        await desk.PostAsync("faults", new { duplicate = 0.1, reorder = 0.3, singleQuotes = 0.1, seed = Seed });
        var agents = new Dictionary<string, HttpClient>(StringComparer.Ordinal);
        var screens = new List<Screen>();
        foreach (var name in AgentOf.Values.Distinct())
        {
            agents[name] = await desk.SignInAsync(name);
            for (var tab = 0; tab < 2; tab++)
            {
                screens.Add(new Screen(name, await desk.ScreenAsync(agents[name])));
            }
        }

        await desk.PostAsync(
            "calls/batch?wait=true",
            new { calls = Plan(new Random(Seed), count).ToArray(), perSecond, parallel = 500 });
        var truth = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        for (var skip = 0; skip < count; skip += 1000)
        {
            foreach (var leg in (await desk.Operator.ItemsAsync($"/simulator/calls?skip={skip}&take=1000")).SelectMany(
                call => call.GetProperty("legs").EnumerateArray()))
            {
                truth[leg.Text("callId")!] = [.. leg.GetProperty("endpoints").EnumerateArray().Select(
                    endpoint => AgentOf[endpoint.GetString()!])];
            }
        }

        truth.Count.ShouldBe(count);
        var expected = agents.Keys.ToDictionary(
            agent => agent,
            agent => truth.Where(call => call.Value.Contains(agent)).Select(call => call.Key)
                .ToHashSet(StringComparer.Ordinal),
            StringComparer.Ordinal);
        await UntilNothingComesAsync(screens, screen => screen.Shown.Count >= expected[screen.Agent].Count && screen.Ended.Count >= expected[screen.Agent].Count);

        foreach (var screen in screens)
        {
            output.WriteLine($"{screen.Agent}: {screen.Shown.Count} pop-ups of {expected[screen.Agent].Count} calls");
            expected[screen.Agent].Except(screen.Shown.Keys).ShouldBeEmpty($"missed by {screen.Agent}");
            screen.Shown.Keys.Except(expected[screen.Agent]).ShouldBeEmpty($"of another's, seen by {screen.Agent}");
            screen.Shown.Where(call => call.Value != 1).ShouldBeEmpty($"doubled at {screen.Agent}");
            expected[screen.Agent].Except(screen.Ended.Keys).ShouldBeEmpty($"whose end {screen.Agent} was not told");
        }

        // One acknowledgement clears both of the agent's screens.
        foreach (var (agent, client) in agents)
        {
            var open = (await client.ItemsAsync("/api/pop-ups")).Select(popUp => popUp.Text("callId")!).Take(20)
                .ToList();
            open.Count.ShouldBe(20);
            foreach (var callId in open)
            {
                (await client.AskAsync(HttpMethod.Post, $"/api/pop-ups/{Uri.EscapeDataString(callId)}/acknowledge"))
                    .Status.ShouldBe(System.Net.HttpStatusCode.NoContent);
            }

            await Eventually.TrueAsync(() => Task.FromResult(screens.Where(screen => screen.Agent == agent).All(screen => open.TrueForAll(screen.Closed.ContainsKey))));
            (await client.ItemsAsync("/api/pop-ups")).Select(popUp => popUp.Text("callId")!)
                .ShouldNotContain(callId => open.Contains(callId));
        }
    }

    // Waits as long as messages still come, however slow the machine. The test reports what is missing.
    private static async Task UntilNothingComesAsync(IReadOnlyList<Screen> screens, Func<Screen, bool> hasAll)
    {
        var (last, since) = (-1, Environment.TickCount64);
        while (!screens.All(hasAll) && Environment.TickCount64 - since < 60_000)
        {
            var now = screens.Sum(screen => screen.Shown.Count + screen.Ended.Count);
            if (now != last)
            {
                (last, since) = (now, Environment.TickCount64);
            }

            await Task.Delay(100);
        }
    }

    // Incoming and outgoing calls, answered and not.
    private static IEnumerable<object> Plan(Random random, int count)
    {
        var phones = AgentOf.Keys.Order(StringComparer.Ordinal).ToArray();
        for (var i = 0; i < count; i++)
        {
            var phone = phones[random.Next(phones.Length)];
            var number = $"8{random.Next(1_000_000, 9_999_999)}";
            var isIn = random.NextDouble() < 0.6;
            yield return new
            {
                from = isIn ? number : phone,
                to = isIn ? phone : number,
                type = isIn ? "in" : "out",
                endpoint = phone,
                ringSeconds = 0,
                talkSeconds = 0,
                answered = random.NextDouble() < 0.8,
            };
        }
    }

    /// <summary>The messages to an agent's screen, read in the background.</summary>
    private sealed class Screen
    {
        public Screen(string agent, TestScreen screen)
        {
            Agent = agent;
            _ = ReadAsync(screen);
        }

        public string Agent { get; }

        /// <summary>How often each call was shown.</summary>
        public ConcurrentDictionary<string, int> Shown { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, bool> Ended { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, bool> Closed { get; } = new(StringComparer.Ordinal);

        private async Task ReadAsync(TestScreen screen)
        {
            await foreach (var (name, popUp) in screen.AllAsync())
            {
                var callId = popUp.Text("callId")!;
                if (name == "popUp")
                {
                    Shown.AddOrUpdate(callId, 1, (_, times) => times + 1);
                }

                if (popUp.Text("state") == "ended")
                {
                    Ended[callId] = true;
                }

                if (name == "popUpClosed")
                {
                    Closed[callId] = true;
                }
            }
        }
    }
}

// As fast as the host accepts them without taking them for a storm, in which pop-ups wait for acks.
public sealed class ManyCallsTestsOnSqlite(ITestOutputHelper output)
    : ManyCallsTests(output, TestStorage.Sqlite, count: TestLength.Of(plain: 1_000, whole: 10_000), perSecond: 190);

// As fast as the emulator handles them.
public sealed class ManyCallsTestsOnAzurite(ITestOutputHelper output)
    : ManyCallsTests(output, TestStorage.AzuriteInTheLongRun, count: 300, perSecond: 20);

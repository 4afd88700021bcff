using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.CallFlow;

/// <summary>
/// Calls of an account that is notified once for each, when it rings, and calls of one that is told more.
/// </summary>
public abstract class AnswerUntoldTests(TestStorage storage)
{
    [SkippableFact]
    public async Task A_Call_Whose_Answer_Nobody_Tells_Goes_On_After_A_Minute()
    {
        var clock = new SetClock(DateTimeOffset.UtcNow);
        await using var host = await TestHost.StartAsync(storage, new() { Time = clock });
        using var ana = await host.SignInAsync("ana");
        using var sofia = await host.SignInAsync("sofia");
        var callId = await host.RingAsync(ana, "88881234");

        clock.Now += TimeSpan.FromSeconds(59);
        (await ShownAsync()).ShouldBe("ringing -, ringing -, ringing -, ringing -");
        clock.Now += TimeSpan.FromSeconds(1);
        (await ShownAsync()).ShouldBe("connected -, connected -, connected -, connected -");

        // From when on, the screens that were told before know.
        (await ana.ItemsAsync("/api/pop-ups"))[0].GetProperty("ongoingFrom").GetDateTimeOffset()
            .ShouldBe(clock.Now, TimeSpan.FromSeconds(1));

        // Now it is known that this account is told more.
        await host.RingAsync(sofia, "22223333", endpointId: "1002", connected: true);
        callId = await host.RingAsync(ana, "88881234");
        clock.Now += TimeSpan.FromMinutes(5);
        (await ShownAsync()).ShouldBe("ringing -, ringing -, ringing -, ringing -");

        async Task<string> ShownAsync()
        {
            var shown = new List<string>();
            foreach (var (client, list) in new[] { (ana, "pop-ups"), (sofia, "live-calls"), (sofia, "calls") })
            {
                var listed = (await client.ItemsAsync($"/api/{list}")).Single(call => call.Text("callId") == callId);
                shown.Add($"{listed.Text("state")} {listed.Text("connectedAt") ?? "-"}");
            }

            var call = (await sofia.ReadAsync($"/api/calls/{callId}")).ShouldNotBeNull();
            return string.Join(", ", shown.Append($"{call.Text("state")} {call.Text("connectedAt") ?? "-"}"));
        }
    }
}

public sealed class AnswerUntoldTestsOnSqlite() : AnswerUntoldTests(TestStorage.Sqlite);

public sealed class AnswerUntoldTestsOnAzurite() : AnswerUntoldTests(TestStorage.Azurite);

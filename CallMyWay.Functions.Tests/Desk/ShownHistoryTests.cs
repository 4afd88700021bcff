using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Desk;

/// <summary>A call's history tells when it was on a screen, once the screens have told.</summary>
public abstract class ShownHistoryTests(TestStorage storage)
{
    [SkippableFact]
    public async Task A_Call_Tells_When_Its_Card_Was_On_The_Screen()
    {
        // Noon in Costa Rica, so that an hour more or less stays within the day.
        var clock = new SetClock(new DateTimeOffset(DateTimeOffset.UtcNow.UtcDateTime.Date.AddHours(18), TimeSpan.Zero));
        await using var host = await TestHost.StartAsync(storage, new() { Time = clock });
        using var ana = await host.SignInAsync("ana");
        // The operator's clock is as the host's: one that is ahead would end the call later than this test looks.
        var callId = await host.RingAsync(ana, "88881234", at: clock.Now);
        await host.RingAsync(ana, "88881234", action: "callEnd", callId: callId, at: clock.Now);
        clock.Now = clock.Now.AddMinutes(1);
        var card = $"59000.700.30.50.20.{Encoded(callId)}.{Encoded(DemoHost.Account)}";
        using var told = await ana.GetAsync($"/api/pop-ups?painted={card}");
        told.EnsureSuccessStatusCode();
        (await ShownAsync()).ShouldBeEmpty("the desk that has the call reads nothing more");

        clock.Now = clock.Now.AddMinutes(6);

        var shown = (await ShownAsync()).ShouldHaveSingleItem();
        ((string?)shown["agentId"], (int?)shown["milliseconds"], (DateTimeOffset?)shown["at"])
            .ShouldBe(("ana", 100, clock.Now.AddMinutes(-6).AddSeconds(-59)));

        async Task<IReadOnlyList<JsonNode>> ShownAsync() =>
        [
            .. (await ana.GetObjectAsync($"/api/calls/{callId}"))["history"]!.AsArray().OfType<JsonNode>()
                .Where(entry => (string?)entry["kind"] == "shown"),
        ];
    }

    private static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}

public sealed class ShownHistoryTestsOnSqlite() : ShownHistoryTests(TestStorage.Sqlite);

public sealed class ShownHistoryTestsOnAzurite() : ShownHistoryTests(TestStorage.AzuriteInTheLongRun);

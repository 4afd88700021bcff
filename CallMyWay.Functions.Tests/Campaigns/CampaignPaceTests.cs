using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Campaigns;

/// <summary>The pace over three instances that share one storage.</summary>
public abstract class CampaignPaceTests(TestStorage storage)
{
    [SkippableFact]
    public async Task Three_Instances_Together_Never_Dial_More_In_A_Minute_Than_Was_Agreed()
    {
        storage.SkipWhereMissing();
        await using var host = await TestHost.StartAsync(storage);
        var tables = host.Get<ITables>();
        var clock = new SetClock(new DateTimeOffset(2026, 3, 2, 18, 0, 59, TimeSpan.Zero));
        var instances = Enumerable.Range(0, 3).Select(_ => new CampaignPace(tables, clock)).ToList();
        var taken = new List<DateTimeOffset>();

        // Over the turn of the clock's minute, and a clock that is set back in between.
        foreach (var seconds in new[] { 0, 2, 30, 31, -3600, 1, 40, 23, 1 })
        {
            clock.Now += TimeSpan.FromSeconds(seconds);
            var results = await Task.WhenAll(instances.SelectMany(
                (pace, i) => Enumerable.Range(0, 6).Select(k => pace.TryTakeAsync(k % 2 == 0 ? "a" : "b", 7, 10))));
            taken.AddRange(results.Where(isTaken => isTaken).Select(_ => clock.Now));
        }

        // Times before the clock was set back are an hour ahead of it: they don't count with those behind.
        var (before, after) = (taken.Where(at => at.Hour == 18).ToList(), taken.Where(at => at.Hour == 17).ToList());
        (before.Count, after.Count).ShouldBe((20, 10));
        foreach (var part in new[] { before, after })
        {
            part.ShouldAllBe(at => part.Count(other => other >= at && other < at.AddMinutes(1)) <= 10);
        }
    }
}

/// <summary>
/// The pace over three hosts that share a storage account, counted at the operator. With processes that end and clocks
/// that jump: <c>CampaignProofTests</c>.
/// </summary>
public sealed class CampaignPaceOfHostsTests
{
    private const int Agreed = 7;

    [SkippableFact]
    public async Task Three_Hosts_Together_Dial_As_Often_As_Was_Agreed_And_No_More()
    {
        await using var office = await CampaignOffice.StartAsync(
            TestStorage.Azurite,
            // A dial that was not answered does not keep its agent.
            operatorSettings: ["--Click:SecondAnswers", "false"],
            perMinute: Agreed);
        var account = await TestStorage.Azurite.SettingsAsync(office.Desk.Host.DataPath);
        await using var second = await TestHost.StartAsync(TestStorage.Sqlite, new() { Settings = [.. Settings()] });
        await using var third = await TestHost.StartAsync(TestStorage.Sqlite, new() { Settings = [.. Settings()] });
        var luis = await second.SignInAsync("luis");
        var sofia = await third.SignInAsync("sofia");
        foreach (var agent in new[] { office.Ana, luis, sofia })
        {
            (await agent.ReadAsync("/api/pop-ups")).ShouldNotBeNull();
        }

        // Two that dial by themselves, and one whose cards are pressed at each host at once.
        await office.StartAsync(Campaign("progressive", 88_100_000));
        await office.StartAsync(Campaign("progressive", 88_200_000));
        await office.UntilClicksAsync(Agreed);
        var preview = await office.StartAsync(Campaign("preview", 88_300_000));
        var pressed = await Task.WhenAll(new[] { office.Ana, luis, sofia }.Select(async agent =>
        {
            var work = await CampaignOffice.WorkAsync(agent);
            return work.TryGetProperty("card", out var card) && card.Text("campaignId") == preview
                ? await CampaignOffice.PressAsync(agent, card)
                : default;
        }));
        // So long the beats go on, and each agent is free.
        await Task.Delay(TimeSpan.FromSeconds(4));

        var clicks = await office.ClicksAsync();
        clicks.Count.ShouldBe(Agreed, $"{string.Join('\n', pressed.Select(each => each.ToString()))}");
        clicks.Select(click => click.Text("first")).Distinct().Count().ShouldBeGreaterThan(1);

        IEnumerable<string> Settings() =>
            [.. account, "--CallMyWay:BaseUrl", office.Desk.Operator.BaseAddress!.ToString()];
    }

    private static object Campaign(string mode, int first) => new
    {
        name = "Noviembre",
        mode,
        order = "agentFirst",
        contacts = new { numbers = Enumerable.Range(first, 12).Select(number => $"{number}").ToArray() },
        attempts = 1,
        perMinute = 600,
    };
}

public sealed class CampaignPaceTestsOnSqlite() : CampaignPaceTests(TestStorage.Sqlite);

public sealed class CampaignPaceTestsOnAzurite() : CampaignPaceTests(TestStorage.Azurite);

using System.Diagnostics;
using CallMyWay.Functions.Tests.Infrastructure;
using Xunit.Abstractions;

namespace CallMyWay.Functions.Tests.Campaigns;

/// <summary>A long list takes no longer to start, to page through and to work than a short one.</summary>
public sealed class CampaignSizeTests(ITestOutputHelper output)
{
    private const int Few = 300;

    private static readonly int Many = TestLength.Of(plain: 4_000, whole: 100_000);

    [Fact]
    public async Task Start_Pages_And_The_Next_Card_Take_The_Same_However_Long_The_List_Is()
    {
        await using var office = await CampaignOffice.StartAsync(TestStorage.Sqlite);
        var began = Stopwatch.GetTimestamp();
        var large = await MakeAsync(office, Many);
        output.WriteLine($"{Many} people: built in {Stopwatch.GetElapsedTime(began).TotalSeconds:N1} s");
        var small = await MakeAsync(office, Few);

        var (ofSmall, ofLarge) = (new List<Times>(), new List<Times>());
        // In turns, so that other work on the machine slows down both. The first round warms up.
        for (var i = 0; i < 12; i++)
        {
            ofSmall.Add(await MeasureAsync(office, small, Few, i));
            ofLarge.Add(await MeasureAsync(office, large, Many, i));
        }

        var (few, many) = (Times.Median(ofSmall.Skip(1)), Times.Median(ofLarge.Skip(1)));
        output.WriteLine($"of {Few} people: {few}");
        output.WriteLine($"of {Many} people: {many}");
        many.Start.ShouldBeLessThan(5000);
        // Generous: milliseconds differ on a machine that does other things too. What grew with the list would be more.
        many.Page.ShouldBeLessThan((few.Page * 4) + 20);
        many.PageOfState.ShouldBeLessThan((few.PageOfState * 4) + 20);
        many.Card.ShouldBeLessThan((few.Card * 4) + 20);
        many.View.ShouldBeLessThan((few.View * 4) + 20);
    }

    private static async Task<(string Id, string? Middle)> MakeAsync(CampaignOffice office, int people)
    {
        var id = (await office.MakeAsync(new
        {
            name = $"De {people}",
            mode = "preview",
            contacts = new { numbers = Enumerable.Range(0, people).Select(i => $"8{1_000_000 + i}").ToArray() },
        })).Text("campaignId")!;
        var deadline = Stopwatch.StartNew();
        while ((await office.ReadAsync(id)).Text("state") != "ready")
        {
            deadline.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(10), "the list to be built");
            await Task.Delay(50);
        }

        CampaignOffice.Count(await office.ReadAsync(id), "waiting").ShouldBe(people);
        return (id, (await office.Sofia.ReadAsync($"/api/campaigns/{id}/contacts?take=100"))!.Value.Text("next"));
    }

    private static async Task<Times> MeasureAsync(
        CampaignOffice office, (string Id, string? Middle) campaign, int people, int round)
    {
        var path = $"/api/campaigns/{campaign.Id}/contacts?take=50&next={campaign.Middle}";
        var start = await TimeAsync(() => office.DoAsync(campaign.Id, "start"));
        var card = await TimeAsync(() => CampaignOffice.CardAsync(office.Ana));
        var work = await CampaignOffice.CardAsync(office.Ana);
        work.Text("campaignId").ShouldBe(campaign.Id);
        (await office.Ana.AskAsync(HttpMethod.Post, "/api/campaign-work/skip", new
        {
            campaignId = campaign.Id,
            entryId = work.Text("entryId"),
        })).Status.ShouldBe(System.Net.HttpStatusCode.NoContent);
        var page = await TimeAsync(() => office.Sofia.ItemsAsync(path));
        var ofState = await TimeAsync(
            () => office.Sofia.ItemsAsync($"/api/campaigns/{campaign.Id}/contacts?take=50&state=waiting"));
        var view = await TimeAsync(() => office.ReadAsync(campaign.Id));
        await office.DoAsync(campaign.Id, "pause");
        round.ShouldBeLessThan(people);
        return new Times(start, card, page, ofState, view);
    }

    private static async Task<double> TimeAsync<T>(Func<Task<T>> what)
    {
        var began = Stopwatch.GetTimestamp();
        await what();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    /// <summary>In milliseconds.</summary>
    private sealed record Times(double Start, double Card, double Page, double PageOfState, double View)
    {
        public static Times Median(IEnumerable<Times> all)
        {
            var list = all.ToList();
            return new Times(
                Of(each => each.Start),
                Of(each => each.Card),
                Of(each => each.Page),
                Of(each => each.PageOfState),
                Of(each => each.View));

            double Of(Func<Times, double> time) => list.Select(time).Order().ElementAt(list.Count / 2);
        }
    }
}

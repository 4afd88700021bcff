using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Campaigns;

/// <summary>The lists of campaigns, and who is not called and why.</summary>
public abstract class CampaignListTests(TestStorage storage) : IAsyncLifetime
{
    private CampaignOffice _office = null!;

    public async Task InitializeAsync() => _office = await CampaignOffice.StartAsync(storage);

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [SkippableFact]
    public async Task Contacts_Are_Taken_By_Their_Ids_And_By_A_Search()
    {
        object without = new { name = "Sin Número Alguno", numbers = Array.Empty<string>() };
        (await _office.Sofia.AskAsync(HttpMethod.Post, "/api/contacts", without)).Status.ShouldBe(HttpStatusCode.Created);
        var nobody = (await _office.Sofia.ItemsAsync("/api/contacts?query=Sin N%C3%BAmero Alguno"))
            .Single().Text("contactId");

        var byId = await MakeAsync(new { ids = new[] { "demo-01", "nobody-at-all", nobody, "demo-01" } });
        var bySearch = await MakeAsync(new { query = "José Rodríguez" });
        var all = await MakeAsync(new { query = "" });

        CampaignOffice.Count(byId, "waiting").ShouldBe(1);
        byId.GetProperty("refused").EnumerateArray().Select(each => each.Text("reason"))
            .ShouldBe(["unknownContact", "noNumber", "repeated"]);
        var contact = (await _office.Sofia.ItemsAsync($"/api/campaigns/{bySearch.Text("campaignId")}/contacts"))
            .First(each => each.Text("contactId") == "demo-01");
        (contact.Text("name"), contact.Text("state"), contact.GetProperty("number").Text("e164"))
            .ShouldBe(("José Rodríguez Solís", "waiting", "+50688881234"));
        CampaignOffice.Count(all, "total").ShouldBe((await _office.Sofia.AllItemsAsync("/api/contacts")).Count);
    }

    [SkippableFact]
    public async Task A_Long_List_Is_Built_By_A_Job_And_Its_Pages_Are_Read_By_State()
    {
        // The request that creates it builds 2,000.
        const int many = 2300;
        var campaign = await MakeAsync(
            new { numbers = Enumerable.Range(0, many).Select(i => $"8{i + 1_000_000}").ToArray() });
        var id = campaign.Text("campaignId")!;
        campaign.Text("state").ShouldBe("building");

        campaign = await _office.UntilAsync(id, each => each.Text("state") == "ready", "the list to be built");

        (CampaignOffice.Count(campaign, "total"), CampaignOffice.Count(campaign, "waiting")).ShouldBe((many, many));
        var all = await _office.Sofia.AllItemsAsync($"/api/campaigns/{id}/contacts");
        var waiting = await _office.Sofia.AllItemsAsync($"/api/campaigns/{id}/contacts?state=waiting");
        all.Select(each => each.GetProperty("number").Text("e164"))
            .ShouldBe(Enumerable.Range(0, many).Select(i => $"+5068{i + 1_000_000}"));
        waiting.Select(each => each.Text("entryId")).ShouldBe(all.Select(each => each.Text("entryId")));
    }

    [SkippableFact]
    public async Task A_List_Is_Built_Once_Where_Two_Build_It_And_One_Ends_Anywhere()
    {
        var campaigns = _office.Desk.Host.Get<CampaignStore>();
        var builder = _office.Desk.Host.Get<ListBuilder>();
        var entries = _office.Desk.Host.Get<EntryStore>();
        var now = DateTimeOffset.UtcNow;
        var source = Enumerable.Range(0, 300).Select(i => $"8888{i + 1000}").ToList();
        var (campaign, _) = CampaignReader.ReadNew(
            new CampaignInput(
                "x",
                CampaignMode.Preview,
                null,
                new CampaignContactsInput(null, null, [.. source]),
                null,
                null,
                1,
                0,
                1,
                null),
            Guid.CreateVersion7(now).ToString("N"),
            now,
            new());
        campaign = campaign with { Parts = 10 };
        await campaigns.InsertAsync(campaign, default);
        for (var part = 0; part < 10; part++)
        {
            await entries.PutSourcesAsync(
                campaign.CampaignId,
                part,
                new ListedSources { Numbers = source[(part * 30)..((part + 1) * 30)] },
                default);
        }

        await builder.BuildAsync(campaign, 60, TimeSpan.FromMinutes(1), default);
        await Task.WhenAll(
            Enumerable.Range(0, 3).Select(
                _ => builder.BuildAsync(campaign, int.MaxValue, TimeSpan.FromMinutes(1), default)));

        var counts = await entries.CountAsync(campaign.CampaignId, default);
        (counts.Total, counts.Of(EntryState.Waiting)).ShouldBe((300, 300));
        var listed = await entries.ListAsync(campaign.CampaignId, null, new(500, null), default);
        listed.Items.Select(entry => entry.Number.E164).ShouldBe(source.Select(number => $"+506{number}"));
    }

    private Task<JsonElement> MakeAsync(object contacts) =>
        _office.MakeAsync(new { name = "Prueba", mode = "preview", contacts });

}

public sealed class CampaignListTestsOnSqlite() : CampaignListTests(TestStorage.Sqlite);

public sealed class CampaignListTestsOnAzurite() : CampaignListTests(TestStorage.AzuriteInTheLongRun);

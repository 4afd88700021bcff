using System.Net;
using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.CallRecords;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Campaigns;

/// <summary>What a campaign's calls cost, as the operator tells it long after them.</summary>
public abstract class CampaignCostTests(TestStorage storage)
{
    private const string Dollars = "8000002";

    [SkippableFact]
    public async Task A_Cost_That_Comes_Late_Counts_And_One_In_Another_Currency_Is_Told_Beside_It()
    {
        await using var office = await CampaignOffice.StartAsync(
            storage,
            new()
            {
                Settings =
                [
                    "--CallMyWay:Accounts:1:Username", Dollars, "--CallMyWay:Accounts:1:Password", "demo",
                    "--CallMyWay:Accounts:1:Currency", "USD",
                ],
                Services = services => services.AddSingleton(RecordDesk.NoPace),
            },
            [
                "--QuerySeconds", "0", "--Accounts:0:Username", "8000001", "--Accounts:0:Password", "demo",
                "--Accounts:1:Username", Dollars, "--Accounts:1:Password", "demo", "--Accounts:1:Currency", "USD",
            ]);
        var (mapped, answer) = await office.Admin.AskAsync(
            HttpMethod.Put, "/api/mappings/2001", new { account = Dollars, agentId = "luis", phone = "2001" });
        mapped.ShouldBe(HttpStatusCode.Created, answer.ToString());
        var id = await office.StartAsync(new
        {
            name = "Noviembre",
            mode = "preview",
            contacts = new { numbers = new[] { "88880001", "88880002", "88880003" } },
            budget = 1000,
        });

        var colones = await CallAsync(office.Ana, "1001");
        var dollars = await CallAsync(office.Luis, "2001");
        await office.UntilAsync(id, each => CampaignOffice.Count(each, "done") == 2, "both calls to be over");
        await ForgetAsync(office, id);
        await CorrectAsync(office, colones, 250);
        await CorrectAsync(office, dollars, 2000);

        var campaign = await office.UntilAsync(
            id,
            each => each.GetProperty("spent").GetDecimal() == 250
                && each.GetProperty("spentOtherwise").GetArrayLength() == 1,
            "the costs to be counted");

        var other = campaign.GetProperty("spentOtherwise")[0];
        (other.GetProperty("amount").GetDecimal(), other.Text("currency")).ShouldBe((2000m, "USD"));
        // Two thousand dollars are no two thousand colones: the campaign goes on.
        campaign.Text("state").ShouldBe("running");
        (await CampaignOffice.CardAsync(office.Ana)).Text("entryId").ShouldNotBeNull();
        (await office.Sofia.GetStringAsync($"/api/exports/campaigns/{id}.csv")).ShouldContain("2000 USD");

        // The operator corrects it once more, and now the budget is spent.
        await CorrectAsync(office, colones, 1000);
        var paused = await office.UntilAsync(id, each => each.Text("state") == "paused", "the campaign to pause");
        (paused.Text("why"), paused.GetProperty("spent").GetDecimal())
            .ShouldBe(("Se gastó el presupuesto de la campaña.", 1000m));
    }

    /// <summary>The agent's card, called from this phone. The operator's id of the call.</summary>
    private static async Task<string> CallAsync(HttpClient agent, string endpointId)
    {
        var card = await CampaignOffice.CardAsync(agent);
        var (status, dial) = await ClickDesk.ClickAsync(agent, new
        {
            campaignId = card.Text("campaignId"),
            number = card.GetProperty("number").Text("e164"),
            endpointId,
        });
        status.ShouldBe(HttpStatusCode.Accepted, dial.ToString());
        return (await ClickDesk.DialAsync(agent, dial.Text("dialId")!, "ended")).Text("callId")!;
    }

    /// <summary>The clock has given up: a day has passed since the calls.</summary>
    private static async Task ForgetAsync(CampaignOffice office, string campaignId)
    {
        foreach (var contact in await office.ContactsAsync(campaignId, "done"))
        {
            await office.Desk.Host.Get<EntryStore>().ChangeAsync(
                campaignId, contact.Text("entryId")!, found => found with { LookAt = null, Looks = 100 }, default);
        }
    }

    /// <summary>The operator's record of the call says another cost, and the records are read.</summary>
    private static async Task CorrectAsync(CampaignOffice office, string callId, decimal cost)
    {
        await office.Desk.PostAsync($"calls/{callId}/record", new { cost, accessFee = 0 });
        var host = office.Desk.Host;
        foreach (var account in host.Get<Accounts>().All)
        {
            await host.Get<RecordPuller>().PullAsync(account, default);
        }
    }
}

public sealed class CampaignCostTestsOnSqlite() : CampaignCostTests(TestStorage.Sqlite);

public sealed class CampaignCostTestsOnAzurite() : CampaignCostTests(TestStorage.AzuriteInTheLongRun);

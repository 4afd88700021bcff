using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Campaigns;

/// <summary>A demo host beside the simulator with coordinated campaigns, and those who make and work them.</summary>
internal sealed class CampaignOffice : IAsyncDisposable
{
    private CampaignOffice(ClickDesk desk, HttpClient admin, HttpClient sofia, HttpClient ana, HttpClient luis) =>
        (Desk, Admin, Sofia, Ana, Luis) = (desk, admin, sofia, ana, luis);

    public ClickDesk Desk { get; }

    public HttpClient Admin { get; }

    /// <summary>The supervisor.</summary>
    public HttpClient Sofia { get; }

    public HttpClient Ana { get; }

    public HttpClient Luis { get; }

    public static async Task<CampaignOffice> StartAsync(
        TestStorage storage,
        TestHostOptions? options = null,
        IReadOnlyList<string>? operatorSettings = null,
        int? perMinute = 600)
    {
        var desk = await ClickDesk.StartWithAsync(storage, options ?? new TestHostOptions(), operatorSettings);
        var office = new CampaignOffice(
            desk,
            await desk.SignInAsync("admin"),
            await desk.SignInAsync("sofia"),
            await desk.SignInAsync("ana"),
            await desk.SignInAsync("luis"));
        if (perMinute is { } rate)
        {
            await office.CoordinateAsync(new { confirmed = true, perMinute = rate });
        }

        return office;
    }

    public async Task CoordinateAsync(object coordination)
    {
        var (status, body) = await Admin.AskAsync(HttpMethod.Put, "/api/campaign-coordination", coordination);
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
    }

    /// <summary>Puts a number on the do-not-call list.</summary>
    public async Task ListAsync(string number)
    {
        var (status, body) = await Sofia.AskAsync(HttpMethod.Post, "/api/do-not-call", new { number, reason = "Pidió" });
        status.ShouldBe(HttpStatusCode.Created, body.ToString());
    }

    /// <summary>A campaign whose list is built.</summary>
    public async Task<JsonElement> MakeAsync(object campaign)
    {
        var (status, made) = await Sofia.AskAsync(HttpMethod.Post, "/api/campaigns", campaign);
        status.ShouldBe(HttpStatusCode.Created, made.ToString());
        return made;
    }

    /// <summary>The same, started.</summary>
    public async Task<string> StartAsync(object campaign)
    {
        var id = (await MakeAsync(campaign)).Text("campaignId")!;
        (await DoAsync(id, "start")).Text("state").ShouldBe("running");
        return id;
    }

    /// <summary><c>start</c>, <c>pause</c> or <c>stop</c>.</summary>
    public async Task<JsonElement> DoAsync(string campaignId, string what)
    {
        var (status, campaign) = await Sofia.AskAsync(HttpMethod.Post, $"/api/campaigns/{campaignId}/{what}", new { });
        status.ShouldBe(HttpStatusCode.OK, campaign.ToString());
        return campaign;
    }

    public async Task<JsonElement> ReadAsync(string campaignId) =>
        (await Sofia.ReadAsync($"/api/campaigns/{campaignId}")).ShouldNotBeNull();

    public async Task<IReadOnlyList<JsonElement>> ContactsAsync(string campaignId, string? state = null)
    {
        var filter = state is null ? "" : $"&state={state}";
        return [.. (await Sofia.ReadAsync($"/api/campaigns/{campaignId}/contacts?take=500{filter}"))!.Value
            .GetProperty("items").EnumerateArray()];
    }

    public static async Task<JsonElement> WorkAsync(HttpClient agent) =>
        (await agent.ReadAsync("/api/campaign-work")).ShouldNotBeNull();

    /// <summary>The agent's next card.</summary>
    public static async Task<JsonElement> CardAsync(HttpClient agent)
    {
        var work = await WorkAsync(agent);
        return work.TryGetProperty("card", out var card) && card.ValueKind == JsonValueKind.Object
            ? card
            : throw new InvalidOperationException($"There is no card: {work}");
    }

    /// <summary>Presses the card.</summary>
    public static Task<(HttpStatusCode Status, JsonElement Body)> PressAsync(
        HttpClient agent, JsonElement card, string? key = null) => ClickDesk.ClickAsync(
            agent,
            new { campaignId = card.Text("campaignId"), number = card.GetProperty("number").Text("e164") },
            key);

    /// <summary>The campaign, once this is so.</summary>
    public async Task<JsonElement> UntilAsync(string campaignId, Func<JsonElement, bool> isSo, string what)
    {
        JsonElement campaign = default;
        await Eventually.TrueAsync(
            async () => isSo(campaign = await ReadAsync(campaignId)), () => $"{what}; it is {campaign}");
        return campaign;
    }

    /// <summary>The clicks that the operator was asked for, also those without a call.</summary>
    public async Task<IReadOnlyList<JsonElement>> ClicksAsync() => await Desk.Operator.ItemsAsync("/simulator/clicks");

    public Task UntilClicksAsync(int count) => Eventually.TrueAsync(
        async () => (await ClicksAsync()).Count >= count, () => $"{count} clicks");

    public static int Count(JsonElement campaign, string state) =>
        campaign.GetProperty("counts").GetProperty(state).GetInt32();

    public async ValueTask DisposeAsync()
    {
        foreach (var client in new[] { Admin, Sofia, Ana, Luis })
        {
            client.Dispose();
        }

        await Desk.DisposeAsync();
    }
}

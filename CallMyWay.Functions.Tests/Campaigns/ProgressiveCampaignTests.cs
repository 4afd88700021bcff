using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Campaigns;

/// <summary>Campaigns that dial by themselves for agents who are free.</summary>
public abstract class ProgressiveCampaignTests(TestStorage storage)
{
    private static readonly StoredJson<PulseState> Pulses = new(CampaignsJson.Default);

    [SkippableFact]
    public async Task A_Free_Agent_Gets_The_Next_Call_In_Less_Than_Three_Seconds_And_One_At_A_Time()
    {
        // Nobody answers: so no call leaves a wrap-up, and each agent is free at its end.
        await using var office = await CampaignOffice.StartAsync(
            storage, operatorSettings: ["--Click:SecondAnswers", "false", "--Click:SecondRingSeconds", "1"]);
        await BeThereAsync(office.Ana);
        await BeThereAsync(office.Luis);
        var id = await office.StartAsync(Campaign(10));

        var campaign = await office.UntilAsync(id, each => each.Text("state") == "done", "the campaign to be over");

        CampaignOffice.Count(campaign, "exhausted").ShouldBe(10);
        var calls = (await office.Desk.TruthAsync()).Select(TruthOf).ToList();
        calls.Select(call => call.Number).Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(0, 10).Select(i => $"8888{1000 + i}"));
        var waits = calls.GroupBy(call => call.Phone)
            .Select(ofPhone => ofPhone.OrderBy(call => call.Begin).ToList())
            .SelectMany(ofPhone => ofPhone.Zip(ofPhone.Skip(1), (one, next) => next.Begin - one.End))
            .Order().ToList();
        waits.ShouldAllBe(wait => wait >= TimeSpan.Zero);
        // The median, because a machine that is held up for a moment makes a single wait longer.
        waits[waits.Count / 2].ShouldBeLessThan(TimeSpan.FromSeconds(3));
        calls.Select(call => call.Phone).Distinct().Count().ShouldBe(2);
    }

    [SkippableFact]
    public async Task Who_Has_Left_Paused_Or_Is_In_A_Call_Gets_No_Dial()
    {
        await using var office = await CampaignOffice.StartAsync(
            storage, operatorSettings: ["--Click:SecondAnswers", "false"]);
        await BeThereAsync(office.Ana);
        (await office.Ana.AskAsync(HttpMethod.Put, "/api/me/presence", new { paused = true })).Status
            .ShouldBe(HttpStatusCode.OK);
        await BeThereAsync(office.Sofia);
        var call = await office.Desk.Host.RingAsync(office.Sofia, "22223333", "1003", connected: true);
        // Luis has no screen open.
        var id = await office.StartAsync(Campaign(2));

        await Task.Delay(TimeSpan.FromSeconds(4));
        (await office.Desk.TruthAsync()).ShouldBeEmpty();
        CampaignOffice.Count(await office.ReadAsync(id), "waiting").ShouldBe(2);

        (await office.Ana.AskAsync(HttpMethod.Put, "/api/me/presence", new { paused = false })).Status
            .ShouldBe(HttpStatusCode.OK);
        await office.UntilAsync(id, each => each.Text("state") == "done", "the campaign to be over");
        (await office.Desk.TruthAsync()).Select(each => TruthOf(each).Phone).Distinct().ShouldBe(["1001"]);
        call.ShouldNotBeNull();
    }

    [SkippableFact]
    public async Task Who_Has_Signed_Out_Gets_No_Dial()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        await BeThereAsync(office.Luis);
        (await office.Luis.AskAsync(HttpMethod.Delete, "/api/session")).Status.ShouldBe(HttpStatusCode.NoContent);
        await BeThereAsync(office.Ana);
        (await office.Ana.AskAsync(HttpMethod.Delete, "/api/me/sessions")).Status.ShouldBe(HttpStatusCode.NoContent);

        var id = await office.StartAsync(Campaign(2));

        await Task.Delay(TimeSpan.FromSeconds(4));
        (await office.Desk.TruthAsync()).ShouldBeEmpty();
        CampaignOffice.Count(await office.ReadAsync(id), "waiting").ShouldBe(2);
    }

    [SkippableFact]
    public async Task Who_Is_Not_At_The_Phone_Does_Not_Use_Up_The_List_And_Goes_On_At_A_Sign()
    {
        await using var office = await CampaignOffice.StartAsync(
            storage, operatorSettings: ["--Click:FirstAnswers", "false", "--Click:FirstRingSeconds", "0"]);
        await BeThereAsync(office.Luis);
        var id = await office.StartAsync(Campaign(12));

        var campaign = await office.UntilAsync(
            id, each => each.GetProperty("resting").GetArrayLength() > 0, "the agent to rest");

        var resting = campaign.GetProperty("resting").EnumerateArray().ShouldHaveSingleItem();
        (resting.Text("agentId"), resting.Text("message")!.Contains("Nadie contestó", StringComparison.Ordinal))
            .ShouldBe(("luis", true));
        var rest = (await CampaignOffice.WorkAsync(office.Luis)).GetProperty("rest");
        rest.Text("message").ShouldBe(resting.Text("message"));
        await Task.Delay(TimeSpan.FromSeconds(4));
        // One may be ordered in the moment in which the tenth is counted.
        (await office.ClicksAsync()).Count.ShouldBeInRange(10, 11);

        foreach (var paused in new[] { true, false })
        {
            (await office.Luis.AskAsync(HttpMethod.Put, "/api/me/presence", new { paused })).Status
                .ShouldBe(HttpStatusCode.OK);
        }

        await office.UntilAsync(id, each => each.Text("state") == "done", "the campaign to be over");
        (await office.ClicksAsync()).Count.ShouldBe(12);
    }

    [SkippableFact]
    public async Task Whose_Limit_Of_The_Hour_Is_Reached_Is_Told_Until_When_And_So_Is_Who_Supervises()
    {
        await using var office = await CampaignOffice.StartAsync(
            storage, operatorSettings: ["--Click:SecondAnswers", "false"]);
        (await office.Admin.AskAsync(HttpMethod.Put, "/api/dial-rules", new
        {
            allowedPrefixes = new[] { "+506" },
            deniedPrefixes = Array.Empty<string>(),
            perAgentHour = 1,
        })).Status.ShouldBe(HttpStatusCode.OK);
        await BeThereAsync(office.Ana);
        var screen = await office.Desk.ScreenAsync(office.Ana);
        var id = await office.StartAsync(Campaign(3));

        var told = await screen.NextRestAsync();

        var until = told.GetProperty("until").GetDateTimeOffset();
        // The next full hour.
        (until - DateTimeOffset.UtcNow).ShouldBeInRange(TimeSpan.FromSeconds(-5), TimeSpan.FromHours(1));
        (until.Minute, until.Second).ShouldBe((0, 0));
        told.Text("es")!.ShouldContain("esta hora");
        told.Text("en")!.ShouldContain("this hour");
        var resting = (await office.ReadAsync(id)).GetProperty("resting").EnumerateArray().ShouldHaveSingleItem();
        (resting.Text("agentId"), resting.Text("message")).ShouldBe(("ana", told.Text("es")));
        resting.GetProperty("until").GetDateTimeOffset().ShouldBe(until);
        var rest = (await CampaignOffice.WorkAsync(office.Ana)).GetProperty("rest");
        (rest.Text("message"), rest.GetProperty("until").GetDateTimeOffset()).ShouldBe((told.Text("es"), until));
        (await CampaignOffice.WorkAsync(office.Luis)).TryGetProperty("rest", out _).ShouldBeFalse();
        (await office.Desk.TruthAsync()).Count.ShouldBe(1);
    }

    [SkippableFact]
    public async Task A_Chain_Of_Beats_That_Broke_Off_Goes_On_As_An_Instance_Starts()
    {
        var folder = TestFolder.Create("callmyway-beats-");
        long next;
        await using (var office = await CampaignOffice.StartAsync(storage, new() { DataPath = folder }))
        {
            // Nobody is at a desk: the campaign waits.
            await office.StartAsync(Campaign(1));
            await office.Desk.Host.Get<CampaignRunner>().ResumeAsync(default);
            next = await BreakOffAsync(office.Desk.Host.Get<ITables>());
        }

        // Without the minute's clock, which TestHost switches off.
        await using var another = await TestHost.StartAsync(storage, new() { DataPath = folder });
        await Eventually.TrueAsync(async () => (await PulseAsync(another.Get<ITables>())).State.Next > next);
        await another.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [SkippableFact]
    public async Task A_Card_Of_A_Campaign_That_Has_Paused_Keeps_Its_Agent_From_No_Dial()
    {
        await using var office = await CampaignOffice.StartAsync(
            storage, operatorSettings: ["--Click:SecondAnswers", "false"]);
        await BeThereAsync(office.Ana);
        var preview = await office.StartAsync(new
        {
            name = "Vista previa",
            mode = "preview",
            contacts = new { numbers = new[] { "88882000" } },
        });
        await CampaignOffice.CardAsync(office.Ana);
        var id = await office.StartAsync(Campaign(1));
        // She has a card that she can call.
        await Task.Delay(TimeSpan.FromSeconds(3));
        (await office.Desk.TruthAsync()).ShouldBeEmpty();

        await office.DoAsync(preview, "pause");

        await office.UntilAsync(id, each => each.Text("state") == "done", "the agent to be dialled for");
        TruthOf((await office.Desk.TruthAsync()).ShouldHaveSingleItem()).Phone.ShouldBe("1001");
    }

    [SkippableFact]
    public async Task An_Operator_That_Refuses_Every_Second_Click_Is_Shown_And_Nobody_Loses_An_Attempt()
    {
        await using var scripted = await ScriptedOperator.StartAsync();
        await using var office = await CampaignOffice.StartAsync(
            storage, new() { Settings = ["--CallMyWay:BaseUrl", scripted.Address.ToString()] });
        var id = await office.StartAsync(new
        {
            name = "Noviembre",
            mode = "preview",
            contacts = new { numbers = new[] { "88881000", "88881001" } },
        });

        scripted.Answer = (403, "ERROR: IP no habilitada");
        var refused = await CampaignOffice.CardAsync(office.Ana);
        (await CampaignOffice.PressAsync(office.Ana, refused)).Body.Text("state").ShouldBe("refused");
        scripted.Answer = (200, "OK");
        var taken = await CampaignOffice.CardAsync(office.Ana);
        (await CampaignOffice.PressAsync(office.Ana, taken)).Body.Text("state").ShouldBe("placed");

        taken.Text("entryId").ShouldNotBe(refused.Text("entryId"));
        var contacts = await office.ContactsAsync(id);
        contacts.Select(each => (each.Text("state"), each.GetProperty("attempts").GetInt32()))
            .ShouldBe([("held", 0), ("dialling", 1)]);
        contacts[0].Text("refusedBecause")!.ShouldContain("no acepta las llamadas de este sistema");
        contacts.Select(each => each.TryGetProperty("lastAt", out _)).ShouldBe([false, true]);
        scripted.Asked.Count.ShouldBe(2);
    }

    [SkippableFact]
    public async Task An_Operator_That_Refuses_Each_Click_Pauses_The_Campaign_And_Says_Why()
    {
        await using var scripted = await ScriptedOperator.StartAsync();
        scripted.Answer = (403, "ERROR: IP no habilitada");
        await using var office = await CampaignOffice.StartAsync(
            storage, new() { Settings = ["--CallMyWay:BaseUrl", scripted.Address.ToString()] });
        await BeThereAsync(office.Ana);
        await BeThereAsync(office.Luis);
        var id = await office.StartAsync(Campaign(30));

        var campaign = await office.UntilAsync(id, each => each.Text("state") == "paused", "the campaign to be paused");

        campaign.Text("why")!.ShouldContain("operador");
        scripted.Asked.Count.ShouldBeInRange(10, 14);
        scripted.Asked.Distinct().Count().ShouldBe(scripted.Asked.Count);
    }

    [SkippableFact]
    public async Task A_Clock_That_Jumps_Over_The_Closing_Hour_Stops_The_Press()
    {
        // A Monday, a minute to six in the evening in Costa Rica.
        var clock = new SetClock(new DateTimeOffset(2026, 3, 2, 23, 59, 0, TimeSpan.Zero));
        await using var office = await CampaignOffice.StartAsync(storage, new() { Time = clock });
        await office.Desk.SetAsync("webhook", new { webhook = "http://127.0.0.1:9/nobody" });
        var id = await office.StartAsync(new
        {
            name = "Noviembre",
            mode = "preview",
            contacts = new { numbers = new[] { "88881000" } },
            hours = new { from = "08:00", to = "18:00", days = new[] { 1, 2, 3, 4, 5 } },
        });
        var card = await CampaignOffice.CardAsync(office.Ana);

        clock.Now += TimeSpan.FromMinutes(1);
        (await CampaignOffice.PressAsync(office.Ana, card)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await CampaignOffice.WorkAsync(office.Ana)).Text("why").ShouldBe("later");
        (await office.Desk.TruthAsync()).ShouldBeEmpty();
        CampaignOffice.Count(await office.ReadAsync(id), "total").ShouldBe(1);
    }

    /// <summary>
    /// As an instance that ends between the two writes of a beat leaves it: no message is for the next one.
    /// </summary>
    private static async Task<long> BreakOffAsync(ITables tables)
    {
        while (true)
        {
            var (state, etag) = await PulseAsync(tables);
            var after = state with { Next = state.Next + 1 };
            if (state.At is not null && await tables[StorageNames.Campaigns].ReplaceAsync(
                Pulses.ToRow(CampaignRunner.Partition, CampaignRunner.Partition, after, etag), default) is not null)
            {
                return after.Next;
            }

            await Task.Delay(20);
        }
    }

    private static async Task<(PulseState State, string? ETag)> PulseAsync(ITables tables) =>
        await tables[StorageNames.Campaigns].GetAsync(CampaignRunner.Partition, CampaignRunner.Partition, default)
            is { } row
            ? (Pulses.FromRow(row), row.ETag)
            : (new PulseState(), null);

    private static object Campaign(int people) => new
    {
        name = "Noviembre",
        mode = "progressive",
        order = "agentFirst",
        contacts = new { numbers = Enumerable.Range(0, people).Select(i => $"8888{1000 + i}").ToArray() },
        attempts = 1,
        perMinute = 600,
    };

    /// <summary>A screen of the agent's is open.</summary>
    private static async Task BeThereAsync(HttpClient agent) =>
        (await agent.ReadAsync("/api/pop-ups")).ShouldNotBeNull();

    internal static (string Phone, string Number, DateTimeOffset Begin, DateTimeOffset End) TruthOf(JsonElement call)
    {
        var legs = call.GetProperty("legs").EnumerateArray().ToList();
        return (
            legs[0].GetProperty("endpoints")[0].GetString()!,
            legs[^1].Text("dnis")!,
            legs.Min(leg => leg.GetProperty("detectedAt").GetDateTimeOffset()),
            legs.Max(leg => leg.GetProperty("disconnectedAt").GetDateTimeOffset()));
    }
}

public sealed class ProgressiveCampaignTestsOnSqlite() : ProgressiveCampaignTests(TestStorage.Sqlite);

public sealed class ProgressiveCampaignTestsOnAzurite() : ProgressiveCampaignTests(TestStorage.AzuriteInTheLongRun);

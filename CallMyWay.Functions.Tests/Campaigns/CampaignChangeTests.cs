using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Campaigns;

/// <summary>What changes while a campaign runs: whose a number is, the rules, the attempts, the refusals.</summary>
public abstract class CampaignChangeTests(TestStorage storage)
{
    [SkippableFact]
    public async Task A_Number_That_Has_Left_The_Contacts_File_Is_Not_Called_As_That_Contacts()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        var id = await office.StartAsync(new
        {
            name = "Noviembre",
            mode = "preview",
            contacts = new { ids = new[] { "demo-02", "demo-03" } },
        });
        // The first card is on the screen when its number changes; the second is not yet.
        (await CampaignOffice.CardAsync(office.Ana)).Text("contactId").ShouldBe("demo-02");
        await NumberAsync(office, "demo-02", "8700-0002");
        await NumberAsync(office, "demo-03", "8700-0003");

        (await CampaignOffice.WorkAsync(office.Ana)).Text("why").ShouldBe("none");

        const string Changed = "El contacto ya no tiene este número.";
        (await office.ContactsAsync(id)).Select(each => (each.Text("state"), each.Text("refusedBecause")))
            .ShouldBe([("refused", Changed), ("refused", Changed)]);
        (await office.ReadAsync(id)).GetProperty("refusedReasons").EnumerateArray()
            .Select(each => (each.Text("reason"), each.GetProperty("count").GetInt32()))
            .ShouldBe([("numberChanged", 2)]);
    }

    [SkippableFact]
    public async Task A_Number_That_Leaves_The_File_While_The_Card_Is_On_The_Screen_Is_Not_Dialled_By_The_Press()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        var id = await office.StartAsync(new
        {
            name = "Noviembre",
            mode = "preview",
            contacts = new { ids = new[] { "demo-02" } },
        });
        var card = await CampaignOffice.CardAsync(office.Ana);
        await NumberAsync(office, "demo-02", "8700-0002");

        var (_, dial) = await CampaignOffice.PressAsync(office.Ana, card);

        (dial.Text("state"), dial.Text("problem")).ShouldBe(("refused", "campaign"), dial.ToString());
        dial.Text("message")!.ShouldContain("El contacto ya no tiene este número.");
        (await office.ClicksAsync()).ShouldBeEmpty();
        var entry = (await office.ContactsAsync(id)).ShouldHaveSingleItem();
        (entry.Text("state"), entry.GetProperty("attempts").GetInt32()).ShouldBe(("waiting", 0));
    }

    [SkippableFact]
    public async Task Of_Two_Who_Share_A_Number_The_Second_Is_Called_Once_It_Is_Not_The_Firsts_Any_More()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        foreach (var contact in (string[])["demo-02", "demo-03", "demo-04"])
        {
            await NumberAsync(office, contact, "8700-1234");
        }

        var id = await office.StartAsync(new
        {
            name = "Noviembre",
            mode = "preview",
            contacts = new { ids = new[] { "demo-02", "demo-03", "demo-04" } },
        });
        (await office.ContactsAsync(id, "refused")).Count.ShouldBe(2);

        await NumberAsync(office, "demo-02", "8700-9999");

        JsonElement card = default;
        await Eventually.TrueAsync(async () =>
            (await CampaignOffice.WorkAsync(office.Ana)).TryGetProperty("card", out card));
        (card.Text("contactId"), card.GetProperty("number").Text("e164")).ShouldBe(("demo-03", "+50687001234"));
        (await office.ReadAsync(id)).GetProperty("refusedReasons").EnumerateArray()
            .Select(each => (each.Text("reason"), each.GetProperty("count").GetInt32()))
            .ShouldBe([("numberChanged", 1), ("repeated", 1)], ignoreOrder: true);

        // And the third once it is not the second's.
        await NumberAsync(office, "demo-03", "8700-8888");
        await Eventually.TrueAsync(async () =>
            (await CampaignOffice.WorkAsync(office.Ana)).TryGetProperty("card", out card));
        (card.Text("contactId"), card.GetProperty("number").Text("e164")).ShouldBe(("demo-04", "+50687001234"));
    }

    [SkippableFact]
    public async Task A_Merge_That_Is_Undone_Leaves_Its_People_In_The_List()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        var id = await office.StartAsync(new
        {
            name = "Noviembre",
            mode = "preview",
            contacts = new { ids = new[] { "demo-02" } },
        });
        var before = await CampaignOffice.CardAsync(office.Ana);
        var (_, merge) = await office.Sofia.AskAsync(
            HttpMethod.Post, "/api/contact-merges", new { keep = "demo-03", merge = "demo-02" });
        var kept = (await office.Sofia.ReadAsync("/api/contacts/demo-03"))!.Value;
        (await CampaignOffice.CardAsync(office.Ana)).Text("name").ShouldBe(kept.Text("name"));

        (await office.Sofia.AskAsync(HttpMethod.Post, $"/api/contact-merges/{merge.Text("mergeId")}/undo")).Status
            .ShouldBe(HttpStatusCode.OK);

        var after = await CampaignOffice.CardAsync(office.Ana);
        (after.Text("contactId"), after.Text("name")).ShouldBe(("demo-02", before.Text("name")));
        CampaignOffice.Count(await office.ReadAsync(id), "refused").ShouldBe(0);
    }

    [SkippableTheory]
    // Who was merged is called first, or whom the other was merged into.
    [InlineData("demo-02", "demo-03")]
    [InlineData("demo-03", "demo-02")]
    public async Task Who_Stands_Twice_In_The_List_After_A_Merge_Is_Called_Once(string first, string second)
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        var id = await office.StartAsync(new
        {
            name = "Noviembre",
            mode = "preview",
            contacts = new { ids = new[] { first, second, "demo-04" } },
        });
        var card = await CampaignOffice.CardAsync(office.Ana);
        card.Text("contactId").ShouldBe(first);
        (await office.Sofia.AskAsync(
            HttpMethod.Post, "/api/contact-merges", new { keep = "demo-03", merge = "demo-02" })).Status
            .ShouldBe(HttpStatusCode.Created);

        // While the first is on a screen, the second is no card of a colleague's.
        (await CampaignOffice.CardAsync(office.Luis)).Text("contactId").ShouldBe("demo-04");

        (await CampaignOffice.CardAsync(office.Ana)).Text("entryId").ShouldBe(card.Text("entryId"));
        (await CampaignOffice.PressAsync(office.Ana, card)).Status.ShouldBe(HttpStatusCode.Accepted);
        await office.UntilAsync(id, each => CampaignOffice.Count(each, "done") == 1, "the call to be over");
        // Until it is known that the first was called: it could have been put back.
        var held = (await office.ContactsAsync(id, "held")).ShouldHaveSingleItem();
        (held.Text("contactId"), held.Text("refusedBecause"))
            .ShouldBe((second, "El número o la persona ya está en esta campaña."));
    }

    [SkippableFact]
    public async Task Who_Was_Called_Is_Not_Called_Again_At_The_Place_Of_A_Contact_Merged_Since()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        var id = await office.StartAsync(new
        {
            name = "Noviembre",
            mode = "preview",
            contacts = new { ids = new[] { "demo-02", "demo-03" } },
        });
        await CampaignOffice.PressAsync(office.Ana, await CampaignOffice.CardAsync(office.Ana));
        await office.UntilAsync(id, each => CampaignOffice.Count(each, "done") == 1, "the call to be over");
        await office.Sofia.AskAsync(
            HttpMethod.Post, "/api/contact-merges", new { keep = "demo-03", merge = "demo-02" });

        (await CampaignOffice.WorkAsync(office.Luis)).TryGetProperty("card", out _).ShouldBeFalse();
        var refused = (await office.ContactsAsync(id, "refused")).ShouldHaveSingleItem();
        (refused.Text("contactId"), refused.Text("refusedBecause"))
            .ShouldBe(("demo-03", "El número o la persona ya está en esta campaña."));
    }

    [SkippableFact]
    public async Task Of_Two_Cards_Whose_Contacts_Are_Merged_The_First_Of_The_List_Alone_Is_Called()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        await office.StartAsync(new
        {
            name = "Noviembre",
            mode = "preview",
            contacts = new { ids = new[] { "demo-02", "demo-03" } },
        });
        var (anas, luiss) = (await CampaignOffice.CardAsync(office.Ana), await CampaignOffice.CardAsync(office.Luis));
        await office.Sofia.AskAsync(
            HttpMethod.Post, "/api/contact-merges", new { keep = "demo-03", merge = "demo-02" });

        var (_, second) = await CampaignOffice.PressAsync(office.Luis, luiss);
        (second.Text("state"), second.Text("problem")).ShouldBe(("refused", "campaign"), second.ToString());
        (await CampaignOffice.PressAsync(office.Ana, anas)).Body.Text("state").ShouldBe("placed");

        (await office.ClicksAsync()).Count.ShouldBe(1);
    }

    [SkippableFact]
    public async Task A_Number_That_The_Dial_Rules_Allow_No_More_Is_No_Card()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        var id = await office.StartAsync(new
        {
            name = "Noviembre",
            mode = "preview",
            contacts = new { numbers = new[] { "8733-0001" } },
        });
        await CampaignOffice.CardAsync(office.Ana);

        (await office.Admin.AskAsync(HttpMethod.Put, "/api/dial-rules", new
        {
            allowedPrefixes = new[] { "+506" },
            deniedPrefixes = new[] { "+5068733" },
        })).Status.ShouldBe(HttpStatusCode.OK);

        (await CampaignOffice.WorkAsync(office.Ana)).TryGetProperty("card", out _).ShouldBeFalse();
        (await office.ContactsAsync(id)).ShouldHaveSingleItem().Text("refusedBecause")
            .ShouldBe("Las reglas de marcado no permiten llamar a este número.");
    }

    [SkippableFact]
    public async Task A_Number_Of_A_List_Of_Numbers_Is_Called_As_Whoever_Has_It_Now()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        await office.StartAsync(new
        {
            name = "Noviembre",
            mode = "preview",
            contacts = new { numbers = new[] { "8712-4455" } },
        });
        (await CampaignOffice.CardAsync(office.Ana)).Text("contactId").ShouldBe("demo-02");

        await NumberAsync(office, "demo-02", "8700-0002");
        (await CampaignOffice.CardAsync(office.Ana)).TryGetProperty("contactId", out _).ShouldBeFalse();

        await NumberAsync(office, "demo-03", "8712-4455");
        var card = await CampaignOffice.CardAsync(office.Ana);
        (card.Text("contactId"), card.Text("name")).ShouldBe(("demo-03", "Óscar Núñez Peña"));
        (await CampaignOffice.PressAsync(office.Ana, card)).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [SkippableFact]
    public async Task Fewer_Attempts_Hold_At_Once()
    {
        await using var office = await CampaignOffice.StartAsync(
            storage, operatorSettings: ["--Click:SecondAnswers", "false"]);
        var id = await office.StartAsync(Settings(attempts: 3));
        var (_, dial) = await CampaignOffice.PressAsync(office.Ana, await CampaignOffice.CardAsync(office.Ana));
        await ClickDesk.DialAsync(office.Ana, dial.Text("dialId")!, "ended");
        JsonElement second = default;
        await Eventually.TrueAsync(async () =>
            (await CampaignOffice.WorkAsync(office.Ana)).TryGetProperty("card", out second));
        second.GetProperty("attempt").GetInt32().ShouldBe(2);

        (await office.Sofia.SendJsonAsync(HttpMethod.Put, $"/api/campaigns/{id}", Settings(attempts: 1))).Status
            .ShouldBe(200);
        var (_, late) = await CampaignOffice.PressAsync(office.Ana, second);
        (late.Text("state"), late.Text("problem")).ShouldBe(("refused", "campaign"));
        late.Text("message")!.ShouldContain("las veces que la campaña permite");

        await Eventually.TrueAsync(async () =>
        {
            (await CampaignOffice.WorkAsync(office.Ana)).TryGetProperty("card", out _).ShouldBeFalse();
            return CampaignOffice.Count(await office.ReadAsync(id), "exhausted") == 1;
        });
        (await office.Desk.TruthAsync()).Count.ShouldBe(1);

        static object Settings(int attempts) => new
        {
            name = "Noviembre",
            mode = "preview",
            contacts = attempts == 3 ? new { numbers = new[] { "88880001" } } : null,
            attempts,
            gapMinutes = 0,
        };
    }

    [SkippableFact]
    public async Task A_Card_Is_Called_From_The_Agents_Phone_That_Takes_Part()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        await office.StartAsync(new
        {
            name = "Noviembre",
            mode = "preview",
            contacts = new { numbers = new[] { "88880001", "88880002" } },
            endpointIds = new[] { "1004" },
        });
        var card = await CampaignOffice.CardAsync(office.Ana);
        var (status, problem) = await ClickDesk.ClickAsync(
            office.Ana,
            new
            {
                campaignId = card.Text("campaignId"),
                number = card.GetProperty("number").Text("e164"),
                endpointId = "1001",
            });
        status.ShouldBe(HttpStatusCode.Forbidden);
        problem.Errors().ShouldBe(["campaignId"]);

        var (_, dial) = await CampaignOffice.PressAsync(office.Ana, card);

        ClickDesk.Taken.ShouldContain(dial.Text("state"));
        dial.Text("endpointId").ShouldBe("1004");
    }

    [SkippableFact]
    public async Task Whom_The_Guard_Held_Is_Called_Soon_After_The_Rules_Allow_It()
    {
        await using var office = await CampaignOffice.StartAsync(storage);
        await GuardAsync(office, 1);
        (await ClickDesk.ClickAsync(office.Luis, new { number = "88880001" })).Status.ShouldBe(HttpStatusCode.Accepted);
        var id = await office.StartAsync(new
        {
            name = "Noviembre",
            mode = "preview",
            contacts = new { numbers = new[] { "88880001" } },
        });
        (await CampaignOffice.WorkAsync(office.Ana)).Text("why").ShouldBe("later");
        (await office.ContactsAsync(id, "held")).ShouldHaveSingleItem();

        await GuardAsync(office, 2);

        await Eventually.TrueAsync(
            async () => (await CampaignOffice.WorkAsync(office.Ana)).TryGetProperty("card", out _));

        static async Task GuardAsync(CampaignOffice office, int perDay) => (await office.Admin.AskAsync(
            HttpMethod.Put, "/api/contact-guard", new { perDay, holidays = new { observed = false } })).Status
            .ShouldBe(HttpStatusCode.OK);
    }

    [SkippableFact]
    public async Task Refusals_That_Come_As_An_Answer_Of_200_Pause_The_Campaign_Too()
    {
        await using var scripted = await ScriptedOperator.StartAsync();
        scripted.Answer = (200, "ERROR: usuario o clave incorrectos");
        await using var office = await CampaignOffice.StartAsync(
            storage, new() { Settings = ["--CallMyWay:BaseUrl", scripted.Address.ToString()] });
        var id = await office.StartAsync(new
        {
            name = "Noviembre",
            mode = "preview",
            contacts = new { numbers = Enumerable.Range(0, 12).Select(i => $"{88881000 + i}") },
            perMinute = 600,
        });

        for (var i = 0; i < 10; i++)
        {
            (await CampaignOffice.PressAsync(office.Ana, await CampaignOffice.CardAsync(office.Ana))).Body
                .Text("state").ShouldBe("refused");
        }

        var campaign = await office.ReadAsync(id);
        (campaign.Text("state"), campaign.Text("why")!.Contains("operador", StringComparison.Ordinal))
            .ShouldBe(("paused", true), campaign.ToString());
        // There may have been calls.
        (await office.ContactsAsync(id)).Count(each => each.GetProperty("attempts").GetInt32() == 1).ShouldBe(10);

        // Who starts it again has talked with the operator: it may refuse as often once more.
        (await office.DoAsync(id, "start")).Text("state").ShouldBe("running");
        (await office.Desk.Host.Get<CampaignStore>().GetAsync(id, default))!.RefusalsFor("ana").ShouldBe(0);
        (await CampaignOffice.PressAsync(office.Ana, await CampaignOffice.CardAsync(office.Ana))).Body
            .Text("state").ShouldBe("refused");
        (await office.ReadAsync(id)).Text("state").ShouldBe("running");
    }

    [SkippableFact]
    public async Task An_Agent_Whose_Phone_The_Operator_Refuses_Rests_While_The_Others_Go_On()
    {
        await using var scripted = await ScriptedOperator.StartAsync();
        scripted.Refused = "40001001";
        await using var office = await CampaignOffice.StartAsync(
            storage, new() { Settings = ["--CallMyWay:BaseUrl", scripted.Address.ToString()] });
        (await office.Ana.ReadAsync("/api/pop-ups")).ShouldNotBeNull();
        (await office.Luis.ReadAsync("/api/pop-ups")).ShouldNotBeNull();
        var id = await office.StartAsync(new
        {
            name = "Noviembre",
            mode = "progressive",
            contacts = new { numbers = Enumerable.Range(0, 30).Select(i => $"{88881000 + i}") },
            endpointIds = new[] { "1001", "1002" },
            perMinute = 600,
        });

        JsonElement resting = default;
        await Eventually.TrueAsync(async () =>
            (await office.ReadAsync(id)).TryGetProperty("resting", out resting) && resting.GetArrayLength() == 1);

        resting[0].Text("agentId").ShouldBe("ana");
        scripted.Asked.Count(asked => asked.First == "40001001").ShouldBe(3);
        (await office.ReadAsync(id)).Text("state").ShouldBe("running");
    }

    private static async Task NumberAsync(CampaignOffice office, string contactId, string number)
    {
        var contact = await office.Ana.GetObjectAsync($"/api/contacts/{contactId}");
        contact["numbers"] = new System.Text.Json.Nodes.JsonArray(number);
        (await office.Ana.AskAsync(HttpMethod.Put, $"/api/contacts/{contactId}", contact)).Status
            .ShouldBe(HttpStatusCode.OK);
    }
}

public sealed class CampaignChangeTestsOnSqlite() : CampaignChangeTests(TestStorage.Sqlite);

public sealed class CampaignChangeTestsOnAzurite() : CampaignChangeTests(TestStorage.AzuriteInTheLongRun);

using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Desk;

/// <summary>A contact that is saved while a call of its number is open, over HTTP and on the screens.</summary>
public abstract class OpenCallTests(DemoHost demo)
{
    [SkippableTheory]
    [InlineData("rings")]
    [InlineData("is over")]
    public async Task A_New_Contact_Reaches_The_Open_Card(string what)
    {
        var (callId, number) = what == "rings" ? ("open-new", "60611001") : ("open-over", "60611002");
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await demo.StartAsync(callId, ("ani", number));
        (await ana.NextOfAsync(callId)).PopUp.Text("match").ShouldBe("none");
        if (what == "is over")
        {
            await demo.EndAsync(callId, ("ani", number));
            (await ana.NextOfAsync(callId)).PopUp.Text("state").ShouldBe("ended");
        }

        var contactId = await CreateAsync(demo.Luis, "Nueva En Línea", "+506 " + number);

        var (message, popUp) = await ana.NextOfAsync(callId);
        (message, popUp.Text("match"), popUp.Text("contactId")).ShouldBe(("popUpChanged", "one", contactId));
        Offered(popUp).ShouldBe([(contactId, "Nueva En Línea", "mainNumber")]);
        (await demo.CallAsync(callId)).Text("contactId").ShouldBe(contactId);
        (await demo.Ana.ItemsAsync($"/api/contacts/{contactId}/calls")).Select(call => call.Text("callId"))
            .ShouldBe([callId]);
        (await demo.Sofia.ItemsAsync($"/api/calls?contact={contactId}")).Select(call => call.Text("callId"))
            .ShouldBe([callId], "the lists find it by its contact");
    }

    [SkippableFact]
    public async Task A_Changed_Contact_Reaches_The_Open_Card_Also_Where_The_Change_Is_Repeated()
    {
        var contactId = await CreateAsync(demo.Luis, "Cambia", "6061-1990");
        var etag = (await demo.Luis.ReadAsync($"/api/contacts/{contactId}")).ShouldNotBeNull().Text("etag");
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await demo.StartAsync("open-changed", ("ani", "60611003"));
        (await ana.NextOfAsync("open-changed")).PopUp.Text("contactId").ShouldBeNull();

        // The second is the same request once more: its first answer may be lost.
        for (var time = 0; time < 2; time++)
        {
            await PutAsync(contactId, new { name = "Cambia", numbers = new[] { "6061-1990", "6061-1003" } }, etag);
            var popUp = (await ana.NextOfAsync("open-changed")).PopUp;
            Offered(popUp).ShouldBe([(contactId, "Cambia", "otherNumber")]);
            popUp.Text("contactId").ShouldBe(contactId);
        }

        await PutAsync(contactId, new { name = "Ya Cambió", numbers = new[] { "6061-1990", "6061-1003" } });
        Offered((await ana.NextOfAsync("open-changed")).PopUp).ShouldBe([(contactId, "Ya Cambió", "otherNumber")]);

        // It is not this contact's number after all.
        await PutAsync(contactId, new { name = "Ya Cambió", numbers = new[] { "6061-1990" } });
        var without = (await ana.NextOfAsync("open-changed")).PopUp;
        (without.Text("match"), without.Text("contactId")).ShouldBe(("none", null));
    }

    [SkippableFact]
    public async Task A_Second_Contact_Of_The_Number_Is_Offered_And_The_First_Stays_Tied()
    {
        var first = await CreateAsync(demo.Luis, "Primera", "6061-1004");
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await demo.StartAsync("open-second", ("ani", "60611004"));
        (await ana.NextOfAsync("open-second")).PopUp.Text("contactId").ShouldBe(first);

        var second = await CreateAsync(demo.Luis, "Segunda", "6061-1004");

        var popUp = (await ana.NextOfAsync("open-second")).PopUp;
        Offered(popUp).Select(offer => offer.ContactId).ShouldBe([first, second]);
        popUp.Text("contactId").ShouldBe(first);
    }

    [SkippableFact]
    public async Task What_An_Agent_Has_Decided_Stands()
    {
        await using var ana = await demo.ScreenAsync(demo.Ana);
        foreach (var callId in new[] { "open-chosen", "open-ignored" })
        {
            await demo.StartAsync(callId, ("ani", "60611005"));
            await ana.NextOfAsync(callId);
        }

        (await demo.Ana.AskAsync(HttpMethod.Put, "/api/calls/open-chosen/contact", new { contactId = "demo-09" }))
            .Status.ShouldBe(HttpStatusCode.OK);
        (await demo.Ana.AskAsync(HttpMethod.Post, "/api/calls/open-ignored/ignore")).Status.ShouldBe(HttpStatusCode.OK);

        await CreateAsync(demo.Luis, "Después", "6061-1005");

        (await demo.CallAsync("open-chosen")).Text("contactId").ShouldBe("demo-09");
        var ignored = await demo.CallAsync("open-ignored");
        (ignored.Text("contactId"), ignored.GetProperty("ignored").GetBoolean()).ShouldBe((null, true));
    }

    [SkippableFact]
    public async Task A_Contact_That_Is_Created_On_One_Call_Reaches_The_Others_Of_The_Number()
    {
        await using var luis = await demo.ScreenAsync(demo.Luis);
        await demo.StartAsync("open-one", ("ani", "60611006"));
        await demo.StartAsync("open-other", ("ani", "60611006"), ("endpoint_id", "1002"));
        await luis.NextOfAsync("open-other");
        await demo.CallAsync("open-one");

        var (status, call) = await demo.Ana.AskAsync(
            HttpMethod.Put,
            "/api/calls/open-one/contact",
            new { contact = new { name = "En Dos Llamadas", numbers = new[] { "6061-1006" } } });

        status.ShouldBe(HttpStatusCode.OK);
        (await luis.NextOfAsync("open-other")).PopUp.Text("contactId").ShouldBe(call.Text("contactId"));
    }

    [SkippableFact]
    public async Task A_Call_That_Is_Done_With_Stays_As_It_Is()
    {
        await demo.StartAsync("open-done", ("ani", "60611007"));
        await demo.EndAsync("open-done", ("ani", "60611007"));
        await demo.CallAsync("open-done", call => call.Text("state") == "ended");
        (await demo.Ana.AskAsync(HttpMethod.Post, "/api/pop-ups/open-done/acknowledge"))
            .Status.ShouldBe(HttpStatusCode.NoContent);

        await CreateAsync(demo.Luis, "Llegó Tarde", "6061-1007");

        (await demo.CallAsync("open-done")).Text("contactId").ShouldBeNull("it is one of the earlier calls");
    }

    private static IEnumerable<(string ContactId, string Name, string Reason)> Offered(JsonElement popUp) =>
        popUp.GetProperty("candidates").EnumerateArray().Select(candidate =>
            (candidate.Text("contactId")!, candidate.Text("name")!, candidate.Text("reason")!));

    private static async Task<string> CreateAsync(HttpClient agent, string name, string number)
    {
        var (status, made) = await agent.AskAsync(
            HttpMethod.Post, "/api/contacts", new { name, numbers = new[] { number } });
        status.ShouldBe(HttpStatusCode.Created);
        return made.Text("contactId")!;
    }

    private async Task PutAsync(string contactId, object contact, string? etag = null) =>
        (await demo.Luis.AskAsync(HttpMethod.Put, $"/api/contacts/{contactId}", contact, etag))
            .Status.ShouldBe(HttpStatusCode.OK);
}

public sealed class OpenCallTestsOnSqlite(DemoHost demo) : OpenCallTests(demo), IClassFixture<DemoHost>;

public sealed class OpenCallTestsOnAzurite(DemoHostOnAzuriteInTheLongRun demo)
    : OpenCallTests(demo), IClassFixture<DemoHostOnAzuriteInTheLongRun>;

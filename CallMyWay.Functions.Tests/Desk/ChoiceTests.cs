using System.Net;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Desk;

/// <summary>Who a call is with, if the number alone doesn't say.</summary>
public abstract class ChoiceTests(DemoHost demo)
{
    private const string Shared = "22223344";

    [SkippableFact]
    public async Task The_Chosen_Candidate_Comes_First_Next_Time_With_The_Reason()
    {
        await using var luis = await demo.ScreenAsync(demo.Luis);
        await demo.StartAsync("choice-1", ("ani", Shared));
        await demo.CallAsync("choice-1");
        (await demo.Ana.AskAsync(HttpMethod.Put, "/api/calls/choice-1/contact", new { contactId = "demo-07" }))
            .Status.ShouldBe(HttpStatusCode.OK);

        // Also for another agent.
        await demo.StartAsync("choice-2", ("ani", Shared), ("endpoint_id", "1002"));
        var popUp = (await luis.NextOfAsync("choice-2")).PopUp;

        (popUp.Text("match"), popUp.Text("contactId"))
            .ShouldBe(("many", null), "whoever calls today is for the agent to hear");
        popUp.GetProperty("candidates").EnumerateArray()
            .Select(candidate => (candidate.Text("contactId"), candidate.Text("reason")))
            .ShouldBe([("demo-07", "chosenBefore"), ("demo-06", "mainNumber"), ("demo-05", "mainNumber")]);
    }

    [SkippableFact]
    public async Task A_Number_Without_A_Contact_Is_Tied_To_The_Last_Chosen_One()
    {
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await demo.StartAsync("tied-1", ("ani", "60607070"));
        (await ana.NextOfAsync("tied-1")).PopUp.Text("match").ShouldBe("none");
        (await demo.Ana.AskAsync(HttpMethod.Put, "/api/calls/tied-1/contact", new { contactId = "demo-09" }))
            .Status.ShouldBe(HttpStatusCode.OK);

        await demo.StartAsync("tied-2", ("ani", "60607070"));
        var popUp = (await ana.NextOfAsync("tied-2")).PopUp;

        (popUp.Text("match"), popUp.Text("contactId"), popUp.GetProperty("candidates")[0].Text("reason"))
            .ShouldBe(("one", "demo-09", "chosenBefore"));
    }

    [SkippableFact]
    public async Task A_Call_Dialled_On_The_Phone_Itself_Offers_Several_Candidates()
    {
        await using var luis = await demo.ScreenAsync(demo.Luis);
        await demo.StartAsync(
            "out-several", ("endpoint_id", "1002"), ("ani", "40001002"), ("dnis", Shared), ("type", "out"));

        var popUp = (await luis.NextOfAsync("out-several")).PopUp;

        (popUp.Text("direction"), popUp.Text("match"), popUp.Text("contactId"), popUp.Text("dialId"))
            .ShouldBe(("out", "many", null, null));
        popUp.GetProperty("candidates").GetArrayLength().ShouldBe(3);
    }

    [SkippableFact]
    public async Task A_Deleted_Candidate_Is_Refused_By_Field_And_Another_Can_Be_Chosen()
    {
        var (_, made) = await demo.Ana.AskAsync(
            HttpMethod.Post, "/api/contacts", new { name = "Se va", numbers = new[] { "6060-8080" } });
        await demo.StartAsync("deleted-1", ("ani", "60608080"));
        (await demo.CallAsync("deleted-1")).Text("contactId").ShouldBe(made.Text("contactId"));
        (await demo.Sofia.AskAsync(HttpMethod.Delete, $"/api/contacts/{made.Text("contactId")}"))
            .Status.ShouldBe(HttpStatusCode.NoContent);

        foreach (var (language, words) in new[] { ("es", "fue borrado"), ("en", "was deleted") })
        {
            var (status, problem) = await demo.Ana.AskAsync(
                HttpMethod.Put,
                "/api/calls/deleted-1/contact",
                new { contactId = made.Text("contactId") },
                language: language);
            (status, problem.Errors().Single()).ShouldBe((HttpStatusCode.BadRequest, "contactId"));
            problem.GetProperty("errors").GetProperty("contactId")[0].GetString()!.ShouldContain(words);
        }

        (await demo.Ana.AskAsync(HttpMethod.Put, "/api/calls/deleted-1/contact", new { contactId = "demo-10" }))
            .Status.ShouldBe(HttpStatusCode.OK);
        (await demo.CallAsync("deleted-1")).Text("contactName").ShouldBe("Panadería La Espiga");
    }
}

public sealed class ChoiceTestsOnSqlite(DemoHost demo) : ChoiceTests(demo), IClassFixture<DemoHost>;

public sealed class ChoiceTestsOnAzurite(DemoHostOnAzurite demo) : ChoiceTests(demo), IClassFixture<DemoHostOnAzurite>;

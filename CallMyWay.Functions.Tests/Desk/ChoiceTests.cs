using System.Net;
using System.Text.Json;
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
    public async Task A_Number_Without_A_Contact_Offers_The_Last_Chosen_One_To_Be_Confirmed()
    {
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await demo.StartAsync("tied-1", ("ani", "60607070"));
        (await ana.NextOfAsync("tied-1")).PopUp.Text("match").ShouldBe("none");
        await ChooseAsync("tied-1", "demo-09");

        await demo.StartAsync("tied-2", ("ani", "60607070"));
        var popUp = (await ana.NextOfAsync("tied-2")).PopUp;

        (popUp.Text("match"), popUp.Text("contactId")).ShouldBe(("one", null), "their file does not have the number");
        Offered(popUp).ShouldBe([("demo-09", "chosenBefore")]);
    }

    [SkippableTheory]
    [InlineData("ignore", "60607071")]
    [InlineData("wrong-number", "60607072")]
    [InlineData("removed", "60607073")]
    public async Task What_Was_Learned_Of_A_Number_Is_Unlearned(string how, string number)
    {
        await using var ana = await demo.ScreenAsync(demo.Ana);
        var (_, made) = await demo.Ana.AskAsync(
            HttpMethod.Post,
            "/api/contacts",
            new { name = $"Aprendida {how}", numbers = new[] { "2290-0001", number } });
        var contactId = made.Text("contactId")!;
        await demo.StartAsync($"{how}-1", ("ani", number));
        await demo.CallAsync($"{how}-1");
        await ChooseAsync($"{how}-1", contactId);
        await demo.StartAsync($"{how}-2", ("ani", number));
        Offered((await ana.NextOfAsync($"{how}-2")).PopUp).ShouldBe([(contactId, "chosenBefore")]);

        var (status, _) = how switch
        {
            "ignore" => await demo.Ana.AskAsync(HttpMethod.Post, $"/api/calls/{how}-2/ignore"),
            "wrong-number" => await demo.Ana.AskAsync(
                HttpMethod.Put, $"/api/calls/{how}-2/wrap-up", new { outcome = "wrong-number" }),
            _ => await demo.Ana.AskAsync(
                HttpMethod.Put, $"/api/contacts/{contactId}", new { name = "Sin", numbers = new[] { "2290-0001" } }),
        };
        status.ShouldBe(HttpStatusCode.OK);

        await demo.StartAsync($"{how}-3", ("ani", number));
        var next = (await ana.NextOfAsync($"{how}-3")).PopUp;
        // The file is as the agents left it.
        Offered(next).ShouldBe(how == "removed" ? [] : [(contactId, "otherNumber")]);
        next.Text("contactId").ShouldBe(how == "removed" ? null : contactId);
    }

    [SkippableFact]
    public async Task A_Repeated_Wrong_Number_Leaves_What_Was_Chosen_After_It()
    {
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await demo.StartAsync("late-1", ("ani", "60607074"));
        await demo.CallAsync("late-1");
        foreach (var step in new[] { "wrong", "choose", "wrong again" })
        {
            if (step == "choose")
            {
                await ChooseAsync("late-1", "demo-09");
                continue;
            }

            (await demo.Ana.AskAsync(HttpMethod.Put, "/api/calls/late-1/wrap-up", new { outcome = "wrong-number" }))
                .Status.ShouldBe(HttpStatusCode.OK, step);
        }

        await demo.StartAsync("late-2", ("ani", "60607074"));
        Offered((await ana.NextOfAsync("late-2")).PopUp).ShouldBe([("demo-09", "chosenBefore")]);
    }

    [SkippableFact]
    public async Task A_Repeated_Ignore_Leaves_What_Was_Chosen_After_It()
    {
        await using var ana = await demo.ScreenAsync(demo.Ana);
        foreach (var callId in new[] { "ignored-1", "ignored-2" })
        {
            await demo.StartAsync(callId, ("ani", "60607076"));
            await demo.CallAsync(callId);
        }

        (await demo.Ana.AskAsync(HttpMethod.Post, "/api/calls/ignored-1/ignore")).Status.ShouldBe(HttpStatusCode.OK);
        await ChooseAsync("ignored-2", "demo-09");
        (await demo.Ana.AskAsync(HttpMethod.Post, "/api/calls/ignored-1/ignore")).Status.ShouldBe(HttpStatusCode.OK);

        await demo.StartAsync("ignored-3", ("ani", "60607076"));
        Offered((await ana.NextOfAsync("ignored-3")).PopUp).ShouldBe([("demo-09", "chosenBefore")]);

        // To ignore a call that has a contact by now is another decision.
        (await demo.Ana.AskAsync(HttpMethod.Post, "/api/calls/ignored-2/ignore")).Status.ShouldBe(HttpStatusCode.OK);
        await demo.StartAsync("ignored-4", ("ani", "60607076"));
        Offered((await ana.NextOfAsync("ignored-4")).PopUp).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task What_Was_Learned_Of_A_Deleted_Contact_Is_Not_Known_Of_A_New_One_With_Its_Id()
    {
        await using var ana = await demo.ScreenAsync(demo.Ana);
        var contact = new { contactId = "crm-again", name = "Otra Vez", numbers = new[] { "6060-7077" } };
        (await demo.Ana.AskAsync(HttpMethod.Post, "/api/contacts", contact)).Status.ShouldBe(HttpStatusCode.Created);
        await demo.StartAsync("made-again-1", ("ani", "60607077"));
        await demo.CallAsync("made-again-1");
        await ChooseAsync("made-again-1", "crm-again");
        (await demo.Sofia.AskAsync(HttpMethod.Delete, "/api/contacts/crm-again"))
            .Status.ShouldBe(HttpStatusCode.NoContent);
        (await demo.Ana.AskAsync(
            HttpMethod.Post, "/api/contacts", contact with { numbers = new[] { "2290-7077" } }))
            .Status.ShouldBe(HttpStatusCode.Created);

        await demo.StartAsync("made-again-2", ("ani", "60607077"));
        Offered((await ana.NextOfAsync("made-again-2")).PopUp).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Number_With_And_Without_Its_Plus_Has_One_Choice()
    {
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await demo.StartAsync("plus-1", ("ani", "5072001555"));
        await demo.CallAsync("plus-1");
        await ChooseAsync("plus-1", "demo-09");
        await demo.StartAsync("plus-2", ("ani", "+5072001555"));
        Offered((await ana.NextOfAsync("plus-2")).PopUp).ShouldBe([("demo-09", "chosenBefore")]);

        (await demo.Ana.AskAsync(HttpMethod.Post, "/api/calls/plus-2/ignore")).Status.ShouldBe(HttpStatusCode.OK);

        await demo.StartAsync("plus-3", ("ani", "5072001555"));
        Offered((await ana.NextOfAsync("plus-3")).PopUp).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task The_Contact_Who_Has_The_Number_Comes_Before_The_One_That_Was_Chosen()
    {
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await demo.StartAsync("owned-1", ("ani", "60607075"));
        await demo.CallAsync("owned-1");
        await ChooseAsync("owned-1", "demo-09");
        var (_, made) = await demo.Ana.AskAsync(
            HttpMethod.Post, "/api/contacts", new { name = "Zoraida Dueña", numbers = new[] { "6060-7075" } });

        await demo.StartAsync("owned-2", ("ani", "60607075"));
        var popUp = (await ana.NextOfAsync("owned-2")).PopUp;

        popUp.Text("contactId").ShouldBe(made.Text("contactId"));
        Offered(popUp).ShouldBe([(made.Text("contactId")!, "mainNumber"), ("demo-09", "chosenBefore")]);
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

        foreach (var (language, words) in new[] { ("es", "fue eliminado"), ("en", "was deleted") })
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

    private static IEnumerable<(string, string)> Offered(JsonElement popUp) =>
        popUp.GetProperty("candidates").EnumerateArray()
            .Select(candidate => (candidate.Text("contactId")!, candidate.Text("reason")!));

    private async Task ChooseAsync(string callId, string contactId) =>
        (await demo.Ana.AskAsync(HttpMethod.Put, $"/api/calls/{callId}/contact", new { contactId }))
            .Status.ShouldBe(HttpStatusCode.OK);
}

public sealed class ChoiceTestsOnSqlite(DemoHost demo) : ChoiceTests(demo), IClassFixture<DemoHost>;

public sealed class ChoiceTestsOnAzurite(DemoHostOnAzuriteInTheLongRun demo)
    : ChoiceTests(demo), IClassFixture<DemoHostOnAzuriteInTheLongRun>;

using System.Net;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Desk;

/// <summary>Callers without a number: whoever calls next is another stranger.</summary>
public abstract class CallerWithoutNumberTests(DemoHost demo)
{
    [SkippableTheory]
    [InlineData("minus", "-1")]
    [InlineData("asterisk", "asterisk")]
    [InlineData("area", "OutOfArea")]
    [InlineData("keypad", "+7378742833")]
    [InlineData("word", "sin.identificar")]
    [InlineData("same", "9999999999")]
    [InlineData("short", "2222")]
    [InlineData("trunk", "\"Anonymous\" <sip:trunk01@10.0.0.1>")]
    [InlineData("restricted", "\"Restricted\" <trunk01>")]
    [InlineData("invalid", "sip:user1@anonymous.invalid")]
    public async Task A_Choice_Teaches_Nothing_Of_The_Next_One(string id, string ani)
    {
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await demo.StartAsync($"nobody-{id}-1", ("ani", ani));
        var first = (await ana.NextOfAsync($"nobody-{id}-1")).PopUp;
        (first.Text("match"), first.GetProperty("number").Text("kind")).ShouldBe(("private", "private"));
        (await demo.Ana.AskAsync(
            HttpMethod.Put, $"/api/calls/nobody-{id}-1/contact", new { contactId = "demo-09" }))
            .Status.ShouldBe(HttpStatusCode.OK);

        await demo.StartAsync($"nobody-{id}-2", ("ani", ani));
        var next = (await ana.NextOfAsync($"nobody-{id}-2")).PopUp;

        (next.Text("match"), next.Text("contactId")).ShouldBe(("private", null));
        next.GetProperty("candidates").GetArrayLength().ShouldBe(0);
    }

    [SkippableFact]
    public async Task A_Name_That_Is_A_Phone_Of_The_Office_Is_Shown()
    {
        (await demo.Admin.AskAsync(
            HttpMethod.Put, "/api/mappings/3301", new { account = "8000001", agentId = "luis", phone = "recepcion" }))
            .Status.ShouldBe(HttpStatusCode.Created);
        await using var ana = await demo.ScreenAsync(demo.Ana);

        await demo.StartAsync("named-phone", ("ani", "recepcion"));

        var number = (await ana.NextOfAsync("named-phone")).PopUp.GetProperty("number");
        (number.Text("kind"), number.Text("display")).ShouldBe(("extension", "recepcion"));
    }
}

public sealed class CallerWithoutNumberTestsOnSqlite(DemoHost demo)
    : CallerWithoutNumberTests(demo), IClassFixture<DemoHost>;

public sealed class CallerWithoutNumberTestsOnAzurite(DemoHostOnAzuriteInTheLongRun demo)
    : CallerWithoutNumberTests(demo), IClassFixture<DemoHostOnAzuriteInTheLongRun>;

using System.Net;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Desk;

/// <summary>Agents who create the contact of an unknown caller at the same time.</summary>
public abstract class CreatedAtOnceTests(DemoHost demo)
{
    [SkippableTheory]
    [InlineData(0, "María Rojas", "maria  rojas")]
    [InlineData(1, "María Rojas", "Doña María")]
    public async Task Two_Who_Have_The_Same_Call_Make_One_Contact(int set, string anas, string luiss)
    {
        for (var time = 0; time < 4; time++)
        {
            var (callId, number) = ($"at-once-{set}-{time}", $"6062{set}{time:D3}");
            await demo.StartAsync(callId, ("ani", number));
            await demo.StartAsync(callId, ("ani", number), ("endpoint_id", "1002"));
            await demo.CallAsync(callId, call => call.GetProperty("agentIds").GetArrayLength() == 2);

            await ShouldMakeOneAsync(number, (demo.Ana, callId, anas), (demo.Luis, callId, luiss));
        }
    }

    [SkippableFact]
    public async Task So_Do_Two_Who_Have_A_Call_Each_And_Write_The_Same_Name()
    {
        for (var time = 0; time < 4; time++)
        {
            var number = $"60622{time:D3}";
            await RingBothAsync($"one-{time}", $"other-{time}", number);

            await ShouldMakeOneAsync(
                number, (demo.Ana, $"one-{time}", "José Mora"), (demo.Luis, $"other-{time}", "jose mora"));
        }
    }

    [SkippableFact]
    public async Task Two_People_Who_Share_A_Number_Stay_Two()
    {
        await RingBothAsync("shared-1", "shared-2", "60623001");

        var answers = await Task.WhenAll(
            CreateAsync(demo.Ana, "shared-1", "Padre", "60623001"),
            CreateAsync(demo.Luis, "shared-2", "Hija", "60623001"));

        answers.Distinct().Count().ShouldBe(2);
        (await demo.Ana.ItemsAsync("/api/contacts?phone=60623001")).Count.ShouldBe(2);
    }

    [SkippableFact]
    public async Task What_An_Agent_Adds_To_The_Contact_That_They_Have_Just_Created_Is_Not_Lost()
    {
        await demo.StartAsync("added", ("ani", "60626001"));
        await demo.CallAsync("added");
        await CreateAsync(demo.Ana, "added", "José Mora", "60626001");

        var contactId = await CreateAsync(demo.Ana, "added", "José Mora", "60626001", "1-0300-0300");

        (await demo.Ana.ReadAsync($"/api/contacts/{contactId}"))!.Value.Text("document").ShouldBe("1-0300-0300");
    }

    [SkippableFact]
    public async Task An_Agent_Who_Creates_Another_Contact_For_The_Call_Gets_Another_And_A_Repetition_None()
    {
        await demo.StartAsync("again-1", ("ani", "60624001"));
        await demo.CallAsync("again-1");

        var first = await CreateAsync(demo.Ana, "again-1", "Primera Idea", "60624001");
        (await CreateAsync(demo.Ana, "again-1", "Primera Idea", "60624001")).ShouldBe(first);
        var second = await CreateAsync(demo.Ana, "again-1", "Otra Persona", "60624001");

        second.ShouldNotBe(first);
        (await demo.CallAsync("again-1")).Text("contactId").ShouldBe(second);
    }

    private async Task RingBothAsync(string anas, string luiss, string number)
    {
        await demo.StartAsync(anas, ("ani", number));
        await demo.StartAsync(luiss, ("ani", number), ("endpoint_id", "1002"));
        await demo.CallAsync(anas);
        await demo.CallAsync(luiss);
    }

    private async Task ShouldMakeOneAsync(
        string number, params (HttpClient Agent, string CallId, string Name)[] creations)
    {
        var ids = await Task.WhenAll(
            creations.Select(each => CreateAsync(each.Agent, each.CallId, each.Name, number)));

        var contactId = ids.Distinct().ShouldHaveSingleItem();
        (await demo.Ana.ItemsAsync($"/api/contacts?phone={number}")).ShouldHaveSingleItem().Text("contactId")
            .ShouldBe(contactId);
        foreach (var (_, callId, _) in creations)
        {
            (await demo.CallAsync(callId)).Text("contactId").ShouldBe(contactId);
        }
    }

    private static async Task<string> CreateAsync(
        HttpClient agent, string callId, string name, string number, string? document = null)
    {
        var (status, call) = await agent.AskAsync(
            HttpMethod.Put,
            $"/api/calls/{callId}/contact",
            new { contact = new { name, numbers = new[] { number }, document } });
        status.ShouldBe(HttpStatusCode.OK);
        return call.Text("contactId")!;
    }
}

public sealed class CreatedAtOnceTestsOnSqlite(DemoHost demo) : CreatedAtOnceTests(demo), IClassFixture<DemoHost>;

public sealed class CreatedAtOnceTestsOnAzurite(DemoHostOnAzurite demo)
    : CreatedAtOnceTests(demo), IClassFixture<DemoHostOnAzurite>;

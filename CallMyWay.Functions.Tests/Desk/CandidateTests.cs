using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Desk;

/// <summary>Several contacts of one number and one name differ by something that an agent can see.</summary>
public abstract class CandidateTests(DemoHost demo)
{
    [SkippableFact]
    public async Task Candidates_Who_Share_A_Name_Show_Document_And_Balance_And_Others_Do_Not()
    {
        await AddAsync("Rosa Núñez", "1-0555-0111", "1500.50");
        await AddAsync("rosa nunez", "1-0555-0222", "0");
        await AddAsync("Rosa Nuñez", null, null);
        await AddAsync("Mario Núñez", "1-0555-0333", "900");

        await demo.StartAsync("candidates-1", ("ani", "73450001"));
        var call = await demo.CallAsync("candidates-1", by: demo.Ana);

        call.Text("match").ShouldBe("many");
        call.GetProperty("candidates").EnumerateArray()
            .Select(each => (each.Text("name"), each.Text("document"), each.Text("balance")))
            .ShouldBe(
                [
                    ("Mario Núñez", null, null),
                    ("Rosa Núñez", "1-0555-0111", "1500.50"),
                    ("rosa nunez", "1-0555-0222", "0"),
                    ("Rosa Nuñez", null, null),
                ],
                ignoreOrder: true);
        var popUp = (await demo.Ana.ItemsAsync("/api/pop-ups")).Single(each => each.Text("callId") == "candidates-1");
        popUp.GetProperty("candidates").GetRawText().ShouldBe(call.GetProperty("candidates").GetRawText());
        await demo.EndAsync("candidates-1", ("ani", "73450001"));
    }

    private async Task AddAsync(string name, string? document, string? balance) =>
        await demo.Ana.AskAsync(HttpMethod.Post, "/api/contacts", new
        {
            name,
            numbers = new[] { "7345-0001" },
            document,
            fields = balance is null ? null : new Dictionary<string, string> { ["balance"] = balance },
        });
}

public sealed class CandidateTestsOnSqlite(DemoHost demo) : CandidateTests(demo), IClassFixture<DemoHost>;

public sealed class CandidateTestsOnAzurite(DemoHostOnAzuriteInTheLongRun demo)
    : CandidateTests(demo), IClassFixture<DemoHostOnAzuriteInTheLongRun>;

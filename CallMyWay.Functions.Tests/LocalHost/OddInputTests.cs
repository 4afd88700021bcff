using System.Net;
using System.Text;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.LocalHost;

/// <summary>Odd input to the API: it gets a proper answer, and never a 5xx.</summary>
public abstract class OddInputTests(TestStorage storage) : IAsyncLifetime
{
    private TestHost _host = null!;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync(storage);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableTheory]
    [InlineData("{'action':'callStart','data':{'callid':'1','account_id':'1','x':'@'}}", '\u0001')]
    [InlineData("{\"action\":\"callStart\",\"data\":{\"callid\":\"1\",\"account_id\":\"1\",\"x\":\"@\"}}", '\u007f')]
    public async Task A_Notification_Full_Of_Control_Characters_Is_Refused_And_Stored(string body, char control)
    {
        using var nobody = _host.Anonymous();
        using var response = await nobody.PostAsync(
            _host.Webhook, new StringContent(body.Replace("@", new string(control, 15_000), StringComparison.Ordinal)));

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        using var admin = await _host.SignInAsync("admin");
        (await admin.GetItemsAsync("/api/refused-events")).ShouldHaveSingleItem();
    }

    [SkippableFact]
    public async Task A_Notification_In_Latin_1_Is_Acked()
    {
        using var nobody = _host.Anonymous();
        var body = Encoding.Latin1.GetBytes("""{"action":"callStart","data":{"callid":"1","account_id":"8000001","ani":"José"}}""");
        using var response = await nobody.PostAsync(_host.Webhook, new ByteArrayContent(body));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableFact]
    public async Task An_Id_That_Ends_In_A_Line_Break_Is_Refused()
    {
        using var admin = await _host.SignInAsync("admin");

        (await admin.SendJsonAsync(HttpMethod.Post, "/api/contacts", new { name = "x", contactId = "abc\n" }))
            .Status.ShouldBe(400);
        (await admin.SendJsonAsync(HttpMethod.Put, "/api/agents/zed%0A", new { name = "x", roles = new[] { "agent" } }))
            .Status.ShouldBe(400);
        (await admin.SendJsonAsync(
            HttpMethod.Put,
            "/api/outcomes",
            new { items = new[] { new { code = "x\n", es = "x", en = "x" } } })).Status.ShouldBe(400);
    }

    [SkippableFact]
    public async Task Two_Directions_In_One_Query_Are_Refused()
    {
        using var admin = await _host.SignInAsync("admin");
        using var response = await admin.GetAsync("/api/calls?direction=in,out");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}

public sealed class OddInputTestsOnSqlite() : OddInputTests(TestStorage.Sqlite);

public sealed class OddInputTestsOnAzurite() : OddInputTests(TestStorage.Azurite);

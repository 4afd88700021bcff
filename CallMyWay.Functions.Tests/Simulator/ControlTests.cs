using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CallMyWay.Simulator;

namespace CallMyWay.Functions.Tests.Simulator;

public sealed class ControlTests
{
    [Theory]
    [InlineData("/simulator/calls", "", "$")]
    [InlineData("/simulator/calls", "null", "object")]
    [InlineData("/simulator/calls", "[]", "$")]
    [InlineData("/simulator/calls", """{"from":"1","to":"1001","talkSecond":1}""", "talkSecond")]
    [InlineData("/simulator/calls", """{"from":"1","to":"1001","type":"sideways"}""", "type")]
    [InlineData("/simulator/calls", """{"from":"1","to":"1001","ringSeconds":-1}""", "ringSeconds")]
    [InlineData("/simulator/calls", """{"from":"1","to":"1001","at":"yesterday"}""", "at")]
    [InlineData("/simulator/calls", """{"from":"1","to":"1001","at":"2999-01-01T00:00:00Z"}""", "at")]
    [InlineData("/simulator/calls", """{"from":"1","endpoints":[]}""", "endpoints")]
    [InlineData("/simulator/calls", """{"type":"out","to":"88887777"}""", "from")]
    [InlineData("/simulator/calls", """{"from":"1","to":"1001","account":"nobody"}""", "account")]
    [InlineData("/simulator/calls/batch", """{"count":0}""", "count")]
    [InlineData("/simulator/calls/batch", """{"calls":[{"from":"1"}]}""", "calls[0].to")]
    [InlineData("/simulator/faults", """{"drop":2}""", "drop")]
    [InlineData("/simulator/faults", """{"drop":"often"}""", "drop")]
    public async Task The_Answer_To_A_Bad_Request_Says_What_Is_Wrong(string path, string body, string named)
    {
        await using var simulator = await RunningSimulator.StartAsync();

        using var response = await simulator.Http.PostAsync(
            path, new StringContent(body, Encoding.UTF8, "application/json"));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await response.Content.ReadAsStringAsync()).ShouldContain(named, Case.Sensitive);
    }

    [Fact]
    public async Task A_Call_Id_Is_Taken_Once_Until_The_Truth_Is_Cleared()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        const string Call = """{"callId":"same","from":"88887777","to":"1001","ringSeconds":0,"talkSeconds":0}""";

        await simulator.PlayAsync(JsonNode.Parse(Call)!);
        using var again = await simulator.Http.PostAsync("/simulator/calls", new StringContent(Call));
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);

        using var cleared = await simulator.Http.DeleteAsync("/simulator/calls");
        (await simulator.TruthAsync()).ShouldBeEmpty();
        await simulator.PlayAsync(JsonNode.Parse(Call)!);
        (await simulator.TruthAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_Phone_That_Is_Not_In_The_Settings_Can_Ring()
    {
        await using var simulator = await RunningSimulator.StartAsync();

        await simulator.PlayAsync(new { from = "88887777", to = "E-77", ringSeconds = 0, talkSeconds = 0 });

        ((string)simulator.Notifications.First()["data"]!["endpoint_id"]!).ShouldBe("E-77");
    }

    [Fact]
    public async Task The_Page_Escapes_What_Callers_Send()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.PlayAsync(new { from = "<script>x</script>", to = "1001", ringSeconds = 0, talkSeconds = 0 });

        var page = await simulator.Http.GetStringAsync("/");

        page.ShouldContain("/simulator/calls");
        page.ShouldContain("&lt;script&gt;");
        page.ShouldNotContain("<script>x");
    }

    [Theory]
    [InlineData("--Webhook", "ftp://example.org/", "Webhook")]
    [InlineData("--EnabledAddresses:0", "here", "EnabledAddresses")]
    [InlineData("--Accounts:0:Username", "800", "Accounts:0:Password")]
    [InlineData("--Shape:Resends", "99", "Shape:Resends")]
    public async Task A_Wrong_Setting_Is_Named_At_Start(string setting, string value, string named)
    {
        var failure = await Should.ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>(
            () => SimulatorApp.CreateAsync([setting, value]));

        failure.Message.ShouldContain(named);
    }

    [Fact]
    public async Task The_Process_Tells_Its_Address_And_Ends_With_Its_Parent()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SimulatorApp).Assembly.Location, "--urls", "http://127.0.0.1:0", "--exit-with-parent", "true"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(limit.Token);
            line.ShouldNotBeNull().ShouldStartWith("Listening on http://127.0.0.1:");
            using var http = new HttpClient();
            (await http.GetStringAsync(line["Listening on ".Length..] + "/simulator/state", limit.Token))
                .ShouldContain("1001");

            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
            process.ExitCode.ShouldBe(0);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}

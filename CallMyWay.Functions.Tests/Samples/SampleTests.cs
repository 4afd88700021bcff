using System.Diagnostics;
using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Samples;

/// <summary>The programs of <c>samples</c> do what their pages say, against a real host.</summary>
public sealed class SampleTests(SampleDesk desk) : IClassFixture<SampleDesk>
{
    [SkippableTheory]
    [InlineData("node", "8712-1001")]
    [InlineData("aspnetcore", "8712-1002")]
    public async Task A_Server_Sends_Contacts_Calls_For_An_Agent_And_Takes_Events(string sample, string number)
    {
        await using var server = await desk.ServeAsync(sample);

        var pushed = await AskAsync(server, "/contacts", new[] { new { source = "crm", id = sample, name = "Rita Mora", numbers = new[] { number } } });
        pushed[0].Text("outcome").ShouldBe("created");
        (await desk.Admin.ItemsAsync($"/api/contacts?phone={number}")).ShouldHaveSingleItem()
            .GetProperty("external").Text("id").ShouldBe(sample);

        using var agent = desk.Host.Anonymous();
        agent.DefaultRequestHeaders.Add("X-CallMyWay-Token", (await AskAsync(server, "/token", new { agentId = "ana" })).Text("token"));
        (await agent.ReadAsync("/api/me"))!.Value.Text("id").ShouldBe("ana");

        var before = await desk.DialledAsync();
        var click = new { agentId = "ana", number, id = $"click-of-{sample}" };
        var dial = await AskAsync(server, "/dial", click);
        (await AskAsync(server, "/dial", click)).Text("dialId").ShouldBe(dial.Text("dialId"), "the same click");
        var callId = (await desk.EndedAsync(dial.Text("dialId")!)).Text("callId");
        (await desk.DialledAsync()).ShouldBe(before + 1);

        await Eventually.TrueAsync(async () => (await server.Client.GetStringAsync("/events")) is var events
            && events.Contains("call.ended", StringComparison.Ordinal) && events.Contains(callId!, StringComparison.Ordinal));

        var day = await desk.CallYesterdayAsync($"yesterday-{sample}", number.Replace("-", "", StringComparison.Ordinal));
        JsonSerializer.Deserialize<JsonElement[]>(await server.Client.GetStringAsync($"/calls?day={day}"))!
            .Select(call => call.Text("callId")).ShouldContain($"yesterday-{sample}");
    }

    [SkippableTheory]
    [InlineData("node")]
    [InlineData("aspnetcore")]
    public async Task A_Server_Refuses_An_Event_That_Nobody_Signed_And_One_That_Is_Old(string sample)
    {
        await using var server = await desk.ServeAsync(sample);
        var now = DateTimeOffset.UtcNow;

        (await PostAsync(now, null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync(now, "whsec_" + Convert.ToBase64String(new byte[24]))).ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync(now.AddMinutes(-6), server.Secret)).ShouldBe(HttpStatusCode.Unauthorized);
        (await server.Client.GetStringAsync("/events")).ShouldBe("[]");
        (await PostAsync(now, server.Secret)).ShouldBe(HttpStatusCode.NoContent);
        (await server.Client.GetStringAsync("/events")).ShouldContain("test");

        async Task<HttpStatusCode> PostAsync(DateTimeOffset at, string? secret)
        {
            const string body = """{"type":"test"}""";
            var seconds = at.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/callmyway");
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            request.Headers.Add("webhook-id", "evt_1");
            request.Headers.Add("webhook-timestamp", seconds);
            if (secret is not null)
            {
                var hash = System.Security.Cryptography.HMACSHA256.HashData(
                    Convert.FromBase64String(secret["whsec_".Length..]),
                    System.Text.Encoding.UTF8.GetBytes($"evt_1.{seconds}.{body}"));
                request.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(hash)}");
            }

            using var answer = await server.Client.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [SkippableFact]
    public async Task The_Spreadsheet_Has_Yesterday_s_Calls_And_Its_Contacts_Are_Sent()
    {
        using var folder = new TemporaryFolder();
        var contacts = Path.Combine(folder.Path, "contacts.csv");
        await File.WriteAllTextAsync(
            contacts,
            "\uFEFFid;name;numbers;email\r\n1;\"Solano; María\";8712-2001 / 2222-2001;\r\n;Nadie;8712-2002;\r\n2;=1+1;8712-2003;a@example.com\r\n");

        var first = await RunAsync(folder.Path, contacts);
        first.Code.ShouldBe(2, first.Error);
        first.Error.ShouldContain("Row 3 was refused");
        first.Output.ShouldContain("2 of 3 contacts");
        var maria = (await desk.Admin.ItemsAsync("/api/contacts?phone=8712-2001")).ShouldHaveSingleItem();
        (maria.Text("name"), maria.GetProperty("numbers").GetArrayLength()).ShouldBe(("Solano; María", 2));

        var day = await desk.CallYesterdayAsync("yesterday-spreadsheet", "87122003");
        await File.WriteAllTextAsync(contacts, "id,name,numbers\n1,\"Solano; María\",8712-2001 / 2222-2001\n2,=1+1,8712-2003");
        var second = await RunAsync(folder.Path, contacts);
        second.Code.ShouldBe(0, second.Error);
        var file = await File.ReadAllTextAsync(Path.Combine(folder.Path, $"calls-{day}.csv"));
        file.ShouldContain($"{day},12:00:00,in,8712-2003,'=1+1,");
        file.ShouldContain("yesterday-spreadsheet\r\n");
        (await File.ReadAllBytesAsync(Path.Combine(folder.Path, $"calls-{day}.csv")))[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
    }

    private static async Task<JsonElement> AskAsync(SampleServer server, string path, object body)
    {
        using var answer = await server.Client.PostAsync(
            path, new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private Task<(int Code, string Output, string Error)> RunAsync(string folder, string contacts) => ProgramRun.RunAsync(
        Programs.Needed("node"),
        [SourceTree.PathOf("samples", "spreadsheet", "daily.mjs"), folder, contacts],
        ("CALLMYWAY_URL", desk.Url),
        ("CALLMYWAY_KEY", desk.Key));

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = TestFolder.Create("callmyway-sample-");

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}

/// <summary>Runs a program to its end.</summary>
internal static class ProgramRun
{
    public static async Task<(int Code, string Output, string Error)> RunAsync(
        string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start).ShouldNotBeNull();
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, output[0], output[1]);
    }
}

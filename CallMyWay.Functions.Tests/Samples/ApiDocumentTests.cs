using System.Text.Json;
using System.Text.RegularExpressions;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Samples;

/// <summary>The commands of docs/api.md work as they stand, and its C# is that of the sample, which is run.</summary>
public sealed partial class ApiDocumentTests(SampleDesk desk) : IClassFixture<SampleDesk>
{
    [SkippableFact]
    public async Task Each_Command_Does_What_The_Page_Says()
    {
        var bash = Programs.Needed("bash");
        Programs.Needed("curl");
        Programs.Needed("openssl");
        await using var server = await desk.ServeAsync("aspnetcore");
        var day = await desk.CallYesterdayAsync("yesterday-document", "87127700");
        var commands = Blocks("bash").ToList();
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CALLMYWAY"] = desk.Url,
            ["KEY"] = desk.Key,
            ["SECRET"] = server.Secret,
            ["RECEIVER"] = server.Receiver,
            ["ENDPOINT"] = server.EndpointId,
            ["CLICK"] = "click-of-the-document",
        };
        commands.Count.ShouldBe(7);

        var pushed = (await AnswerAsync(commands[0])).GetProperty("items");
        pushed[0].Text("outcome").ShouldBe("created");
        variables["TOKEN"] = (await AnswerAsync(commands[1])).Text("token")!;
        await RunAsync(commands[2]);
        (await server.Client.GetStringAsync("/events")).ShouldContain("test");
        var dial = await AnswerAsync(commands[4]);
        variables["DIAL"] = dial.Text("dialId")!;
        (await AnswerAsync(commands[4])).Text("dialId").ShouldBe(variables["DIAL"], "the same click");
        await desk.EndedAsync(variables["DIAL"]);
        (await AnswerAsync(commands[5])).Text("state").ShouldBe("ended");
        await Eventually.TrueAsync(async () => (await AnswerAsync(commands[3])).GetProperty("items").EnumerateArray()
            .Any(delivery => (delivery.Text("type"), delivery.Text("state")) == ("call.ended", "delivered")));
        var calls = (await AnswerAsync(commands[6])).GetProperty("items").EnumerateArray().ToList();
        calls.Select(call => call.Text("callId")).ShouldContain("yesterday-document", day);

        async Task<string> RunAsync(string command)
        {
            var (code, output, error) = await ProgramRun.RunAsync(
                bash, ["-euo", "pipefail", "-c", command], [.. variables.Select(each => (each.Key, each.Value))]);
            code.ShouldBe(0, $"{command}\n{output}{error}");
            return output;
        }

        async Task<JsonElement> AnswerAsync(string command) =>
            JsonSerializer.Deserialize<JsonElement>(await RunAsync(command));
    }

    [Fact]
    public void The_C_Sharp_Is_That_Of_The_Sample()
    {
        var sources = SourceFiles.Named("*.cs").Where(path => path.StartsWith("samples/aspnetcore/", StringComparison.Ordinal))
            .Select(path => Trimmed(SourceFiles.Read(path))).ToList();
        var blocks = Blocks("csharp").Select(Trimmed).ToList();

        blocks.Count.ShouldBe(5);
        blocks.ShouldAllBe(block => sources.Any(source => source.Contains(block, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Blocks(string language) =>
        Fence().Matches(SourceFiles.Read("docs/api.md").ReplaceLineEndings("\n"))
            .Where(block => block.Groups["language"].Value == language)
            .Select(block => block.Groups["code"].Value);

    private static string Trimmed(string code) =>
        string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim())).Trim('\n');

    [GeneratedRegex("^```(?<language>\\w+)\n(?<code>.*?)^```", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}

using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost;

namespace CallMyWay.Functions.Tests.Conventions;

public sealed class OpenApiTests
{
    /// <summary>What can be tried with an example as it stands.</summary>
    private static readonly string[] Sent =
        ["Dial", "CreateContact", "PutWrapUp", "PutPresence", "TryDialRules", "PutMapping"];

    private static readonly JsonObject Document = OpenApiDocument.Of(typeof(OpenApiDocument).Assembly, typeof(LocalHostApp).Assembly);

    [Fact]
    public void Every_Http_Function_Is_Described_With_What_It_Answers()
    {
        var described = Operations().Select(operation => operation["operationId"]!.GetValue<string>());

        var functions = FunctionMethods.Everywhere.Where(function => function.Http is not null).ToList();
        described.ShouldBe(functions.Select(function => function.Name), ignoreOrder: true);
        functions.Where(function => !function.Method.IsDefined(typeof(AnswersAttribute), false)).ShouldBeEmpty();
    }

    // Clients that are generated from the document are grouped by these.
    [Theory]
    [InlineData("ListCalls", "Calls")]
    [InlineData("PutCallContact", "Calls")]
    [InlineData("ListMissedCalls", "Calls")]
    [InlineData("ReceiveCallEvent", "Calls")]
    [InlineData("ListRefusedEvents", "Calls")]
    [InlineData("GetMe", "Agents")]
    [InlineData("PutDialRules", "ClickToDial")]
    [InlineData("PutOutcomes", "Outcomes")]
    public void A_Function_Keeps_Its_Tag_Whatever_Its_Folder(string operationId, string tag) => Operations()
        .Single(operation => operation["operationId"]!.GetValue<string>() == operationId)["tags"]!.AsArray()
        .ShouldHaveSingleItem()!.GetValue<string>().ShouldBe(tag);

    [Fact]
    public void The_Version_Is_The_Build_s_Without_The_Commit()
    {
        Document["info"]!["version"]!.GetValue<string>().ShouldMatch(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$");
        ProductVersion.Of("0.2.1-alpha.0.7+2fd4e1c67a2d").ShouldBe("0.2.1-alpha.0.7");
    }

    [Fact]
    public async Task The_Host_Describes_The_Sign_In_That_It_Has_Of_Its_Own()
    {
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite);
        using var nobody = host.Anonymous();

        var paths = (await nobody.ReadAsync("/api/openapi.json")).ShouldNotBeNull().GetProperty("paths");

        paths.GetProperty("/api/session").EnumerateObject().Select(operation => operation.Name).ShouldBe(["post", "delete"], ignoreOrder: true);
        paths.TryGetProperty("/api/me", out _).ShouldBeTrue();
    }

    [Fact]
    public void Every_Reference_Leads_Somewhere()
    {
        var text = Document.ToJsonString();
        foreach (var reference in Regex.Matches(text, @"""\$ref"":""#(?<path>[^""]+)""").Select(match => match.Groups["path"].Value).Distinct())
        {
            reference.Split('/').Skip(1).Aggregate((JsonNode?)Document, (node, name) => node?[name]).ShouldNotBeNull(reference);
        }
    }

    [Fact]
    public void Every_Shape_And_Every_Tag_Has_Its_Words()
    {
        var schemas = (JsonObject)Document["components"]!["schemas"]!;
        schemas.Where(schema => schema.Value!["description"] is null && schema.Value["properties"] is not null)
            .Select(schema => schema.Key).ShouldBeEmpty();
        Document["tags"]!.AsArray().Where(tag => Is(tag!["description"], tag["name"]))
            .ShouldBeEmpty($"say in {nameof(OpenApiInfo)} what it means");
        Operations().SelectMany(operation => operation["parameters"]!.AsArray())
            .Where(parameter => Is(parameter!["description"], parameter["name"]))
            .ShouldBeEmpty($"say in {nameof(OpenApiParameters)} what it means");

        static bool Is(JsonNode? description, JsonNode? name) =>
            description!.GetValue<string>() == name!.GetValue<string>();
    }

    [Fact]
    public void A_Change_That_Looks_At_A_Version_Says_So()
    {
        var silent = SourceFiles.Named("*Functions.cs")
            .Where(path => SourceFiles.Read(path) is var text && Regex.IsMatch(text, @"IfMatch\.(Version)?Of\(request\)")
                && !text.Contains("TakesIfMatch", StringComparison.Ordinal)
                && !text.Contains("NeedsHeader(\"If-Match\")", StringComparison.Ordinal));

        silent.ShouldBeEmpty();
    }

    [Fact]
    public void A_Function_That_Refuses_In_A_Way_Of_Its_Own_Says_So()
    {
        var silent = SourceFiles.Named("*Functions.cs")
            .Where(path => SourceFiles.Read(path) is var text
                && Regex.IsMatch(text, @"Status4(09Conflict|22Unp|28Pre)|VersionRequired\(\)|ClosingRule\.Refusal")
                && !text.Contains("[Refuses(", StringComparison.Ordinal));

        silent.ShouldBeEmpty();
        StatusesOf("Dial").ShouldBe(["202", "400", "401", "403", "409", "413", "415", "422", "429", "503", "default"]);
        StatusesOf("UndoWrapUp").ShouldContain("428");
        StatusesOf("RemoveDoNotCall").ShouldContain("400");
        StatusesOf("SkipCampaignWork").ShouldContain("404");
        StatusesOf("ListContactMerges").ShouldContain("404");

        static IEnumerable<string> StatusesOf(string operationId) => ((JsonObject)Operations()
            .Single(operation => operation["operationId"]!.GetValue<string>() == operationId)["responses"]!)
            .Select(response => response.Key)
            .Order(StringComparer.Ordinal);
    }

    [Fact]
    public void The_End_Of_A_List_Is_A_Null_That_Is_Always_There()
    {
        var silent = from schema in (JsonObject)Document["components"]!["schemas"]!
                     where schema.Value!["properties"]?["next"] is not null
                     let required = schema.Value["required"]?.AsArray().Select(name => name!.GetValue<string>()) ?? []
                     where !required.Contains("next")
                     select schema.Key;

        silent.ShouldBeEmpty();
    }

    // One name with words that fit several kinds of values would be wrong of one of them.
    [Fact]
    public void Words_By_A_Name_Alone_Are_Of_One_Kind_Of_Values()
    {
        var schemas = (JsonObject)Document["components"]!["schemas"]!;
        var uses = from schema in schemas
                   from property in schema.Value!["properties"] as JsonObject ?? []
                   let words = OpenApiWords.Of("", property.Key)
                   where words is not null && (string?)property.Value!["description"] == words
                   group (Shape: schema.Key, Kind: KindOf(property.Value!)) by property.Key;

        uses.Where(use => use.Select(each => each.Kind).Distinct().Count() > 1)
            .Select(use => $"{use.Key}: {string.Join(", ", use)}").ShouldBeEmpty();

        string KindOf(JsonNode node) => (string?)node["$ref"] is { } reference ? KindOf(schemas[reference.Split('/')[^1]]!)
            : node["anyOf"] is JsonArray any ? KindOf(any[0]!)
            : (node["type"] is JsonArray types ? (string)types[0]! : (string?)node["type"]) switch
            {
                "array" => $"array of {KindOf(node["items"]!)}",
                "integer" or "number" => "number",
                var type => type ?? "",
            };
    }

    [Fact]
    public void No_Refusal_Is_Described_As_An_Answer() =>
        FunctionMethods.Everywhere
            .SelectMany(function => function.Method.GetCustomAttributes<AnswersAttribute>())
            .Where(answer => answer.Status is >= 400 and < 500)
            .ShouldBeEmpty();

    [Theory]
    [InlineData("ListLatestCalls", "contacts", true, null)]
    [InlineData("CheckNumber", "number", true, null)]
    [InlineData("ListCalls", "state", false, "ringing connected ended missed answered")]
    [InlineData("ListCalls", "followUp", false, "open")]
    [InlineData("GetReport", "by", false, "day hour agent team outcome contact")]
    [InlineData("StartContactImport", "by", false, "number document both")]
    public void A_Parameter_Says_Whether_It_Is_Needed_And_What_It_Can_Be(
        string operationId, string name, bool isRequired, string? values)
    {
        var parameter = Operations().Single(operation => (string?)operation["operationId"] == operationId)["parameters"]!
            .AsArray().Single(each => (string?)each!["name"] == name)!;

        ((bool)parameter["required"]!).ShouldBe(isRequired);
        string.Join(" ", parameter["schema"]!["enum"]?.AsArray().Select(each => (string?)each) ?? []).ShouldBe(values ?? "");
    }

    [Fact]
    public void A_Change_By_If_None_Match_Says_So()
    {
        var silent = from path in SourceFiles.Named("*Functions.cs")
                     let text = SourceFiles.Read(path)
                     where text.Contains("IfMatch.VersionOf(request)", StringComparison.Ordinal)
                         != text.Contains("TakesIfMatch(OrNone = true)", StringComparison.Ordinal)
                     where !text.Contains("IfMatch.IsNone(request)", StringComparison.Ordinal)
                         && !text.Contains("LastOneWins.NamesAnother(request", StringComparison.Ordinal)
                     select path;

        silent.ShouldBeEmpty();
    }

    // Without an offset a time in a body is the account's, as in a query.
    [Fact]
    public void A_Body_With_A_Time_Is_Read_In_The_Accounts_Zone()
    {
        var bodies = FunctionMethods.Everywhere
            .Select(function => function.Method.GetCustomAttribute<TakesAttribute>()?.Body)
            .OfType<Type>().Distinct().Where(body => HasTime(body, [])).Select(body => body.Name).ToList();
        bodies.ShouldContain("WrapUpInput");
        var sources = SourceFiles.Named("*Functions.cs").Select(SourceFiles.Read).ToList();

        bodies.Where(body => !sources.Exists(
                text => Regex.IsMatch(text, $@"ReadJsonAsync<{body}>\(\s*accounts\.Home\.TimeZone")))
            .ShouldBeEmpty();
    }

    private static bool HasTime(Type type, HashSet<Type> seen) => type == typeof(DateTimeOffset)
        || type.GetGenericArguments().Any(each => HasTime(each, seen))
        || (type.Namespace!.StartsWith("CallMyWay.", StringComparison.Ordinal) && !type.IsEnum && seen.Add(type)
            && type.GetProperties().Any(property => HasTime(property.PropertyType, seen)));

    [Fact]
    public void A_Contact_s_Shape_Has_The_Api_s_Names()
    {
        var properties = (JsonObject)Document["components"]!["schemas"]!["Contact"]!["properties"]!;

        properties.Select(property => property.Key).ShouldBe(
            [
                "contactId", "name", "numbers", "phones", "document", "email", "fields", "createdAt", "updatedAt",
                "etag", "merged",
                "external",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void An_Error_Describes_What_It_Tells_Programs_Beside_Its_Words() =>
        ((JsonObject)Document["components"]!["schemas"]!["Problem"]!["properties"]!).Select(property => property.Key)
            .ShouldBe(
                [
                    "type", "title", "status", "detail", "instance", "callId", "dialId", "reason", "promise",
                    "allowedFrom",
                    "contactId", "owners", "canLeave",
                    "errors",
                ],
                ignoreOrder: true);

    [Fact]
    public void A_Click_Says_That_It_Needs_A_Key() =>
        Operations().Single(operation => operation["operationId"]!.GetValue<string>() == "Dial")["parameters"]!.AsArray()
            .ShouldContain(parameter => parameter!["name"]!.GetValue<string>() == "Idempotency-Key" && parameter["in"]!.GetValue<string>() == "header");

    [Fact]
    public async Task An_Example_Is_Understood()
    {
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite);
        using var ana = await host.SignInAsync("ana");
        using var admin = await host.SignInAsync("admin");
        var callId = await host.RingAsync(ana, "88881234", action: "callEnd");
        await Eventually.TrueAsync(async () => await ana.ReadAsync($"/api/calls/{callId}") is not null);
        var examples = (from path in (JsonObject)Document["paths"]!
                        from operation in (JsonObject)path.Value!
                        let example = operation.Value!["requestBody"]?["content"]?["application/json"]?["example"]
                        let id = operation.Value["operationId"]!.GetValue<string>()
                        where example is not null && Sent.Contains(id)
                        select (path.Key, Verb: operation.Key, Id: id, example))
            .ToList();
        examples.Select(example => example.Id).ShouldBe(Sent, ignoreOrder: true);

        foreach (var (template, verb, id, example) in examples)
        {
            var path = template.Replace("{callId}", callId, StringComparison.Ordinal).Replace("{endpointId}", "1009", StringComparison.Ordinal);
            using var request = new HttpRequestMessage(HttpMethod.Parse(verb), path)
            {
                Content = JsonContent.Create(example),
            };
            request.Headers.Add("Idempotency-Key", id);
            var isForAdmin = id is "TryDialRules" or "PutMapping";
            using var answer = await (isForAdmin ? admin : ana).SendAsync(request);

            ((int)answer.StatusCode).ShouldBeInRange(200, 299, $"{id}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    private static IEnumerable<JsonNode> Operations() =>
        ((JsonObject)Document["paths"]!).SelectMany(path => (JsonObject)path.Value!).Select(operation => operation.Value!);
}

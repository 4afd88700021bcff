using System.Net;
using System.Text.Json.Nodes;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>What the tests compare all answers with finds a wrong one.</summary>
public sealed class DescribedAnswersTests
{
    private static readonly JsonObject Document =
        OpenApiDocument.Of(typeof(OpenApiDocument).Assembly, typeof(LocalHostApp).Assembly);

    [Theory]
    [InlineData("""{"status":"ok"}""", 200, null)]
    [InlineData("""{"status":"ok","more":1}""", 200, "/api/health")]
    [InlineData("""{"status":1}""", 200, "/api/health")]
    [InlineData("{}", 200, "/api/health")]
    [InlineData("""{"status":"ok"}""", 201, "is not described")]
    public async Task An_Answer_Is_As_Described(string body, int status, string? refusal)
    {
        // Compares always: other tests may have used up the answers of this kind that a run compares.
        using var client = new HttpClient(
            new DescribedAnswers(new Answering((HttpStatusCode)status, body), mostOfAKind: int.MaxValue));

        var answer = async () => (await client.GetAsync("http://callmyway.example/api/health")).StatusCode;

        if (refusal is null)
        {
            (await answer()).ShouldBe((HttpStatusCode)status);
        }
        else
        {
            (await answer.ShouldThrowAsync<InvalidOperationException>()).Message.ShouldContain(refusal);
        }
    }

    [Fact]
    public async Task Each_Answer_That_Is_Shown_Has_Its_Shape()
    {
        var shown = (from path in (JsonObject)Document["paths"]!
                     from operation in (JsonObject)path.Value!
                     from response in (JsonObject)operation.Value!["responses"]!
                     let example = response.Value!["content"]?["application/json"]?["example"]
                     where example is not null
                     select (Path: path.Key, Verb: operation.Key, Id: operation.Value["operationId"]!.GetValue<string>(), Status: response.Key, example))
            .ToList();
        shown.Count.ShouldBeGreaterThan(100);

        foreach (var (path, verb, _, status, example) in shown)
        {
            using var client = new HttpClient(new DescribedAnswers(
                new Answering(Enum.Parse<HttpStatusCode>(status), example.ToJsonString()), mostOfAKind: int.MaxValue));
            using var request = new HttpRequestMessage(
                HttpMethod.Parse(verb), "http://callmyway.example" + path.Replace('{', '-').Replace('}', '-'));

            (await client.SendAsync(request)).IsSuccessStatusCode.ShouldBeTrue();
        }
    }

    [Fact]
    public void Each_Body_That_Is_Shown_Has_Its_Shape()
    {
        var shown = from operation in Operations()
                    let content = operation["requestBody"]?["content"]?["application/json"]
                    where content?["example"] is not null
                    select (Id: operation["operationId"]!.GetValue<string>(), Schema: content["schema"]!["$ref"]!.GetValue<string>(),
                        Example: content["example"]!);

        shown.Where(each => !DescribedAnswers.IsAs(each.Schema.Split('/')[^1], each.Example)).Select(each => each.Id)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Each_Operation_Shows_What_Is_Sent_And_What_Is_Answered()
    {
        var silent = from operation in Operations()
                     let id = operation["operationId"]!.GetValue<string>()
                     from missing in Missing(operation)
                     select $"{id}: {missing}";

        // The description itself.
        silent.ShouldBe(["OpenApi: answer"]);

        static IEnumerable<string> Missing(JsonNode operation)
        {
            if (operation["requestBody"]?["content"]?["application/json"] is JsonObject body
                && body["schema"]!["$ref"] is not null && body["example"] is null)
            {
                yield return "body";
            }

            var answers = ((JsonObject)operation["responses"]!).Where(response => response.Key[0] == '2')
                .Select(response => response.Value!["content"]?["application/json"]).OfType<JsonObject>().ToList();
            if (answers.Count > 0 && answers.TrueForAll(answer => answer["example"] is null))
            {
                yield return "answer";
            }
        }
    }

    private static IEnumerable<JsonNode> Operations() =>
        ((JsonObject)Document["paths"]!).SelectMany(path => (JsonObject)path.Value!).Select(operation => operation.Value!);
}

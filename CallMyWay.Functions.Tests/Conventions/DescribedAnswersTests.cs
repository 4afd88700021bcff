using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>What the tests compare all answers with finds a wrong one.</summary>
public sealed class DescribedAnswersTests
{
    [Theory]
    [InlineData("""{"status":"ok"}""", 200, null)]
    [InlineData("""{"status":"ok","more":1}""", 200, "/api/health")]
    [InlineData("""{"status":1}""", 200, "/api/health")]
    [InlineData("{}", 200, "/api/health")]
    [InlineData("""{"status":"ok"}""", 201, "is not described")]
    public async Task An_Answer_Is_As_Described(string body, int status, string? refusal)
    {
        using var client = new HttpClient(new DescribedAnswers(new Answering((HttpStatusCode)status, body)));

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
        var document = OpenApiDocument.Of(typeof(OpenApiDocument).Assembly, typeof(LocalHostApp).Assembly);
        var shown = (from path in (JsonObject)document["paths"]!
                     from operation in (JsonObject)path.Value!
                     from response in (JsonObject)operation.Value!["responses"]!
                     let example = response.Value!["content"]?["application/json"]?["example"]
                     where example is not null
                     select (Path: path.Key, Verb: operation.Key, Id: operation.Value["operationId"]!.GetValue<string>(), Status: response.Key, example))
            .ToList();
        shown.Select(answer => answer.Id).ShouldBe(OpenApiExamples.Answers, ignoreOrder: true);

        foreach (var (path, verb, _, status, example) in shown)
        {
            using var client = new HttpClient(new DescribedAnswers(
                new Answering(Enum.Parse<HttpStatusCode>(status), example.ToJsonString())));
            using var request = new HttpRequestMessage(
                HttpMethod.Parse(verb), "http://callmyway.example" + path.Replace('{', '-').Replace('}', '-'));

            (await client.SendAsync(request)).IsSuccessStatusCode.ShouldBeTrue();
        }
    }

    private sealed class Answering(HttpStatusCode status, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
    }
}

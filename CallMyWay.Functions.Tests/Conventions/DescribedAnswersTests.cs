using System.Net;
using System.Text;
using CallMyWay.Functions.Tests.Infrastructure;

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

    private sealed class Answering(HttpStatusCode status, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
    }
}

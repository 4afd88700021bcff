using System.Net;
using System.Text;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>A network where each request gets the same answer, in JSON.</summary>
internal sealed class Answering(HttpStatusCode status, string json) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(status)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        });
}

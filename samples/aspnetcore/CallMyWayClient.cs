using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace CallMyWay.Samples.AspNetCore;

/// <summary>A token by which a page, or this server, acts for an agent for a quarter of an hour.</summary>
internal sealed record EmbedToken(string TokenId, string Token, DateTimeOffset ExpiresAt);

/// <summary>What an application's server asks CallMyWay for.</summary>
/// <param name="http">With the address, and the API key in <c>X-CallMyWay-Key</c>.</param>
internal sealed class CallMyWayClient(HttpClient http)
{
    private const int MostTries = 5;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>Sends contacts of the CRM. To send them again changes nothing. What became of each.</summary>
    public async Task<IReadOnlyList<JsonElement>> PushContactsAsync(
        IReadOnlyList<JsonElement> contacts, CancellationToken cancellationToken)
    {
        var results = new List<JsonElement>();
        foreach (var batch in contacts.Chunk(500))
        {
            var answer = await SendAsync<JsonElement>(
                () => new HttpRequestMessage(HttpMethod.Post, "/api/external-contacts")
                {
                    Content = JsonContent.Create(new { contacts = batch }),
                },
                cancellationToken);
            results.AddRange(answer.GetProperty("items").EnumerateArray());
        }

        return results;
    }

    public Task<EmbedToken> TokenAsync(string agentId, CancellationToken cancellationToken) =>
        SendAsync<EmbedToken>(
            () => new HttpRequestMessage(HttpMethod.Post, "/api/embed-tokens")
            {
                Content = JsonContent.Create(new { agentId }),
            },
            cancellationToken);

    /// <summary>Calls the agent's phone, and then the number. The same key never calls twice.</summary>
    public async Task<JsonElement> DialAsync(
        string agentId, string number, string key, CancellationToken cancellationToken)
    {
        var token = await TokenAsync(agentId, cancellationToken);
        return await SendAsync<JsonElement>(
            () => new HttpRequestMessage(HttpMethod.Post, "/api/calls")
            {
                Headers = { { "X-CallMyWay-Token", token.Token }, { "Idempotency-Key", key } },
                Content = JsonContent.Create(new { number }),
            },
            cancellationToken);
    }

    /// <summary>The calls of a day (2026-03-02), as the account's zone has it, the newest first.</summary>
    public async IAsyncEnumerable<JsonElement> CallsAsync(
        string day, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var asked = Uri.EscapeDataString(day);
        for (string? next = ""; next is not null;)
        {
            var address = $"/api/calls?from={asked}&to={asked}&take=500&next={next}";
            var page = await SendAsync<JsonElement>(
                () => new HttpRequestMessage(HttpMethod.Get, address), cancellationToken);
            foreach (var call in page.GetProperty("items").EnumerateArray())
            {
                yield return call;
            }

            next = page.GetProperty("next").GetString();
        }
    }

    /// <summary>Repeats a request where the host asks for it: each of ours can be.</summary>
    private async Task<T> SendAsync<T>(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            using var request = make();
            using var answer = await http.SendAsync(request, cancellationToken);
            if (answer.IsSuccessStatusCode)
            {
                return (await answer.Content.ReadFromJsonAsync<T>(cancellationToken))!;
            }

            if (answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
                && answer.Headers.RetryAfter?.Delta is { } wait && wait <= LongestWait && tries < MostTries)
            {
                await Task.Delay(wait, cancellationToken);
                continue;
            }

            var why = await answer.Content.ReadAsStringAsync(cancellationToken);
            throw new HttpRequestException(
                string.Create(CultureInfo.InvariantCulture, $"{request.Method} {request.RequestUri}: {why}"),
                inner: null,
                answer.StatusCode);
        }
    }
}

using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CallMyWay.LocalHost.Settings;

namespace CallMyWay.LocalHost.Homologation;

/// <summary>Talks to the API of a host that runs. A refusal is a <see cref="StartException"/> in the host's words.</summary>
internal sealed class HostClient : IDisposable
{
    private readonly HttpClient _client;

    public HostClient(Uri address, string language)
    {
        _client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        _client.DefaultRequestHeaders.Add("X-Requested-With", "homologation");
        _client.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
    }

    public async Task SignInAsync(string agent, string password, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Post, "/api/session", new { agent, password }, cancellationToken);

    public async Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Get, path, null, cancellationToken)
        ?? throw new StartException($"The host answered nothing to {path}.");

    public async Task<JsonNode> PostAsync(string path, object body, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Post, path, body, cancellationToken)
        ?? throw new StartException($"The host answered nothing to {path}.");

    public void Dispose() => _client.Dispose();

    private async Task<JsonNode?> SendAsync(
        HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            var json = text.Length == 0 ? null : JsonNode.Parse(text);
            return response.IsSuccessStatusCode ? json : throw new StartException(WordsOf(json, (int)response.StatusCode));
        }
        catch (HttpRequestException exception)
        {
            throw new StartException($"The host at {_client.BaseAddress} can't be reached: {exception.Message}");
        }
        catch (JsonException)
        {
            throw new StartException($"What answers at {_client.BaseAddress} is no host of CallMyWay.");
        }
    }

    private static string WordsOf(JsonNode? problem, int status)
    {
        var fields = problem?["errors"]?.AsObject()
            .Select(field => $"{field.Key}: {string.Join(' ', field.Value!.AsArray().Select(line => (string?)line))}");
        return string.Join(
            Environment.NewLine, [$"{problem?["title"] ?? status} {problem?["detail"]}", .. fields ?? []]);
    }
}

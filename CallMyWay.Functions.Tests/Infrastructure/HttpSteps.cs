using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>Common steps of tests over HTTP.</summary>
internal static class HttpSteps
{
    /// <summary>Posts a notification about one of the demo's endpoints, and waits until it is processed.</summary>
    public static async Task<string> RingAsync(
        this TestHost host,
        HttpClient agent,
        string number,
        string endpointId = "1001",
        string action = "callStart",
        string? callId = null,
        bool connected = false,
        DateTimeOffset? at = null)
    {
        callId ??= $"test-{Guid.NewGuid():N}";
        var now = TimeZoneInfo.ConvertTime(
            at ?? DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica"));
        var body = new JsonObject
        {
            ["action"] = action,
            ["data"] = new JsonObject
            {
                ["callid"] = callId,
                ["account_id"] = "8000001",
                ["endpoint_id"] = endpointId,
                ["ani"] = number,
                ["dnis"] = endpointId,
                ["detect_time"] = now.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
                ["type"] = "in",
            },
        };
        if (connected)
        {
            body["data"]!["connect_time"] = (string?)body["data"]!["detect_time"];
        }

        using var nobody = host.Anonymous();
        using var response = await nobody.PostAsync(
            host.Webhook, new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));
        response.EnsureSuccessStatusCode();
        var state = action == "callEnd" ? "ended" : null;
        await Eventually.TrueAsync(async () =>
        {
            using var call = await agent.GetAsync($"/api/calls/{callId}");
            return call.IsSuccessStatusCode
                && (state is null || (string?)(await call.Content.ReadFromJsonAsync<JsonObject>())!["state"] == state);
        });
        return callId;
    }

    public static async Task<JsonObject> GetObjectAsync(this HttpClient client, string path) =>
        (await client.GetFromJsonAsync<JsonObject>(path))!;

    public static async Task<IReadOnlyList<JsonNode>> GetItemsAsync(this HttpClient client, string path) =>
        [.. ((JsonArray)(await client.GetObjectAsync(path))["items"]!)!];

    /// <summary>Sends JSON. <paramref name="etag"/> goes into If-Match.</summary>
    public static async Task<(int Status, JsonObject? Body)> SendJsonAsync(this HttpClient client, HttpMethod method, string path, object? body, string? etag = null)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : JsonContent.Create(body)
        };
        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        }

        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonSerializer.Deserialize<JsonObject>(text));
    }
}

/// <summary>The clock on the wall, where a test needs one.</summary>
internal static class WallClock
{
    /// <summary>Waits if an hour is about to end, so that the test runs within one hour and one day.</summary>
    public static Task WithinAnHourAsync() => DateTimeOffset.UtcNow is { Minute: 59 } now ? Task.Delay(
        TimeSpan.FromSeconds(61 - now.Second)) : Task.CompletedTask;
}

/// <summary>Waits for a condition, and fails if it does not come true soon.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <param name="condition">Checked until it is true.</param>
    /// <param name="what">The message of the failure.</param>
    /// <param name="pause">The time between two checks; longer if a check is much work for the host.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string>? what = null, TimeSpan? pause = null)
    {
        var end = DateTimeOffset.UtcNow + Limit;
        while (!await condition())
        {
            (DateTimeOffset.UtcNow < end).ShouldBeTrue($"Waited in vain for {what?.Invoke() ?? "a condition"}.");
            await Task.Delay(pause ?? TimeSpan.FromMilliseconds(20));
        }
    }
}

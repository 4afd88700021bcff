using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// A demo host that the tests of a class share, with its people signed in. The tests use different call ids. If its
/// storage is missing, it does not start, and its tests are skipped.
/// </summary>
public class DemoHost : IAsyncLifetime
{
    public const string Account = "8000001";

    private static readonly TimeZoneInfo CostaRica = TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica");

    private readonly bool _allContacts;

    private Started? _started;

    public DemoHost()
        : this(TestStorage.Sqlite)
    {
    }

    protected DemoHost(TestStorage storage, bool allContacts = true) =>
        (Storage, _allContacts) = (storage, allContacts);

    public TestStorage Storage { get; }

    public TestHost Host => Found.Host;

    public HttpClient Nobody => Found.Nobody;

    public HttpClient Ana => Found.Ana;

    public HttpClient Luis => Found.Luis;

    public HttpClient Sofia => Found.Sofia;

    public HttpClient Admin => Found.Admin;

    private Started Found
    {
        get
        {
            Storage.SkipWhereMissing();
            return _started!;
        }
    }

    public async Task InitializeAsync()
    {
        if (Storage.WhyNot() is not null)
        {
            return;
        }

        var host = await TestHost.StartAsync(Storage, new() { AllContacts = _allContacts });
        var clients = await Task.WhenAll(
            new[] { "ana", "luis", "sofia", "admin" }.Select(name => host.SignInAsync(name)));
        _started = new Started(host, host.Anonymous(), clients[0], clients[1], clients[2], clients[3]);
    }

    public async Task DisposeAsync()
    {
        if (_started is { Host: var host })
        {
            await host.DisposeAsync();
        }
    }

    /// <summary>A time as the operator writes it, in the account's zone.</summary>
    public static string OperatorTime(DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, CostaRica)
            .ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>
    /// A notification with string values, as in the document. <paramref name="data"/> replaces fields; null removes
    /// one.
    /// </summary>
    public static IReadOnlyDictionary<string, object?> Notification(
        string action, string callId, params (string Field, object? Value)[] data)
    {
        var started = DateTimeOffset.UtcNow.AddSeconds(-2);
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["callid"] = callId,
            ["account_id"] = Account,
            ["endpoint_id"] = "1001",
            ["ani"] = "88881234",
            ["dnis"] = "40001001",
            ["detect_time"] = OperatorTime(started),
            ["connect_time"] = "1970-01-01 00:00:00",
            ["disconnect_time"] = action == "callEnd" ? OperatorTime(started.AddSeconds(1)) : "",
            ["duration"] = "0",
            ["type"] = "in",
            ["cost"] = "0",
        };
        foreach (var (field, value) in data)
        {
            if (value is null)
            {
                fields.Remove(field);
            }
            else
            {
                fields[field] = value;
            }
        }

        return new Dictionary<string, object?>(StringComparer.Ordinal) { ["action"] = action, ["data"] = fields };
    }

    public Task StartAsync(string callId, params (string Field, object? Value)[] data) =>
        NotifyAsync(Notification("callStart", callId, data));

    public Task EndAsync(string callId, params (string Field, object? Value)[] data) =>
        NotifyAsync(Notification("callEnd", callId, data));

    /// <summary>Posts a notification, which must be acked.</summary>
    public async Task NotifyAsync(object notification)
    {
        using var response = await Nobody.PostAsJsonAsync(Host.Webhook, notification);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        (await response.Content.ReadAsStringAsync()).ShouldBe("""{"ack":"ok"}""");
    }

    /// <summary>Waits until the call is as expected: the queue is processed in the background.</summary>
    public async Task<JsonElement> CallAsync(string callId, Func<JsonElement, bool>? until = null, HttpClient? by = null)
    {
        JsonElement call = default;
        await Eventually.TrueAsync(
            async () => (await (by ?? Admin).ReadAsync($"/api/calls/{Uri.EscapeDataString(callId)}")) is { } read
                && (until is null || until(call = read))
                && (call = read).ValueKind != default,
            () => $"the call {callId}, which is {call}");
        return call;
    }

    /// <summary>A screen of whoever is signed in.</summary>
    public Task<TestScreen> ScreenAsync(HttpClient agent) => TestScreen.OpenAsync(Host, agent);

    private sealed record Started(
        TestHost Host, HttpClient Nobody, HttpClient Ana, HttpClient Luis, HttpClient Sofia, HttpClient Admin);
}

/// <summary>On Azurite with the first seven contacts, which takes it 40 % of the time that all contacts do.</summary>
public sealed class DemoHostOnAzurite() : DemoHost(TestStorage.Azurite, allContacts: false);

public sealed class DemoHostOnAzuriteWithAllContacts() : DemoHost(TestStorage.Azurite);

public sealed class DemoHostOnAzuriteInTheLongRun() : DemoHost(TestStorage.AzuriteInTheLongRun);

internal static class HttpExtensions
{
    /// <summary>The answer's JSON; null for 404.</summary>
    public static async Task<JsonElement?> ReadAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, $"{path}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public static async Task<IReadOnlyList<JsonElement>> ItemsAsync(this HttpClient client, string path) =>
        [.. (await client.ReadAsync(path)).ShouldNotBeNull().GetProperty("items").EnumerateArray()];

    /// <summary>All items of a list, page by page.</summary>
    public static async Task<IReadOnlyList<JsonElement>> AllItemsAsync(this HttpClient client, string path)
    {
        var items = new List<JsonElement>();
        string? next = null;
        do
        {
            var page = (await client.ReadAsync(path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "take=500" + (next is null ? "" : $"&next={next}"))).ShouldNotBeNull();
            items.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.Text("next");
        }
        while (next is not null);
        return items;
    }

    public static async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(this HttpClient client, HttpMethod method, string path, object? body = null, string? ifMatch = null, string? language = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body switch
        {
            null => null,
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            _ => JsonContent.Create(body),
        };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (language is not null)
        {
            request.Headers.AcceptLanguage.ParseAdd(language);
        }

        using var response = await client.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBeLessThan(500, $"{method} {path}: {answer}");
        return (response.StatusCode, answer.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(answer));
    }

    /// <summary>The text of a field; null if it is missing.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;

    public static string[] Errors(this JsonElement problem) =>
        problem.TryGetProperty("errors", out var errors)
            ? [.. errors.EnumerateObject().Select(error => error.Name)]
            : [];
}

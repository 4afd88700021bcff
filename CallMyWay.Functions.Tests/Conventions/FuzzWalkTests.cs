using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.AspNetCore.Routing.Patterns;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>
/// Sends malformed requests to every HTTP function, drawn by a seed, as nobody and as each role. Each gets an answer in
/// plain words, and an agent never sees a colleague's call. The plain run sends a part, <c>.ci/run --long</c> all.
/// </summary>
public sealed class FuzzWalkTests
{
    /// <summary>Another seed draws other requests.</summary>
    private static readonly int Seed =
        int.Parse(Environment.GetEnvironmentVariable("CALLMYWAY_FUZZ_SEED") ?? "20261127", CultureInfo.InvariantCulture);

    private const string Secret = "solo-luis-lo-escribió";

    private const string SecretCall = "fuzz-call-of-luis";

    /// <summary>What would end the sessions of the test itself, or needs a simulator.</summary>
    private static readonly string[] LeftOut = ["PlaceDemoCall", "PlaceDemoMonth", "SignOutEverywhere", "SetUp"];

    private static readonly string[] Ids =
    [
        "nothing", "%00", "%0A%0D", "..%2F..", "%25%32%46", "~", "~!!", "~AAAA", "-1", "0", "99999999999999999999", "2026-02-30",
        "2026-02", "%F0%9F%98%80", "%ED%A0%80", "%FF", "null", "{}", "a%7Cb", "%3Cscript%3E", "'%20OR%201%3D1--", new('x', 1500),
        SecretCall, "1001", "attended", "2026-11-01",
    ];

    private static readonly string[] NoPath = ["%00", "%FF", "%ED"];

    private static readonly string[] Texts =
    [
        "", " ", "\0", "\u202E", "😀", new('x', 40_000), "<script>alert(1)</script>", "=1+1", "' OR 1=1--", "../../etc/passwd", "88881234",
        "+50688881234", "911", "2026-11-27T10:00:00-06:00", "2026-13-40", "0001-01-01", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59", "1e400", "NaN", "true",
        "null", SecretCall, "luis", "\r\nX-Evil: 1", "٣٤٥", "http://127.0.0.1/", "W/\"1\"", "ana",
    ];

    private readonly Random _random = new(Seed);

    [Fact]
    public async Task No_Malformed_Request_Gets_An_Internal_Error_Or_A_Colleagues_Call()
    {
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite);
        using var luis = await host.SignInAsync("luis");
        await WriteSecretAsync(host, luis);
        (string Name, HttpClient Client)[] callers =
        [
            ("nobody", host.Anonymous()), ("ana", await host.SignInAsync("ana")), ("sofia", await host.SignInAsync("sofia")),
            ("admin", await host.SignInAsync("admin")),
        ];
        var doors = (from function in FunctionMethods.Everywhere
                     where function.Http is not null && !LeftOut.Contains(function.Name)
                     from method in function.Http!.Methods!
                     select (function, method)).ToList();
        var wrong = new List<string>();
        var answers = new Dictionary<int, int>();
        var count = TestLength.Of(doors.Count * 3, 10_000);
        for (var i = 0; i < count; i++)
        {
            // Each door in turn, so that a part of the run reaches all.
            var (function, method) = doors[i % doors.Count];
            var (name, client) = Any(callers);
            using var request = Draw(function, new HttpMethod(method));
            // Signing in and out would change the caller's own session.
            var sender = request.RequestUri!.OriginalString.StartsWith("/api/session", StringComparison.Ordinal) ? callers[0].Client : client;
            var told = $"request {i} of seed {Seed}: {name} {request.Method} {Short(request.RequestUri.OriginalString)} {await BodyAsync(request)}";
            using var response = await sender.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            answers[(int)response.StatusCode] = answers.GetValueOrDefault((int)response.StatusCode) + 1;
            if ((int)response.StatusCode >= 500)
            {
                wrong.Add($"{(int)response.StatusCode} for {told}: {Short(text)}");
            }
            else if ((int)response.StatusCode >= 400 && !IsOfTheServer(response, text) && !IsProblem(response, text))
            {
                wrong.Add($"No plain words ({(int)response.StatusCode}, {response.Content.Headers.ContentType}) for {told}: {Short(text)}");
            }

            if (response.StatusCode == HttpStatusCode.Unauthorized && sender != callers[0].Client)
            {
                wrong.Add($"Signed out by {told}");
            }

            if (sender != callers[2].Client && sender != callers[3].Client && text.Contains(Secret, StringComparison.Ordinal))
            {
                wrong.Add($"A colleague's note for {told}");
            }
        }

        wrong.ShouldBeEmpty();
        // The walk would prove nothing if nobody got in, or if nothing were refused.
        answers.GetValueOrDefault(200).ShouldBeGreaterThan(count / 50);
        answers.GetValueOrDefault(400).ShouldBeGreaterThan(count / 50);
        (await host.Anonymous().GetAsync("/api/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task WriteSecretAsync(TestHost host, HttpClient luis)
    {
        using var operatorClient = host.Anonymous();
        foreach (var action in new[] { "callStart", "callEnd" })
        {
            var body = JsonSerializer.Serialize(DemoHost.Notification(action, SecretCall, ("endpoint_id", "1002"), ("dnis", "40001002")));
            (await operatorClient.PostAsync(host.Webhook, new StringContent(body, Encoding.UTF8, "application/json"))).StatusCode
                .ShouldBe(HttpStatusCode.OK);
        }

        await Eventually.TrueAsync(async () => (await luis.GetAsync($"/api/calls/{SecretCall}")).StatusCode == HttpStatusCode.OK);
        var (status, answer) = await luis.AskAsync(
            HttpMethod.Put, $"/api/calls/{SecretCall}/wrap-up", new { outcome = "attended", notes = Secret });
        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
    }

    private static bool IsProblem(HttpResponseMessage response, string text) =>
        response.Content.Headers.ContentType?.MediaType == "application/problem+json"
        && JsonDocument.Parse(text).RootElement.TryGetProperty("title", out var title)
        && title.GetString() is { Length: > 0 };

    /// <summary>Kestrel refuses an address that is none, or is too long, before any of our code hears of it.</summary>
    private static bool IsOfTheServer(HttpResponseMessage response, string text) =>
        text.Length == 0
        && (response.StatusCode == HttpStatusCode.RequestUriTooLong
            || (response.StatusCode == HttpStatusCode.BadRequest && NoPath.Any(
                part => response.RequestMessage!.RequestUri!.OriginalString.Contains(part, StringComparison.Ordinal))));

    private static string Short(string text) => text.Length <= 200 ? text : text[..200] + "…";

    private static async Task<string> BodyAsync(HttpRequestMessage request) =>
        request.Content is null ? "" : Short(await request.Content.ReadAsStringAsync());

    private HttpRequestMessage Draw(FunctionMethod function, HttpMethod method)
    {
        var request = new HttpRequestMessage(method, PathOf(function) + Query(function));
        if (method != HttpMethod.Get && _random.Next(10) > 0)
        {
            var body = _random.Next(4) switch
            {
                0 => Any("{", "null", "[]", "1", "\"a\"", "", "\0", "{\"a\":1,\"a\":2}", "\uFEFF{}", "[[[[[[[[", "{\"__proto__\":{}}", "{}}"),
                _ => Body(function.Method.GetCustomAttribute<TakesAttribute>()?.Body, 0),
            };
            request.Content = new ByteArrayContent(_random.Next(20) == 0 ? [0xC3, 0x28, 0xFF] : Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(
                Any("application/json", "application/json", "application/json", "text/plain", "text/csv", "application/json; charset=utf-16", "multipart/form-data"));
        }

        if (_random.Next(3) == 0)
        {
            request.Headers.TryAddWithoutValidation("If-Match", Any("*", "\"x\"", "x", "W/\"1\"", "\"", new string('e', 3000)));
        }

        if (_random.Next(3) == 0)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", Any("", "k", new string('k', 3000), "{}", "a b"));
        }

        if (_random.Next(4) == 0)
        {
            request.Headers.TryAddWithoutValidation("Accept-Language", Any("xx", "en", ";;;", "es;q=9", new string('a', 500)));
        }

        return request;
    }

    private string PathOf(FunctionMethod function) => "/api/" + string.Join('/', RoutePatternFactory.Parse(function.Http!.Route!).PathSegments.Select(
        segment => string.Concat(segment.Parts.Select(part => part is RoutePatternLiteralPart literal ? literal.Content : Any(Ids)))));

    private string Query(FunctionMethod function)
    {
        var known = function.Method.GetCustomAttribute<AsksAttribute>()?.Parameters ?? [];
        var names = known.Concat(["take", "next", "from", "to", "%00"]).Where(_ => _random.Next(3) == 0).ToList();
        return names.Count == 0 ? "" : "?" + string.Join('&', names.Select(name => $"{name}={Any(Any(Ids), Uri.EscapeDataString(Any(Texts)))}"));
    }

    /// <summary>A body with the fields that the function takes, and values that they are not made for.</summary>
    private string Body(Type? type, int depth)
    {
        if (type is null || depth > 3)
        {
            return Value(null, depth);
        }

        var fields = type.GetProperties().Where(_ => _random.Next(5) > 0)
            .Select(property => $"{JsonSerializer.Serialize(JsonNamingPolicy.CamelCase.ConvertName(property.Name))}:{Value(property.PropertyType, depth + 1)}");
        return "{" + string.Join(',', fields) + "}";
    }

    private string Value(Type? type, int depth)
    {
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        return _random.Next(type is null ? 8 : 11) switch
        {
            0 => Any("0", "-1", "1e400", "79228162514264337593543950336", "0.000000000000000001", "2147483648"),
            1 => Any("true", "false", "null"),
            2 => Any("[]", "[null]", "[1,\"a\"]", "{}", "{\"a\":{\"b\":[]}}"),
            <= 7 => JsonSerializer.Serialize(Any(Texts)),
            _ when type is { IsClass: true } && type.Assembly == typeof(CallMyWayServices).Assembly => Body(type, depth),
            _ when type == typeof(bool) => "true",
            _ when type is { IsPrimitive: true } => _random.Next(1, 1000).ToString(CultureInfo.InvariantCulture),
            _ => JsonSerializer.Serialize(Any(Texts)),
        };
    }

    private T Any<T>(params IReadOnlyList<T> all) => all[_random.Next(all.Count)];
}

using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// A storage account that fails on demand: real servers in front of Azurite's, which forward requests unchanged, or
/// answer errors as the service does.
/// </summary>
internal sealed partial class FlakyStorage : IAsyncDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    private readonly List<WebApplication> _apps = [];

    private Func<HttpRequest, (int Status, string Code)?> _failure = _ => null;

    private Func<HttpRequest, bool> _loses = _ => false;

    private int _failed;

    private int _lost;

    public string ConnectionString { get; private set; } = "";

    /// <summary>How many requests it answered itself.</summary>
    public int Failed => Volatile.Read(ref _failed);

    /// <summary>How many answers it dropped.</summary>
    public int Lost => Volatile.Read(ref _lost);

    public static async Task<FlakyStorage> StartAsync()
    {
        TestStorage.Azurite.SkipWhereMissing();
        var storage = new FlakyStorage
        {
            ConnectionString = await Azurite.ConnectionStringAsync(Guid.NewGuid().ToString())
        };
        foreach (var (address, service) in Endpoints().Matches(storage.ConnectionString).Select(
            match => (match.Groups["address"].Value, match.Groups["service"].Value)).ToList())
        {
            storage.ConnectionString = storage.ConnectionString.Replace(
                address, await storage.ListenAsync(address, service == "Table"), StringComparison.Ordinal);
        }

        return storage;
    }

    /// <summary>From now on, answers the requests that <paramref name="failure"/> selects with its error.</summary>
    public void Fail(Func<HttpRequest, (int Status, string Code)?> failure) => Volatile.Write(ref _failure, failure);

    public void Fail(int status, string code) => Fail(_ => (status, code));

    public void Recover() => Fail(_ => null);

    /// <summary>Forwards the next request with this method, but closes the connection in place of the answer.</summary>
    public void LoseAnswer(HttpMethod to)
    {
        var left = 1;
        Volatile.Write(ref _loses, request => request.Method == to.Method && Interlocked.Decrement(ref left) >= 0);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _apps)
        {
            await app.DisposeAsync();
        }

        _client.Dispose();
    }

    private async Task<string> ListenAsync(string address, bool isTable)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context => AnswerAsync(address, isTable, context));
        await app.StartAsync();
        _apps.Add(app);
        return app.Urls.Single();
    }

    private async Task AnswerAsync(string address, bool isTable, HttpContext context)
    {
        if (Volatile.Read(ref _failure)(context.Request) is var (status, code))
        {
            Interlocked.Increment(ref _failed);
            context.Response.StatusCode = status;
            context.Response.Headers["x-ms-error-code"] = code;
            if (isTable)
            {
                await context.Response.WriteAsJsonAsync(new Dictionary<string, object>
                {
                    ["odata.error"] = new { code, message = new { lang = "en-US", value = code } },
                });
            }

            return;
        }

        // The address must stay as it was written: it is part of the signature.
        var target = new Uri(
            address + context.Features.Get<IHttpRequestFeature>()!.RawTarget,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(HttpMethod.Parse(context.Request.Method), target);
        request.Content = context.Request.ContentLength > 0 ? new StreamContent(context.Request.Body) : HttpMethods.IsGet(context.Request.Method) ? null : new ByteArrayContent([]);
        foreach (var header in context.Request.Headers.Where(
            header => header.Key != "Host" && !request.Headers.TryAddWithoutValidation(header.Key, [.. header.Value!])))
        {
            request.Content?.Headers.TryAddWithoutValidation(header.Key, [.. header.Value!]);
        }

        using var response = await _client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        if (Volatile.Read(ref _loses)(context.Request))
        {
            // The connection is closed, not reset: then .NET itself repeats a request without a body.
            Interlocked.Increment(ref _lost);
            await context.Features.Get<IConnectionTransportFeature>()!.Transport.Output.CompleteAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(
            header => header.Key != "Transfer-Encoding"))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    [GeneratedRegex("(?<service>Table|Queue)Endpoint=(?<address>http://[^/;]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Endpoints();
}

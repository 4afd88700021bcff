using System.Text.Json.Serialization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Embedding;

/// <summary>The origins of other applications' pages, in which agents may work.</summary>
public sealed record EmbedOrigins
{
    /// <summary>Each a scheme, a host and perhaps a port, such as https://crm.example.com.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>The row's version.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }
}

/// <summary>The origins as the API shows them.</summary>
/// <param name="Missing">
/// Those that the deployment lacks: browsers get no answer there until its parameter <c>crmOrigins</c> has them too.
/// </param>
public sealed record EmbedOriginsView(
    IReadOnlyList<string> Origins,
    IReadOnlyList<string> Missing,
    [property: JsonPropertyName("etag")] string? ETag);

/// <summary>The body of a request that replaces the origins.</summary>
public sealed record EmbedOriginsInput([property: Needed] IReadOnlyList<string?>? Origins);

/// <summary>The origins: one row. Until an administrator writes it, there are none.</summary>
public sealed class EmbedOriginStore
{
    public const int Most = 50;

    /// <summary>What another process has changed counts after this at the latest.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromSeconds(10);

    private const string Partition = "origins";

    private static readonly StoredJson<EmbedOrigins> Stored = new(EmbeddingJson.Default);

    private readonly ITable _table;

    private readonly RecentReading<EmbedOrigins> _recent;

    public EmbedOriginStore(ITables tables, TimeProvider clock)
    {
        _table = tables[StorageNames.Embedding];
        _recent = new RecentReading<EmbedOrigins>(ReadAsync, Recheck, clock);
    }

    public ValueTask<EmbedOrigins> GetAsync(CancellationToken cancellationToken) =>
        _recent.ReadAsync(cancellationToken);

    /// <summary>The origins as they were some seconds ago at most.</summary>
    public ValueTask<EmbedOrigins> GetRecentAsync(CancellationToken cancellationToken) =>
        _recent.GetAsync(cancellationToken);

    /// <summary>True for an origin that is listed. What a browser sends has small letters and no path.</summary>
    public async ValueTask<bool> HasAsync(string origin, CancellationToken cancellationToken) =>
        (await GetRecentAsync(cancellationToken)).Origins.Contains(origin, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Stores them over the version in the ETag (<see cref="TableExtensions.PutAsync"/>); null where it has changed.
    /// </summary>
    internal async Task<EmbedOrigins?> PutAsync(EmbedOrigins origins, CancellationToken cancellationToken)
    {
        var row = Stored.ToRow(Partition, Partition, origins with { ETag = null }, origins.ETag);
        var etag = await _recent.ForgetAfterAsync(_table.PutAsync(row, cancellationToken));
        return etag is null ? null : origins with { ETag = etag };
    }

    /// <summary>The origin as browsers write it; null for what is none.</summary>
    /// <remarks>http is for this machine alone: elsewhere anybody on the way could take an agent's token.</remarks>
    internal static string? Read(string? text) =>
        text is { Length: > 0 and <= 300 } && Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri)
        && (uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback))
        && uri.Host.Length > 0 && uri.UserInfo.Length == 0 && uri.PathAndQuery == "/" && uri.Fragment.Length == 0
        && !uri.Host.Contains('*', StringComparison.Ordinal)
            ? $"{uri.Scheme}://{HostOf(uri)}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}"
            : null;

    // The brackets of an address are a part of its host alone.
    private static string HostOf(Uri uri) => uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;

    // Earlier releases kept letters such as ñ, which no header takes.
    private static EmbedOrigins AsBrowsersWrite(EmbedOrigins stored) => stored with
    {
        Origins = [.. stored.Origins.Select(Read).OfType<string>().Distinct(StringComparer.Ordinal)],
    };

    private async ValueTask<EmbedOrigins> ReadAsync(CancellationToken cancellationToken) =>
        await _table.GetAsync(Partition, Partition, cancellationToken) is { } row
            ? AsBrowsersWrite(Stored.FromRow(row)) with { ETag = row.ETag }
            : new EmbedOrigins();
}

namespace CallMyWay.LocalHost.Settings;

/// <summary>The addresses at which the host listens, and the settings that name them.</summary>
/// <param name="Text">The addresses as they were given, several with <c>;</c> between them.</param>
/// <param name="Settings">The setting <c>urls</c>, or the one of each endpoint.</param>
internal sealed record ListenAddresses(string Text, IReadOnlyList<string> Settings)
{
    public const string Endpoints = "Kestrel:Endpoints";

    /// <summary>Of a host that has not come to its settings.</summary>
    public static ListenAddresses None { get; } = new("", [WebHostDefaults.ServerUrlsKey]);

    public string Setting => string.Join(" or ", Settings);

    /// <summary>Named endpoints replace <c>urls</c>, as in the server.</summary>
    public static ListenAddresses Of(IConfiguration configuration) =>
        configuration.GetSection(Endpoints).GetChildren().ToList() is { Count: > 0 } endpoints
            ? new(
                string.Join(';', endpoints.Select(endpoint => endpoint["Url"])),
                [.. endpoints.Select(endpoint => $"{Endpoints}:{endpoint.Key}:Url")])
            : None with { Text = configuration[WebHostDefaults.ServerUrlsKey] ?? "" };
}

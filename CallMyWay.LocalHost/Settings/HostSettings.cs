using System.Globalization;

namespace CallMyWay.LocalHost.Settings;

/// <summary>The host's own settings: where its data is, and whether it is the demo.</summary>
internal sealed record HostSettings(bool IsDemo, string DataPath, bool IsOnAzureStorage = false)
{
    public const string DefaultUrls = "http://127.0.0.1:7071";

    /// <exception cref="StartException">A setting can't be read.</exception>
    public static HostSettings Of(IConfiguration settings)
    {
        var demo = settings["demo"] ?? "true";
        if (!bool.TryParse(demo, out var isDemo))
        {
            throw new StartException(string.Create(
                CultureInfo.InvariantCulture, $"The setting demo is '{demo}'; it must be true or false."));
        }

        var isOnAzureStorage = settings["Storage"] switch
        {
            null or "" or "sqlite" => false,
            "azure" => true,
            var other => throw new StartException($"The setting Storage is '{other}'; it must be sqlite or azure."),
        };
        var path = settings["DataPath"];
        return new HostSettings(
            isDemo,
            string.IsNullOrWhiteSpace(path) ? Path.Combine("data", isDemo ? "demo" : "") : path,
            isOnAzureStorage);
    }
}

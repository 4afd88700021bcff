using CallMyWay.LocalHost.Settings;

namespace CallMyWay.LocalHost.Copy;

/// <summary>
/// The arguments of the command <c>copy</c>: from where, to where, and whether it may overwrite what it finds there.
/// </summary>
internal sealed record CopySettings(string DataPath, bool Overwrite, IConfiguration Storage)
{
    public const string Usage = """
        copy [--DataPath <data folder>] [--to <connection string or name of the storage account>] [--overwrite]

          --DataPath    the folder of the LocalHost whose data is copied, ./data by default; that host has to be stopped
          --to          the storage account; by its name it is opened with this machine's identity (az login, a managed identity).
                        Without it the setting AzureWebJobsStorage says which, as for the app itself
          --overwrite   writes over rows that are there already and differ; what only the account has stays, and is told
        """;

    private const string StorageSection = "AzureWebJobsStorage";

    private const string OverwriteFlag = "overwrite";

    private static readonly string[] Known = ["DataPath", "to"];

    /// <exception cref="StartException">An argument can't be read.</exception>
    public static CopySettings Of(IReadOnlyList<string> arguments)
    {
        var given = CommandArguments.Read(
            CopyCommand.Name,
            arguments,
            name => Known.Contains(name, StringComparer.OrdinalIgnoreCase)
                || name.StartsWith("Azure", StringComparison.OrdinalIgnoreCase),
            OverwriteFlag,
            Usage);
        var configuration = new ConfigurationManager();
        configuration.AddEnvironmentVariables().AddInMemoryCollection(given);
        if (given.GetValueOrDefault("to") is { Length: > 0 } to)
        {
            // A connection string has an equals sign; an account name has none. It overrides the account that the
            // environment names.
            var isName = !to.Contains('=', StringComparison.Ordinal);
            configuration[StorageSection] = isName ? "" : to;
            configuration[$"{StorageSection}:accountName"] = isName ? to : "";
            configuration[$"{StorageSection}:tableServiceUri"] = configuration[$"{StorageSection}:queueServiceUri"] = "";
        }

        var path = configuration["DataPath"];
        return new CopySettings(string.IsNullOrWhiteSpace(path) ? "data" : path, given.ContainsKey(OverwriteFlag), configuration);
    }
}

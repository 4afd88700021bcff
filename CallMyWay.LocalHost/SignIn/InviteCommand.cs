using System.Globalization;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Storage;
using CallMyWay.LocalHost.Backups;
using CallMyWay.LocalHost.Files;
using CallMyWay.LocalHost.Settings;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>
/// The command <c>invite</c>: a link by which an administrator sets a new password, where no administrator is left who
/// could make one in the console. Who may write the data folder has the office anyway.
/// </summary>
internal static class InviteCommand
{
    public const string Name = "invite";

    internal const string Usage = """
        invite --agent <administrator> [--DataPath <data folder>] [--url <address of the host>]

          --agent       the id or the username of the administrator who gets a new password
          --DataPath    the data folder of the LocalHost, ./data by default; that host has to be stopped
          --url         the host's address in the link, http://127.0.0.1:7071 by default

        The link works once, for a week, and ends an earlier one. The password before stays until then.
        """;

    private static readonly string[] Known = ["agent", "DataPath", "url"];

    /// <summary>Returns the process's exit code: 0 if there is a link, else 1.</summary>
    public static Task<int> RunAsync(
        string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellationToken = default) =>
        Commands.RunAsync(error, async () =>
        {
            var given = CommandArguments.Read(
                Name, arguments, name => Known.Contains(name, StringComparer.OrdinalIgnoreCase), null, Usage);
            var address = Uri.TryCreate(given.GetValueOrDefault("url") ?? "http://127.0.0.1:7071", UriKind.Absolute, out var url)
                && url.Scheme is "http" or "https"
                ? url
                : throw new StartException("--url must be an address such as http://127.0.0.1:7071.");
            var data = Path.GetFullPath(given.GetValueOrDefault("DataPath") ?? "data");
            DataFolder.RequireData(data);

            if (FileOwner.OtherThanThis(data) is { } owner)
            {
                throw new StartException(
                    $"{data} is the user {owner}'s, and what another user writes there can't be read by the host. Run the "
                    + "command as that user.");
            }

            // The database's lock shows whether a host is running on the folder.
            await using var services = new ServiceCollection()
                .AddLogging()
                .AddOptions()
                .AddSingleton(TimeProvider.System)
                .AddSqliteStorage(_ => SqliteDatabase.Open(data, tables: [.. StorageNames.Tables, LocalAccounts.Table]))
                .AddSingleton<AgentStore>()
                .AddSingleton<LocalAccounts>()
                .AddSingleton<Invites>()
                .AddSingleton<AuditStore>()
                .AddSingleton<AuditLog>()
                .BuildServiceProvider();
            var agents = services.GetRequiredService<AgentStore>();
            var agent = given.GetValueOrDefault("agent") is { } name
                ? await agents.FindBySignInNameAsync(name, cancellationToken)
                : null;
            if (agent?.Roles.Contains(Role.Admin) != true)
            {
                var all = (await agents.ListAsync(cancellationToken)).Where(each => each.Roles.Contains(Role.Admin));
                throw new StartException(
                    "Name an administrator by --agent. There are: "
                    + $"{string.Join(", ", all.Select(each => each.AgentId))}.");
            }

            await services.GetRequiredService<AuditLog>().WriteAsync(
                (string?)null, new AuditChange("agent.invited", agent.AgentId, null, null), cancellationToken);
            var (token, expiresAt) = await services.GetRequiredService<Invites>()
                .CreateAsync(agent, maker: null, cancellationToken);
            await output.WriteLineAsync(
                $"{agent.Name} sets a new password with this link, once, until "
                + $"{expiresAt.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}. Start the host first.");
            // After the #, so that no log on the way has it.
            await output.WriteLineAsync($"{address.GetLeftPart(UriPartial.Authority)}/invite#{token}");
        });
}

using CallMyWay.LocalHost.Backups;
using CallMyWay.LocalHost.Settings;

namespace CallMyWay.LocalHost.Homologation;

/// <summary>
/// The command <c>homologation</c>: a run of the homologation from a console. It talks to the host that runs, whose
/// queue makes the paced requests and whose webhook gets the notifications: so it can be closed and begun again.
/// </summary>
internal static class HomologationCommand
{
    public const string Name = "homologation";

    /// <summary>Where the password of the administrator can be, instead of being asked for.</summary>
    internal const string PasswordVariable = "CALLMYWAY_PASSWORD";

    internal const string Usage = """
        homologation [--url <address of the host>] [--agent <administrator>] [--account <username>]
                     [--language es|en] [--automatic]

          --url         the host that runs, http://127.0.0.1:7071 by default
          --agent       the administrator who signs in, admin by default
          --account     the account at the operator, the first of the settings by default
          --language    the language of the cases, es by default
          --automatic   only the cases that need no hands; nothing is dialled

        The password is asked for, or taken from the environment variable CALLMYWAY_PASSWORD. An open run of the
        account is gone on with.
        """;

    private static readonly string[] Known = ["url", "agent", "account", "language"];

    /// <summary>Returns the process's exit code: 0 if no case has failed, else 1.</summary>
    public static async Task<int> RunAsync(
        string[] arguments,
        TextReader input,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellationToken = default)
    {
        var failed = 0;
        var code = await Commands.RunAsync(error, async () =>
        {
            var given = CommandArguments.Read(
                Name, arguments, name => Known.Contains(name, StringComparer.OrdinalIgnoreCase), "automatic", Usage);
            var address = Uri.TryCreate(given.GetValueOrDefault("url") ?? "http://127.0.0.1:7071", UriKind.Absolute, out var url)
                && url.Scheme is "http" or "https"
                ? url
                : throw new StartException("--url must be an address such as http://127.0.0.1:7071.");
            var language = given.GetValueOrDefault("language") ?? "es";
            if (language is not ("es" or "en"))
            {
                throw new StartException("--language is es or en.");
            }

            using var host = new HostClient(address, language);
            var password = Environment.GetEnvironmentVariable(PasswordVariable);
            if (string.IsNullOrEmpty(password))
            {
                await output.WriteAsync("Password: ");
                password = await input.ReadLineAsync(cancellationToken) ?? "";
            }

            await host.SignInAsync(given.GetValueOrDefault("agent") ?? "admin", password, cancellationToken);
            failed = await new HomologationWalk(host, input, output).RunAsync(
                given.GetValueOrDefault("account"), given.ContainsKey("automatic"), cancellationToken);
        });
        return code != 0 || failed > 0 ? 1 : 0;
    }
}

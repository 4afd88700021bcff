using CallMyWay.Functions.Api;
using CallMyWay.LocalHost.Backups;
using CallMyWay.LocalHost.Copy;
using CallMyWay.LocalHost.Homologation;
using CallMyWay.LocalHost.SignIn;
using CallMyWay.LocalHost.Web;

namespace CallMyWay.LocalHost;

/// <summary>
/// What the program knows to do: <c>--help</c>, wherever it stands among the arguments, and <c>--version</c> likewise.
/// A word that is no command is refused. So neither a question nor a mistyped word starts a host.
/// </summary>
internal static class HelpCommand
{
    private static readonly string Commands = $"""
        Without a command the host starts; with --demo false the real one. Its settings are in README.md.

          {BackupCommand.Name}         a backup of a data folder, also while its host runs
          {RestoreCommand.Name}        puts a backup into a data folder
          {InviteCommand.Name}         a link for an administrator who has forgotten the password
          {CopyCommand.Name}           copies a data folder to an Azure storage account
          {HomologationCommand.Name}   goes through the open cases of the homologation
          {OpenApiCommand.Name}        writes the description of the HTTP API

        A command with --help tells its arguments. With --version the program tells its version.
        """;

    /// <summary>
    /// What is to be told in place of doing something; null where the arguments are those of a command or of the host.
    /// </summary>
    public static (string Text, bool IsRefusal)? Answer(string[] arguments) => arguments switch
    {
        ["help"] => (Commands, false),
        [var first, ..] when arguments.Any(argument => argument is "--help" or "-h" or "/?") =>
            (UsageOf(first) ?? Commands, false),
        _ when arguments.Contains("--version", StringComparer.Ordinal) => (ProductVersion.Text, false),
        // Settings look like --name value, /name value or name=value. The word itself is not shown: it can be a secret.
        [var word, ..] when UsageOf(word) is null && word.IndexOf('=') < 0 && word is not ['-' or '/', ..] =>
            ($"The first argument is no command.{Environment.NewLine}{Commands}", true),
        _ => null,
    };

    /// <summary>Returns the process's exit code.</summary>
    public static async Task<int> TellAsync(string text, bool isRefusal, TextWriter output, TextWriter error)
    {
        await (isRefusal ? error : output).WriteLineAsync(text);
        return isRefusal ? 1 : 0;
    }

    private static string? UsageOf(string name) => name switch
    {
        BackupCommand.Name => BackupCommand.Usage,
        RestoreCommand.Name => RestoreCommand.Usage,
        InviteCommand.Name => InviteCommand.Usage,
        CopyCommand.Name => CopySettings.Usage,
        HomologationCommand.Name => HomologationCommand.Usage,
        OpenApiCommand.Name => OpenApiCommand.Usage,
        _ => null,
    };
}

using System.Globalization;
using CallMyWay.LocalHost.Files;
using CallMyWay.LocalHost.Settings;

namespace CallMyWay.LocalHost.Backups;

/// <summary>What the commands about backups have in common.</summary>
internal static class Commands
{
    /// <summary>Runs a command. What went wrong is one message, without a stack.</summary>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(TextWriter error, Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (Exception exception) when (MessageOf(exception) is { } message)
        {
            await error.WriteLineAsync(message);
            return 1;
        }
    }

    /// <summary>Tells each tenth of the way.</summary>
    public static Action<double> Progress(TextWriter output)
    {
        var told = 0;
        return fraction =>
        {
            var tenths = (int)(fraction * 10);
            if (tenths > told)
            {
                told = tenths;
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tenths * 10} %"));
            }
        };
    }

    /// <summary>Why a command leaves a folder of another user as it is.</summary>
    /// <param name="owner">The user whose it is.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="does">What the command does.</param>
    public static StartException OfAnother(string owner, string folder, string does) => new(
        $"{folder} is the user {owner}'s, and what another user {does} there can't be read by the host. Nothing "
        + $"was touched. {FileOwner.RunAs(owner)}");

    private static string? MessageOf(Exception exception) => exception switch
    {
        BackupException or IOException or UnauthorizedAccessException => exception.Message,
        _ => StartException.Explain(exception),
    };
}

namespace CallMyWay.LocalHost.Settings;

/// <summary>The arguments of a command of the host, such as <c>--DataPath data --replace</c>.</summary>
internal static class CommandArguments
{
    /// <summary>The values by their names, whose case does not matter. A flag has an empty value.</summary>
    /// <param name="command">The command's name, for the messages.</param>
    /// <param name="arguments">What stands behind the command's name.</param>
    /// <param name="takesValue">Whether an argument of this name is known and takes a value.</param>
    /// <param name="flag">The name of the one argument that takes none; null where there is none.</param>
    /// <param name="usage">What the command knows, for whoever wrote something else.</param>
    /// <exception cref="StartException">An argument can't be read.</exception>
    public static Dictionary<string, string?> Read(
        string command, IReadOnlyList<string> arguments, Func<string, bool> takesValue, string? flag, string usage)
    {
        var given = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = arguments[i].Split('=', 2) is [var before, var after] ? (before, after) : (arguments[i], null);
            name = name.StartsWith("--", StringComparison.Ordinal) ? name[2..] : "";
            var isFlag = name.Equals(flag, StringComparison.OrdinalIgnoreCase);
            if (!isFlag && !takesValue(name))
            {
                // Don't show the argument itself: it can be a connection string.
                throw new StartException($"The argument {i + 1} of {command} is none that it knows.{Environment.NewLine}{usage}");
            }

            given[name] = (isFlag, value) switch
            {
                (true, null) => "",
                (true, _) => throw new StartException($"--{flag} takes no value."),
                (false, null) when ++i == arguments.Count => throw NeedsValue(name),
                // As of a script whose variable is not set: the default would be another folder than the one meant.
                (false, var text) => string.IsNullOrWhiteSpace(text ??= arguments[i]) ? throw NeedsValue(name) : text,
            };
        }

        return given;
    }

    private static StartException NeedsValue(string name) => new($"--{name} needs a value.");
}

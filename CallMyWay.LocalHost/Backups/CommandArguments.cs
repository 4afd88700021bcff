using CallMyWay.LocalHost.Settings;

namespace CallMyWay.LocalHost.Backups;

/// <summary>The arguments of a command, such as <c>--DataPath data --replace</c>.</summary>
internal sealed class CommandArguments
{
    private readonly Dictionary<string, string?> _given = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="arguments">What stands behind the command's name.</param>
    /// <param name="values">The names that take a value.</param>
    /// <param name="flags">The names that take none.</param>
    /// <param name="usage">What the command knows, for whoever wrote something else.</param>
    /// <exception cref="StartException">An argument is none of these.</exception>
    public CommandArguments(
        IReadOnlyList<string> arguments, IReadOnlyList<string> values, IReadOnlyList<string> flags, string usage)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = arguments[i].Split('=', 2) is [var before, var after] ? (before, after) : (arguments[i], null);
            name = name.StartsWith("--", StringComparison.Ordinal) ? name[2..] : "";
            if (flags.Contains(name, StringComparer.OrdinalIgnoreCase) && value is null)
            {
                _given[name] = null;
            }
            else if (values.Contains(name, StringComparer.OrdinalIgnoreCase) && (value ?? arguments.ElementAtOrDefault(++i)) is { Length: > 0 } given)
            {
                _given[name] = given;
            }
            else
            {
                throw new StartException($"'{arguments[Math.Min(i, arguments.Count - 1)]}' can't be read here.{Environment.NewLine}{usage}");
            }
        }
    }

    public string? this[string name] => _given.GetValueOrDefault(name);

    public bool Has(string name) => _given.ContainsKey(name);
}

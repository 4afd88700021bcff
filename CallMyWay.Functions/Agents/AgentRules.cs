using System.Text.RegularExpressions;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Agents;

/// <summary>Checks an agent's id and name, wherever an agent is created.</summary>
public static partial class AgentRules
{
    public static void CheckId(string? agentId, FieldErrors errors)
    {
        if (agentId is null || !Ids().IsMatch(agentId))
        {
            errors.Add(
                "agentId",
                "Use de 1 a 64 letras minúsculas, números, punto, guion o guion bajo.",
                "Use 1 to 64 small letters, digits, dots, dashes or underscores.");
        }
    }

    public static void CheckName(string? name, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 200)
        {
            errors.Add(
                "name", "Escriba el nombre, de hasta 200 caracteres.", "Write the name, of at most 200 characters.");
        }
    }

    [GeneratedRegex(
        @"^[a-z0-9][a-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex Ids();
}

using CallMyWay.Functions.Api;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>
/// The rule for new passwords: they must be long. Rules about kinds of characters make passwords worse (NIST SP
/// 800-63B, 3.1.1.2).
/// </summary>
internal static class PasswordRule
{
    public static bool Check(string? password, FieldErrors errors)
    {
        if (password?.Length is >= LocalAccounts.ShortestPassword and <= LocalAccounts.LongestPassword)
        {
            return true;
        }

        errors.Add(
            "password",
            $"Use de {LocalAccounts.ShortestPassword} a {LocalAccounts.LongestPassword} caracteres.",
            $"Use {LocalAccounts.ShortestPassword} to {LocalAccounts.LongestPassword} characters.");
        return false;
    }
}

using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Api;

/// <summary>Chooses the language of the answer to a request.</summary>
public static class RequestLanguage
{
    /// <summary>
    /// The language that the request asks for; else the signed-in agent's; else Spanish. The console asks for the
    /// language that it is set to.
    /// </summary>
    public static string Language(this HttpRequest request)
    {
        var asked = request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.Value)
            .FirstOrDefault(IsSpoken) ?? request.HttpContext.User.FindFirstValue(Principal.LanguageClaim);
        return asked is not null && Begins(asked, Text.Language.English)
            ? Text.Language.English
            : Text.Language.Spanish;
    }

    private static bool IsSpoken(string? language) =>
        language is not null && (Begins(language, Text.Language.Spanish) || Begins(language, Text.Language.English));

    private static bool Begins(string asked, string language) =>
        asked.StartsWith(language, StringComparison.OrdinalIgnoreCase);
}

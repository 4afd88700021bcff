using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Api;

/// <summary>A sentence that a person reads, in the two languages of the house. Spanish is the first.</summary>
public readonly record struct Phrase(string Es, string En)
{
    public string In(string language) => language == Language.English ? En : Es;
}

/// <summary>The language that a request's answer is written in.</summary>
public static class Language
{
    public const string Spanish = "es";

    public const string English = "en";

    /// <summary>
    /// What the request asks for, as the console does in the language that it is switched to; else the signed-in agent's; else Spanish.
    /// </summary>
    public static string Of(HttpRequest request)
    {
        var asked = request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.Value)
            .FirstOrDefault(IsSpoken) ?? request.HttpContext.User.FindFirstValue(Principal.LanguageClaim);
        return asked?.StartsWith(English, StringComparison.OrdinalIgnoreCase) == true ? English : Spanish;
    }

    private static bool IsSpoken(string? language) =>
        language is not null
        && (language.StartsWith(Spanish, StringComparison.OrdinalIgnoreCase) || language.StartsWith(English, StringComparison.OrdinalIgnoreCase));
}

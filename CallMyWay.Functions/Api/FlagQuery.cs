using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Api;

/// <summary>Reads true or false in a query.</summary>
public static class FlagQuery
{
    /// <summary>The flag; false without the parameter.</summary>
    public static bool Read(HttpRequest request, string name, FieldErrors errors) =>
        Find(request, name, errors) ?? false;

    /// <summary>The flag; null without the parameter.</summary>
    public static bool? Find(HttpRequest request, string name, FieldErrors errors)
    {
        if (!request.Query.TryGetValue(name, out var given))
        {
            return null;
        }

        // The bare word, as in ?preview, says neither: what is asked for must not be done for it, nor left undone.
        var text = given.ToString();
        if (bool.TryParse(text, out var flag))
        {
            return flag;
        }

        errors.Add(name, "Escriba true o false.", "Write true or false.");
        return null;
    }
}

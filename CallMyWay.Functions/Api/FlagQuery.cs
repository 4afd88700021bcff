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
        var text = request.Query[name].ToString();
        if (text.Length == 0)
        {
            return null;
        }

        if (bool.TryParse(text, out var flag))
        {
            return flag;
        }

        errors.Add(name, "Escriba true o false.", "Write true or false.");
        return null;
    }
}

using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Api;

/// <summary>Reads true or false in a query. Without the parameter it is false.</summary>
public static class FlagQuery
{
    public static bool Read(HttpRequest request, string name, FieldErrors errors)
    {
        var text = request.Query[name].ToString();
        if (text.Length > 0 && !bool.TryParse(text, out _))
        {
            errors.Add(name, "Escriba true o false.", "Write true or false.");
        }

        return bool.TryParse(text, out var flag) && flag;
    }
}

using System.Globalization;
using CallMyWay.Functions.Provider;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Api;

/// <summary>A time in a query: ISO 8601; one without offset, and a bare date, are the account's.</summary>
public static class TimeQuery
{
    public static DateTimeOffset? Read(HttpRequest request, string name, Account zone, FieldErrors errors)
    {
        if (request.Query[name].ToString().Trim() is not { Length: > 0 } text)
        {
            return null;
        }

        // A plus that was not encoded in the query arrives as a space.
        var iso = text.Replace(' ', '+');
        if (DateTime.TryParseExact(iso, ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is > 1999 and < 2200)
        {
            return zone.ToInstant(local);
        }

        if (DateTimeOffset.TryParse(iso, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var instant) && instant.Year is > 1999 and < 2200)
        {
            return instant.ToUniversalTime();
        }

        errors.Add(name, "Escriba una fecha como 2026-01-31 o 2026-01-31T08:00:00-06:00.", "Write a date such as 2026-01-31 or 2026-01-31T08:00:00-06:00.");
        return null;
    }
}

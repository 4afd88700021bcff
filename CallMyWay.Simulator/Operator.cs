using System.Globalization;
using System.Text;

namespace CallMyWay.Simulator;

/// <summary>The operator's own addresses, and its formats of times and money.</summary>
public static class Operator
{
    public const string TimeFormat = "yyyy-MM-dd HH:mm:ss";

    public const string NotConnected = "1970-01-01 00:00:00";

    public static void MapOperator(this IEndpointRouteBuilder app)
    {
        app.MapGet(
            "/Welcome/ClickToDialExtenal", (HttpContext context, ClickToDial click) => click.AnswerAsync(context));
        app.MapGet(
            "/getCdrs.php", (HttpContext context, CallRecords records) => records.AnswerAsync(context, live: false));
        var live = app.ServiceProvider.GetRequiredService<Microsoft.Extensions.Options.IOptions<SimulatorOptions>>().Value.LiveCallsPath;
        if (live.Length > 0)
        {
            app.MapGet(live, (HttpContext context, CallRecords records) => records.AnswerAsync(context, live: true));
        }
    }

    public static string Time(DateTimeOffset at, AccountOptions account) =>
        TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(account.TimeZone))
            .ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static bool TryTime(string? text, TimeZoneInfo zone, out DateTimeOffset at)
    {
        var parsed = DateTime.TryParseExact(
            text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local);
        at = parsed && local.Year is > 1900 and < 9999
            ? new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime()
            : default;
        return at != default;
    }

    public static string Money(decimal amount) => amount.ToString("0.00##", CultureInfo.InvariantCulture);

    /// <summary>
    /// A refusal as text, with its status or with 200: the document does not say what a refusal looks like.
    /// </summary>
    internal static IResult Refuse(Shape shape, int status, string text) =>
        Results.Text(
            text, "text/plain", Encoding.UTF8, shape.Refusals == Refusals.Ok ? StatusCodes.Status200OK : status);

    /// <summary>The account that the request may use; or the reason to refuse it.</summary>
    internal static AccountOptions? Authorize(
        HttpContext context, EnabledAddresses addresses, Lines lines, Shape shape, out IResult? refusal)
    {
        refusal = null;
        if (!addresses.Contain(context.Connection.RemoteIpAddress))
        {
            refusal = Refuse(shape, StatusCodes.Status403Forbidden, "ERROR: IP no habilitada");
            return null;
        }

        var account = lines.Account(context.Request.Query["username"].ToString());
        if (account is null || account.Password != context.Request.Query["password"].ToString())
        {
            refusal = Refuse(shape, StatusCodes.Status401Unauthorized, "ERROR: usuario o clave incorrectos");
            return null;
        }

        return account;
    }
}

using Microsoft.Extensions.Options;

namespace CallMyWay.Simulator;

/// <summary>
/// The price of a call: by the longest prefix, per minute, charged by the second. The prices are made up: of a
/// plausible size in colones, but nobody's offer.
/// </summary>
public sealed class Tariff(IOptions<SimulatorOptions> options)
{
    private static readonly RouteOptions Free = new() { Name = "" };

    private static readonly RouteOptions Short = new() { Name = "Costa Rica - Servicios especiales" };

    private static readonly RouteOptions[] BuiltIn =
    [
        new() { Prefix = "", Name = "Internacional", Rate = 180m },
        new() { Prefix = "506", Name = "Costa Rica", Rate = 12m },
        new() { Prefix = "5062", Name = "Costa Rica - Fijo", Rate = 8.5m },
        new() { Prefix = "5064", Name = "Costa Rica - IP", Rate = 4.25m },
        new() { Prefix = "5066", Name = "Costa Rica - Móvil", Rate = 32.5m },
        new() { Prefix = "5067", Name = "Costa Rica - Móvil", Rate = 32.5m },
        new() { Prefix = "5068", Name = "Costa Rica - Móvil", Rate = 32.5m },
        new() { Prefix = "506800", Name = "Costa Rica - Cobro revertido" },
        new() { Prefix = "506900", Name = "Costa Rica - Servicio 900", Rate = 250m, AccessFee = 75m },
        new() { Prefix = "1", Name = "Estados Unidos y Canadá", Rate = 18.75m },
        new() { Prefix = "34", Name = "España", Rate = 22m },
        new() { Prefix = "502", Name = "Guatemala", Rate = 95m },
        new() { Prefix = "503", Name = "El Salvador", Rate = 98m },
        new() { Prefix = "504", Name = "Honduras", Rate = 102m },
        new() { Prefix = "505", Name = "Nicaragua", Rate = 110m },
        new() { Prefix = "507", Name = "Panamá", Rate = 45m },
        new() { Prefix = "52", Name = "México", Rate = 25m },
        new() { Prefix = "57", Name = "Colombia", Rate = 28m },
    ];

    private readonly IEnumerable<RouteOptions> _routes = options.Value.Tariff.Count > 0
        ? options.Value.Tariff
        : BuiltIn;

    /// <summary>
    /// The line of the table for an outgoing call. Incoming and internal calls have none, and cost nothing.
    /// </summary>
    public RouteOptions Route(CallType type, string dnis)
    {
        if (type != CallType.Out)
        {
            return Free;
        }

        if (PhoneText.International(dnis) is not { } number)
        {
            return Short;
        }

        // 8-digit mobile numbers begin with 8 too. The services 800 and 900 are recognized by their ten digits.
        var isNational = number.StartsWith("506", StringComparison.Ordinal) && number.Length == 11;
        return _routes
            .Where(route => number.StartsWith(route.Prefix, StringComparison.Ordinal))
            .Where(route => !(isNational && route.Prefix is "506800" or "506900"))
            .MaxBy(route => route.Prefix.Length) ?? Free;
    }

    public static decimal Cost(RouteOptions route, int seconds) =>
        decimal.Round(route.Rate * seconds / 60m, 4, MidpointRounding.AwayFromZero);
}

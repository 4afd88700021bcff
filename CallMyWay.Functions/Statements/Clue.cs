using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Statements;

/// <summary>Why an invoice and our sum can differ.</summary>
public enum ClueKind
{
    /// <summary>
    /// The operator corrected the records after the month's end: the invoice may have what they said before.
    /// </summary>
    CorrectedAfterwards,

    /// <summary>The records have no cost, and the calls connected.</summary>
    WithoutCost,

    /// <summary>
    /// The calls go over a border of the month, or lie next to one: the invoice may count them on the other side.
    /// </summary>
    AtTheBorder,

    /// <summary>Notifications told a cost of calls that have no record.</summary>
    WithoutRecord,

    /// <summary>Notifications told another cost than the records.</summary>
    CostsDiffer,

    /// <summary>The amount of a single call is the difference: the invoice lacks it, or has it twice.</summary>
    OneCall,

    /// <summary>The amount of a route is the difference.</summary>
    OneRoute,

    /// <summary>
    /// The access fees together are the difference: the setting <c>CostIncludesAccessFee</c> is the other way round.
    /// </summary>
    AccessFees,
}

/// <summary>What could explain a difference, or a part of it.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Count">How many calls it is about.</param>
/// <param name="Amount">
/// By how much the invoice would differ from our sum for it: above zero where it would be higher. Null where that can't
/// be told.
/// </param>
/// <param name="IsExact">True where all of it, or one of its calls, is the difference to the cent.</param>
/// <param name="Calls">The calls, those that are the difference first, then the largest; at most 20.</param>
public sealed record Clue(
    ClueKind Kind, int Count, decimal? Amount, bool IsExact, IReadOnlyList<ClueCall> Calls)
{
    /// <summary>The route, of <see cref="ClueKind.OneRoute"/>.</summary>
    public RouteSum? Route { get; init; }

    /// <summary>What to look at, in plain words.</summary>
    internal static Phrase TextOf(ClueKind kind) => kind switch
    {
        ClueKind.CorrectedAfterwards => new(
            "El operador corrigió estos registros después del fin de mes. La factura puede tener el valor anterior.",
            "The operator corrected these records after the month's end. The invoice may have what they said before."),
        ClueKind.WithoutCost => new(
            "Estas llamadas se contestaron y su registro no trae costo.",
            "These calls connected, and their records have no cost."),
        ClueKind.AtTheBorder => new(
            "Estas llamadas están en el límite del mes. La factura puede contarlas en el otro mes.",
            "These calls are at a border of the month. The invoice may count them in the other month."),
        ClueKind.WithoutRecord => new(
            "Los avisos dieron un costo y no hay registro de estas llamadas.",
            "Notifications told a cost of these calls, which have no record."),
        ClueKind.CostsDiffer => new(
            "Los avisos dieron otro costo que los registros.",
            "Notifications told another cost than the records."),
        ClueKind.OneCall => new(
            "El monto de una sola llamada es la diferencia: falta en la factura, o está dos veces.",
            "The amount of a single call is the difference: the invoice lacks it, or has it twice."),
        ClueKind.OneRoute => new(
            "El monto de este destino es la diferencia: falta en la factura, o está dos veces.",
            "The amount of this route is the difference: the invoice lacks it, or has it twice."),
        _ => new(
            "La suma de los cargos de acceso es la diferencia. Revise CostIncludesAccessFee en la configuración.",
            "The access fees together are the difference. Check CostIncludesAccessFee in the settings."),
    };
}

/// <summary>A call of a <see cref="Clue"/>.</summary>
/// <param name="CallId">Its id.</param>
/// <param name="At">When it began.</param>
/// <param name="Amount">By how much the invoice would differ for it; null where that can't be told.</param>
public sealed record ClueCall(string CallId, DateTimeOffset At, decimal? Amount);

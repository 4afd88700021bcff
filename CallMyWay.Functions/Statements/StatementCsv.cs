using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Statements;

/// <summary>A statement as CSV: a row for each route, and the last one the sum.</summary>
internal static class StatementCsv
{
    private static readonly Phrase[] Heads =
    [
        new("mes", "month"), new("cuenta", "account"), new("moneda", "currency"), new("patrón", "pattern"),
        new("destino", "destination"), new("tarifa por minuto", "rate per minute"), new("llamadas", "calls"),
        new("contestadas", "connected"), new("segundos", "seconds"), new("minutos cobrados", "billed minutes"),
        new("costo", "cost"), new("cargo de acceso", "access fee"), new("total", "total"),
        new("sin costo", "without cost"),
    ];

    private static readonly Phrase Total = new("TOTAL", "TOTAL");

    private static readonly Phrase Invoice = new("FACTURA", "INVOICE");

    private static readonly Phrase Difference = new("DIFERENCIA", "DIFFERENCE");

    public static byte[] Of(StatementView statement, string language, CsvForm form) => CsvText.Of(form, csv =>
    {
        csv.Texts(Heads.Select(head => head.In(language))).EndRow();
        foreach (var route in statement.Routes)
        {
            Row(csv, statement, route.Pattern, route.Name, route.Rate, route);
        }

        Row(csv, statement, null, Total.In(language), null, statement.Totals);
        if (statement.Invoice is { } invoice)
        {
            Row(csv, statement, Invoice.In(language), invoice.Total);
            Row(csv, statement, Difference.In(language), statement.Difference);
        }
    });

    private static void Row(
        CsvText csv, StatementView statement, string? pattern, string? name, decimal? rate, StatementSums sums) =>
        csv.Texts(statement.Month, statement.Account, statement.Currency, pattern, name)
            .Number(rate).Number(sums.Calls).Number(sums.Connected).Number(sums.Seconds).Number(sums.BilledMinutes)
            .Number(sums.Cost).Number(sums.AccessFees).Number(sums.Total).Number(sums.WithoutCost)
            .EndRow();

    private static void Row(CsvText csv, StatementView statement, string name, decimal? total) =>
        csv.Texts(statement.Month, statement.Account, statement.Currency, null, name)
            .Number(null).Number(null).Number(null).Number(null).Number(null).Number(null).Number(null).Number(total)
            .Number(null)
            .EndRow();
}

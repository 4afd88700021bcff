using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Reports;

/// <summary>A report as CSV: a line for each row, and the last one the totals.</summary>
internal static class ReportCsv
{
    private static readonly Phrase[] Heads =
    [
        new("entrantes", "in"), new("salientes", "out"), new("internas", "internal"), new("perdidas", "missed"),
        new("contestadas", "answered"), new("tasa de contestación", "answered rate"),
        new("contestadas en 20 s", "answered within 20 s"), new("salientes contestadas", "out answered"),
        new("segundos de conversación", "talk seconds"), new("documentadas", "wrap-ups"),
        new("segundos de documentación", "wrap-up seconds"), new("devueltas", "called back"),
        new("segundos hasta devolver", "seconds to call back"), new("con resultado", "with outcome"),
        new("promesas", "promises"), new("promesas cumplidas", "promises kept"),
    ];

    // Of each currency.
    private static readonly Phrase[] AmountHeads =
    [
        new("costo", "cost"), new("costo por resultado", "cost per outcome"), new("cargos", "charges"),
        new("prometido", "promised"), new("pagado", "paid"),
    ];

    public static byte[] Of(ReportView report, string language, CsvForm form)
    {
        List<string> currencies =
        [
            report.Totals.Currency,
            .. (report.Totals.Amounts ?? []).Select(each => each.Currency)
                .Where(currency => currency != report.Totals.Currency),
        ];
        return CsvText.Of(form, csv =>
        {
            csv.Texts(HeadOf(report.By).In(language))
                .Texts(Heads.Select(head => head.In(language)))
                .Texts(currencies.SelectMany(currency => AmountHeads.Select(
                    head => $"{head.In(language)} {currency}")))
                .EndRow();
            foreach (var row in report.Items.Append(report.Totals))
            {
                Write(csv, row, currencies);
            }
        });
    }

    private static Phrase HeadOf(ReportBy by) => by switch
    {
        ReportBy.Day => new("día", "day"),
        ReportBy.Hour => new("hora", "hour"),
        ReportBy.Agent => new("agente", "agent"),
        ReportBy.Team => new("equipo", "team"),
        ReportBy.Outcome => new("resultado", "outcome"),
        _ => new("contacto", "contact"),
    };

    private static void Write(CsvText csv, ReportRow row, IReadOnlyList<string> currencies)
    {
        csv.Text(row.Label)
            .Number(row.In).Number(row.Out).Number(row.Internal).Number(row.Missed).Number(row.Answered)
            .Number((decimal?)row.AnsweredRate).Number(row.AnsweredWithin20).Number(row.Reached)
            .Number(row.TalkSeconds).Number(row.WrapUps).Number(row.WrapUpSeconds).Number(row.Returned)
            .Number(row.CallBackSeconds).Number(row.Documented).Number(row.PromisesMade).Number(row.PromisesKept);
        foreach (var currency in currencies)
        {
            var amounts = row.Amounts?.FirstOrDefault(each => each.Currency == currency)
                ?? (currency == row.Currency
                    ? new ReportAmounts(currency, row.Cost, row.Charges, row.PromisedAmount, row.PaidAmount)
                    : new ReportAmounts(currency, 0, 0, 0, 0));
            csv.Number(amounts.Cost)
                .Number(row.Documented == 0 ? null : Math.Round(amounts.Cost / row.Documented, 2))
                .Number(amounts.Charges).Number(amounts.PromisedAmount).Number(amounts.PaidAmount);
        }

        csv.EndRow();
    }
}

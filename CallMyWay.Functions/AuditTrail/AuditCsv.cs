using System.Globalization;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.AuditTrail;

/// <summary>Entries of the audit as rows of a table. What was before and after is JSON.</summary>
/// <param name="language">Of the header.</param>
/// <param name="zone">Of the times.</param>
internal sealed class AuditCsv(string language, TimeZoneInfo zone)
{
    private static readonly Phrase[] Heads =
    [
        new("fecha", "date"), new("hora", "time"), new("usuario", "user"), new("nombre", "name"),
        new("cambio", "change"), new("código", "id"), new("antes", "before"), new("después", "after"),
        new("campos recortados", "cut fields"), new("dirección", "address"),
    ];

    public void WriteHead(CsvText csv) => csv.Texts(Heads.Select(head => head.In(language))).EndRow();

    public void Write(CsvText csv, AuditEntry entry)
    {
        var at = TimeZoneInfo.ConvertTime(entry.At, zone);
        csv.Texts(
            at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            at.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            entry.Who,
            entry.WhoName,
            entry.What,
            entry.Id,
            AuditStore.TextOf(entry.Before),
            AuditStore.TextOf(entry.After),
            entry.Cut is null ? null : string.Join(", ", entry.Cut),
            entry.Address)
            .EndRow();
    }
}

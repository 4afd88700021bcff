namespace CallMyWay.Functions.Text;

/// <summary>
/// How a CSV file is written. Which one a spreadsheet opens at once depends on the country that its machine is set to.
/// </summary>
public enum CsvForm
{
    /// <summary>Commas between cells, and a point in numbers: RFC 4180, for programs and for the United States.</summary>
    Comma,

    /// <summary>Semicolons between cells, and a comma in numbers: for Costa Rica and much of Europe.</summary>
    Semicolon,
}

/// <summary>The signs of a form.</summary>
internal static class CsvForms
{
    /// <summary>What stands between two cells.</summary>
    public static string Separator(this CsvForm form) => form == CsvForm.Semicolon ? ";" : ",";

    /// <summary>A number that has a decimal point, with the sign of the form.</summary>
    public static string Number(this CsvForm form, string number) =>
        form == CsvForm.Semicolon ? number.Replace('.', ',') : number;
}

namespace CallMyWay.Functions.Text;

/// <summary>A row of a table opens quotes that are never closed.</summary>
public sealed class CsvFormatException(int row, Exception? innerException = null)
    : FormatException($"Row {row} opens quotes that are never closed.", innerException)
{
    /// <summary>As a spreadsheet counts, from 1 on.</summary>
    public int Row { get; } = row;

    /// <summary>What is to be done about it.</summary>
    public Phrase Words => new(
        $"En la fila {Row} se abren comillas que no se cierran. Corríjala y súbalo otra vez.",
        $"Row {Row} opens quotes that are never closed. Correct it and upload the file again.");
}

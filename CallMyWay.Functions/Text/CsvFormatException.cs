namespace CallMyWay.Functions.Text;

/// <summary>A row of a table opens quotes that are never closed.</summary>
public sealed class CsvFormatException(int row, Exception? innerException = null)
    : FormatException($"Row {row} opens quotes that are never closed.", innerException)
{
    /// <summary>As a spreadsheet counts, from 1 on.</summary>
    public int Row { get; } = row;
}

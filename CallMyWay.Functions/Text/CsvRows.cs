using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace CallMyWay.Functions.Text;

/// <summary>Reads a table of text, row by row: CSV (RFC 4180) with any separator, or a table pasted from a sheet.</summary>
public sealed class CsvRows : IDisposable
{
    /// <summary>The longest cell. A quote that is never closed would make one of the whole rest of the file.</summary>
    public const int LongestCell = 32 * 1024;

    /// <summary>How much of a file tells its separator.</summary>
    private const int Sample = 64 * 1024;

    private const int SampleRows = 50;

    private static readonly char[] Separators = [';', ',', '\t'];

    private readonly CsvParser _parser;

    private readonly TextReader _reader;

    private readonly char _separator;

    private readonly int _before;

    private readonly bool _isPart;

    /// <summary>The row whose quotes are not closed in what was sent.</summary>
    private int? _open;

    /// <param name="reader">The text, which is disposed with this.</param>
    /// <param name="separator">What stands between two cells.</param>
    /// <param name="before">How many rows of the file stand before this text.</param>
    /// <param name="isPart">True where the text may break off within its last row.</param>
    public CsvRows(TextReader reader, char separator, int before = 0, bool isPart = false)
    {
        (_reader, _separator, _before, _isPart) = (reader, separator, before, isPart);
        _parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = separator.ToString(),
            // In a cell that begins without a quote, a quote is an ordinary character: 5" pipe.
            BadDataFound = null,
            // So that rows are counted as a spreadsheet counts them.
            IgnoreBlankLines = false,
            MaxFieldSize = LongestCell,
            BufferSize = 32 * 1024,
        });
    }

    /// <summary>Which row of the file it is, from 1 on, as a spreadsheet counts.</summary>
    public int Row => _before + _parser.Row;

    /// <summary>The cells of the row.</summary>
    public string[] Cells => _parser.Record ?? [];

    /// <summary>True where nothing is written in the row.</summary>
    public bool IsBlank => Array.TrueForAll(Cells, string.IsNullOrWhiteSpace);

    /// <summary>Goes to the next row; false at the end.</summary>
    /// <exception cref="CsvFormatException">Quotes are not closed: other rows would be part of a cell.</exception>
    public bool Read()
    {
        if (!ReadAny())
        {
            return false;
        }

        if (_open is { } before)
        {
            throw new CsvFormatException(before);
        }

        if (HasOpenQuotes(_parser.RawRecord, _separator))
        {
            _open = _isPart ? Row : throw new CsvFormatException(Row);
        }

        return true;
    }

    private bool ReadAny()
    {
        try
        {
            return _parser.Read();
        }
        catch (MaxFieldSizeException error)
        {
            throw new CsvFormatException(Row, error);
        }
    }

    /// <summary>
    /// True where the quotes of a cell are not closed before the text ends, or are closed by those of another row: then
    /// a line break is in them, and something stands behind them.
    /// </summary>
    private static bool HasOpenQuotes(ReadOnlySpan<char> row, char separator)
    {
        for (var at = 0; at < row.Length; at++)
        {
            var isOpen = row[at] == '"';
            if (!isOpen)
            {
                var length = row[at..].IndexOf(separator);
                at = length < 0 ? row.Length : at + length;
                continue;
            }

            var (hasBreak, isClean) = (false, true);
            for (at++; at < row.Length && (isOpen || row[at] != separator); at++)
            {
                if (row[at] == '"')
                {
                    isOpen = !isOpen;
                }
                else if (row[at] is '\r' or '\n')
                {
                    hasBreak |= isOpen;
                }
                else if (!isOpen && row[at] != ' ')
                {
                    isClean = false;
                }
            }

            if (isOpen || (hasBreak && !isClean))
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        _parser.Dispose();
        _reader.Dispose();
    }

    /// <summary>
    /// The separator by which the rows have as many cells as the first one. Some spreadsheets write it in a first line
    /// of its own (<c>sep=;</c>), which is then <paramref name="linesBefore"/> the table.
    /// </summary>
    public static char SeparatorOf(string beginning, out int linesBefore)
    {
        linesBefore = 0;
        if (beginning.Length > 5 && beginning.StartsWith("sep=", StringComparison.OrdinalIgnoreCase)
            && beginning[5] is '\r' or '\n' && (Separators.Contains(beginning[4]) || beginning[4] is '|' or ':'))
        {
            linesBefore = 1;
            return beginning[4];
        }

        var text = beginning.Length < Sample ? beginning : beginning[..Sample];
        return Separators.MaxBy(separator => Likelihood(text, separator));
    }

    // Above 1: all rows have as many cells as the first. Of 0: the first row is one cell, and so are all others.
    private static double Likelihood(string text, char separator)
    {
        var counts = new List<int>();
        using var rows = new CsvRows(new StringReader(text), separator);
        try
        {
            while (counts.Count < SampleRows && rows.ReadAny())
            {
                if (!rows.IsBlank)
                {
                    counts.Add(rows.Cells.Length);
                }
            }
        }
        catch (CsvFormatException)
        {
            // The rows before the quotes that don't close tell it too.
        }

        // What is cut off at the end of the sample is no row.
        if (text.Length >= Sample && counts.Count is > 1 and < SampleRows)
        {
            counts.RemoveAt(counts.Count - 1);
        }

        if (counts.Count == 0)
        {
            return -1;
        }

        var share = counts.Count(count => count == counts[0]) / (double)counts.Count;
        return counts[0] < 2 ? share - 1 : share + (counts[0] / 1000.0);
    }
}

using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;
using CsvHelper.Configuration;

namespace CallMyWay.Functions.Text;

/// <summary>
/// Writes a table as CSV (RFC 4180): UTF-8 with a byte order mark, by which spreadsheets know the encoding. Numbers have
/// the decimal sign of the form. A text that a spreadsheet would take for a formula gets an apostrophe in front, and so
/// does each part of it that would begin a cell for one that splits at other signs than the form's: at semicolons, tabs
/// or commas.
/// </summary>
public sealed partial class CsvText : IDisposable
{
    /// <summary>The type of what is written.</summary>
    public const string ContentType = "text/csv; charset=utf-8";

    // The wide forms are read as the narrow ones by some spreadsheets.
    private const string BeginsFormula = "=+\\-@＝＋－＠";

    // Behind a separator the quotes are those of a cell that a spreadsheet opens there.
    private const string Formula =
        "^(?=[" + BeginsFormula + "\\t\\r\\n])|(?<=[;\\t\\r\\n])(?=\"*[" + BeginsFormula + "])";

    // With semicolons between cells a comma is no reason to quote one.
    private const string FormulaWithSemicolons = Formula + "|(?<=,)(?=\"*[" + BeginsFormula + "])";

    private const string Apostrophe =
        "^'(?=[0-9" + BeginsFormula + "\\t\\r\\n])|(?<=[;,\\t\\r\\n])'(?=\"*[" + BeginsFormula + "])";

    private static readonly SearchValues<char> Suspects = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    private readonly CsvWriter _writer;

    private readonly CsvForm _form;

    /// <summary>
    /// The text that a cell was made of: without the apostrophes that <see cref="Text"/>, or a spreadsheet, writes in
    /// front of what would become a formula or a number.
    /// </summary>
    public static string WithoutApostrophe(string cell) =>
        cell.Contains('\'', StringComparison.Ordinal) ? Apostrophes().Replace(cell, "") : cell;

    /// <param name="stream">Where to; it stays open.</param>
    /// <param name="form">What stands between two cells, and in numbers.</param>
    public CsvText(Stream stream, CsvForm form)
    {
        _form = form;
        _writer = new CsvWriter(
            new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true),
            new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n", Delimiter = form.Separator() });
    }

    /// <summary>The whole of a small table.</summary>
    public static byte[] Of(CsvForm form, Action<CsvText> write)
    {
        using var stream = new MemoryStream();
        using (var csv = new CsvText(stream, form))
        {
            write(csv);
        }

        return stream.ToArray();
    }

    /// <summary>A field of text.</summary>
    public CsvText Text(string? text)
    {
        var cell = text is not null && text.AsSpan().ContainsAny(Suspects)
            ? (_form == CsvForm.Semicolon ? FormulasWithSemicolons() : Formulas()).Replace(text, "'")
            : text;
        if (cell?.AsSpan().IndexOfAny('\r', '\n') >= 0)
        {
            // The writer quotes the line's end that it writes itself, and no other.
            _writer.WriteField(cell, shouldQuote: true);
        }
        else
        {
            _writer.WriteField(cell);
        }

        return this;
    }

    /// <summary>Fields of text.</summary>
    public CsvText Texts(params IEnumerable<string?> texts)
    {
        foreach (var text in texts)
        {
            Text(text);
        }

        return this;
    }

    /// <summary>A number; an empty field where there is none.</summary>
    public CsvText Number(decimal? number)
    {
        _writer.WriteField(number is { } value ? _form.Number(value.ToString(CultureInfo.InvariantCulture)) : null);
        return this;
    }

    public void EndRow() => _writer.NextRecord();

    /// <summary>Hands to the stream all that was written.</summary>
    public void Flush() => _writer.Flush();

    public void Dispose() => _writer.Dispose();

    [GeneratedRegex(Formula, RegexOptions.CultureInvariant, matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex Formulas();

    [GeneratedRegex(
        FormulaWithSemicolons, RegexOptions.CultureInvariant, matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex FormulasWithSemicolons();

    [GeneratedRegex(Apostrophe, RegexOptions.CultureInvariant, matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex Apostrophes();
}

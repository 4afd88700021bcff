using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CallMyWay.Functions.Api;

/// <summary>A table that was sent as the body of a request.</summary>
public sealed class UploadedTable : IDisposable
{
    /// <summary>How much of the text tells the separator.</summary>
    private const int Sample = 64 * 1024;

    private readonly ByteChunks _bytes;

    private readonly FileFormat _format;

    private readonly int _linesBefore;

    private readonly bool _isPart;

    private UploadedTable(ByteChunks bytes, FileFormat format, bool isPart)
    {
        (_bytes, _format, _isPart) = (bytes, format, isPart);
        using var reader = OpenText();
        var sample = new char[Sample];
        Separator = CsvRows.SeparatorOf(new string(sample, 0, reader.ReadBlock(sample, 0, Sample)), out _linesBefore);
    }

    /// <summary>The name of the encoding, such as <c>windows-1252</c>.</summary>
    public string Encoding => _format.Name;

    public char Separator { get; }

    /// <summary>The table, or the refusal: 400 where the body is none, 413 where it is too large.</summary>
    /// <param name="request">The request.</param>
    /// <param name="mostBytes">
    /// How many bytes it may have. Of what is too large twice as many are read, to refuse it in words.
    /// </param>
    /// <param name="isPart">True where the file goes on behind what was sent.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public static async Task<(UploadedTable? Table, IResult? Refusal)> ReadAsync(
        HttpRequest request, int mostBytes, bool isPart, CancellationToken cancellationToken)
    {
        if (request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true)
        {
            return (null, request.Problem(
                StatusCodes.Status415UnsupportedMediaType,
                new("Formato no aceptado", "Format not accepted"),
                new(
                    "Envíe el archivo mismo como contenido de la solicitud, y no dentro de un formulario.",
                    "Send the file itself as the content of the request, and not within a form.")));
        }

        var mostRead = 2L * mostBytes;
        if (request.ContentLength > mostRead)
        {
            return (null, TooLarge(request, mostBytes));
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = mostRead;
        }

        ByteChunks? bytes;
        try
        {
            bytes = request.ContentLength > mostBytes
                ? null
                : await ByteChunks.ReadAsync(request.Body, mostBytes, cancellationToken);
            if (bytes is null)
            {
                // A client that is still sending does not read an answer, but sees a connection that broke.
                await request.Body.CopyToAsync(Stream.Null, cancellationToken);
            }
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            bytes = null;
        }

        if (bytes is null)
        {
            return (null, TooLarge(request, mostBytes));
        }

        var format = FileFormat.Of(bytes, isPart);
        if (format.Kind == FileKind.Text)
        {
            return (new UploadedTable(bytes, format, isPart), null);
        }

        bytes.Dispose();
        return (null, NoTable(request, WordsFor(format.Kind)));
    }

    /// <summary>The rows from the first one on, with its header.</summary>
    public CsvRows OpenRows()
    {
        var reader = OpenText();
        for (var i = 0; i < _linesBefore; i++)
        {
            _ = reader.ReadLine();
        }

        return new CsvRows(reader, Separator, _linesBefore, _isPart);
    }

    public void Dispose() => _bytes.Dispose();

    /// <summary>400: the body is no table.</summary>
    public static IResult NoTable(HttpRequest request, Phrase why) =>
        request.Problem(StatusCodes.Status400BadRequest, new("No es una tabla", "It is no table"), why);

    private static IResult TooLarge(HttpRequest request, int mostBytes) => request.Problem(
        StatusCodes.Status413PayloadTooLarge,
        new("Archivo demasiado grande", "The file is too large"),
        new(
            $"El archivo pasa de {mostBytes / 1024 / 1024} MB. Divídalo en varios, cada uno con la fila de títulos.",
            $"The file is larger than {mostBytes / 1024 / 1024} MB. Split it, each part with the header row."));

    private static Phrase WordsFor(FileKind kind) => kind switch
    {
        FileKind.Empty => new("El archivo está vacío.", "The file is empty."),
        FileKind.Workbook => new(
            "Es un libro de Excel u otro archivo comprimido. Ábralo y guárdelo como CSV (UTF-8).",
            "It is an Excel workbook or another compressed file. Open it and save it as CSV (UTF-8)."),
        FileKind.Pdf => new(
            "Es un PDF. Pida la tabla como hoja de cálculo y guárdela como CSV.",
            "It is a PDF. Ask for the table as a spreadsheet and save it as CSV."),
        FileKind.Markup => new(
            "Es una página web o XML. Ábralo con la hoja de cálculo y guárdelo como CSV.",
            "It is a web page or XML. Open it with the spreadsheet and save it as CSV."),
        _ => new(
            "No es un archivo de texto. Abra la tabla con la hoja de cálculo y guárdela como CSV.",
            "It is no text file. Open the table with the spreadsheet and save it as CSV."),
    };

    private StreamReader OpenText() =>
        new(_bytes.OpenRead(), _format.Encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 32 * 1024);
}

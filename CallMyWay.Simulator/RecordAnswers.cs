using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CallMyWay.Simulator;

/// <summary>Answers to a query for records that are none: the faults that hit a whole answer.</summary>
internal static class RecordAnswers
{
    /// <summary>The size of the answer of <see cref="Faults.RecordsHuge"/>.</summary>
    public const int HugeBytes = 100_000_000;

    private static readonly JsonSerializerOptions Escaped =
        new(Json.Options) { Encoder = JavaScriptEncoder.Default };

    private const string Page = """
        <!doctype html><html lang="es"><head><title>CallMyWay</title></head>
        <body><h1>Sitio en mantenimiento</h1><p>Intente de nuevo m&aacute;s tarde.</p></body></html>
        """;

    /// <summary>What is answered instead of the records; null where no fault hits this query.</summary>
    public static IResult? Instead(Faults faults, int request)
    {
        return Hits(faults.RecordsError, "recordsError") ? Text("ERROR", StatusCodes.Status500InternalServerError)
            : Hits(faults.RecordsRefused, "recordsRefused")
                ? Text("ERROR: IP no habilitada", StatusCodes.Status403Forbidden)
            : Hits(faults.RecordsHtml, "recordsHtml") ? Results.Text(Page, "text/html", Encoding.UTF8)
            : Hits(faults.RecordsEmpty, "recordsEmpty") ? Results.Bytes([], "application/json")
            : Hits(faults.RecordsText, "recordsText")
                ? Text("ERROR: base de datos no disponible", StatusCodes.Status200OK)
            : null;

        bool Hits(Share share, string fault) => faults.Hits(share, fault, request, 0);

        static IResult Text(string text, int status) => Results.Text(text, "text/plain", Encoding.UTF8, status);
    }

    /// <summary>The records, or what a fault leaves of them.</summary>
    public static IResult Of(object records, RecordEncoding encoding, Faults faults, int request)
    {
        return Hits(faults.RecordsCut, "recordsCut") ? Results.Bytes(Half(Whole()), "application/json")
            : Hits(faults.RecordsAborted, "recordsAborted") ? new Aborted(Whole())
            : Hits(faults.RecordsHuge, "recordsHuge") ? new Huge(Whole())
            : Results.Bytes(Whole(), "application/json");

        bool Hits(Share share, string fault) => faults.Hits(share, fault, request, 0);

        byte[] Whole() => encoding switch
        {
            RecordEncoding.Latin1 => Encoding.Latin1.GetBytes(JsonSerializer.Serialize(records, Json.Options)),
            RecordEncoding.Escaped => JsonSerializer.SerializeToUtf8Bytes(records, Escaped),
            _ => JsonSerializer.SerializeToUtf8Bytes(records, Json.Options),
        };
    }

    private static byte[] Half(byte[] whole) => whole[..Math.Max(1, whole.Length / 2)];

    private sealed class Aborted(byte[] whole) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "application/json";
            httpContext.Response.ContentLength = whole.Length;
            await httpContext.Response.Body.WriteAsync(Half(whole), httpContext.RequestAborted);
            await httpContext.Response.Body.FlushAsync(httpContext.RequestAborted);
            // The reset of a connection discards what its reader has not read yet. So the first half gets some time.
            await Task.Delay(TimeSpan.FromMilliseconds(100), httpContext.RequestAborted);
            httpContext.Abort();
        }
    }

    private sealed class Huge(byte[] whole) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var (body, stopped) = (httpContext.Response.Body, httpContext.RequestAborted);
            httpContext.Response.ContentType = "application/json";
            await body.WriteAsync(whole, stopped);
            var spaces = new byte[64 * 1024];
            Array.Fill(spaces, (byte)' ');
            for (var left = HugeBytes - whole.Length; left > 0; left -= spaces.Length)
            {
                await body.WriteAsync(spaces.AsMemory(0, Math.Min(left, spaces.Length)), stopped);
            }
        }
    }
}

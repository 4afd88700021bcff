using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CallMyWay.Functions.Storage;

/// <summary>
/// What records and rows are written into: one buffer for each thread, as it is used for a moment and never twice at
/// once.
/// </summary>
internal static class JsonBuffer
{
    private const int LongestKept = 256 * 1024;

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? t_kept;

    /// <summary>What people write (names, notes) stays readable in the storage, which is no web page.</summary>
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer) Take()
    {
        if (t_kept is not { } kept)
        {
            var made = new ArrayBufferWriter<byte>(1024);
            t_kept = kept = (
                made, new Utf8JsonWriter(made, new JsonWriterOptions { Encoder = Encoder, SkipValidation = true }));
        }

        kept.Buffer.ResetWrittenCount();
        kept.Writer.Reset();
        return kept;
    }

    /// <summary>Lets go of one that has become large.</summary>
    public static void Return()
    {
        if (t_kept is { Buffer.Capacity: > LongestKept })
        {
            t_kept = null;
        }
    }
}

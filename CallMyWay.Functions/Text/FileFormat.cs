using System.Text;

namespace CallMyWay.Functions.Text;

/// <summary>What a file is, by its bytes alone.</summary>
public enum FileKind
{
    Text,

    /// <summary>There is nothing in it but spaces.</summary>
    Empty,

    /// <summary>A workbook (xlsx, ods, xls) or another compressed file.</summary>
    Workbook,
    Pdf,

    /// <summary>A web page or XML, which some programs save under the name of a spreadsheet.</summary>
    Markup,

    /// <summary>Anything else that is no text.</summary>
    Binary,
}

/// <summary>How the text of a file is to be read.</summary>
/// <param name="Kind">What the file is; only a <see cref="FileKind.Text"/> has an encoding.</param>
/// <param name="Encoding">Reads the bytes behind a byte order mark too.</param>
/// <param name="Name">The encoding's usual name, such as <c>utf-8</c>; empty for no text.</param>
public sealed record FileFormat(FileKind Kind, Encoding Encoding, string Name)
{
    /// <summary>How many bytes tell UTF-16 without a mark, and a binary file.</summary>
    private const int Sample = 4096;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly byte[][] Workbooks =
        [[0x50, 0x4B, 0x03, 0x04], [0xD0, 0xCF, 0x11, 0xE0], [0x1F, 0x8B], [0x37, 0x7A, 0xBC, 0xAF]];

    /// <summary>
    /// Tells it from the byte order mark; without one UTF-16 from its zeros, and UTF-8 from all bytes being valid. What
    /// is none of them is Windows-1252.
    /// </summary>
    /// <param name="bytes">The file.</param>
    /// <param name="isPart">True where the file goes on: the last character may be cut.</param>
    public static FileFormat Of(ByteChunks bytes, bool isPart = false)
    {
        var begin = bytes.Beginning;
        if (begin.StartsWith("%PDF"u8))
        {
            return NoText(FileKind.Pdf);
        }

        foreach (var magic in Workbooks)
        {
            if (begin.StartsWith(magic))
            {
                return NoText(FileKind.Workbook);
            }
        }

        var format = begin switch
        {
            [0xFF, 0xFE, ..] => Text(Encoding.Unicode, "utf-16le"),
            [0xFE, 0xFF, ..] => Text(Encoding.BigEndianUnicode, "utf-16be"),
            _ => Utf16Without(begin[..Math.Min(begin.Length, Sample)]) ?? OfBytes(bytes, isPart),
        };
        return format.Kind == FileKind.Text ? Look(format, begin) : format;
    }

    private static FileFormat Text(Encoding encoding, string name) => new(FileKind.Text, encoding, name);

    private static FileFormat NoText(FileKind kind) => new(kind, Encoding.UTF8, "");

    // Of Latin text in UTF-16 nearly every second byte is a zero.
    private static FileFormat? Utf16Without(ReadOnlySpan<byte> sample)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i < sample.Length; i++)
        {
            even += i % 2 == 0 && sample[i] == 0 ? 1 : 0;
            odd += i % 2 == 1 && sample[i] == 0 ? 1 : 0;
        }

        var pairs = sample.Length / 2;
        return pairs < 2 ? null
            : odd > pairs * 0.7 && even < pairs * 0.05 ? Text(Encoding.Unicode, "utf-16le")
            : even > pairs * 0.7 && odd < pairs * 0.05 ? Text(Encoding.BigEndianUnicode, "utf-16be")
            : null;
    }

    private static FileFormat OfBytes(ByteChunks bytes, bool isPart)
    {
        foreach (var piece in bytes.Pieces)
        {
            if (piece.Span.Contains((byte)0))
            {
                return NoText(FileKind.Binary);
            }
        }

        return IsUtf8(bytes, isPart)
            ? Text(Encoding.UTF8, "utf-8")
            : Text(CodePagesEncodingProvider.Instance.GetEncoding(1252)!, "windows-1252");
    }

    private static bool IsUtf8(ByteChunks bytes, bool isPart)
    {
        var decoder = Utf8.GetDecoder();
        var chars = new char[16 * 1024];
        try
        {
            foreach (var piece in bytes.Pieces)
            {
                for (var rest = piece.Span; rest.Length > 0;)
                {
                    decoder.Convert(rest, chars, flush: false, out var used, out _, out _);
                    rest = rest[used..];
                }
            }

            decoder.Convert([], chars, flush: !isPart, out _, out _, out _);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>What is text by its bytes can still be markup, nothing at all, or full of control characters.</summary>
    private static FileFormat Look(FileFormat format, ReadOnlySpan<byte> begin)
    {
        var even = begin[..Math.Min(begin.Length & ~1, Sample)];
        var text = format.Encoding.GetString(even.Length == 0 ? begin : even).TrimStart('\uFEFF').AsSpan().TrimStart();
        if (text.Length == 0)
        {
            return begin.Length <= Sample ? NoText(FileKind.Empty) : format;
        }

        var controls = 0;
        foreach (var c in text)
        {
            controls += char.IsControl(c) && c is not ('\t' or '\r' or '\n' or '\f') ? 1 : 0;
        }

        return controls > text.Length / 50 ? NoText(FileKind.Binary)
            : text.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase)
                || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
                || text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase)
                || text.StartsWith("<table", StringComparison.OrdinalIgnoreCase) ? NoText(FileKind.Markup)
            : format;
    }
}

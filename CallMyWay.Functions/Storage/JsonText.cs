using System.Text;

namespace CallMyWay.Functions.Storage;

/// <summary>
/// The text of a column that holds JSON, in UTF-8: as it is serialized, stored in a file, and read back. To those who
/// ask the row it is the text; it is made into one only then.
/// </summary>
/// <param name="utf8">Well-formed UTF-8. It belongs to this object from here on.</param>
internal sealed class JsonText(byte[] utf8)
{
    private string? _text;

    public ReadOnlySpan<byte> Utf8 => utf8;

    /// <summary>In UTF-16 units, which is what a column's limit counts.</summary>
    public int Length { get; } = Encoding.UTF8.GetCharCount(utf8);

    public override string ToString() => _text ??= Encoding.UTF8.GetString(utf8);

    /// <summary>The value of a column as those who ask the row see it.</summary>
    public static object Shown(object value) => value is JsonText json ? json.ToString() : value;
}

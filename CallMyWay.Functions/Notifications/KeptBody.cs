using System.Text;
using System.Text.Unicode;

namespace CallMyWay.Functions.Notifications;

/// <summary>A body for storages that hold text: the text if it is UTF-8, otherwise the bytes in Base64.</summary>
public readonly record struct KeptBody(string? Text, string? Base64)
{
    public static KeptBody Of(ReadOnlySpan<byte> body) =>
        Utf8.IsValid(body) ? new(Encoding.UTF8.GetString(body), null) : new(null, Convert.ToBase64String(body));

    public byte[] ToBytes() => Base64 is null ? Encoding.UTF8.GetBytes(Text ?? "") : Convert.FromBase64String(Base64);
}

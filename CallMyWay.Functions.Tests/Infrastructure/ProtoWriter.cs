using System.Text;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>Writes a protobuf message by its field numbers: what <see cref="ProtoMessage"/> reads.</summary>
internal static class ProtoWriter
{
    /// <summary>Fields are texts, numbers, or the bytes of a message.</summary>
    public static byte[] Message(params IEnumerable<(int Number, object Value)> fields)
    {
        using var bytes = new MemoryStream();
        foreach (var (number, value) in fields)
        {
            if (value is int whole)
            {
                Varint(bytes, number << 3);
                Varint(bytes, whole);
                continue;
            }

            var content = value as byte[] ?? Encoding.UTF8.GetBytes((string)value);
            Varint(bytes, (number << 3) | 2);
            Varint(bytes, content.Length);
            bytes.Write(content);
        }

        return bytes.ToArray();
    }

    private static void Varint(MemoryStream bytes, int value)
    {
        var rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7)
        {
            bytes.WriteByte((byte)(rest | 0x80));
        }

        bytes.WriteByte((byte)rest);
    }
}

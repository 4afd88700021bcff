using System.Buffers.Binary;
using System.Text;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// A protobuf message read by its field numbers (https://protobuf.dev/programming-guides/encoding): enough to look into
/// what a Functions worker says.
/// </summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Field, ulong Number, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public ProtoMessage(ReadOnlyMemory<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var key = Varint(bytes.Span, ref at);
            var (field, wire) = ((int)(key >> 3), (int)(key & 7));
            var length = wire switch
            {
                0 => 0,
                1 => 8,
                2 => (int)Varint(bytes.Span, ref at),
                5 => 4,
                _ => throw new InvalidDataException($"This is no protobuf: wire type {wire}."),
            };
            var number = wire switch
            {
                0 => Varint(bytes.Span, ref at),
                1 => BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span[at..]),
                _ => 0UL,
            };
            _fields.Add((field, number, bytes.Slice(at, length)));
            at += length;
        }
    }

    public IEnumerable<ProtoMessage> Messages(int field) =>
        _fields.Where(one => one.Field == field).Select(one => new ProtoMessage(one.Bytes));

    public ProtoMessage? Message(int field) => Messages(field).FirstOrDefault();

    public string Text(int field) => Encoding.UTF8.GetString(_fields.Find(one => one.Field == field).Bytes.Span);

    public ulong Number(int field) => _fields.Find(one => one.Field == field).Number;

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}

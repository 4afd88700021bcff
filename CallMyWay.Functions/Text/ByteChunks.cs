using System.Buffers;

namespace CallMyWay.Functions.Text;

/// <summary>
/// The bytes of a file that came from outside, in memory. They are in many small arrays of the shared pool: a large one
/// would stay in memory for long.
/// </summary>
public sealed class ByteChunks : IDisposable
{
    private const int ChunkSize = 64 * 1024;

    private readonly List<byte[]> _chunks = [];

    private ByteChunks()
    {
    }

    public long Length { get; private set; }

    /// <summary>The first bytes: all of a short file.</summary>
    public ReadOnlySpan<byte> Beginning => _chunks.Count == 0 ? [] : PieceAt(0).Span;

    /// <summary>All bytes, piece by piece.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Pieces => _chunks.Select((_, index) => PieceAt(index));

    /// <summary>Reads a stream to its end; null where it has more than so many bytes.</summary>
    public static async Task<ByteChunks?> ReadAsync(Stream stream, long most, CancellationToken cancellationToken)
    {
        var read = new ByteChunks();
        try
        {
            while (true)
            {
                var used = (int)(read.Length % ChunkSize);
                if (used == 0)
                {
                    read._chunks.Add(ArrayPool<byte>.Shared.Rent(ChunkSize));
                }

                var count = await stream.ReadAsync(read._chunks[^1].AsMemory(used, ChunkSize - used), cancellationToken);
                if (count == 0)
                {
                    return read;
                }

                read.Length += count;
                if (read.Length > most)
                {
                    read.Dispose();
                    return null;
                }
            }
        }
        catch
        {
            read.Dispose();
            throw;
        }
    }

    /// <summary>The bytes as a stream, from their beginning.</summary>
    public Stream OpenRead() => new Reader(this);

    public void Dispose()
    {
        foreach (var chunk in _chunks)
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        _chunks.Clear();
        Length = 0;
    }

    private ReadOnlyMemory<byte> PieceAt(int index) =>
        _chunks[index].AsMemory(0, (int)Math.Min(ChunkSize, Length - ((long)index * ChunkSize)));

    private sealed class Reader(ByteChunks chunks) : Stream
    {
        private long _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => chunks.Length;

        public override long Position { get => _at; set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            if (_at >= chunks.Length)
            {
                return 0;
            }

            var rest = chunks.PieceAt((int)(_at / ChunkSize)).Span[(int)(_at % ChunkSize)..];
            var count = Math.Min(rest.Length, buffer.Length);
            rest[..count].CopyTo(buffer);
            _at += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

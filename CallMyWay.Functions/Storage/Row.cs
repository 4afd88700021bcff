using System.Buffers;

namespace CallMyWay.Functions.Storage;

/// <summary>
/// One entity of a table: a partition, a key within it, and named columns. The rules are those that every adapter can
/// keep, which are Azure Table Storage's
/// (https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model) and tighter where
/// that makes keys readable; they are checked here, so that all adapters refuse the same things in the same words.
/// </summary>
/// <remarks>
/// Columns hold text (at most 32K UTF-16 units), whole numbers, booleans and instants (from 1601 on, kept in UTC).
/// </remarks>
public sealed class Row
{
    /// <summary>The longest text that a column holds, in UTF-16 units.</summary>
    public const int MaxTextLength = 32 * 1024;

    /// <summary>The most columns that a row holds.</summary>
    public const int MaxColumns = 200;

    /// <summary>
    /// The most that a row holds in all, by <see cref="Size"/>: the table service's 1 MiB, less some room.
    /// </summary>
    public const int MaxSize = 1000 * 1024;

    /// <summary>
    /// No column's name: an adapter keeps under it, beside the columns, what tells one write from another.
    /// </summary>
    public const string WriteMark = "WriteMark";

    /// <summary>The version of a row that is not there yet, for <see cref="TableExtensions.PutAsync"/>. No row has it.</summary>
    public const string NoVersion = "\0";

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private static readonly DateTimeOffset EarliestTime = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly RowColumns _columns;

    /// <exception cref="ArgumentException">A key breaks the rule of <see cref="Keys"/>.</exception>
    public Row(string partition, string key, string? etag = null)
        : this(
            Keys.Checked(partition), Keys.Checked(key), etag, new RowColumns(), 4 + (2 * (partition.Length + key.Length)))
    {
    }

    private Row(string partition, string key, string? etag, RowColumns columns, int size) =>
        (Partition, Key, ETag, _columns, Size) = (partition, key, etag, columns, size);

    public string Partition { get; }

    public string Key { get; }

    /// <summary>
    /// The version that was read; null on a row that has not been stored. <see cref="NoVersion"/> on one that is stored
    /// only where there is none yet.
    /// </summary>
    public string? ETag { get; }

    /// <summary>
    /// The columns that have a value: <see cref="string"/>, <see cref="long"/>, <see cref="bool"/> or
    /// <see cref="DateTimeOffset"/>.
    /// </summary>
    public IReadOnlyDictionary<string, object> Columns => _columns;

    /// <summary>The same as they are kept: JSON may be a <see cref="JsonText"/>.</summary>
    internal ReadOnlySpan<KeyValuePair<string, object>> Kept => _columns.Kept;

    /// <summary>About how many bytes it is, as the table service counts: text in UTF-16.</summary>
    public int Size { get; private set; }

    public string? Text(string column) => (string?)Value(column);

    /// <summary>The JSON of a column, where it is kept in UTF-8.</summary>
    internal JsonText? Json(string column) => _columns.GetKept(column) as JsonText;

    public bool Has(string column) => _columns.ContainsKey(column);

    public long? Number(string column) => (long?)Value(column);

    public DateTimeOffset? Time(string column) => (DateTimeOffset?)Value(column);

    /// <summary>Sets a column, or leaves it out where the value is null.</summary>
    /// <exception cref="ArgumentException">The name or the value breaks the rules above.</exception>
    public Row Set(string column, string? value)
    {
        CheckLength(column, value?.Length ?? 0);

        // Half of a surrogate pair is no character: UTF-8 can't hold it, and storage would quietly put another in its
        // place.
        if (value is not null && !IsWellFormed(value))
        {
            throw new ArgumentException(
                $"Column '{column}' would hold half of a surrogate pair, which is no text.", nameof(value));
        }

        return Put(column, value);
    }

    /// <inheritdoc cref="Set(string, string?)"/>
    internal Row Set(string column, JsonText value)
    {
        CheckLength(column, value.Length);
        return Put(column, value);
    }

    /// <inheritdoc cref="Set(string, string?)"/>
    public Row Set(string column, long? value) => Put(column, value);

    /// <inheritdoc cref="Set(string, string?)"/>
    public Row Set(string column, bool? value) => Put(column, value);

    /// <inheritdoc cref="Set(string, string?)"/>
    public Row Set(string column, DateTimeOffset? value)
    {
        if (value < EarliestTime)
        {
            throw new ArgumentException(
                $"Column '{column}' would hold {value:O}; a column holds times from 1601 on.", nameof(value));
        }

        return Put(column, value?.ToUniversalTime());
    }

    /// <summary>The same row, as it stands after it was stored with this version.</summary>
    public Row WithETag(string etag) => new(Partition, Key, etag, _columns.Copy(), Size);

    /// <summary>True where the columns are the same, whatever the keys and the version.</summary>
    public bool HoldsTheSameAs(Row other)
    {
        if (_columns.Count != other._columns.Count)
        {
            return false;
        }

        foreach (var (column, value) in Kept)
        {
            if (other._columns.GetKept(column) is not { } others || !IsSame(value, others))
            {
                return false;
            }
        }

        return true;
    }

    internal static bool IsWellFormed(string text)
    {
        var rest = text.AsSpan();
        for (var at = rest.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0; at = rest.IndexOfAnyInRange('\uD800', '\uDFFF'))
        {
            if (at + 1 >= rest.Length || !char.IsSurrogatePair(rest[at], rest[at + 1]))
            {
                return false;
            }

            rest = rest[(at + 2)..];
        }

        return true;
    }

    private static bool IsSame(object one, object other) => one is JsonText json && other is JsonText others
        ? json.Utf8.SequenceEqual(others.Utf8)
        : JsonText.Shown(one).Equals(JsonText.Shown(other));

    private static void CheckLength(string column, int characters)
    {
        if (characters > MaxTextLength)
        {
            throw new ArgumentException(
                $"Column '{column}' would hold {characters} characters; a column holds at most {MaxTextLength}.",
                nameof(characters));
        }
    }

    private object? Value(string column) => _columns.GetValueOrDefault(column);

    private Row Put(string column, object? value)
    {
        if (!IsColumnName(column))
        {
            throw new ArgumentException(
                $"'{column}' is no column name: 1 to 64 letters, digits and underscores, not beginning with a digit.",
                nameof(column));
        }

        var old = _columns.GetKept(column);
        if (value is not null && old is null && _columns.Count == MaxColumns)
        {
            throw new ArgumentException($"A row holds at most {MaxColumns} columns.", nameof(column));
        }

        var size = Size - SizeOf(column, old) + SizeOf(column, value);
        if (size > MaxSize)
        {
            throw new ArgumentException(
                $"With column '{column}' the row would have {size} bytes; a row holds at most {MaxSize}.",
                nameof(value));
        }

        Size = size;
        _columns.Set(column, value);
        return this;
    }

    private static int SizeOf(string column, object? value) => value switch
    {
        null => 0,
        string text => 8 + (2 * column.Length) + 4 + (2 * text.Length),
        JsonText json => 8 + (2 * column.Length) + 4 + (2 * json.Length),
        bool => 8 + (2 * column.Length) + 1,
        _ => 8 + (2 * column.Length) + 8,
    };

    internal static bool IsColumnName(string name) =>
        name.Length is > 0 and <= 64
        && !char.IsAsciiDigit(name[0])
        && !name.AsSpan().ContainsAnyExcept(NameCharacters)
        // These are the table service's own, and its adapter's.
        && name is not ("PartitionKey" or "RowKey" or "Timestamp" or "ETag" or WriteMark);
}

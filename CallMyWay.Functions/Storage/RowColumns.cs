using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace CallMyWay.Functions.Storage;

/// <summary>
/// The columns of a row, in the order in which they were set. A row has few of them: an array that is looked through
/// takes a third of a dictionary's memory, and an import has ten thousands of rows in memory.
/// </summary>
internal sealed class RowColumns : IReadOnlyDictionary<string, object>
{
    private const int First = 4;

    private KeyValuePair<string, object>[] _columns = [];

    public int Count { get; private set; }

    /// <summary>The columns as they are kept: JSON may be a <see cref="JsonText"/>.</summary>
    public ReadOnlySpan<KeyValuePair<string, object>> Kept => _columns.AsSpan(0, Count);

    public IEnumerable<string> Keys => this.Select(column => column.Key);

    public IEnumerable<object> Values => this.Select(column => column.Value);

    public object this[string key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no column '{key}'.");

    /// <summary>A copy, which changes by itself.</summary>
    public RowColumns Copy() => new() { _columns = _columns.AsSpan(0, Count).ToArray(), Count = Count };

    /// <summary>Sets the column; removes it where the value is null.</summary>
    public void Set(string column, object? value)
    {
        var place = PlaceOf(column);
        if (value is null)
        {
            if (place >= 0)
            {
                Count--;
                Array.Copy(_columns, place + 1, _columns, place, Count - place);
                _columns[Count] = default;
            }
        }
        else if (place >= 0)
        {
            _columns[place] = new(column, value);
        }
        else
        {
            if (Count == _columns.Length)
            {
                Array.Resize(ref _columns, Count == 0 ? First : 3 * Count);
            }

            _columns[Count++] = new(column, value);
        }
    }

    public bool ContainsKey(string key) => PlaceOf(key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object value)
    {
        var place = PlaceOf(key);
        value = place < 0 ? null : JsonText.Shown(_columns[place].Value);
        return place >= 0;
    }

    /// <summary>The column's value as it is kept.</summary>
    public object? GetKept(string column) => PlaceOf(column) is >= 0 and var place ? _columns[place].Value : null;

    public IEnumerator<KeyValuePair<string, object>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return new(_columns[i].Key, JsonText.Shown(_columns[i].Value));
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int PlaceOf(string column)
    {
        for (var i = 0; i < Count; i++)
        {
            if (_columns[i].Key == column)
            {
                return i;
            }
        }

        return -1;
    }
}

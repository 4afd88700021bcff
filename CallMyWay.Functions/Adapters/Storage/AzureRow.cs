using System.Buffers.Text;
using System.Text;
using Azure;
using Azure.Data.Tables;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Adapters;

/// <summary>Converts rows to entities of Azure Tables, and back.</summary>
internal static class AzureRow
{
    /// <param name="row">The row to store.</param>
    /// <param name="mark">
    /// Tells this write from all others. It is stored beside the columns and is no part of the row.
    /// </param>
    public static TableEntity ToEntity(Row row, string? mark = null)
    {
        var entity = new TableEntity(row.Partition, row.Key);
        if (mark is not null)
        {
            entity[Row.WriteMark] = mark;
        }

        foreach (var (name, value) in row.Columns)
        {
            entity[name] = value;
        }

        return entity;
    }

    public static Row FromEntity(TableEntity entity)
    {
        var row = new Row(entity.PartitionKey, entity.RowKey, ToText(entity.ETag));
        foreach (var (name, value) in entity)
        {
            _ = name is "PartitionKey" or "RowKey" or "Timestamp" or Row.WriteMark || name.StartsWith("odata.", StringComparison.Ordinal) ? row : value switch
            {
                string text => row.Set(name, text),
                long number => row.Set(name, number),
                // Another tool may have written a small number.
                int number => row.Set(name, number),
                bool flag => row.Set(name, flag),
                DateTimeOffset time => row.Set(name, time),
                null => row,
                _ => throw new InvalidDataException(
                    $"Column '{name}' holds a {value.GetType().Name}, which no row holds."),
            };
        }

        return row;
    }

    /// <summary>
    /// The service's ETags (<c>W/"datetime'2026-…'"</c>) contain quotes. Ours travel in JSON and headers, so they are
    /// encoded.
    /// </summary>
    public static string ToText(ETag etag) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(etag.ToString("H")));

    /// <summary>Decodes the service's ETag. False for a text that is none: it belongs to no row.</summary>
    public static bool TryReadETag(string text, out ETag etag)
    {
        etag = default;
        if (!Base64Url.IsValid(text))
        {
            return false;
        }

        var raw = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        // The service answers 400 to an ETag of another form; "*" would mean any version.
        if (!raw.StartsWith("W/\"datetime'", StringComparison.Ordinal)
            || raw.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return false;
        }

        etag = new ETag(raw);
        return true;
    }
}

using System.Buffers.Text;
using System.Text;
using Azure;
using Azure.Data.Tables;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Adapters;

/// <summary>A row as an entity of Azure Tables, and back.</summary>
internal static class AzureRow
{
    /// <param name="row">What is stored.</param>
    /// <param name="mark">
    /// What tells this write from all others: stored beside the columns, and no part of the row.
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
                // What another tool has written as a small number.
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
    /// The service's ETags (<c>W/"datetime'2026-…'"</c>) hold quotes; ours travel in JSON and in headers, and hold
    /// none.
    /// </summary>
    public static string ToText(ETag etag) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(etag.ToString("H")));

    /// <summary>
    /// The service's ETag, where the text is one that came from it; an ETag that no row of ours ever had is that of no
    /// row.
    /// </summary>
    public static bool TryReadETag(string text, out ETag etag)
    {
        etag = default;
        if (!Base64Url.IsValid(text))
        {
            return false;
        }

        var raw = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        // What is not of the service's form it answers with 400; and "*" would be any version.
        if (!raw.StartsWith("W/\"datetime'", StringComparison.Ordinal)
            || raw.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return false;
        }

        etag = new ETag(raw);
        return true;
    }
}

using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace CallMyWay.Functions.Notifications;

/// <summary>The fields of a notification that are read.</summary>
internal enum CallEventField
{
    Action,
    Data,
    CallId,
    AccountId,
    EndpointId,
    Ani,
    Dnis,
    DetectTime,
    ConnectTime,
    DisconnectTime,
    Duration,
    Type,
    Cost,
}

/// <summary>
/// The fields of a notification, by name in any case. They are found in one pass without allocations, as every ack
/// waits for it.
/// </summary>
internal readonly struct CallEventFields
{
    /// <summary>In the order of <see cref="CallEventField"/>.</summary>
    private static readonly byte[][] Names =
    [
        [.. "action"u8], [.. "data"u8], [.. "callid"u8], [.. "account_id"u8], [.. "endpoint_id"u8], [.. "ani"u8],
        [.. "dnis"u8], [.. "detect_time"u8], [.. "connect_time"u8], [.. "disconnect_time"u8], [.. "duration"u8],
        [.. "type"u8], [.. "cost"u8],
    ];

    private readonly JsonElement?[] _values = new JsonElement?[Names.Length];

    public CallEventFields(JsonElement element)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (IndexOf(property) is >= 0 and var index)
            {
                // If a name appears twice, the last one counts, as in most JSON readers.
                _values[index] = property.Value;
            }
        }
    }

    /// <summary>The value; null if the notification does not have the field.</summary>
    public JsonElement? this[CallEventField field] => _values[(int)field];

    private static int IndexOf(JsonProperty property)
    {
        var name = JsonMarshal.GetRawUtf8PropertyName(property);
        return name.Contains((byte)'\\') ? IndexOfEscaped(property) : IndexOf(name);
    }

    private static int IndexOf(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            if (Ascii.EqualsIgnoreCase(name, Names[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static int IndexOfEscaped(JsonProperty property)
    {
        try
        {
            return IndexOf(Encoding.UTF8.GetBytes(property.Name));
        }
        catch (InvalidOperationException)
        {
            // A name with half a surrogate pair is none of ours.
            return -1;
        }
    }
}

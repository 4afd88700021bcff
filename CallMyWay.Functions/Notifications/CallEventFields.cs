using System.Text.Json;

namespace CallMyWay.Functions.Notifications;

/// <summary>
/// The fields of a notification, by name in any case. They are found in one pass without allocations, as every ack
/// waits for it.
/// </summary>
internal readonly struct CallEventFields
{
    private static readonly string[] Names =
    [
        "action", "data", "callid", "account_id", "endpoint_id", "ani", "dnis", "detect_time", "connect_time", "disconnect_time", "duration", "type", "cost",
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
    public JsonElement? this[string name] => _values[Array.IndexOf(Names, name)];

    private static int IndexOf(JsonProperty property)
    {
        try
        {
            for (var i = 0; i < Names.Length; i++)
            {
                if (property.NameEquals(Names[i]))
                {
                    return i;
                }
            }

            return Array.FindIndex(Names, name => name.Equals(property.Name, StringComparison.OrdinalIgnoreCase));
        }
        catch (InvalidOperationException)
        {
            // A name with half a surrogate pair is none of ours.
            return -1;
        }
    }
}

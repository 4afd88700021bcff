using System.Text.Json;

namespace CallMyWay.Functions.Notifications;

/// <summary>
/// The fields of a notification, by their names in whatever case. Found once, without a text or a table for each: this
/// is on the way of every ack.
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
                // Of a name that stands twice the last counts, as in most readers of JSON.
                _values[index] = property.Value;
            }
        }
    }

    /// <summary>The value, or null where the notification has none.</summary>
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
            // Half a surrogate pair in a name is none of ours.
            return -1;
        }
    }
}

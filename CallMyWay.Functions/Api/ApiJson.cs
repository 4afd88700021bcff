using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace CallMyWay.Functions.Api;

/// <summary>
/// The API's JSON: camelCase, enums by name, and no nulls, except where the contract says that a field is always
/// present. It is the same on every host and on the realtime channel.
/// </summary>
public static class ApiJson
{
    private static readonly ConcurrentDictionary<TimeZoneInfo, JsonSerializerOptions> Zones = [];

    // Options with the same converters and resolver share what the serializer finds out about types.
    private static readonly JsonStringEnumConverter Enums = new(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

    private static readonly UtcConverter WithOffset = new(zone: null);

    private static readonly DefaultJsonTypeInfoResolver Types = new();

    public static JsonSerializerOptions Options { get; } = Configure(
        new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options) => Configure(options, zone: null);

    /// <summary>
    /// For input: a time without an offset and a bare date are in the account's zone, as in a query (see <see
    /// cref="TimeQuery"/>).
    /// </summary>
    public static JsonSerializerOptions In(TimeZoneInfo zone) =>
        Zones.GetOrAdd(zone, static zone => Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web), zone));

    private static JsonSerializerOptions Configure(JsonSerializerOptions options, TimeZoneInfo? zone)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(Enums);
        options.Converters.Add(zone is null ? WithOffset : new UtcConverter(zone));
        options.TypeInfoResolver = Types;
        return options;
    }

    // Writes UTC with a Z, so that clients can sort and compare times as text.
    private sealed class UtcConverter(TimeZoneInfo? zone) : JsonConverter<DateTimeOffset>
    {
        // Without this, a time without an offset would be read in the machine's zone, which differs between hosts.
        public override DateTimeOffset Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TryGetDateTime(out var local) && local.Kind == DateTimeKind.Unspecified ? InstantOf(local)
                : reader.TryGetDateTimeOffset(out var instant) ? instant
                // An offset without its colon, as a query may have.
                : TimeQuery.TryInstant(reader.GetString(), out instant) ? instant
                : reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime);

        private DateTimeOffset InstantOf(DateTime local)
        {
            if (zone is null)
            {
                throw new JsonException("A time needs its offset.");
            }

            try
            {
                return zone.ToInstant(local);
            }
            catch (ArgumentOutOfRangeException error)
            {
                // In UTC it would be before the year 1, or after 9999.
                throw new JsonException("No instant of the calendar.", error);
            }
        }
    }
}

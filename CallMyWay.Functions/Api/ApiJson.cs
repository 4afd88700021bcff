using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Api;

/// <summary>
/// How the API writes JSON: camelCase, enums by name, nothing where there is no value (but for what the contract says
/// is always there). The same on every host and on the realtime channel.
/// </summary>
public static class ApiJson
{
    private static readonly ConcurrentDictionary<TimeZoneInfo, JsonSerializerOptions> Zones = [];

    public static JsonSerializerOptions Options { get; } = Configure(
        new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options) => Configure(options, zone: null);

    /// <summary>
    /// For what a caller writes: a time without offset, and a bare date, are the account's, as they are in a query (see
    /// <see cref="TimeQuery"/>).
    /// </summary>
    public static JsonSerializerOptions In(TimeZoneInfo zone) =>
        Zones.GetOrAdd(zone, static zone => Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web), zone));

    private static JsonSerializerOptions Configure(JsonSerializerOptions options, TimeZoneInfo? zone)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new UtcConverter(zone));
        return options;
    }

    // UTC is written with its Z, which every client sorts and compares as text.
    private sealed class UtcConverter(TimeZoneInfo? zone) : JsonConverter<DateTimeOffset>
    {
        // What says no offset would be read in the machine's own zone, another one on each host.
        public override DateTimeOffset Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TryGetDateTime(out var local) && local.Kind == DateTimeKind.Unspecified
                ? zone?.ToInstant(local) ?? throw new JsonException("A time needs its offset.")
                : reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime);
    }
}

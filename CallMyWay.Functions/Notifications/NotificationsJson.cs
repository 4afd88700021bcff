using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Notifications;

/// <summary>How queued and stored notifications are serialized.</summary>
[JsonSourceGenerationOptions(
    UseStringEnumConverter = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(QueuedCallEvent))]
[JsonSerializable(typeof(RefusedEvent))]
internal sealed partial class NotificationsJson : JsonSerializerContext;

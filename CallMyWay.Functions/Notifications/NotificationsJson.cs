using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Notifications;

/// <summary>The records that are queued and stored of notifications.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(QueuedCallEvent))]
[JsonSerializable(typeof(RefusedEvent))]
internal sealed partial class NotificationsJson : JsonSerializerContext;

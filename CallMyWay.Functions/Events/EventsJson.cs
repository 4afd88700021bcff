using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Events;

/// <summary>How what is stored and queued of events is serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(EventEndpoint))]
[JsonSerializable(typeof(EndpointHealth))]
[JsonSerializable(typeof(EventBody))]
[JsonSerializable(typeof(Delivery))]
[JsonSerializable(typeof(EventMessage))]
[JsonSerializable(typeof(EventReplay))]
internal sealed partial class EventsJson : JsonSerializerContext;

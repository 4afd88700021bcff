using System.Text.Json.Serialization;

namespace CallMyWay.Functions.DoNotCall;

/// <summary>How stored entries are serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(DoNotCallEntry))]
internal sealed partial class DoNotCallJson : JsonSerializerContext;

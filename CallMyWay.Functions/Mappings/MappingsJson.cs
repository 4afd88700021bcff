using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Mappings;

/// <summary>How stored mappings are serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Mapping))]
[JsonSerializable(typeof(UnmappedEndpoint))]
internal sealed partial class MappingsJson : JsonSerializerContext;

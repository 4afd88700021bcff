using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Mappings;

/// <summary>The records that are stored of mappings.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Mapping))]
[JsonSerializable(typeof(UnmappedEndpoint))]
internal sealed partial class MappingsJson : JsonSerializerContext;

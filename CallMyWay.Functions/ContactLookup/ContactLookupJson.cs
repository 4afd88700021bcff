using System.Text.Json.Serialization;

namespace CallMyWay.Functions.ContactLookup;

/// <summary>How what is stored of the look-up is serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(LookupSettings))]
[JsonSerializable(typeof(LookupHealth))]
[JsonSerializable(typeof(LookupLeftOut))]
internal sealed partial class ContactLookupJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace CallMyWay.Functions.PersonalData;

/// <summary>How erasures are serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Erasure))]
[JsonSerializable(typeof(ErasureWork))]
[JsonSerializable(typeof(Person))]
internal sealed partial class PersonalDataJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Promises;

/// <summary>How stored promises are serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(PromiseToPay))]
internal sealed partial class PromisesJson : JsonSerializerContext;

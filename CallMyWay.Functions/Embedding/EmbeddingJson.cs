using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Embedding;

/// <summary>How what is stored of keys, tokens and origins is serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ApiKey))]
[JsonSerializable(typeof(EmbedToken))]
[JsonSerializable(typeof(EmbedOrigins))]
internal sealed partial class EmbeddingJson : JsonSerializerContext;

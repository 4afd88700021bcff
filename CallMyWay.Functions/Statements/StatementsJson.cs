using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Statements;

/// <summary>What is stored of the statements.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(DayStatement))]
[JsonSerializable(typeof(Invoice))]
[JsonSerializable(typeof(FoundClues))]
internal sealed partial class StatementsJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Operator;

/// <summary>How what is stored of the operator's accounts is serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AccountTest))]
[JsonSerializable(typeof(TakenValues))]
internal sealed partial class OperatorJson : JsonSerializerContext;

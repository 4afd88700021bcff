using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Reconciliation;

/// <summary>What is stored of the days.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(DayReconciliation))]
[JsonSerializable(typeof(DayWork))]
[JsonSerializable(typeof(NextDay))]
internal sealed partial class ReconciliationJson : JsonSerializerContext;

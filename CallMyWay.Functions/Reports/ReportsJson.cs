using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Reports;

/// <summary>What is stored of the reports.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(PeriodHead))]
[JsonSerializable(typeof(CellList))]
[JsonSerializable(typeof(FiguresState))]
[JsonSerializable(typeof(FiguresWork))]
[JsonSerializable(typeof(ScreenTimeList))]
internal sealed partial class ReportsJson : JsonSerializerContext;

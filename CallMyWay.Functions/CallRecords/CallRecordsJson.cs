using System.Text.Json.Serialization;

namespace CallMyWay.Functions.CallRecords;

/// <summary>What is stored of the pull of records.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(BackfillWork))]
[JsonSerializable(typeof(KeptAsideRecord))]
[JsonSerializable(typeof(RecordPull))]
internal sealed partial class CallRecordsJson : JsonSerializerContext;

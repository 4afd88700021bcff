using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Jobs;

/// <summary>How jobs and their messages are serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(JobMessage))]
internal sealed partial class JobsJson : JsonSerializerContext;

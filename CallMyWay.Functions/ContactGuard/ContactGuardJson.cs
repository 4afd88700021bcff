using System.Text.Json.Serialization;

namespace CallMyWay.Functions.ContactGuard;

/// <summary>How the stored rules and calls are serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(GuardRules))]
[JsonSerializable(typeof(CalledPerson))]
internal sealed partial class ContactGuardJson : JsonSerializerContext;

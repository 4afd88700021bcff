using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Contacts;

/// <summary>The records that are stored of contacts.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Contact))]
internal sealed partial class ContactsJson : JsonSerializerContext;

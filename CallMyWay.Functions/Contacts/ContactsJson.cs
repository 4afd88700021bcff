using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Contacts;

/// <summary>How stored contacts are serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Contact))]
[JsonSerializable(typeof(ContactFieldList))]
[JsonSerializable(typeof(ContactMerge))]
internal sealed partial class ContactsJson : JsonSerializerContext;

using System.Text.Json.Nodes;
using CallMyWay.Functions.Contacts;

namespace CallMyWay.Functions.PersonalData;

/// <summary>
/// All that is kept of a person, as <see cref="PersonalDataExport"/> writes it. Its parts are as they are stored: a
/// later release may store them otherwise.
/// </summary>
/// <param name="ExportedAt">When it was written.</param>
/// <param name="Contact">The contact.</param>
/// <param name="Merged">The contacts that were merged into it, and how.</param>
/// <param name="Calls">Its calls, each with what is known of it and what was recorded.</param>
/// <param name="FollowUps">Open and done.</param>
/// <param name="Promises">Open and done.</param>
/// <param name="Audit">Who changed the contact, and what it was.</param>
/// <param name="Other">Whatever else names the person, by table.</param>
/// <param name="MessagesSetAside">Messages that failed each time.</param>
public sealed record PersonalDataFile(
    DateTimeOffset ExportedAt,
    Contact Contact,
    IReadOnlyList<JsonObject> Merged,
    IReadOnlyList<JsonObject> Calls,
    IReadOnlyList<JsonObject> FollowUps,
    IReadOnlyList<JsonObject> Promises,
    IReadOnlyList<JsonObject> Audit,
    IReadOnlyList<JsonObject> Other,
    IReadOnlyList<JsonObject> MessagesSetAside);

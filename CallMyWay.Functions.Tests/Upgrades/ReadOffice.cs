using System.Text.Json;
using System.Text.Json.Nodes;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Upgrades;

/// <summary>All that the HTTP API shows of an office: an object with an answer for each person and address.</summary>
internal static class ReadOffice
{
    private static readonly string[] Lists =
    [
        "agents", "mappings", "unmapped-endpoints", "contacts", "calls", "calls?direction=out", "calls?state=ringing",
        "calls?outcome=other", "calls?number=22223344", "calls?agent=ana", "calls?contact=jose", "live-calls", "missed-calls",
        "outcomes", "refused-events", "contacts?query=brenes", "contacts?phone=22223344", "contacts?phone=%2B34612345678",
    ];

    private static readonly string[] OwnLists = ["calls", "pop-ups", "follow-ups", "missed-calls"];

    /// <param name="people">The administrator <c>jefa</c> and the others, signed in.</param>
    /// <param name="dials">The dials of each agent.</param>
    public static async Task<JsonObject> ReadAsync(
        IReadOnlyDictionary<string, HttpClient> people, IReadOnlyDictionary<string, string[]> dials)
    {
        var seen = new JsonObject();
        var admin = people["jefa"];
        foreach (var list in Lists)
        {
            await ListAsync("jefa", list);
        }

        foreach (var path in new[] { "dial-rules" }
            .Concat(Ids("calls", "callId").Select(id => $"calls/{id}"))
            .Concat(Ids("contacts", "contactId").Select(id => $"contacts/{id}"))
            .Concat(Ids("agents", "agentId").Select(id => $"agents/{id}")))
        {
            await AddAsync("jefa", path);
        }

        foreach (var contact in Ids("contacts", "contactId").ToList())
        {
            await ListAsync("jefa", $"contacts/{contact}/calls");
            await ListAsync("jefa", $"follow-ups?contact={contact}");
        }

        foreach (var who in people.Keys.Where(who => who != "jefa"))
        {
            await AddAsync(who, "me");
            foreach (var list in OwnLists)
            {
                await ListAsync(who, list);
            }

            foreach (var dial in dials.GetValueOrDefault(who, []))
            {
                await AddAsync(who, $"dials/{dial}");
            }
        }

        await ListAsync("jefa", "poison");
        return seen;

        IEnumerable<string> Ids(string list, string field) =>
            seen[$"jefa {list}"]!.AsArray().Select(item => Uri.EscapeDataString((string)item![field]!)).ToList();

        async Task ListAsync(string who, string path) =>
            seen[$"{who} {path}"] = Stable(
                new JsonArray([.. (await people[who].AllItemsAsync($"/api/{path}")).Select(Node)]));

        async Task AddAsync(string who, string path) =>
            seen[$"{who} {path}"] = Stable(Node((await people[who].ReadAsync($"/api/{path}")).ShouldNotBeNull(path)));
    }

    /// <summary>
    /// A line for each part of <paramref name="expected"/> that is missing in <paramref name="seen"/>. A later release
    /// may show more.
    /// </summary>
    public static IEnumerable<string> Missing(JsonNode? expected, JsonNode? seen, string at = "")
    {
        if (expected is JsonObject fields && seen is JsonObject found)
        {
            return fields.SelectMany(field => found.ContainsKey(field.Key) || field.Value is null
                ? Missing(field.Value, found[field.Key], $"{at}/{field.Key}")
                : [$"{at}/{field.Key} is missing; it was {field.Value.ToJsonString()}"]);
        }

        if (expected is JsonArray items && seen is JsonArray these)
        {
            return items.Count == these.Count
                ? items.SelectMany((item, i) => Missing(item, these[i], $"{at}/{i}"))
                : [$"{at} has {these.Count} items; they were {items.Count}"];
        }

        // Numbers at home were shown with a space in place of the hyphen.
        var isSame = at.EndsWith("/display", StringComparison.Ordinal)
            ? ((string?)expected)?.Replace(' ', '-') == ((string?)seen)?.Replace(' ', '-')
            : JsonNode.DeepEquals(expected, seen);
        return isSame
            ? []
            : [$"{at} is {seen?.ToJsonString() ?? "null"}; it was {expected?.ToJsonString() ?? "null"}"];
    }

    private static JsonNode? Node(JsonElement element) => JsonNode.Parse(element.GetRawText());

    /// <summary>
    /// Leaves out what differs between storages: versions, and a poison message's id and time. Also leaves out the
    /// administrator who was added to read it.
    /// </summary>
    private static JsonNode? Stable(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            items.RemoveAll(item => item is JsonObject one && (string?)one["signInName"] == OpenedOffice.Opener);
        }

        if (node is JsonObject fields)
        {
            fields.Remove("etag");
            if (fields.Remove("insertedAt"))
            {
                fields.Remove("id");
            }
        }

        foreach (var child in node switch { JsonObject some => some.Select(field => field.Value), JsonArray all => all, _ => [] })
        {
            Stable(child);
        }

        return node;
    }
}

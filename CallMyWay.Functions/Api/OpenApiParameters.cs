using System.Text.Json.Nodes;

namespace CallMyWay.Functions.Api;

/// <summary>
/// What each parameter of a path, a query or a header means. One name means the same everywhere, unless the function's
/// own words stand before it.
/// </summary>
internal static class OpenApiParameters
{
    private const string EventEndpoint = "The id of an endpoint of events, as it was answered when it was created.";

    private const string Instant =
        "ISO 8601. Without an offset it is in the account's zone. A bare date as an end means the whole of that day.";

    private const string Version = "The `etag` that the row showed.";

    /// <summary>By name, or by that of the function and its own: a text unless it says otherwise.</summary>
    private static readonly Dictionary<string, Parameter> Known = new(StringComparer.Ordinal)
    {
        ["account"] = new("An account of the operator: its user name."),
        ["agent"] = new("An agent's id. Agents see their own."),
        ["agentId"] = new("An agent's id."),
        ["backfillId"] = new("A backfill's id."),
        ["by"] = new("What the rows of a report are; days where it is missing."),
        ["callId"] = new("A call's id. One that holds `/`, is `.` or `..`, or begins with `~` is written `~` and the base64url of its UTF-8."),
        ["case"] = new("A case of the homologation."),
        ["campaignId"] = new("A campaign's id."),
        ["confirmed"] = new("True: it is meant, and can't be undone.") { Type = "boolean" },
        ["contact"] = new("A contact's id."),
        ["contactId"] = new("A contact's id."),
        ["contacts"] = new("The ids of 1 to 100 contacts, with commas between them.") { IsRequired = true },
        ["date"] = new("A day of the account, such as 2026-11-27.") { Format = "date" },
        ["dialId"] = new("A dial's id, as the click answered it."),
        ["direction"] = new("From the office's side."),
        ["document"] = new("An identity document, however its dashes are written."),
        ["draft"] = new("True: it is kept and not sent yet.") { Type = "boolean" },
        ["due"] = new($"What is due until then. {Instant}"),
        ["duplicates"] = new("What becomes of rows whose contact is there already."),
        ["CheckDoNotCall.number"] = new("A telephone number, as people write it. It may come several times.")
        {
            IsRequired = true,
        },
        ["CheckNumber.number"] = new("A telephone number, as people write it.") { IsRequired = true },
        ["DeleteEventEndpoint.endpointId"] = new(EventEndpoint),
        ["endpointId"] = new("An endpoint's id at the operator."),
        ["erasureId"] = new("An erasure's id."),
        ["except"] = new("A contact that is not meant."),
        ["file"] = new("The name of the file, for the list of imports."),
        ["ExportStatement.month"] = new("A month, such as 2026-11.") { IsRequired = true },
        ["followUp"] = new("Calls with an open follow-up.") { Values = ["open"] },
        ["followUpId"] = new("A follow-up's id."),
        ["from"] = new($"The beginning. {Instant}"),
        ["handOverId"] = new("A hand-over's id."),
        ["header"] = new("Whether the first row names the columns.") { Type = "boolean" },
        ["id"] = new("The row's id."),
        ["Idempotency-Key"] = new("One for each click: the same key again is the same call."),
        ["If-Match"] = new($"{Version} Without it, or with `*`, any version is changed."),
        ["If-None-Match"] = new("With `*` it is stored only where nothing is yet: of two who write the first one, the second gets 412."),
        ["importId"] = new("An import's id."),
        ["key"] = new("The webhook's key."),
        ["keyId"] = new("An API key's id."),
        ["keyNumber"] = new("Which of the webhook's keys, from 1 on.") { Type = "integer" },
        ["leave"] = new("True: what the agent has open stays, and is the supervisor's.") { Type = "boolean" },
        ["ListEventDeliveries.endpointId"] = new(EventEndpoint),
        ["live"] = new(
            "False: the caller's screens are not told what changes. Else they are, for two and a half minutes.")
        { Type = "boolean" },
        ["mapping"] = new("Which column is which field: `column:field,…`."),
        ["mergeId"] = new("A merge's id."),
        ["month"] = new("A month, such as 2026-11."),
        ["name"] = new("A name, or its beginning."),
        ["next"] = new("The page behind: the token that the page before has answered."),
        ["number"] = new("Those with this telephone number, as people write it."),
        ["one"] = new("The first of two."),
        ["other"] = new("The second of two."),
        ["outcome"] = new("An outcome's code."),
        ["painted"] = new("Cards that the screen has painted since it asked before, with their times."),
        ["part"] = new("True: the file is only a part of a larger one.") { Type = "boolean" },
        ["phone"] = new("A telephone number, as people write it."),
        ["preview"] = new("True: nothing is stored, and the answer says what would be.") { Type = "boolean" },
        ["promiseId"] = new("A promise's id."),
        ["PutEventEndpoint.endpointId"] = new(EventEndpoint),
        ["PutWrapUp.If-Match"] = new(
            $"{Version} Over what another agent has sent it is needed: without it, or with `*`, the answer is 428."),
        ["query"] = new("Words of a name, a document, an address or a field; of the list of numbers their first digits."),
        ["PutAgent.If-None-Match"] = new(
            "With `*` it is stored only where there is no agent with this id yet; else the answer is 400, with whose it "
            + "is."),
        ["PutMapping.If-None-Match"] = new(
            "With `*` it is stored only where the phone is nobody's yet; else the answer is 409, with whose it is."),
        ["queue"] = new("A queue's name."),
        ["reference"] = new("The reference of a refused notification, or that of a request to erase."),
        ["RemoveDoNotCall.number"] = new("The telephone number, as people write it."),
        ["ReplayEvents.endpointId"] = new(EventEndpoint),
        ["RotateEventSecret.endpointId"] = new(EventEndpoint),
        ["reuse"] = new(
            "Whether a new agent may have the id of one who was deleted in the last 120 days, and so see their calls, "
            + "notes and follow-ups. False, or left out with `If-None-Match: *`, answers 409 then. Without either nothing is "
            + "looked up.")
        {
            Type = "boolean",
        },
        ["runId"] = new("A run's id."),
        ["search"] = new("What is looked for."),
        ["source"] = new("Which application has the contact, such as `crm`."),
        ["StartContactImport.by"] = new("By what a row is known to be a contact's; both where it is missing."),
        [CsvQuery.Name] = new(
            "`comma`, with a point in numbers, or `semicolon`, with a comma in numbers: a spreadsheet in Costa Rica opens "
            + "only that at once. `comma` where it is missing."),
        ["state"] = new("In which state they are."),
        ["take"] = new("How many, 1 to 500.") { Type = "integer" },
        ["team"] = new("A team's name."),
        ["tied"] = new("Whether a contact is tied to the call.") { Type = "boolean" },
        ["TestEventEndpoint.endpointId"] = new(EventEndpoint),
        ["to"] = new($"The end. {Instant}"),
        ["tokenId"] = new("An embed token's id."),
        ["type"] = new("An event's type, such as `call.ended`."),
        ["UndoWrapUp.If-Match"] = new("The `etag` of the version that is taken back. Without it the answer is 428."),
        ["what"] = new("What was done, such as `mapping.changed`, or its beginning."),
        ["who"] = new("Who did it: an agent's id."),
    };

    /// <summary>The parameter; with its name alone where nothing says what it means, which a test finds.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="name">The parameter's.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="isRequired">True where the function always demands it.</param>
    /// <param name="values">What it can be, where the function says so.</param>
    public static JsonObject Of(
        string function, string name, string place, bool isRequired, IReadOnlyList<string>? values = null)
    {
        var parameter =
            Known.GetValueOrDefault($"{function}.{name}") ?? Known.GetValueOrDefault(name) ?? new Parameter(name);
        var schema = new JsonObject { ["type"] = parameter.Type };
        if (parameter.Format is { } format)
        {
            schema["format"] = format;
        }

        if ((values ?? parameter.Values) is { } choices)
        {
            schema["enum"] = new JsonArray([.. choices.Select(value => (JsonNode)value)]);
        }

        if (name == "take")
        {
            (schema["minimum"], schema["maximum"]) = (1, PageRequest.MaxTake);
        }

        return new JsonObject
        {
            ["name"] = name,
            ["in"] = place,
            ["required"] = isRequired || parameter.IsRequired,
            ["description"] = parameter.Description,
            ["schema"] = schema,
        };
    }

    private sealed record Parameter(string Description)
    {
        public string Type { get; init; } = "string";

        public string? Format { get; init; }

        public bool IsRequired { get; init; }

        public IReadOnlyList<string>? Values { get; init; }
    }
}

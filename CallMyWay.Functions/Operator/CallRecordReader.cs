using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Operator;

/// <summary>What the operator's answer to a request for records is.</summary>
public enum RecordsForm
{
    /// <summary>A list of records, which may be empty.</summary>
    Records,

    /// <summary>No byte, or only space.</summary>
    Empty,

    /// <summary>A page for a browser.</summary>
    Page,

    /// <summary>A text that reads like a refusal.</summary>
    Refusal,

    /// <summary>JSON that ends in the middle, or is none.</summary>
    Broken,

    /// <summary>JSON in which no list of records is to be found.</summary>
    Other,
}

/// <summary>An answer that was read.</summary>
/// <param name="Form">What it is.</param>
/// <param name="Records">The records, in the operator's order.</param>
/// <param name="Aside">Those that can't be read. They are in nobody's way.</param>
public sealed record RecordsReading(
    RecordsForm Form, IReadOnlyList<CallRecord> Records, IReadOnlyList<AsideRecord> Aside)
{
    /// <summary>
    /// What tells all of them from each other (<see cref="CallRecord.Identity"/>), in the operator's order.
    /// </summary>
    public IReadOnlyList<string> Identities { get; init; } = [];

    /// <summary>How many records the operator sent.</summary>
    public int Count => Records.Count + Aside.Count;

    internal static RecordsReading Of(RecordsForm form) => new(form, [], []);
}

/// <summary>
/// Reads the answer of <c>getCdrs</c>, whose shape the document leaves open: an array, an object around it, an object
/// with a record for each id, or one record; strict JSON or with single quotes; UTF-8 or Latin-1; whatever its content
/// type. Pure.
/// </summary>
public static class CallRecordReader
{
    /// <summary>The longest value that is kept. Longer values are cut; longer ids are refused.</summary>
    private const int MaxValue = 256;

    /// <summary>How many fields that the document does not name are kept of a record.</summary>
    private const int MaxOthers = 20;

    private const int MaxRaw = 2000;

    /// <summary>How deep a list may stand in the objects around it.</summary>
    private const int MaxDepth = 3;

    public static RecordsReading Read(ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            body = body[Encoding.UTF8.Preamble.Length..];
        }

        var start = body.Span.Trim(" \t\r\n\0"u8);
        if (start.IsEmpty)
        {
            return RecordsReading.Of(RecordsForm.Empty);
        }

        // The names of routes have accents, and an old page may send them in Latin-1.
        if (!Utf8.IsValid(body.Span))
        {
            body = Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(body.Span));
        }

        if (start[0] == (byte)'<')
        {
            return RecordsReading.Of(RecordsForm.Page);
        }

        if (start[0] is not ((byte)'[' or (byte)'{'))
        {
            var text = Encoding.UTF8.GetString(body.Span);
            return RecordsReading.Of(
                text.Trim() == "null" ? RecordsForm.Records
                : RefusalText.IsRefusal(text) ? RecordsForm.Refusal
                : RecordsForm.Other);
        }

        using var document = OperatorText.Parse(body);
        return document is null ? RecordsReading.Of(RecordsForm.Broken) : Read(document.RootElement);
    }

    private static RecordsReading Read(JsonElement root)
    {
        if (Find(root) is not { } elements)
        {
            return NoRecords(root);
        }

        var records = new List<CallRecord>();
        var aside = new List<AsideRecord>();
        var identities = new List<string>();
        foreach (var element in elements)
        {
            if (ReadOne(element, out var refused) is { } record)
            {
                records.Add(record);
                identities.Add(record.Identity());
            }
            else
            {
                aside.Add(refused!);
                identities.Add(refused!.Identity());
            }
        }

        return records.Count == 0 && IsNoList(root, aside)
            ? NoRecords(root)
            : new RecordsReading(RecordsForm.Records, records, aside) { Identities = identities };
    }

    // A list of texts is no list of records: ["ERROR: …"]. Nor is an empty list beside an error: it would count as that
    // there were no calls, and the account as one that works.
    private static bool IsNoList(JsonElement root, List<AsideRecord> aside) =>
        (aside.Count > 0 && aside.TrueForAll(each => each.Field.Length == 0))
        || (aside.TrueForAll(each => each.RecordId is null) && RefusalText.IsRefusal(root));

    private static RecordsReading NoRecords(JsonElement root) => RecordsReading.Of(
        RefusalText.IsRefusal(root) ? RecordsForm.Refusal : RecordsForm.Other);

    /// <summary>The elements of the list, wherever it stands; null where there is none.</summary>
    private static IEnumerable<JsonElement>? Find(JsonElement root) =>
        FindRecords(root, MaxDepth) ?? FindList(root, MaxDepth);

    /// <summary>The elements of the list in which a record is; null where none is anywhere.</summary>
    private static IEnumerable<JsonElement>? FindRecords(JsonElement root, int depth)
    {
        if (IsRecord(root))
        {
            return [root];
        }

        if (HasRecord(root))
        {
            return root.EnumerateArray();
        }

        if (root.ValueKind != JsonValueKind.Object || depth == 0)
        {
            return null;
        }

        // Beside the list another may stand, of errors or of columns.
        List<JsonElement> fields = [.. root.EnumerateObject().Select(field => field.Value)];
        return fields.FindAll(HasRecord) is { Count: > 0 } lists ? lists.SelectMany(list => list.EnumerateArray())
            : fields.Exists(IsRecord) ? fields.FindAll(field => field.ValueKind == JsonValueKind.Object)
            : fields.Select(field => FindRecords(field, depth - 1)).FirstOrDefault(found => found is not null);
    }

    /// <summary>The elements of what seems to be the list where there is no record; null where nothing does.</summary>
    private static IEnumerable<JsonElement>? FindList(JsonElement root, int depth)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            return root.EnumerateArray();
        }

        if (root.ValueKind != JsonValueKind.Object || depth == 0)
        {
            return null;
        }

        List<JsonElement> fields = [.. root.EnumerateObject().Select(field => field.Value)];
        var arrays = fields.FindAll(field => field.ValueKind == JsonValueKind.Array);
        var lists = arrays.FindAll(list => list.EnumerateArray().Any(each => each.ValueKind == JsonValueKind.Object));
        if (lists.Count == 0)
        {
            lists = arrays.Count == 1 ? arrays : arrays.FindAll(list => list.GetArrayLength() == 0);
        }

        if (lists.Count > 0)
        {
            return lists.SelectMany(list => list.EnumerateArray());
        }

        return fields.FindAll(field => field.ValueKind == JsonValueKind.Object) is [var inside]
            ? FindList(inside, depth - 1)
            // PHP writes an empty list as an empty object, or as null under its name.
            : fields.Count == 0 || fields is [{ ValueKind: JsonValueKind.Null }] ? []
            : null;
    }

    private static bool HasRecord(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array && list.EnumerateArray().Any(IsRecord);

    private static bool IsRecord(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.EnumerateObject().Any(field => IsNamed(field, "callid"));

    private static bool IsNamed(JsonProperty field, string name)
    {
        try
        {
            return field.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
        }
        catch (InvalidOperationException)
        {
            // A name with half a surrogate pair is none of ours.
            return false;
        }
    }

    /// <summary>
    /// Which record one without an id is, by what it came as: the <see cref="CallRecord.Identity"/> of the mended one,
    /// were that without its id too. Null where that can't be read.
    /// </summary>
    internal static string? IdentityWithoutId(string raw)
    {
        using var document = OperatorText.Parse(Encoding.UTF8.GetBytes(raw));
        if (document?.RootElement is not { ValueKind: JsonValueKind.Object } element)
        {
            return null;
        }

        var fields = new Fields(element);
        return OperatorText.TryTime(fields["detect_time"], out var detected)
            && OperatorText.TryTime(fields["connect_time"], out var connected) && (detected ?? connected) is not null
            ? new CallRecord
            {
                RecordId = "",
                Ani = Cut(fields["ani"]),
                Dnis = Cut(fields["dnis"]),
                DetectTime = detected,
                ConnectTime = connected,
                AniUser = OrNull(fields["ani_user"]),
                DnisUser = OrNull(fields["dnis_user"]),
            }.Identity()
            : null;
    }

    private static CallRecord? ReadOne(JsonElement element, out AsideRecord? aside)
    {
        var raw = element.GetRawText();
        raw = raw.Length <= MaxRaw ? raw : raw[..MaxRaw];
        if (element.ValueKind != JsonValueKind.Object)
        {
            aside = new AsideRecord(null, "", new Phrase("No es un registro.", "It is not a record."), raw);
            return null;
        }

        var fields = new Fields(element);
        // The id becomes part of an address, and no server accepts a NUL there.
        var id = fields["callid"].Replace("\0", "", StringComparison.Ordinal).Trim();
        if (id.Length == 0)
        {
            return Refuse(null, "callid", "No trae «callid».", "It has no \"callid\".", out aside);
        }

        if (id.Length > MaxValue)
        {
            return Refuse(
                id[..MaxValue],
                "callid",
                "Su «callid» pasa de 256 caracteres.",
                "Its \"callid\" is longer than 256 characters.",
                out aside);
        }

        if (!OperatorText.TryTime(fields["detect_time"], out var detected))
        {
            return Unreadable("detect_time", out aside);
        }

        if (!OperatorText.TryTime(fields["connect_time"], out var connected))
        {
            return Unreadable("connect_time", out aside);
        }

        if (detected is null && connected is null)
        {
            return Refuse(id, "detect_time", "No trae ninguna hora.", "It has no time.", out aside);
        }

        if (!OperatorText.TrySeconds(fields["duration"], out var duration))
        {
            return Unreadable("duration", out aside);
        }

        if (!OperatorText.TryMoney(fields["cost"], out var cost))
        {
            return Unreadable("cost", out aside);
        }

        if (!OperatorText.TryMoney(fields["access_fee"], out var fee))
        {
            return Unreadable("access_fee", out aside);
        }

        if (!OperatorText.TryMoney(fields["rate"], out var rate))
        {
            return Unreadable("rate", out aside);
        }

        aside = null;
        return new CallRecord
        {
            RecordId = id,
            Ani = Cut(fields["ani"]),
            Dnis = Cut(fields["dnis"]),
            DetectTime = detected,
            ConnectTime = connected,
            Duration = duration,
            AniUser = OrNull(fields["ani_user"]),
            DnisUser = OrNull(fields["dnis_user"]),
            Cost = cost,
            AccessFee = fee,
            Rate = rate,
            RoutePattern = OrNull(fields["route_pattern"]),
            RouteName = OrNull(fields["route_name"]),
            Other = fields.Others,
        };

        CallRecord? Unreadable(string field, out AsideRecord? refused) => Refuse(
            id,
            field,
            $"No se entiende su «{field}».",
            $"Its \"{field}\" can't be read.",
            out refused);

        CallRecord? Refuse(string? recordId, string field, string es, string en, out AsideRecord? refused)
        {
            refused = new AsideRecord(recordId, field, new Phrase(es, en), raw);
            return null;
        }
    }

    private static string Cut(string text) => text.Length <= MaxValue ? text : text[..MaxValue];

    private static string? OrNull(string text) => text.Length == 0 ? null : Cut(text);

    /// <summary>The fields of a record as text, by name in any case; of a name that comes twice the last.</summary>
    private readonly struct Fields
    {
        private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
        {
            "callid", "ani", "dnis", "detect_time", "connect_time", "duration", "ani_user", "dnis_user", "cost",
            "access_fee", "rate", "route_pattern", "route_name",
        };

        private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

        public Fields(JsonElement record)
        {
            foreach (var field in record.EnumerateObject())
            {
                try
                {
                    _values[field.Name.ToLowerInvariant()] = OperatorText.Of(field.Value);
                }
                catch (InvalidOperationException)
                {
                    // A name with half a surrogate pair is none of ours.
                }
            }
        }

        public IReadOnlyDictionary<string, string>? Others
        {
            get
            {
                SortedDictionary<string, string>? others = null;
                foreach (var (name, value) in _values)
                {
                    if (value.Length > 0 && name.Length is > 0 and <= 64 && !Known.Contains(name)
                        && (others?.Count ?? 0) < MaxOthers)
                    {
                        (others ??= new(StringComparer.Ordinal))[name] = Cut(value);
                    }
                }

                return others;
            }
        }

        public string this[string name] => _values.GetValueOrDefault(name, "");
    }
}

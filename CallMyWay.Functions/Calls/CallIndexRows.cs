using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// The index rows of a call: in which partitions they stand, and what they hold for lists to filter by. Pure.
/// <see cref="CallIndex"/> reads them, <see cref="CallWrite"/> writes them.
/// </summary>
internal sealed class CallIndexRows(PhoneNumberParser numbers)
{
    public const string All = "all";

    public const string Live = "live";

    public const string Nobody = "nobody";

    private const string Missed = "missed";

    public const string DirectionColumn = "direction";

    public const string ContactColumn = "contact";

    public const string OutcomeColumn = "outcome";

    public const string AniColumn = "ani";

    public const string DnisColumn = "dnis";

    // What two numbers share that can be the same, so that a query finds each spelling of a number.
    public const string AniKeyColumn = "aniKey";

    public const string DnisKeyColumn = "dnisKey";

    public const string TeamColumn = "team";

    // Of an agent's row: that the agent talked in the call, and that its outcome is missing.
    public const string UndocumentedColumn = "undocumented";

    // That a follow-up of the call is open.
    public const string FollowUpColumn = "followUp";

    // Whether the call has a contact.
    public const string TiedColumn = "tied";

    // Of a number's row: that the call was missed.
    public const string MissedColumn = "missed";

    // That a missed call is to be returned.
    public const string OpenColumn = "open";

    // Of a number's row: when somebody reached the caller of a missed call.
    public const string ReturnedColumn = "returned";

    public const string AgentsColumn = "agents";

    public const string TeamsColumn = "teams";

    public const string StateColumn = "state";

    // From when on a call that rings is shown as one that goes on.
    public const string OngoingColumn = "ongoing";

    public const string DismissedColumn = "dismissed";

    // The agents without whom it goes on.
    public const string LeftColumn = "left";

    // Where the time in the key is far from when the call came.
    public const string CameColumn = "came";

    public const string Yes = "1";

    public const string No = "0";

    // Stands for all viewers. It is never the name of one: an encoded one has no such letter.
    public const string Everybody = "~";

    private static readonly StoredJson<CallKey> Stored = new(CallsJson.Default);

    /// <summary>The partitions that the call stands in.</summary>
    public IReadOnlyList<string> PartitionsOf(Call call) =>
    [
        .. LastingOf(call),
        .. call.Agents.Count == 0 ? [Nobody] : Array.Empty<string>(),
        .. call.ContactId is null ? Array.Empty<string>() : [ContactPartition(call.ContactId)],
        .. NumberOf(call) is { } key ? [NumberPartition(key)] : Array.Empty<string>(),
        .. call.State != CallState.Ended ? [Live] : call.IsMissed ? MissedOf(call) : [],
    ];

    /// <summary>The partitions that a call with these agents may stand in for some time.</summary>
    public static IReadOnlyList<string> TemporaryOf(Call call) =>
    [
        Live,
        Nobody,
        .. LastingOf(call).Append(Nobody).Select(MissedOf),
        // Where earlier releases had the missed calls of a number.
        .. call.Number.E164 is { } e164 ? [MissedOf(NumberPartition(e164))] : Array.Empty<string>(),
    ];

    public IEnumerable<Row> RowsOf(Call call) => Rows(call, PartitionsOf(call));

    /// <summary>
    /// The keys of all rows that the call may have: the file of a contact whom it is with no longer has one too.
    /// </summary>
    public IEnumerable<Row> RowsEver(Call call) =>
        PartitionsOf(call)
            .Concat(call.Facts.Decisions.Select(made => made.Contact?.ContactId)
                .Concat(call.Candidates.Select(candidate => candidate.ContactId))
                .OfType<string>().Select(ContactPartition))
            .Distinct(StringComparer.Ordinal)
            .Select(partition => new Row(partition, CallIndex.KeyOf(call)));

    /// <summary>
    /// The rows that are to be written before the call is saved over <paramref name="before"/>: those that it did not
    /// have, and those that hold something else now. Those of the partitions in <paramref name="doubtful"/> in any
    /// case.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="has">Its partitions.</param>
    /// <param name="before">The call whose rows are known to be there; null where none are.</param>
    /// <param name="had">The partitions of <paramref name="before"/>.</param>
    /// <param name="doubtful">Partitions whose row may be of a call that was never saved.</param>
    public IEnumerable<Row> RowsToWrite(
        Call call,
        IReadOnlyList<string> has,
        Call? before,
        IReadOnlyList<string> had,
        IReadOnlySet<string> doubtful)
    {
        if (before is null)
        {
            had = [];
        }

        // The file of a contact whom the call is no longer with: its row says so.
        var left = had.Concat(doubtful).Distinct(StringComparer.Ordinal).Where(IsContact).Except(has);
        var isChanged = before is null || !HoldsTheSame(call, before);
        var areOthers = before is null || AgentsOf(call) != AgentsOf(before) || TeamWordsOf(call) != TeamWordsOf(before);
        var write = has.Where(partition =>
            !had.Contains(partition) || doubtful.Contains(partition) || IsChanged(partition));
        return Rows(call, write.Concat(left));

        bool IsChanged(string partition) => KindOf(partition) switch
        {
            Live => isChanged || areOthers || !IsShownTheSame(call, before!),
            Missed => OpenIn(call, partition) != OpenIn(before!, partition),
            "number~" => areOthers || !IsHeardTheSame(call, before!) || call.IsMissed != before!.IsMissed
                || IsOpen(call) != IsOpen(before!) || ReturnedAt(call) != ReturnedAt(before!),
            "contact~" => areOthers || !IsHeardTheSame(call, before!),
            "agent~" => isChanged || UndocumentedBy(call, partition) != UndocumentedBy(before!, partition),
            _ => isChanged,
        };
    }

    /// <summary>True for a partition whose row goes when the call is not such a call any more.</summary>
    public static bool IsTemporary(string partition) => KindOf(partition) is Live or Nobody or Missed;

    /// <summary>
    /// True for a partition whose row goes when the call leaves it. The other party's number can be another one, where
    /// a record was read before the notification that says who called whom.
    /// </summary>
    public static bool CanEnd(string partition) => IsTemporary(partition) || IsNumber(partition);

    public static bool IsContact(string partition) => KindOf(partition) == "contact~";

    public static bool IsNumber(string partition) => KindOf(partition) == "number~";

    /// <summary>False for a partition that this release does not know.</summary>
    public static bool IsOurs(string partition) =>
        IsTemporary(partition) || KindOf(partition) is All or "agent~" or "team~" or "contact~" or "number~";

    public static string AgentPartition(string agentId) => Keys.Join("agent", Keys.Encode(agentId));

    public static string TeamPartition(string team) => Keys.Join("team", Keys.Encode(team));

    public static string ContactPartition(string contactId) => Keys.Join("contact", Keys.Encode(contactId));

    /// <summary>Of the calls whose other party has a number with this key.</summary>
    public static string NumberPartition(string matchKey) => Keys.Join("number", Keys.Encode(matchKey));

    /// <summary>Of the missed calls among those of a partition.</summary>
    public static string MissedOf(string partition) => partition == All ? Missed : Keys.Join(Missed, partition);

    /// <summary>True where a column of several words has this one.</summary>
    public static bool Has(Row row, string column, string text) =>
        row.Text(column) is { } words && words.Split(' ').Contains(Keys.Encode(text), StringComparer.Ordinal);

    private static string KindOf(string partition) =>
        Keys.Beginning(partition) is var beginning && beginning == Missed + "~" ? Missed : beginning;

    private static IEnumerable<string> LastingOf(Call call) =>
    [
        All,
        .. call.Agents.Select(agent => AgentPartition(agent.AgentId)),
        .. TeamsOf(call).Select(TeamPartition),
    ];

    private static IEnumerable<string> MissedOf(Call call) =>
        LastingOf(call).Concat(call.Agents.Count == 0 ? [Nobody] : []).Select(MissedOf);

    /// <summary>The key of the other party's number; null where there is none to find by, or two agents talk.</summary>
    private string? NumberOf(Call call)
    {
        var phone = call.Direction switch
        {
            CallDirection.In => call.Ani,
            CallDirection.Out => call.Dnis,
            _ => "",
        };
        return phone.Length == 0 ? null : MatchKeyOf(phone);
    }

    private static IEnumerable<string> TeamsOf(Call call) =>
        call.Agents.Select(agent => agent.Team).OfType<string>().Distinct();

    private IEnumerable<Row> Rows(Call call, IEnumerable<string> partitions)
    {
        (string? Ani, string? Dnis)? keys = null;
        var (key, json) = (CallIndex.KeyOf(call), Stored.ToJson(call.Key));
        foreach (var partition in partitions)
        {
            var row = Stored.PutJson(new Row(partition, key), json);
            var kind = KindOf(partition);
            if (kind == Missed)
            {
                yield return row.Set(OpenColumn, OpenIn(call, partition));
                continue;
            }

            row.Set(DirectionColumn, call.Direction.ToString())
                .Set(AniColumn, Shortened(call.Ani))
                .Set(DnisColumn, Shortened(call.Dnis));
            if (kind is "contact~" or "number~" or Live)
            {
                row.Set(AgentsColumn, AgentsOf(call)).Set(TeamsColumn, TeamWordsOf(call));
            }

            // What agents decide of a call is left out here: a contact and a number have few calls, which are looked at.
            if (kind == "number~")
            {
                yield return row.Set(MissedColumn, call.IsMissed ? Yes : null)
                    .Set(OpenColumn, IsOpen(call) ? Yes : null)
                    .Set(ReturnedColumn, ReturnedAt(call));
                continue;
            }

            keys ??= (MatchKeyOf(call.Ani), MatchKeyOf(call.Dnis));
            row.Set(ContactColumn, call.ContactId)
                .Set(AniKeyColumn, keys.Value.Ani)
                .Set(DnisKeyColumn, keys.Value.Dnis);
            if (kind == "contact~")
            {
                yield return row;
                continue;
            }

            row.Set(OutcomeColumn, call.Outcome)
                .Set(FollowUpColumn, call.HasOpenFollowUp ? Yes : null)
                .Set(TiedColumn, call.ContactId is null ? No : Yes);
            yield return kind switch
            {
                Live => row.Set(StateColumn, call.State.ToString())
                    .Set(OngoingColumn, call.OngoingFrom is { } ongoing ? Keys.NewestFirst(ongoing) : null)
                    .Set(CameColumn, call.CameAt is { } came ? Keys.NewestFirst(came) : null)
                    .Set(DismissedColumn, DismissedBy(call))
                    .Set(LeftColumn, LeftBy(call)),
                "agent~" =>
                    row.Set(TeamColumn, call.Agents.First(agent => AgentPartition(agent.AgentId) == partition).Team)
                        .Set(UndocumentedColumn, UndocumentedBy(call, partition)),
                _ => row,
            };
        }
    }

    private string? MatchKeyOf(string phone) =>
        numbers.ParseCaller(phone).MatchKey is { Length: > 0 } key ? key : null;

    private static bool HoldsTheSame(Call call, Call before) =>
        IsHeardTheSame(call, before)
        && call.ContactId == before.ContactId
        && call.Outcome == before.Outcome
        && call.HasOpenFollowUp == before.HasOpenFollowUp;

    private static bool IsHeardTheSame(Call call, Call before) =>
        call.Direction == before.Direction && call.Ani == before.Ani && call.Dnis == before.Dnis;

    private static bool IsShownTheSame(Call call, Call before) =>
        call.State == before.State && call.OngoingFrom == before.OngoingFrom
        && DismissedBy(call) == DismissedBy(before) && LeftBy(call) == LeftBy(before);

    /// <summary>True for a missed call whose caller is still to be called back.</summary>
    private static bool IsOpen(Call call) =>
        call is { IsMissed: true, IsDismissed: false, IsHistory: false, Returned: null };

    private static DateTimeOffset? ReturnedAt(Call call) => call.IsMissed ? call.Returned?.At : null;

    // An agent's own list is without what they dismissed, and without what became theirs long after it.
    private static string? OpenIn(Call call, string partition) =>
        IsOpen(call) && !call.Agents.Any(agent =>
            (call.IsDismissedFor(agent.AgentId) || call.IsHistoryOf(agent.AgentId))
            && MissedOf(AgentPartition(agent.AgentId)) == partition)
            ? Yes
            : null;

    /// <summary>For the row of an agent.</summary>
    private static string? UndocumentedBy(Call call, string partition) =>
        call.Agents.FirstOrDefault(agent => AgentPartition(agent.AgentId) == partition) is { } agent
        && call.LacksOutcomeOf(agent.AgentId) ? Yes : null;

    private static string? LeftBy(Call call) =>
        call.Agents.Where(agent => call.GoesOnWithout(agent.AgentId)).Select(agent => agent.AgentId).ToList()
            is { Count: > 0 } agentIds ? Words(agentIds) : null;

    private static string? DismissedBy(Call call) =>
        call.IsDismissed ? Everybody : call.DismissedBy is { } agentIds ? Words(agentIds) : null;

    private static string AgentsOf(Call call) => Words(call.Agents.Select(agent => agent.AgentId));

    private static string TeamWordsOf(Call call) => Words(TeamsOf(call));

    private static string Words(IEnumerable<string?> texts) =>
        string.Join(' ', texts.OfType<string>().Distinct().Select(Keys.Encode));

    // What is longer is no number: the operator's text may be as long as a notification.
    private static string Shortened(string phone) => phone.Length <= 64 ? phone : phone[..64];
}
